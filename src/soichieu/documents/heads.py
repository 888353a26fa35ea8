"""The row of heads of a worksheet: which column is which, found by the words that offices put over them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from soichieu.documents.errors import BadSheet, Fault
from soichieu.documents.workbook import Grid
from soichieu.language.text import fold

SEARCHED_ROWS = 40


def plain(text: str) -> str:
    """A head for comparing: without tones, case and the marks around it."""
    return fold(text).strip(" .:*()")


@dataclass(frozen=True)
class Heads:
    """The heads that a kind of sheet has. ``words``: plain head → field; ``needed``: fields without which a row is no
    row of heads; ``word_of``: a field in words; ``advice``: what to say when there is none, with the places
    ``name``, ``seen`` and ``missing``; ``key``: how a head is made plain for comparing."""

    words: Mapping[str, str]
    needed: Collection[str]
    word_of: Callable[[str], str]
    advice: Callable[[], str]
    key: Callable[[str], str] = plain

    def find(self, grids: Sequence[Grid], name: str, sheet: str = "") -> tuple[Grid, int, dict[str, int]]:
        """The worksheet that has most of the heads (or the one named), its row of heads, field → column.

        Raises ``BadSheet`` that says which heads were seen where, and which are missing.
        """
        if sheet:
            grids = [grid for grid in grids if grid.name == sheet]
            if not grids:
                words = _("There is no visible sheet “%(sheet)s” in %(name)s.") % {"sheet": sheet, "name": name}
                raise BadSheet([Fault("", words)])
        best: tuple[Grid, int, dict[str, int]] | None = None
        for grid in grids:
            found = self._row(grid)
            if found is not None and (best is None or len(found[1]) > len(best[2])):
                best = (grid, *found)
        if best is None:
            raise BadSheet([Fault("", self._none(grids, name))])
        return best

    def _row(self, grid: Grid) -> tuple[int, dict[str, int]] | None:
        """The row of heads, wherever it stands; a head over two rows is read from both."""
        best: tuple[int, dict[str, int]] | None = None
        for row in range(min(SEARCHED_ROWS, len(grid.rows))):
            found: dict[str, int] = {}
            own = 0
            for column in range(len(grid.rows[row])):
                if (row, column) in grid.merged and grid.merged[row, column][0] == row:
                    continue  # spread from the left: the head stands once
                here = self.words.get(self.key(grid.text(row, column)))
                key = here or self.words.get(self.key(grid.text(row + 1, column)))
                if key and key not in found:
                    found[key] = column
                    own += here is not None
            # A second row only adds to a first one that is a row of heads by itself.
            if own >= 2 and all(key in found for key in self.needed) and (best is None or len(found) > len(best[1])):
                best = (row, found)
        return best

    def _none(self, grids: Sequence[Grid], name: str) -> str:
        heads: dict[str, str] = {}
        for grid in grids:
            for row in range(min(SEARCHED_ROWS, len(grid.rows))):
                for column in range(len(grid.rows[row])):
                    key = self.words.get(self.key(grid.text(row, column)))
                    if key:
                        heads.setdefault(key, grid.cell(row, column))
        seen = ", ".join(f"{self.word_of(key)} ({cell})" for key, cell in heads.items()) or _("none")
        missing = ", ".join(self.word_of(key) for key in self.needed if key not in heads) or _("all in one row")
        return self.advice() % {"name": name, "seen": seen, "missing": missing}
