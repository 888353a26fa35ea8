"""Real texts that the tests of the ground floor read: files that ship with the package and the test data."""

from __future__ import annotations

import csv
import re
from importlib.resources import files
from pathlib import Path

DIRECTIVES = Path(str(files("soichieu") / "demo" / "data" / "directives"))
UNITS = Path(str(files("soichieu") / "demo" / "data" / "units"))


def directive(name: str) -> str:
    return (DIRECTIVES / name).read_text(encoding="utf-8")


def table_rows(name: str, columns: int) -> list[list[str]]:
    """The cells of the pipe tables in a directive's markdown, header and rule rows left out."""
    rows = []
    for line in directive(name).splitlines():
        if not line.startswith("|"):
            continue
        cells = [cell.strip().replace("**", "") for cell in line.strip().strip("|").split("|")]
        if len(cells) == columns and cells[0] != "TT" and not re.fullmatch(r"-+", cells[0]):
            rows.append(cells)
    return rows


def unit_names(name: str = "vn-units-2025-07-01.csv") -> list[str]:
    with (UNITS / name).open(encoding="utf-8") as file:
        return [row["full_name"] for row in csv.DictReader(file)]
