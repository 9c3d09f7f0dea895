"""Documents and charts out: Word files in the layouts of official documents, pictures of results."""

from .chart_shapes import HeatCell, Point, Status, StatusBar
from .charts import Chart, bars, heatmap, status_bars, trend
from .document import (
    Annex,
    Basis,
    Heading,
    OfficialDocument,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
)
from .official import write_official
from .sparkline import sparkline

__all__ = [
    "Annex",
    "Basis",
    "Chart",
    "Heading",
    "HeatCell",
    "OfficialDocument",
    "PageBreak",
    "Paragraph",
    "Picture",
    "Point",
    "Run",
    "Signature",
    "Status",
    "StatusBar",
    "Table",
    "bars",
    "heatmap",
    "sparkline",
    "status_bars",
    "trend",
    "write_official",
]
