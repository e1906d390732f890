"""Finished sites, with what was checked of them in words."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from slugify import slugify

from generation import notices, preview
from generation.artifacts import StoredFiles
from generation.contracts import SiteReport
from generation.models import ArtifactKind, LogLevel, SiteVersion

from .reading import ReadOnly, table


def report_of(version: SiteVersion) -> SiteReport:
    """What was checked. Its words are in the language of the site; by their codes they are shown in the reader's."""
    return SiteReport.model_validate(version.report)


@admin.register(SiteVersion)
class VersionAdmin(ReadOnly, admin.ModelAdmin[SiteVersion]):
    """Every version of every site. What publishes and supersedes them are the moves of orders."""

    list_display = ("created_at", "business", "number", "state", "theme", "locale", "summary", "published_at")
    list_filter = ("state", "job__theme", "job__locale")
    search_fields = ("=subject", "job__brief__business_name", "=job__id")
    search_help_text = _("Business, job, or subject (the order's id).")
    date_hierarchy = "created_at"
    list_per_page = 50
    show_full_result_count = False
    fieldsets = (
        (None, {"fields": ("business", "number", "state", "subject", "job", "created_at", "published_at", "look")}),
        (_("Report"), {"fields": ("summary", "findings", "warnings", "checks")}),
        (_("Files"), {"classes": ("collapse",), "fields": ("files",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[SiteVersion]:
        versions = super().get_queryset(request).select_related("job")
        named = versions.annotate(business=KeyTextTransform("business_name", "job__brief"))
        return named.defer("manifest", "job__brief", "job__error_traceback")

    def get_urls(self) -> list[URLPattern]:
        zipped = self.admin_site.admin_view(self.zip_view)
        return [path("<int:pk>/zip/", zipped, name="generation_siteversion_zip"), *super().get_urls()]

    def zip_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The version as it is delivered, under the name of its business."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        version = self.get_queryset(request).filter(pk=pk).first()
        packed = version and version.job.artifacts.filter(kind=ArtifactKind.ZIP).first()
        if not (version and packed):
            raise Http404
        name = f"{slugify(self.business(version)) or 'site'}-v{version.number}.zip"
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(StoredFiles().get(packed.sha256), content_type="application/zip", headers=disposition)

    @admin.display(description=_("look at it"))
    def look(self, version: SiteVersion) -> SafeString:
        pages = [(preview.HOME, _("Preview")), (preview.REPORT, _("Report as it is delivered"))]
        links = ((preview.address_of(version, file), words) for file, words in pages if file in version.manifest)
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    @admin.display(description=_("business"), ordering="business")
    def business(self, version: SiteVersion) -> str:
        return str(version.business)  # type: ignore[attr-defined]  # annotated above

    @admin.display(description=_("theme"), ordering="job__theme")
    def theme(self, version: SiteVersion) -> str:
        return version.job.theme

    @admin.display(description=_("locale"), ordering="job__locale")
    def locale(self, version: SiteVersion) -> str:
        return version.job.locale

    @admin.display(description=_("report"))
    def summary(self, version: SiteVersion) -> str:
        report = report_of(version)
        found, warned = len(report.findings), len(report.warnings)
        return ", ".join(
            (
                gettext("passed") if report.passed else gettext("not passed"),
                ngettext("%(count)s finding", "%(count)s findings", found) % {"count": found},
                ngettext("%(count)s warning", "%(count)s warnings", warned) % {"count": warned},
            )
        )

    @admin.display(description=_("findings"))
    def findings(self, version: SiteVersion) -> SafeString:
        from generation.verification.problems import PROBLEMS  # here, and below: few processes need what it brings

        found = ((finding, PROBLEMS.get(finding.code, finding)) for finding in report_of(version).findings)
        rows = ((LogLevel(f.severity).label, f.where, words.message, f.detail, words.remedy) for f, words in found)
        return table((_("severity"), _("where"), _("finding"), _("what stood there"), _("what to do")), rows)

    @admin.display(description=_("warnings"))
    def warnings(self, version: SiteVersion) -> SafeString:
        warned = report_of(version).warnings
        return table(
            (), ((notices.words(w.notice) if w.notice.code in notices.MESSAGES else w.message,) for w in warned)
        )

    @admin.display(description=_("what was checked"))
    def checks(self, version: SiteVersion) -> SafeString:
        from generation.pipeline.verify import LABELS

        checks = report_of(version).checks
        rows = ((LABELS.get(check.name, check.label), check.looked_at, check.findings) for check in checks)
        return table((_("check"), _("looked at"), _("findings")), rows)

    @admin.display(description=_("files"))
    def files(self, version: SiteVersion) -> SafeString:
        rows = ((path, ref["size"], ref["sha256"]) for path, ref in sorted(version.manifest.items()))
        return table((_("file"), _("size in bytes"), "SHA-256"), rows)
