"""How well the reader reads, measured by what people confirmed. Plain Python, no Django, no database.

from kientoan.engines.evaluation import load_annotations, score
scores = score([(annotation, read(annotation.text).to_json()) for annotation in load_annotations(folder)])
scores.kinds["task"].f1
"""

from .annotations import Annotation, BadAnnotations, dump_annotation, load_annotations
from .matching import KINDS, agree, overlap
from .scoring import Counts, Disagreement, Scores, score

__all__ = [
    "KINDS",
    "Annotation",
    "BadAnnotations",
    "Counts",
    "Disagreement",
    "Scores",
    "agree",
    "dump_annotation",
    "load_annotations",
    "overlap",
    "score",
]
