"""Posts and people, each dated; roles on units; the register of each unit; the installation."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document
from kientoan.domains.language.lookups import SortKey
from kientoan.domains.temporal.models import InForceQuerySet, never_twice, tracked, tracked_without_indexes

from .units import Decided, Unit


class Rank(models.TextChoices):
    HEAD = "head", _("Cấp trưởng")
    DEPUTY = "deputy", _("Cấp phó")
    SPECIALIST = "specialist", _("Chuyên viên")


@tracked
class Post(Decided):
    """A post in a unit (Bí thư, Chủ tịch, Giám đốc sở …); the owner of duties is the post, not the person."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField(_("chức danh"), max_length=200)
    rank = models.CharField(_("hạng"), max_length=12, choices=Rank)
    standing = models.BooleanField(_("thường trực"), default=False)  # Phó Bí thư Thường trực …

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
class Membership(Decided):
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
class RoleGrant(Decided):
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


@tracked_without_indexes  # a row for each document and unit, its past read row by row
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
    """The one row that says whose installation this is, and on which day an example is looked at.

    `root_before`: whose it was before `root_since`, when a decision passed it on to another root.
    """

    name = models.CharField(_("tên cơ quan sử dụng"), max_length=255)
    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    root_before = models.ForeignKey(Unit, models.PROTECT, null=True, editable=False, related_name="+")
    root_since = models.DateField(null=True, editable=False)
    example_day = models.DateField(null=True)  # None: a real installation, today is today
    set_up_at = models.DateTimeField()
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="installation_only_one")]

    def __str__(self) -> str:
        return self.name

    def root_id_on(self, day: date) -> int:
        """The unit whose installation it was on the day."""
        if self.root_before_id is not None and self.root_since is not None and day < self.root_since:
            return self.root_before_id
        return self.root_id
