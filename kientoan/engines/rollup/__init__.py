"""Adding figures up: over units (`units`) and over the parts of a year (`time`). Missing is never zero.

`recast`: on the boundaries of another day; `lens`: all units of that day at once."""

from .lens import Land, seen_from
from .readings import ESTIMATE, FINAL, PRELIMINARY, VINTAGES, Reading, best, best_per_period
from .recast import Passed, Recast, Weighed, recast, recast_back, weights
from .time import Total, accumulate
from .units import MEAN, SUM, roll_up, silent

__all__ = [
    "ESTIMATE", "FINAL", "MEAN", "PRELIMINARY", "SUM", "VINTAGES",
    "Land", "Passed", "Reading", "Recast", "Total", "Weighed", "accumulate", "best", "best_per_period",
    "recast", "recast_back", "roll_up", "seen_from", "silent", "weights",
]  # fmt: skip
