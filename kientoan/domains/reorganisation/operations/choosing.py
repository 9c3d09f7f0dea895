"""Choosing who takes over from a unit, while the decision is a draft."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kientoan.domains.audit.operations import record
from kientoan.domains.documents.models import PolicyField
from kientoan.domains.organisation.access import Viewer, require_organiser
from kientoan.domains.organisation.models import Decision, DecisionState, ResultingUnit
from kientoan.domains.organisation.operations import WrongState
from kientoan.domains.plans.models import Rule

from ..models import Choice, FieldHeir, Measure
from ..queries.heirs import Parted, inheritance_of


class ChoiceRefused(Exception):
    """The choice makes no sense; `str(error)` says why and what to do."""


@transaction.atomic
def choose(
    *,
    decision: Decision,
    unit_id: int,
    rule: str,
    viewer: Viewer | None,
    at: datetime,
    result_id: int | None = None,
    heir_id: int | None = None,
    measure: str = "",
    fields: Mapping[int, str] | None = None,
) -> Choice:
    """Choose for one unit of a draft what becomes of its duties; a choice made before is replaced.

    ONE needs an heir: `result_id`, a unit of the decision, or `heir_id`, one that is there. DIVIDE may name
    the measure. BY_FIELD: `fields`, policy field → key of the heir (see `Heir.key`), and perhaps an heir for
    all the rest. Raises `NotAllowed`, `WrongState` when the decision is no draft, `ChoiceRefused`.
    """
    locked = Decision.objects.select_for_update().get(pk=decision.pk)
    if locked.state != DecisionState.DRAFT:
        raise WrongState(locked)
    if viewer is not None:
        require_organiser(viewer.on(locked.effective_date), unit_id)
    inheritance = inheritance_of(locked)
    parted = inheritance.parted.get(unit_id)
    if parted is None:
        raise ChoiceRefused(_("Quyết định không kết thúc và không lấy phần nào của đơn vị này."))
    key = _key(locked, rule, result_id, heir_id)
    heirs = dict(fields or {})
    _check(parted, rule, measure, [key, *heirs.values()])
    _check_fields(rule, heirs)
    Choice.objects.filter(decision=locked, unit=unit_id).delete()
    result, heir = _heir(key)
    choice = Choice.objects.create(
        decision=locked, unit_id=unit_id, rule=Rule(rule), result_id=result, heir_id=heir,
        measure=Measure(measure) if measure else "", at=at, by=viewer.user if viewer else None,
    )  # fmt: skip
    for field_id, heir_key in heirs.items():
        result, heir = _heir(heir_key)
        FieldHeir.objects.create(choice=choice, field_id=field_id, result_id=result, heir_id=heir)
    detail = {"unit": unit_id, "rule": rule, "heir": key, "measure": measure, "fields": heirs}
    record(actor=choice.by, verb="decision.choose", at=at, subject=locked, detail=detail)
    return choice


def _key(decision: Decision, rule: str, result_id: int | None, heir_id: int | None) -> str:
    """The key of the heir; a resulting unit that goes on is named as the unit it is."""
    if rule not in (Rule.ONE, Rule.BY_FIELD) or (rule == Rule.BY_FIELD and result_id is heir_id is None):
        return ""
    if result_id is None and heir_id is None:
        raise ChoiceRefused(_("Hãy chọn đơn vị nhận."))
    if result_id is None:
        return f"u{heir_id}"
    result = ResultingUnit.objects.filter(pk=result_id, event__decision=decision).first()
    if result is None:
        raise ChoiceRefused(_("Đơn vị nhận không có trong quyết định này. Hãy chọn lại."))
    return f"r{result.pk}" if result.is_new else f"u{result.unit_id}"


def _heir(key: str) -> tuple[int | None, int | None]:
    """(result, unit) of a key."""
    if not key:
        return None, None
    number = int(key[1:])
    return (number, None) if key.startswith("r") else (None, number)


def _check_fields(rule: str, heirs: Mapping[int, str]) -> None:
    if rule == Rule.BY_FIELD and not heirs:
        raise ChoiceRefused(_("Hãy chọn đơn vị nhận cho ít nhất một lĩnh vực, hoặc chọn cách chuyển khác."))
    if heirs and PolicyField.objects.filter(pk__in=heirs).count() != len(heirs):
        raise ChoiceRefused(_("Lĩnh vực không còn trong danh mục. Hãy tải lại trang rồi chọn lại."))


def _check(parted: Parted, rule: str, measure: str, keys: list[str]) -> None:
    offered = {offer.key for offer in parted.offers}
    if any(key and key not in offered for key in keys):
        raise ChoiceRefused(
            _("Đơn vị nhận phải là đơn vị kế tục, hoặc cấp trên trực tiếp, của đơn vị này. Hãy chọn lại.")
        )
    if rule not in Rule.values or (measure and measure not in Measure.values):
        raise ChoiceRefused(_("Hãy chọn một trong các cách chuyển."))
    successors = [offer for offer in parted.offers if not offer.above]
    if rule == Rule.DIVIDE and len(successors) < 2:
        raise ChoiceRefused(_("Chỉ có một đơn vị kế tục nên không chia được. Hãy chuyển hết cho đơn vị ấy."))
