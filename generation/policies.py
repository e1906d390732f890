"""How work that failed is tried again: what an operator may set, in RETRY_POLICIES."""

from secrets import SystemRandom

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

TRANSIENT, INTERRUPTED = "transient", "interrupted"
_random = SystemRandom()


class RetryPolicy(BaseModel):
    """How often something is tried, how long it pauses before each new try, and after which errors.

    The pause grows by ``growth`` from try to try, up to ``longest_pause_seconds``, and is longer or shorter by a
    random part of up to ``jitter``. ``errors`` holds codes of errors, or *transient* for all of that sort.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    attempts: int = Field(5, ge=1, le=50)
    first_pause_seconds: float = Field(5, ge=0, le=86_400)
    longest_pause_seconds: float = Field(900, ge=0, le=604_800)
    growth: float = Field(4, ge=1, le=10)
    jitter: float = Field(0.2, ge=0, le=0.9)
    errors: tuple[str, ...] = (TRANSIENT,)

    @field_validator("longest_pause_seconds")
    @classmethod
    def _longest_is_longest(cls, value: float, info: ValidationInfo) -> float:
        first = info.data.get("first_pause_seconds")
        if first is not None and value < first:
            raise ValueError(f"must be at least first_pause_seconds ({first:g}), and is {value:g}")
        return value

    def pause(self, spent: int) -> float:
        """Seconds to wait after the attempt that was the ``spent``-th to count."""
        pause = min(self.first_pause_seconds * self.growth ** max(spent - 1, 0), self.longest_pause_seconds)
        return pause * (1 + self.jitter * _random.uniform(-1, 1))

    def retries(self, code: str, sort: str) -> bool:
        """Whether an error with this code and of this sort is worth another try. What was interrupted always is: where
        its worker died with it, nobody asks."""
        return code == INTERRUPTED or code in self.errors or sort in self.errors
