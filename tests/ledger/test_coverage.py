"""n of N: by units of the time and of the date, with waived, missing, standing and quoted counts."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from click.testing import CliRunner
from django.utils import translation

from soichieu.ledger import clock
from soichieu.ledger.commands import allocate_parts, quote_count, record, transfer_for_succession
from soichieu.ledger.coverage import count, mask_of, members
from soichieu.ledger.document_sources import source_of_document
from soichieu.ledger.fold import answer
from soichieu.ledger.models import Obligation, Requirement
from soichieu.ledger.queries import Question, heirs_to_be_named, obligation
from soichieu.ledger.report import coverage_report
from soichieu.ledger.report_text import as_text
from soichieu.organisation.commands import end_unit, found_unit
from soichieu.organisation.commands.succession import Proposal, confirm_succession, propose_succession
from tests.ledger.conftest import Cast, day

AUGUST = day("31-8")


def of(cast: Cast, on: dt.date = AUGUST, basis: str = "time", **more: object) -> dict:
    return coverage_report(cast.operator, cast.directive, Question(as_at=on, basis=basis), **more)  # type: ignore[arg-type]


REPORT = {"number": "9/BC"}


def merge_the_first_two(cast: Cast, on: dt.date) -> object:
    new = found_unit(
        asker=cast.operator,
        code="cuc-moi",
        kind="department",
        name="Cục Mới",
        begins_on=on,
        fictitious=True,
        superiors={"sector": cast.ministry},
    )
    for unit in cast.units[:2]:
        end_unit(asker=cast.operator, unit=unit, on=on)
    propose_succession(asker=cast.operator, proposals=[Proposal(unit.pk, new.pk, on) for unit in cast.units[:2]])
    confirm_succession(asker=cast.operator, on=on)
    transfer_for_succession(asker=cast.operator, on=on)
    return new


def test_n_counts_what_is_done_and_names_what_stands_beside(cast: Cast) -> None:
    first, second, third = cast.open("1", units=3, deadline=day("30-6"))
    record(asker=cast.staff[0], kind="claimed", happened_on=day("1-7"), obligations=[first.pk])
    record(asker=cast.steering, kind="accepted", happened_on=day("5-7"), obligations=[first.pk])
    record(asker=cast.staff[1], kind="claimed", happened_on=day("2-6"), obligations=[second.pk])
    (counted,) = of(cast)["counts"]
    assert (counted["n"], counted["of"]) == (1, 3)
    assert counted["breakdown"]["of_n"]["timeliness"] == {"done_in_time": 0, "done_late": 1, "no_deadline": 0}
    assert counted["breakdown"]["of_n"]["verification"]["accepted"] == 1
    assert counted["breakdown"]["beside"] == {"submitted": 0, "awaiting_confirmation": 1}
    assert counted["breakdown"]["open"]["overdue"] == 1
    record(
        asker=cast.steering,
        kind="waived",
        happened_on=day("3-7"),
        obligations=[third.pk],
        payload={"reason": "không còn đèn"},
    )
    (counted,) = of(cast)["counts"]
    assert (counted["n"], counted["of"]) == (1, 2)
    assert of(cast, day("2-7"))["counts"][0]["of"] == 3


def test_missing_is_not_zero(cast: Cast) -> None:
    tasks = cast.open("1", units=3, published_only=True)
    (counted,) = of(cast)["counts"]
    assert counted["n"] is None and counted["of"] == 3 and counted["missing"] == 3
    record(asker=cast.operator, kind="claimed", happened_on=day("1-3"), obligations=[tasks[0].pk])
    (counted,) = of(cast)["counts"]
    assert counted["n"] == 0 and counted["missing"] == 2


def test_a_merger_changes_nothing_by_units_of_the_time_and_joins_rows_by_units_of_the_date(cast: Cast) -> None:
    first, second, _third = cast.open("1", closing="claimed", ladder="disseminated", units=3)
    record(asker=cast.staff[0], kind="claimed", happened_on=day("1-6"), obligations=[first.pk], payload=REPORT)
    merge_the_first_two(cast, day("1-7"))
    before, after = of(cast, day("30-6"))["counts"][0], of(cast, day("1-7"))["counts"][0]
    assert (before["n"], before["of"]) == (after["n"], after["of"]) == (1, 3)
    by_date = of(cast, day("1-7"), basis="date")["counts"][0]
    assert (by_date["n"], by_date["of"]) == (0, 2)
    assert of(cast, day("30-6"), basis="date")["counts"][0]["of"] == 3
    holders = {answer(day("1-7")).cell(task.pk).holder_id for task in (first, second)}
    assert len(holders) == 1
    record(asker=cast.operator, kind="claimed", happened_on=day("2-7"), obligations=[second.pk], payload=REPORT)
    assert of(cast, day("3-7"), basis="date")["counts"][0]["n"] == 1


def test_without_an_heir_the_superior_holds_and_the_line_says_so(cast: Cast) -> None:
    (task,) = cast.open("1")
    end_unit(asker=cast.operator, unit=cast.units[0], on=day("1-7"))
    (line,) = transfer_for_succession(asker=cast.operator, on=day("1-7"))
    assert line.unit_id == cast.ministry.pk and line.details["heir_to_be_named"] is True
    assert answer(day("30-6")).cell(task.pk).holder_id == cast.units[0].pk
    assert transfer_for_succession(asker=cast.operator, on=day("1-7")) == []


def test_a_whole_is_done_when_all_its_parts_are(cast: Cast) -> None:
    (task,) = cast.open("1", closing="claimed", ladder="disseminated")
    parts = allocate_parts(
        asker=cast.steering, obligation=task, happened_on=day("1-3"), parts=[(unit.pk, None) for unit in cast.units[1:]]
    )
    record(asker=cast.staff[1], kind="claimed", happened_on=day("5-3"), obligations=[parts[0].pk], payload=REPORT)
    assert answer(day("1-4")).cell(task.pk).lifecycle == "not_started"
    record(asker=cast.staff[2], kind="claimed", happened_on=day("9-3"), obligations=[parts[1].pk], payload=REPORT)
    cell = answer(day("1-4")).cell(task.pk)
    assert cell.lifecycle == "done" and cell.claim_day == day("9-3")
    assert of(cast, day("1-4"))["counts"][0]["of"] == 1
    assert of(cast, day("1-4"), basis="date")["counts"][0]["of"] == 2


def test_standing_requirements_are_counted_beside(cast: Cast) -> None:
    cast.require("1", standing=True)
    cast.open("1", units=3)
    report = of(cast)
    assert report["counts"] == [] and report["standing"]["of"] == 3


def test_the_golden_figures_come_out_of_a_quoted_count(cast: Cast) -> None:
    quote_count(
        asker=cast.operator,
        directive=cast.directive,
        ladder="carried_out",
        label="hoàn thành",
        over="21.914 nhiệm vụ",
        n=16_051,
        of=21_914,
        happened_on=day("1-2"),
        source=source_of_document(cast.directive),
        breakdown={"done_in_time": 14_068, "done_late": 1_983, "open": 5_863, "not_due": 5_640, "overdue": 223},
        printed={"done_of_due": "98.62", "overdue_of_due": "1.38"},
    )
    report = of(cast)
    (quoted,) = report["quoted"]
    assert quoted["quoted"] is True and (quoted["n"], quoted["of"]) == (16_051, 21_914)
    shares = {share["formula"]: share for share in quoted["shares"]}
    assert (shares["done_of_due"]["percent"], shares["done_of_due"]["of"]) == ("98.63", 16_274)
    assert shares["done_of_due"]["difference"] == "-0.01"
    assert (shares["overdue_of_due"]["percent"], shares["overdue_of_due"]["difference"]) == ("1.37", "0.01")
    assert shares["in_time_of_due"]["percent"] == "86.44"
    assert report["counts"] == []


def test_what_an_asker_does_not_see_is_not_counted(cast: Cast) -> None:
    cast.open("1", units=3)
    own = coverage_report(cast.staff[1], cast.directive, Question(as_at=AUGUST))
    assert own["counts"][0]["of"] == 1
    assert coverage_report(cast.observer, cast.directive, Question(as_at=AUGUST))["counts"][0]["of"] == 3


def test_counts_never_exceed_what_they_are_over(cast: Cast) -> None:
    cast.open("1", units=3)
    state = answer(AUGUST)
    some = members(state, "time", mask_of(state, requirements=[Requirement.objects.get().pk]))
    counted = count(state, some)
    assert counted.of == len(some) == int(np.sum(list(counted.lifecycle.values())))


def test_every_obligation_has_a_living_holder_or_is_listed(cast: Cast) -> None:
    first, second = cast.open("1", units=2)
    end_unit(asker=cast.operator, unit=cast.units[0], on=day("1-7"))
    end_unit(asker=cast.operator, unit=cast.units[1], on=day("1-8"))
    transfer_for_succession(asker=cast.operator, on=day("1-7"))
    listed = {obligation.pk: line for obligation, line in heirs_to_be_named(cast.operator, Question(as_at=day("1-9")))}
    assert set(listed) == {first.pk, second.pk}
    assert listed[first.pk] is not None and listed[second.pk] is None
    assert heirs_to_be_named(cast.operator, Question(as_at=day("1-6"))) == []


def test_what_is_published_anyway_is_seen_by_everyone(cast: Cast) -> None:
    cast.open("1", units=3)
    assert coverage_report(cast.staff[1], cast.directive, Question(as_at=AUGUST))["counts"][0]["of"] == 1
    type(cast.directive).objects.filter(pk=cast.directive.pk).update(public=True, published_only=True)
    assert coverage_report(cast.staff[1], cast.directive, Question(as_at=AUGUST))["counts"][0]["of"] == 3


def test_a_cooperator_that_was_asked_sees_the_task_and_owes_nothing(cast: Cast) -> None:
    (task,) = cast.open("1")
    with pytest.raises(Obligation.DoesNotExist):
        obligation(cast.staff[1], task.pk)
    record(
        asker=cast.staff[0],
        kind="handed",
        happened_on=day("1-3"),
        obligations=[task.pk],
        choice="cooperator",
        unit_id=cast.units[1].pk,
    )
    assert obligation(cast.staff[1], task.pk)[0] == task
    with pytest.raises(Obligation.DoesNotExist):
        obligation(cast.staff[2], task.pk)
    record(asker=cast.staff[1], kind="handed", happened_on=day("5-3"), obligations=[task.pk], choice="lead")


def test_the_report_in_words_prints_days_and_numbers_as_its_language_does() -> None:
    share = {"words": "x ÷ y", "n": 16051, "of": 16274, "percent": "98.63", "printed": "98.62", "difference": "-0.01"}
    quoted = {"label": "Q", "over": "…", "n": 16051, "of": None, "shares": [share]}
    counted = {"ladder_words": "L", "over": "63", "rule": "R", "n": None, "of": 63, "requirements": []}
    report = {
        "directive": {"number": "1/NQ", "signed_on": "2017-12-31", "title": "T"},
        "as_at": "2025-07-01",
        "known_at": "2025-07-02T23:59:59.999999+07:00",
        "basis_words": "B",
        "counts": [counted],
        "quoted": [quoted],
        "standing": {"of": 3, "reported": None},
        "heirs_to_be_named": [{}] * 1269,
    }
    with translation.override("vi"):
        said = as_text(report)
    for words in (
        "ngày 1-7-2025",
        "2-7-2025 23:59",
        "L: chưa có số liệu trên 63",
        "Q: 16.051 trên ?",
        "98,63 %",
        "-0,01",
        "1.269",
    ):
        assert words in said
    with translation.override("en"):
        assert "98.62 %" in as_text(report) and "no data of 63" in as_text(report)


def ask(cast: Cast, *words: str):
    from soichieu.cli.coverage import coverage

    return CliRunner().invoke(coverage, ["--directive", cast.directive.number, *words])


def test_before_anything_was_given_the_report_says_that_nothing_was_owed(cast: Cast) -> None:
    cast.open("1", units=3)
    said = ask(cast, "--as-at", "1900-01-01")
    assert said.exit_code == 0 and "không có nhiệm vụ nào phải thực hiện" in said.stdout
    assert "nothing was owed" in ask(cast, "--as-at", "1900-01-01", "--lang", "en").stdout
    assert "không có nhiệm vụ nào" not in ask(cast).stdout


def test_what_is_known_at_a_moment_that_has_not_come_is_what_is_known_now(cast: Cast) -> None:
    cast.open("1", units=3)
    now = ask(cast)
    for later in ("2199-01-01", "2199-01-01T08:00"):
        said = ask(cast, "--known-at", later)
        assert said.exit_code == 0 and said.stdout == now.stdout
        assert f"--known-at {later} has not come yet" in said.stderr
    # The end of this day has not come either, and nobody who names the day means that.
    today = ask(cast, "--known-at", clock.today().isoformat())
    assert today.stdout == now.stdout and not today.stderr
    assert not ask(cast, "--known-at", "2020-01-01").stderr


def test_a_breakdown_that_there_is_not_is_refused_with_those_there_are(cast: Cast) -> None:
    done = ask(cast, "--by", "planet")
    assert done.exit_code == 2
    assert "--by planet" in done.output and "line, province, district, commune" in done.output
