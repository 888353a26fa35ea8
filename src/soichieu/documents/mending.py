"""Corrections by people, laid over the tree that the reader made. Pure: lists of dicts in, lists of dicts out.

A tree is the reading's ``provisions``: dicts with ``id`` (the citation), ``parent``, ``kind``, ``label``, ``heading``,
``text``, ``confidence``, ``source`` and here also ``nature``, in reading order, parents before children.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from soichieu.reading.model import text_hash

KINDS = ("relabel", "retitle", "reword", "nature", "level", "move", "split", "merge", "drop")
NATURES = ("", "viewpoint", "goal", "task", "solution", "organisation")

SENTENCE = "sentence"

Tree = list[dict[str, Any]]


class CannotMend(ValueError):
    """A correction that makes no sense here: ``citation`` says where, ``reason`` (a message id) and ``values`` why."""

    def __init__(self, citation: str, reason: str, **values: Any) -> None:
        super().__init__(f"{citation}: {reason % values if values else reason}")
        self.citation, self.reason, self.values = citation, reason, values


@dataclass(frozen=True)
class Mending:
    """One correction: what, where (``citation`` and, for later readings, the node's ``hash``), with which values."""

    kind: str
    citation: str
    values: Mapping[str, Any] = field(default_factory=dict)
    hash: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "citation": self.citation, "values": dict(self.values), "hash": self.hash}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Mending:
        return cls(data["kind"], data["citation"], data.get("values", {}), data.get("hash", ""))


def own_texts(tree: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Each node's own words, its heading apart; of a paragraph that was cut into sentences: all of theirs.

    So a bullet is *changed* when a sentence of it is, and what stands above the bullet is not.
    """
    parts: dict[str, list[str]] = {}
    for node in tree:
        if node["kind"] == SENTENCE and node.get("parent"):
            parts.setdefault(node["parent"], []).append(node.get("text") or "")
    return {n["id"]: " ".join(parts[n["id"]]) if n["id"] in parts else n.get("text") or "" for n in tree}


def own_hashes(tree: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What anchors a correction to each node: its own words, however its lines are broken."""
    texts = own_texts(tree)
    return {node["id"]: text_hash(node.get("heading") or "", texts[node["id"]]) for node in tree}


def _bare(tree: Sequence[Mapping[str, Any]]) -> Tree:
    """A copy in which each word stands once: a paragraph's words in its sentences alone."""
    divided = {node["parent"] for node in tree if node["kind"] == SENTENCE}
    return [dict(node, text="") if node["id"] in divided else dict(node) for node in tree]


def mend_tree(tree: Sequence[Mapping[str, Any]], mendings: Iterable[Mending]) -> tuple[Tree, list[Mending]]:
    """The tree after the corrections, in turn, and the corrections as laid, each with the hash that anchors it.

    Raises ``CannotMend`` at the first that makes no sense; nothing is changed then (the tree given is never changed).
    """
    current = _bare(tree)
    laid = []
    for mending in mendings:
        at = _find(current, mending.citation)
        laid.append(Mending(mending.kind, mending.citation, mending.values, own_hashes(current)[current[at]["id"]]))
        current = _mend(current, at, mending)
    return current, laid


def lay_over(
    tree: Sequence[Mapping[str, Any]], mendings: Iterable[Mending]
) -> tuple[Tree, list[Mending], list[Mending]]:
    """Lay earlier corrections over a new reading: (tree, those laid, those whose place was not found again).

    A place is found by the words that stood there (``hash``), the same citation first, then the nearest one.
    """
    current = _bare(tree)
    laid, lost = [], []
    for mending in mendings:
        at = _find_again(current, mending)
        if at is None:
            lost.append(mending)
            continue
        try:
            moved = Mending(mending.kind, current[at]["id"], mending.values, mending.hash)
            current = _mend(current, at, moved)
        except CannotMend:
            lost.append(mending)
        else:
            laid.append(moved)
    return current, laid, lost


def _find(tree: Tree, citation: str) -> int:
    for at, node in enumerate(tree):
        if node["id"] == citation:
            return at
    raise CannotMend(citation, "there is no such place in the text")


def _find_again(tree: Tree, mending: Mending) -> int | None:
    hashes = own_hashes(tree)
    same = [at for at, node in enumerate(tree) if hashes[node["id"]] == mending.hash]
    for at in same:
        if tree[at]["id"] == mending.citation:
            return at
    # A frame without words of its own is the same as any other frame: only its citation tells it.
    same = [] if mending.hash == text_hash("", "") else same
    return same[0] if len(same) == 1 else None


def _mend(tree: Tree, at: int, mending: Mending) -> Tree:
    node, values = tree[at], mending.values
    match mending.kind:
        case "relabel":
            node["label"] = str(values["label"]).strip()
            return renumber(tree, node["parent"])
        case "retitle":
            node["heading"] = str(values["heading"]).strip()
        case "reword":
            text = str(values["text"]).strip()
            if not text:
                raise CannotMend(node["id"], "a text cannot be empty; leave the place out instead")
            if any(one["parent"] == node["id"] and one["kind"] == SENTENCE for one in tree):
                raise CannotMend(node["id"], "it is cut into sentences; mend one of those")
            node["text"] = text
        case "nature":
            if values["nature"] not in NATURES:
                raise CannotMend(node["id"], "%(nature)s is no nature of a provision", nature=values["nature"])
            for index in _subtree(tree, at):
                tree[index]["nature"] = values["nature"]
        case "level":
            node["kind"] = str(values["kind"])
            return renumber(tree, node["parent"])
        case "move":
            return _move(tree, at, str(values.get("parent") or ""), values.get("after") or None)
        case "split":
            return _split(tree, at, int(values["at"]))
        case "merge":
            return _merge(tree, at)
        case "drop":
            gone = set(_subtree(tree, at))
            parent = node["parent"]
            return renumber([one for index, one in enumerate(tree) if index not in gone], parent)
        case _:
            raise CannotMend(node["id"], "%(kind)s is no kind of correction", kind=mending.kind)
    return tree


def _subtree(tree: Tree, at: int) -> list[int]:
    inside, found = {tree[at]["id"]}, [at]
    for index in range(at + 1, len(tree)):
        if tree[index]["parent"] in inside:
            inside.add(tree[index]["id"])
            found.append(index)
    return found


def _move(tree: Tree, at: int, parent: str, after: str | None) -> Tree:
    """Under ``parent`` ("" is the top), behind the sibling ``after`` or, without one, first."""
    moving = _subtree(tree, at)
    names = {tree[index]["id"] for index in moving}
    if parent in names or after in names:
        raise CannotMend(tree[at]["id"], "a place cannot be moved into itself")
    old_parent = tree[at]["parent"]
    block = [tree[index] for index in moving]
    rest = [node for index, node in enumerate(tree) if index not in set(moving)]
    if after:
        sibling = _find(rest, after)
        if (rest[sibling]["parent"] or "") != parent:
            raise CannotMend(after, "it does not stand under %(parent)s", parent=parent or "–")
        place = _subtree(rest, sibling)[-1] + 1
    else:
        place = _find(rest, parent) + 1 if parent else 0
    block[0]["parent"] = parent or None
    # Two siblings must not share a name while the numbers are made again.
    moved = rest[:place] + block + rest[place:]
    block_names = {node["id"]: f"\0{node['id']}" for node in block}
    for node in block:
        node["parent"] = block_names.get(node["parent"], node["parent"])
        node["id"] = block_names[node["id"]]
    moved = renumber(moved, parent or None)
    if old_parent != (parent or None):
        survivors = {node["id"] for node in moved}
        moved = renumber(moved, old_parent) if old_parent is None or old_parent in survivors else moved
    return moved


def _split(tree: Tree, at: int, offset: int) -> Tree:
    """Divide a node's text before the character ``offset``; the second half is the next sibling, of the same kind."""
    node = tree[at]
    first, second = node["text"][:offset].rstrip(), node["text"][offset:].lstrip()
    if not first or not second:
        raise CannotMend(node["id"], "there must be words before and after the place where it is split")
    if len(_subtree(tree, at)) > 1:
        raise CannotMend(node["id"], "it holds other places; split one of those")
    beside = dict(node, id=f"\0{node['id']}", text=second, heading="", label="")
    source = node.get("source")
    if isinstance(source, Mapping) and isinstance(source.get("start"), int):
        cut = min(source.get("text_start", source["start"]) + offset, source["end"])
        node["source"] = {**source, "end": cut}
        beside["source"] = {**source, "start": cut}
    node["text"] = first
    return renumber([*tree[: at + 1], beside, *tree[at + 1 :]], node["parent"])


def _merge(tree: Tree, at: int) -> Tree:
    """Join a node to the sibling before it: texts joined, what it held goes there."""
    node = tree[at]
    before = next((i for i in range(at - 1, -1, -1) if tree[i]["parent"] == node["parent"]), None)
    if before is None:
        raise CannotMend(node["id"], "nothing stands before it at the same level")
    target = tree[before]
    words = [part for part in (target["text"], node.get("heading", ""), node["text"]) if part]
    target["text"] = " ".join(words)
    first, second = target.get("source"), node.get("source")
    if isinstance(first, Mapping) and isinstance(second, Mapping) and "end" in second:
        target["source"] = {**first, "end": second["end"]}
    for other in tree:
        if other["parent"] == node["id"]:
            other["parent"] = target["id"]
            other["id"] = f"\0{other['id']}"
            for below in tree:
                if below["parent"] == other["id"][1:]:
                    below["parent"] = other["id"]
    rest = [one for index, one in enumerate(tree) if index != at]
    return renumber(renumber(rest, target["id"]), node["parent"])


def renumber(tree: Tree, parent: str | None) -> Tree:
    """Make the citations of one parent's children, and of all below them, again."""
    counts: dict[str, int] = {}
    taken: set[str] = set()
    names: dict[str, str] = {}
    for node in tree:
        if node["parent"] != parent:
            continue
        segment = _segment(node, parent, counts)
        name = f"{parent}.{segment}" if parent else segment
        wanted, again = name, 1
        while name in taken:
            again += 1
            name = f"{wanted}~{again}"
        taken.add(name)
        names[node["id"]] = name
    renamed = dict(names)
    result = []
    for node in tree:
        old = node["id"]
        if old not in renamed and node["parent"] in renamed:
            below = old.removeprefix("\0").removeprefix(f"{node['parent'].removeprefix(chr(0))}.")
            renamed[old] = f"{renamed[node['parent']]}.{below}"
        result.append(dict(node, id=renamed.get(old, old), parent=renamed.get(node["parent"], node["parent"])))
    return result


def _segment(node: Mapping[str, Any], parent: str | None, counts: dict[str, int]) -> str:
    """A child's own part of its citation: counted for sentences and bullets, its number for what is numbered."""
    kind, label = str(node["kind"]), str(node.get("label", ""))
    bare = re.sub(r"[^\w.]+", " ", label).strip(" .").split(" ")[-1] if label else ""
    if kind == SENTENCE:
        counts["s"] = counts.get("s", 0) + 1
        return f"s{counts['s']}"
    if bare and re.fullmatch(r"[\w.]+", bare):
        if parent and bare.startswith(f"{parent}."):
            return bare.removeprefix(f"{parent}.")
        return bare
    mark = "+" if label.strip().startswith("+") else "-"
    counts[mark] = counts.get(mark, 0) + 1
    return f"{mark}{counts[mark]}"
