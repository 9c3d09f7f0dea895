"""What is odd about names, kinds and levels is told, not refused; a name that is no change is refused."""

from kientoan.domains.organisation.queries.cautions import cautions_of
from kientoan.domains.organisation.queries.plan import Trouble, plan_of
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Place
from tests.conftest import Cast

from .test_events import draft, troubles


def new(cast: Cast, name: str, key: str = "n", kind: str = "ward", level: str = "commune") -> Outcome:
    return Outcome(
        key=key, name=name, kind=kind, level=level, places=(Place("government", cast.district.pk),)
    )


def odd(*changes: Change) -> list[tuple[int, str]]:
    plan = plan_of(draft(changes))
    assert not plan.collisions
    return [(one.row, str(one.odd)) for one in cautions_of(plan) if one.words]


def test_a_new_name_that_lives_under_the_same_parent_is_told(cast: Cast) -> None:
    assert odd(Change("establish", outcomes=(new(cast, "phuong cai khe"),))) == [(1, "name_lives")]
    assert not odd(Change("establish", outcomes=(new(cast, "Phường Khế"),)))


def test_the_name_of_a_unit_that_ends_is_free(cast: Cast) -> None:
    assert not odd(Change("merge_new", (Origin(cast.ward.pk),), (new(cast, "Phường Cái Khế"),)))


def test_two_new_units_of_one_name_under_one_parent_are_told(cast: Cast) -> None:
    changes = [Change("establish", outcomes=(new(cast, "Phường Khế", key),)) for key in ("a", "b")]
    assert odd(*changes) == [(2, "name_twice")]


def test_a_kind_that_does_not_suit_level_or_name_is_told(cast: Cast) -> None:
    found = odd(Change("establish", outcomes=(new(cast, "Thị trấn An Cư", kind="town"),)))
    assert found == [(1, "kind_level"), (1, "name_kind")]


def test_a_unit_above_its_parents_level_is_told(cast: Cast) -> None:
    change = Change("change_kind", outcomes=(Outcome(unit=cast.ward.pk, kind="province", level="province"),))
    assert (1, "level_above") in odd(change)


def test_the_very_same_name_is_refused(cast: Cast) -> None:
    same = Change("rename", outcomes=(Outcome(unit=cast.ward.pk, name="Phường Cái Khế"),))
    assert troubles([same]) == [(1, str(Trouble.SAME_NAME))]
