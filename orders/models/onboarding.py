"""What a customer answered about a business, as it was given: cleaning belongs to the Brief.

The texts' limits stand in :mod:`orders.answers`, which form, API, file and admin share; the columns have none
of their own. Empty text means that nothing was said.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from generation.contracts import AssetRef, CallToAction, Niche, Tone
from generation.services import AssetPurpose

from .fields import LOCALES, known_value, locale_field
from .order import SiteOrder

NICHES = [
    (Niche.RESTAURANT.value, _("Restaurant")),
    (Niche.LAWYER.value, _("Lawyer")),
    (Niche.DENTIST.value, _("Dentist")),
    (Niche.REAL_ESTATE.value, _("Real estate")),
    (Niche.PLUMBER.value, _("Plumber")),
    (Niche.ELECTRICIAN.value, _("Electrician")),
    (Niche.LANDSCAPING.value, _("Landscaping")),
    (Niche.CLEANING.value, _("Cleaning")),
    (Niche.GENERAL.value, _("General")),
    (Niche.OTHER.value, _("Other")),
]
TONES = [
    (Tone.FRIENDLY.value, _("Friendly")),
    (Tone.PROFESSIONAL.value, _("Professional")),
    (Tone.PREMIUM.value, _("Premium")),
]
CALLS_TO_ACTION = [
    (CallToAction.CALL.value, _("Call")),
    (CallToAction.WHATSAPP.value, _("WhatsApp")),
    (CallToAction.FORM.value, _("Contact form")),
    (CallToAction.BOOK_ONLINE.value, _("Book online")),
    (CallToAction.EMAIL.value, _("E-mail")),
]


class Onboarding(models.Model):
    """The answers for one order.

    ``completed_at`` is when they first sufficed for a site, ``submitted_at`` when they were last handed in.
    A job that takes them locks them; whoever opens them again begins a new ``revision``, and ``note`` says
    what is wanted. ``edits`` counts the changes, so that a job does not lock answers that it has not seen.
    Columns with a list (areas, pages, keywords) hold texts.
    """

    order = models.OneToOneField(SiteOrder, models.CASCADE, related_name="onboarding", verbose_name=_("order"))
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    edits = models.PositiveIntegerField(default=0, editable=False)
    note = models.TextField(_("what to change"), blank=True, editable=False)
    completed_at = models.DateTimeField(_("complete since"), null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True, editable=False)
    locked_at = models.DateTimeField(_("taken by a job"), null=True, blank=True, editable=False)

    business_name = models.CharField(_("name of the business"), blank=True)
    niche = models.CharField(_("niche"), max_length=16, choices=NICHES, blank=True)
    custom_niche = models.CharField(_("niche in own words"), blank=True)
    locale = locale_field(_("language"), blank=True)
    street = models.CharField(_("street"), blank=True)
    city = models.CharField(_("city"), blank=True)
    state = models.CharField(_("state"), blank=True)
    postal_code = models.CharField(_("postal code"), blank=True)
    country = models.CharField(_("country"), blank=True, help_text=_("Two letters, like BR or US."))
    phone = models.CharField(_("phone"), blank=True)
    whatsapp = models.CharField("WhatsApp", blank=True)
    email = models.CharField(_("e-mail"), blank=True)
    primary_service = models.CharField(_("main service"), blank=True)
    service_areas = models.JSONField(_("areas served"), default=list, blank=True)
    objective = models.TextField(_("objective"), blank=True)
    description = models.TextField(_("description"), blank=True)
    about_owner = models.TextField(_("about the owner"), blank=True)
    years_in_business = models.PositiveSmallIntegerField(_("years in business"), null=True, blank=True)
    pages = models.JSONField(_("pages"), default=list, blank=True)
    tone = models.CharField(_("tone"), max_length=16, choices=TONES, default=Tone.FRIENDLY.value)
    primary_cta = models.CharField(_("main button"), max_length=16, choices=CALLS_TO_ACTION, blank=True)
    cta_text = models.CharField(_("words on the main button"), blank=True)
    booking_url = models.CharField(_("booking address"), blank=True)
    site_url = models.CharField(_("address of the site"), blank=True)
    seo_title = models.CharField(_("search title"), blank=True)
    seo_description = models.CharField(_("search description"), blank=True)
    seo_keywords = models.JSONField(_("search keywords"), default=list, blank=True)
    colour_primary = models.CharField(_("main colour"), blank=True)
    colour_secondary = models.CharField(_("second colour"), blank=True)
    colour_accent = models.CharField(_("accent colour"), blank=True)
    social_instagram = models.CharField("Instagram", blank=True)
    social_facebook = models.CharField("Facebook", blank=True)
    social_linkedin = models.CharField("LinkedIn", blank=True)
    social_youtube = models.CharField("YouTube", blank=True)
    social_tiktok = models.CharField("TikTok", blank=True)
    social_x = models.CharField("X", blank=True)
    social_pinterest = models.CharField("Pinterest", blank=True)

    class Meta:
        verbose_name = _("onboarding")
        verbose_name_plural = _("onboardings")
        constraints = [
            known_value("onboarding", "niche", ["", *dict(NICHES)]),
            known_value("onboarding", "locale", ["", *dict(LOCALES)]),
            known_value("onboarding", "tone", dict(TONES)),
            known_value("onboarding", "primary_cta", ["", *dict(CALLS_TO_ACTION)]),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(completed_at__isnull=False),
                name="orders_onboarding_submitted_is_complete",
            ),
        ]
        indexes = [models.Index(fields=["business_name"], name="orders_onboarding_business")]

    def __str__(self) -> str:
        return self.business_name


class Row(models.Model):
    """One entry of a list of the onboarding; ``position`` counts from 0 in the customer's order."""

    onboarding = models.ForeignKey(Onboarding, models.CASCADE, related_name="%(class)s_rows", editable=False)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        abstract = True
        ordering = ["onboarding", "position"]
        constraints = [
            models.UniqueConstraint(fields=["onboarding", "position"], name="orders_%(class)s_position_once"),
        ]


class Service(Row):
    """Something that the business does for its customers."""

    name = models.CharField(_("name"))
    description = models.TextField(_("description"), blank=True)

    class Meta(Row.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def __str__(self) -> str:
        return self.name


class Testimonial(Row):
    """A customer's own words; ``rating`` from 1 to 5."""

    author = models.CharField(_("author"))
    text = models.TextField(_("text"))
    rating = models.PositiveSmallIntegerField(_("rating"), null=True, blank=True)

    class Meta(Row.Meta):
        verbose_name = _("testimonial")
        verbose_name_plural = _("testimonials")
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)), name="orders_testimonial_rating_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return self.author


class TeamMember(Row):
    """One of the team."""

    name = models.CharField(_("name"))
    role = models.CharField(_("role"), blank=True)

    class Meta(Row.Meta):
        verbose_name = _("team member")
        verbose_name_plural = _("team")

    def __str__(self) -> str:
        return self.name


class OpeningHours(Row):
    """A span that is open on each of ``days`` (mon … sun); past midnight where it closes before it opens."""

    days = models.JSONField(_("days"), default=list)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta(Row.Meta):
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")

    def __str__(self) -> str:
        return f"{', '.join(self.days)} {self.opens:%H:%M}-{self.closes:%H:%M}"


class Photo(Row):
    """A picture that was named in the onboarding (``file``), and its decoded form once it is kept (AssetRef).

    Sizes in pixels. The logo is the one with ``is_logo``.
    """

    is_logo = models.BooleanField(_("logo"), default=False)
    file = models.CharField(_("file"))
    alt = models.CharField(_("what it shows"))
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    media_type = models.CharField(_("type"), max_length=16, blank=True, editable=False)
    width = models.PositiveIntegerField(_("width"), null=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, editable=False)

    class Meta(Row.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["onboarding"], condition=Q(is_logo=True), name="orders_photo_one_logo"),
            models.CheckConstraint(
                condition=Q(sha256="", media_type="", width__isnull=True, height__isnull=True)
                | (~Q(sha256="") & ~Q(media_type="") & Q(width__gt=0, height__gt=0)),
                name="orders_photo_kept_whole_or_not",
            ),
        ]

    def __str__(self) -> str:
        return self.alt

    @property
    def purpose(self) -> AssetPurpose:
        return AssetPurpose.LOGO if self.is_logo else AssetPurpose.PHOTO

    @property
    def asset(self) -> AssetRef:
        """What is kept of it. Raises ValidationError where nothing is."""
        return AssetRef.model_validate({name: getattr(self, name) for name in AssetRef.model_fields})
