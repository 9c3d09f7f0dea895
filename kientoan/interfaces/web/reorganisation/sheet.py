"""The form of one event: rows of units that were and of units that come, each with what is asked of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext

from kientoan.domains.organisation.access import Viewer, organised_units
from kientoan.domains.organisation.models import Decision, ResultingUnit
from kientoan.domains.organisation.queries import UnitOnDay, parents_on, units_on
from kientoan.domains.organisation.queries.finding import FoundUnit, found_units, units_named

from ..organisation.fields import MOST_SUGGESTED, asking, told_apart
from .fields import FateForm, LabelField, NewUnitForm, PassingForm, RenewalForm, SharesForm
from .kinds import BY_ORIGIN, BY_OUTCOME, EACH, Asked, Layout
from .sheet_data import ROOT

AnyForm = TypeVar("AnyForm", bound=forms.Form)


@dataclass
class Row:
    """A unit of the form. `key`: its id, or that of a new row; `pairs`: (outcome's name, form) by passing."""

    key: str
    unit: UnitOnDay | None = None
    above: UnitOnDay | None = None
    form: forms.Form | None = None
    shares: forms.Form | None = None
    pairs: list[tuple[str, forms.Form]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def parts(self) -> Iterator[forms.Form]:
        """All forms of the row."""
        yield from (part for part in (self.form, self.shares) if part is not None)
        yield from (part for _name, part in self.pairs)

    @property
    def name(self) -> str:
        """The unit's name, or what was typed for a new one."""
        if self.unit is not None:
            return self.unit.name
        return str(self.form["name"].value() or "") if self.form is not None else ""

    @property
    def opened(self) -> bool:
        """Whether something stands in the folded fields, so that they are shown."""
        parts = [self.shares] if self.shares is not None else []
        return any(bound.value() for part in parts for bound in part) or any(part.errors for part in parts)


class Sheet:
    """The form of an event as it stands; `judged`: errors are looked for."""

    def __init__(
        self, layout: Layout, data: QueryDict, *, decision: Decision, viewer: Viewer, judged: bool
    ) -> None:
        self.layout, self.data, self.decision, self.judged = layout, data, decision, judged
        self.day = decision.effective_date
        self.viewer = viewer.on(self.day)
        self.labels = parent_labels(decision, self.viewer, [_id(key) for key in data.getlist("origin")])
        self.problems: list[tuple[str, str]] = []
        known = {one.unit.id: one for one in found_units(self._ids(), self.day)}
        self.new = [self._new_row(key) for key in data.getlist("new")] if layout.new else []
        self.going = [self._going_row(one) for one in _chosen(data, "going", known)]
        self.origins = [self._origin_row(one) for one in _chosen(data, "origin", known)]

    def _ids(self) -> list[int]:
        """The units of the rows that the viewer may change; others are as if they were not there."""
        wanted = {_id(key) for name in ("origin", "going") for key in self.data.getlist(name)}
        return list(organised_units(self.viewer).filter(pk__in=wanted).values_list("pk", flat=True))

    def _form(self, form: type[AnyForm], prefix: str, **options: Any) -> AnyForm:
        """Bound when the form is judged; else it shows what was typed without a word about it."""
        if self.judged:
            return form(self.data, prefix=prefix, **options)
        given = {
            name.removeprefix(f"{prefix}-"): value
            for name, value in self.data.items()
            if name.startswith(f"{prefix}-")
        }
        return form(initial=given, prefix=prefix, **options)

    def _new_row(self, key: str) -> Row:
        form = self._form(NewUnitForm, f"n{key}")
        for name in ("government", "party", "front", "council"):
            self._label(form, name)
        return Row(key, form=form, shares=self._outcome_shares(f"n{key}"))

    def _going_row(self, found: FoundUnit) -> Row:
        form = None
        if asked := self.layout.asked_of_going:
            form = self._form(RenewalForm, f"g{found.unit.id}", asked=asked)
            if "parent" in form.fields:
                self._label(form, "parent")
        key = str(found.unit.id)
        return Row(key, found.unit, found.above, form, self._outcome_shares(f"g{key}"))

    def _origin_row(self, found: FoundUnit) -> Row:
        key, layout = str(found.unit.id), self.layout
        fate = self._form(FateForm, f"o{key}", ask=layout.fate) if layout.fate else None
        shares = self._form(SharesForm, f"o{key}") if layout.passings == BY_ORIGIN else None
        row = Row(key, found.unit, found.above, fate, shares)
        if layout.passings == EACH:
            outcomes = [(f"n{one.key}", one.name) for one in self.new]
            outcomes += [(f"g{one.key}", one.name) for one in self.going]
            row.pairs = [
                (name or gettext("Đơn vị mới"), self._form(PassingForm, f"p{key}-{prefix}"))
                for prefix, name in outcomes
            ]
        return row

    def _outcome_shares(self, prefix: str) -> SharesForm | None:
        return self._form(SharesForm, prefix) if self.layout.passings == BY_OUTCOME else None

    def _label(self, form: forms.Form, name: str) -> None:
        one = form.fields[name]
        assert isinstance(one, LabelField)
        one.labels, one.codes = self.labels, self.codes
        if self.is_searched:
            one.widget.attrs |= asking(form.add_prefix(name), "parents-found", f"on={self.day.isoformat()}")

    @cached_property
    def codes(self) -> dict[str, str]:
        """Code → key of the units above that may be chosen."""
        units = units_on(self.day).values()
        return {unit.code: f"u{unit.id}" for unit in units if unit.code and f"u{unit.id}" in self.labels}

    @property
    def is_searched(self) -> bool:
        """Whether units above are too many to stand in the page."""
        return len(self.labels) > MOST_SUGGESTED

    @property
    def rows(self) -> list[Row]:
        """All rows, in the order of the page."""
        return [*self.origins, *self.new, *self.going]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What must be mended: (id of the field or section, message)."""
        return [*self.problems, *(line for row in self.rows for line in _lines(row))]

    def found(self, name: str) -> list[FoundUnit]:
        """The units looked for in one of the two boxes, without those chosen already."""
        text = self.data.get(f"find_{name}", "").strip()[:500]
        if not text:
            return []
        within = None
        if not self.viewer.administers_all:
            within = set(organised_units(self.viewer).values_list("pk", flat=True))
        chosen = set(self.data.getlist(name))
        found = units_named(text, self.day, within=within)
        return [one for one in found if str(one.unit.id) not in chosen]

    def asked(self, name: str) -> Asked | None:
        """What the kind says about one of the lists."""
        return {"origin": self.layout.origins, "going": self.layout.going, "new": self.layout.new}[name]

    @property
    def suggested(self) -> list[str]:
        """The names of units above in the page; of too many only those that no search finds."""
        if not self.is_searched:
            return list(self.labels.values())
        return [label for key, label in self.labels.items() if not key.startswith("u")]

    def tell(self, anchor: str, message: str) -> None:
        """Note something to mend."""
        self.problems.append((anchor, message))


def _chosen(data: QueryDict, name: str, known: Mapping[int, FoundUnit]) -> list[FoundUnit]:
    """The units of a list, each once, in the order in which they were chosen."""
    return [known[_id(key)] for key in dict.fromkeys(data.getlist(name)) if _id(key) in known]


def _id(key: str) -> int:
    return int(key) if key.isdecimal() and len(key) < 18 else 0


def _lines(row: Row) -> Iterator[tuple[str, str]]:
    for part in row.parts:
        for name, errors in part.errors.items():
            bound = part[name] if name in part.fields else None
            words = ": ".join(filter(None, (row.name, str(bound.label) if bound else "")))
            yield from ((bound.id_for_label if bound else "", f"{words}: {error}") for error in errors)


def parent_labels(decision: Decision, viewer: Viewer, origins: Iterable[int] = ()) -> Mapping[str, str]:
    """What a unit may be put under: units of the day, and new ones of the decision.

    `viewer`: as of the decision's day. To the head of a hierarchy comes what goes on from a head (`origins`).
    """
    day = decision.effective_date
    units = units_on(day)
    if not viewer.administers_all:
        allowed = set(organised_units(viewer).values_list("pk", flat=True))
        units = {key: unit for key, unit in units.items() if key in allowed}
    parents = parents_on(day)
    labels = {f"u{key}": label for key, label in told_apart(units, parents).items()}
    new = ResultingUnit.objects.filter(event__decision=decision, is_new=True).order_by("event__place", "pk")
    words = gettext("%(name)s (đơn vị mới của quyết định này)")
    labels |= {f"r{pk}": words % {"name": name} for pk, name in new.values_list("pk", "name")}
    if viewer.administers_all or any(one in units and one not in parents for one in origins):
        labels[ROOT] = gettext("(không có cấp trên: đứng đầu hệ thống)")
    return labels
