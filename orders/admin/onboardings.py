"""What customers answered."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from generation.admin.reading import ReadOnly, Rows
from generation.contracts import Weekday
from orders.models import Onboarding, OpeningHours, Photo, Service, TeamMember, Testimonial
from orders.onboarding_forms import WEEKDAYS


class Services(Rows[Service, Onboarding]):
    model = Service
    fields = ("name", "description")


class Testimonials(Rows[Testimonial, Onboarding]):
    model = Testimonial
    fields = ("author", "text", "rating")


class Team(Rows[TeamMember, Onboarding]):
    model = TeamMember
    fields = ("name", "role")


class Hours(Rows[OpeningHours, Onboarding]):
    model = OpeningHours
    fields = ("weekdays", "opens", "closes")

    @admin.display(description=_("days"))
    def weekdays(self, hours: OpeningHours) -> str:
        return ", ".join(str(WEEKDAYS[Weekday(day)]) for day in hours.days)


class Photos(Rows[Photo, Onboarding]):
    model = Photo
    fields = ("file", "alt", "is_logo", "media_type", "width", "height")


@admin.register(Onboarding)
class OnboardingAdmin(ReadOnly, admin.ModelAdmin[Onboarding]):
    """The answers of one order, as they were given."""

    list_display = ("business_name", "order", "niche", "locale", "city", "revision", "completed_at", "locked_at")
    list_select_related = ("order",)
    list_filter = ("niche", "locale", "tone")
    search_fields = ("business_name", "order__number", "order__customer__name", "order__customer__email", "=order__id")
    search_help_text = _("Business, customer, e-mail, order number or order id.")
    date_hierarchy = "completed_at"
    list_per_page = 50
    inlines = (Services, Testimonials, Team, Hours, Photos)
    fieldsets = (
        (None, {"fields": ("order", "revision", "note", "completed_at", "submitted_at", "locked_at")}),
        (_("Business"), {"fields": ("business_name", "niche", "custom_niche", "locale", "years_in_business")}),
        (_("Address"), {"fields": ("street", "city", "state", "postal_code", "country", "areas")}),
        (_("Contact"), {"fields": ("phone", "whatsapp", "email", "booking_url", "site_url")}),
        (_("Texts"), {"fields": ("primary_service", "objective", "description", "about_owner")}),
        (_("Look"), {"fields": ("tone", "primary_cta", "cta_text", "page_names", "colours")}),
        (_("Search engines"), {"fields": ("seo_title", "seo_description", "keywords")}),
        (
            _("Social networks"),
            {
                "fields": tuple(
                    f"social_{name}"
                    for name in ("instagram", "facebook", "linkedin", "youtube", "tiktok", "x", "pinterest")
                )
            },
        ),
    )

    @admin.display(description=_("areas served"))
    def areas(self, onboarding: Onboarding) -> str:
        return ", ".join(onboarding.service_areas)

    @admin.display(description=_("pages"))
    def page_names(self, onboarding: Onboarding) -> str:
        return ", ".join(onboarding.pages)

    @admin.display(description=_("search keywords"))
    def keywords(self, onboarding: Onboarding) -> str:
        return ", ".join(onboarding.seo_keywords)

    @admin.display(description=_("colours"))
    def colours(self, onboarding: Onboarding) -> str:
        given = (onboarding.colour_primary, onboarding.colour_secondary, onboarding.colour_accent)
        return ", ".join(filter(None, given))
