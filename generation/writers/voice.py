"""Says messages with the facts of one brief: picks a form that these can fill, and ties the words to them."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from generation import choice
from generation.contracts import Brief, Claim, Facts, Tone
from generation.language.lists import joined
from generation.language.messages import messages
from generation.language.names import capital
from generation.niches import plan_niche

from .known import Known, known

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generation.language.messages import Messages

COPY = Path(__file__).parent / "copy"


class Voice:
    """The sentences of one site.

    ``main`` names the contact that the customer prefers (call, whatsapp, email or book_online): it comes first
    wherever contacts are listed.
    """

    def __init__(self, brief: Brief, facts: Facts, *, variation: int, main: str) -> None:
        self._seed, self._variation = brief.seed, variation
        self._niche, self._tone = plan_niche(brief), brief.tone
        self._messages: Messages = messages(COPY / brief.locale)
        self._known = known(brief, facts)
        self._known |= self._reach(facts, main)

    def say(self, message: str) -> Claim:
        """The message in its first form that can be said. Raises LookupError where none can."""
        claim = self.maybe(message)
        if claim is None:
            raise LookupError(f"no form of {message!r} can be said with these facts")
        return claim

    def maybe(self, message: str) -> Claim | None:
        """The message in its first form that can be said, or None."""
        return next(iter(self.forms(message).values()), None)

    def heading(self, message: str, letters: int) -> Claim:
        """The message in its first form of at most that many letters, else in its shortest."""
        forms = list(self.forms(message).values())
        return next((claim for claim in forms if len(claim.text) <= letters), min(forms, key=lambda c: len(c.text)))

    def told(self, names: Iterable[str]) -> tuple[Claim, ...]:
        """Those of the messages that can be said."""
        return tuple(claim for name in names if (claim := self.maybe(name)))

    def forms(self, message: str) -> dict[str, Claim]:
        """Every form that can be said by its name, in the order in which this site would have them.

        A niche's own message stands before the one for all; forms of another tone are left out.
        """
        own = f"{message}-{self._niche}"
        message = own if own in self._messages else message
        forms = {name: form for name, form in self._messages.forms(message).items() if self._in_tone(name)}
        names = choice.order(self._seed, self._variation, message, forms)
        return {name: self._claim(message, name) for name in names if forms[name].variables <= self._known.keys()}

    def _in_tone(self, form: str) -> bool:
        return form not in set(Tone) - {self._tone}

    def knows(self, variable: str) -> bool:
        return variable in self._known

    def fact(self, variable: str) -> Claim:
        """A fact by itself, as a sentence begins. Raises KeyError for one that the brief does not have."""
        known = self._known[variable]
        return Claim(text=capital(str(known.value)), facts=known.fields)

    def _claim(self, message: str, form: str) -> Claim:
        used = sorted(self._messages.forms(message)[form].variables)
        fields = dict.fromkeys(chain.from_iterable(self._known[name].fields for name in used))
        values = {name: self._known[name].value for name in used}
        return Claim(text=self._messages.text(message, values, form=form), facts=tuple(fields))

    def _reach(self, facts: Facts, main: str) -> dict[str, Known]:
        """The ways to reach the business as a list, and the first of them."""
        same = facts.phone and facts.whatsapp and facts.phone.e164 == facts.whatsapp.e164
        ways = {"both": {"call", "whatsapp"}} if same else {"whatsapp": {"whatsapp"}, "phone": {"call"}}
        ways["email"] = {"email"}
        preferred = sorted(ways, key=lambda way: main not in ways[way])
        said = self.told(f"reach-{way}" for way in preferred)
        text = joined([claim.text for claim in said], facts.language, "or")
        fields = tuple(chain.from_iterable(claim.facts for claim in said))
        return {"reach": Known(text, fields), "first_reach": Known(said[0].text, said[0].facts)}
