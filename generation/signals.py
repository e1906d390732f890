"""What generation tells the rest of the program, inside its own transaction. Receivers write rows only.

Each is sent with ``job``, a GenerationJob as it stands after the move; ``jobs_requested`` with ``jobs``. A receiver
that raises rolls back what it was told of.
"""

from django.dispatch import Signal

jobs_requested = Signal()
"""New jobs stand in the queue."""

job_started = Signal()
"""A worker has claimed the job for the first time or again."""

job_waiting = Signal()
"""The job was given back unfinished: it waits for another attempt."""

job_closed = Signal()
"""The job ended: ``job.status`` is succeeded, failed or cancelled."""
