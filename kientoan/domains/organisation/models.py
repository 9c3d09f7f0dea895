"""Units, posts and people, each dated; roles on units; the register of each unit.

Standard terms: W3C ORG and Popolo. A Unit is an identity; names, codes, kind and parents are versions that
hold for a time. A territory unit (district, commune) stands for the People's Committee that governs it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document
from kientoan.domains.language.lookups import SortKey
from kientoan.domains.temporal.models import InForce, InForceQuerySet, never_twice, tracked


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


@tracked
class Unit(InForce):
    """The identity of a unit through all its names; `in_force` is its life."""

    objects = InForceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"unit {self.pk}"


@tracked
class UnitVersion(InForce):
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
        indexes = [models.Index(SortKey("name"), name="unit_version_order")]

    def __str__(self) -> str:
        return self.name


@tracked
class UnitCode(InForce):
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
class Placement(InForce):
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


class Rank(models.TextChoices):
    HEAD = "head", _("Cấp trưởng")
    DEPUTY = "deputy", _("Cấp phó")
    SPECIALIST = "specialist", _("Chuyên viên")


@tracked
class Post(InForce):
    """A post in a unit (Bí thư, Chủ tịch, Giám đốc sở …); the owner of duties is the post, not the person."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField(_("chức danh"), max_length=200)
    rank = models.CharField(_("hạng"), max_length=12, choices=Rank)

    objects = InForceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


@tracked
class Person(models.Model):
    """A person who holds posts. No personal data beyond what the work needs."""

    full_name = models.CharField(_("họ và tên"), max_length=200)
    user = models.OneToOneField(User, models.SET_NULL, null=True, blank=True, related_name="person")

    class Meta:
        indexes = [models.Index(SortKey("full_name"), name="person_order")]

    def __str__(self) -> str:
        return self.full_name


class MembershipKind(models.TextChoices):
    HOLD = "hold", _("Giữ chức")
    ACT = "act", _("Phụ trách, quyền")
    SECONDED = "seconded", _("Biệt phái")


@tracked
class Membership(InForce):
    """A person holds a post for a time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    post = models.ForeignKey(Post, models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=10, choices=MembershipKind, default=MembershipKind.HOLD)

    objects = InForceQuerySet.as_manager()

    class Meta:
        constraints = [
            never_twice("membership_once", ["person", "post"]),
            never_twice("membership_one_holder", ["post"], condition=models.Q(kind=MembershipKind.HOLD)),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.post}"


class Role(models.TextChoices):
    """The roles of the product; each is given for a unit with all under it, from a day to a day."""

    CLERK = "clerk", _("Văn thư")
    MONITOR = "monitor", _("Chuyên viên theo dõi")
    REPORTER = "reporter", _("Chuyên viên báo cáo")
    HEAD = "head", _("Thủ trưởng đơn vị")
    LEADER = "leader", _("Lãnh đạo")
    INSPECTOR = "inspector", _("Cán bộ kiểm tra")
    PERSONNEL = "personnel", _("Cán bộ tổ chức")
    ADMIN = "admin", _("Quản trị hệ thống")


@tracked
class RoleGrant(InForce):
    """A role given to an account for a unit and its subtree in every hierarchy."""

    user = models.ForeignKey(User, models.PROTECT, related_name="role_grants")
    role = models.CharField(_("vai trò"), max_length=12, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="role_grants")
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = InForceQuerySet.as_manager()

    class Meta:
        constraints = [never_twice("role_grant_once", ["user", "role", "unit"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class Registration(models.Model):
    """A document in the register (sổ văn bản) of a unit; who may read a document follows from here."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="registrations")
    arrival_number = models.PositiveIntegerField(_("số đến"), null=True, blank=True)
    arrival_date = models.DateField(_("ngày đến"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "document"], name="registration_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.document_id}"


class Installation(models.Model):
    """The one row that says whose installation this is, and on which day an example is looked at."""

    name = models.CharField(_("tên cơ quan sử dụng"), max_length=255)
    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    example_day = models.DateField(null=True)  # None: a real installation, today is today
    set_up_at = models.DateTimeField()
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="installation_only_one")]

    def __str__(self) -> str:
        return self.name
