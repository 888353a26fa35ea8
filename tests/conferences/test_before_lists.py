"""What is prepared, as lists: the agenda, tasks, cuts, units' own reviews, and the file, exported as filtered."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.urls import reverse

from soichieu.conferences.commands import closing, cuts, floor, own_reviews, preparing
from soichieu.documents import files
from soichieu.documents.commands import register_document
from soichieu.ledger import clock
from soichieu.ledger.commands import record
from tests.conferences.ending import at, course
from tests.conferences.exported import csv_rows, xlsx_cells
from tests.conferences.test_before_cuts import cut, tasks  # noqa: F401

NOW = dt.datetime(2025, 11, 11, 2, tzinfo=dt.UTC)


@pytest.fixture
def client_of(client, meeting):
    client.force_login(meeting.house.accounts["steering"])
    return client


def address(meeting, name, *more):
    return reverse(f"conferences:{name}", args=[meeting.conference.key, *more])


def test_the_agenda_is_filtered_and_leaves_with_its_planned_times(client_of, meeting):
    where = address(meeting, "agenda")
    listed = client_of.get(where, {"kind": "statement"}).context["list"]
    assert [line.item.key for line in listed.kept] == ["st1", "st2", "st3"]
    assert [line.item.key for line in client_of.get(where, {"site": "s2"}).context["list"].kept] == ["st2"]
    assert client_of.get(where, {"q": "giai lao"}).context["list"].total == 1
    assert "taken" not in [one.key for one in listed.columns]  # nobody had the floor yet
    rows = csv_rows(client_of.get(where, {"kind": "statement", "export": "csv"}))
    first = dict(zip(rows[0], rows[1], strict=True))
    assert len(rows) == 4 and (first["Dự kiến"], first["Nội dung"]) == ("08:05", "Tham luận 1")
    assert (first["Điểm cầu"], first["Loại mục"], first["Số phút"]) == ("Điểm cầu Cục Số 1", "tham luận", "7")
    told = json.loads(client_of.get(where, {"format": "json"}).content)
    assert len(told["lines"]) == 6


def test_after_the_day_the_agenda_says_what_each_line_took(client_of, meeting):
    with at(0):
        floor.open_conference(asker=meeting.chair, conference=meeting.conference)
        floor.call_next(asker=meeting.secretary, conference=meeting.conference)
    with at(6.5):
        floor.call_next(asker=meeting.secretary, conference=meeting.conference)
    with at(11):
        floor.close_conference(asker=meeting.chair, conference=meeting.conference)
    page = client_of.get(address(meeting, "agenda"))
    assert {"begun", "taken"} <= {one.key for one in page.context["list"].columns}
    text = page.content.decode()
    assert "6:30" in text and "quá 1:30" in text  # five minutes were planned for the opening
    down = client_of.get(address(meeting, "agenda"), {"sort": "-taken"}).context["list"]
    assert [line.item.key for line in down.kept][:2] == ["opening", "st1"]
    rows = csv_rows(client_of.get(address(meeting, "agenda"), {"export": "csv", "q": "khai mac"}))
    assert dict(zip(rows[0], rows[1], strict=True))["Thời gian thực tế"] == "6.5"


def test_tasks_of_the_preparation_are_filtered_by_whose_and_what_is_late(client_of, meeting):
    steering, conference = meeting.house.askers["steering"], meeting.conference
    with clock.injected(NOW):
        for title, owner, due in (
            ("In tài liệu", "Văn phòng", dt.date(2025, 11, 10)), ("Thử đường truyền", "Tổ kỹ thuật", None),
            ("Gửi giấy mời", "Văn phòng", dt.date(2025, 11, 13)),
        ):  # fmt: skip
            preparing.write_task(asker=steering, conference=conference, title=title, owner=owner, due_on=due)
        last = next(one.key for one in meeting.state.preparations.values() if one.title == "Gửi giấy mời")
        preparing.finish_task(asker=steering, conference=conference, key=last, done_on=NOW.date(), note="gửi đủ")
        where = address(meeting, "prepare")

        def titles(**query):
            return [row.task.title for row in client_of.get(where, query).context["list"].kept]

        assert titles(late="1") == ["In tài liệu"] and titles(owner="Tổ kỹ thuật") == ["Thử đường truyền"]
        assert titles(state="done") == ["Gửi giấy mời"] and len(titles()) == 3
        cells = xlsx_cells(client_of.get(where, {"owner": "Văn phòng", "export": "xlsx"}))
        assert "In tài liệu" in cells and "gửi đủ" in cells and "Thử đường truyền" not in cells
        # Filtered by a script the rows still carry a form that the site takes.
        part = client_of.get(
            where, {"state": "open"}, headers={"HX-Request": "true", "HX-Target": "list-preparation"}
        ).content.decode()
        assert part.count('name="csrfmiddlewaretoken"') == 2 and "Gửi giấy mời" not in part
        client_of.force_login(meeting.house.accounts["observer"])
        assert 'name="csrfmiddlewaretoken"' not in client_of.get(
            where, headers={"HX-Request": "true", "HX-Target": "list-preparation"}
        ).content.decode()  # fmt: skip


def test_every_task_that_is_known_otherwise_now_can_be_taken_along(client_of, meeting, tasks, cut):  # noqa: F811
    for one in tasks[3:]:
        record(
            asker=meeting.house.operator, kind="issued", obligations=[one.pk], happened_on=dt.date(2025, 11, 5),
            payload={"number": f"{one.pk}/KH-CS", "signed_on": "2025-11-05"},
        )  # fmt: skip
    where = address(meeting, "cut", cut.key)
    page = client_of.get(where)
    assert page.context["changed"].total == 2 and page.context["list"].total == 5
    rows = csv_rows(client_of.get(where, {"changed-q": "cuc so 5", "changed-export": "csv"}))
    assert len(rows) == 2
    assert dict(zip(rows[0], rows[1], strict=True))["Lúc chốt"] == "Chưa triển khai"


def test_cuts_are_a_list_that_filters_once_there_are_many(client_of, meeting, tasks):  # noqa: F811
    where = address(meeting, "cuts")
    for day in range(3, 9):
        with clock.injected(NOW):
            cuts.freeze(
                asker=meeting.house.askers["steering"], conference=meeting.conference,
                directive=meeting.directive.pk, as_at=dt.date(2025, 11, day), label=f"Lần {day}",
            )  # fmt: skip
        page = client_of.get(where)
        assert bool(page.context["list"].filters) == (page.context["list"].total > 4)
    few = client_of.get(where, {"as_at-from": "6-11-2025", "export": "csv"})
    assert [row[0] for row in csv_rows(few)[1:]] == ["Lần 8", "Lần 7", "Lần 6"]


def test_own_reviews_are_a_list_beside_the_statements(client_of, meeting):
    steering = meeting.house.askers["steering"]
    for site, number in (("s1", "31/BC-C1"), ("s2", "12/BC-C2")):
        document = register_document(
            steering, number=number, issuer="Bộ Thử nghiệm", signed_on=dt.date(2025, 5, 28), title="Báo cáo sơ kết",
            issuer_unit=meeting.house.ministry,
        )  # fmt: skip
        with clock.injected(NOW):
            own_reviews.register_own_review(
                asker=steering, conference=meeting.conference, site=site, document=document.pk, label="tự sơ kết"
            )
    where = address(meeting, "statements")
    assert client_of.get(where).context["own_reviews"].total == 2
    rows = csv_rows(client_of.get(where, {"review-q": "31/BC", "review-export": "csv"}))
    assert [row[:3] for row in rows[1:]] == [["Cục Số 1", "31/BC-C1", "28-5-2025"]]


def test_the_file_is_numbered_filtered_and_leaves_as_filtered(client_of, meeting):
    course(meeting)
    with at(90):
        for label, author in (("Báo cáo trung tâm", "Văn phòng"), ("Danh sách", "Vụ Tổ chức")):
            closing.add_paper(
                asker=meeting.house.askers["steering"], conference=meeting.conference,
                what="report" if "Báo" in label else "participants", label=label, author=author,
                stored=files.store(label.encode(), f"{author}.txt"),
            )  # fmt: skip
        where = address(meeting, "papers")
        everything = client_of.get(where).context["list"]
        assert [row.nth for row in everything.kept] == [1, 2, 3]
        rows = csv_rows(client_of.get(where, {"author": "Văn phòng", "export": "csv"}))
        told = client_of.get(where, {"format": "json"}).json()
    assert len(rows) == 2 and "Báo cáo trung tâm" in rows[1] and "Danh sách" not in str(rows)
    assert len(told["file"]) == 3
