"""The trees before and after a decision: what ends is marked, what is new, moved or renamed is told."""

from collections.abc import Iterator

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Decision
from kientoan.domains.organisation.queries.preview import Mark, Node, Preview, preview_of
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Place
from tests.conftest import DAY, NOW, Cast

GOV = "government"


def draft(*changes: Change) -> Decision:
    return operations.draft_decision(legal_basis="x", effective_date=DAY, changes=changes, at=NOW)


def walk(nodes: tuple[Node, ...], depth: int = 0) -> Iterator[tuple[int, Node]]:
    for node in nodes:
        yield depth, node
        yield from walk(node.children, depth + 1)


def lines(nodes: tuple[Node, ...]) -> list[str]:
    return [
        f"{'  ' * depth}{node.name}"
        + "".join(f" [{mark.value}]" for mark in node.marks)
        + (f" +{node.others}" if node.others else "")
        for depth, node in walk(nodes)
    ]


def merger(cast: Cast) -> Change:
    new = Outcome(key="n", name="Phường Mới", kind="ward", level="commune", code="31117")
    return Change("merge_new", (Origin(cast.ward.pk),), (new,))


def tree(preview: Preview) -> tuple[list[str], list[str]]:
    (only,) = preview.trees
    return lines(only.before), lines(only.after)


def test_a_merged_unit_ends_and_the_new_one_stands_in_its_place(cast: Cast) -> None:
    before, after = tree(preview_of(draft(merger(cast))))
    above = ["Thành phố Cần Thơ +2", "  Quận Ninh Kiều"]
    assert before == [*above, "    Phường Cái Khế [ends]"]
    assert after == [*above, "    Phường Mới [new]"]


def test_a_moved_and_renamed_unit_stands_under_its_new_parent(cast: Cast) -> None:
    moved = Outcome(cast.ward.pk, name="Phường Khác", places=(Place(GOV, cast.other_district.pk),))
    preview = preview_of(draft(Change("split_merge", (Origin(cast.district.pk, ends=False),), (moved,))))
    before, after = tree(preview)
    assert before == [
        "Thành phố Cần Thơ +2", "  Quận Ninh Kiều [gives]", "    Phường Cái Khế [moved] [renamed] [takes]",
    ]  # fmt: skip
    assert after == [
        "Thành phố Cần Thơ +1", "  Quận Cái Răng", "    Phường Khác [moved] [renamed] [takes]",
        "  Quận Ninh Kiều [gives]",
    ]  # fmt: skip
    (renamed,) = (node for _, node in walk(preview.trees[0].after) if Mark.RENAMED in node.marks)
    assert renamed.was == "Phường Cái Khế"


def test_a_code_that_passes_to_another_unit_is_told(cast: Cast) -> None:
    recoded = Change("recode", (), (Outcome(cast.district.pk, code="999"),))
    codes = preview_of(draft(merger(cast), recoded)).codes
    assert [(one.code, one.before, one.after) for one in codes] == [
        ("31117", "Phường Cái Khế", "Phường Mới"),
        ("916", "Quận Ninh Kiều", ""),
        ("999", "", "Quận Ninh Kiều"),
    ]


def test_a_code_that_another_unit_has_names_it_and_all_that_are_to_get_it(cast: Cast) -> None:
    parts = Change(
        "split", (Origin(cast.ward.pk),),
        tuple(
            Outcome(key=key, name=name, kind="ward", level="commune", code="919")
            for key, name in (("a", "Phường Một"), ("b", "Phường Hai"))
        ),
    )  # fmt: skip
    codes = {one.code: (one.before, one.after) for one in preview_of(draft(parts)).codes}
    assert codes == {"31117": ("Phường Cái Khế", ""), "919": ("Quận Cái Răng", "Phường Một, Phường Hai")}


def test_a_code_that_a_unit_keeps_is_no_change(cast: Cast) -> None:
    named = Outcome(unit=cast.ward.pk, name="Phường Mới", code="31117")
    assert preview_of(draft(Change("rename", (), (named,)))).codes == ()


def test_an_applied_decision_shows_the_same_as_its_draft(cast: Cast) -> None:
    decision = draft(merger(cast))
    before = tree(preview_of(decision))
    operations.apply_decision(decision=decision, at=NOW, viewer=None)
    decision.refresh_from_db()
    assert tree(preview_of(decision)) == before


def test_a_unit_put_under_itself_breaks_nothing(cast: Cast) -> None:
    moved = Outcome(cast.city.pk, places=(Place(GOV, cast.district.pk),))
    before, after = tree(preview_of(draft(Change("reparent", (), (moved,)))))
    assert before[0].startswith("Thành phố Cần Thơ [moved]")
    assert after == []


def test_many_changes_take_no_more_statements(cast: Cast, django_assert_max_num_queries) -> None:
    changes = [merger(cast)] + [
        Change(
            "establish",
            outcomes=(Outcome(key=f"k{n}", name=f"Phòng {n}", places=(Place(GOV, cast.city.pk),)),),
        )
        for n in range(80)
    ]
    decision = draft(*changes)
    with django_assert_max_num_queries(10):
        (only,) = preview_of(decision).trees
    assert sum(Mark.NEW in node.marks for _, node in walk(only.after)) == 81
