"""The papers with the sentences that demand targets, as far as the viewer may open them."""

from collections.abc import Iterable

from kientoan.domains.organisation.access import Viewer, open_papers
from kientoan.domains.plans.queries.targets import TargetRow


def sources_of(
    viewer: Viewer, rows: Iterable[TargetRow], papers: Iterable[int | None] = ()
) -> frozenset[int]:
    """The documents to which a page with these targets, and these other papers, may link. One statement."""
    passages = (row.target.passage for row in rows)
    return open_papers(viewer, [*papers, *(passage.document_id for passage in passages if passage)])
