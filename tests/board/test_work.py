"""The pages of one obligation, one line and the thread: what they say, and writing through them."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from soichieu.board.forms import SEPARATOR
from soichieu.board.queries.history import step
from soichieu.board.queries.obligation import page_of
from soichieu.documents.commands import register_document
from soichieu.ledger import clock, queries
from soichieu.ledger.fold import states as st
from soichieu.ledger.kinds import Kind
from soichieu.ledger.models import Entry, Obligation
from soichieu.ledger.queries import Question
from tests.baselines import assert_query_baseline
from tests.board.house import NOW, House, build, day, named_histories

Clients = Callable[[str], Client]


def address(of: Obligation) -> str:
    return reverse("board:obligation", args=[of.pk])


def post(client: Client, of: Obligation, kind: str, **fields: Any) -> Any:
    return client.post(address(of), {"kind": kind, "happened_on": "1-12-2025", **fields})


def test_the_book_of_every_obligation_ends_where_the_fold_does(house: House) -> None:
    question = Question(NOW.date())
    answer = question.answer()
    for of in Obligation.objects.filter(chain__directive=house.directive):
        page = page_of(house.operator, of.pk, question)
        counted = [line for line in page.lines if line.standing == "counts"]
        cell = answer.cell(of.pk)
        if not page.parts:
            assert counted[-1].after == cell.lifecycle
        assert sum(line.standing == "no_effect" for line in page.lines) == cell.flagged


def test_a_line_through_the_table_keeps_the_remembered_state() -> None:
    from soichieu.ledger.fold import table as tb

    state, kept, counted = step(st.IP, st.AB, tb.ROW["suspended"])
    assert (state, kept, counted) == (st.SP, st.IP, True)
    assert step(state, kept, tb.ROW["reopened"]) == (st.IP, st.IP, True)
    assert step(st.NS, st.AB, tb.ROW["accepted"]) == (st.NS, st.AB, False)
    assert step(st.NS, st.AB, -1) == (st.NS, st.AB, False)


def test_it_shows_both_deadlines_late_lines_and_lines_without_effect(house: House, as_: Clients) -> None:
    of = house.obligation(7, house.offices[0])
    text = as_("steering").get(address(of)).content.decode()
    assert re.search(r'<s><time datetime="2026-03-31">31-3-2026</time></s> <b><time datetime="2026-06-30">', text)
    assert "ghi bổ sung" in text and "không có hiệu lực với tình trạng ngày đó" in text
    assert "báo qua điện thoại" in text
    assert "II.3" in text  # the sentence's place in the document


def test_as_known_earlier_it_shows_no_later_line(house: House, as_: Clients) -> None:
    of = house.obligation(7, house.offices[0])
    then = as_("steering").get(address(of), {"as_at": "20-11-2025", "known_at": "21-11-2025"})
    assert all(line.entry.kind != Kind.EXTENDED for line in then.context["page"].lines)
    now = as_("steering").get(address(of), {"as_at": "19-11-2025"})
    late = next(line for line in now.context["page"].lines if line.entry.kind == Kind.EXTENDED)
    assert late.standing == "later"


def test_a_line_written_after_midnight_is_of_that_day(house: House, as_: Clients) -> None:
    """Of the day of Hà Nội, where the morning begins seven hours before that of the server's clock."""
    of = house.obligation(7, house.offices[0])
    with clock.injected(dt.datetime(2026, 3, 4, 18, 30, tzinfo=dt.UTC)):
        house.act("noted", 7, house.offices[0], dt.date(2026, 3, 5), payload={"reason": "sau nửa đêm"})
        page = as_("steering").get(address(of))
    assert (dt.date(2026, 3, 5), dt.date(2026, 3, 5)) in page.context["pairs"]


def test_parts_and_their_whole_lead_to_each_other(house: House, as_: Clients) -> None:
    whole = house.obligation(10, house.offices[1])
    page = as_("steering").get(address(whole)).context["page"]
    assert len(page.parts) == 2
    part = as_("steering").get(reverse("board:obligation", args=[page.parts[0].id])).context["page"]
    assert part.whole is not None and part.whole.id == whole.pk


def not_started(house: House, who: int = 0) -> Obligation:
    now = Question.now().answer()
    for code in range(len(house.requirements)):
        of = house.obligation(code, house.offices[who])
        if now.cell(of.pk).lifecycle == "not_started":
            return of
    house.act("voided", 0, house.offices[who], NOW.date())
    raise AssertionError("the house should leave something not started")


def in_progress(house: House, who: int = 0) -> Obligation:
    of = house.obligation(7, house.offices[who])
    return of


def test_a_staff_officer_writes_a_line_with_number_date_file_and_signer(house: House, as_: Clients) -> None:
    register_document(
        house.operator, number="15/KH-CTD", issuer="Cục Thiên Đàn", signed_on=day("20-11"), title="Kế hoạch",
        issuer_unit=house.offices[0],
    )  # fmt: skip
    of, client = in_progress(house), as_("staff")
    answer = post(
        client, of, "claimed", number="15/KH-CTD", number_date="20-11-2025", signing_form="KT.",
        signer="Phó Cục trưởng",
        reason="đã xong", evidence=SimpleUploadedFile("ke-hoach.txt", b"van ban", "text/plain"),
    )  # fmt: skip
    assert answer.status_code == 302
    line = Entry.objects.filter(obligation=of, kind="claimed").latest("position")
    assert line.details == {
        "number": "15/KH-CTD", "number_date": "2025-11-20", "signing_form": "KT.", "signer": "Phó Cục trưởng",
        "reason": "đã xong", "file_names": {line.evidence_hashes[0]: "ke-hoach.txt"},
    }  # fmt: skip
    assert (line.source_room, line.source_kind) == ("documents", "document")
    assert line.post_id == house.askers["staff"].post_id and len(line.evidence_hashes) == 1
    shown = client.get(reverse("board:entry", args=[line.pk])).content.decode()
    assert "ke-hoach.txt" in shown and line.hash in shown and line.previous_hash in shown and "15/KH-CTD" in shown
    file = reverse("board:evidence", args=[line.pk, line.evidence_hashes[0]])
    assert b"".join(client.get(file).streaming_content) == b"van ban"
    assert as_("second").get(file).status_code == 404
    assert client.get(reverse("board:evidence", args=[line.pk, "0" * 64])).status_code == 404


def test_the_words_of_a_line_stand_in_the_book_under_the_label_of_their_form(house: House, as_: Clients) -> None:
    of, client = in_progress(house), as_("staff")
    form = client.get(address(of)).context
    labels = {kind: str(one.fields["reason"].label) for kind, _label, one, _open in form["acts"] + form["more_acts"]}
    assert (labels["noted"], labels["claimed"], labels["extension_asked"]) == ("Nội dung", "Ghi chú", "Lý do")
    post(client, of, "noted", reason="Họp triển khai")
    post(client, of, "claimed", reason="Đủ bốn kíp")
    lines = client.get(address(of)).context["page"].lines
    facts = {line.entry.kind: line.facts for line in lines}
    assert facts["noted"] == [("nội dung", "Họp triển khai")] and facts["claimed"] == [("ghi chú", "Đủ bốn kíp")]


def test_a_refusal_keeps_what_was_typed_and_names_the_field(house: House, as_: Clients) -> None:
    of = in_progress(house)
    for fields, field, words in (
        ({"happened_on": "31-11-2025", "reason": "lý do dài"}, "happened_on", "30 ngày"),
        ({"happened_on": "1-12-2026", "reason": "lý do dài"}, "happened_on", "2026"),
        ({"happened_on": "1-12-2019", "reason": "lý do dài"}, "happened_on", "1-12-2019"),
    ):
        answer = post(as_("staff"), of, "claimed", **fields)
        assert answer.status_code == 422
        text = answer.content.decode()
        assert "lý do dài" in text and f'value="{fields["happened_on"]}"' in text
        assert words in str(answer.context["bound"].errors[field])
        assert not Entry.objects.filter(obligation=of, kind="claimed").exists()
    answer = post(as_("staff"), of, "noted", reason="")
    assert answer.status_code == 422 and "reason" in answer.context["bound"].errors


def test_the_file_of_a_refused_form_is_kept_and_goes_along_unless_it_is_unticked(house: House, as_: Clients) -> None:
    of, client = in_progress(house), as_("staff")

    def refused(**fields: Any) -> tuple[list[str], str]:
        answer = post(client, of, "claimed", happened_on="31-11-2025", **fields)
        assert answer.status_code == 422
        return answer.context["bound"].data.getlist("kept"), answer.content.decode()

    first = SimpleUploadedFile("bien-ban.txt", "biên bản".encode(), "text/plain")
    kept, text = refused(evidence=first)
    assert len(kept) == 1 and "bien-ban.txt" in text and f'value="{kept[0]}"' in text
    assert "Hãy chọn lại tệp" not in text
    again, text = refused(kept=kept, evidence=SimpleUploadedFile("anh.txt", "ảnh".encode(), "text/plain"))
    assert again[:1] == kept and len(again) == 2 and "bien-ban.txt" in text and "anh.txt" in text
    assert refused()[0] == []
    assert post(client, of, "claimed", kept=again[:1] + ["của người khác"]).status_code == 422
    assert post(client, of, "claimed", kept=again[1:]).status_code == 302
    line = Entry.objects.get(obligation=of, kind="claimed")
    assert list(line.details["file_names"].values()) == ["anh.txt"] and len(line.evidence_hashes) == 1


def test_of_a_form_that_may_not_be_sent_no_file_is_kept(house: House, as_: Clients) -> None:
    from soichieu.documents.models import StoredFile

    before = StoredFile.objects.count()
    sent = {"happened_on": "31-11-2025", "evidence": SimpleUploadedFile("la.txt", b"la", "text/plain")}
    assert post(as_("observer"), in_progress(house), "claimed", **sent).status_code == 422
    assert StoredFile.objects.count() == before


def test_a_telephone_call_counts_apart_and_says_who_called(house: House, as_: Clients) -> None:
    of = in_progress(house)
    assert post(as_("staff"), of, "claimed", telephone="on").status_code == 422
    assert post(as_("staff"), of, "claimed", telephone="on", caller="Trực ban Phòng 1").status_code == 302
    line = Entry.objects.get(obligation=of, kind="claimed")
    assert not line.paper and line.source_id == "Trực ban Phòng 1"


def test_a_unit_is_named_by_name_without_tones_or_by_code(house: House, as_: Clients) -> None:
    of, client = in_progress(house), as_("steering")
    answer = post(client, of, "reassigned", unit="cuc")
    assert answer.status_code == 422 and SEPARATOR in str(answer.context["bound"].errors["unit"])
    assert post(client, of, "reassigned", unit="khong co").status_code == 422
    assert post(client, of, "reassigned", unit="cuc kim sa").status_code == 302
    assert queries.obligation(house.operator, of.pk)[1].holder_id == house.offices[1].pk
    options = client.get(reverse("board:obligation-units", args=[of.pk]), {"unit": "thien dan"}).content.decode()
    assert f"Cục Thiên Đàn{SEPARATOR}cuc-0" in options


def test_whoever_may_not_write_is_refused_with_the_rule(house: House, as_: Clients) -> None:
    of = in_progress(house)
    answer = post(as_("observer"), of, "claimed")
    assert answer.status_code == 403
    assert post(as_("second"), of, "claimed").status_code == 404
    assert post(as_("staff"), of, "opened").status_code == 404
    assert not Entry.objects.filter(obligation=of, kind="claimed").exists()


def test_two_people_at_once_are_told_of_each_other(house: House, as_: Clients) -> None:
    of, client = in_progress(house), as_("staff")
    seen = max(line.entry.position for line in client.get(address(of)).context["page"].lines)
    house.act("noted", 7, house.offices[0], NOW.date(), payload={"reason": "việc khác"})
    answer = post(client, of, "claimed", seen=str(seen), reason="giữ nguyên")
    assert answer.status_code == 422 and "giữ nguyên" in answer.content.decode()
    assert "đã có dòng mới" in str(answer.context["bound"].non_field_errors())
    again = re.search(r'name="seen" value="(\d+)"', str(answer.context["bound"]["seen"]))
    assert again is not None
    assert post(client, of, "claimed", seen=again[1], reason="giữ nguyên").status_code == 302


@pytest.fixture
def committed(transactional_db: None) -> House:
    made = build(offices=2, divisions=2)
    named_histories(made)
    return made


def test_of_six_who_send_at_once_one_writes_and_five_are_told(committed: House) -> None:
    of = in_progress(committed)
    clients = [Client() for _n in range(6)]
    for client in clients:
        client.force_login(committed.accounts["staff"])
    seen = max(line.entry.position for line in clients[0].get(address(of)).context["page"].lines)
    together, statuses = threading.Barrier(6), []

    def send(client: Client) -> None:
        try:
            together.wait(10)
            with clock.injected(NOW):
                statuses.append(post(client, of, "noted", seen=str(seen), reason="việc khác").status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert sorted(statuses) == [302, 422, 422, 422, 422, 422]
    assert Entry.objects.filter(obligation=of, position__gt=seen).count() == 1


def test_a_wrong_line_is_voided_from_its_row(house: House, as_: Clients) -> None:
    of, client = in_progress(house), as_("staff")
    post(client, of, "claimed")
    line = Entry.objects.get(obligation=of, kind="claimed")
    answer = client.post(address(of), {"kind": "voided", "voids": line.position, "reason": ""})
    assert answer.status_code == 422
    assert client.post(address(of), {"kind": "voided", "voids": line.position, "reason": "ghi nhầm"}).status_code == 302
    page = client.get(address(of)).context["page"]
    struck = next(one for one in page.lines if one.entry.pk == line.pk)
    assert (
        struck.standing == "voided"
        and struck.voided_by is not None
        and struck.voided_by.details["reason"] == "ghi nhầm"
    )
    again = client.post(address(of), {"kind": "voided", "voids": line.position, "reason": "lần nữa"})
    assert again.status_code == 422
    text = client.get(reverse("board:entry", args=[line.pk])).content.decode()
    assert "Dòng này ghi sai" in text


def test_a_line_without_effect_is_written_and_said_to_be_one(house: House, as_: Clients) -> None:
    of = in_progress(house)
    answer = as_("staff").post(address(of), {"kind": "started", "happened_on": "30-11-2025"}, follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert said and "không có hiệu lực" in said[0]


def test_what_is_acknowledged_is_not_offered_again_until_somebody_else_holds_it(house: House, as_: Clients) -> None:
    of, client = in_progress(house), as_("staff")

    def offered() -> set[str]:
        context = client.get(address(of)).context
        return {one[0] for one in (*context["acts"], *context["more_acts"])}

    assert "acknowledged" in offered()
    assert post(client, of, "acknowledged").status_code == 302
    assert "acknowledged" not in offered() and "claimed" in offered()
    again = post(client, of, "acknowledged")
    line = Entry.objects.get(obligation=of, kind="acknowledged")
    assert again.status_code == 422 and f"tại dòng {line.position}" in str(again.context["bound"].non_field_errors())
    assert post(client, of, "declined", reason="không đúng chức năng").status_code == 302
    assert "acknowledged" in offered(), "by it a request is taken back"
    assert post(client, of, "acknowledged").status_code == 302
    assert "acknowledged" not in offered()
    later = Entry.objects.filter(obligation=of, kind="acknowledged").latest("position")
    client.post(address(of), {"kind": "voided", "voids": later.position, "reason": "ghi nhầm"})
    assert "acknowledged" in offered()


def test_a_line_without_effect_says_since_which_line_and_what_to_do(house: House, as_: Clients) -> None:
    of, client = in_progress(house), as_("staff")
    post(client, of, "acknowledged", happened_on="28-11-2025")
    post(client, of, "claimed", happened_on="26-11-2025")
    claimed = Entry.objects.get(obligation=of, kind="claimed")
    line = next(one for one in client.get(address(of)).context["page"].lines if one.entry.kind == "acknowledged")
    assert (line.standing, line.since) == ("no_effect", claimed)
    text = client.get(address(of)).content.decode()
    assert f"từ dòng {claimed.position}, ngày 26-11-2025, nhiệm vụ đã ở tình trạng “Chờ xác nhận" in text
    assert "hủy dòng ghi sai ngày rồi ghi lại" in text


def test_the_thread_goes_from_the_sentence_to_the_line_and_back(house: House, as_: Clients) -> None:
    client = as_("steering")
    requirement = house.requirements[2]
    answer = client.get(reverse("board:thread", args=[requirement.pk]), {"as_at": "31-7-2025"})
    text = answer.content.decode()
    assert requirement.title in text and "II.2" in text
    assert "/documents/place/" in text  # the text, at the sentence
    assert reverse("board:board", args=[house.directive.pk]) in text
    bearers = answer.context["bearers"]
    assert len(bearers) == 6 and all(one.url.endswith("as_at=2025-07-31") for one in bearers)
    for one in bearers:
        if one.lifecycle == "done":
            assert one.answer is not None and one.answer.kind == "issued"
            assert reverse("board:entry", args=[one.answer.pk]) in text
    late = client.get(reverse("board:thread", args=[requirement.pk]), {"as_at": "31-7-2025", "sign": "overdue"})
    assert len(late.context["bearers"]) < 6


def test_the_pages_cost_no_query_a_line(house: House, as_: Clients) -> None:
    client, of = as_("steering"), house.obligation(7, house.offices[0])
    client.get(address(of))
    with assert_query_baseline("board obligation", maximum=60):
        client.get(address(of))
    with assert_query_baseline("board thread", maximum=40):
        client.get(reverse("board:thread", args=[house.requirements[2].pk]), {"as_at": "31-7-2025"})
    entry = of.entries.first()
    assert entry is not None
    with assert_query_baseline("board entry", maximum=40):
        client.get(reverse("board:entry", args=[entry.pk]))
