"""What stands in the form of an event: as typed, after a press of its smaller buttons, or from an event.

All three are one `QueryDict`, so that the form works without scripts: each press sends the whole form.
`origin`, `going` and `new` list the rows; the fields of a row have its name as prefix: `o12-fate`, `g7-name`,
`nx1-code`, `p12-nx1-extent`.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.http import QueryDict

from kientoan.domains.organisation.models import Hierarchy
from kientoan.domains.organisation.rules.changes import MEASURES, Change, Outcome, Passing, Place

from ..wording import number_text
from .fields import ENDS, PART, REST, STAYS, WHOLE
from .kinds import BY_ORIGIN, BY_OUTCOME, Layout

ROWS = ("origin", "going", "new")
ROOT = "root"


def first_data(layout: Layout) -> QueryDict:
    """An empty form: one row for a new unit where there is to be one."""
    data = QueryDict(mutable=True)
    if layout.new and layout.new.least:
        data.setlist("new", ["x1"])
    return data


def after_press(posted: QueryDict, layout: Layout, found: Iterable[int]) -> QueryDict:
    """What the form says after a press: "origin:12" adds a row, "drop-origin:12" takes it away, "more" …"""
    data = posted.copy()
    act, _colon, key = data.get("act", "").partition(":")
    if act in ("origin", "going"):
        _add(data, layout, act, [str(one) for one in found] if key == "all" else [key])
    elif act.startswith("drop-") and (name := act.removeprefix("drop-")) in ROWS:
        data.setlist(name, [one for one in data.getlist(name) if one != key])
    elif act == "more":
        taken = [int(one[1:]) for one in data.getlist("new") if one[:1] == "x" and one[1:].isdecimal()]
        data.appendlist("new", f"x{max(taken, default=0) + 1}")
    return data


def _add(data: QueryDict, layout: Layout, name: str, keys: list[str]) -> None:
    asked = layout.origins if name == "origin" else layout.going
    if asked is None:
        return
    there = data.getlist(name)
    added = [key for key in keys if key.isdecimal() and key not in there]
    if asked.most == 1:
        data.setlist(name, added[-1:] or there)
    else:
        data.setlist(name, [*there, *added])


def data_of(change: Change, layout: Layout, labels: Mapping[str, str]) -> QueryDict:
    """The form filled with an event; `labels`: how the units above are called."""
    data = QueryDict(mutable=True)
    data["note"] = change.note
    names = [_name_of(outcome) for outcome in change.outcomes]
    for place, origin in enumerate(change.origins):
        own = [item for item in change.passings or () if item.origin == place]
        data.appendlist("origin", str(origin.unit))
        data[f"o{origin.unit}-fate"] = _fate(layout, origin.ends, own)
        for item in own:
            for name, value in _passing(item).items():
                data[f"{_prefix(layout, origin.unit, names[item.outcome])}-{name}"] = value
    for outcome, name in zip(change.outcomes, names, strict=True):
        data.appendlist("going" if outcome.unit is not None else "new", name[1:])
        words = _new(outcome, labels) if outcome.unit is None else _renewed(outcome, labels)
        for field, value in words.items():
            data[f"{name}-{field}"] = value
    return data


def _name_of(outcome: Outcome) -> str:
    return f"n{outcome.key}" if outcome.unit is None else f"g{outcome.unit}"


def _fate(layout: Layout, ends: bool, passings: list[Passing]) -> str:
    if layout.fate != "part":
        return ENDS if ends else STAYS
    if not ends:
        return PART
    return WHOLE if all(item.full for item in passings) else REST


def _prefix(layout: Layout, origin: int, outcome: str) -> str:
    """Where the shares of a passing stand: with the origin, with the outcome, or with the pair."""
    return {BY_ORIGIN: f"o{origin}", BY_OUTCOME: outcome}.get(layout.passings, f"p{origin}-{outcome}")


def _passing(item: Passing) -> dict[str, str]:
    shares = {name: getattr(item.shares, name) for name in MEASURES}
    found = {name: _percent(share) for name, share in shares.items() if share is not None}
    return {"extent": "full" if item.full else "partial", **found}


def _percent(share: Decimal) -> str:
    return number_text(share * 100)


def label_key(place: Place) -> str:
    """The key of a unit above among the labels: one that exists, a new one of the decision, or none."""
    if place.key:
        return f"r{place.key}"
    return ROOT if place.unit is None else f"u{place.unit}"


def _new(outcome: Outcome, labels: Mapping[str, str]) -> dict[str, str]:
    names = ("name", "short_name", "kind", "level", "code")
    places = {place.hierarchy: labels.get(label_key(place), "") for place in outcome.places}
    return {name: getattr(outcome, name) for name in names} | places


def _renewed(outcome: Outcome, labels: Mapping[str, str]) -> dict[str, str]:
    names = ("name", "short_name", "kind", "level", "code")
    words = {name: getattr(outcome, name) for name in names}
    if outcome.places:
        place = outcome.places[0]
        words |= {"hierarchy": place.hierarchy, "parent": labels.get(label_key(place), "")}
    else:
        words |= {"hierarchy": Hierarchy.GOVERNMENT.value}
    return words
