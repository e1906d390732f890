"""Rows of a generation: what was asked for, each attempt at it, each step of it, and what came out."""

from .control import Duty, QueueControl
from .jobs import AUTOMATIC, QUEUE_OF_KIND, GenerationJob, JobAttempt, JobEvent, JobKind, Trigger
from .schedules import Misfire, Schedule, ScheduleRun
from .sites import Artifact, ArtifactKind, SiteVersion, VersionState
from .steps import GenerationLog, LogLevel, StepRun, StepStatus
from .work import ACTIVE, CLOSED, WAITING, Attempt, BackgroundAttempt, JobStatus, Outcome, Queue, Work

__all__ = [
    "ACTIVE",
    "AUTOMATIC",
    "CLOSED",
    "QUEUE_OF_KIND",
    "WAITING",
    "Artifact",
    "ArtifactKind",
    "Attempt",
    "BackgroundAttempt",
    "Duty",
    "GenerationJob",
    "GenerationLog",
    "JobAttempt",
    "JobEvent",
    "JobKind",
    "JobStatus",
    "LogLevel",
    "Misfire",
    "Outcome",
    "Queue",
    "QueueControl",
    "Schedule",
    "ScheduleRun",
    "SiteVersion",
    "StepRun",
    "StepStatus",
    "Trigger",
    "VersionState",
    "Work",
]
