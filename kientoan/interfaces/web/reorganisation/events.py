"""Adding, changing and removing the events of a draft: first what is to happen, then a form just for that."""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import ChangeEvent, Decision
from kientoan.domains.organisation.queries.plan import plan_of
from kientoan.domains.organisation.queries.written import changes_of
from kientoan.domains.organisation.rules.changes import Change
from kientoan.domains.organisation.rules.plain import change_of, plain_of

from ..http import Request, moment
from ..notices import tell, warn
from ..organisation.rights import acting_viewer
from .kept import with_what_stays
from .kinds import LAYOUTS, Layout
from .loading import draft_for, event_for, telling_the_state
from .pointing import point_out
from .sentences import event_rows
from .sheet import Sheet, parent_labels
from .sheet_changes import changes_from
from .sheet_data import after_press, data_of, first_data

REMOVED = "removed_event"
SAVES = ("save", "save_more")


@require_GET
@telling_the_state
def event_kind(request: Request, pk: int) -> HttpResponse:
    """What is to happen?"""
    decision = draft_for(request, pk)
    return render(
        request, "reorganisation/kinds.html", {"decision": decision, "layouts": list(LAYOUTS.values())}
    )


@require_http_methods(["GET", "POST"])
@telling_the_state
def event_add(request: Request, pk: int, kind: str) -> HttpResponse:
    """The form of one kind of change."""
    decision, layout = draft_for(request, pk), LAYOUTS.get(kind)
    if layout is None:
        raise Http404
    sheet = _sheet(request, decision, layout, first_data(layout))
    if sheet.judged and (changes := changes_from(sheet)):
        events = operations.add_events(
            decision=decision, row_version=_version(request), changes=changes,
            viewer=acting_viewer(request), at=moment(request),
        )  # fmt: skip
        tell(request, _added(len(events)))
        again = request.POST.get("act") == "save_more"
        return redirect("event_add", pk, kind) if again else redirect(_at(decision, events[0]))
    return _page(request, sheet, title=layout.words, back=reverse("event_kind", args=[pk]))


def _added(count: int) -> str:
    return ngettext("Đã thêm %(count)d việc.", "Đã thêm %(count)d việc.", count) % {"count": count}


@require_http_methods(["GET", "POST"])
@telling_the_state
def event_edit(request: Request, pk: int, event: int) -> HttpResponse:
    """The same form, filled with an event; what stands in its way is said at the unit it is about."""
    decision = draft_for(request, pk)
    row = event_for(decision, event)
    layout = LAYOUTS[row.kind]
    (before,) = (change for change in changes_of(decision) if change.row == row.place)
    then = acting_viewer(request).on(decision.effective_date)
    labels = parent_labels(decision, then, [origin.unit for origin in before.origins])
    sheet = _sheet(request, decision, layout, data_of(before, layout, labels))
    if sheet.judged and (changes := changes_from(sheet)):
        operations.replace_event(
            event=row, row_version=_version(request), change=with_what_stays(changes[0], before, layout),
            viewer=acting_viewer(request), at=moment(request),
        )  # fmt: skip
        tell(request, gettext("Đã lưu."))
        return redirect(_at(decision, row))
    if request.method == "GET":
        point_out(sheet, [one for one in plan_of(decision).collisions if one.row == row.place])
    title = gettext("Sửa việc số %(place)d: %(kind)s") % {"place": row.place, "kind": layout.words}
    return _page(request, sheet, event=row, title=title, back=_at(decision, row))


def _sheet(request: Request, decision: Decision, layout: Layout, data: QueryDict) -> Sheet:
    viewer, judged = acting_viewer(request), False
    if request.method == "POST":
        judged = request.POST.get("act", "") in SAVES
        found: list[int] = []
        if request.POST.get("act", "").endswith(":all"):
            asked = Sheet(layout, request.POST, decision=decision, viewer=viewer, judged=False)
            found = [one.unit.id for one in asked.found(request.POST["act"].partition(":")[0])]
        data = after_press(request.POST, layout, found)
    return Sheet(layout, data, decision=decision, viewer=viewer, judged=judged)


def _page(request: Request, sheet: Sheet, **context: Any) -> HttpResponse:
    template = "reorganisation/event_fields.html" if request.htmx else "reorganisation/event.html"
    if request.htmx and request.htmx.boosted:
        template = "reorganisation/event.html"
    found = {name: sheet.found(name) for name in ("origin", "going")}
    chosen = request.POST.get("act", "").partition(":")[0]
    if chosen in found and not found[chosen]:
        sheet.data[f"find_{chosen}"] = ""  # all that was looked for is chosen
    context |= {
        "sheet": sheet,
        "layout": sheet.layout,
        "decision": sheet.decision,
        "row_version": request.POST.get("row_version") or sheet.decision.row_version,
        "found_origin": found["origin"],
        "found_going": found["going"],
    }
    return render(request, template, context, status=422 if sheet.judged else 200)


def _version(request: Request) -> int:
    text = request.POST.get("row_version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _at(decision: Decision, event: ChangeEvent) -> str:
    """The place of an event on the page of its decision."""
    address = reverse("decision_detail", args=[decision.pk])
    before = decision.changes.filter(place__lt=event.place).count()
    page = f"?page={before // 50 + 1}" if before >= 50 else ""
    return f"{address}{page}#viec-{event.place}"


@require_http_methods(["GET", "POST"])
@telling_the_state
def event_remove(request: Request, pk: int, event: int) -> HttpResponse:
    """Take an event out; it can be brought back at once."""
    decision = draft_for(request, pk)
    if request.method == "GET":
        return redirect("decision_detail", pk)
    row = event_for(decision, event)
    (told,) = event_rows(decision, [row])
    try:
        removed = operations.remove_event(
            event=row, row_version=_version(request), viewer=acting_viewer(request), at=moment(request)
        )
    except operations.StillNeeded as refusal:
        rows = ", ".join(str(one) for one in refusal.rows)
        words = gettext(
            "Chưa bỏ được: việc số %(rows)s đặt đơn vị dưới đơn vị mới này. Hãy sửa việc ấy trước."
        )
        warn(request, words % {"rows": rows})
        return redirect(_at(decision, row))
    request.session[REMOVED] = {"decision": pk, "change": plain_of(removed)}
    tell(request, gettext("Đã bỏ: %(text)s") % {"text": told.text}, undo=reverse("event_restore", args=[pk]))
    return redirect("decision_detail", pk)


@require_POST
@telling_the_state
def event_restore(request: Request, pk: int) -> HttpResponse:
    """Bring back the event that was removed last."""
    decision = draft_for(request, pk)
    kept = request.session.pop(REMOVED, None)
    if kept is None or kept["decision"] != pk:
        raise Http404
    change: Change = change_of(kept["change"])
    (event,) = operations.add_events(
        decision=decision, row_version=decision.row_version, changes=[change],
        viewer=acting_viewer(request), at=moment(request), place=change.row,
    )  # fmt: skip
    tell(request, gettext("Đã đưa việc ấy trở lại."))
    return redirect(_at(decision, event))
