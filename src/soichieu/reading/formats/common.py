"""What the formats share."""

from __future__ import annotations

from ..blocks import Grid, Row
from ..errors import TooLarge
from ..limits import Limits


def check_characters(text: str, name: str, limits: Limits) -> None:
    """Refuse a text longer than the limit."""
    if len(text) > limits.characters:
        raise TooLarge(
            f"the text has {len(text):,} characters, more than {limits.characters:,}",
            remedy="Split the document and read its parts",
            name=name,
        )


class CellBudget:
    """Counts cells over all tables of a file."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.left = limits.cells
        self.limit = limits.cells
        self.name = name

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise TooLarge(
                f"its tables have more than {self.limit:,} cells",
                remedy="Split the tables and read the parts",
                name=self.name,
            )


def even(rows: list[Row], widths: list[int]) -> list[int]:
    """Make all rows equally wide by adding empty places at their end; gives the rows (from 1) that were uneven.

    ``widths[i]`` is the number of cells that row ``i`` had in the source.
    """
    if not rows:
        return []
    counts: dict[int, int] = {}
    for width in widths:
        counts[width] = counts.get(width, 0) + 1
    usual = max(counts, key=lambda width: (counts[width], width))
    widest = max(len(row.cells) for row in rows)
    for row in rows:
        row.cells.extend([None] * (widest - len(row.cells)))
    return [number for number, width in enumerate(widths, 1) if width != usual]


def grid_of(rows: list[Row], widths: list[int], page: int = 0) -> Grid:
    """A grid over rows that lie one after another in the source text."""
    ragged = even(rows, widths)
    return Grid(rows, rows[0].start, max(row.end for row in rows), ragged, page)
