"""Tables in and out: Excel and CSV written in streams, and tables that people send read with their faults."""

from .delimited import write_csv
from .grid import UnreadableSheet
from .header import Expected
from .reading import CellError, Row, SheetIn, read_sheet, read_tables
from .shapes import Column, Kind, Sheet, Value
from .workbook import TooManyRows, write_workbook

__all__ = [
    "CellError",
    "Column",
    "Expected",
    "Kind",
    "Row",
    "Sheet",
    "SheetIn",
    "TooManyRows",
    "UnreadableSheet",
    "Value",
    "read_sheet",
    "read_tables",
    "write_csv",
    "write_workbook",
]
