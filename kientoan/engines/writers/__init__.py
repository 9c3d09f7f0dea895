"""Documents and charts out: Word files in the layouts of official documents, pictures of results."""

from .chart_frame import Chart, register_fonts
from .chart_grids import heatmap, status_bars
from .chart_shapes import HeatCell, Point, Status, StatusBar
from .charts import bars, trend
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
    "register_fonts",
    "sparkline",
    "status_bars",
    "trend",
    "write_official",
]
