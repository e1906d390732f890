"""The form of a schedule: its own columns, and a field for each argument of its task."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Literal, get_args, get_origin
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from pydantic.fields import FieldInfo

from generation import background
from generation.models import Schedule
from generation.ticks import zone_named, zones

ARGUMENT = "argument_"
LOCAL_FORMAT = "%Y-%m-%dT%H:%M"


class LocalMoment(forms.DateTimeField):
    """A date and time without a zone, which the form adds."""

    widget = forms.DateTimeInput(format=LOCAL_FORMAT, attrs={"type": "datetime-local"})

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(UTC):
            moment = super().to_python(value)
        return moment and moment.replace(tzinfo=None)

    def prepare_value(self, value: Any) -> Any:
        return value


class ScheduleForm(forms.ModelForm[Schedule]):
    """What staff say of a schedule. The task is chosen first, and stays."""

    class Meta:
        model = Schedule
        fields = ("name", "task", "cron", "every_seconds", "once_at", "zone", "enabled", "queue", "misfire")
        widgets = {"task": forms.HiddenInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schedule: Schedule = self.instance
        self.fields["zone"] = forms.ChoiceField(
            label=capfirst(Schedule._meta.get_field("zone").verbose_name),
            choices=[(name, name) for name in zones()],
            initial=settings.TIME_ZONE,
        )
        once = Schedule._meta.get_field("once_at")
        self.fields["once_at"] = LocalMoment(
            label=capfirst(once.verbose_name), help_text=once.help_text, required=False
        )
        if schedule.pk and schedule.once_at:
            self.initial["once_at"] = f"{schedule.once_at.astimezone(zone_named(schedule.zone)):{LOCAL_FORMAT}}"
        stored = schedule.arguments if schedule.pk and isinstance(schedule.arguments, dict) else {}
        self.arguments = tuple(argument_fields(self._task(), stored))
        self.fields.update(dict(self.arguments))

    def _task(self) -> str:
        return self.instance.task or str(self.data.get("task") or self.initial.get("task") or "")

    def clean_once_at(self) -> datetime | None:
        """Nothing yet: the zone that it needs is cleaned later."""
        return self.cleaned_data["once_at"]  # type: ignore[no-any-return]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        local, zone = cleaned.get("once_at"), cleaned.get("zone")
        if local and zone:
            moment = local.replace(tzinfo=ZoneInfo(zone))
            if moment.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local:
                self.add_error("once_at", _("There is no such moment: the clocks are set forward over it."))
            cleaned["once_at"] = moment
        given = {name.removeprefix(ARGUMENT): cleaned.get(name) for name, _field in self.arguments}
        self.instance.arguments = {name: value for name, value in given.items() if value not in (None, "")}
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """What the model finds in columns that are not fields here is said above them all."""
        if field is None and hasattr(error, "error_dict"):
            strange = [name for name in error.error_dict if name not in self.fields]
            for name in strange:
                error.error_dict.setdefault(NON_FIELD_ERRORS, []).extend(error.error_dict.pop(name))
        super().add_error(field, error)


def argument_fields(task: str, stored: Mapping[str, Any]) -> Iterator[tuple[str, forms.Field]]:
    """A form field for each argument of the task, by its name."""
    known = background.tasks().get(task)
    for name, argument in known.arguments.model_fields.items() if known else ():
        yield f"{ARGUMENT}{name}", _field(name, argument, stored.get(name, argument.get_default()))


def _field(name: str, argument: FieldInfo, initial: Any) -> forms.Field:
    """The form's side of one argument; its bounds are judged by the model, and shown by the field."""
    about: dict[str, Any] = {
        "label": _(argument.title) if argument.title else name.replace("_", " "),
        "help_text": _(argument.description) if argument.description else "",
        "required": argument.is_required(),
        "initial": initial,
    }
    bounds = {key: getattr(each, key) for each in argument.metadata for key in ("ge", "le") if hasattr(each, key)}
    limits: dict[str, Any] = {"min_value": bounds.get("ge"), "max_value": bounds.get("le")}
    kind = argument.annotation
    if kind is bool:
        return forms.BooleanField(**{**about, "required": False})
    if kind is int:
        return forms.IntegerField(**about, **limits)
    if kind is float:
        return forms.FloatField(**about, **limits)
    if get_origin(kind) is Literal:
        return forms.ChoiceField(**about, choices=[(value, value) for value in get_args(kind)])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return forms.ChoiceField(**about, choices=[(each.value, each.value) for each in kind])
    longest = next((each.max_length for each in argument.metadata if hasattr(each, "max_length")), 1000)
    return forms.CharField(**about, max_length=longest)
