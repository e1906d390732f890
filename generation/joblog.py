"""The log of a job: lines in their order, bounded, without secrets, that outlive every rollback."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_noop as _

from .masking import masked
from .models import GenerationJob, GenerationLog, LogLevel
from .prepared import Statement, inserting

MORE = _("The log ends here: it has as many lines as are kept.")


class JobLog:
    """Lines wait here until they are written; those said inside a transaction of a step until it has ended, by commit
    or rollback."""

    def __init__(self, job: GenerationJob, *, is_new: bool) -> None:
        """``is_new``: the job has no lines yet."""
        self.job = job
        self._lines: list[dict[str, Any]] = []
        self._left = settings.GENERATION_LOG_LINES if is_new else None

    def add(self, level: LogLevel, message: str, /, *, step: str, **values: str | int) -> None:
        """One more line, to be written with the next; ``message`` is English and marked for translation."""
        if self._left is None:
            self._left = settings.GENERATION_LOG_LINES - self.job.logs.count()
        self._left -= 1
        if self._left < 0:
            return
        if not self._left:
            level, message, values = LogLevel.WARNING, MORE, {}
        shown = {name: masked(value) if isinstance(value, str) else value for name, value in values.items()}
        self._lines.append({"step": step, "level": level, "message": masked(message), "values": shown})

    def is_held_back(self) -> bool:
        """Whether a transaction is open that could take the lines back."""
        return connection.in_atomic_block

    def writing(self) -> list[Statement]:
        """What writes the lines that wait."""
        about = {"job": self.job, "attempt": self.job.attempt}
        return inserting([GenerationLog(**about, **line) for line in self._lines])

    def forget_written(self) -> None:
        """The transaction that wrote them is committed."""
        self._lines.clear()
