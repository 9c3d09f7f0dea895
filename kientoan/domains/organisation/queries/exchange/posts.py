"""The sheet of posts: new ones, corrected titles and ranks."""

from typing import Any

from django.utils.translation import gettext as _

from kientoan.engines.sheets import Row

from ...models import Rank
from ...sheets import POSTS, YES, last_day
from .cells import Fault, choice_in, day_in, days_in, text_in, tidy
from .model import Act, NewPost
from .reading import TableReading
from .spans import holds_throughout


class PostReading(TableReading):
    """Posts belong to their unit for good; their titles and ranks may be corrected."""

    def read(self) -> None:
        """Read the sheet."""
        self.each(POSTS, self._row)

    def _row(self, row: Row, number: int | None) -> None:
        unit = self.unit_in(row)
        words: dict[str, Any] = {"title": text_in(row, "title"), "rank": choice_in(row, "rank", Rank)}
        if "standing" in row.values:
            words["standing"] = self._standing(row)
        if number is None:
            self._new(row, unit, words)
            return
        post = self.known.posts.get(number)
        if post is None or post.unit_id not in self.known.organised:
            raise self.unknown(POSTS, row)
        if unit != post.unit_id:
            raise Fault(
                "unit", _("Chức danh này thuộc DV%(unit)s, không chuyển được.") % {"unit": post.unit_id},
                _("Thêm chức danh mới ở đơn vị kia."),
            )  # fmt: skip
        start, end = day_in(row, "start"), day_in(row, "end")
        if start is not None and start != post.in_force.lower:
            raise Fault("start", _("Ngày bắt đầu của chức danh không sửa bằng Excel."), _("Giữ ngày cũ."))
        if "end" in row.values and end != last_day(post.in_force.upper):
            raise Fault(
                "end",
                _("Chức danh không kết thúc bằng Excel."),
                _("Kết thúc ở trang của đơn vị hoặc chức danh."),
            )
        self.set(POSTS, row, post, {key: (key, value) for key, value in words.items()}, tidy(post.title))

    @staticmethod
    def _standing(row: Row) -> bool:
        text = text_in(row, "standing").lower()
        if text in ("", "không", "no"):
            return False
        if text in ("x", "có", "yes", YES.lower(), _(YES).lower()):
            return True
        raise Fault("standing", _("Không rõ «%(text)s».") % {"text": text}, _("Ghi “Có”, hoặc để trống."))

    def _new(self, row: Row, unit: int | str, words: dict[str, Any]) -> None:
        days = days_in(row)
        new = next((one.life for one in self.plan.units if one.key == unit), None)
        life = self.known.units[unit].in_force if isinstance(unit, int) else new
        if life is not None and not holds_throughout(life, days):
            raise Fault(
                "start", _("Đơn vị không hoạt động suốt những ngày ấy."), _("Sửa ngày của chức danh.")
            )
        key = text_in(row, "key").lower() or f"#{row.number}"
        self.plan.posts.append(NewPost(key, unit, words, days))
        self.tell(POSTS, row, Act.ADD, words["title"])
