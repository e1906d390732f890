"""An app for worker processes under test: wraps each step of the pipeline."""
