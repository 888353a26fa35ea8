"""Before: tasks, invitations, sites, agenda, statements. What is refused, and that nothing somebody wrote is lost."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest

from soichieu.conferences import rules
from soichieu.conferences.commands import agenda, floor, preparing, sites, statements
from soichieu.conferences.errors import MovedOn
from soichieu.conferences.kinds import AgendaKind, Delivery, Review
from soichieu.documents import files
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.organisation.addressees import AddresseeRule

NOW = dt.datetime(2025, 11, 11, 2, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _days():
    with clock.injected(NOW):
        yield


@pytest.fixture
def steering(meeting):
    return meeting.house.askers["steering"]


def commissioned(meeting, site="s1", **more) -> str:
    facts = {"subject": "Bảo trì đèn", "minutes": 7, **more}
    steering = meeting.house.askers["steering"]
    event = statements.commission(asker=steering, conference=meeting.conference, site=site, **facts)
    return str(event.payload["key"])


def test_the_standard_set_is_written_once_and_its_days_are_working_days(meeting, steering):
    written = preparing.offer_standard(asker=steering, conference=meeting.conference)
    assert len(written) == len(preparing.STANDARD)
    assert preparing.offer_standard(asker=steering, conference=meeting.conference) == []
    tasks = meeting.state.preparations
    assert tasks["invitations"].due_on == dt.date(2025, 11, 11)  # Friday the 14th less three working days
    assert tasks["rehearsal"].due_on == dt.date(2025, 11, 13)
    assert all(task.due_on < dt.date(2025, 11, 14) for task in tasks.values())


def test_a_task_is_written_anew_and_what_was_done_of_it_stays(meeting, steering):
    made = preparing.write_task(asker=steering, conference=meeting.conference, title="Báo cáo", owner="Phòng A")
    key = made.payload["key"]
    preparing.finish_task(asker=steering, conference=meeting.conference, key=key, done_on=dt.date(2025, 11, 10))
    preparing.write_task(
        asker=steering, conference=meeting.conference, title="Báo cáo trung tâm", owner="Phòng B", key=key
    )
    task = meeting.state.preparations[key]
    assert (task.title, task.owner, task.done_on) == ("Báo cáo trung tâm", "Phòng B", dt.date(2025, 11, 10))
    preparing.finish_task(asker=steering, conference=meeting.conference, key=key, done_on=None)
    assert meeting.state.preparations[key].done_on is None
    for wrong, field in (
        ({"title": " "}, "title"),
        ({"owner": ""}, "owner"),
        ({"due_on": dt.date(2026, 1, 1)}, "due_on"),
    ):
        with pytest.raises(Refusal) as refused:
            preparing.write_task(asker=steering, conference=meeting.conference, **{"title": "A", "owner": "B", **wrong})
        assert refused.value.field == field


def test_late_invitations_are_named_with_the_last_day_and_the_basis_or_refused(meeting, steering, settings, tmp_path):
    assert preparing.invitations_late(meeting.state, dt.date(2025, 11, 11)) == ""
    late = preparing.invitations_late(meeting.state, dt.date(2025, 11, 12))
    assert "11-11-2025" in late and "45/2018" in late
    preparing.offer_standard(asker=steering, conference=meeting.conference)
    preparing.invite(asker=steering, conference=meeting.conference, on=dt.date(2025, 11, 10))
    assert meeting.state.invited_on == dt.date(2025, 11, 10)
    assert meeting.state.preparations["invitations"].done_on == dt.date(2025, 11, 10)
    settings.HOME = tmp_path
    own = tmp_path / "rules" / "conferences.toml"
    own.parent.mkdir()
    own.write_text('[invitations]\nworking_days = 5\non_breach = "refuse"\n', encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        preparing.invite(asker=steering, conference=meeting.conference, on=dt.date(2025, 11, 10))
    assert refused.value.field == "on" and "7-11-2025" in str(refused.value)
    own.write_text("[invitations]\nworking_days = -1\n", encoding="utf-8")
    with pytest.raises(rules.RuleFileError, match="working_days"):
        rules.check()
    assert rules.rule("invitations").working_days == 3, "the shipped number holds meanwhile"
    own.write_text("[invitations\n", encoding="utf-8")
    assert str(own) in rules.problem()


def test_sites_are_made_in_one_go_in_official_order_and_stand_under_their_superior(meeting, steering):
    day = meeting.state.held_on
    units = sites.units_under(meeting.conference, day, deep=True)
    assert len(units) == 7
    made = sites.make_sites(asker=steering, conference=meeting.conference, units=units)
    assert len(made) == 2, "five departments have a site already"
    state = meeting.state
    named = {site.name: site for site in state.sites.values()}
    third = next(site for site in state.sites.values() if site.unit == meeting.house.units[2].pk)
    assert [one for one in named if "Phòng Ba" in one] == [
        one.name for one in state.ordered_sites if one.parent == third.key
    ]
    assert sites.make_sites(asker=steering, conference=meeting.conference, units=units) == []
    by_rule = sites.units_by_rule(AddresseeRule(kinds=("department",), under="bo-thu", line="sector"), day)
    assert by_rule == [unit.pk for unit in meeting.house.units[:5]]


def test_a_site_takes_only_a_link_that_can_be_followed_and_never_stands_under_itself(meeting, steering):
    def write(**facts):
        return sites.write_site(asker=steering, conference=meeting.conference, facts=facts, key="s1")

    write(join_link="https://hop.example/abc?x=1")
    assert meeting.state.sites["s1"].join_link == "https://hop.example/abc?x=1"
    for address in ("javascript:alert(1)", "hop.example/abc", "https://", "ftp://a/b", "https://a b/"):
        with pytest.raises(Refusal) as refused:
            write(join_link=address)
        assert refused.value.field == "join_link"
    write(parent="s2")
    with pytest.raises(Refusal) as refused:
        sites.write_site(asker=steering, conference=meeting.conference, facts={"parent": "s1"}, key="s2")
    assert refused.value.field == "parent"
    with pytest.raises(Refusal) as refused:
        write(unit=meeting.house.units[1].pk)
    assert refused.value.field == "unit"
    assert meeting.state.sites["s1"].name == "Điểm cầu Cục Số 1", "what was not said stays"


def test_a_site_in_the_agenda_is_not_taken_out_and_those_below_move_up(meeting, steering):
    with pytest.raises(Refusal):
        sites.remove_site(asker=steering, conference=meeting.conference, site="s1")
    sites.write_site(asker=steering, conference=meeting.conference, facts={"parent": "s4"}, key="s5")
    sites.remove_site(asker=steering, conference=meeting.conference, site="s4")
    assert "s4" not in meeting.state.sites and meeting.state.sites["s5"].parent == "centre"


def test_the_order_of_introduction_moves_one_place_at_a_time(meeting, steering):
    sites.move_site(asker=steering, conference=meeting.conference, site="s3", up=True)
    assert [site.key for site in meeting.state.ordered_sites] == ["centre", "s1", "s3", "s2", "s4", "s5"]
    assert sites.move_site(asker=steering, conference=meeting.conference, site="s1", up=True) == []


def test_a_sites_own_officer_answers_for_it_and_for_no_other(meeting, steering):
    sites.expect(
        asker=steering, conference=meeting.conference, site="s1",
        posts=[{"post": "Cục trưởng", "name": ""}, {"post": "Chánh Văn phòng"}, {"post": ""}], heads=12,
    )  # fmt: skip
    first, second = meeting.state.sites["s1"].expected
    answer = sites.answer
    with pytest.raises(Refusal) as refused:
        answer(asker=meeting.site, conference=meeting.conference, site="s1", key=first, answer="substitute")
    assert refused.value.field == "substitute"
    with pytest.raises(Refusal) as refused:
        answer(asker=meeting.site, conference=meeting.conference, site="s1", key=second, answer="excused")
    assert refused.value.field == "reason"
    answer(
        asker=meeting.site, conference=meeting.conference, site="s1", key=first, answer="substitute",
        substitute="Phó Cục trưởng",
    )  # fmt: skip
    sites.expect(asker=steering, conference=meeting.conference, site="s2", posts=[{"post": "Cục trưởng"}], heads=None)
    (other,) = meeting.state.sites["s2"].expected
    with pytest.raises(Forbidden):
        answer(asker=meeting.site, conference=meeting.conference, site="s2", key=other, answer="coming")
    answer(asker=steering, conference=meeting.conference, site="s2", key=other, answer="coming")
    kept = [{"key": first, "post": "Cục trưởng"}]
    sites.expect(asker=steering, conference=meeting.conference, site="s1", posts=kept)
    one = meeting.state.sites["s1"].expected[first]
    assert (one.answer, one.substitute) == ("substitute", "Phó Cục trưởng")
    assert meeting.state.sites["s1"].expected_heads == 12
    with pytest.raises(MovedOn):
        answer(asker=meeting.site, conference=meeting.conference, site="s1", key=second, answer="coming")


def test_of_two_who_set_the_agenda_the_second_is_told_and_nothing_is_lost(meeting, steering):
    seen = meeting.state.position
    lines = [agenda.as_line(item) for item in meeting.state.agenda]
    agenda.set_agenda(asker=steering, conference=meeting.conference, items=lines[::-1], seen=seen)
    with pytest.raises(MovedOn):
        agenda.set_agenda(asker=meeting.chair, conference=meeting.conference, items=lines[:2], seen=seen)
    assert [item.key for item in meeting.state.agenda] == ["closing", "break", "st3", "st2", "st1", "opening"]


def test_what_has_had_the_floor_stays_in_the_agenda_as_it_was(meeting, steering):
    floor.open_conference(asker=meeting.chair, conference=meeting.conference)
    floor.call_next(asker=meeting.chair, conference=meeting.conference)
    lines = [agenda.as_line(item) for item in meeting.state.agenda if item.key != "opening"]
    agenda.set_agenda(asker=steering, conference=meeting.conference, items=lines)
    assert meeting.state.agenda[0].key == "opening" and meeting.state.current.key == "opening"


def test_a_line_that_cannot_stand_is_named_by_its_place(meeting, steering):
    good = [agenda.as_line(item) for item in meeting.state.agenda]
    for change, field in (
        ({"minutes": 0}, "minutes-1"), ({"minutes": "năm"}, "minutes-1"), ({"kind": "dance"}, "kind-1"),
        ({"site": "nowhere"}, "site-1"), ({"title": ""}, "title-1"), ({"statement": "none"}, "statement-1"),
    ):  # fmt: skip
        lines = [good[0], {**good[1], **change}, *good[2:]]
        with pytest.raises(Refusal) as refused:
            agenda.set_agenda(asker=steering, conference=meeting.conference, items=lines)
        assert refused.value.field == field


def test_a_statement_comes_typed_or_as_a_file_and_each_text_waits_for_its_review(meeting, steering, tmp_path):
    key = commissioned(meeting)
    made = docx.Document()
    made.add_paragraph("Kính thưa đồng chí chủ trì hội nghị.")
    made.add_paragraph("Đơn vị đã bảo trì 12 đèn.")
    held = io.BytesIO()
    made.save(held)
    statements.register_text(
        asker=meeting.site, conference=meeting.conference, statement=key, file=(held.getvalue(), "tham-luan.docx")
    )
    one = meeting.state.statements[key]
    assert "Đơn vị đã bảo trì 12 đèn." in one.text and files.read(one.file) == held.getvalue()
    assert statements.syllables(one.text) == 15 and statements.estimated_minutes(one.text) == 1
    with pytest.raises(Forbidden):
        statements.review(asker=meeting.site, conference=meeting.conference, statement=key, review=Review.ACCEPTED)
    with pytest.raises(Refusal) as refused:
        statements.review(asker=steering, conference=meeting.conference, statement=key, review=Review.RETURNED)
    assert refused.value.field == "note"
    statements.review(
        asker=steering, conference=meeting.conference, statement=key, review=Review.RETURNED, note="Bổ sung số liệu"
    )
    statements.register_text(asker=meeting.site, conference=meeting.conference, statement=key, text="Bản mới", seen=1)
    again = meeting.state.statements[key]
    assert (again.edition, again.review, again.text) == (2, "", "Bản mới")
    with pytest.raises(MovedOn):
        statements.register_text(
            asker=meeting.site, conference=meeting.conference, statement=key, text="Bản khác", seen=1
        )
    for bad, name in ((b"MZ\x00", "virus.exe"), (b"", "a.txt"), (b"%PDF-1.4 broken", "a.pdf")):
        with pytest.raises(Refusal) as refused:
            statements.register_text(asker=meeting.site, conference=meeting.conference, statement=key, file=(bad, name))
        assert refused.value.field == "file"
    assert meeting.state.statements[key].edition == 2


def test_the_same_text_sent_again_is_refused_and_its_review_stands(meeting, steering):
    key = commissioned(meeting)
    sent = {"asker": meeting.site, "conference": meeting.conference, "statement": key, "author": "Phó Cục trưởng"}
    statements.register_text(**sent, text="Dòng một\nDòng hai")
    statements.review(asker=steering, conference=meeting.conference, statement=key, review=Review.ACCEPTED)
    for again in ({"text": "Dòng một\r\nDòng hai\r\n"}, {"text": "Dòng một\nDòng hai", "delivery": "spoken"}):
        with pytest.raises(Refusal) as refused:
            statements.register_text(**sent, **again)
        assert refused.value.field == "text"
    one = meeting.state.statements[key]
    assert (one.edition, one.review) == (1, Review.ACCEPTED)
    statements.register_text(**sent, file=("Dòng một\nDòng hai".encode(), "a.txt"))
    with pytest.raises(Refusal) as refused:
        statements.register_text(**sent, file=("Dòng một\nDòng hai".encode(), "b.txt"))
    assert refused.value.field == "file"
    statements.register_text(**sent, text="Dòng một\nDòng hai", delivery=Delivery.WRITTEN)
    assert meeting.state.statements[key].edition == 3


def test_accepted_statements_are_put_after_the_others_and_those_in_writing_are_not_called(meeting, steering):
    keys = [commissioned(meeting, f"s{n}", subject=f"Chủ đề {n}", reserve=n == 3) for n in (1, 2, 3, 4)]
    for key in keys:
        delivery = Delivery.WRITTEN if key == keys[3] else Delivery.SPOKEN
        statements.register_text(
            asker=steering, conference=meeting.conference, statement=key, text="Văn bản", delivery=delivery
        )
    for key in (keys[0], keys[2], keys[3]):
        statements.review(asker=steering, conference=meeting.conference, statement=key, review=Review.ACCEPTED)
    agenda.put_statements(asker=steering, conference=meeting.conference)
    placed = [item.statement for item in meeting.state.agenda]
    assert placed == ["", "", "", "", keys[0], "", ""]
    agenda.put_statements(asker=steering, conference=meeting.conference, statements=[keys[2]])
    assert [item.statement for item in meeting.state.agenda][4:6] == [keys[0], keys[2]]
    with pytest.raises(Refusal):
        agenda.put_statements(asker=steering, conference=meeting.conference)


def test_the_usual_course_holds_reply_and_conclusion_after_a_senior_guest(meeting, steering):
    from soichieu.conferences.commands import planning

    agenda.set_agenda(asker=steering, conference=meeting.conference, items=[])
    planning.change(
        asker=steering, conference=meeting.conference, facts={"seniors": ["Phó Thủ tướng"], "chair": "Bộ trưởng"}
    )
    agenda.offer_usual(asker=steering, conference=meeting.conference)
    kinds = [item.kind for item in meeting.state.agenda]
    assert kinds.index(AgendaKind.DIRECTING_SPEECH) + 1 == kinds.index(AgendaKind.REPLY)
    assert kinds[-2:] == [AgendaKind.CONCLUSION, AgendaKind.CLOSING]
    assert meeting.state.agenda[kinds.index(AgendaKind.DIRECTING_SPEECH)].speaker == "Phó Thủ tướng"
    with pytest.raises(MovedOn):
        agenda.offer_usual(asker=steering, conference=meeting.conference)


def test_whoever_does_not_prepare_it_writes_nothing(meeting):
    for asker in (meeting.site, meeting.house.askers["observer"], meeting.house.askers["other"]):
        for press in (
            lambda who: preparing.offer_standard(asker=who, conference=meeting.conference),
            lambda who: sites.remove_site(asker=who, conference=meeting.conference, site="s5"),
            lambda who: agenda.set_agenda(asker=who, conference=meeting.conference, items=[]),
            lambda who: statements.commission(
                asker=who, conference=meeting.conference, site="s1", subject="A", minutes=5
            ),
        ):
            before = meeting.state.position
            with pytest.raises(Forbidden):
                press(asker)
            assert meeting.state.position == before


def test_after_the_end_nothing_of_the_preparation_changes(meeting, steering):
    floor.open_conference(asker=meeting.chair, conference=meeting.conference)
    floor.close_conference(asker=meeting.chair, conference=meeting.conference)
    with pytest.raises(MovedOn):
        preparing.write_task(asker=steering, conference=meeting.conference, title="A", owner="B")
