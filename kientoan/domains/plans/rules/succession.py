"""Who takes over from a unit that ends or gives a part, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

ONE = "one"
DIVIDE = "divide"
BY_FIELD = "by_field"
WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Takeover:
    """Who takes over from `unit`.

    `heir`: who takes what is not divided; None: it waits. `shares` (rule DIVIDE): every heir with its share
    in 0 … 1, None where not known. `fields` (rule BY_FIELD): policy field → heir. `ends`: it is no more.
    """

    unit: int
    rule: str
    heir: int | None = None
    shares: Sequence[tuple[int, Decimal | None]] = ()
    fields: Mapping[int, int] = field(default_factory=dict)
    ends: bool = True

    @property
    def heirs(self) -> tuple[int, ...]:
        """Everybody who takes something, each once."""
        every = [self.heir, *(unit for unit, _ in self.shares), *self.fields.values()]
        return tuple(dict.fromkeys(unit for unit in every if unit is not None))


@dataclass(frozen=True, slots=True)
class PostHeir:
    """In the unit `unit`, `heir` is the post that comes after `post`."""

    post: int
    unit: int
    heir: int
