"""Reading the organisation: the tree on a day, a unit, a person."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from kientoan.domains.organisation.access import (
    Viewer,
    edited_people,
    may_administer,
    may_draft,
    may_organise,
    visible_decisions,
    visible_statements,
)
from kientoan.domains.organisation.models import Decision, DecisionState, Hierarchy, Person, Role, Unit
from kientoan.domains.organisation.queries import (
    NotThere,
    above_in,
    clashes_on,
    grants_of,
    headcount_on,
    person_page,
    posts_of,
    roles_on_unit,
    search_people,
    search_units,
    sizes_on,
    statements_of,
    twigs_on,
    unit_page,
    with_above,
)
from kientoan.domains.organisation.queries.decisions import decisions_touching

from ..http import Request
from .lineage_figure import figure_of, last_day
from .rights import acting_viewer, needs_a_role
from .timeline import timeline_shown


@needs_a_role
def organisation(request: Request) -> HttpResponse:
    """The tree of one hierarchy on the day, or the units whose name has the words looked for."""
    sizes = sizes_on(request.day)
    hierarchy = request.GET.get("hierarchy", "")
    if hierarchy not in Hierarchy.values:
        hierarchy = Hierarchy.GOVERNMENT
    text, under = request.GET.get("q", "").strip(), request.GET.get("under", "")
    own_root = request.installation.root_id_on(request.day)
    if under and not text:
        return _branch(request, hierarchy, under)
    context = {
        "hierarchy": hierarchy,
        "tabs": [(name, words, sizes.get(name, 0)) for name, words in Hierarchy.choices],
        "q": text,
        "found": with_above(search_units(text, request.day), request.day) if text else [],
        "tree": () if text else twigs_on(request.day, hierarchy, opened=own_root),
        "own_root": own_root,
        "may_add": acting_viewer(request).has(Role.PERSONNEL, Role.ADMIN),
    }
    return render(request, "organisation/tree.html", context)


def _branch(request: Request, hierarchy: str, under: str) -> HttpResponse:
    """What stands under one unit: a page of its own, or for htmx the lines alone."""
    try:
        unit = int(under) if under.isdecimal() and len(under) < 19 else 0
        tree = twigs_on(request.day, hierarchy, under=unit)
        if request.htmx:
            return render(request, "organisation/twigs.html", {"tree": tree, "hierarchy": hierarchy})
        path = above_in(request.day, hierarchy, unit)
    except NotThere as error:
        raise Http404 from error
    context = {
        "tree": tree,
        "path": path[:-1],
        "unit": path[-1],
        "hierarchy": hierarchy,
        "words": Hierarchy(hierarchy).label,
    }
    return render(request, "organisation/branch_page.html", context)


@needs_a_role
def unit_detail(request: Request, pk: int) -> HttpResponse:
    """A unit on the day: names, places, posts with holders, its lineage, and all that happened to it."""
    try:
        page = unit_page(pk, request.day)
    except Unit.DoesNotExist as error:
        raise Http404 from error
    viewer, ended = acting_viewer(request), last_day(page.life)
    administers, organises = may_administer(viewer, pk), may_organise(viewer, pk)
    return render(
        request,
        "organisation/unit.html",
        {
            "page": page,
            "unit": page.unit,
            "figure": figure_of(request, page),
            "timeline": timeline_shown(request, pk),
            "last_day": ended,
            "then": f"&day={ended.isoformat()}" if ended and not page.is_in_force else "",
            "headcount": headcount_on([pk], request.day).get(pk, []),
            "may_edit": organises,
            "may_add": organises and page.is_in_force,
            "may_administer": administers,
            "is_own": pk in request.viewer.unit_ids(),
            "drafts": drafts_touching(viewer, pk),
            "grants": roles_on_unit(pk, viewer) if administers else [],
        },
    )


def drafts_touching(viewer: Viewer, unit: int) -> list[Decision]:
    """Drafts that the viewer may see and that would change the unit."""
    if not may_draft(viewer):
        return []
    drafts = visible_decisions(viewer).filter(state=DecisionState.DRAFT)
    return list(decisions_touching(drafts, unit)[:5])


@needs_a_role
def people(request: Request) -> HttpResponse:
    """Everybody who holds or held a post, in Vietnamese order; searched with or without diacritics."""
    text = request.GET.get("q", "").strip()
    page = Paginator(search_people(text), 50).get_page(request.GET.get("page"))
    posts = posts_of([person.pk for person in page], request.day)
    context = {
        "page_obj": page,
        "rows": [(person, posts.get(person.pk, [])) for person in page],
        "q": text,
        "may_add": acting_viewer(request).has(Role.PERSONNEL, Role.ADMIN),
    }
    return render(request, "organisation/people.html", context)


@needs_a_role
def person_detail(request: Request, pk: int) -> HttpResponse:
    """A person: the posts over the years; the roles for who administers them."""
    try:
        page = person_page(pk, request.day)
    except Person.DoesNotExist as error:
        raise Http404 from error
    viewer = acting_viewer(request)
    account = page.person.user
    return render(
        request,
        "organisation/person.html",
        {
            "page": page,
            "person": page.person,
            "may_edit": edited_people(viewer).filter(pk=pk).exists(),
            "grants": grants_of(account, viewer) if account and viewer.has(Role.ADMIN) else [],
            "is_me": account == request.user,
            "clashes": clashes_on(request.day, [pk]),
            "statements": statements_of(page.person, visible_statements(viewer)),
        },
    )
