"""What has happened to a subject's site, for whoever asks: its jobs, their moves and lines, and what they made."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from .models import GenerationJob, GenerationLog, JobEvent, SiteVersion

NEWS_AT_ONCE = 500
# What is worth handing out of a job's steps, by the name that it has outside.
_OF_STEPS = {"plan": "plan", "check": "copy"}


class Mark(NamedTuple):
    """How far somebody has read: the last move and the last line of a subject's jobs that they know of."""

    move: int = 0
    line: int = 0


class News(NamedTuple):
    """Moves and lines after a mark, in their order."""

    moves: list[JobEvent]
    lines: list[GenerationLog]


def jobs_of(subject: UUID) -> QuerySet[GenerationJob]:
    """The subject's jobs, the newest first, without their briefs and tracebacks."""
    return GenerationJob.objects.filter(subject=subject).defer("brief", "error_traceback").order_by("-created_at")


def lines_of(subject: UUID, after: int = 0) -> QuerySet[GenerationLog]:
    """The log of all of the subject's jobs after the line of that id, the oldest first."""
    return GenerationLog.objects.filter(job__subject=subject, pk__gt=after).order_by("pk")


def news_of(marks: Mapping[UUID, Mark]) -> dict[UUID, News]:
    """What there is after each subject's mark, for all of them in two statements; at most so much at once."""
    moves, lines = Q(pk__in=()), Q(pk__in=())
    for subject, mark in marks.items():
        moves |= Q(job__subject=subject, pk__gt=mark.move)
        lines |= Q(job__subject=subject, pk__gt=mark.line)
    news = {subject: News([], []) for subject in marks}
    for move in JobEvent.objects.filter(moves).annotate(of=F("job__subject")).order_by("pk")[:NEWS_AT_ONCE]:
        news[move.of].moves.append(move)
    for line in GenerationLog.objects.filter(lines).annotate(of=F("job__subject")).order_by("pk")[:NEWS_AT_ONCE]:
        news[line.of].lines.append(line)
    return news


def newest_number(subject: str) -> Combinable:
    """For a query over others' rows: the number of the newest version of the subject in that column; 0 for none."""
    numbers = SiteVersion.objects.filter(subject=OuterRef(subject)).order_by("-number").values("number")
    return Coalesce(Subquery(numbers[:1]), 0)


def deliverables_of(version: SiteVersion) -> dict[str, Any]:
    """What the version's job made, as data: brief, plan, copy and report. What was purged is left out."""
    steps = dict(version.job.steps.filter(step__in=_OF_STEPS, part="").values_list("step", "output"))
    made = {name: steps[step] for step, name in _OF_STEPS.items() if step in steps}
    return {"brief": version.job.brief, **made, "report": version.report}
