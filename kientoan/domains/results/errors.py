"""Why an act on figures is refused; `str(error)` is a message for the user that names the remedy."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from .models import Submission


class Refused(Exception):
    """An act that cannot be done now."""


class WrongState(Refused):
    """The submission is in a state in which the act makes no sense."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        state = submission.get_state_display()
        super().__init__(_("Không làm được khi phiếu số liệu ở trạng thái «%(state)s».") % {"state": state})


class ReasonNeeded(Refused):
    """The act must say why."""

    def __init__(self) -> None:
        super().__init__(_("Hãy ghi lý do: người nhận cần biết vì sao."))


class NothingEntered(Refused):
    """A submission without a single figure is handed in."""

    def __init__(self) -> None:
        super().__init__(_("Phiếu chưa có số liệu nào. Hãy nhập ít nhất một ô rồi gửi."))


class AlreadyOpen(Refused):
    """Another submission of the unit for the same period and vintage is still open."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        super().__init__(
            _("Đã có một phiếu đang mở cho kỳ và loại số liệu này. Hãy hoàn tất phiếu đó trước.")
        )


class NotCharged(Refused):
    """Figures about units for which the reporting unit does not answer. `pairs`: (indicator, unit) ids."""

    def __init__(self, pairs: Sequence[tuple[int, int]]) -> None:
        self.pairs = pairs
        super().__init__(
            _("Có %(count)s ô thuộc chỉ tiêu hoặc đơn vị mà đơn vị báo cáo không phụ trách.")
            % {"count": len(pairs)}
        )


class Clash(Refused):
    """Figures that already count for the same period and vintage. `pairs`: (indicator, unit) ids."""

    def __init__(self, pairs: Sequence[tuple[int, int]]) -> None:
        self.pairs = pairs
        super().__init__(
            _(
                "Có %(count)s số liệu cùng kỳ, cùng loại đã được duyệt trước đó. "
                "Muốn thay, hãy mở phiếu đính chính của phiếu cũ."
            )
            % {"count": len(pairs)}
        )


@dataclass(frozen=True)
class Conflict:
    """A cell that somebody else saved first: what its editor saw, and what stands now with its version."""

    indicator_id: int
    unit_id: int
    then: Decimal | None
    now: Decimal | None
    version: int


class StaleFigures(Refused):
    """Somebody else changed cells after they were shown; nothing was saved."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        self.conflicts = conflicts
        super().__init__(
            _(
                "Người khác vừa sửa %(count)s ô mà anh chị cũng đang sửa. Chưa lưu gì: "
                "hãy xem số mới bên cạnh từng ô rồi lưu lại nếu vẫn giữ số của mình."
            )
            % {"count": len(conflicts)}
        )
