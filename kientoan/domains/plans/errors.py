"""Why an act on a plan is refused; `str(error)` is a message for the user."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Refused(Exception):
    """An act that cannot be done now; the message names the remedy."""


class WrongState(Refused):
    """The task is in a state in which the act makes no sense."""

    def __init__(self, state: str) -> None:
        super().__init__(_("Không làm được khi nhiệm vụ ở trạng thái «%(state)s».") % {"state": state})


class ReasonNeeded(Refused):
    """The act must say why."""

    def __init__(self) -> None:
        super().__init__(_("Hãy ghi lý do: người nhận cần biết vì sao."))


class PartsOpen(Refused):
    """The whole is to be closed while parts are open; it can be, when confirmed."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            ngettext(
                "Còn %(count)s phần việc chưa hoàn thành; hãy xác nhận nếu vẫn kết thúc.",
                "Còn %(count)s phần việc chưa hoàn thành; hãy xác nhận nếu vẫn kết thúc.",
                count,
            )
            % {"count": count}
        )


class NotUnder(Refused):
    """The units are not ones to which the assigner may hand a task down."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _("Không giao được cho %(units)s: không phải đơn vị trực thuộc trong ngày giao.")
            % {"units": ", ".join(names)}
        )
