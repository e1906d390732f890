"""The onboarding as a form. It has no rules of its own: what is sent goes through those of every onboarding."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from generation.contracts import PageKind
from orders.answers import Answers
from orders.brief import accept
from orders.findings import Refused
from orders.models import Onboarding, OpeningHours, Service, TeamMember, Testimonial
from orders.stored_answers import GROUPS, load

from .onboardings import WEEKDAYS

PAGES = {
    PageKind.HOME: _("Home"),
    PageKind.SERVICES: _("Services"),
    PageKind.PRICING: _("Prices"),
    PageKind.GALLERY: _("Gallery"),
    PageKind.ABOUT: _("About"),
    PageKind.TESTIMONIALS: _("Testimonials"),
    PageKind.FAQ: _("Questions"),
    PageKind.CONTACT: _("Contact"),
}
SECTIONS = (
    (_("Business"), ("business_name", "niche", "custom_niche", "locale", "years_in_business")),
    (_("Address"), ("street", "city", "state", "postal_code", "country", "service_areas")),
    (_("Contact"), ("phone", "whatsapp", "email", "booking_url", "site_url")),
    (_("Texts"), ("primary_service", "objective", "description", "about_owner")),
    (_("Look"), ("tone", "primary_cta", "cta_text", "pages", "colour_primary", "colour_secondary", "colour_accent")),
    (_("Search engines"), ("seo_title", "seo_description", "seo_keywords")),
    (_("Social networks"), tuple(f"social_{name}" for name in GROUPS["social"][1].model_fields)),
)
REQUIRED_BY_RULES = ("business_name", "niche", "locale", "city")


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), help_text=_("One a line."), **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


def _field(name: str) -> forms.Field:
    """The column's own form field; its rules are those of the onboarding, so nothing is required by the form."""
    field: forms.Field = fields_for_model(Onboarding, [name])[name]
    if name in ("service_areas", "seo_keywords"):
        return LinesField(label=field.label, required=False)
    if name == "pages":
        choices = [(kind.value, label) for kind, label in PAGES.items()]
        return forms.MultipleChoiceField(
            choices=choices, label=field.label, required=False, widget=forms.CheckboxSelectMultiple
        )
    field.required = False
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs["rows"] = 5
    if name in REQUIRED_BY_RULES:
        field.widget.attrs["aria-required"] = "true"
    return field


class AnswersForm(forms.Form):
    """Everything that is not a list of rows."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields |= {name: _field(name) for _heading, names in SECTIONS for name in names}

    def sections(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        for heading, names in SECTIONS:
            yield heading, [self[name] for name in names]


class ServiceRow(forms.Form):
    name = forms.CharField(label=_("Name"), required=False)
    description = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class TestimonialRow(forms.Form):
    author = forms.CharField(label=_("Author"), required=False)
    text = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    rating = forms.IntegerField(label=_("Rating (1 to 5)"), required=False)


class MemberRow(forms.Form):
    name = forms.CharField(label=_("Name"), required=False)
    role = forms.CharField(label=_("Role"), required=False)


class HoursRow(forms.Form):
    days = forms.MultipleChoiceField(
        label=_("Days"),
        choices=[(day.value, label) for day, label in WEEKDAYS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    opens = forms.CharField(label=_("Opens"), required=False, widget=forms.TextInput(attrs={"type": "time"}))
    closes = forms.CharField(label=_("Closes"), required=False, widget=forms.TextInput(attrs={"type": "time"}))


ROWS: dict[str, tuple[Any, type[forms.Form]]] = {
    "services": (Service._meta.verbose_name_plural, ServiceRow),
    "hours": (OpeningHours._meta.verbose_name_plural, HoursRow),
    "testimonials": (Testimonial._meta.verbose_name_plural, TestimonialRow),
    "team": (TeamMember._meta.verbose_name_plural, MemberRow),
}


class OnboardingForms:
    """The onboarding's page: one form and its lists. ``accepted`` gives the answers, or marks what is wrong."""

    def __init__(self, onboarding: Onboarding, data: QueryDict | None = None) -> None:
        stored = load(onboarding)
        self.is_refused = False
        self._wrong: dict[str, list[str]] = {}
        self._kept = {name: stored[name] for name in ("logo", "photos")}
        self.form = AnswersForm(data, initial=_flat(stored), prefix="answers")
        self.lists = {
            name: forms.formset_factory(row, extra=1 if stored[name] else 2)(data, initial=stored[name], prefix=name)
            for name, (_label, row) in ROWS.items()
        }

    def rows(self) -> Iterator[tuple[str, Any, Any, list[str]]]:
        """Each list with its name, its label, and what is wrong with it as a whole."""
        for name, (label, _row) in ROWS.items():
            yield name, label, self.lists[name], self._wrong.get(name, [])

    def accepted(self) -> Answers | None:
        """The answers that were sent, if they are in order; else None, with each finding at its field."""
        everything_read = [self.form.is_valid(), *(rows.is_valid() for rows in self.lists.values())]
        self.is_refused = True
        if not all(everything_read):
            return None
        filled = {name: [row for row in rows if any(row.cleaned_data.values())] for name, rows in self.lists.items()}
        entries = {name: [_plain(row.cleaned_data) for row in rows] for name, rows in filled.items()}
        columns = _plain(self.form.cleaned_data)
        columns["pages"] = sorted(columns["pages"], key=self._place_of_page)
        try:
            answers = accept({**_nested(columns), **entries, **self._kept})
        except Refused as refused:
            for finding in refused.findings:
                self._mark(finding.where, f"{finding.wrong}; {finding.right}", filled)
            return None
        self.is_refused = False
        return answers

    def _place_of_page(self, page: str) -> int:
        """Pages that were asked for before keep the customer's order, which a browser does not tell."""
        before = [*self.form.initial["pages"], *PAGES]
        return before.index(page)

    def _mark(self, where: str, words: str, filled: dict[str, list[forms.Form]]) -> None:
        """Show the finding at the field that it is about, or at the list."""
        head, _dot, field = where.partition(".")
        name, _bracket, index = head.rstrip("]").partition("[")
        rows = filled.get(name, [])
        if name in ROWS and index and int(index) < len(rows) and field.partition("[")[0] in rows[int(index)].fields:
            rows[int(index)].add_error(field.partition("[")[0], words)
        elif name in ROWS:
            self._wrong.setdefault(name, []).append(f"{where}: {words}" if index else words)
        else:
            column = GROUPS[name][0] + field if name in GROUPS else name
            known = column in self.form.fields
            self.form.add_error(column if known else None, words if known else f"{where}: {words}")


def _flat(stored: dict[str, Any]) -> dict[str, Any]:
    """Groups of answers as the columns that they stand in."""
    return stored | {f"{prefix}{name}": stored[group][name] for group, prefix, name in _grouped()}


def _nested(columns: dict[str, Any]) -> dict[str, Any]:
    """The other way round."""
    data: dict[str, Any] = {group: {} for group in GROUPS}
    for group, prefix, name in _grouped():
        data[group][name] = columns.pop(f"{prefix}{name}")
    return data | columns


def _grouped() -> Iterable[tuple[str, str, str]]:
    for group, (prefix, part) in GROUPS.items():
        for name in part.model_fields:
            yield group, prefix, name


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Texts with the line ends that were stored: browsers send their own, which would count as a change."""
    return {k: v.replace("\r\n", "\n") if isinstance(v, str) else v for k, v in values.items()}
