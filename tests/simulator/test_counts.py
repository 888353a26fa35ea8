"""The oracle's coverage on histories made by hand."""

from __future__ import annotations

from tests.simulator.counts import Count, coverage
from tests.simulator.histories import History, day


def of(history: History, as_at: str = "31-12", basis: str = "time") -> Count:
    return coverage(history.oracle, history.oracle.own_cells(day(as_at)), day(as_at), basis=basis)


def test_n_is_done_of_what_is_opened_and_not_waived_or_superseded() -> None:
    history = History("claimed")
    for number in (2, 3, 4, 5):
        history.duty(number)
        history("opened", "1-6", on=number, deadline="30-6")
    assert (of(history, "31-5").of, of(history, "31-5").n) == (0, 0)
    history("claimed", "30-6", on=2)
    history("claimed", "2-7", on=3)
    history("waived", "3-7", on=4)
    history("submitted", "3-7", on=5)
    count = of(history)
    assert (count.n, count.of, count.submitted) == (2, 3, 1)
    assert (count.in_time, count.late, count.by_act_only) == (1, 1, 2)


def test_a_telephone_call_waits_for_confirmation() -> None:
    history = History("claimed")
    history("opened", "1-6")
    history("claimed", "30-6", paper=False)
    assert (of(history).n, of(history).of, of(history).awaiting_confirmation) == (0, 1, 1)


def test_n_is_missing_only_where_nothing_at_all_is_published() -> None:
    history = History("claimed")
    history("opened", "1-6", choice="published_only")
    assert (of(history).n, of(history).of, of(history).missing) == (None, 1, 1)
    history.duty(2)
    history("opened", "1-6", on=2)
    assert (of(history).n, of(history).of, of(history).missing) == (0, 2, 1)


def test_by_units_of_the_date_obligations_of_one_holder_are_one_and_done_when_all_are() -> None:
    history = History("claimed")
    history.duty(2)
    history("opened", "1-6", deadline="30-6")
    history("opened", "1-6", on=2, deadline="20-6")
    history("claimed", "25-6")
    history("transferred", "1-7", on=2, unit=1)
    assert (of(history).n, of(history).of) == (1, 2)
    assert (of(history, basis="date").n, of(history, basis="date").of) == (0, 1)
    assert of(history, "30-6", basis="date").of == 2
    history("claimed", "19-6", on=2)
    count = of(history, basis="date")
    assert (count.n, count.of, count.late) == (1, 1, 1)  # the latest claim day, the earliest deadline


def test_by_units_of_the_date_a_whole_is_replaced_by_its_parts() -> None:
    history = History("claimed")
    for number in (2, 3):
        history.duty(number, part_of=1)
    history("opened", "1-6")
    history("opened", "2-6", on=2)
    history("opened", "2-6", on=3)
    history("claimed", "3-6", on=3)
    assert (of(history).n, of(history).of) == (0, 1)
    assert (of(history, basis="date").n, of(history, basis="date").of) == (1, 2)


def test_standing_requirements_are_counted_beside() -> None:
    history = History("claimed")
    history.duty(2, standing=True, requirement=2)
    history("opened", "1-6", on=2)
    assert (of(history).of, of(history).standing) == (0, 1)
