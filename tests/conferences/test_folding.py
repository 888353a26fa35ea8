"""The fold of a conference's book is total, and being caught up bit by bit tells the same as reading it whole."""

from __future__ import annotations

import copy
import datetime as dt
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from soichieu.conferences.kinds import EventKind, ItemState
from soichieu.conferences.state import State
from soichieu.conferences.state.folding import apply

START = dt.datetime(2025, 11, 14, 1, tzinfo=dt.UTC)
keys = st.sampled_from(["a", "b", "c", "d"])
days = st.sampled_from([None, "2025-11-01", "2025-12-31"])
words = st.text(max_size=8)
agendas = st.lists(keys, unique=True).map(
    lambda named: {
        "items": [{"key": key, "kind": "statement", "title": key, "minutes": 5, "site": key} for key in named]
    }
)
PAYLOADS: dict[str, st.SearchStrategy] = {
    EventKind.PLANNED: st.fixed_dictionaries({"title": words, "held_on": days}),
    EventKind.CHANGED: st.fixed_dictionaries({"place": words, "starts_at": st.sampled_from(["", "08:00"])}),
    EventKind.PREPARATION: st.fixed_dictionaries({"key": keys, "title": words, "owner": words, "due_on": days}),
    EventKind.PREPARED: st.fixed_dictionaries({"key": keys, "done_on": days}),
    EventKind.SITE: st.fixed_dictionaries({"key": keys, "name": words, "parent": keys, "order": st.integers(0, 9)}),
    EventKind.SITE_REMOVED: st.fixed_dictionaries({"key": keys}),
    EventKind.EXPECTED: st.fixed_dictionaries(
        {"site": keys, "expected": st.lists(keys, unique=True).map(lambda ks: [{"key": k, "post": k} for k in ks])}
    ),
    EventKind.ANSWERED: st.fixed_dictionaries({"site": keys, "key": keys, "answer": st.just("coming")}),
    EventKind.AGENDA: agendas,
    EventKind.STATEMENT: st.fixed_dictionaries({"key": keys, "site": keys, "subject": words, "minutes": st.just(7)}),
    EventKind.STATEMENT_TEXT: st.fixed_dictionaries({"key": keys, "text": words}),
    EventKind.STATEMENT_REVIEWED: st.fixed_dictionaries({"key": keys, "review": st.just("accepted")}),
    EventKind.ROLL: st.fixed_dictionaries({"site": keys, "present": st.integers(0, 9), "by": st.just("site")}),
    EventKind.FLOOR_GIVEN: st.fixed_dictionaries({"item": keys}),
    EventKind.FLOOR_ASKED: st.fixed_dictionaries({"key": keys, "site": keys}),
    EventKind.FLOOR_ANSWERED: st.fixed_dictionaries({"key": keys, "state": st.just("declined")}),
    EventKind.CORRECTION_ASKED: st.fixed_dictionaries({"key": keys, "site": keys, "words": words}),
    EventKind.CORRECTION_ANSWERED: st.fixed_dictionaries({"key": keys, "answer": words, "mended": st.booleans()}),
    EventKind.NOTED: st.fixed_dictionaries({"item": keys, "words": words}),
    EventKind.CONCLUSION: st.fixed_dictionaries({"finding": keys}),
    EventKind.CONCLUDED: st.fixed_dictionaries({"finding": keys}),
    EventKind.CONCLUSION_WITHDRAWN: st.fixed_dictionaries({"finding": keys}),
    **{
        kind: st.fixed_dictionaries({"item": keys})
        for kind in (
            EventKind.FLOOR_PAUSED,
            EventKind.FLOOR_RESUMED,
            EventKind.FLOOR_ENDED,
            EventKind.PASSED_OVER,
        )
    },
    EventKind.OPENED: st.just({}),
    EventKind.CLOSED: st.just({}),
}
books = st.lists(
    st.sampled_from(sorted(PAYLOADS)).flatmap(
        lambda kind: st.tuples(st.just(kind), PAYLOADS[kind], st.integers(-90, 600))
    ),
    max_size=40,
)


def events_of(book):
    """Lines as the book would hold them; the clock may be set back between two of them."""
    moment, found = START, []
    for position, (kind, payload, seconds) in enumerate(book, start=1):
        moment = moment + dt.timedelta(seconds=seconds)
        found.append(SimpleNamespace(kind=kind, payload=payload, position=position, happened_at=moment, by="ai đó"))
    return found


@given(books)
def test_no_book_breaks_the_fold_and_what_it_tells_is_sound(book):
    state = State("k", 1)
    for event in events_of(book):
        apply(state, event)
        speaking = [one for one in state.agenda if one.state in (ItemState.SPEAKING, ItemState.PAUSED)]
        assert len(speaking) <= 1
        assert len({one.key for one in state.agenda}) == len(state.agenda)
        for item in state.agenda:
            assert item.seconds(event.happened_at) >= 0
            assert (item.running_since is not None) == (item.state == ItemState.SPEAKING)
            assert all(until is not None for _since, until in item.spans[:-1])
        assert set(state.concluded) <= set(state.conclusions)
    assert state.position == len(book)


@given(books, st.integers(0, 40))
def test_caught_up_is_the_same_as_read_whole(book, cut):
    events = events_of(book)
    whole, early = State("k", 1), State("k", 1)
    for event in events:
        apply(whole, event)
    for event in events[:cut]:
        apply(early, event)
    late = copy.deepcopy(early)
    for event in events[cut:]:
        apply(late, event)
    assert late == whole
