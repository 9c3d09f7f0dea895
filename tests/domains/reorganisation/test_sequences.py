"""Whatever is decided, nothing that is due is lost on the way; undone in reverse, every row is as before."""

import random
from collections import Counter
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Exists, OuterRef, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document, PolicyField
from kientoan.domains.organisation.models import Decision, Post, Registration, RoleGrant, Unit
from kientoan.domains.organisation.operations import Applied, CannotUndo
from kientoan.domains.plans.models import (
    SUBJECTS,
    Cooperation,
    Part,
    ProgrammeDuty,
    Rule,
    Succession,
    Target,
    TargetSet,
    Task,
)
from kientoan.domains.reorganisation import operations
from kientoan.domains.reorganisation.queries import effects, inheritance_of
from kientoan.domains.reorganisation.queries.leftovers import decisions_with_leftovers
from kientoan.domains.results.models import Indicator, Submission
from kientoan.domains.temporal.models import since
from tests.conftest import NOW, START
from tests.domains.organisation.test_event_sequences import Nation
from tests.domains.results.figures import POOR, REVENUE

from .rows import every_row

END = date(2030, 1, 1)


def said_to_wait(decision: Decision) -> Counter[tuple[int, str, str]]:
    """What the preview says would wait: unit, kind of record and part, each with its number."""
    found: Counter[tuple[int, str, str]] = Counter()
    for one in effects(decision, None):
        for ahead in one.waits:
            found[ahead.unit, ahead.subject, str(ahead.part)] += ahead.count
    return found


def waits_now(decision: Decision) -> Counter[tuple[int, str, str]]:
    """What waits after the decision was applied."""
    return Counter(
        (row.from_unit_id, next(name for name in SUBJECTS if getattr(row, f"{name}_id")), str(row.part))
        for row in Succession.objects.waiting().filter(decision=decision)
    )


class DutifulNation(Nation):
    """The small country with duties in every commune; who takes over is chosen at random."""

    def __init__(self, draw: random.Random) -> None:
        super().__init__(draw)
        communes = self.living("commune")
        adds = Indicator.objects.create(**REVENUE, aggregation="sum")
        rate = Indicator.objects.create(**POOR)
        self.fields = [
            PolicyField.objects.create(code=f"test-{name}", name=name).pk for name in ("Y tế", "Đất đai")
        ]
        held = TargetSet.objects.create(name="Chung", year=2029, unit_id=self.root)
        document = Document.objects.create(subject="Nghị quyết", registered_at=NOW)
        for place, unit in enumerate(communes):
            self.duties(unit, place, communes, held, (adds, rate), document)
        self.first = self.totals()

    def duties(
        self,
        unit: int,
        place: int,
        communes: list[int],
        held: TargetSet,
        indicators: tuple[Indicator, Indicator],
        document: Document,
    ) -> None:
        """A post, a role, a register, two tasks, a set, two targets, a programme and figures to report."""
        post = Post.objects.create(unit_id=unit, title="Chủ tịch xã", rank="head", in_force=since(START))
        user = User.objects.create_user(f"u{place}", "x" * 20, full_name=f"Người {place}")
        RoleGrant.objects.create(user=user, role="reporter", unit_id=unit, in_force=since(START))
        Registration.objects.create(unit_id=unit, document=document)
        about = {"title": f"Việc {place}", "origin_note": "x", "start_date": START, "created_at": NOW}
        lead = Task.objects.create(
            assigner_unit_id=self.parent(unit), lead_unit_id=unit, post=post, handed_down_at=NOW,
            field_id=self.fields[place % 2], **about,
        )  # fmt: skip
        Cooperation.objects.create(task=lead, unit_id=communes[place - 1])
        Cooperation.objects.create(task=lead, unit_id=communes[place - 2])
        Task.objects.create(
            assigner_unit_id=unit,
            lead_unit_id=communes[place - 1],
            checker_post=post,
            handed_down_at=NOW,
            **about,
        )
        own = TargetSet.objects.create(name="Riêng", year=2029, unit_id=unit)
        spans = {"period_start": START, "period_end": END, "operator": ">=", "created_at": NOW}
        meets = (
            (held, indicators[0], 10 + place, unit, post),
            (own, indicators[1], place, unit, post),
            (held, indicators[1], place % 2, unit, post),  # a rate: two of them are one, or wait
            (own, indicators[0], 1, communes[place - 1], post),  # another unit's post answers for it
        )
        for target_set, indicator, low, whose, answers in meets:
            Target.objects.create(
                target_set=target_set, indicator=indicator, unit_id=whose, post=answers, low=Decimal(low),
                monitor_unit_id=communes[place - 3], **spans,
            )  # fmt: skip
        if place % 3 == 0:
            Target.objects.create(
                target_set=own, indicator=indicators[0], unit_id=unit, high=Decimal(5),
                **(spans | {"operator": "<=", "period_start": date(2029, 1, 1)}),
            )  # fmt: skip
        ProgrammeDuty.objects.create(document=document, unit_id=unit)
        Submission.objects.create(
            unit_id=unit, in_force=since(START, END), frequency="year", vintage="final", created_at=NOW
        )

    def totals(self) -> dict[str, object]:
        """What must be the same after every decision."""
        made = Succession.objects.filter(before__has_key="made", task=OuterRef("pk"))
        kept = Succession.objects.filter(
            target=OuterRef("pk"), part=Part.UNIT, from_unit=OuterRef("unit"), to_unit__isnull=False,
            from_unit__in_force__endswith__isnull=False,
        )  # fmt: skip
        counting = Target.objects.exclude(Exists(kept))
        return {
            "tasks": Task.objects.exclude(state="done").exclude(Exists(made)).count(),
            "planned": counting.filter(indicator__aggregation="sum").aggregate(all=Sum("low"))["all"],
            "submissions": Submission.objects.exclude(state="approved").count(),
            "registers": Registration.objects.count(),
        }

    def apply(self, decision: Decision, at: datetime) -> Applied:
        inheritance = inheritance_of(decision)
        for unit, parted in inheritance.parted.items():
            offer = self.draw.choice(parted.offers) if parted.offers else None
            rule = self.draw.choice([Rule.ONE, Rule.WAIT, Rule.DIVIDE, Rule.BY_FIELD, None])
            if rule is None or (rule in (Rule.ONE, Rule.BY_FIELD) and offer is None):
                continue
            if rule == Rule.DIVIDE and len([one for one in parted.offers if not one.above]) < 2:
                continue
            chosen = {}
            rest = self.draw.random() < 0.5  # by field: the rest goes to somebody too
            if offer is not None and (rule == Rule.ONE or (rule == Rule.BY_FIELD and rest)):
                chosen = {"result_id" if offer.key[0] == "r" else "heir_id": int(offer.key[1:])}
            if rule == Rule.BY_FIELD:
                chosen["fields"] = {self.fields[0]: self.draw.choice(parted.offers).key}
            operations.choose(decision=decision, unit_id=unit, rule=rule, viewer=None, at=at, **chosen)
        said = said_to_wait(decision)
        applied = operations.apply_decision(decision=decision, at=at, viewer=None)
        assert waits_now(decision) == said
        return applied

    def undo(self, applied: Applied) -> None:
        operations.undo_decision(decision=applied.decision, at=NOW, viewer=None)

    def check(self) -> None:
        super().check()
        assert self.totals() == self.first
        self.nothing_is_orphaned()
        assert decisions_with_leftovers(self.day) == []

    def come_in_between(self) -> None:
        """Every unit that ended gets of everything once more, as if its end had been decided ahead."""
        rate = Indicator.objects.get(code=POOR["code"])
        document = Document.objects.create(subject="Nghị quyết khác", registered_at=NOW)
        ended = Unit.objects.exclude(in_force__contains=self.day).filter(ended_by__isnull=False)
        for unit in ended.order_by("pk").values_list("pk", flat=True):
            about = {"origin_note": "x", "start_date": START, "created_at": NOW, "handed_down_at": NOW}
            task = Task.objects.create(
                title="Việc đến sau", assigner_unit_id=self.root, lead_unit_id=unit,
                field_id=self.fields[unit % 2], **about,
            )  # fmt: skip
            Task.objects.create(title="Việc giao sau", assigner_unit_id=unit, lead_unit_id=self.root, **about)
            Cooperation.objects.create(
                task=Task.objects.create(
                    title="Việc cùng làm", assigner_unit_id=self.root, lead_unit_id=self.root, **about
                ),
                unit_id=unit,
            )
            own = TargetSet.objects.create(name=f"Sau {unit}", year=2029, unit_id=unit)
            Target.objects.create(
                target_set=own, indicator=rate, unit_id=unit, low=Decimal(3), operator=">=",
                period_start=START, period_end=END, created_at=NOW,
            )  # fmt: skip
            ProgrammeDuty.objects.create(document=document, unit_id=unit)
            user = User.objects.create_user(f"sau{task.pk}", "x" * 20, full_name="Người đến sau")
            RoleGrant.objects.create(user=user, role="clerk", unit_id=unit, in_force=since(START))
            Submission.objects.create(
                unit_id=unit, in_force=since(START, END), frequency="year", vintage="estimate", created_at=NOW
            )

    def nothing_is_orphaned(self) -> None:
        """What is open is with a unit that lives, or stands in the list of what waits."""
        ended = set(Unit.objects.exclude(in_force__contains=self.day).values_list("pk", flat=True))
        waits = {
            (row.part, row.task_id or row.target_id or row.target_set_id, row.from_unit_id)
            for row in Succession.objects.waiting()
        }
        for task in Task.objects.exclude(state="done").prefetch_related("cooperations"):
            sides = [(Part.LEAD, task.lead_unit_id), (Part.ASSIGNER, task.assigner_unit_id)]
            sides += [(Part.COOPERATING, one.unit_id) for one in task.cooperations.all()]
            for part, unit in sides:
                assert unit not in ended or (part, task.pk, unit) in waits
        passed = Succession.objects.all()
        for target in Target.objects.filter(unit__in=ended):
            assert passed.filter(target=target, from_unit=target.unit_id).exists()
        for one in TargetSet.objects.filter(unit__in=ended):
            assert passed.waiting().filter(target_set=one).exists()
        for duty in ProgrammeDuty.objects.filter(unit__in=ended, programme=None):
            assert passed.filter(programme_duty=duty, from_unit=duty.unit_id).exists()
        for submission in Submission.objects.filter(unit__in=ended).exclude(state="approved"):
            assert passed.waiting().filter(submission=submission).exists()
        assert not RoleGrant.objects.on(self.day).filter(unit__in=ended).exists()
        assert not Post.objects.on(self.day).filter(unit__in=ended).exists()


@pytest.mark.django_db
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(draw=st.randoms(use_true_random=True))
def test_duties_survive_any_decisions_and_come_back_when_these_are_undone(draw: random.Random) -> None:
    with transaction.atomic():
        nation = DutifulNation(draw)
        first = every_row()
        done = nation.run(6)
        for applied in reversed(done):
            nation.undo(applied)
        after = every_row()
        for table, rows in first.items():
            assert after[table] == rows, table
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(draw=st.randoms(use_true_random=True))
def test_what_comes_in_between_is_not_lost_either_whatever_was_decided(draw: random.Random) -> None:
    with transaction.atomic():
        nation = DutifulNation(draw)
        nation.run(4)
        nation.come_in_between()
        operations.pass_on_what_came_later(day=nation.day, at=NOW)
        assert decisions_with_leftovers(nation.day) == []
        nation.nothing_is_orphaned()
        before = every_row()
        assert operations.pass_on_what_came_later(day=nation.day, at=NOW) == []
        assert every_row() == before
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_an_earlier_decision_is_not_undone_before_a_later_one() -> None:
    nation = DutifulNation(random.Random(4))
    done = nation.run(8)
    for place, applied in enumerate(done[:-1]):
        used = {unit for later in done[place + 1 :] for unit in later.successors}
        if used & {*applied.created}:
            before = every_row()
            with pytest.raises(CannotUndo):
                nation.undo(applied)
            assert every_row() == before
            return
    pytest.fail("the draw has no decisions that follow from each other")
