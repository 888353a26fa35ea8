"""Soi chiếu: what `align` promises whatever the texts are."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soichieu.alignment import RELATIONS, Item, Provision, align
from tools.judged import read_folder

TEXTS = st.lists(st.text(max_size=60), min_size=1, max_size=6)


@given(TEXTS, TEXTS)
def test_it_ranks_every_provision_for_every_item_whatever_the_texts(left, right):
    items = [Item(f"i{n}", text) for n, text in enumerate(left)]
    provisions = [Provision(f"p{n}", text) for n, text in enumerate(right)]
    found = align(items, provisions)
    for item in items:
        suggestions = found.of(item.id)
        assert [one.rank for one in suggestions] == list(range(1, len(right) + 1))
        assert {one.right for one in suggestions} == {text.id for text in provisions}
        assert all(0 <= one.score <= 1 and one.relation in RELATIONS for one in suggestions)
        assert [one.score for one in suggestions] == sorted((one.score for one in suggestions), reverse=True)
        found.reasons(item.id, suggestions[0].right)
    assert list(align(items, provisions)) == list(found)


def test_ids_mean_nothing():
    folder = read_folder("nq03-tasks-to-nq57-sentences-dev")
    names = [f"x{number}" for number in range(len(folder.left) + len(folder.right))]
    random.Random(7).shuffle(names)
    left = [Item(name, text.text) for name, text in zip(names, folder.left, strict=False)]
    right = [Provision(name, text.text) for name, text in zip(names[len(left) :], folder.right, strict=True)]
    back = {new.id: old.id for new, old in zip(left + right, folder.left + folder.right, strict=True)}
    plain = [(one.left, one.rank, one.right, one.score, one.relation) for one in align(folder.left, folder.right)]
    shuffled = align(left, right)
    assert [(back[one.left], one.rank, back[one.right], one.score, one.relation) for one in shuffled] == plain


def test_top_gives_so_many_and_the_same_ones():
    folder = read_folder("nist-csf-1.1-to-2.0")
    whole, some = align(folder.left, folder.right), align(folder.left, folder.right, top=3)
    for item in folder.left:
        first, of_all = some.of(item.id), whole.of(item.id)[:3]
        assert [(one.right, one.rank, one.relation) for one in first] == [
            (one.right, one.rank, one.relation) for one in of_all
        ]
        # The sums are added up in another order when fewer are wanted: equal but for the last digits.
        assert [one.score for one in first] == pytest.approx([one.score for one in of_all], rel=1e-5)
    assert len(align(folder.left, folder.right, top=10_000).of(folder.left[0].id)) == len(folder.right)


def test_it_refuses_what_cannot_be_aligned():
    one, two = [Item("1", "một")], [Provision("a", "hai")]
    with pytest.raises(ValueError, match="at least one"):
        align([], two)
    with pytest.raises(ValueError, match="twice"):
        align(one, [*two, *two])
    with pytest.raises(ValueError, match="from 1"):
        align(one, two, top=0)
