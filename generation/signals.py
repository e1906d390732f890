"""What generation tells the rest of the program, inside its own transaction. Receivers write rows only.

Both are sent with ``job``, a GenerationJob as it stands after the move.
"""

from django.dispatch import Signal

job_started = Signal()
"""A worker has claimed the job for the first time or again."""

job_closed = Signal()
"""The job ended: ``job.status`` is succeeded, failed or cancelled. A receiver that raises rolls the close back."""
