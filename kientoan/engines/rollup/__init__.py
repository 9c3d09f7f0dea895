"""Adding figures up: over units (`units`) and over the parts of a year (`time`). Missing is never zero."""

from .readings import ESTIMATE, FINAL, PRELIMINARY, VINTAGES, Reading, best, best_per_period
from .time import Total, accumulate
from .units import MEAN, SUM, roll_up, silent

__all__ = [
    "ESTIMATE", "FINAL", "MEAN", "PRELIMINARY", "SUM", "VINTAGES",
    "Reading", "Total", "accumulate", "best", "best_per_period", "roll_up", "silent",
]  # fmt: skip
