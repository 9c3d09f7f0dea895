"""The cross-check of offices: who heads two bodies, where deputies are more than a cap allows."""

from django.http import HttpResponse
from django.shortcuts import render

from kientoan.domains.organisation.queries import clashes_on, deputies_over_caps
from kientoan.domains.organisation.rules.deputies import CAPS
from kientoan.domains.organisation.rules.offices import RULES

from ..http import Request
from .rights import needs_a_role


@needs_a_role
def office_checks(request: Request) -> HttpResponse:
    """What deserves a second look on the day, with the rule and its source; nothing is forbidden."""
    rules = [*RULES, *(cap.rule for cap in CAPS)]
    context = {
        "clashes": clashes_on(request.day),
        "too_many": deputies_over_caps(request.day),
        "rules": [(rule, rule.holds_on(request.day)) for rule in rules],
    }
    return render(request, "organisation/checks.html", context)
