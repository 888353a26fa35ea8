"""What may be written into the book, by whom, and what becomes of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soichieu.documents import files
from soichieu.ledger import clock
from soichieu.ledger.commands import record, refuse_before_given
from soichieu.ledger.document_sources import source_of_document
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.fold import answer
from soichieu.ledger.models import Entry, Obligation, Requirement
from soichieu.ledger.sources import Source, by_telephone
from soichieu.web.dates import write_day
from tests.ledger.conftest import Cast, day


def test_the_example_of_the_design_comes_out(cast: Cast) -> None:
    """Due 30-6, claimed 25-6, returned 10-7 with new date 20-7, claimed 15-7, accepted 2-8."""
    (task,) = cast.open("1", deadline=day("30-6"))
    ask = {"obligations": [task.pk]}
    record(asker=cast.staff[0], kind="claimed", happened_on=day("25-6"), **ask)
    record(
        asker=cast.steering,
        kind="returned",
        happened_on=day("10-7"),
        deadline=day("20-7"),
        payload={"reason": "thiếu"},
        **ask,
    )
    record(asker=cast.staff[0], kind="claimed", happened_on=day("15-7"), **ask)
    record(asker=cast.steering, kind="accepted", happened_on=day("2-8"), **ask)
    cell = answer(day("31-8")).cell(task.pk)
    assert (cell.lifecycle, cell.verification) == ("done", "accepted")
    assert (cell.timeliness, cell.days_late) == ("done_in_time", 0)
    assert (cell.timeliness_original, cell.days_late_original) == ("done_late", 15)
    assert cell.clock["confirmer"] == 15 + 18
    assert cell.claim_day == day("15-7") and cell.done_day == day("2-8")


def test_a_voiding_changes_what_is_known_now_and_not_what_was_known_then(cast: Cast) -> None:
    first, second = cast.open("1", closing="claimed", ladder="disseminated", units=2)
    record(
        asker=cast.operator,
        kind="claimed",
        happened_on=day("1-3"),
        obligations=[first.pk, second.pk],
        payload={"number": "9/BC"},
    )
    then = Entry.objects.latest("id").position
    wrong = Entry.objects.get(obligation=second, kind="claimed")
    record(
        asker=cast.operator,
        kind="voided",
        happened_on=day("1-9"),
        obligations=[second.pk],
        voids=wrong.position,
        payload={"reason": "ghi nhầm đơn vị"},
    )
    assert answer(day("2-3"), {first.chain_id: then}).cell(second.pk).lifecycle == "done"
    assert answer(day("2-3")).cell(second.pk).lifecycle == "not_started"
    assert answer(day("2-3")).cell(first.pk).lifecycle == "done"


def test_a_back_dated_line_is_laid_into_its_place_when_the_process_catches_up(cast: Cast) -> None:
    (task,) = cast.open("1", closing="issued", ladder="made_concrete", deadline=day("1-3"))
    assert answer(day("1-4")).cell(task.pk).timeliness == "overdue"
    record(
        asker=cast.staff[0], kind="issued", happened_on=day("20-2"), obligations=[task.pk], payload={"number": "07/KH"}
    )
    assert answer(day("1-4")).cell(task.pk).timeliness == "done_in_time"
    assert answer(day("19-2")).cell(task.pk).lifecycle == "not_started"


def test_a_telephone_call_closes_nothing(cast: Cast) -> None:
    (task,) = cast.open("1", closing="claimed", ladder="disseminated")
    record(
        asker=cast.staff[0],
        kind="claimed",
        happened_on=day("1-3"),
        obligations=[task.pk],
        source=by_telephone("Văn phòng"),
    )
    assert answer(day("1-4")).cell(task.pk).lifecycle == "awaiting_confirmation"
    record(
        asker=cast.staff[0], kind="claimed", happened_on=day("3-3"), obligations=[task.pk], payload={"number": "9/BC"}
    )
    assert answer(day("1-4")).cell(task.pk).lifecycle == "done"


def test_a_unit_on_which_nothing_is_published_is_never_called_late(cast: Cast) -> None:
    (task,) = cast.open("1", deadline=day("1-3"), published_only=True)
    cell = answer(day("1-9")).cell(task.pk)
    assert {cell.lifecycle, cell.timeliness, cell.timeliness_original, cell.verification} == {"no_published_data"}


@pytest.mark.parametrize(
    ("who", "kind", "more"),
    [
        ("observer", "claimed", {}),
        ("staff", "accepted", {}),
        ("staff", "verified", {"choice": "confirmed", "payload": {"method": "xem hồ sơ", "sample": "toàn bộ"}}),
        ("steering", "claimed", {}),
        ("stranger", "claimed", {}),
    ],
)
def test_it_refuses_who_may_not(cast: Cast, who: str, kind: str, more: dict) -> None:
    (task,) = cast.open("1")
    asker = {"observer": cast.observer, "staff": cast.staff[0], "steering": cast.steering, "stranger": cast.staff[1]}[
        who
    ]
    before = Entry.objects.count()
    with pytest.raises(Forbidden):
        record(asker=asker, kind=kind, happened_on=day("1-3"), obligations=[task.pk], **more)
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("returned", {}, "reason"),
        ("extended", {}, "deadline"),
        ("verified", {}, "choice"),
        ("verified", {"choice": "lead"}, "choice"),
        ("verified", {"choice": "confirmed"}, "method"),
        ("verified", {"choice": "confirmed", "payload": {"method": "xem hồ sơ", "sample": " "}}, "sample"),
        ("responded", {"choice": "outside_scope"}, "reason"),
        ("issued", {}, "number"),
        ("issued", {"payload": {"number": " ", "reason": "đã ký"}}, "number"),
        ("transferred", {}, "unit"),
        ("claimed", {"deadline": dt.date(2025, 5, 1)}, "deadline"),
        ("voided", {"payload": {"reason": "x"}}, "voids"),
        ("claimed", {"happened_on": dt.date(2026, 1, 1)}, "happened_on"),
        ("sung", {}, "kind"),
    ],
)
def test_it_refuses_a_line_that_does_not_say_what_it_must(cast: Cast, kind: str, fields: dict, field: str) -> None:
    (task,) = cast.open("1")
    with pytest.raises(Refusal) as refused:
        record(asker=cast.operator, kind=kind, obligations=[task.pk], **{"happened_on": day("1-3"), **fields})
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("ladder", "closing", "act"),
    [
        ("made_concrete", "issued", {"kind": "responded", "choice": "directly"}),
        ("made_concrete", "issued", {"kind": "issued"}),
        ("disseminated", "claimed", {"kind": "claimed"}),
    ],
)
def test_a_task_that_an_act_closes_is_closed_by_what_is_registered_and_by_no_bare_word(
    cast: Cast, ladder: str, closing: str, act: dict[str, str]
) -> None:
    bare, numbered, sourced, called = cast.open("1", closing, ladder, units=3) + cast.open("2", closing, ladder)
    told = {"asker": cast.operator, "happened_on": day("1-3")} | act
    for nothing in (None, Source("ledger", "operator", "cli")):
        with pytest.raises(Refusal) as refused:
            record(obligations=[bare.pk], source=nothing, payload={"reason": "đã xong"}, **told)
        assert refused.value.field == "number"
    record(obligations=[numbered.pk], payload={"number": "05/KH-BT"}, **told)
    record(obligations=[sourced.pk], source=source_of_document(cast.directive), **told)
    record(obligations=[called.pk], source=by_telephone("Văn phòng"), **told)
    state = answer(day("1-4"))
    assert [state.cell(task.pk).lifecycle for task in (bare, numbered, sourced, called)] == [
        "not_started", "done", "done", "awaiting_confirmation",
    ]  # fmt: skip


def test_what_waits_for_acceptance_may_be_claimed_with_no_paper_yet_named(cast: Cast) -> None:
    (task,) = cast.open("1")
    record(asker=cast.staff[0], kind="claimed", happened_on=day("1-3"), obligations=[task.pk])
    assert answer(day("1-4")).cell(task.pk).lifecycle == "awaiting_confirmation"


def test_minutes_without_a_number_close_a_session_by_their_file(cast: Cast) -> None:
    (task,) = cast.open("1", "claimed", "disseminated")
    minutes = files.store(b"minutes", "bien-ban.txt")
    record(asker=cast.staff[0], kind="claimed", happened_on=day("1-3"), obligations=[task.pk], evidence=[minutes])
    assert answer(day("1-4")).cell(task.pk).lifecycle == "done"


def test_a_deadline_before_its_directive_is_refused(cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        cast.require("1", deadline=dt.date(2024, 12, 31))
    assert refused.value.field == "deadline"
    with pytest.raises(Refusal):
        cast.open("2", deadline=dt.date(2024, 12, 31))
    (task,) = cast.open("3", deadline=dt.date(2025, 3, 31))
    with pytest.raises(Refusal) as refused:
        record(
            asker=cast.operator,
            kind="extended",
            obligations=[task.pk],
            happened_on=day("1-3"),
            deadline=dt.date(2024, 6, 30),
        )
    assert refused.value.field == "deadline" and "2025-01-09" in str(refused.value)


@given(
    before=st.integers(-400, 400), kind=st.sampled_from(["acknowledged", "started", "noted", "submitted", "claimed"])
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_command_line_refuses_any_day_before_the_task_was_given(cast: Cast, before: int, kind: str) -> None:
    from soichieu.cli.act import act

    code = "given"
    if not Requirement.objects.filter(directive=cast.directive, code=code).exists():
        cast.open(code)
    task = Obligation.objects.get(requirement__code=code)
    given_on = Entry.objects.get(obligation=task, kind="opened").happened_on
    day = given_on + dt.timedelta(days=before)
    many = Entry.objects.count()
    words = [kind, "--directive", cast.directive.number, "--requirement", code, "--on", day.isoformat()]
    done = CliRunner().invoke(act, [*words, "--reason", "ghi chú"])
    if before < 0:
        assert done.exit_code == 2, done.output
        for said in ("--on", code, write_day(day), write_day(given_on), cast.directive.number):
            assert said in done.output, said
        assert Entry.objects.count() == many
    elif day <= clock.today():
        assert done.exit_code == 0, done.output
        assert Entry.objects.count() == many + 1


def test_a_task_given_again_after_a_voided_line_counts_from_the_line_that_stands(cast: Cast) -> None:
    (task,) = cast.open("1")
    opened = Entry.objects.get(obligation=task, kind="opened")
    refuse_before_given([task.pk], opened.happened_on)
    with pytest.raises(Refusal) as refused:
        refuse_before_given([task.pk], opened.happened_on - dt.timedelta(days=1))
    assert refused.value.field == "happened_on"
    record(
        asker=cast.operator, kind="voided", obligations=[task.pk], happened_on=day("1-3"), voids=opened.position,
        payload={"reason": "giao nhầm"},
    )  # fmt: skip
    refuse_before_given([task.pk], opened.happened_on - dt.timedelta(days=1))


def test_the_command_line_ends_with_2_and_writes_nothing(cast: Cast, tmp_path: Path) -> None:
    from soichieu.cli.act import act

    cast.open("1")
    before = Entry.objects.count()
    empty = tmp_path / "bao-cao.pdf"
    empty.write_bytes(b"")
    task = ["--directive", cast.directive.number, "--requirement", "1"]
    for words, said in (
        (["claimed", *task, "--evidence", str(empty)], "bao-cao.pdf"),
        (["claimed", *task, "--evidence", str(tmp_path / "none.pdf")], "none.pdf"),
        (["claimed", *task, "--evidence", str(tmp_path / "none.pdf")], "check the path"),
        (["claimed", *task, "--source", "0/KHONG"], "`soichieu documents list`"),
        (["claimed", *task, "--as", "nope"], "`soichieu posts list`"),
        (["extended", *task, "--deadline", "2024-06-30", "--on", "2025-03-01"], "deadline"),
        (["claimed", *task, "--on", "2025-02-30"], "2025-02-30"),
    ):
        done = CliRunner().invoke(act, words)
        assert (done.exit_code, said in done.output) == (2, True), done.output
    assert Entry.objects.count() == before
