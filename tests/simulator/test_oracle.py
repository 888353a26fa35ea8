"""The oracle on histories made by hand: the page's own example, and each of its rules."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.simulator.histories import History, day
from tests.simulator.rule import LIFECYCLE, NO, STATES


def test_the_example_of_the_page() -> None:
    history = History()
    history("opened", "1-6", deadline="30-6")
    history("claimed", "25-6")
    history("returned", "10-7", deadline="20-7")
    history("claimed", "15-7")
    history("accepted", "2-8")
    cell = history.cell("31-12")
    assert (cell.lifecycle, cell.verification) == ("done", "accepted")
    assert (cell.timeliness, cell.days_late) == ("done_in_time", 0)
    assert (cell.timeliness_original, cell.days_late_original) == ("done_late", 15)
    assert (cell.claim_day, cell.done_day) == (day("15-7"), day("2-8"))
    assert cell.clock == {"lead": 24 + 5, "confirmer": 15 + 18, "nobody": (day("31-12") - day("2-8")).days}


def test_nothing_is_absent() -> None:
    cell = History().cell("1-1")
    assert (cell.lifecycle, cell.timeliness, cell.verification, cell.holder_id) == (
        "absent",
        "no_deadline",
        "none",
        None,
    )
    assert cell.clock == {}


def test_an_entry_after_the_as_at_or_beyond_the_known_position_does_not_count() -> None:
    history = History()
    history("opened", "1-6")
    history("started", "10-6")
    assert history.cell("9-6").state == "NS"
    assert history.cell("10-6").state == "IP"
    assert history.cell("10-6", 1).state == "NS"
    assert history.cell("10-6", 0).state == "AB"


def test_a_moment_is_the_last_position_recorded_no_later() -> None:
    history = History()
    history("opened", "1-6")
    history("started", "10-6")
    second = history.oracle.moments[1][1]
    assert history.cell("31-12", second).state == "IP"
    assert history.cell("31-12", second - dt.timedelta(microseconds=1)).state == "NS"


def test_a_back_dated_entry_takes_its_place_by_day_and_then_by_position() -> None:
    history = History()
    history("opened", "5-6")
    history("started", "10-6")
    history("submitted", "8-6")  # recorded later, happened before: the start then finds it submitted
    assert history.cell("31-12").state == "SU"
    assert history.cell("31-12").flagged == 1
    history("noted", "1-6")  # before the opening
    assert history.cell("31-12").flagged == 2


def test_a_voided_entry_never_was_whatever_the_as_at() -> None:
    history = History("claimed")
    history("opened", "1-6")
    claim = history("claimed", "10-6")
    history("voided", "1-9", voids=claim)
    assert history.cell("15-6").state == "NS"
    assert history.cell("15-6", 2).state == "DO"


def test_a_voiding_cannot_be_voided_and_must_come_after_in_the_same_obligation() -> None:
    history = History("claimed")
    history.duty(2)
    history("opened", "1-6")
    history("voided", "1-6", voids=3)  # names a later entry: nothing
    claim = history("claimed", "10-6")
    history("voided", "12-6", voids=claim, on=2)  # of another obligation: nothing
    assert history.cell("31-12").state == "DO"
    voiding = history("voided", "13-6", voids=claim)
    history("voided", "14-6", voids=voiding)
    assert history.cell("31-12").state == "NS"
    assert history.cell("31-12").flagged == 0


@pytest.mark.parametrize(
    ("closing", "ladder", "kind", "fields", "state"),
    [
        ("issued", "carried_out", "issued", {}, "DO"),
        ("issued", "carried_out", "issued", {"paper": False}, "AC"),
        ("issued", "carried_out", "claimed", {}, "AC"),
        ("claimed", "carried_out", "issued", {}, "AC"),
        ("claimed", "carried_out", "claimed", {}, "DO"),
        ("claimed", "carried_out", "claimed", {"paper": False}, "AC"),
        ("accepted", "carried_out", "issued", {}, "AC"),
        ("accepted", "carried_out", "claimed", {}, "AC"),
        ("issued", "made_concrete", "responded", {"choice": "directly"}, "DO"),
        ("issued", "made_concrete", "responded", {"choice": "directly", "paper": False}, "AC"),
        ("issued", "carried_out", "responded", {"choice": "directly"}, "NS"),
        ("accepted", "made_concrete", "responded", {"choice": "directly"}, "NS"),
        ("issued", "made_concrete", "responded", {"choice": "own_plan"}, "NS"),
    ],
)  # fmt: skip
def test_which_row_a_claim_takes(closing: str, ladder: str, kind: str, fields: dict, state: str) -> None:  # type: ignore[type-arg]
    history = History(closing, ladder)
    history("opened", "1-6")
    history(kind, "10-6", **fields)
    cell = history.cell("31-12")
    assert cell.state == state
    assert cell.verification == ("none" if state == "NS" else "claimed")
    assert cell.directly == (kind == "responded" and state != "NS")


def test_published_only_opens_to_no_published_data_on_all_three_axes() -> None:
    history = History()
    history("opened", "1-6", deadline="30-6", choice="published_only")
    cell = history.cell("31-12")
    assert {cell.lifecycle, cell.timeliness, cell.timeliness_original, cell.verification} == {"no_published_data"}
    history("handed", "2-6", choice="own_head")
    cell = history.cell("31-12")
    assert (cell.state, cell.timeliness, cell.verification) == ("NS", "overdue", "none")
    assert cell.clock["own_head"] == (day("31-12") - day("2-6")).days


def test_an_acceptance_without_paper_and_an_extension_without_a_date_have_no_effect() -> None:
    history = History()
    history("opened", "1-6", deadline="30-6")
    history("extended", "2-6")
    history("claimed", "10-6")
    history("accepted", "12-6", paper=False)
    cell = history.cell("31-12")
    assert (cell.state, cell.flagged, cell.current_deadline) == ("AC", 2, day("30-6"))


def test_suspension_and_waiver_remember_and_reopening_goes_back() -> None:
    history = History()
    history("opened", "1-6")
    history("submitted", "2-6")
    history("suspended", "3-6")
    history("waived", "4-6")  # from suspended: what is remembered stays
    history("reopened", "5-6")
    assert history.cell("3-6").state == "SP"
    assert history.cell("4-6").state == "WA"
    assert history.cell("5-6").state == "SU"
    assert history.cell("8-6").clock == {"lead": 1, "deciding_body": 1 + 3, "nobody": 2}


def test_a_claim_that_waits_is_remembered_with_its_day() -> None:
    history = History()
    history("opened", "1-6", deadline="5-6")
    history("claimed", "8-6")
    history("suspended", "9-6")
    assert history.cell("10-6").timeliness == "stopped"
    history("reopened", "12-6")
    cell = history.cell("20-6")
    assert (cell.state, cell.timeliness, cell.days_late) == ("AC", "claimed_late", 3)


def test_a_return_and_a_reversal_take_the_claim_away() -> None:
    history = History("issued", "made_concrete")
    history("opened", "1-6", deadline="5-6")
    history("responded", "2-6", choice="directly")
    history("returned", "3-6")
    cell = history.cell("6-6")
    assert (cell.state, cell.claim_day, cell.verification, cell.directly) == ("RE", None, "none", False)
    assert (cell.timeliness, cell.days_late, cell.current_deadline) == ("overdue", 1, day("5-6"))
    history("issued", "7-6")
    history("reversed", "8-6")
    cell = history.cell("8-6")
    assert (cell.state, cell.claim_day, cell.done_day, cell.verification) == ("IP", None, None, "reversed")


def test_reopening_what_was_done_takes_the_claim_away() -> None:
    history = History("issued")
    history("opened", "1-6")
    history("issued", "2-6")
    history("verified", "3-6", choice="confirmed")
    history("reopened", "4-6")
    cell = history.cell("4-6")
    assert (cell.state, cell.claim_day, cell.verification) == ("IP", None, "none")


def test_the_last_check_stands_and_an_acceptance_does_not_hide_it() -> None:
    history = History()
    history("opened", "1-6")
    history("claimed", "2-6")
    history("verified", "3-6", choice="not_confirmed")
    history("accepted", "4-6")
    assert (history.cell("4-6").state, history.cell("4-6").verification) == ("DO", "not_confirmed")
    history("verified", "5-6", choice="confirmed")
    history("accepted", "6-6")
    cell = history.cell("6-6")
    assert (cell.verification, cell.done_day, cell.flagged) == ("verified", day("4-6"), 0)


def test_requests_stand_until_they_are_answered() -> None:
    history = History()
    history("opened", "1-6")
    history("declined", "2-6")
    history("transferred", "3-6", unit=9)
    assert (history.cell("3-6").request, history.cell("3-6").holder_id) == ("decline", 9)
    history("extension_asked", "4-6")
    assert history.cell("4-6").request == "extension"
    history("extended", "5-6", deadline="1-8")
    assert history.cell("5-6").request == "none"


def test_the_clock_moves_by_hand_and_with_the_state_only() -> None:
    history = History()
    history("opened", "1-6")
    history("handed", "3-6", choice="cooperator")
    history("noted", "4-6")
    history("reassigned", "6-6", unit=7)
    history("handed", "9-6", choice="own_head")
    history("started", "13-6")
    history("handed", "18-6", choice="lead")
    history("transferred", "20-6", unit=8)
    assert history.cell("24-6").clock == {"lead": 2 + 3 + 5 + 6, "cooperator": 3, "own_head": 4}
    assert history.cell("24-6").holder_id == 8


def test_being_given_to_another_lead_while_submitted_leaves_the_clock() -> None:
    history = History()
    history("opened", "1-6")
    history("submitted", "2-6")
    history("reassigned", "5-6", unit=7)
    assert history.cell("9-6").clock == {"lead": 1, "deciding_body": 7}


@pytest.mark.parametrize(
    ("as_at", "timeliness", "late"),
    [("22-6", "not_due", 0), ("23-6", "due_soon", 0), ("30-6", "due_soon", 0), ("1-7", "overdue", 1)],
)
def test_an_open_obligation_against_its_deadline(as_at: str, timeliness: str, late: int) -> None:
    history = History()
    history("opened", "1-6", deadline="30-6")
    assert (history.cell(as_at).timeliness, history.cell(as_at).days_late) == (timeliness, late)


@pytest.mark.parametrize(
    ("claimed", "timeliness", "late"), [("30-6", "claimed_in_time", 0), ("2-7", "claimed_late", 2)]
)
def test_a_claim_is_measured_on_its_own_day(claimed: str, timeliness: str, late: int) -> None:
    history = History()
    history("opened", "1-6", deadline="30-6")
    history("claimed", claimed)
    assert (history.cell("31-12").timeliness, history.cell("31-12").days_late) == (timeliness, late)


def whole_with_parts() -> History:
    history = History("claimed")
    history.duty(2, part_of=1)
    history.duty(3, part_of=1)
    history("opened", "1-6", deadline="30-6")
    history("opened", "5-6", on=2, deadline="10-7")
    history("opened", "5-6", on=3, deadline="20-7")
    return history


def test_a_whole_shows_its_least_advanced_part_and_is_done_on_the_latest_claim_day() -> None:
    history = whole_with_parts()
    assert history.cell("4-6").current_deadline == day("30-6")  # the parts are not there yet
    assert history.cell("5-6").current_deadline == day("10-7")  # equal: the lowest number
    history("claimed", "15-7", on=2)
    assert history.cell("15-7").current_deadline == day("20-7")
    history("claimed", "12-7", on=3)
    cell = history.cell("31-12")
    assert (cell.state, cell.claim_day, cell.done_day, cell.days_late) == ("DO", day("15-7"), day("15-7"), 5)
    assert cell.holder_id == 1


def test_waived_parts_are_left_out_and_when_none_is_left_the_whole_is_waived() -> None:
    history = whole_with_parts()
    history("superseded", "7-6", on=2)
    assert (history.cell("7-6").state, history.cell("7-6").current_deadline) == ("NS", day("20-7"))
    history("waived", "8-6", on=3)
    assert (history.cell("8-6").state, history.cell("8-6").timeliness) == ("WA", "stopped")
    history = whole_with_parts()
    history("superseded", "7-6", on=2)
    history("superseded", "7-6", on=3)
    assert history.cell("8-6").state == "SS"


ORDER = ("RE", "ND", "NS", "IP", "SU", "AC", "SP", "DO")
TO_STATE = {
    "ND": [("opened", "published_only")],
    "NS": [("opened", "")],
    "IP": [("opened", ""), ("started", "")],
    "SU": [("opened", ""), ("submitted", "")],
    "AC": [("opened", ""), ("claimed", "")],
    "DO": [("opened", ""), ("claimed", ""), ("accepted", "")],
    "RE": [("opened", ""), ("claimed", ""), ("returned", "")],
    "SP": [("opened", ""), ("suspended", "")],
    "WA": [("opened", ""), ("waived", "")],
    "SS": [("opened", ""), ("superseded", "")],
}


def brought_to(history: History, state: str, on: int) -> None:
    for kind, choice in TO_STATE[state]:
        history(kind, "5-6", on=on, choice=choice)


@pytest.mark.parametrize("less", ORDER)
@pytest.mark.parametrize("more", ORDER)
def test_the_order_of_parts(less: str, more: str) -> None:
    if ORDER.index(less) > ORDER.index(more):
        return
    history = History()
    history("opened", "1-6")
    for number, state in ((2, more), (3, less)):
        history.duty(number, part_of=1)
        brought_to(history, state, number)
    assert history.cell("31-12").state == less


@pytest.mark.parametrize("state", [state for state in STATES if state != "AB"])
def test_an_entry_without_effect_changes_nothing_but_the_flag(state: str) -> None:
    for row, codes in LIFECYCLE.items():
        if codes[state] != NO or "closing" in row:
            continue
        history = History()
        brought_to(history, state, 1)
        kind, _, variant = row.partition(", ")
        choice = {"opened": "published_only" if variant else "", "verified": "confirmed", "handed": "own_head"}
        before = history.cell("31-12")
        history(
            kind,
            "6-6",
            unit=77,
            deadline="" if "date" in variant else "1-1-2027",
            choice=choice.get(kind, ""),
            paper="paper" not in variant,
        )
        after = history.cell("31-12")
        assert after.flagged == before.flagged + 1, row
        after.flagged = before.flagged
        assert after == before, row


def test_a_chain_with_a_gap_or_a_clock_set_back_is_refused() -> None:
    history = History()
    history("opened", "1-6")
    history.position += 1
    with pytest.raises(ValueError, match="position 3 follows 1"):
        history("noted", "1-6")
