"""What to propose for the duties of a unit that ends or gives a part. A person may choose otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kientoan.domains.organisation.rules.changes import Shares
from kientoan.domains.plans.rules.succession import ONE, WAIT

MEASURES = ("population", "area", "headcount", "by_hand")
"""In which order shares are looked at: people before land before staff."""


class Why(StrEnum):
    """The reason of a proposal."""

    GOES_ON = "goes_on"  # the unit gives a part and lives on with its duties
    ONLY = "only"  # all of it went to one
    LARGEST = "largest"  # the greatest known share
    NO_SHARES = "no_shares"  # several, and it is not known who got most
    LEVEL_ABOLISHED = "level_abolished"  # its level is no more, the unit above goes on
    DISSOLVED = "dissolved"  # nobody comes after it


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody who may take over. `key`: names the heir; `above`: the unit above, not a successor."""

    key: str
    full: bool = False
    shares: Shares = field(default=Shares())
    above: bool = False
    itself: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the program proposes and why. `share`, `measure`: of the heir, when the reason is its share."""

    rule: str
    why: Why
    heir: str = ""
    measure: str = ""
    share: Decimal | None = None


def propose(offers: Sequence[Offer], *, ends: bool, level_abolished: bool) -> Proposal:
    """One heir where it is sure who that is, else to wait for somebody to decide."""
    if not ends:
        itself = next(offer for offer in offers if offer.itself)
        return Proposal(ONE, Why.GOES_ON, itself.key)
    successors = [offer for offer in offers if not offer.above and not offer.itself]
    if not successors:
        above = next((offer for offer in offers if offer.above), None)
        if level_abolished and above is not None:
            return Proposal(ONE, Why.LEVEL_ABOLISHED, above.key)
        return Proposal(WAIT, Why.DISSOLVED)
    if len(successors) == 1:
        return Proposal(ONE, Why.ONLY, successors[0].key)
    return _largest(successors) or Proposal(WAIT, Why.NO_SHARES)


def _largest(successors: Sequence[Offer]) -> Proposal | None:
    """The one that surely got most, by the first measure that tells."""
    for measure in MEASURES:
        known = [
            (share, offer.key)
            for offer in successors
            if (share := getattr(offer.shares, measure)) is not None
        ]
        if not known:
            continue
        known.sort(reverse=True)
        rest = Decimal(1) - sum((share for share, _ in known), Decimal(0))
        unknown = rest if len(known) < len(successors) else Decimal(0)
        second = max(known[1][0] if len(known) > 1 else Decimal(0), unknown)
        if known[0][0] > second:
            return Proposal(ONE, Why.LARGEST, known[0][1], measure, known[0][0])
    return None
