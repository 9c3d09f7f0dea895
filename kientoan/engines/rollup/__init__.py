"""Adding figures up: over units (`units`) and over the parts of a year (`time`). Missing is never zero.

`recast`: on the boundaries of another day."""

from .readings import ESTIMATE, FINAL, PRELIMINARY, VINTAGES, Reading, best, best_per_period
from .recast import Passed, Recast, Weighed, recast, recast_back, weights
from .time import Total, accumulate
from .units import MEAN, SUM, roll_up, silent

__all__ = [
    "ESTIMATE", "FINAL", "MEAN", "PRELIMINARY", "SUM", "VINTAGES",
    "Passed", "Reading", "Recast", "Total", "Weighed", "accumulate", "best", "best_per_period", "recast",
    "recast_back", "roll_up", "silent", "weights",
]  # fmt: skip
