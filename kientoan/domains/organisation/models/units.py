"""Units, each dated, and the decisions that change them.

Standard terms: W3C ORG and Popolo. A Unit is an identity; names, codes, kind and parents are versions that
hold for a time. A territory unit (district, commune) stands for the People's Committee that governs it.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document
from kientoan.domains.language.lookups import Fold, SortKey
from kientoan.domains.temporal.models import (
    InForce,
    InForceQuerySet,
    Versioned,
    known_by,
    never_twice,
    tracked,
)


class Hierarchy(models.TextChoices):
    GOVERNMENT = "government", _("Chính quyền")
    PARTY = "party", _("Đảng")
    FRONT = "front", _("Mặt trận, đoàn thể")
    COUNCIL = "council", _("Hội đồng nhân dân")


class UnitKind(models.TextChoices):
    """Kinds of units; `TERRITORIES` are the administrative ones."""

    PROVINCE = "province", _("Tỉnh")
    CITY = "city", _("Thành phố trực thuộc Trung ương")
    DISTRICT = "district", _("Huyện")
    URBAN_DISTRICT = "urban_district", _("Quận")
    TOWN = "town", _("Thị xã")
    PROVINCIAL_CITY = "provincial_city", _("Thành phố thuộc tỉnh")
    COMMUNE = "commune", _("Xã")
    WARD = "ward", _("Phường")
    TOWNSHIP = "township", _("Thị trấn")
    SPECIAL_ZONE = "special_zone", _("Đặc khu")
    PEOPLES_COMMITTEE = "peoples_committee", _("Ủy ban nhân dân")
    PEOPLES_COUNCIL = "peoples_council", _("Hội đồng nhân dân")
    DEPARTMENT = "department", _("Sở và tương đương")
    OFFICE = "office", _("Văn phòng")
    AGENCY = "agency", _("Cơ quan ngành dọc, đơn vị khác")
    DIVISION = "division", _("Phòng, chi cục")
    PARTY_COMMITTEE = "party_committee", _("Cấp ủy")
    PARTY_COMMISSION = "party_commission", _("Ban Đảng")
    PARTY_CELL = "party_cell", _("Chi bộ")
    FRONT = "front", _("Mặt trận")
    UNION = "union", _("Đoàn thể")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    SCHOOL = "school", _("Đơn vị sự nghiệp")


class Level(models.TextChoices):
    CENTRAL = "central", _("Trung ương")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")


class DecisionState(models.TextChoices):
    DRAFT = "draft", _("Dự thảo")
    APPLIED = "applied", _("Đã thực hiện")
    UNDONE = "undone", _("Đã hủy thực hiện")


@tracked
class Decision(Versioned):
    """A decision to change the organisation on a day, with its legal basis and its events.

    draft → applied → undone (while nothing later depends on it). `row_version` counts the edits of the draft.
    """

    legal_basis = models.TextField(_("căn cứ pháp lý"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    effective_date = models.DateField(_("ngày có hiệu lực"))
    note = models.TextField(_("ghi chú"), blank=True)
    state = models.CharField(max_length=7, choices=DecisionState, default=DecisionState.DRAFT)
    source_key = models.CharField(max_length=100, blank=True, editable=False)  # where a loader read it
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_key"], condition=~models.Q(source_key=""), name="decision_source_once"
            )
        ]
        indexes = [models.Index(fields=["effective_date"], name="decision_by_day")]

    def __str__(self) -> str:
        return self.legal_basis


class Decided(InForce):
    """A fact that a decision may have begun or ended; `end_before`: when it would have ended without it."""

    begun_by = models.ForeignKey(Decision, models.PROTECT, null=True, editable=False, related_name="+")
    ended_by = models.ForeignKey(Decision, models.PROTECT, null=True, editable=False, related_name="+")
    end_before = models.DateField(null=True, editable=False)

    class Meta:
        abstract = True


@tracked
class Unit(Decided):
    """The identity of a unit through all its names; `in_force` is its life."""

    objects = InForceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"unit {self.pk}"


@tracked
class UnitVersion(Decided):
    """What a unit is called and what it is, for a time."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    name = models.CharField(_("tên đơn vị"), max_length=255)
    short_name = models.CharField(_("tên viết tắt"), max_length=100, blank=True)
    abbreviations = models.JSONField(default=list, blank=True)  # other ways it is written in documents
    kind = models.CharField(_("loại"), max_length=20, choices=UnitKind)
    level = models.CharField(_("cấp"), max_length=10, choices=Level)

    objects = InForceQuerySet.as_manager()

    class Meta:
        constraints = [never_twice("unit_version_once", ["unit"])]
        indexes = [
            models.Index(SortKey("name"), name="unit_version_order"),
            GinIndex(OpClass(Fold("name"), "gin_trgm_ops"), name="unit_version_name_fold"),
            GinIndex(OpClass(Fold("short_name"), "gin_trgm_ops"), name="unit_version_short_fold"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class UnitCode(Decided):
    """A code of a unit in a scheme (gso, edxml …). Codes are reused over the years: key = code + day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="codes")
    scheme = models.CharField(max_length=20)
    code = models.CharField(max_length=40)

    objects = InForceQuerySet.as_manager()

    class Meta:
        constraints = [
            never_twice("unit_code_of_unit_once", ["unit", "scheme"]),
            never_twice("unit_code_once", ["scheme", "code"]),
        ]

    def __str__(self) -> str:
        return self.code


@tracked
class Placement(Decided):
    """A unit stands under a parent in one hierarchy, for a time; the root has no parent.

    Triggers of the database refuse cycles on any day (`placement_no_cycle`) and places outside the life of
    the unit or the parent (`placement_within_lives`); one transaction at a time changes a hierarchy.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    hierarchy = models.CharField(max_length=12, choices=Hierarchy)

    objects = InForceQuerySet.as_manager()

    class Meta:
        constraints = [
            never_twice("placement_once", ["unit", "hierarchy"]),
            models.CheckConstraint(condition=~models.Q(unit=models.F("parent")), name="placement_not_self"),
        ]
        indexes = [
            models.Index(
                fields=["hierarchy", "unit"], include=["parent", "in_force"], name="placement_of_tree"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.parent_id}"


# What `refresh_closure` would make of the placements known then.
KNOWN_CLOSURE = """
WITH RECURSIVE placed AS MATERIALIZED (
    SELECT hierarchy, unit_id, parent_id, in_force FROM {schema}.organisation_placement
), up AS (
    SELECT hierarchy, unit_id AS descendant_id, unit_id AS ancestor_id, 0 AS depth, in_force FROM placed
  UNION ALL
    SELECT up.hierarchy, up.descendant_id, p.parent_id, up.depth + 1, up.in_force * p.in_force
    FROM up
    JOIN placed p ON p.unit_id = up.ancestor_id AND p.hierarchy = up.hierarchy
    WHERE p.parent_id IS NOT NULL AND up.in_force && p.in_force AND up.depth < 30
)
SELECT row_number() OVER () AS id, in_force, hierarchy, depth::smallint AS depth, ancestor_id, descendant_id
FROM up
"""


@known_by(KNOWN_CLOSURE)
class Closure(InForce):
    """Every unit above every unit, per hierarchy and time (depth 0: itself).

    Triggers on the placements keep it, for the units touched and those under them; nobody writes it by hand.
    """

    hierarchy = models.CharField(max_length=12, choices=Hierarchy)
    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    descendant = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    depth = models.PositiveSmallIntegerField()

    objects = InForceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["ancestor", "hierarchy", "depth"],
                include=["descendant", "in_force"],
                name="closure_down",
            ),
            models.Index(
                fields=["descendant", "hierarchy", "depth"],
                include=["ancestor", "in_force"],
                name="closure_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id}"
