"""What became of each provision from one edition to the next.

Pure: takes two trees, gives the pairs. Rule (DESIGN: identity): same words first, at the nearest place; then the same
place with similar words (*changed*); what is left is *new* or *gone*. Words that only stand elsewhere are *moved*,
which makes nothing suspect. A citation plays no part except to break ties: numbers shift when a bullet is put in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Verdict = Literal["same", "moved", "changed", "new", "gone"]

SUSPECT: frozenset[str] = frozenset({"changed", "gone"})

# Below these, two texts are two texts. In the gap between the same neighbours less is asked than for one that also
# stands elsewhere: there a person, too, would say "this one was reworded". Tried on 57-NQ/TW: two different bullets of
# one point share at most a third of their words in order.
SIMILAR_IN_GAP = 0.4
SIMILAR_IN_PARENT = 0.55
SIMILAR_ELSEWHERE = 0.75


@dataclass(frozen=True)
class Node:
    """A node of a tree as matching sees it.

    ``key`` is unique in its tree; ``parent`` the key of its parent or None; ``words`` its own heading and text (of a
    node that is only a frame for others: empty); ``level`` what kind of node it is; ``identity`` opaque, None in a
    new tree. Nodes come in reading order, parents before children.
    """

    key: str
    parent: str | None
    words: str
    level: str
    identity: str | None = None


@dataclass(frozen=True)
class Match:
    """One identity's fate. ``identity`` is None for what is new; ``old`` and ``new`` are keys."""

    identity: str | None
    old: str | None
    new: str | None
    verdict: Verdict
    similarity: float = 1.0

    @property
    def suspect(self) -> bool:
        """Whether what hangs on it must be looked at again."""
        return self.verdict in SUSPECT


def same_words(text: str) -> str:
    """The text with its blanks made one: a line broken elsewhere is not another text."""
    return " ".join(text.split())


def similarity(old: str, new: str) -> float:
    """0 … 1: the share of words, in order, that two texts have in common (case and punctuation left out)."""
    left, right = _words(old), _words(new)
    if not left or not right:
        return 1.0 if left == right else 0.0
    common = sum((Counter(left) & Counter(right)).values())
    if 2 * common < SIMILAR_IN_GAP * (len(left) + len(right)):
        return 2 * common / (len(left) + len(right))
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def match_editions(old: Sequence[Node], new: Sequence[Node]) -> list[Match]:
    """Pair the nodes of two trees. Each node is in exactly one match; those of the new tree first, in its order."""
    pairs = _Pairing(old, new)
    pairs.by_words()
    pairs.by_frame()
    pairs.by_place()
    pairs.by_similarity_elsewhere()
    return pairs.verdicts()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


class _Tree:
    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = {node.key: node for node in nodes}
        if len(self.nodes) != len(nodes):
            raise ValueError("a tree names two nodes by one key")
        self.order = {node.key: position for position, node in enumerate(nodes)}
        self.children: dict[str | None, list[str]] = defaultdict(list)
        for node in nodes:
            if node.parent is not None and node.parent not in self.nodes:
                raise ValueError(f"{node.key}: its parent {node.parent} is not in the tree")
            self.children[node.parent].append(node.key)

    def parent(self, key: str) -> str | None:
        return self.nodes[key].parent

    def descendants(self, key: str) -> Iterable[str]:
        for child in self.children.get(key, ()):
            yield child
            yield from self.descendants(child)


class _Pairing:
    """The pairs found so far, and the rounds that find more."""

    def __init__(self, old: Sequence[Node], new: Sequence[Node]) -> None:
        self.old, self.new = _Tree(old), _Tree(new)
        self.to_new: dict[str, str] = {}
        self.to_old: dict[str, str] = {}
        self.alike: dict[str, float] = {}

    def pair(self, old: str, new: str, alike: float) -> None:
        self.to_new[old], self.to_old[new], self.alike[new] = new, old, alike

    def by_words(self) -> None:
        """Same words and level: unique ones at once, repeated ones by the nearest place."""
        olds: dict[tuple[str, str], list[str]] = defaultdict(list)
        news: dict[tuple[str, str], list[str]] = defaultdict(list)
        for tree, table in ((self.old, olds), (self.new, news)):
            for key, node in tree.nodes.items():
                words = same_words(node.words)
                if words:
                    table[node.level, words].append(key)
        repeated = []
        for signature, left in olds.items():
            right = news.get(signature, [])
            if len(left) == len(right) == 1:
                self.pair(left[0], right[0], 1.0)
            elif right:
                repeated.append((left, right))
        for left, right in repeated:
            self._nearest(left, right)

    def _nearest(self, left: list[str], right: list[str]) -> None:
        ranked = sorted((self._distance(o, n), self.old.order[o], self.new.order[n], o, n) for o in left for n in right)
        for *_rank, o, n in ranked:
            if o not in self.to_new and n not in self.to_old:
                self.pair(o, n, 1.0)

    def _distance(self, o: str, n: str) -> tuple[int, int, float]:
        """How far two places are apart: another parent; other neighbours; then places between the pairs around."""
        parent = self.old.parent(o)
        home = self.to_new.get(parent) if parent is not None else None
        elsewhere = int(home != self.new.parent(n))
        return elsewhere, self._other_neighbours(o, n), abs(self._shifted(o) - self.new.order[n])

    def _other_neighbours(self, o: str, n: str) -> int:
        """Of the nearest neighbours before and after, how many are not a pair: 0, 1 or 2."""
        missing = 0
        for step in (-1, 1):
            old_side = self._sibling(self.old, o, step)
            new_side = self._sibling(self.new, n, step)
            agree = (
                old_side is None and new_side is None
                if old_side is None or new_side is None
                else same_words(self.old.nodes[old_side].words) == same_words(self.new.nodes[new_side].words)
            )
            missing += not agree
        return missing

    @staticmethod
    def _sibling(tree: _Tree, key: str, step: int) -> str | None:
        siblings = tree.children[tree.parent(key)]
        at = siblings.index(key) + step
        return siblings[at] if 0 <= at < len(siblings) else None

    def _shifted(self, o: str) -> float:
        """Where an old node would stand in the new order, from the nearest old pair before it."""
        keys = getattr(self, "_fixed", None)
        if keys is None:
            keys = sorted((self.old.order[a], self.new.order[b]) for a, b in self.to_new.items())
            self._fixed: list[tuple[int, int]] = keys
        at = bisect_left(keys, (self.old.order[o], -1)) - 1
        if at < 0:
            return float(self.old.order[o])
        return keys[at][1] + (self.old.order[o] - keys[at][0])

    def by_frame(self) -> None:
        """A node whose words changed or that has none of its own is found by what it holds: most of its pairs agree."""
        for o in sorted(self.old.nodes, key=lambda key: -self.old.order[key]):
            if o in self.to_new:
                continue
            votes: Counter[str] = Counter()
            for child in self.old.children.get(o, ()):
                home = self.new.parent(self.to_new[child]) if child in self.to_new else None
                if home is not None and home not in self.to_old and self._same_level(o, home):
                    votes[home] += 1
            if votes:
                best, held = votes.most_common(1)[0]
                if 2 * held > min(len(self.old.children[o]), len(self.new.children[best])):
                    self.pair(o, best, similarity(self.old.nodes[o].words, self.new.nodes[best].words))

    def _same_level(self, o: str, n: str) -> bool:
        return self.old.nodes[o].level == self.new.nodes[n].level

    def by_place(self) -> None:
        """From the top down: under paired parents, what lies between the same neighbours or reads alike."""
        queue: list[tuple[str | None, str | None]] = [(None, None)]
        while queue:
            old_home, new_home = queue.pop(0)
            self._within(old_home, new_home)
            queue += [(o, self.to_new[o]) for o in self.old.children.get(old_home, ()) if o in self.to_new]
            # Pairs that moved to another parent are reached from there too.
            queue += [
                (self.to_old[n], n)
                for n in self.new.children.get(new_home, ())
                if n in self.to_old and self.old.parent(self.to_old[n]) != old_home
            ]

    def _within(self, old_home: str | None, new_home: str | None) -> None:
        lefts = [o for o in self.old.children.get(old_home, ()) if o not in self.to_new]
        rights = [n for n in self.new.children.get(new_home, ()) if n not in self.to_old]
        if not lefts or not rights:
            return
        gaps_old = self._gaps(self.old.children[old_home], self.to_new, dict.get)
        gaps_new = self._gaps(self.new.children[new_home], self.to_old, lambda _table, key: key)
        found = []
        for o in lefts:
            for n in rights:
                if not self._same_level(o, n):
                    continue
                alike = self._alike(o, n)
                beside = gaps_old[o] == gaps_new[n]
                if alike >= (SIMILAR_IN_GAP if beside else SIMILAR_IN_PARENT):
                    found.append((-alike - 0.2 * beside, self.old.order[o], self.new.order[n], o, n, alike))
        for *_rank, o, n, alike in sorted(found):
            if o not in self.to_new and n not in self.to_old:
                self.pair(o, n, alike)

    @staticmethod
    def _gaps(siblings: list[str], paired: dict[str, str], name: object) -> dict[str, tuple[str | None, str | None]]:
        """For each unpaired sibling the (new) names of the paired neighbours around it."""
        before: dict[str, str | None] = {}
        last: str | None = None
        for key in siblings:
            if key in paired:
                last = name(paired, key)  # type: ignore[operator]
            else:
                before[key] = last
        gaps: dict[str, tuple[str | None, str | None]] = {}
        after: str | None = None
        for key in reversed(siblings):
            if key in paired:
                after = name(paired, key)  # type: ignore[operator]
            else:
                gaps[key] = (before[key], after)
        return gaps

    def _alike(self, o: str, n: str) -> float:
        """Alike by own words; a frame without words by the words of all it holds."""
        left, right = self.old.nodes[o].words, self.new.nodes[n].words
        if not left.strip() and not right.strip():
            left = " ".join(self.old.nodes[key].words for key in self.old.descendants(o))
            right = " ".join(self.new.nodes[key].words for key in self.new.descendants(n))
            if not left and not right:
                return 1.0
        return similarity(left, right)

    def by_similarity_elsewhere(self) -> None:
        """Moved and lightly reworded at once: alike beyond doubt, anywhere in the tree."""
        lefts = [o for o in self.old.nodes if o not in self.to_new and _words(self.old.nodes[o].words)]
        rights = [n for n in self.new.nodes if n not in self.to_old and _words(self.new.nodes[n].words)]
        counts = {n: Counter(_words(self.new.nodes[n].words)) for n in rights}
        found = []
        for o in lefts:
            mine = Counter(_words(self.old.nodes[o].words))
            for n in rights:
                common = sum((mine & counts[n]).values())
                if not self._same_level(o, n) or 2 * common < SIMILAR_ELSEWHERE * (mine.total() + counts[n].total()):
                    continue
                alike = self._alike(o, n)
                if alike >= SIMILAR_ELSEWHERE:
                    found.append((-alike, self.old.order[o], self.new.order[n], o, n, alike))
        for *_rank, o, n, alike in sorted(found):
            if o not in self.to_new and n not in self.to_old:
                self.pair(o, n, alike)

    def verdicts(self) -> list[Match]:
        in_place = self._in_place()
        matches = []
        for n in self.new.nodes:
            o = self.to_old.get(n)
            if o is None:
                matches.append(Match(None, None, n, "new", 0.0))
                continue
            before, after = self.old.nodes[o], self.new.nodes[n]
            verdict: Verdict
            if same_words(before.words) != same_words(after.words):
                verdict = "changed"
            else:
                verdict = "same" if n in in_place else "moved"
            matches.append(Match(before.identity, o, n, verdict, round(self.alike[n], 4)))
        gone = [
            Match(node.identity, key, None, "gone", 0.0)
            for key, node in self.old.nodes.items()
            if key not in self.to_new
        ]
        return matches + gone

    def _in_place(self) -> set[str]:
        """New keys that kept their parent and, of the siblings that did, the longest run that kept its order."""
        kept: set[str] = set()
        for new_home, children in self.new.children.items():
            old_home = self.to_old.get(new_home) if new_home is not None else None
            if new_home is not None and old_home is None:
                continue
            stayed = [n for n in children if n in self.to_old and self.old.parent(self.to_old[n]) == old_home]
            run = _longest_rising([self.old.order[self.to_old[n]] for n in stayed])
            kept.update(stayed[at] for at in run)
        return kept


def _longest_rising(values: Sequence[int]) -> list[int]:
    """Positions of a longest strictly rising subsequence."""
    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        slot = bisect_left(tails, value)
        before.append(tail_at[slot - 1] if slot else -1)
        if slot == len(tails):
            tails.append(value)
            tail_at.append(at)
        else:
            tails[slot], tail_at[slot] = value, at
    run = []
    at = tail_at[-1] if tail_at else -1
    while at >= 0:
        run.append(at)
        at = before[at]
    return run[::-1]
