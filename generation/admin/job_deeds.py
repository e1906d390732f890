"""What staff have done to a job. An order, where there is one, follows by itself."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from generation import services
from generation.models import GenerationJob, JobStatus
from generation.services import Requested

from .deeds import Asked, Deed, Skipped


def unless_new(requested: Requested) -> None:
    """Raise Skipped where a job was active already, and so nothing has been asked for."""
    if not requested.created:
        raise Skipped(_("The site is being generated already."))


def unless_cancelled(is_cancelled: bool) -> None:
    """Raise Skipped where there was nothing left to cancel."""
    if not is_cancelled:
        raise Skipped(_("Its generation has ended already."))


def _retry(job: GenerationJob, asked: Asked) -> None:
    unless_new(services.retry_generation(job_id=job.pk, by=asked.by))


def _reset(job: GenerationJob, asked: Asked) -> None:
    unless_new(services.reset_generation(job_id=job.pk, by=asked.by, first_step=asked.first_step, reason=asked.reason))


def _cancel(job: GenerationJob, asked: Asked) -> None:
    kind = GenerationJob.kind_of_work
    unless_cancelled(services.cancel_work(kind=kind, row_id=job.pk, by=asked.by, reason=asked.reason))


JOB_DEEDS = {
    "retry_job": Deed(
        gettext_lazy("Retry"),
        gettext_lazy("The generation goes on where it stopped, as a new job. Finished steps are not done again."),
        "generation.retry_job",
        _retry,
        is_offered=lambda job: job.status in (JobStatus.FAILED, JobStatus.CANCELLED),
    ),
    "reset_job": Deed(
        gettext_lazy("Reset generation"),
        gettext_lazy("The site is made anew from the same facts, as a new job. Versions that there are stay."),
        "generation.reset_job",
        _reset,
        asks=("reason", "first_step"),
        is_offered=lambda job: not job.is_active,
    ),
    "cancel_job": Deed(
        gettext_lazy("Cancel generation"),
        gettext_lazy("The generation ends now; its worker, if it has one, is stopped within seconds."),
        "generation.cancel_job",
        _cancel,
        asks=("reason",),
        is_offered=lambda job: job.is_active,
    ),
}
