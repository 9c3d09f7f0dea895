"""An act on posts, people and codes is taken back whole, or not at all."""

from datetime import date

import pytest

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import NotAllowed, Viewer
from kientoan.domains.organisation.models import Person, UnitCode
from kientoan.domains.temporal.models import since
from tests.conftest import DAY, NOW, START, Cast


@pytest.fixture
def officer(cast: Cast) -> Viewer:
    return cast.viewer(cast.admin)


def end_post(cast: Cast, officer: Viewer, end: date | None = DAY) -> tuple[operations.Written, ...]:
    post = cast.district_head_post
    post.refresh_from_db()
    _, written = operations.with_way_back(
        lambda: operations.change_post_days(
            post=post, start=START, end=end, seen={"in_force": post.in_force}, viewer=officer, at=NOW
        )
    )
    return written


def test_who_is_in_a_post_leaves_with_it_and_returns_with_it(cast: Cast, officer: Viewer) -> None:
    held, post = cast.district_head_post.memberships.get(), cast.district_head_post
    written = end_post(cast, officer)
    held.refresh_from_db()
    assert held.in_force.upper == DAY
    operations.take_back(written=written, viewer=officer, at=NOW)
    held.refresh_from_db()
    post.refresh_from_db()
    assert (held.in_force, post.in_force) == (since(START), since(START))


def test_an_act_on_which_something_was_built_is_not_taken_back(cast: Cast, officer: Viewer) -> None:
    written = end_post(cast, officer)
    end_post(cast, officer, date(2019, 1, 1))
    with pytest.raises(operations.ChangedSince):
        operations.take_back(written=written, viewer=officer, at=NOW)


def test_a_new_person_goes_with_the_appointment(cast: Cast, officer: Viewer) -> None:
    _, written = operations.with_way_back(
        lambda: operations.appoint_person(
            person=None, new_name="Châu Mới", post=cast.department_head_post, kind="hold", start=DAY,
            end=None, viewer=officer, at=NOW,
        )
    )  # fmt: skip
    operations.take_back(written=written, viewer=officer, at=NOW)
    assert not Person.objects.filter(full_name="Châu Mới").exists()


def test_a_post_that_somebody_holds_by_now_stays(cast: Cast, officer: Viewer) -> None:
    post, written = operations.with_way_back(
        lambda: operations.add_post(
            unit=cast.ward, title="Chủ tịch", rank="head", start=START, viewer=officer, at=NOW
        )
    )
    operations.appoint(person=cast.head.person, post=post, start=DAY)
    with pytest.raises(operations.ChangedSince):
        operations.take_back(written=written, viewer=officer, at=NOW)


def test_a_new_code_ends_the_one_before_and_both_are_taken_back(cast: Cast, officer: Viewer) -> None:
    def add(code: str, start: date) -> UnitCode:
        return operations.add_code(
            unit=cast.department, scheme="edxml", code=code, start=start, viewer=officer, at=NOW
        )

    add("h13.5", START)
    _, written = operations.with_way_back(lambda: add("H13.12", DAY))
    codes = UnitCode.objects.filter(unit=cast.department).order_by("in_force")
    assert [(row.code, row.in_force.upper) for row in codes] == [("H13.5", DAY), ("H13.12", None)]
    operations.take_back(written=written, viewer=officer, at=NOW)
    assert [(row.code, row.in_force.upper) for row in codes.all()] == [("H13.5", None)]


def test_a_code_is_refused_when_misspelt_taken_or_followed(cast: Cast, officer: Viewer) -> None:
    def add(code: str, scheme: str = "gso", start: date = DAY) -> UnitCode:
        return operations.add_code(
            unit=cast.ward, scheme=scheme, code=code, start=start, viewer=officer, at=NOW
        )

    with pytest.raises(operations.BadCode):
        add("abc")
    with pytest.raises(operations.CodeTaken):
        add("919")
    with pytest.raises(operations.CodeExists):
        add("31118", start=START)
    with pytest.raises(operations.OutsideLife):
        add("31118", start=date(2001, 1, 1))


def test_an_outsider_takes_nothing_back(cast: Cast, officer: Viewer) -> None:
    written = end_post(cast, officer)
    with pytest.raises(NotAllowed):
        operations.take_back(written=written, viewer=cast.viewer(cast.outsider), at=NOW)


@pytest.mark.parametrize("text", ["", "post", "post-", "user-1", "post-1.x", ".".join(["post-1"] * 51)])
def test_a_wrong_address_is_no_act(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        operations.parse_written(text)


def test_a_post_does_not_end_before_somebody_comes(cast: Cast, officer: Viewer) -> None:
    with pytest.raises(operations.PostTaken):
        end_post_from(cast, officer, date(2018, 1, 1))


def end_post_from(cast: Cast, officer: Viewer, start: date) -> None:
    operations.change_post_days(
        post=cast.district_head_post, start=start, end=None, seen={}, viewer=officer, at=NOW
    )
