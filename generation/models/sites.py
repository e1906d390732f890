"""What came out: files by their content, and the versions of a subject's site."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .jobs import GenerationJob
from .work import known_value


class ArtifactKind(models.TextChoices):
    SITE_FILE = "site_file", _("File of the site")
    ZIP = "zip", _("Zip")
    REPORT = "report", _("Report")
    SPEC = "spec", _("Specification")


class Artifact(models.Model):
    """A file that a job made. ``path`` is its place in ``STORAGES["sites"]``; ``size`` is in bytes."""

    job = models.ForeignKey(  # found by the index below, which begins with it
        GenerationJob, models.CASCADE, db_index=False, related_name="artifacts", verbose_name=_("job")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=ArtifactKind)
    name = models.CharField(_("name"), max_length=200)
    path = models.CharField(_("path"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))

    class Meta:
        verbose_name = _("artifact")
        verbose_name_plural = _("artifacts")
        ordering = ["job", "kind", "name"]
        constraints = [
            known_value("kind", ArtifactKind.values),
            models.UniqueConstraint(fields=["job", "kind", "name"], name="generation_artifact_once_a_job"),
        ]
        indexes = [models.Index(fields=["sha256"], name="generation_artifact_content")]

    def __str__(self) -> str:
        return self.name


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    SUPERSEDED = "superseded", _("Superseded")


class SiteVersion(models.Model):
    """A finished site. Its content never changes; ``manifest`` maps each path to its SHA-256 and size."""

    subject = models.UUIDField(_("subject"))
    number = models.PositiveIntegerField(_("number"))
    job = models.OneToOneField(GenerationJob, models.PROTECT, related_name="version", verbose_name=_("job"))
    manifest = models.JSONField(_("manifest"))
    report = models.JSONField(_("report"))
    state = models.CharField(_("state"), max_length=16, choices=VersionState, default=VersionState.DRAFT)
    created_at = models.DateTimeField(_("created"), db_default=Now())
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("site version")
        verbose_name_plural = _("site versions")
        ordering = ["-created_at", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "number"], name="generation_version_number_once"),
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(state="published"),
                name="generation_one_published_version_a_subject",
            ),
            known_value("state", VersionState.values),
        ]

    def __str__(self) -> str:
        return f"{self.subject} v{self.number}"
