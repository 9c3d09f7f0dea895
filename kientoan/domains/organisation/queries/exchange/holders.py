"""The sheets of people and of who holds what: people by their key, never by their name."""

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from kientoan.engines.sheets import Row

from ...models import Membership, MembershipKind
from ...sheets import HOLDINGS, PEOPLE, POSTS, last_day
from .cells import Fault, choice_in, day_in, days_in, reference, text_in, tidy
from .model import Act, FieldChange, NewHolding, NewPerson, Ref, Setting
from .reading import TableReading, label_of
from .spans import holds_throughout, meet


class HolderReading(TableReading):
    """New people, corrected names, appointments and their days."""

    def read(self) -> None:
        """People first: an appointment may name a new one."""
        self.names: dict[Ref, set[str]] = {
            key: {tidy(one.full_name).lower()} for key, one in self.known.people.items()
        }
        self.each(PEOPLE, self._person)
        self.held: list[tuple[Ref, str, DateRange, int, int]] = []  # post, kind, days, row, membership
        self.each(HOLDINGS, self._holding)
        self._check_overlaps()

    def _person(self, row: Row, number: int | None) -> None:
        name = text_in(row, "name")
        if number is None:
            key = text_in(row, "key").lower() or f"#{row.number}"
            self.names.setdefault(key, set()).add(name.lower())
            self.plan.people.append(NewPerson(key, name))
            self.tell(PEOPLE, row, Act.ADD, name)
            return
        person = self.known.people.get(number)
        if person is None or (number not in self.known.edited and not self.same(person, "full_name", name)):
            raise self.unknown(PEOPLE, row)
        self.names[number].add(name.lower())
        self.set(PEOPLE, row, person, {"full_name": ("name", name)}, tidy(person.full_name))

    def _holding(self, row: Row, number: int | None) -> None:
        person = reference(row, "person", PEOPLE, self.known.own[PEOPLE], {})
        post = reference(row, "post", POSTS, self.known.own[POSTS], {})
        self._require_person(row, person)
        if isinstance(post, int) and (
            post not in self.known.posts or self.known.posts[post].unit_id not in self.known.organised
        ):
            raise Fault(
                "post", _("Không có chức danh «%(text)s» mà bạn được sửa.") % {"text": text_in(row, "post")},
                _("Ghi mã một chức danh thuộc phạm vi của bạn."),
            )  # fmt: skip
        kind = choice_in(row, "kind", MembershipKind) if text_in(row, "kind") else str(MembershipKind.HOLD)
        days = days_in(row)
        if number is None:
            self._new(row, person, post, kind, days)
        else:
            self._existing(row, number, (person, post, kind), days)

    def _require_person(self, row: Row, person: Ref) -> None:
        """The person exists, and is called as the row says: a column sorted alone is noticed."""
        if person not in self.names:
            raise Fault(
                "person", _("Không có cán bộ mã «%(text)s».") % {"text": text_in(row, "person")},
                _("Thêm người ấy ở trang “Cán bộ” với một mã tự đặt, rồi ghi mã ấy ở đây."),
            )  # fmt: skip
        name = text_in(row, "person_name").lower()
        if name and name not in self.names[person]:
            raise Fault(
                "person_name", _("Mã %(key)s không phải là người này.") % {"key": text_in(row, "person")},
                _("Sửa mã, hoặc xóa trắng ô họ và tên."),
            )  # fmt: skip

    def _new(self, row: Row, person: Ref, post: Ref, kind: str, days: DateRange) -> None:
        self._require_life(post, days)
        self.held.append((post, kind, days, row.number, 0))
        self.plan.holdings.append(NewHolding(person, post, kind, days))
        self.tell(HOLDINGS, row, Act.ADD, text_in(row, "person_name") or self.called(PEOPLE, person))

    def _require_life(self, post: Ref, days: DateRange) -> None:
        new = next((one.days for one in self.plan.posts if one.key == post), None)
        life = self.known.posts[post].in_force if isinstance(post, int) else new
        if life is not None and not holds_throughout(life, days):
            raise Fault("start", _("Chức danh không có suốt những ngày ấy."), _("Sửa ngày giữ chức."))

    def _existing(self, row: Row, number: int, said: tuple[Ref, Ref, str], days: DateRange) -> None:
        holding = self.known.holdings.get(number)
        if holding is None or self.known.posts[holding.post_id].unit_id not in self.known.organised:
            raise self.unknown(HOLDINGS, row)
        if said != (holding.person_id, holding.post_id, holding.kind):
            raise Fault(
                "key", _("Người, chức danh, hình thức của một lần giữ chức không sửa được."),
                _("Ghi ngày cuối cho lần này, rồi thêm một dòng mới với mã để trống."),
            )  # fmt: skip
        name = tidy(self.known.people[holding.person_id].full_name)
        if "end" not in row.values:
            days = DateRange(days.lower, holding.in_force.upper, "[)")
        if days == holding.in_force:
            self.tell(HOLDINGS, row, Act.SAME, name)
            return
        self._require_life(holding.post_id, days)
        self.held.append((holding.post_id, holding.kind, days, row.number, number))
        self.plan.settings.append(Setting(Membership, number, {"in_force": (holding.in_force, days)}))
        told = tuple(
            FieldChange(label_of(HOLDINGS, key), _shown(before), _shown(after))
            for key, before, after in (
                ("start", holding.in_force.lower, day_in(row, "start")),
                ("end", last_day(holding.in_force.upper), last_day(days.upper)),
            )
            if before != after
        )
        self.tell(HOLDINGS, row, Act.CHANGE, name, told)

    def _check_overlaps(self) -> None:
        """One holder of a post at a time; nobody twice in a post."""
        changed = {number for _post, _kind, _days, _row, number in self.held if number}
        spans: dict[Ref, list[tuple[str, DateRange, str]]] = {}
        for held, rows in self.known.holders.items():
            for one in rows:
                if one.pk not in changed:
                    spans.setdefault(held, []).append((one.kind, one.in_force, one.person.full_name))
        for post, kind, days, row, _number in self.held:
            if kind == MembershipKind.HOLD:
                for other, span, who in spans.get(post, ()):
                    if other == kind and meet(span, days):
                        self.fail(
                            HOLDINGS, row, "start",
                            _("Những ngày ấy %(who)s đang giữ chức này.") % {"who": who},
                            _("Ghi ngày cuối cho người trước, hoặc sửa ngày."),
                        )  # fmt: skip
                        break
            spans.setdefault(post, []).append((kind, days, _("người ở dòng %(row)s") % {"row": row}))


def _shown(day: object) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
