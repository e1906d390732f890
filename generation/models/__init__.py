"""Rows of a generation: what was asked for, each attempt at it, each step of it, and what came out."""

from .jobs import (
    ACTIVE,
    CLOSED,
    GenerationJob,
    JobAttempt,
    JobEvent,
    JobKind,
    JobStatus,
    Outcome,
    Queue,
    Trigger,
)
from .sites import Artifact, ArtifactKind, SiteVersion, VersionState
from .steps import GenerationLog, LogLevel, StepRun, StepStatus

__all__ = [
    "ACTIVE",
    "CLOSED",
    "Artifact",
    "ArtifactKind",
    "GenerationJob",
    "GenerationLog",
    "JobAttempt",
    "JobEvent",
    "JobKind",
    "JobStatus",
    "LogLevel",
    "Outcome",
    "Queue",
    "SiteVersion",
    "StepRun",
    "StepStatus",
    "Trigger",
    "VersionState",
]
