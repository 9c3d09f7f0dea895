"""Taking back an act that was just done: the rows it wrote become what their kept versions say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, models, transaction

from kientoan.domains.audit.operations import record

from ..access import NotAllowed, Viewer, edited_people, require_organiser
from ..models import Headcount, Membership, Person, Post, Role, UnitCode, UnitVersion
from .ranges import Refused, naming_the_rule

# What points to others comes first: it goes first when what was made is taken away.
_MODELS: dict[str, type[models.Model]] = {
    "membership": Membership,
    "headcount": Headcount,
    "code": UnitCode,
    "version": UnitVersion,
    "post": Post,
    "person": Person,
}
_MOST = 50  # rows of one act

Result = TypeVar("Result")


class ChangedSince(Exception):
    """A row was written again after the act, or something was built on it: nothing was taken back."""


@dataclass(frozen=True, slots=True)
class Written:
    """One kept version that an act wrote: the noun of its table and the number of the version."""

    noun: str
    version: int

    def __str__(self) -> str:
        return f"{self.noun}-{self.version}"

    @classmethod
    def parse(cls, text: str) -> "Written":
        """Raises `ValueError` for a text that is none."""
        noun, _, version = text.partition("-")
        if noun not in _MODELS or not version.isdecimal() or len(version) > 12:
            raise ValueError(text)
        return cls(noun, int(version))


def parse_written(text: str) -> tuple[Written, ...]:
    """'post-12.membership-34' as it stands in addresses. Raises `ValueError`."""
    parts = text.split(".")
    if len(parts) > _MOST:
        raise ValueError(text)
    return tuple(Written.parse(part) for part in parts)


def _versions(noun: str) -> "models.QuerySet[Any]":
    model: Any = _MODELS[noun]
    return model.pgh_event_model._default_manager.all()  # type: ignore[no-any-return]


@transaction.atomic
def with_way_back(act: Callable[[], Result]) -> tuple[Result, tuple[Written, ...]]:
    """Run the act; returns what it returns and the versions it wrote, for `take_back`."""
    last = {noun: _versions(noun).aggregate(last=models.Max("pgh_id"))["last"] or 0 for noun in _MODELS}
    result = act()
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")  # kept versions bear the moment at which their transaction began
        (moment,) = cursor.fetchone()
    written = [
        Written(noun, version)
        for noun in _MODELS
        for version in _versions(noun)
        .filter(pgh_id__gt=last[noun], pgh_created_at=moment)
        .order_by("-pgh_id")
        .values_list("pgh_id", flat=True)
    ]
    return result, tuple(written)


def last_written(row: Membership | Post) -> tuple[Written, ...]:
    """The last version of the row, for `take_back`; nothing when a decision wrote one of its versions."""
    noun = next(noun for noun, model in _MODELS.items() if isinstance(row, model))
    versions = _versions(noun).filter(pgh_obj_id=row.pk)
    if versions.filter(models.Q(begun_by__isnull=False) | models.Q(ended_by__isnull=False)).exists():
        return ()
    last = versions.order_by("-pgh_id").values_list("pgh_id", flat=True).first()
    return () if last is None else (Written(noun, last),)


@transaction.atomic
def take_back(*, written: Iterable[Written], viewer: Viewer, at: datetime) -> int:
    """Give the rows of an act back what they were; returns the first unit touched.

    Raises `NotAllowed`, and `ChangedSince` when one of them was changed meanwhile.
    """
    order = list(_MODELS)
    versions = sorted(set(written), key=lambda one: (order.index(one.noun), -one.version))
    units = [_restore(one, viewer) for one in versions]
    detail = {"versions": [str(one) for one in versions]}
    record(actor=viewer.user, verb="organisation.take_back", at=at, detail=detail)
    return next((unit for unit in units if unit), 0)


def _restore(one: Written, viewer: Viewer) -> int:
    model, versions = _MODELS[one.noun], _versions(one.noun)
    written = versions.filter(pgh_id=one.version).first()
    if written is None:
        raise ChangedSince
    unit = _unit_of(written, one.noun)
    _require(viewer, one.noun, written, unit)
    of_row = versions.filter(pgh_obj_id=written.pgh_obj_id)
    rows: models.QuerySet[Any] = model._default_manager.filter(pk=written.id)
    list(rows.select_for_update(of=("self",)))
    if of_row.filter(pgh_id__gt=one.version).exists():
        raise ChangedSince
    before = of_row.filter(pgh_id__lt=one.version).order_by("-pgh_id").first()
    try:
        with naming_the_rule():
            _write_back(model, rows, written, before)
    except (Refused, models.ProtectedError) as refusal:
        raise ChangedSince from refusal
    return unit


def _write_back(model: type[models.Model], rows: "models.QuerySet[Any]", written: Any, before: Any) -> None:
    if written.pgh_label == "insert":
        for row in rows:
            row.delete()
    elif written.pgh_label == "delete":
        model(**_values(model, written)).save(force_insert=True)
    elif before is None:
        raise ChangedSince
    else:
        rows.update(**_values(model, before))


def _values(model: type[models.Model], version: Any) -> dict[str, Any]:
    return {field.attname: getattr(version, field.attname) for field in model._meta.concrete_fields}


def _unit_of(version: Any, noun: str) -> int:
    if noun == "person":
        return 0
    if noun == "membership":
        return int(Post.objects.values_list("unit_id", flat=True).get(pk=version.post_id))
    return int(version.unit_id)


def _require(viewer: Viewer, noun: str, version: Any, unit: int) -> None:
    if noun != "person":
        require_organiser(viewer, unit)
    elif not edited_people(viewer).filter(pk=version.id).exists():
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
