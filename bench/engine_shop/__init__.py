"""An app for processes of the bench: puts a pipeline of steps that do nothing in place of the real one."""
