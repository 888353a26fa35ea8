"""Reading what a list exported."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl


def csv_rows(answer: Any) -> list[list[str]]:
    """The rows of an exported .csv, its column heads first; what stands above them is left out."""
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    return rows[rows.index([]) + 1 :]


def xlsx_cells(answer: Any) -> list[Any]:
    """Every value of an exported .xlsx, row by row."""
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [cell.value for row in book.active.iter_rows() for cell in row if cell.value is not None]
