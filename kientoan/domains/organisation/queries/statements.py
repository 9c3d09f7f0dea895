"""What a person said about the data recorded about them, with the answers."""

from django.db.models import QuerySet

from ..models import Person, Statement


def statements_of(person: Person, within: QuerySet[Statement] | None = None) -> list[Statement]:
    """The person's statements, latest first; `within`: only those that somebody else may see."""
    rows = Statement.objects.all() if within is None else within
    related = ("membership__post", "answered_by")
    return list(rows.filter(person=person).select_related(*related).order_by("-at", "-pk"))
