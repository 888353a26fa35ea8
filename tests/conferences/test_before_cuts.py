"""The cut: named and frozen, reopened exactly, and beside it what is known now."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.urls import reverse

from soichieu.conferences.commands import cuts, floor
from soichieu.conferences.queries import cuts as read
from soichieu.ledger import clock
from soichieu.ledger.commands import define_requirement, open_obligations, record
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.models import Obligation

GIVEN = dt.date(2025, 1, 10)
DAY = dt.date(2025, 11, 10)
NOW = dt.datetime(2025, 11, 10, 2, tzinfo=dt.UTC)


@pytest.fixture
def tasks(meeting):
    """Five departments owe a plan; three have issued it by the day of the cut."""
    operator = meeting.house.operator
    with clock.injected(dt.datetime(2025, 1, 10, 2, tzinfo=dt.UTC)):
        requirement = define_requirement(
            asker=operator, directive=meeting.directive, code="1", title="Ban hành kế hoạch", ladder="made_concrete",
            closing="issued", deadline=dt.date(2025, 6, 30),
            addressees={"kinds": ["department"], "under": "bo-thu", "line": "sector"},
        )  # fmt: skip
        units = [unit.pk for unit in meeting.house.units[:5]]
        open_obligations(asker=operator, requirement=requirement, unit_ids=units, happened_on=GIVEN)
    held = list(Obligation.objects.filter(requirement=requirement).order_by("unit__code"))
    for number, one in enumerate(held[:3], start=1):
        with clock.injected(dt.datetime(2025, 6, number, 2, tzinfo=dt.UTC)):
            issue(meeting, one, dt.date(2025, 6, number))
    return held


def issue(meeting, one, on):
    return record(
        asker=meeting.house.operator, kind="issued", obligations=[one.pk], happened_on=on,
        payload={"number": f"{one.pk}/KH-CS", "signed_on": on.isoformat()},
    )[0]  # fmt: skip


@pytest.fixture
def cut(meeting, tasks):
    with clock.injected(NOW):
        event = cuts.freeze(
            asker=meeting.house.askers["steering"], conference=meeting.conference, directive=meeting.directive.pk,
            as_at=DAY,
        )  # fmt: skip
    return meeting.state.cuts[event.payload["key"]]


def test_a_cut_keeps_both_dates_the_position_and_the_day_from_which_it_may_be_shown(meeting, cut):
    assert (cut.as_at, cut.known_at, cut.position) == (DAY, NOW, 8)
    assert cut.shown_from == dt.date(2025, 11, 11) and cut.label == "Số liệu tính đến 10-11-2025"
    with clock.injected(NOW), pytest.raises(Refusal, match="11-11-2025"):
        floor.show(asker=meeting.chair, conference=meeting.conference, what="figure", ref=cut.key)
    with clock.injected(NOW + dt.timedelta(days=1)):
        floor.show(asker=meeting.chair, conference=meeting.conference, what="figure", ref=cut.key)


def test_what_is_learnt_later_of_that_day_leaves_the_cut_as_it_was_and_stands_beside_it(meeting, tasks, cut):
    steering = meeting.house.askers["steering"]
    (before,) = read.compared(steering, cut)
    assert (before.then.n, before.then.of, before.same_day.n, before.differs) == (3, 5, 3, False)
    with clock.injected(NOW + dt.timedelta(days=20)):
        line = tasks[0].entries.get(kind="issued")
        record(
            asker=meeting.house.operator, kind="voided", obligations=[tasks[0].pk], happened_on=dt.date(2025, 11, 30),
            voids=line.position, payload={"reason": "ghi nhầm đơn vị"},
        )  # fmt: skip
        issue(meeting, tasks[3], dt.date(2025, 11, 5))
        issue(meeting, tasks[4], dt.date(2025, 11, 20))
        (after,) = read.compared(steering, cut)
        assert (after.then.n, after.then.of) == (3, 5)
        assert (after.same_day.n, after.today.n) == (3, 4)
        changes = read.came_to_differ(steering, cut)
    assert len(changes) == 2 and {one.unit for one in changes} == {"Cục Số 1", "Cục Số 4"}
    assert {(one.then, one.now) for one in changes} == {("done", "not_started"), ("not_started", "done")}


def test_a_line_written_at_the_very_moment_of_the_cut_is_not_in_it(meeting, tasks, cut):
    with clock.injected(NOW):
        issue(meeting, tasks[3], dt.date(2025, 11, 5))
        (pair,) = read.compared(meeting.house.askers["steering"], cut)
    assert (pair.then.n, pair.same_day.n, pair.differs) == (3, 4, True)


def test_each_site_has_its_own_figure_and_sees_no_other(meeting, cut):
    steering = meeting.house.askers["steering"]
    everyone = read.by_site(steering, meeting.state, cut, meeting.state.ordered_sites)
    assert [(one.site.key, one.n, one.of) for one in everyone] == [
        ("s1", 1, 1), ("s2", 1, 1), ("s3", 1, 1), ("s4", 0, 1), ("s5", 0, 1),
    ]  # fmt: skip
    assert [one.overdue for one in everyone] == [0, 0, 0, 1, 1]
    own = read.by_site(meeting.site, meeting.state, cut, meeting.state.ordered_sites)
    assert [one.site.key for one in own] == ["s1"]


def test_a_past_moment_is_cut_as_it_was_known_then(meeting, tasks):
    steering = meeting.house.askers["steering"]
    with clock.injected(NOW):
        event = cuts.freeze(
            asker=steering, conference=meeting.conference, directive=meeting.directive.pk, as_at=dt.date(2025, 6, 2),
            known_at=dt.datetime(2025, 6, 2, 12, tzinfo=dt.UTC), label="Giữa năm",
        )  # fmt: skip
        (pair,) = read.compared(steering, meeting.state.cuts[event.payload["key"]])
    assert (pair.then.n, pair.then.of, event.payload["position"]) == (2, 5, 7)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"as_at": dt.date(2025, 11, 12)}, "as_at"),
        ({"known_at": NOW + dt.timedelta(hours=1)}, "known_at"),
        ({"directive": 999_999}, "directive"),
        ({"label": "Số liệu tính đến 10-11-2025"}, "label"),
    ],
)
def test_what_cannot_be_cut_is_refused_under_its_field(meeting, cut, wrong, field):
    given = {"directive": meeting.directive.pk, "as_at": DAY, "label": "Khác", **wrong}
    with clock.injected(NOW), pytest.raises(Refusal) as refused:
        cuts.freeze(asker=meeting.house.askers["steering"], conference=meeting.conference, **given)
    assert refused.value.field == field
    assert len(meeting.state.cuts) == 1


def test_nothing_is_cut_of_a_directive_that_gave_nothing_out_nor_by_others(meeting, tasks):
    with pytest.raises(Forbidden):
        cuts.freeze(asker=meeting.site, conference=meeting.conference, directive=meeting.directive.pk, as_at=GIVEN)


def test_the_board_at_the_cut_is_the_one_the_cut_counted(client, meeting, tasks, cut):
    issue(meeting, tasks[3], dt.date(2025, 11, 5))
    client.force_login(meeting.house.accounts["steering"])
    page = client.get(reverse("board:board", args=[meeting.directive.pk]), read.board_query(cut))
    (step,) = page.context["steps"]
    assert (step.counted.n, step.counted.of) == (3, 5)
    now = client.get(reverse("board:board", args=[meeting.directive.pk]))
    assert now.context["steps"][0].counted.n == 4


def test_each_figure_of_a_cut_leads_to_exactly_the_tasks_it_counted(client, meeting, tasks, cut):
    issue(meeting, tasks[3], dt.date(2025, 11, 5))
    client.force_login(meeting.house.accounts["steering"])
    page = client.get(reverse("conferences:cut", args=[meeting.conference.key, cut.key])).content.decode()
    found = re.findall(r'<a[^>]*href="([^"]*/list/\?[^"]*)"[^>]*>\s*(\d+)', page)
    assert {number for _url, number in found} >= {"3", "4", "5", "1"}, "ladders and sites"
    for url, number in found:
        assert len(client.get(html.unescape(url)).context["list"].kept) == int(number), url
