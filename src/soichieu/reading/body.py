"""The whole document as a tree: head, preamble, provisions, recipients, signature, annexes."""

from __future__ import annotations

from dataclasses import dataclass, field

from .blocks import Block, Grid, Line
from .front import Front, read_front
from .labels import Mark, find_mark
from .lines import annex_of, end_of_quotation, opens_heading, signed_below
from .mending import TERMINAL, is_upper
from .outline import Outline, finish
from .phrases import (
    ATTACHED,
    BASIS,
    CLOSING,
    DISSEMINATION,
    ENACTING,
    KIND_LINE,
    PAGE_NUMBER,
    POST,
    RECIPIENTS,
    SEPARATOR,
    SIGNED,
    SIGNING_FORM,
    person_name,
)
from .tree import Node, Piece, piece_of


@dataclass(slots=True)
class Ending:
    """Who signed, in what form, and who gets it."""

    form: str = ""
    posts: list[str] = field(default_factory=list)
    signer: str = ""
    recipients: list[str] = field(default_factory=list)
    dissemination: str = ""


@dataclass(slots=True)
class Body:
    """The tree with what its first and last lines say."""

    nodes: list[Node]
    front: Front
    ending: Ending
    warnings: list[str]
    attached_to: list[str] = field(default_factory=list)


class _Walker:
    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        self.warnings: list[str] = []
        self.front = read_front(blocks)
        self.ending = Ending()
        self.nodes: list[Node] = []
        self.attached_to: list[str] = []
        self.zone = "body"
        self.root = self._root()
        self.outline = Outline(self.root, self.warnings)
        self.bodies: list[Node] = [self.root]
        self.tables = 0
        self.annexes = 0
        self.last = ""
        self.quoted_until = -1
        self.closed = False
        self.title: Node | None = None

    def _root(self) -> Node:
        return Node(style="root", kind="root", segment="", flat=True)

    def run(self) -> Body:
        self._head()
        for index in range(self.front.used, len(self.blocks)):
            block = self.blocks[index]
            if isinstance(block, Grid):
                self._table(block)
            else:
                self._line(index, block)
        self._close_body()
        return Body(self.nodes, self.front, self.ending, self.warnings, self.attached_to)

    def _head(self) -> None:
        for role, line in self.front.parts:
            piece = piece_of(line)
            if piece is None:
                continue
            if self.nodes and self.nodes[-1].kind == role:
                self.nodes[-1].items.append(piece)
                continue
            name = {"letterhead": "head", "title": "title", "addressee": "addressee"}[role]
            self.nodes.append(Node(role, role, name, start=line.start, items=[piece], page=line.page))

    # Bodies: the document, then each annex

    def _close_body(self) -> None:
        """Put what was gathered in the open body among the nodes."""
        root = self.root
        for child in root.children():
            finish(child)
        loose: list[Node] = []
        top: list[Node] = []
        for item in root.items:
            if isinstance(item, Node):
                top.append(item)
                continue
            kind = "basis" if BASIS.match(item.text) else "enacting" if ENACTING.match(item.text) else "preamble"
            node = Node(kind, kind, str(len(loose) + 1), start=item.start, items=[item], page=item.page)
            loose.append(node)
            top.append(node)
        self._place(root, top, loose)

    def _place(self, root: Node, top: list[Node], loose: list[Node]) -> None:
        if root.kind != "root":
            root.items = list(top)
            for number, node in enumerate(loose, 1):
                node.segment = f"p{number}"
                node.kind = "paragraph" if node.kind == "preamble" else node.kind
            if root not in self.nodes:
                self.nodes.append(root)
            return
        plain = set(map(id, loose))
        first = next((index for index, node in enumerate(top) if id(node) not in plain), len(top))
        if loose[:first]:
            name = "preamble" if root is self.bodies[0] else f"preamble{self.bodies.index(root) + 1}"
            preamble = Node("preamble", "preamble", name, start=top[0].start, items=list(top[:first]))
            self.nodes.append(preamble)
        rest = 0
        for node in top[first:]:
            if id(node) in plain:
                rest += 1
                node.segment = f"p{rest}"
                node.kind = "paragraph" if node.kind == "preamble" else node.kind
            self.nodes.append(node)

    def _new_body(self, root: Node) -> None:
        self._close_body()
        self.root = root
        self.outline = Outline(root, self.warnings)
        self.title = None
        self.tables = 0
        self.zone = "title"
        self.last = ""

    # Lines

    def _line(self, index: int, line: Line) -> None:
        text = line.text
        if line.note:
            self._root_node("footnote", line)
            return
        if self._annex(line) or self._ends(index, line):
            self.last = text
            return
        if self.zone == "title" and self._title_line(index, line):
            self.last = text
            return
        self.zone = "body"
        if SEPARATOR.fullmatch(text) and not find_mark(text):
            self._note(line)
            return
        depth = DISSEMINATION.match(text)
        if depth:
            self.ending.dissemination = self.ending.dissemination or depth["depth"].strip()
            self._root_node("dissemination", line)
            self.last = text
            return
        mark = None if index <= self.quoted_until else find_mark(text)
        if mark is not None:
            mark = self.outline.settle(mark)
            if not self._believes(line, mark):
                mark = None
        elif index > self.quoted_until and text[:1] in '“"':
            self.quoted_until = max(self.quoted_until, end_of_quotation(self.blocks, index))
        if mark is not None:
            self.outline.add(line, mark)
        elif ENACTING.match(text) and len(self.outline.stack) == 1:
            self.outline.add_text(line)
        elif opens_heading(line, self.outline, self.last):
            self.outline.add_heading(line, line.level or 6)
        else:
            self.outline.add_text(line)
        self.closed = bool(CLOSING.search(text)) or (self.closed and not mark)
        self.last = text

    def _believes(self, line: Line, mark: Mark) -> bool:
        """A label that breaks its sequence in the middle of a sentence is a broken line, not a label."""
        if (
            mark.style == "letter"
            and not mark.label.endswith(")")
            and not line.text[mark.rest : mark.rest + 1].isupper()
        ):
            # "a. publish data" opens a list after a colon, or goes on with one; elsewhere it is a word.
            begun = mark.first and self.outline.top.last_text().endswith(":")
            return self.outline.fits(mark) and (begun or not mark.first)
        if mark.style in ("bullet", "plus") or self.outline.fits(mark):
            return True
        before = self.outline.top.last_text()
        if before and not TERMINAL.search(before) and not is_upper(before) and len(before) > 30:
            return False
        rest = line.text[mark.rest :]
        if mark.style in ("letter", "lroman", "capital") and mark.label.endswith("."):
            return False
        return bool(rest) or mark.style in ("part", "chapter", "section", "article")

    # Ends and annexes

    def _root_node(self, kind: str, line: Line) -> Node:
        piece = piece_of(line)
        node = Node(kind, kind, kind, start=line.start, items=[piece] if piece else [], rank=-1.0, page=line.page)
        self.root.items.append(node)
        if len(self.outline.stack) > 1:
            # What follows must come after it, so nothing of what is above stays open.
            del self.outline.stack[1:]
            self.outline.awaiting = None
        return node

    def _note(self, line: Line) -> None:
        node = self.root.last_child()
        piece = piece_of(line)
        if piece is None:
            return
        if node is not None and node.kind in ("note", "signature", "recipients", "enacting", "caption"):
            node.items.append(piece)
        elif not self.root.items or self.zone != "body":
            self._root_node("note", line)
        else:
            self.outline.add_text(line)

    def _annex(self, line: Line) -> bool:
        opened = annex_of(line, self.annexes + 1)
        if opened is None:
            return False
        self.annexes += 1
        self._new_body(opened)
        return True

    def _title_line(self, index: int, line: Line) -> bool:
        """The title of an annex, up to its first label or table."""
        text = line.text
        ahead = self.blocks[index + 1 : index + 4]
        before_attached = any(isinstance(block, Line) and ATTACHED.match(block.text) for block in ahead)
        mark = find_mark(text)
        if ATTACHED.match(text):
            self.attached_to.append(text)
            self._root_node("note", line)
            return True
        last = self.root.last_child()
        children = last is not None
        note = last if last is not None and last.kind == "note" else None
        piece = piece_of(line)
        if piece is None:
            return True
        if note is not None and self.attached_to and not self.attached_to[-1].rstrip().endswith(")"):
            self.attached_to[-1] += " " + text
            note.items.append(piece)
            return True
        if SEPARATOR.fullmatch(text):
            if note is None:
                self._root_node("note", line)
            else:
                note.items.append(piece)
            return True
        if mark is not None and (mark.first or mark.style in ("bullet", "plus")):
            return False
        titled = bool(self.root.heading) or self.title is not None
        if before_attached and not children and mark is None and len(text) < 500:
            self._add_title(piece)
            return True
        body = BASIS.match(text) is not None or (not is_upper(text) and titled and not line.level)
        if children or (body and (not line.bold or len(text) > 300)):
            return False
        if len(text) > 400 or text.endswith((".", ";", ":")):
            return False
        self._add_title(piece)
        return True

    def _add_title(self, piece: Piece) -> None:
        if self.title is not None:
            self.title.items.append(piece)
        else:
            self.root.heading.append(piece)

    def _ends(self, index: int, line: Line) -> bool:
        """Recipients and signature; what comes after them and is neither opens an attached document."""
        text = line.text
        if RECIPIENTS.match(text) and (text.rstrip().endswith(":") or len(text) < 14):
            self.zone = "recipients"
            self._root_node("recipients", line)
            return True
        form = SIGNING_FORM.match(text)
        if form and is_upper(form["post"]):
            self._sign(line, new=self.zone != "signature")
            self.ending.form = self.ending.form or form["form"]
            self.ending.posts.append(text)
            return True
        if self.zone not in ("recipients", "signature"):
            post = is_upper(text) and POST.match(text) and len(text) < 80
            if post and (self.closed or signed_below(self.blocks, index)):
                self._sign(line, new=True)
                self.ending.posts.append(text)
                return True
            return False
        return self._after_end(line)

    def _sign(self, line: Line, new: bool) -> None:
        last = self.root.last_child()
        if new or last is None or last.kind != "signature":
            self._root_node("signature", line)
        else:
            piece = piece_of(line)
            if piece:
                last.items.append(piece)
        self.zone = "signature"

    def _after_end(self, line: Line) -> bool:
        text = line.text
        node = self.root.last_child()
        piece = piece_of(line)
        if piece is None or node is None:
            return piece is None
        if SEPARATOR.fullmatch(text) or SIGNED.match(text) or PAGE_NUMBER.match(text):
            node.items.append(piece)
            return True
        if text.startswith(("-", "–", "+", "•")) and find_mark(text):
            if self.zone == "signature":
                self.zone = "recipients"
                self._root_node("recipients", line)
            else:
                node.items.append(piece)
            self.ending.recipients.append(text)
            return True
        upper = is_upper(text)
        if upper and (KIND_LINE.match(text) or line.level) and not POST.match(text):
            self._attach(line)
            return True
        if upper and POST.match(text):
            self._sign(line, new=self.zone == "recipients")
            self.ending.posts.append(text)
            return True
        if self.ending.posts and not self.ending.signer and (name := person_name(text)):
            self._sign(line, new=False)
            self.ending.signer = name
            return True
        mark = find_mark(text)
        if line.level or (mark is not None and mark.first) or ENACTING.match(text):
            return False
        if self.zone == "recipients" and not upper and len(text) < 200:
            if self.ending.recipients and not TERMINAL.search(self.last):
                self.ending.recipients[-1] += " " + text
            else:
                self.ending.recipients.append(text)
            node.items.append(piece)
            return True
        if len(text) < 120:
            node.items.append(piece)
            return True
        return False

    def _attach(self, line: Line) -> None:
        """A programme, plan or regulation that the document puts into force, printed after its signature."""
        used = {child.style for body in self.bodies for child in body.children()}
        flat = not used & {"roman", "decimal", "capital", "chapter", "part"}
        piece = piece_of(line)
        if flat:
            self._new_body(self._root())
            name = f"title{len(self.bodies) + 1}"
            self.title = Node("title", "title", name, start=line.start, items=[piece] if piece else [])
            self.nodes.append(self.title)
        else:
            self.annexes += 1
            root = Node("annex", "attachment", f"KT{self.annexes}", start=line.start, rank=-1.0, page=line.page)
            root.heading = [piece] if piece else []
            self._new_body(root)
        self.bodies.append(self.root)

    def _table(self, grid: Grid) -> None:
        self.zone = "body"
        self.tables += 1
        self.outline.add_table(grid, self.tables)
        self.last = ""


def read_body(blocks: list[Block]) -> Body:
    """The tree of a document from its blocks."""
    return _Walker(blocks).run()
