"""How one event changes the state. Total: an event that no longer fits (its site was taken out) changes nothing.

What each kind carries (``payload``):

========================  ==========================================================================================
planned, changed          fields of ``State``: title, kind, mode, held_on (ISO), starts_at (HH:MM), place, layout,
                          chair, co_chairs, seniors, secretary, host, directives (ids), follows, published_only,
                          source_note, sites_stated
preparation               key, title, owner, due_on · prepared: key, done_on, note
site                      key, and fields of ``Site`` · site_removed: key · expected: site, heads, expected [{key,
                          post, name}] · answered: site, key, answer, substitute, reason · invited: on
agenda                    items [{key, kind, title, minutes, site, statement, speaker, lead_in}]: replaces all lines but
                          those that have had the floor, which stay as they were
statement                 key, site, subject, minutes, due_on, reserve, author · statement_text: key, text, file,
                          file_name, delivery, author · statement_reviewed: key, review, note
own_review                unit, document, label
cut                       key, label, directive, as_at, known_at, position, shown_from
recording                 on · roll: site, present, of, by, remark
floor_given               item, or a new line {key, kind, title, minutes, site, speaker}, request
floor_paused, resumed, ended   item · passed_over: item
floor_asked               key, site, words · floor_answered: key, state, reason
correction_asked          key, site, cut, words · correction_answered: key, answer, mended
screen                    what, ref, directive · noted: item, words · finding, conclusion, concluded,
                          conclusion_withdrawn: finding
paper                     what, label, document, file · notice: document, number, signed_on, included [{finding,
                          requirement}], left_out [{finding, reason}]
========================  ==========================================================================================
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from soichieu.conferences.kinds import EventKind, ItemState, Phase, RequestState
from soichieu.conferences.models import Event
from soichieu.conferences.state.parts import (
    Correction,
    Cut,
    Expected,
    Item,
    Note,
    Preparation,
    Request,
    Shown,
    Site,
    State,
    Statement,
)

Payload = dict[str, Any]

_FACTS = {
    "title", "kind", "mode", "place", "layout", "chair", "co_chairs", "seniors", "secretary", "host", "directives",
    "follows", "published_only", "source_note", "sites_stated",
}  # fmt: skip
_SITE = {one.name for one in fields(Site)} - {"key", "expected", "present", "rolled_at", "rolled_by", "remark"}
_ITEM = ("kind", "title", "minutes", "site", "statement", "speaker", "lead_in")


def apply(state: State, event: Event) -> None:
    """Let one event change the state, in place. Events must come in the order of their positions."""
    handler = _HANDLERS.get(event.kind)
    if handler is not None:
        handler(state, event.payload, event)
    state.position = event.position


def _day(words: str | None) -> dt.date | None:
    return dt.date.fromisoformat(words) if words else None


def _facts(state: State, said: Payload, _event: Event) -> None:
    for name in _FACTS & said.keys():
        setattr(state, name, said[name])
    if "held_on" in said:
        state.held_on = _day(said["held_on"])
    if "starts_at" in said:
        state.starts_at = dt.time.fromisoformat(said["starts_at"]) if said["starts_at"] else None


def _preparation(state: State, said: Payload, _event: Event) -> None:
    before = state.preparations.get(said["key"])
    state.preparations[said["key"]] = Preparation(
        said["key"], said["title"], said["owner"], _day(said.get("due_on")), before.done_on if before else None,
        before.note if before else "",
    )  # fmt: skip


def _prepared(state: State, said: Payload, _event: Event) -> None:
    if task := state.preparations.get(said["key"]):
        task.done_on, task.note = _day(said.get("done_on")), said.get("note", "")


def _site(state: State, said: Payload, _event: Event) -> None:
    site = state.sites.setdefault(said["key"], Site(said["key"], said.get("name", "")))
    for name in _SITE & said.keys():
        setattr(site, name, said[name])


def _site_removed(state: State, said: Payload, _event: Event) -> None:
    gone = state.sites.pop(said["key"], None)
    for site in state.sites.values():
        if gone is not None and site.parent == gone.key:
            site.parent = gone.parent


def _expected(state: State, said: Payload, _event: Event) -> None:
    if site := state.sites.get(said["site"]):
        before = site.expected
        site.expected = {}
        for one in said.get("expected", ()):
            kept = before.get(one["key"])
            site.expected[one["key"]] = Expected(
                one["key"], one["post"], one.get("name", ""), kept.answer if kept else "",
                kept.substitute if kept else "", kept.reason if kept else "",
            )  # fmt: skip
        site.expected_heads = said.get("heads", site.expected_heads)


def _answered(state: State, said: Payload, _event: Event) -> None:
    site = state.sites.get(said["site"])
    if site is not None and (one := site.expected.get(said["key"])):
        one.answer, one.substitute = said["answer"], said.get("substitute", "")
        one.reason = said.get("reason", "")


def _agenda(state: State, said: Payload, _event: Event) -> None:
    begun = {item.key: item for item in state.agenda if item.state != ItemState.WAITING}
    wanted = [
        begun.get(one["key"]) or Item(one["key"], **{name: one.get(name, "") for name in _ITEM})
        for one in said["items"]
    ]
    named = {item.key for item in wanted}
    # What has had the floor stays, at the head, even where a later agenda no longer names it.
    state.agenda = [item for item in state.agenda if item.key in begun and item.key not in named] + wanted


def _statement(state: State, said: Payload, _event: Event) -> None:
    statement = state.statements.setdefault(
        said["key"], Statement(said["key"], said["site"], said["subject"], said["minutes"])
    )
    statement.site, statement.subject, statement.minutes = said["site"], said["subject"], said["minutes"]
    statement.due_on, statement.reserve = _day(said.get("due_on")), bool(said.get("reserve"))
    statement.author = said.get("author", statement.author)


def _statement_text(state: State, said: Payload, event: Event) -> None:
    if statement := state.statements.get(said["key"]):
        statement.text, statement.file = said.get("text", ""), said.get("file")
        statement.file_name, statement.delivery = said.get("file_name", ""), said.get("delivery", statement.delivery)
        statement.author = said.get("author") or statement.author
        statement.registered_at, statement.edition = event.happened_at, statement.edition + 1
        statement.review = statement.review_note = ""


def _statement_reviewed(state: State, said: Payload, _event: Event) -> None:
    if statement := state.statements.get(said["key"]):
        statement.review, statement.review_note = said["review"], said.get("note", "")


def _cut(state: State, said: Payload, event: Event) -> None:
    state.cuts[said["key"]] = Cut(
        said["key"], said["label"], said["directive"], dt.date.fromisoformat(said["as_at"]),
        dt.datetime.fromisoformat(said["known_at"]), said["position"], event.happened_at, _day(said.get("shown_from")),
    )  # fmt: skip


def _opened(state: State, _said: Payload, event: Event) -> None:
    state.phase, state.opened_at = Phase.OPEN, state.opened_at or event.happened_at


def _closed(state: State, _said: Payload, event: Event) -> None:
    if item := state.current:
        _stop(item, event.happened_at, ItemState.DONE)
    state.phase, state.closed_at = Phase.OVER, event.happened_at


def _archived(state: State, _said: Payload, _event: Event) -> None:
    state.phase = Phase.ARCHIVED


def _recording(state: State, said: Payload, _event: Event) -> None:
    state.recording = bool(said["on"])
    state.ever_recorded = state.ever_recorded or state.recording


def _roll(state: State, said: Payload, event: Event) -> None:
    if site := state.sites.get(said["site"]):
        site.present, site.rolled_at, site.rolled_by = said["present"], event.happened_at, said["by"]
        site.remark = said.get("remark", "")
        if said.get("of") is not None:
            site.expected_heads = said["of"]


def _stop(item: Item, at: dt.datetime, new: str) -> None:
    if item.running_since is not None:
        since = item.spans[-1][0]
        item.spans[-1] = (since, max(since, at))
    item.state = new


def _floor_given(state: State, said: Payload, event: Event) -> None:
    item = state.item(said["item"])
    if item is None and "kind" in said:
        item = Item(said["item"], **{name: said.get(name, "") for name in _ITEM}, unscripted=True)
        before = state.current
        begun = [place for place, one in enumerate(state.agenda) if one.state != ItemState.WAITING]
        state.agenda.insert((state.agenda.index(before) if before else begun[-1] if begun else -1) + 1, item)
    if item is None:
        return
    if (speaking := state.current) is not None and speaking is not item:
        _stop(speaking, event.happened_at, ItemState.DONE)
    if item.running_since is None:
        item.spans.append((event.happened_at, None))
    item.state = ItemState.SPEAKING
    if request := state.requests.get(said.get("request", "")):
        request.state, request.item = RequestState.GRANTED, item.key


def _floor_paused(state: State, said: Payload, event: Event) -> None:
    if (item := state.item(said["item"])) and item.state == ItemState.SPEAKING:
        _stop(item, event.happened_at, ItemState.PAUSED)


def _floor_resumed(state: State, said: Payload, event: Event) -> None:
    if (item := state.item(said["item"])) and item.state == ItemState.PAUSED:
        item.spans.append((event.happened_at, None))
        item.state = ItemState.SPEAKING


def _floor_ended(state: State, said: Payload, event: Event) -> None:
    if (item := state.item(said["item"])) and item.state in (ItemState.SPEAKING, ItemState.PAUSED):
        _stop(item, event.happened_at, ItemState.DONE)


def _passed_over(state: State, said: Payload, _event: Event) -> None:
    if (item := state.item(said["item"])) and item.state == ItemState.WAITING:
        item.state = ItemState.PASSED_OVER


def _floor_asked(state: State, said: Payload, event: Event) -> None:
    state.requests[said["key"]] = Request(said["key"], said["site"], said.get("words", ""), event.happened_at)


def _floor_answered(state: State, said: Payload, _event: Event) -> None:
    if request := state.requests.get(said["key"]):
        request.state, request.reason = said["state"], said.get("reason", "")


def _correction_asked(state: State, said: Payload, event: Event) -> None:
    state.corrections[said["key"]] = Correction(
        said["key"], said["site"], said.get("cut", ""), said["words"], event.happened_at
    )


def _correction_answered(state: State, said: Payload, event: Event) -> None:
    if one := state.corrections.get(said["key"]):
        one.answer, one.mended, one.answered_at = said["answer"], bool(said["mended"]), event.happened_at


def _screen(state: State, said: Payload, _event: Event) -> None:
    state.screen = Shown(said["what"], said.get("ref", ""), said.get("directive"))


def _noted(state: State, said: Payload, event: Event) -> None:
    state.notes.append(Note(event.position, said["item"], said["words"], event.happened_at, event.by))


def _into(name: str) -> Callable[[State, Payload, Event], None]:
    def put(state: State, said: Payload, _event: Event) -> None:
        keys: list[str] = getattr(state, name)
        if said["finding"] not in keys:
            keys.append(said["finding"])

    return put


def _concluded(state: State, said: Payload, event: Event) -> None:
    for name in ("conclusions", "concluded"):
        _into(name)(state, said, event)


def _withdrawn(state: State, said: Payload, event: Event) -> None:
    _into("withdrawn")(state, said, event)
    if said["finding"] in state.concluded:
        state.concluded.remove(said["finding"])


def _notice(state: State, said: Payload, _event: Event) -> None:
    state.notice = dict(said)


def _invited(state: State, said: Payload, _event: Event) -> None:
    state.invited_on = _day(said["on"])


def _append(name: str) -> Callable[[State, Payload, Event], None]:
    def put(state: State, said: Payload, event: Event) -> None:
        getattr(state, name).append({**said, "position": event.position})

    return put


_HANDLERS: dict[str, Callable[[State, Payload, Event], None]] = {
    EventKind.PLANNED: _facts,
    EventKind.CHANGED: _facts,
    EventKind.PREPARATION: _preparation,
    EventKind.PREPARED: _prepared,
    EventKind.SITE: _site,
    EventKind.SITE_REMOVED: _site_removed,
    EventKind.EXPECTED: _expected,
    EventKind.ANSWERED: _answered,
    EventKind.INVITED: _invited,
    EventKind.AGENDA: _agenda,
    EventKind.STATEMENT: _statement,
    EventKind.STATEMENT_TEXT: _statement_text,
    EventKind.STATEMENT_REVIEWED: _statement_reviewed,
    EventKind.OWN_REVIEW: _append("own_reviews"),
    EventKind.CUT: _cut,
    EventKind.OPENED: _opened,
    EventKind.RECORDING: _recording,
    EventKind.ROLL: _roll,
    EventKind.FLOOR_GIVEN: _floor_given,
    EventKind.FLOOR_PAUSED: _floor_paused,
    EventKind.FLOOR_RESUMED: _floor_resumed,
    EventKind.FLOOR_ENDED: _floor_ended,
    EventKind.PASSED_OVER: _passed_over,
    EventKind.FLOOR_ASKED: _floor_asked,
    EventKind.FLOOR_ANSWERED: _floor_answered,
    EventKind.CORRECTION_ASKED: _correction_asked,
    EventKind.CORRECTION_ANSWERED: _correction_answered,
    EventKind.SCREEN: _screen,
    EventKind.NOTED: _noted,
    EventKind.FINDING: _into("findings"),
    EventKind.CONCLUSION: _into("conclusions"),
    EventKind.CONCLUDED: _concluded,
    EventKind.CONCLUSION_WITHDRAWN: _withdrawn,
    EventKind.CLOSED: _closed,
    EventKind.PAPER: _append("papers"),
    EventKind.NOTICE: _notice,
    EventKind.ARCHIVED: _archived,
}
