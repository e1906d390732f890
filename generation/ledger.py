"""The ledger: what a text says, and the field of the brief or the rule that says so."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from .contracts import Brief, Claim, Facts, PageCopy, SiteCopy, Weekday, fold
from .language import addresses, hours
from .language.messages import words
from .mentions import Key, Mention, mentions, words_of
from .niches import plan_niche


class Told(NamedTuple):
    """A text that is true, and where it stands: a field of the brief, or a field and in brackets the rule."""

    source: str
    text: str


class Grounds:
    """What some fields of a brief say, and with it the rules that derive from them.

    Rules: *count* (of a list), *formatted* (telephones, hours and addresses as the site writes them), *closed*
    (days that the hours do not name), *rating* (stars are out of five), *words* (what the site calls the trade).
    """

    def __init__(self, brief: Brief, facts: Facts, paths: Iterable[str] = ()) -> None:
        """``paths`` limits the ground to these fields. Raises LookupError for one that the brief does not have."""
        self._locale, self._keys, self._words = brief.locale, dict[Key, str](), dict[str, str]()
        self._texts: list[tuple[Told, str]] = []  # each with its folded text
        fields = list(paths) or [name for name in Brief.model_fields if name not in _STEERING]
        for told in _told(brief, facts, fields):
            self._add(told)

    def _add(self, told: Told) -> None:
        self._texts.append((told, fold(told.text)))
        if _VOICE.fullmatch(told.source):
            return  # what one visitor tells is true of that visit: it stands word for word and grounds nothing else
        for mention in mentions(told.text, self._locale):
            self._keys.setdefault(mention.key, told.source)
            self._keys.setdefault(mention.key._replace(unit=""), told.source)
        for word in words_of(told.text):
            self._words.setdefault(word, told.source)
        for key in _DIRECT.get(told.source.partition(" (")[2].rstrip(")"), lambda _: ())(told.text):
            self._keys.setdefault(key, told.source)

    def source(self, mention: Mention) -> str | None:
        """Where the mention stands, or None where nothing says so."""
        if mention.key.kind == "name":
            return self._name(mention.key.value)
        if mention.key.kind == "address":
            return next((told.source for told, _ in self._texts if mention.key.value in told.text), None)
        return self._keys.get(mention.key)

    def _name(self, name: str) -> str | None:
        """The field that has the whole name, else that of its first word where there is one for each."""
        sources = [self._words.get(word) for word in name.split()]
        if None in sources:
            return None
        return next((told.source for told, folded in self._texts if name in folded), sources[0])

    def entries(self, text: str) -> Iterator[tuple[str, str | None]]:
        """Each thing that the text says, with its source or None. A text that stands in a field is all from there."""
        whole = re.compile(rf"(?<!\w){re.escape(fold(text))}(?!\w)")
        field = next((told.source for told, folded in self._texts if whole.search(folded)), None)
        for mention in dict.fromkeys(mentions(text, self._locale)):
            yield mention.text, field or self.source(mention)

    def holds(self, words: str) -> bool:
        """Whether a field holds these very words."""
        return any(fold(words) in folded for _, folded in self._texts)


_VOICE = re.compile(r"testimonials\.\d+\.text")

# Fields that no visitor reads: they ground nothing.
_STEERING = frozenset({"objective", "tone", "colours", "warnings", "logo", "version", "locale", "primary_cta", "pages"})

# Keys that a rule gives without a sentence that could be read for them.
_DIRECT = {"closed": lambda text: [Key("day", f"closed {day}") for day in text.split()]}


def unfounded(copy: SiteCopy, brief: Brief, facts: Facts) -> list[str]:
    """What the copy says without a fact, one line each: the text and what in it has no ground."""
    said = (claim for page in copy.pages for claim in claims_of(page))
    return [f"“{claim.text}”: {what}" for claim in said for what in _groundless(claim, brief, facts)]


def claims_of(page: PageCopy) -> Iterator[Claim]:
    """Every claim of a page, from the first to the last."""
    yield page.title
    yield page.description
    for section in page.sections:
        yield section.heading
        for paragraph in section.paragraphs:
            yield from paragraph
        for item in section.items:
            yield item.title
            yield from item.text


def _groundless(claim: Claim, brief: Brief, facts: Facts) -> Iterator[str]:
    try:
        ground = Grounds(brief, facts, claim.facts or ("niche",))
    except LookupError as unknown:
        yield str(unknown)
        return
    yield from sorted({text for text, source in ground.entries(claim.text) if source is None})


def _told(brief: Brief, facts: Facts, paths: Iterable[str]) -> Iterator[Told]:
    """The values of the fields, and the forms in which other steps write them."""
    dumped = brief.model_dump(mode="json", exclude_computed_fields=True)
    for path in paths:
        value = _at(path, dumped)
        yield from _texts(path, value)
        if isinstance(value, list) and value:
            yield Told(f"{path} (count)", str(len(value)))
        yield from _formatted(path, brief, facts)


def _formatted(path: str, brief: Brief, facts: Facts) -> Iterator[Told]:
    forms: list[str | None] = []
    match path:
        case "business_name":
            forms = [facts.short_name]
        case "phone":
            forms = [facts.phone.text if facts.phone else None]
        case "whatsapp":
            forms = [facts.whatsapp.text if facts.whatsapp else None]
        case "site_url" if brief.site_url:
            forms = [facts.site_url]
        case "address":
            forms = [addresses.one_line(brief.address, facts.country)]
        case "niche":
            forms = list(_trade(brief, facts))
        case "years_in_business" if brief.years_in_business is not None:
            forms = [words(brief.locale).text("years", {"years": brief.years_in_business}, form="value")]
        case "hours" if brief.hours:
            lines = (f"{line.days}: {line.times}" for line in hours.table(brief.hours, facts.language))
            forms = [hours.sentence(brief.hours, facts.language), *lines]
            named = {day for entry in brief.hours for day in entry.days}
            yield Told("hours (closed)", " ".join(day for day in Weekday if day not in named))
        case "testimonials" if any(said.rating for said in brief.testimonials):
            yield Told("testimonials (rating)", "5")
    yield from (Told(f"{path} (formatted)", form) for form in forms if form)


def _trade(brief: Brief, facts: Facts) -> Iterator[str]:
    nouns, niche = words(brief.locale), plan_niche(brief)
    for form in nouns.forms(niche).keys() - {"said", "near"}:
        yield nouns.text(niche, {"country": facts.country or ""}, form=form)


def _at(path: str, told: Any) -> Any:
    for name in path.split("."):
        try:
            told = told[int(name) if isinstance(told, list) else name]
        except (LookupError, ValueError, TypeError):
            raise LookupError(f"no field {path!r}") from None
    return told


def _texts(path: str, value: Any) -> Iterator[Told]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(f"{path}.{name}", part)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _texts(f"{path}.{number}", part)
    elif value is not None:
        yield Told(path, str(value))
