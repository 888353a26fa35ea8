"""Which column of a table is what, by its head."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..language.text import fold
from .blocks import Cell, Grid

# The first that fits decides, so the particular stands before the general.
_HEADS = [
    ("number", r"(?:so )?(?:tt|stt)\.?|so thu tu|thu tu|no\.?|nr\.?|#|item"),
    ("indicator", r".*\b(?:chi tieu|chi so)\b.*|indicator.*|kpi.*"),
    ("lead", r".*\bchu tri\b.*|.*\bdau moi\b.*"
             r"|(?:to chuc|co quan|don vi|bo phan|ca nhan)(?:(?:,| /| va) \w+ \w+)*"
             r" (?:thuc hien|chiu trach nhiem|tham muu|duoc giao)"
             r"|phan cong(?: thuc hien| trach nhiem)?|trach nhiem(?: thuc hien)?"
             r"|(?:lead|responsible|accountable|owner|agency|agencies)\b.*|don vi, ca nhan"),
    ("cooperators", r".*\bphoi hop\b.*|.*\b(?:cooperat|support|partner|coordinat)\w*.*"),
    ("deciding", r"(?:co quan|cap|noi)(?: co tham quyen)? (?:trinh|ban hanh|phe duyet|quyet dinh).*"
                 r"|cap co tham quyen.*"),
    ("deadline", r".*\b(?:thoi gian|thoi han|tien do|han hoan thanh|ky han|lo trinh|thoi diem)\b.*"
                 r"|(?:(?:ngay|thang|quy|nam|moc) )?hoan thanh(?: (?:truoc|trong|vao)\b.*)?"
             r"|.*\b(?:deadline|due|target date|timeline|timeframe|completion|date|when)\b.*"),
    ("unit", r"don vi tinh|dvt|don vi|d\.?v\.?t\.?|unit(?: of measure)?"),
    ("output", r".*\b(?:ket qua|san pham|dau ra|hinh thuc van ban|loai van ban)\b.*"
               r"|.*\b(?:output|deliverable|product|result|measure)s?\b.*"),
    ("note", r"ghi chu.*|notes?|remarks?|comments?"),
    ("target", r"(?:muc tieu|muc|ke hoach|gia tri|phan dau|den nam|nam|giai doan)\b.*|target.*|value|20\d\d.*"),
    ("task", r".*\b(?:nhiem vu|noi dung|cong viec|giai phap|hoat dong|de an|dau viec|ten van ban|chuong trinh)\b.*"
             r"|.*\b(?:task|action|activity|activities|milestone|work)s?\b.*"),
]  # fmt: skip
_COMPILED = [(role, re.compile(f"(?:{pattern})$")) for role, pattern in _HEADS]
_COUNTER = re.compile(r"[(\[]?(?:\d{1,2}|[a-zA-Z])[)\]]?(?:\s*=.*)?$")
_LOOK = 6


@dataclass(slots=True)
class Columns:
    """The head of a table: ``roles[c]`` is what column ``c`` holds, ``names[c]`` its printed head."""

    kind: str = "other"
    roles: dict[int, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    head_rows: int = 0
    keys: set[tuple[str, ...]] = field(default_factory=set)

    def of(self, role: str) -> list[int]:
        return [column for column, found in self.roles.items() if found == role]


def covered(grid: Grid) -> list[list[tuple[Cell | None, bool]]]:
    """For each place the cell that covers it, and whether the cell begins there."""
    width = max((len(row.cells) for row in grid.rows), default=0)
    found: list[list[tuple[Cell | None, bool]]] = [[(None, False)] * width for _ in grid.rows]
    for at, row in enumerate(grid.rows):
        for column, cell in enumerate(row.cells):
            if cell is None:
                continue
            for down in range(at, min(at + cell.rows, len(grid.rows))):
                for right in range(column, min(column + cell.columns, width)):
                    if found[down][right][0] is None or (down == at and right == column):
                        found[down][right] = (cell, down == at and right == column)
    return found


def role_of(head: str) -> str:
    """What a column head names; empty when it names nothing known."""
    key = re.sub(r"[()\[\]:*]", " ", fold(head)).replace("/", " / ")
    key = " ".join(key.split())
    for role, pattern in _COMPILED:
        if pattern.match(key):
            return role
    return ""


def key_of(row: list[tuple[Cell | None, bool]]) -> tuple[str, ...]:
    return tuple(fold(cell.text) if cell else "" for cell, _ in row)


def read_head(grid: Grid, cover: list[list[tuple[Cell | None, bool]]]) -> Columns:
    """Find the head among the first rows and say what each column is; kind ``other`` when it is no known table."""
    best = Columns()
    best_score = 0
    for at in range(min(_LOOK, len(grid.rows))):
        roles: dict[int, str] = {}
        for column, (cell, _) in enumerate(cover[at]):
            if cell is None or cell.columns > max(2, len(cover[at]) - 1):
                continue
            role = role_of(cell.text) if len(cell.text) < 120 else ""
            if role:
                roles[column] = role
        score = len(set(roles.values()))
        if score > best_score and score >= 2:
            best_score = score
            best = Columns("other", roles, [], at + 1)
    if not best_score:
        return Columns(names=[])
    at = best.head_rows - 1
    depth = max((cell.rows for cell, starts in cover[at] if cell is not None and starts), default=1)
    # A head of two rows, and a row that only counts the columns.
    while best.head_rows < len(grid.rows) and (
        depth > best.head_rows - at or _counts(cover[best.head_rows]) or _is_subhead(cover, at, best)
    ):
        for column, (cell, _) in enumerate(cover[best.head_rows]):
            above = cover[at][column][0]
            if cell is None or cell is above:
                continue
            role = role_of(cell.text)
            if role and not _counts(cover[best.head_rows]):
                best.roles[column] = role
        best.head_rows += 1
        if best.head_rows - at > 3:
            break
    best.names = [_name(cover, column, best.head_rows) for column in range(len(cover[at]))]
    best.keys = {key_of(cover[row]) for row in range(best.head_rows)}
    best.kind = _kind(best)
    return best


def _is_subhead(cover: list[list[tuple[Cell | None, bool]]], at: int, best: Columns) -> bool:
    row = cover[best.head_rows]
    spread = any(cell is not None and cell.columns > 1 for cell, _ in cover[at])
    return spread and best.head_rows == at + 1 and bool(row) and row[0][0] is cover[at][0][0] and row[0][0] is not None


def _counts(row: list[tuple[Cell | None, bool]]) -> bool:
    texts = [cell.text.strip() for cell, starts in row if cell is not None and starts and cell.text.strip()]
    return len(texts) >= 3 and all(_COUNTER.match(text) for text in texts) and len(set(texts)) == len(texts)


def _name(cover: list[list[tuple[Cell | None, bool]]], column: int, rows: int) -> str:
    parts: list[str] = []
    for row in range(rows):
        cell = cover[row][column][0]
        text = " ".join(cell.text.split()) if cell else ""
        if text and text not in parts and not _COUNTER.match(text):
            parts.append(text)
    return " / ".join(parts[-2:])


def _kind(columns: Columns) -> str:
    """The kind, and the roles that only make sense in that kind."""
    roles = set(columns.roles.values())
    measured = roles & {"unit", "target", "output"} or ("lead" not in roles and "deadline" in roles)
    if "indicator" in roles and "task" not in roles and measured:
        for column, role in list(columns.roles.items()):
            if role in ("output", "deadline"):
                columns.roles[column] = "target"
        return "targets"
    if "task" not in roles and "indicator" in roles and roles & {"lead", "deadline"}:
        for column in columns.of("indicator")[:1]:
            columns.roles[column] = "task"
        roles = set(columns.roles.values())
    if "task" not in roles and "output" in roles and {"lead", "deadline"} <= roles:
        columns.roles[columns.of("output")[0]] = "task"
        roles = set(columns.roles.values())
    if "task" in roles and roles & {"lead", "deadline"}:
        for column in columns.of("unit"):
            columns.roles[column] = "lead" if "lead" not in roles else "note"
        return "tasks"
    return "other"
