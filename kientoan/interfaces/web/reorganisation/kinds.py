"""The kinds of change in office words, and what the form of each asks for."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kientoan.domains.organisation.models import ChangeKind

MANY = 1_000
BY_ORIGIN = "by_origin"  # one outcome: each origin says how much of it goes there
BY_OUTCOME = "by_outcome"  # one origin: each outcome says which part it gets
EACH = "each"  # several of both: every pair is asked


@dataclass(frozen=True)
class Asked:
    """A list of existing units that the form asks for: its words, how many."""

    words: Promise
    least: int = 1
    most: int = MANY
    hint: Promise | str = ""


@dataclass(frozen=True)
class Layout:
    """What the form of a kind shows. `fate`: how origins are asked; `fields`: asked of each unit changed."""

    kind: str
    words: Promise
    explained: Promise
    icon: str
    origins: Asked | None = None
    going: Asked | None = None
    new: Asked | None = None
    passings: str = ""
    fate: str = ""  # "part": whole, part or rest; "ends": ends or stays
    ends: bool = True
    fields: tuple[str, ...] = ()

    @property
    def is_single(self) -> bool:
        """Whether each unit is a change of its own."""
        return bool(self.fields)

    @property
    def asked_of_going(self) -> tuple[str, ...]:
        """What may be new about a unit that goes on."""
        return self.fields or (RENEWED if self.kind != ChangeKind.DISSOLVE else ())


RENEWED = ("name", "short_name", "code", "kind", "level", "hierarchy", "parent")
LAYOUTS = {
    layout.kind: layout
    for layout in (
        Layout(
            ChangeKind.MERGE_NEW,
            _("Nhập các đơn vị thành một đơn vị mới"),
            _("Ví dụ: phường A, phường B và một phần xã C thành phường D."),
            "git-merge",
            origins=Asked(_("Các đơn vị được nhập")),
            new=Asked(_("Đơn vị mới"), most=1),
            passings=BY_ORIGIN,
            fate="part",
        ),
        Layout(
            ChangeKind.MERGE_INTO,
            _("Nhập vào một đơn vị đang có"),
            _("Ví dụ: nhập xã A và một phần xã B vào phường C; phường C giữ nguyên."),
            "log-in",
            origins=Asked(_("Các đơn vị được nhập")),
            going=Asked(_("Nhập vào đơn vị"), most=1),
            passings=BY_ORIGIN,
            fate="part",
        ),
        Layout(
            ChangeKind.SPLIT,
            _("Chia, tách một đơn vị"),
            _("Ví dụ: tách xã A thành xã A và xã B, hoặc chia xã A thành hai xã mới."),
            "split",
            origins=Asked(_("Đơn vị được chia, tách"), most=1),
            new=Asked(_("Các đơn vị mới")),
            going=Asked(
                _("Đơn vị đang có nhận một phần"), least=0, hint=_("Chỉ khi có phần nhập vào nơi khác.")
            ),
            passings=BY_OUTCOME,
            fate="ends",
        ),
        Layout(
            ChangeKind.TRANSFER,
            _("Điều chỉnh một phần sang đơn vị khác"),
            _("Ví dụ: chuyển 24,9 % diện tích của xã A sang phường B; cả hai vẫn còn."),
            "arrow-right-left",
            origins=Asked(_("Đơn vị chuyển đi một phần"), most=1),
            going=Asked(_("Đơn vị nhận")),
            passings=BY_OUTCOME,
            ends=False,
        ),
        Layout(
            ChangeKind.RENAME,
            _("Đổi tên"),
            _("Đơn vị giữ nguyên, chỉ mang tên mới."),
            "pencil",
            going=Asked(_("Đơn vị đổi tên")),
            fields=("name", "short_name"),
        ),
        Layout(
            ChangeKind.RECODE,
            _("Đổi mã"),
            _("Đơn vị mang mã số mới trong danh mục đơn vị hành chính."),
            "hash",
            going=Asked(_("Đơn vị đổi mã")),
            fields=("code",),
        ),
        Layout(
            ChangeKind.REPARENT,
            _("Chuyển sang cấp trên khác"),
            _("Ví dụ: bỏ cấp huyện, các xã trực thuộc thẳng thành phố. Chọn được nhiều đơn vị một lần."),
            "move-up-right",
            going=Asked(_("Đơn vị được chuyển")),
            fields=("hierarchy", "parent"),
        ),
        Layout(
            ChangeKind.CHANGE_KIND,
            _("Đổi loại, cấp"),
            _("Ví dụ: xã thành phường, quận thành thành phố."),
            "badge-check",
            going=Asked(_("Đơn vị đổi loại, cấp")),
            fields=("kind", "level", "name"),
        ),
        Layout(
            ChangeKind.ESTABLISH,
            _("Thành lập đơn vị mới"),
            _("Không lấy từ đơn vị nào đang có, ví dụ một sở, một ban mới."),
            "circle-plus",
            new=Asked(_("Đơn vị mới")),
        ),
        Layout(
            ChangeKind.DISSOLVE,
            _("Giải thể"),
            _("Đơn vị kết thúc; nói rõ nhiệm vụ chuyển về đâu, nếu đã biết."),
            "circle-x",
            origins=Asked(_("Đơn vị giải thể")),
            going=Asked(_("Nhiệm vụ chuyển về đơn vị"), least=0, hint=_("Để trống khi chưa rõ.")),
        ),
        Layout(
            ChangeKind.SPLIT_MERGE,
            _("Sắp xếp nhiều đơn vị cùng lúc, có chia tách"),
            _("Nhiều đơn vị cũ thành nhiều đơn vị mới, mỗi đơn vị góp từng phần."),
            "shuffle",
            origins=Asked(_("Các đơn vị cũ")),
            new=Asked(_("Các đơn vị mới"), least=0),
            going=Asked(_("Các đơn vị đang có nhận thêm"), least=0),
            passings=EACH,
            fate="ends",
        ),
    )
}
