"""The seven steps in which a customer answers: what each asks, what it lacks, and what has been answered so far."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from orders import drafts
from orders.findings import Finding
from orders.models import SiteOrder
from orders.onboarding_forms import PICTURES, OnboardingForms
from orders.stored_answers import GROUPS, load

from .questions import GROUP_LABELS, LIST_HINTS, ask

NAMES = tuple(drafts.STEPS)
_HAS_A_DEFAULT = ("tone",)  # says nothing of what a customer did


@dataclass(frozen=True)
class Step:
    """One of the steps: ``state`` in words, and what it still lacks."""

    name: str
    number: int
    title: str | Promise
    state: str
    missing: tuple[Finding, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing


@dataclass
class Block:
    """Questions that stand together: fields, a list of rows, or the pictures."""

    kind: str
    heading: str | Promise = ""
    hint: str | Promise = ""
    name: str = ""
    fields: tuple[forms.BoundField, ...] = ()
    rows: Any = None
    wrong: tuple[str, ...] = ()


class StepForms(OnboardingForms):
    """The questions of one step, filled with what is stored or what was sent."""

    def __init__(self, order: SiteOrder, step: str, data: QueryDict | None = None) -> None:
        super().__init__(order.onboarding, data, drafts.STEPS[step])
        self.answers = drafts.STEPS[step]
        ask(self.form)

    def offer_language(self, order: SiteOrder) -> None:
        """Most want their site in their own language."""
        self.form.initial["locale"] = self.form.initial["locale"] or order.locale or order.customer.locale

    def blocks(self) -> Iterator[Block]:
        """The questions, in the order of the step."""
        lists = {name: (label, rows, wrong) for name, label, rows, wrong in self.rows()}
        plain: list[forms.BoundField] = []
        for name in self.answers:
            if name not in (*lists, *GROUPS, *PICTURES):
                plain.append(self.form[name])
                continue
            if plain:
                yield Block("fields", fields=tuple(plain))
                plain = []
            if name in lists:
                label, rows, wrong = lists[name]
                yield Block("rows", label, LIST_HINTS[name], name, rows=rows, wrong=tuple(wrong))
            elif name in GROUPS:
                columns = [GROUPS[name][0] + part for part in GROUPS[name][1].model_fields]
                yield Block("fields", GROUP_LABELS[name], fields=tuple(self.form[column] for column in columns))
            elif name == PICTURES[0]:
                yield Block("pictures")
        if plain:
            yield Block("fields", fields=tuple(plain))

    @property
    def has_problems(self) -> bool:
        return any(self.problems())

    def problems(self) -> Iterator[tuple[str, str | Promise, str]]:
        """All that is wrong: the id of the place on the page, its label, and the words."""
        for name, label, rows, wrong in self.rows():
            yield from ((name, label, words) for words in wrong)
            for row in rows:
                yield from _problems_of(row)
        yield from _problems_of(self.form)

    def said(self) -> Iterator[tuple[str | Promise, str]]:
        """What has been answered: each question and its answer in short."""
        for block in self.blocks():
            for field in block.fields:
                if words := _in_words(field):
                    yield field.label, words
            if block.kind == "rows" and (rows := [row for row in block.rows if row.initial]):
                yield block.heading, "\n".join(" – ".join(filter(None, map(_in_words, row))) for row in rows)
            if block.kind == "pictures" and (alts := [each["alt"] for each in self.pictures()]):
                yield _("Logo and photos"), "\n".join(alts)


def steps(order: SiteOrder) -> tuple[Step, ...]:
    """All of them, as they stand."""
    lacking, stored = drafts.missing(order.onboarding), load(order.onboarding)
    return tuple(
        _step(name, tuple(finding for finding in lacking if drafts.step_of(finding) == name), stored) for name in NAMES
    )


def _step(name: str, missing: tuple[Finding, ...], stored: dict[str, Any]) -> Step:
    said = (stored[answer] for answer in drafts.STEPS[name] if answer not in _HAS_A_DEFAULT)
    is_begun = any(any(each.values()) if isinstance(each, dict) else each for each in said)
    state = _("Something is missing") if missing and is_begun else _("To be answered") if missing else ""
    state = state or (_("Answered") if is_begun else _("As you like"))
    return Step(name, NAMES.index(name) + 1, drafts.STEP_LABELS[name], state, missing)


def _problems_of(form: forms.BaseForm) -> Iterator[tuple[str, str | Promise, str]]:
    for name, errors in form.errors.items():
        field = form[name] if name in form.fields else None
        place, label = (field.id_for_label or field.auto_id, field.label) if field else ("", "")
        yield from ((str(place), label, str(words)) for words in errors)


def _in_words(field: forms.BoundField) -> str:
    """The stored answer, with the labels of choices in place of their names."""
    value, choices = field.initial, dict(getattr(field.field, "choices", ()))
    if isinstance(value, list):
        return ", ".join(str(choices.get(each, each)) for each in value)
    return str(choices.get(value, value)) if value not in (None, "") else ""
