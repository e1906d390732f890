"""An onboarding file in, a website's folder out, through the real queue: what build_site and demo do."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from generation import folders
from generation.artifacts import StoredFiles
from generation.contracts import Locale, Package, SiteReport
from generation.models import GenerationJob, GenerationLog, JobStatus, LogLevel, SiteVersion, Trigger
from generation.services import known_themes, retrying
from orders import services as orders
from orders.answers import Answers
from orders.brief import make_brief
from orders.findings import Finding, Refused
from orders.models import Product, SiteOrder
from orders.onboarding_file import read_file
from orders.pictures import Kept, Pictures, keep, read_pictures

from .processes import Processes

POLL_SECONDS = 0.2
LOOK_AFTER_PROCESSES_SECONDS = 2.0
BY = "build_site"

Say = Callable[[str], None]


class JobFailed(Exception):
    """The job ended without a site; the message gives its reason and remedy."""

    def __init__(self, job: GenerationJob) -> None:
        super().__init__(f"{job.error_message} {job.error_remedy}".strip() or str(JobStatus(job.status).label))


class Interrupted(Exception):
    """The command was stopped while its order's job goes on; the message says so."""

    def __init__(self, order: SiteOrder) -> None:
        super().__init__(
            _("Stopped. Order #%(number)s stays; the next worker goes on with it.") % {"number": order.number}
        )


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for, checked: a site of these answers, in this folder."""

    answers: Answers
    pictures: Pictures
    out: Path
    theme: str
    locale: Locale | None


@dataclass(frozen=True)
class Built:
    """A finished site in its folder, with its report."""

    order: SiteOrder
    out: Path
    report: SiteReport


def check(file: Path, *, out: Path, theme: str, locale: str | None) -> Wanted:
    """Raise Refused with all that is wrong with the command line and the file; nothing is stored."""
    findings = [
        *_unless_known("--theme", theme, known_themes()),
        *_unless_known("--locale", locale, [each.value for each in Locale]),
    ]
    try:
        folders.check_folder(out)
    except folders.NotOurs as error:
        findings.append(Finding("--out", str(error), _("give a new or an empty folder")))
    try:
        answers = read_file(file)
        pictures = read_pictures(answers, file.parent)
    except OSError as error:
        findings.append(Finding(str(file), error.strerror or str(error), _("give an onboarding file")))
    except Refused as refused:
        findings.extend(refused.findings)
    if findings:
        raise Refused(findings)
    return Wanted(answers, pictures, out, theme, Locale(locale) if locale else None)


def build(wanted: Wanted, processes: Processes, say: Say) -> Built:
    """Place the order, wait for its job while telling its progress, and copy the site to its folder.

    Raises NotRunning, Refused, JobFailed and Interrupted; the order and its job stay where they are.
    """
    processes.ensure()
    order, job = _order(wanted, keep(wanted.pictures))
    say(_("Order #%(number)s is placed and paid; its site is asked for.") % {"number": order.number})
    try:
        for line in _progress(job, processes):
            say(line)
    except KeyboardInterrupt:
        raise Interrupted(order) from None
    if job.status != JobStatus.SUCCEEDED:
        raise JobFailed(job)
    version = SiteVersion.objects.get(job=job)
    package = Package.model_validate(job.steps.get(step="package").output)
    folders.write_folder(package, wanted.out, StoredFiles())
    return Built(order, wanted.out, SiteReport.model_validate(version.report))


def _unless_known(option: str, given: str | None, known: Iterable[str]) -> Iterator[Finding]:
    if given is not None and given not in known:
        wrong = _("“%(given)s” is not known") % {"given": given}
        yield Finding(option, wrong, _("use one of %(known)s") % {"known": ", ".join(known)})


@retrying
def _order(wanted: Wanted, pictures: Kept) -> tuple[SiteOrder, GenerationJob]:
    """The order and its job, all or nothing."""
    brief = make_brief(wanted.answers)
    customer = orders.find_customer(
        name=brief.business_name, email=brief.email or "", phone=brief.phone or "", locale=brief.locale
    )
    order = orders.place_order(
        customer=customer,
        product=Product.objects.filter(is_active=True).first() or _first_product(),
        theme=wanted.theme,
        locale=wanted.locale,
        answers=wanted.answers,
        pictures=pictures,
        by=BY,
    )
    orders.mark_paid(order_id=order.pk, by=BY)
    requested = orders.request_build(order_id=order.pk, by=BY, trigger=Trigger.COMMAND)
    return order, requested.job


def _first_product() -> Product:
    return Product.objects.create(name=_("Website"), price=0, currency="USD")


def _progress(job: GenerationJob, processes: Processes) -> Iterator[str]:
    """Each line of progress as it appears, until the job has ended; ``job`` is as it ended then."""
    last = 0
    looked_at = time.monotonic()
    while True:
        job.refresh_from_db()
        for line in GenerationLog.objects.filter(job=job, pk__gt=last).exclude(level=LogLevel.ERROR):
            last = line.pk
            yield f"· {line.text}"
        if not job.is_active:
            return
        if time.monotonic() - looked_at > LOOK_AFTER_PROCESSES_SECONDS:
            processes.ensure()
            looked_at = time.monotonic()
        time.sleep(POLL_SECONDS)
