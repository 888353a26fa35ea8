"""What became of a conference as lists: filtered, sorted, kept in an address, and exported as filtered."""

from __future__ import annotations

import pytest
from django.urls import reverse

from soichieu.conferences.commands import closing, concluding, floor
from soichieu.ledger import clock
from tests.conferences.ending import SIGNED, at, course, terms, worded
from tests.conferences.exported import csv_rows, xlsx_cells
from tests.conferences.test_notice import LATER, settle
from tests.conferences.test_published import TOLD, published  # noqa: F401


@pytest.fixture
def settled(client, meeting):
    """A conference with its notice, looked at by the steering office on a later day."""
    found = course(meeting)
    settle(meeting, found)
    client.force_login(meeting.house.accounts["steering"])
    return found


def address(meeting, name: str = "after") -> str:
    return reverse(f"conferences:{name}", args=[meeting.conference.key])


def listed(client, where: str, name: str = "list", **query: str):
    """The list of a page as one address asks for it."""
    with at(day=LATER):
        return client.get(where, query).context[name]


def test_conclusions_are_filtered_by_kind_state_and_words(client, meeting, settled):
    where = address(meeting)
    assert listed(client, where).total == 6  # the draft that nobody concluded is none
    tasks = listed(client, where, kind="task")
    assert {one.key for one in tasks.kept} == {settled[name].key for name in ("task", "both", "dropped")}
    (dropped,) = listed(client, where, stands="left_out").kept
    assert dropped.key == settled["dropped"].key and dropped.why
    assert [one.key for one in listed(client, where, q="den bien cua song").kept] == [settled["task"].key]
    assert [one.key for one in listed(client, where, q="cuc so 3").kept] == [settled["both"].key]  # by who leads it
    assert listed(client, where, **{"deadline-to": "1-1-2026"}).total == 0


def test_conclusions_leave_as_they_are_filtered_and_say_so(client, meeting, settled):
    where = address(meeting)
    with at(day=LATER):
        rows = csv_rows(client.get(where, {"kind": "task", "export": "csv"}))
        sheet = client.get(where, {"kind": "task", "export": "xlsx"})
    assert len(rows) == 4 and "tất cả" not in str(rows)
    by_words = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    both = next(row for words, row in by_words.items() if "hồ sơ kỹ thuật" in words)
    assert both["Ai"] == "Cục Số 2; Cục Số 3" and (both["Hoàn thành"], both["trên N"]) == ("0", "2")
    assert next(row for words, row in by_words.items() if "tập huấn" in words)["Lý do"]
    said = [str(value) for value in xlsx_cells(sheet)]
    assert any(one.startswith("Đang lọc:") and "Giao nhiệm vụ" in one for one in said)
    assert any("kind=task" in one for one in said)  # the address that gives the same list again
    assert sum("Cục Số 4" in one for one in said) == 2  # its words and who leads it


def test_proposals_and_shortcomings_have_a_list_of_their_own(client, meeting, settled):
    where = address(meeting)
    raised = listed(client, where, "raised")
    assert [one.words for one in raised.kept] == ["Bổ sung kinh phí thay đèn", "Hồ sơ đèn biển chưa đầy đủ"]
    with at(day=LATER):
        page = client.get(where, {"raised-kind": "shortcoming", "kind": "task"})
        assert page.context["list"].total == 3 and page.context["raised"].total == 1
        rows = csv_rows(client.get(where, {"raised-kind": "shortcoming", "kind": "task", "raised-export": "csv"}))
    assert [row[1] for row in rows[1:]] == ["Hồ sơ đèn biển chưa đầy đủ"]
    assert "Chưa phân công rõ người lập hồ sơ" in rows[1]


def test_every_task_stands_in_a_list_with_its_live_state(client, meeting, settled):
    where = address(meeting, "after-tasks")
    found = listed(client, where)
    assert [one.unit for one in found.kept] == ["Cục Số 1", "Cục Số 2", "Cục Số 3"]
    assert {one.notice for one in found.kept} == {"77/TB-BTN"}
    both = listed(client, where, conclusion=settled["both"].key)
    assert [one.unit for one in both.kept] == ["Cục Số 2", "Cục Số 3"]
    with at(day=LATER):
        rows = csv_rows(client.get(where, {"conclusion": settled["both"].key, "export": "csv"}))
        told = client.get(where, {"conclusion": settled["both"].key, "format": "json"}).json()
        assert client.get(where, {"lifecycle": "done"}).context["list"].total == 0
        down = client.get(where, {"sort": "-unit"})
    assert [row[0] for row in rows[1:]] == ["Cục Số 2", "Cục Số 3"]
    assert [one["unit"] for one in told["rows"]] == ["Cục Số 2", "Cục Số 3"]
    assert [one.unit for one in down.context["list"].rows] == ["Cục Số 3", "Cục Số 2", "Cục Số 1"]
    # In another order than conclusion by conclusion each row says which is its own.
    assert "words" in [one.key for one in down.context["list"].columns]
    assert "words" not in [one.key for one in found.columns]


def test_the_tasks_that_a_conclusion_does_not_name_are_one_step_away(client, meeting):
    units = [unit.pk for unit in meeting.house.units[:5]]
    others = len(units) - 4
    with at(0):
        floor.open_conference(asker=meeting.chair, conference=meeting.conference)
        task = worded(meeting, "task", "Mỗi cục lập hồ sơ.", terms=terms(units, task="Lập hồ sơ", product="Hồ sơ"))
        floor.close_conference(asker=meeting.chair, conference=meeting.conference)
    with at(day=LATER):
        closing.register_notice(
            asker=meeting.house.askers["steering"], conference=meeting.conference, number="78/TB-BTN",
            signed_on=SIGNED, included=[task.key],
        )  # fmt: skip
        client.force_login(meeting.house.accounts["steering"])
        page = client.get(address(meeting)).content.decode()
        further = f"{address(meeting, 'after-tasks')}?conclusion={task.key}"
        assert f'href="{further}">và {others} nữa</a>' in page
        assert client.get(further).context["list"].total == len(units)
    # Of many who lead it three are named and the rest folded up.
    (row,) = listed(client, address(meeting)).kept
    assert len(row.named) == 3 and len(row.further) == 2


def test_a_unit_finds_its_own_task_and_no_other(client, meeting, settled):
    client.force_login(meeting.house.accounts["staff"])
    with at(day=LATER):
        assert {one.unit for one in client.get(address(meeting, "after-tasks")).context["list"].kept} == {"Cục Số 1"}
        assert f'href="{address(meeting)}"' in client.get(address(meeting, "conference")).content.decode()
        shown = client.get(address(meeting)).context
        assert {one.key for one in shown["list"].kept} == {settled["task"].key}  # of the others it owes nothing
        assert "mà bạn được xem" in str(shown["raised"].definition.empty)
        client.force_login(meeting.house.accounts["other"])
        assert client.get(address(meeting, "after-tasks")).status_code == 404


def test_before_its_end_there_are_no_tasks_of_a_conference(client, meeting):
    client.force_login(meeting.house.accounts["steering"])
    with at(0):
        assert client.get(address(meeting, "after-tasks")).status_code == 404


def test_a_script_is_answered_with_the_list_that_it_asked_for(client, meeting, settled):
    with at(day=LATER):
        answer = client.get(
            address(meeting), {"raised-kind": "proposal"},
            headers={"HX-Request": "true", "HX-Target": "list-raised-after"},
        ).content.decode()  # fmt: skip
    assert answer.lstrip().startswith('<div class="list" id="list-raised-after"') and "kinh phí" in answer
    assert "list-conclusions-after" not in answer


def test_of_what_only_a_source_tells_no_column_is_shown_that_it_leaves_empty(client, published):  # noqa: F811
    house, conference, _directive, finding = published
    client.force_login(house.accounts["staff"])
    with clock.injected(TOLD):
        concluding.conclude(
            asker=house.operator, conference=conference, finding=finding.key, version=finding.versions.get().pk
        )
    page = client.get(reverse("conferences:after", args=[conference.key]))
    (row,) = page.context["list"].kept
    assert row.stands == "published" and "Nguồn không nêu" in page.content.decode()
    assert [one.key for one in page.context["list"].columns] == ["words", "became"]
    assert not page.context["list"].filters  # one row is seen at one look
