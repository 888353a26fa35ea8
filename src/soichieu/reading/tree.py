"""The tree while it is being built, and how it becomes a list of provisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from .blocks import Grid, Line
from .model import Provision, Source

# Leaves that keep their lines as they stand: they have no sentences of their own.
ATOMIC = {"letterhead", "title", "enacting", "recipients", "signature", "table", "caption", "note", "addressee"}


@dataclass(slots=True, eq=False)
class Piece:
    """A stretch of read text with the place of each letter."""

    text: str
    places: Sequence[int]
    page: int = 0
    confidence: float = 1.0

    @property
    def start(self) -> int:
        return self.places[0]

    @property
    def end(self) -> int:
        return self.places[-1] + 1

    def cut(self, first: int, last: int) -> Piece:
        return Piece(self.text[first:last], self.places[first:last], self.page, self.confidence)


def piece_of(line: Line, rest: int = 0, confidence: float = 1.0) -> Piece | None:
    """The line's text from ``rest`` on; ``None`` when nothing is left."""
    if rest >= len(line.text):
        return None
    return Piece(line.text[rest:], line.places[rest:], line.page, confidence)


@dataclass(slots=True, eq=False)
class Node:
    """A node with its own words and its children, in the order of the text."""

    style: str
    kind: str
    segment: str
    label: str = ""
    numbers: tuple[int, ...] = (1,)
    ordinal: str = ""
    rank: float = -1.0
    start: int = 0
    opening: Piece | None = None
    heading: list[Piece] = field(default_factory=list)
    items: list[Node | Piece] = field(default_factory=list)
    grid: Grid | None = None
    confidence: float = 1.0
    indent: int = 0
    marked_heading: bool = False
    page: int = 0
    flat: bool = False
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> int:
        """The next number in a series of children that the text does not number (bullets, headings)."""
        self.counts[what] = self.counts.get(what, 0) + 1
        return self.counts[what]

    def last_child(self) -> Node | None:
        return next((item for item in reversed(self.items) if isinstance(item, Node)), None)

    def children(self) -> list[Node]:
        return [item for item in self.items if isinstance(item, Node)]

    def pieces(self) -> list[Piece]:
        return [item for item in self.items if isinstance(item, Piece)]

    def last_text(self) -> str:
        """The words read last, for judging whether the next line goes on with them."""
        if self.items:
            last = self.items[-1]
            return last.text if isinstance(last, Piece) else ""
        if self.heading:
            return self.heading[-1].text
        return self.opening.text if self.opening else ""


def text_of(pieces: Sequence[Piece]) -> str:
    return "\n".join(piece.text for piece in pieces)


def heading_of(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in pieces)


@dataclass(slots=True)
class _Emitted:
    provision: Provision
    node: Node | None
    own_end: int
    last: int = 0


class Emitter:
    """Walks the tree and gives provisions in the order of the text, with unique ids."""

    def __init__(self, text: str, split: Callable[[str], Sequence[tuple[int, int]]]) -> None:
        self.text = text
        self.split = split
        self.out: list[_Emitted] = []
        self.used: set[str] = set()
        self.repeated: list[str] = []
        self.grids: list[tuple[str, Node]] = []

    def unique(self, wanted: str) -> str:
        found, count = wanted, 1
        while found in self.used:
            count += 1
            found = f"{wanted}~{count}"
        if count > 1:
            self.repeated.append(found)
        self.used.add(found)
        return found

    def run(self, nodes: Sequence[Node]) -> list[Provision]:
        for node in nodes:
            self._emit(node, None)
        self._extend()
        return [entry.provision for entry in self.out]

    def _emit(self, node: Node, parent: str | None) -> None:
        prefix = "" if parent is None or node.flat else f"{parent}."
        wanted = node.segment if node.flat else prefix + node.segment
        key = self.unique(wanted)
        pieces = node.pieces()
        own = [*node.heading, *pieces]
        first = own[0].start if own else node.start
        last = own[-1].end if own else (node.grid.end if node.grid else node.start + len(node.label))
        if node.heading:
            shown_start, shown_end = node.heading[0].start, node.heading[-1].end
        else:
            shown_start, shown_end = first, last
        provision = Provision(
            id=key,
            parent=parent,
            kind=node.kind,
            label=node.label,
            heading=heading_of(node.heading),
            text=text_of(pieces),
            confidence=node.confidence,
            source=Source(node.start, max(last, node.start), shown_start, shown_end, node.page),
        )
        entry = _Emitted(provision, node, last)
        index = len(self.out)
        self.out.append(entry)
        if node.grid is not None:
            self.grids.append((key, node))
        count = 0
        for item in node.items:
            if isinstance(item, Node):
                self._emit(item, key)
            elif node.kind not in ATOMIC:
                for sentence in self._sentences(item):
                    count += 1
                    self._sentence(f"{key}.s{count}", key, sentence, node)
        entry.last = len(self.out) - 1
        if entry.last == index:
            entry.last = index

    def _sentences(self, piece: Piece) -> Iterator[Piece]:
        for first, last in self.split(piece.text):
            yield piece.cut(first, last)

    def _sentence(self, wanted: str, parent: str, piece: Piece, node: Node) -> None:
        provision = Provision(
            id=self.unique(wanted),
            parent=parent,
            kind="sentence",
            label="",
            heading="",
            text=piece.text,
            confidence=min(piece.confidence, node.confidence),
            source=Source(piece.start, piece.end, piece.start, piece.end, piece.page),
        )
        self.out.append(_Emitted(provision, None, piece.end, len(self.out)))

    def _extend(self) -> None:
        """Let leaves take what stands before them, so that together they cover the text; containers span theirs."""
        parents = {entry.provision.parent for entry in self.out}
        leaves = [entry for entry in self.out if entry.provision.id not in parents]
        text = self.text
        position = 0
        for index, leaf in enumerate(leaves):
            source = leaf.provision.source
            if index + 1 < len(leaves):
                following = leaves[index + 1].provision.source.start
                cut = text.find("\n", max(leaf.own_end - 1, position), following)
                stop = cut if cut >= 0 else min(max(leaf.own_end, position), following)
                stop = max(stop, position)
            else:
                stop = len(text)
            start = position
            while start < stop and text[start].isspace():
                start += 1
            end = stop
            while end > start and text[end - 1].isspace():
                end -= 1
            source.start, source.end = start, end
            source.text_start = min(max(source.text_start, start), end)
            source.text_end = min(max(source.text_end, source.text_start), end)
            position = stop
        for entry in reversed(self.out):
            if entry.node is not None and entry.provision.id in parents:
                last = self.out[entry.last].provision.source.end
                source = entry.provision.source
                source.end = max(last, source.text_end)
