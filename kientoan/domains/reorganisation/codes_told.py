"""What is said of a code that no unit has on the day: perhaps it has one on another day."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from kientoan.domains.organisation.models import UnitCode, UnitVersion


def no_such_code(code: str, day: date) -> str:
    """The fault and the remedy; `day`: the day before the decision, on which codes are looked up."""
    values = {"code": code[:40], "day": _shown(day)}
    row = UnitCode.objects.filter(scheme="gso", code=code[:40]).order_by("-in_force").first()
    if row is None:
        return _("ngày %(day)s không có đơn vị nào mang mã %(code)s. Hãy sửa mã.") % values
    version = UnitVersion.objects.filter(unit=row.unit_id, in_force__overlap=row.in_force).last()
    named = {**values, "name": version.name if version else ""}
    if row.in_force.lower and row.in_force.lower > day:
        words = _(
            "ngày %(day)s chưa có đơn vị mang mã %(code)s: “%(name)s” mang mã ấy từ %(start)s. "
            "Hãy sửa mã hoặc ngày có hiệu lực."
        )
        return words % {**named, "start": _shown(row.in_force.lower)}
    words = _(
        "ngày %(day)s không còn đơn vị mang mã %(code)s: “%(name)s” mang mã ấy đến %(end)s. "
        "Hãy sửa mã hoặc ngày có hiệu lực."
    )
    return words % {**named, "end": _shown((row.in_force.upper or day) - timedelta(days=1))}


def _shown(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def never_had(code: str) -> str:
    """Of a code that no unit ever had, where the day of the decision is not known."""
    return _("chưa đơn vị nào từng mang mã %(code)s. Hãy sửa mã.") % {"code": code[:40]}
