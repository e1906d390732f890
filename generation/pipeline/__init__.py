"""The steps that make a site: a module each, listed in their order in :mod:`generation.pipeline.steps`."""
