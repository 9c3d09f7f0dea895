"""A change as plain values, to be kept for a while (what was removed can be brought back)."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from .changes import MEASURES, Change, Origin, Outcome, Passing, Place, Shares


def plain_of(change: Change) -> dict[str, Any]:
    """The change as values that JSON can hold; shares as text, so that no digit is lost."""
    plain = asdict(change)
    for item in plain["passings"] or ():
        item["shares"] = {name: _text(item["shares"][name]) for name in MEASURES}
    return plain


def _text(share: Decimal | None) -> str | None:
    return None if share is None else str(share)


def change_of(plain: Mapping[str, Any]) -> Change:
    """The change that `plain_of` wrote."""
    passings = plain["passings"]
    return Change(
        kind=plain["kind"],
        origins=tuple(Origin(**one) for one in plain["origins"]),
        outcomes=tuple(_outcome(one) for one in plain["outcomes"]),
        passings=None if passings is None else tuple(_passing(one) for one in passings),
        note=plain["note"],
        row=plain["row"],
    )


def _outcome(plain: Mapping[str, Any]) -> Outcome:
    return Outcome(**{**plain, "places": tuple(Place(**one) for one in plain["places"])})


def _passing(plain: Mapping[str, Any]) -> Passing:
    shares = {name: None if text is None else Decimal(text) for name, text in plain["shares"].items()}
    return Passing(**{**plain, "shares": Shares(**shares)})
