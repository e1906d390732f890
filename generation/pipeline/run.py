"""What a run is: what steps may know, what they are, and how they report."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar

import structlog
from pydantic import BaseModel, ValidationError

from generation.artifacts import FileStore
from generation.contracts import Brief

log = structlog.get_logger(__name__)

Output = TypeVar("Output", bound=BaseModel)


class Say(Protocol):
    """Reports progress: an English message marked for translation, and the values that stand in it."""

    def __call__(self, message: str, /, **values: str | int) -> None: ...


@dataclass(frozen=True)
class Run:
    """What steps may know: what was asked for, what earlier steps gave, where files go, how to report."""

    brief: Brief
    theme: str
    variation: int
    files: FileStore
    say: Say
    outputs: dict[str, BaseModel] = field(default_factory=dict)

    def of(self, kind: type[Output]) -> Output:
        """The output of the earlier step that gives this kind."""
        return next(output for output in self.outputs.values() if isinstance(output, kind))

    def input_hash(self, renderer: str) -> str:
        """SHA-256, in hex, of all that the next step is given."""
        given = [self._wanted, renderer]
        given += [output.model_dump_json() for output in self.outputs.values()]
        return hashlib.sha256("\0".join(given).encode()).hexdigest()

    @cached_property
    def _wanted(self) -> str:
        return "\0".join([self.brief.canonical(), self.theme, str(self.variation)])


class Step(NamedTuple):
    """A stable name, words for people (translated when shown), the kind of output, and what makes it."""

    name: str
    label: str
    output: type[BaseModel]
    work: Callable[[Run], BaseModel]


def outputs_of(steps: Iterable[Step], stored: Mapping[str, Any]) -> dict[str, BaseModel]:
    """The outputs of finished steps, as far as what is stored of them can still be read, in the order of the steps."""
    outputs: dict[str, BaseModel] = {}
    for step in steps:
        if step.name in stored:
            try:
                outputs[step.name] = step.output.model_validate(stored[step.name])
            except ValidationError as error:
                log.warning("output_not_read", step=step.name, errors=error.error_count(), hint="it is done again")
    return outputs
