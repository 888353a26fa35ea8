"""The pages of the preparation: what each shows to whom, that forms keep what was typed, and their data."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from soichieu.conferences.commands import concluding, floor, sites, statements
from soichieu.conferences.models import Conference
from soichieu.conferences.state import state_of
from soichieu.ledger import clock
from soichieu.ledger.commands import define_requirement
from tests.baselines import assert_query_baseline

NOW = dt.datetime(2025, 11, 11, 2, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _days():
    with clock.injected(NOW):
        yield


@pytest.fixture
def at(meeting):
    """The address of a page of the conference by name."""

    def address(name, *more):
        return reverse(f"conferences:{name}", args=[meeting.conference.key, *more])

    return address


def seen_by(client, meeting, who="steering"):
    client.force_login(meeting.house.accounts[who])
    return client


def words(answer):
    return answer.content.decode()


def test_a_conference_is_planned_on_a_page_that_keeps_what_was_typed(client, meeting):
    with clock.injected(dt.datetime(2025, 1, 10, 2, tzinfo=dt.UTC)):
        define_requirement(
            asker=meeting.house.operator, directive=meeting.directive, code="1", title="Ban hành kế hoạch",
            ladder="made_concrete", closing="issued", addressees={"kinds": ["department"], "under": "bo-thu"},
        )  # fmt: skip
    seen_by(client, meeting)
    given = {
        "title": "Hội nghị tổng kết", "kind": "final", "mode": "meeting", "held_on": "31-2-2026", "starts_at": "8h30",
        "layout": "state", "directives": [meeting.directive.pk], "co_chairs": "Thứ trưởng A\n\nThứ trưởng B",
    }  # fmt: skip
    wrong = client.post(reverse("conferences:new"), given)
    assert wrong.status_code == 422
    for kept in ("Hội nghị tổng kết", "31-2-2026", "8h30", "Thứ trưởng B"):
        assert kept in words(wrong)
    assert Conference.objects.count() == 1
    right = client.post(reverse("conferences:new"), {**given, "held_on": "27-2-2026"})
    assert right.status_code == 302
    state = state_of(Conference.objects.latest("pk"))
    assert (state.held_on, state.starts_at, state.co_chairs) == (
        dt.date(2026, 2, 27), dt.time(8, 30), ["Thứ trưởng A", "Thứ trưởng B"],
    )  # fmt: skip
    seen_by(client, meeting, "observer")
    assert client.get(reverse("conferences:new")).status_code == 403


def test_the_list_is_filtered_exported_and_holds_only_what_one_sees(client, meeting):
    listed = reverse("conferences:conferences")
    seen_by(client, meeting)
    assert client.get(listed).context["list"].total == 1
    assert client.get(listed, {"phase": "over"}).context["list"].total == 0
    assert client.get(listed, {"q": "so ket", "year": "2025"}).context["list"].total == 1
    book = load_workbook(io.BytesIO(client.get(listed, {"export": "xlsx"}).getvalue()))
    cells = [str(cell) for row in book.active.values for cell in row if cell is not None]
    assert "Hội nghị sơ kết (thử)" in cells
    assert json.loads(client.get(listed, {"format": "json"}).content)[0]["sites"] == 6
    seen_by(client, meeting, "other")
    assert client.get(listed).context["list"].total == 0


def test_the_sheet_says_what_follows_next_for_each(client, meeting, at):
    seen_by(client, meeting)
    steps = [one.words for one in client.get(at("conference")).context["steps"]]
    assert len(steps) >= 5
    # The last lawful day of the invitations is one of the days on which they may go out.
    assert 'Gửi giấy mời</a> <span class="note nb">chậm nhất ngày' in client.get(at("conference")).content.decode()
    with clock.injected(dt.datetime(2025, 11, 14, 1, tzinfo=dt.UTC)):
        page = client.get(at("conference"))
    (today,) = [one for one in page.context["steps"] if one.due == dt.date(2025, 11, 14)]
    assert "Hôm nay: bàn chủ trì</a></li>" in page.content.decode() and not today.late
    key = commission(meeting)
    seen_by(client, meeting, "staff")
    page = client.get(at("conference"))
    (step,) = page.context["steps"]
    assert step.url == at("statement", key) and page.status_code == 200
    assert "prepare" not in [url.rsplit("/", 2)[-2] for _words, url, _current in page.context["tabs"]]
    for who in ("other",):
        seen_by(client, meeting, who)
        for name in ("conference", "prepare", "sites", "agenda", "statements", "cuts", "conclusions", "json", "ics"):
            assert client.get(at(name)).status_code == 404, name


def commission(meeting, **more) -> str:
    given = {"site": "s1", "subject": "Bảo trì đèn", "minutes": 7, **more}
    event = statements.commission(asker=meeting.house.askers["steering"], conference=meeting.conference, **given)
    return str(event.payload["key"])


def test_the_standard_set_and_the_invitations_are_a_press_each(client, meeting, at):
    seen_by(client, meeting)
    assert client.post(at("prepare"), {"do": "standard"}).status_code == 302
    page = client.get(at("prepare"))
    assert len(page.context["rows"]) == 8 and "11-11-2025" in words(page)
    wrong = client.post(at("prepare"), {"do": "task", "task-title": "Việc của tôi", "task-due_on": "40-1-2025"})
    assert wrong.status_code == 422 and "Việc của tôi" in words(wrong) and "40-1-2025" in words(wrong)
    key = page.context["rows"][0].task.key
    done = client.post(at("prepare"), {"do": "done", "key": key, f"done-{key}-done_on": "12-11-2025"})
    assert done.status_code == 422, "a day that has not come"
    assert client.post(at("prepare"), {"do": "invite", "invite-on": "11-11-2025"}).status_code == 302
    assert meeting.state.invited_on == dt.date(2025, 11, 11)
    with clock.injected(NOW + dt.timedelta(days=1)):
        client.post(at("prepare"), {"do": "invite", "invite-on": "12-11-2025"})
        late = words(client.get(at("prepare")))
    assert "45/2018" in late and "12-11-2025" in late
    seen_by(client, meeting, "staff")
    assert client.get(at("prepare")).status_code == 403
    seen_by(client, meeting, "observer")
    assert client.get(at("prepare")).status_code == 200
    assert client.post(at("prepare"), {"do": "standard"}).status_code == 403


def test_sites_are_a_list_in_the_order_of_the_tree_and_made_in_one_go(client, meeting, at):
    seen_by(client, meeting)
    assert client.post(at("sites"), {"how": "deep", "tree": "sector", "do": "make"}).status_code == 302
    page = client.get(at("sites"))
    depth = [(row.site.name, row.depth) for row in page.context["list"].kept]
    assert depth[0][1] == 0 and len(depth) == 8 and depth[4][1] == 2
    assert client.get(at("sites"), {"q": "phong ba"}).context["list"].total == 2
    wrong = client.post(at("sites"), {"how": "rule", "tree": "sector", "do": "make"})
    assert wrong.status_code == 422
    client.post(at("sites"), {"move": "up-s2"})
    assert [site.key for site in meeting.state.ordered_sites][:3] == ["centre", "s2", "s1"]
    seen_by(client, meeting, "staff")
    page = client.get(at("sites"))
    assert page.context["list"].total == 8 and "telephone" not in {one.key for one in page.context["list"].columns}
    sites.write_site(
        asker=meeting.house.askers["steering"], conference=meeting.conference, facts={"telephone": "024 999"}, key="s2"
    )
    told = client.get(at("sites"), {"export": "csv"}).getvalue().decode()
    assert "024 999" not in told and "Điểm cầu Cục Số 1" in told


def test_a_sites_officer_answers_and_sees_no_other_site(client, meeting, at):
    steering = meeting.house.askers["steering"]
    sites.expect(
        asker=steering, conference=meeting.conference, site="s1", heads=9,
        posts=[{"post": "Cục trưởng"}, {"post": "Chánh Văn phòng"}],
    )  # fmt: skip
    first, second = meeting.state.sites["s1"].expected
    seen_by(client, meeting, "staff")
    assert client.get(at("site-sheet", "s2")).status_code == 403
    given = {
        "do": "answers", f"a-{first}-answer": "coming", f"a-{second}-answer": "excused",
        f"a-{second}-substitute": "Phó Văn phòng",
    }  # fmt: skip
    wrong = client.post(at("site-sheet", "s1"), given)
    assert wrong.status_code == 422 and "Phó Văn phòng" in words(wrong)
    right = client.post(at("site-sheet", "s1"), {**given, f"a-{second}-reason": "đi công tác"})
    assert right.status_code == 302
    answers = meeting.state.sites["s1"].expected
    assert (answers[first].answer, answers[second].reason) == ("coming", "đi công tác")
    assert client.post(at("site-sheet", "s1"), {"do": "remove"}).status_code == 403
    assert client.post(at("site-sheet", "s1"), {"do": "own", "own-chair": "Cục trưởng", "own-telephone": "024 1",
                                                "own-line": "poor"}).status_code == 302  # fmt: skip
    assert meeting.state.sites["s1"].line == "poor"
    told = json.loads(client.get(at("site-sheet", "s1"), {"format": "json"}).content)
    assert told["answered"] == {"n": 2, "of": 2}
    whole = json.loads(client.get(at("json")).content)
    assert "expected" in next(one for one in whole["sites"] if one["key"] == "s1")
    assert "expected" not in next(one for one in whole["sites"] if one["key"] == "s2")
    assert "preparation" not in whole


def test_a_site_is_written_and_a_bad_link_keeps_its_words(client, meeting, at):
    seen_by(client, meeting)
    given = {
        "do": "site", "site-name": "Điểm cầu số một", "site-unit": "cuc-1", "site-parent": "centre",
        "site-join_link": "javascript:alert(1)", "site-line": "good", "site-chair": "Cục trưởng",
    }  # fmt: skip
    wrong = client.post(at("site-sheet", "s1"), given)
    assert wrong.status_code == 422 and "javascript:alert(1)" in words(wrong)
    assert 'href="javascript' not in words(wrong)
    assert client.post(at("site-sheet", "s1"), {**given, "site-join_link": "https://a.b/c"}).status_code == 302
    assert meeting.state.sites["s1"].chair == "Cục trưởng"
    new = client.post(at("site-sheet", "new"), {"name": "Điểm cầu xã", "parent": "s1", "line": "none", "unit": "no"})
    assert new.status_code == 422 and "Điểm cầu xã" in words(new)
    assert (
        client.post(at("site-sheet", "new"), {"name": "Điểm cầu xã", "parent": "s1", "line": "none"}).status_code == 302
    )
    people = {
        "do": "expected", "p-TOTAL_FORMS": "2", "p-INITIAL_FORMS": "0", "p-0-post": "Chủ tịch", "p-1-post": "",
        "heads-heads": "20",
    }  # fmt: skip
    assert client.post(at("site-sheet", "s1"), people).status_code == 302
    assert [one.post for one in meeting.state.sites["s1"].expected.values()] == ["Chủ tịch"]
    assert client.post(at("site-sheet", "s4"), {"do": "remove"}).url == at("sites")
    kept = client.post(at("site-sheet", "s1"), {"do": "remove"})
    assert kept.status_code == 422, "it stands in the agenda"


def lines_of(page, **changes):
    """The posted form of the agenda as the page offers it, some of it changed."""
    formset = page.context["formset"]
    data = {"l-TOTAL_FORMS": len(formset.forms), "l-INITIAL_FORMS": len(formset.forms), "seen": page.context["seen"]}
    for form in formset.forms:
        for name in form.fields:
            data[form.add_prefix(name)] = form[name].value() or ""
    return {**data, **changes}


def test_the_agenda_is_ordered_by_numbers_and_arrows_and_keeps_what_is_typed(client, meeting, at):
    seen_by(client, meeting)
    page = client.get(at("agenda"), {"edit": "1"})
    sent = client.post(at("agenda"), lines_of(page, **{"l-3-place": "0", "l-1-title": "Tham luận mới", "do": "save"}))
    assert sent.status_code == 302
    assert [item.key for item in meeting.state.agenda][:3] == ["st3", "opening", "st1"]
    page = client.get(at("agenda"), {"edit": "1"})
    client.post(at("agenda"), lines_of(page, **{"l-2-title": "Sửa khi dời", "do": "up-2"}))
    assert [item.key for item in meeting.state.agenda][:3] == ["st3", "st1", "opening"]
    assert meeting.state.agenda[1].title == "Sửa khi dời"
    page = client.get(at("agenda"), {"edit": "1"})
    wrong = client.post(at("agenda"), lines_of(page, **{"l-0-minutes": "0", "l-0-title": "Giữ lấy", "do": "save"}))
    assert wrong.status_code == 422 and "Giữ lấy" in words(wrong)
    client.post(at("agenda"), lines_of(page, do="drop-0"))
    assert "st3" not in [item.key for item in meeting.state.agenda]
    moved = client.post(at("agenda"), lines_of(page, **{"l-0-title": "Chữ của tôi", "do": "save"}))
    assert moved.status_code == 422 and "Chữ của tôi" in words(moved)
    added = client.post(at("agenda"), {"do": "add", "new-kind": "awards", "new-minutes": "10", "new-before": "closing"})
    assert added.status_code == 302
    assert [item.kind for item in meeting.state.agenda][-2:] == ["awards", "closing"]
    told = json.loads(client.get(at("agenda"), {"format": "json"}).content)
    assert told["lines"][0]["planned_at"] == "2025-11-14T08:00:00+07:00"
    seen_by(client, meeting, "staff")
    assert client.get(at("agenda")).status_code == 200 and not client.get(at("agenda"), {"edit": 1}).context["editing"]
    assert client.post(at("agenda"), {"do": "save"}).status_code == 403


def test_a_statement_goes_from_its_commission_to_the_agenda(client, meeting, at):
    seen_by(client, meeting)
    wrong = client.post(at("statements"), {"subject": "Đèn biển", "site": "s1", "minutes": "7", "due_on": "20-11-2025"})
    assert wrong.status_code == 422 and "Đèn biển" in words(wrong), "due after the conference"
    client.post(at("statements"), {"subject": "Đèn biển", "site": "s1", "minutes": "7", "due_on": "12-11-2025"})
    (key,) = meeting.state.statements
    seen_by(client, meeting, "staff")
    text = {"do": "text", "text-seen": "0", "text-delivery": "spoken"}
    bad = client.post(at("statement", key), {**text, "text-file": SimpleUploadedFile("a.exe", b"MZ")})
    assert bad.status_code == 422
    good = SimpleUploadedFile("tham-luan.txt", "Kính thưa hội nghị.\nĐã bảo trì đèn.".encode())
    assert client.post(at("statement", key), {**text, "text-file": good}).status_code == 302
    assert "Kính thưa hội nghị." in words(client.get(at("statement", key)))
    file = client.get(at("statement-file", key))
    assert (
        b"".join(file.streaming_content).decode().startswith("Kính thưa")
        and "attachment" in file["Content-Disposition"]
    )
    assert client.post(at("statement", key), {"do": "review", "review-review": "accepted"}).status_code == 403
    seen_by(client, meeting)
    returned = client.post(at("statement", key), {"do": "review", "review-review": "returned", "review-seen": "1"})
    assert returned.status_code == 422
    client.post(at("statement", key), {"do": "review", "review-review": "accepted", "review-seen": "1"})
    assert client.post(at("statement", key), {"do": "agenda"}).status_code == 302
    assert meeting.state.agenda[4].statement == key
    assert client.get(at("statements"), {"state": "accepted"}).context["list"].total == 1
    assert client.get(at("statements"), {"late": "1"}).context["list"].total == 0


def test_the_text_of_a_statement_is_its_sites_until_it_is_given(client, meeting, at):
    key = commission(meeting, site="s2")
    statements.register_text(
        asker=meeting.house.askers["steering"],
        conference=meeting.conference,
        statement=key,
        text="Riêng của điểm cầu 2",
    )
    seen_by(client, meeting, "staff")
    assert client.get(at("statement", key)).status_code == 403
    page = client.get(at("statements"))
    assert page.context["list"].total == 1 and "Riêng của điểm cầu 2" not in words(page)
    assert "Riêng" not in words(client.get(at("json"))) and "Riêng" not in words(
        client.get(at("statements"), {"format": "json"})
    )


def test_a_units_own_review_is_named_by_its_number(client, meeting, at):
    seen_by(client, meeting)
    given = {"do": "own-review", "own-site": "s1", "own-number": "99/KH-XX"}
    wrong = client.post(at("statements"), given)
    assert wrong.status_code == 422 and "99/KH-XX" in words(wrong)
    assert client.post(at("statements"), {**given, "own-number": "05/KH-BTN"}).status_code == 302
    assert meeting.state.own_reviews[0]["unit"] == meeting.house.units[0].pk
    assert "05/KH-BTN" in words(client.get(at("statements")))


def test_drafts_are_seen_by_those_who_prepare_alone_and_keep_what_was_typed(client, meeting, at):
    seen_by(client, meeting)
    given = {"do": "word", "conclusion_kind": "task", "text": "Giao Cục Số 1 lập báo cáo", "leads": ["x"]}
    wrong = client.post(at("conclusions"), given)
    assert wrong.status_code == 422 and "Giao Cục Số 1 lập báo cáo" in words(wrong)
    unit = meeting.house.units[0].pk
    right = client.post(at("conclusions"), {**given, "leads": [unit], "task": "Lập báo cáo", "deadline": "30-12-2025"})
    assert right.status_code == 302 and len(meeting.state.conclusions) == 1
    (key,) = meeting.state.conclusions
    page = client.get(at("conclusions"), {"word": key})
    after = page.context["form"]["after"].value()
    first = {"do": "word", "finding": key, "after": after, "conclusion_kind": "record", "text": "Câu của người một"}
    client.post(at("conclusions"), first)
    client.post(at("conclusions"), {**first, "text": "Câu của người hai"})
    page = client.get(at("conclusions"))
    assert "Câu của người một" in words(page) and "Câu của người hai" in words(page)
    told = json.loads(client.get(at("conclusions"), {"format": "json"}).content)
    client.post(at("conclusions"), {"do": "settle", "finding": key, "version": told[0]["heads"][1]["id"]})
    assert [head.words for head in client.get(at("conclusions")).context["drafts"][0].heads] == ["Câu của người hai"]
    assert client.post(at("conclusions"), {"do": "withdraw", "finding": key, "reason": ""}).status_code == 422
    assert client.post(at("conclusions"), {"do": "withdraw", "finding": key, "reason": "trùng"}).status_code == 302
    for who in ("staff", "observer"):
        seen_by(client, meeting, who)
        assert client.get(at("conclusions")).status_code == 403
        assert "Câu của người hai" not in words(client.get(at("json")))


def test_nothing_is_changed_on_the_pages_once_it_is_over(client, meeting, at):
    floor.open_conference(asker=meeting.chair, conference=meeting.conference)
    floor.close_conference(asker=meeting.chair, conference=meeting.conference)
    seen_by(client, meeting)
    for name in ("conference", "prepare", "sites", "agenda", "statements", "cuts", "conclusions"):
        assert client.get(at(name)).status_code == 200
    before = meeting.state.position
    refused = client.post(at("prepare"), {"do": "task", "task-title": "A", "task-owner": "B"})
    assert refused.status_code == 422 and meeting.state.position == before


def test_the_units_sheet_tells_its_next_conference_and_what_it_owes(client, meeting, at):
    commission(meeting, due_on=dt.date(2025, 11, 10))
    seen_by(client, meeting, "staff")
    page = words(client.get(reverse("board:unit", args=[meeting.house.units[0].pk])))
    assert "Hội nghị sơ kết (thử)" in page and "Bảo trì đèn" in page
    seen_by(client, meeting, "other")
    assert "Bảo trì đèn" not in words(client.get(reverse("board:unit", args=[meeting.house.units[0].pk])))


def test_a_finding_leads_to_its_conference_and_its_statement(meeting, at):
    from soichieu.findings import occasions

    key = commission(meeting)
    concluding.draft(
        asker=meeting.house.askers["steering"], conference=meeting.conference, conclusion_kind="record", text="A"
    )
    assert occasions.url_of("conferences", "conference", meeting.conference.key) == at("conference")
    assert occasions.item_url("conferences", "conference", meeting.conference.key, key) == at("statement", key)
    assert occasions.following(meeting.house.ministry.pk, dt.date(2025, 1, 1)).on == dt.date(2025, 11, 14)
    assert occasions.following(meeting.house.ministry.pk, dt.date(2025, 11, 14)) is None


@pytest.mark.parametrize(
    "name", ["conference", "prepare", "sites", "agenda", "statements", "cuts", "conclusions", "json"]
)
def test_a_page_costs_the_same_however_many_sites_there_are(client, meeting, at, name):
    seen_by(client, meeting)
    for number in range(1, 6):
        commission(meeting, site=f"s{number}", subject=f"Chủ đề {number}")
    client.get(at(name))
    with assert_query_baseline(f"conferences.{name}", maximum=40):
        assert client.get(at(name)).status_code == 200
