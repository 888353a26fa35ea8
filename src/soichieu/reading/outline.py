"""Labels to a tree: which provision lies under which.

Ranks give the usual order from outside in (Phần, Chương, Mục, Điều, A, I, 1, a, -, +); where a document orders
capitals under Roman numbers, or nests a second list of numbers, its own sequence decides. What does not fit the
sequence is kept, with a lower confidence and a warning.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .blocks import Grid, Line
from .labels import RANKS, Mark, follows
from .mending import TERMINAL, is_upper
from .tree import Node, Piece, piece_of

KIND_OF = {
    "part": "part",
    "chapter": "chapter",
    "section": "section",
    "subsection": "subsection",
    "article": "article",
    "heading": "heading",
    "capital": "part",
    "roman": "section",
    "decimal": "point",
    "paren": "point",
    "letter": "point",
    "lroman": "subpoint",
    "bullet": "bullet",
    "plus": "subbullet",
}
_PREFIX = {"part": "P", "chapter": "C", "section": "M", "subsection": "TM", "article": "D", "heading": "H"}
_NAMED = ("part", "chapter", "section", "subsection")


@dataclass(slots=True)
class Outline:
    """Builds the tree of one body (the document itself, or an annex) below ``root``."""

    root: Node
    warnings: list[str]
    stack: list[Node] = field(default_factory=list)
    awaiting: Node | None = None
    seen: set[str] = field(default_factory=set)
    quoting: int = 0
    counted: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stack = [self.root]

    @property
    def top(self) -> Node:
        return self.stack[-1]

    # Where a label belongs

    def _open(self, style: str) -> list[int]:
        return [index for index, node in enumerate(self.stack) if node.style == style]

    def _is_next(self, node: Node, mark: Mark) -> bool:
        if mark.style in ("bullet", "plus"):
            return node.ordinal == mark.ordinal
        if mark.style == "letter":
            return follows(node.ordinal, mark.ordinal)
        if mark.style in ("article", "decimal") and mark.ordinal[-1:].isalpha():
            # 2a comes after 2, and after what an earlier law put there.
            return mark.numbers in (node.numbers, (node.numbers[0] + 1,))
        if len(mark.numbers) != len(node.numbers) or mark.numbers[:-1] != node.numbers[:-1]:
            return False
        return mark.numbers[-1] == node.numbers[-1] + 1

    def settle(self, mark: Mark) -> Mark:
        """The style of an ambiguous label (I, V, C as letter or number; i as either), by what is open."""
        if not mark.alternatives:
            return mark
        for index in range(len(self.stack) - 1, -1, -1):
            node = self.stack[index]
            for style, number in mark.alternatives:
                if node.style != style:
                    continue
                other = Mark(style, (number,), mark.label, mark.rest, mark.ordinal)
                if style == "capital" and follows(node.ordinal.lower(), mark.ordinal.lower()):
                    mine = [self.stack[at] for at in self._open(mark.style)]
                    if not any(self._is_next(open_node, mark) for open_node in mine):
                        return other
                elif style == "letter":
                    if follows(node.ordinal, mark.ordinal) and not self._open(mark.style):
                        return other
                elif self._is_next(node, other):
                    return other
        return mark

    def fits(self, mark: Mark) -> bool:
        """Whether the label continues a list that is open, or begins one."""
        if mark.style in ("bullet", "plus"):
            return True
        if mark.style == "article" and mark.style in self.counted:
            # Articles count on through chapters.
            return mark.numbers[0] - self.counted["article"] in ((1,) if mark.ordinal.isdigit() else (0, 1))
        # Chapters count on through parts, and in some documents the points through all sections.
        counts_on = mark.style in _NAMED or (mark.style == "decimal" and len(mark.numbers) == 1)
        if counts_on and mark.numbers[0] == self.counted.get(mark.style, -1) + 1:
            return True
        opened = self._open(mark.style)
        if any(self._is_next(self.stack[index], mark) for index in opened):
            return True
        if mark.style == "decimal" and len(mark.numbers) > 1:
            return mark.first or any(
                self.stack[at].numbers[: len(mark.numbers) - 1] == mark.numbers[:-1] for at in opened
            )
        return mark.first

    def _sibling(self, mark: Mark, indent: int) -> int | None:
        """The open node after which this one comes, as its place in the stack."""
        opened = self._open(mark.style)
        if mark.style in ("bullet", "plus"):
            same = [at for at in opened if self.stack[at].ordinal == mark.ordinal]
            for at in reversed(same):
                if self.stack[at].indent == indent:
                    return at
            shallower = [at for at in same if self.stack[at].indent < indent]
            if shallower and shallower[-1] == max(same):
                return None
            return same[0] if same else None
        if mark.style == "decimal":
            opened = [at for at in opened if len(self.stack[at].numbers) == len(mark.numbers)]
        for at in reversed(opened):
            if self._is_next(self.stack[at], mark):
                return at
        if not opened:
            return None
        last = opened[-1]
        if mark.first and mark.style not in _NAMED and mark.style != "article":
            deeper = last < len(self.stack) - 1
            if (deeper and self.top.rank < RANKS["bullet"]) or self.top.last_text().endswith(":"):
                return None
        return last

    def _parent(self, mark: Mark, indent: int) -> tuple[int, float]:
        """The place in the stack under which the node goes, and the rank it takes."""
        rank = mark.rank
        sibling = self._sibling(mark, indent)
        if sibling is not None:
            return sibling - 1, self.stack[sibling].rank
        opened = self._open(mark.style)
        nested = bool(opened) and mark.first or (mark.style in ("bullet", "plus") and bool(opened))
        if mark.style == "decimal" and len(mark.numbers) > 1:
            for at in range(len(self.stack) - 1, 0, -1):
                node = self.stack[at]
                if node.style in ("decimal", "article") and mark.numbers[: len(node.numbers)] == node.numbers:
                    return at, node.rank + 0.1
            nested = False
        if mark.style == "capital" and mark.first and self._open("roman") and "capital" not in self.seen:
            rank = 5.6
        if mark.style == "roman" and mark.first and self._open("decimal") and "roman" not in self.seen:
            rank = 6.05
        if mark.style == "paren" and mark.first and self._open("letter"):
            rank = 7.5
        if mark.style in ("bullet", "plus") and self._open("bullet") and not nested:
            # Another sign than the one that is open: one step deeper.
            rank = max(self.stack[at].rank for at in self._open("bullet")) + 0.1
        if nested:
            return len(self.stack) - 1, self.top.rank + 0.1
        for at in range(len(self.stack) - 1, -1, -1):
            if self.stack[at].rank < rank:
                return at, rank
        return 0, rank

    def _segment(self, mark: Mark, parent: Node) -> str:
        if mark.style in ("bullet", "plus"):
            sign = "+" if mark.style == "plus" else "-"
            return f"{sign}{parent.count(sign)}"
        if mark.style in _PREFIX:
            return _PREFIX[mark.style] + mark.ordinal
        if mark.style in ("capital", "roman", "letter", "lroman"):
            return mark.ordinal
        if mark.style == "decimal" and len(mark.numbers) > 1:
            if mark.numbers[: len(parent.numbers)] == parent.numbers and parent.style in ("decimal", "article"):
                return ".".join(str(number) for number in mark.numbers[len(parent.numbers) :])
            return mark.ordinal
        clause = any(node.style == "article" for node in self.stack) and parent.style == "article"
        between = mark.style == "decimal" and mark.ordinal[-1:].isalpha()
        return ("K" if clause else "") + (mark.ordinal if between else str(mark.numbers[-1]))

    def add(self, line: Line, mark: Mark) -> Node:
        """A labelled line as a new node."""
        at, rank = self._parent(mark, line.indent)
        sure = self.fits(mark)
        del self.stack[at + 1 :]
        parent = self.top
        kind = KIND_OF[mark.style]
        if mark.style == "decimal" and len(mark.numbers) > 1:
            kind = "subpoint"
        elif mark.style in ("decimal", "paren") and parent.style == "article":
            kind = "clause"
        node = Node(
            style=mark.style,
            kind=kind,
            segment=self._segment(mark, parent),
            label=mark.label,
            numbers=mark.numbers,
            ordinal=mark.ordinal,
            rank=rank,
            start=line.start,
            opening=piece_of(line, mark.rest),
            confidence=1.0 if sure else 0.6,
            indent=line.indent,
            marked_heading=line.level > 0 or line.bold,
            page=line.page,
        )
        if not sure:
            self.warnings.append(f"{mark.label} at character {line.start} does not continue the numbering before it.")
        self.counted[mark.style] = mark.numbers[0]
        parent.items.append(node)
        self.stack.append(node)
        self.seen.add(mark.style)
        self.awaiting = (
            node if mark.style in _NAMED or (mark.style in ("roman", "capital") and is_title(line)) else None
        )
        return node

    def add_heading(self, line: Line, level: int) -> None:
        """A heading without a label: it opens a node of its own level."""
        rank = RANKS["heading"] + min(level, 9) * 0.04
        while len(self.stack) > 1 and self.top.rank >= rank:
            self.stack.pop()
        parent = self.top
        count = parent.count("heading")
        piece = piece_of(line)
        node = Node(
            style="heading",
            kind="heading",
            segment=f"H{count}",
            rank=rank,
            start=line.start,
            heading=[piece] if piece else [],
            confidence=0.9 if line.level else 0.7,
            marked_heading=True,
            page=line.page,
        )
        parent.items.append(node)
        self.stack.append(node)
        self.awaiting = node if is_upper(line.text) else None

    def add_text(self, line: Line) -> None:
        """A line without a label: more of a heading that waits for it, more of a broken line, or a paragraph."""
        text = line.text
        if self.awaiting is not None and self._heading_goes_on(line):
            piece = piece_of(line)
            if piece:
                self.awaiting.heading.append(piece)
            return
        self.awaiting = None
        node = self.top
        before = node.last_text()
        piece = piece_of(line)
        if piece is None:
            return
        if text[:1].islower() and before and not TERMINAL.search(before):
            self._glue(node, piece)
            return
        while node.style in ("bullet", "plus") and len(self.stack) > 1:
            if text[:1].islower() or before.endswith(":"):
                break
            # A bullet is one paragraph: what follows unlabelled belongs to what the list belongs to.
            self.stack.pop()
            node = self.top
            before = ""
            piece.confidence = 0.8
        node.items.append(piece)

    def _glue(self, node: Node, piece: Piece) -> None:
        """A paragraph that a page break or a stray line end cut in two."""
        last = node.items[-1] if node.items else node.opening
        if not isinstance(last, Piece):
            node.items.append(piece)
            return
        from array import array

        places = array("I", last.places)
        places.append(last.end)
        places.extend(piece.places)
        glued = Piece(f"{last.text} {piece.text}", places, last.page, min(last.confidence, 0.9))
        if node.items:
            node.items[-1] = glued
        else:
            node.opening = glued
        self.warnings.append(f"A paragraph broken at character {piece.start} was put together ({piece.text[:40]}…).")

    def _heading_goes_on(self, line: Line) -> bool:
        node = self.awaiting
        if node is None or node.items:
            return False
        shown = [*([node.opening] if node.opening else []), *node.heading]
        if not shown:
            return not TERMINAL.search(line.text) or is_upper(line.text) or line.level > 0
        last = shown[-1].text
        if is_upper(last):
            return is_upper(line.text) and not last.endswith(".")
        return line.text[:1].islower() and not TERMINAL.search(last)

    def add_table(self, grid: Grid, number: int) -> Node:
        """A table as a leaf of the node that is open; after a bullet, of what the bullet belongs to."""
        while self.top.style in ("bullet", "plus") and len(self.stack) > 1:
            self.stack.pop()
        self.awaiting = None
        node = Node(
            style="table", kind="table", segment=f"T{number}", start=grid.start, grid=grid, page=grid.page, rank=20.0
        )
        self.top.items.append(node)
        return node


def is_title(line: Line) -> bool:
    """Whether a line looks like a title: capitals, bold, marked as a heading."""
    return is_upper(line.text) or line.bold or line.level > 0


def finish(node: Node) -> None:
    """Decide, now that the children are known, whether a node's opening words are its heading or its text."""
    for child in node.children():
        finish(child)
    opening = node.opening
    if opening is None:
        if node.heading and not node.items and node.kind != "heading" and node.style not in _NAMED:
            node.items, node.heading = list(node.heading), []
        return
    node.opening = None
    text = opening.text
    if node.heading:
        node.heading.insert(0, opening)
        return
    if node.style in ("bullet", "plus") or not node.items:
        if node.style in _NAMED:
            node.heading = [opening]
        else:
            node.items.insert(0, opening)
        return
    ended = TERMINAL.search(text) is not None
    short = len(text) < 160 and not any(stop in text[:-1] for stop in (". ", "; "))
    if node.style in _NAMED or node.marked_heading or not ended:
        heading = len(text) < 600
    elif node.style in ("article", "roman", "capital"):
        heading = short and text.endswith(".") and bool(node.children())
    else:
        heading = False
    if heading:
        node.heading = [opening]
    else:
        node.items.insert(0, opening)
