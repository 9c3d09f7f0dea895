"""Opening an event of any kind and saving it as it is changes nothing about it."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from lxml import html

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Decision, Unit
from kientoan.domains.organisation.queries.plan import changes_of
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Passing, Place, Shares
from tests.conftest import NOW, Cast

from .conftest import Office, text_of

GOV, PARTY, COUNCIL = "government", "party", "council"
Wards = tuple[Unit, Unit, Unit]
Made = Callable[[Cast, Wards], Change]


def part(origin: int, outcome: int, **shares: str) -> Passing:
    return Passing(origin, outcome, False, Shares(**{name: Decimal(value) for name, value in shares.items()}))


def new(cast: Cast, key: str, *more: Place, **words: str) -> Outcome:
    given = {"kind": "ward", "level": "commune", **words}
    return Outcome(key=key, name=f"Phường {key}", places=(Place(GOV, cast.district.pk), *more), **given)


def merged(cast: Cast, wards: Wards) -> Change:
    origins = (Origin(cast.ward.pk), Origin(wards[0].pk, False), Origin(wards[1].pk))
    passings = (Passing(0, 0), part(1, 0, area="0.249", population="0.1"), part(2, 0, by_hand="0.333333"))
    outcome = new(cast, "Mới", Place(COUNCIL, cast.city.pk), code="31999", short_name="P. Mới")
    return Change("merge_new", origins, (outcome,), passings, "Khoản 3 Điều 1")


def merged_into(cast: Cast, wards: Wards) -> Change:
    places = (Place(GOV, cast.other_district.pk), Place(PARTY, cast.committee.pk))
    going = Outcome(unit=wards[0].pk, name="Phường An Hòa mới", code="31998", kind="township", places=places)
    origins = (Origin(cast.ward.pk), Origin(wards[1].pk, False))
    return Change("merge_into", origins, (going,), (Passing(0, 0), part(1, 0, headcount="0.5")), "Ghi chú")


def split(cast: Cast, wards: Wards) -> Change:
    outcomes = (new(cast, "A"), new(cast, "B", code="31997"), Outcome(unit=wards[0].pk))
    passings = (part(0, 0, area="0.2646"), part(0, 1), part(0, 2, population="0.1"))
    return Change("split", (Origin(cast.ward.pk),), outcomes, passings)


def separated(cast: Cast, wards: Wards) -> Change:
    return Change("split", (Origin(cast.ward.pk, False),), (new(cast, "A"),), (part(0, 0, area="0.3"),))


def transferred(cast: Cast, wards: Wards) -> Change:
    outcomes = (Outcome(unit=wards[0].pk), Outcome(unit=wards[1].pk, name="Phường Tân An mới"))
    passings = (part(0, 0, area="0.249"), part(0, 1, area="0.1", population="0.2"))
    return Change("transfer", (Origin(cast.ward.pk, False),), outcomes, passings, "Ghi chú")


def renamed(cast: Cast, wards: Wards) -> Change:
    return Change("rename", outcomes=(Outcome(unit=cast.ward.pk, name="Phường X", short_name="P. X"),))


def recoded(cast: Cast, wards: Wards) -> Change:
    return Change("recode", outcomes=(Outcome(unit=cast.ward.pk, code="31996"),), note="Ghi chú")


def moved(cast: Cast, wards: Wards) -> Change:
    places = (Place(GOV, cast.city.pk), Place(COUNCIL, cast.city.pk))
    return Change("reparent", outcomes=(Outcome(unit=cast.ward.pk, places=places),))


def moved_itself(cast: Cast, wards: Wards) -> Change:
    """As a resolution read from its text writes it: the unit stands on both sides."""
    outcome = Outcome(unit=cast.ward.pk, name="Phường Y", places=(Place(GOV, cast.city.pk),))
    return Change("reparent", (Origin(cast.ward.pk, False),), (outcome,), (Passing(0, 0),))


def raised(cast: Cast, wards: Wards) -> Change:
    outcome = Outcome(unit=cast.ward.pk, name="Thị xã Z", kind="town", level="district")
    return Change("change_kind", outcomes=(outcome,))


def of_same_level(cast: Cast, wards: Wards) -> Change:
    return Change("change_kind", outcomes=(Outcome(unit=cast.ward.pk, kind="commune"),))


def founded(cast: Cast, wards: Wards) -> Change:
    party = Outcome(
        key="b", name="Ban Nội chính", kind="party_commission", level="province",
        places=(Place(PARTY, cast.committee.pk),),
    )  # fmt: skip
    return Change("establish", outcomes=(new(cast, "Mới", Place(PARTY, cast.committee.pk)), party))


def dissolved(cast: Cast, wards: Wards) -> Change:
    outcomes = (Outcome(unit=wards[0].pk), Outcome(unit=wards[1].pk))
    passings = (part(0, 0, area="0.6", population="0.7"), part(0, 1, area="0.4"))
    return Change("dissolve", (Origin(cast.ward.pk),), outcomes, passings, "Chia cho hai phường")


def dissolved_crosswise(cast: Cast, wards: Wards) -> Change:
    """Each goes to another unit: not everyone to everyone."""
    origins, outcomes = (Origin(cast.ward.pk), Origin(wards[2].pk)), (
        Outcome(unit=wards[0].pk), Outcome(unit=wards[1].pk)
    )  # fmt: skip
    return Change("dissolve", origins, outcomes, (Passing(0, 0), Passing(1, 1)))


def dissolved_into_nothing(cast: Cast, wards: Wards) -> Change:
    return Change("dissolve", (Origin(cast.ward.pk), Origin(wards[0].pk)), (), (), "Không có đơn vị kế tục")


def arranged(cast: Cast, wards: Wards) -> Change:
    origins = (Origin(cast.ward.pk), Origin(wards[0].pk, False), Origin(wards[1].pk))
    outcomes = (new(cast, "A", code="31995"), new(cast, "B"), Outcome(unit=wards[2].pk, name="Phường Q"))
    passings = (
        part(0, 0, area="0.7354"), part(0, 2, area="0.2646"), part(1, 1, population="0.5"), Passing(2, 1)
    )  # fmt: skip
    return Change("split_merge", origins, outcomes, passings, "Nghị quyết 1668")


EVERY: tuple[Made, ...] = (
    merged, merged_into, split, separated, transferred, renamed, recoded, moved, moved_itself, raised,
    of_same_level, founded, dissolved, dissolved_crosswise, dissolved_into_nothing, arranged,
)  # fmt: skip


def form_of(page: str) -> dict[str, list[str]]:
    """What a browser sends when the save button of the form is pressed."""
    (form,) = [one for one in html.fromstring(page).forms if "row_version" in one.fields]
    found: dict[str, list[str]] = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return found | {"act": ["save"]}


@pytest.mark.parametrize("made", EVERY, ids=lambda made: made.__name__)
def test_an_event_that_is_saved_unchanged_stays_as_it_is(
    cast: Cast, wards: Wards, draft: Decision, office: Office, made: Made
) -> None:
    change = made(cast, wards)
    (event,) = operations.add_events(
        decision=draft, row_version=1, changes=[change], viewer=office.viewer, at=NOW
    )
    before = changes_of(draft)
    address = f"/sap-xep/{draft.pk}/viec/{event.pk}/sua/"
    answer = office.client.post(address, form_of(text_of(office.client.get(address))))
    assert answer.status_code == 302
    after = changes_of(draft)
    assert [without_keys(one) for one in after] == [without_keys(one) for one in before]


def without_keys(change: Change) -> tuple[object, ...]:
    """A change with new units told by their names: the numbers of their rows may be others."""
    names = {one.key: one.name for one in change.outcomes if one.unit is None}
    outcomes = tuple(
        (one.unit, one.name, one.short_name, one.kind, one.level, one.code,
         tuple((place.hierarchy, place.unit, names.get(place.key, place.key)) for place in one.places))
        for one in change.outcomes
    )  # fmt: skip
    return (change.kind, change.origins, outcomes, change.passings, change.note, change.row)


def test_a_successor_added_to_a_dissolution_leaves_the_parts_of_the_others(
    cast: Cast, wards: Wards, draft: Decision, office: Office
) -> None:
    (event,) = operations.add_events(
        decision=draft, row_version=1, changes=[dissolved(cast, wards)], viewer=office.viewer, at=NOW
    )
    address = f"/sap-xep/{draft.pk}/viec/{event.pk}/sua/"
    data = form_of(text_of(office.client.get(address)))
    data["going"] = [*data["going"], str(wards[2].pk)]
    assert office.client.post(address, data).status_code == 302
    (change,) = changes_of(draft)
    assert change.passings == (*(dissolved(cast, wards).passings or ()), part(0, 2))
