"""Orders are tested with the engine itself, on its pipeline of tiny steps."""

from tests.generation.conftest import pipeline

__all__ = ["pipeline"]
