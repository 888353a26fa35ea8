"""Tables in a PDF, found by the lines that rule them."""

from __future__ import annotations

import bisect
import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as raw

_THIN = 2.6
_NEAR = 3.0
_MOST_OBJECTS = 20_000
_MOST_LINES = 4_000
_MOST_CELLS = 3_000


@dataclass(slots=True)
class Box:
    """A cell as ruled: its place in the grid, how far it reaches, its corners on the page (points, origin below)."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class Ruled:
    """A ruled table on a page: its cells, its size and its extent."""

    boxes: list[Box]
    rows: int
    columns: int
    bottom: float
    top: float


Segment = tuple[float, float, float]  # position across, from, to


def _segments(page: pypdfium2.PdfPage) -> tuple[list[Segment], list[Segment]]:
    """Horizontal lines as (y, from x, to x) and vertical ones as (x, from y, to y)."""
    across: list[Segment] = []
    down: list[Segment] = []
    handle = page.raw
    count = min(raw.FPDFPage_CountObjects(handle), _MOST_OBJECTS)
    get, kind_of, bounds_of, path = (
        raw.FPDFPage_GetObject,
        raw.FPDFPageObj_GetType,
        raw.FPDFPageObj_GetBounds,
        raw.FPDF_PAGEOBJ_PATH,
    )
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(count):
        item = get(handle, index)
        if kind_of(item) != path or not bounds_of(item, left, bottom, right, top):
            continue
        _take(item, left.value, bottom.value, right.value, top.value, across, down)
        if len(across) + len(down) > _MOST_LINES:
            break
    return across, down


def _take(
    item: object, left: float, bottom: float, right: float, top: float, across: list[Segment], down: list[Segment]
) -> None:
    wide, high = right - left, top - bottom
    if high <= _THIN and wide > 4:
        across.append(((bottom + top) / 2, left, right))
    elif wide <= _THIN and high > 4:
        down.append(((left + right) / 2, bottom, top))
    elif wide > 8 and high > 8:
        _of_path(item, across, down)


def _of_path(item: object, across: list[Segment], down: list[Segment]) -> None:
    """The straight lines of a path that draws several."""
    count = raw.FPDFPath_CountSegments(item)
    if not 2 <= count <= 2000:
        return
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, matrix) or matrix.b or matrix.c:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    if not stroke.value and count <= 6:
        return  # a shaded field, not a frame
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (matrix.a * x.value + matrix.e, matrix.d * y.value + matrix.f)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            _line(last, point, across, down)
            if raw.FPDFPathSegment_GetClose(segment):
                _line(point, start, across, down)
        last = point


def _line(one: tuple[float, float], other: tuple[float, float], across: list[Segment], down: list[Segment]) -> None:
    if abs(one[1] - other[1]) <= 1 and abs(one[0] - other[0]) > 4:
        across.append(((one[1] + other[1]) / 2, min(one[0], other[0]), max(one[0], other[0])))
    elif abs(one[0] - other[0]) <= 1 and abs(one[1] - other[1]) > 4:
        down.append(((one[0] + other[0]) / 2, min(one[1], other[1]), max(one[1], other[1])))


def _levels(positions: list[float]) -> list[float]:
    """Positions that lie near each other as one."""
    found: list[list[float]] = []
    for position in sorted(positions):
        if found and position - found[-1][-1] <= _NEAR:
            found[-1].append(position)
        else:
            found.append([position])
    return [sum(group) / len(group) for group in found]


class _Lines:
    """Lines sorted by the level they lie on, for asking whether one of them passes a point."""

    def __init__(self, lines: list[Segment], levels: list[float]) -> None:
        self.on: list[list[tuple[float, float]]] = [[] for _ in levels]
        order = sorted(range(len(levels)), key=levels.__getitem__)
        sorted_levels = [levels[index] for index in order]
        for position, first, last in lines:
            at = bisect.bisect_left(sorted_levels, position)
            for near in (at - 1, at):
                if 0 <= near < len(order) and abs(sorted_levels[near] - position) <= _NEAR * 1.5:
                    self.on[order[near]].append((first - _NEAR, last + _NEAR))

    def passes(self, level: int, at: float) -> bool:
        return any(first <= at <= last for first, last in self.on[level])


def find_tables(page: pypdfium2.PdfPage) -> list[Ruled]:
    """The ruled tables of a page, from the top down. A page without vertical lines costs next to nothing."""
    if page.get_rotation():
        return []
    across, down = _segments(page)
    if len(down) < 3 or len(across) < 2:
        return []
    tables = []
    for vertical, horizontal in _groups(across, down):
        table = _table(vertical, horizontal)
        if table is not None:
            tables.append(table)
    return sorted(tables, key=lambda table: -table.top)


def _groups(across: list[Segment], down: list[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    """Lines that hang together: bands of the page that vertical lines cover without a gap."""
    bands: list[list[float]] = []
    for _, low, high in sorted(down, key=lambda line: line[1]):
        if bands and low <= bands[-1][1] + _NEAR:
            bands[-1][1] = max(bands[-1][1], high)
        else:
            bands.append([low, high])
    found = []
    for low, high in bands:
        vertical = [line for line in down if line[1] >= low - _NEAR and line[2] <= high + _NEAR]
        horizontal = [line for line in across if low - _NEAR <= line[0] <= high + _NEAR]
        found.append((vertical, horizontal))
    return found


def _table(vertical: list[Segment], horizontal: list[Segment]) -> Ruled | None:
    columns = _levels([line[0] for line in vertical])
    # A row that a page break cut has no line at the edge of the page: there the vertical lines end.
    edges = [max(line[2] for line in vertical), min(line[1] for line in vertical)]
    inner = [line[0] for line in horizontal]
    rows = _levels(inner + [edge for edge in edges if all(abs(edge - position) > 6 for position in inner)])[::-1]
    if len(columns) < 3 or len(rows) < 2 or (len(columns) - 1) * (len(rows) - 1) > _MOST_CELLS:
        return None
    horizontal = [line for line in horizontal if line[2] > columns[0] and line[1] < columns[-1]]
    height, width = len(rows) - 1, len(columns) - 1
    downs, acrosses = _Lines(vertical, columns), _Lines(horizontal, rows)
    taken = [[False] * width for _ in range(height)]
    boxes: list[Box] = []
    for row in range(height):
        for column in range(width):
            if taken[row][column]:
                continue
            right = column + 1
            middle = (rows[row] + rows[row + 1]) / 2
            while right < width and not taken[row][right] and not downs.passes(right, middle):
                right += 1
            below = row + 1
            centre = (columns[column] + columns[column + 1]) / 2
            while below < height and not acrosses.passes(below, centre):
                below += 1
            for down in range(row, below):
                for along in range(column, right):
                    taken[down][along] = True
            boxes.append(
                Box(row, column, below - row, right - column, columns[column], rows[below], columns[right], rows[row])
            )
    if sum(1 for box in boxes if box.columns < width) < 2:
        return None
    return Ruled(boxes, height, width, rows[-1], rows[0])
