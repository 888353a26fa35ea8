"""The pages: the list, the follow-up, one finding with its forms, the part of a unit's sheet; the same as data."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from soichieu.documents.commands import register_document
from soichieu.findings import commands
from soichieu.findings.models import Answer, Finding, Sameness, Step
from tests.baselines import assert_query_baseline
from tests.findings.conftest import SUBJECTIVE, Hall, done, given

SignIn = Callable[[str], Any]
LIST, FOLLOW_UP = reverse("findings:findings"), reverse("findings:follow-up")


def page(finding: Finding) -> str:
    return reverse("findings:finding", args=[finding.key])


def words(client: Any, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_sees_what_concerns_them_and_another_ministry_nothing(hall: Hall, signed_in: SignIn) -> None:
    finding = hall.raise_(words="Cập nhật còn chậm.")
    for who, seen in (("steering", True), ("staff", True), ("peer", False), ("other", False)):
        client = signed_in(who)
        assert ("Cập nhật còn chậm." in words(client, LIST)) is seen
        assert client.get(page(finding)).status_code == (200 if seen else 404)


def test_one_row_for_what_is_one_and_it_says_how_often_and_that_the_cause_is_the_same(
    hall: Hall, signed_in: SignIn
) -> None:
    first = hall.raise_(words="Chậm lần một.", subjective_cause=SUBJECTIVE)
    hall.raise_(words="Chậm lần hai.", subjective_cause=SUBJECTIVE, same_as=first, occasion=hall.autumn)
    data = signed_in("staff").get(LIST, {"format": "json"}).json()
    assert [(row["key"], row["words"], row["times"], row["same_cause"]) for row in data["rows"]] == [
        (first.key, "Chậm lần hai.", 2, True)
    ]
    assert [one["nth"] for one in data["rows"][0]["raised"]] == [1, 2]
    text = words(signed_in("staff"), page(first))
    assert "Đã nêu 2 lần" in text and "trùng từng chữ với mục 1" in text


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ({"kind": "shortcoming"}, {"Chậm."}),
        ({"state": "withdrawn"}, {"Rút."}),
        ({"q": "cham"}, {"Chậm."}),
        ({"occasion": "autumn"}, {"Rút."}),
        ({"on-from": "1-7-2025"}, {"Rút."}),
        ({"same_cause": "1"}, set()),
    ],
)
def test_filters(hall: Hall, signed_in: SignIn, query: dict[str, str], kept: set[str]) -> None:
    hall.raise_(words="Chậm.")
    taken = hall.raise_("result", words="Rút.", occasion=hall.autumn)
    commands.withdraw(asker=hall.asker("steering"), holder_unit_id=hall.ministry, finding=taken, reason="Nhầm.")
    rows = signed_in("steering").get(LIST, query | {"format": "json"}).json()["rows"]
    assert {row["words"] for row in rows} == kept


def test_by_unit_and_by_directive(hall: Hall, signed_in: SignIn) -> None:
    text = "KẾ HOẠCH\nThử nghiệm\n\nI- NHIỆM VỤ\n\n1. Các cục cập nhật số liệu trước ngày 30-6-2025.\n"
    document = register_document(
        hall.asker("steering"), number="07/KH-BTN", issuer="Bộ Thử nghiệm", signed_on=dt.date(2025, 1, 9),
        title="Kế hoạch", issuer_unit=hall.house.ministry, file=(text.encode(), "07.txt"),
    )  # fmt: skip
    sentence = document.editions.get().provisions.get(citation="I.1.s1")
    hall.raise_(words="Chậm.", provisions=[sentence.identity])
    hall.raise_(words="Khác.", units=[hall.unit(1)])
    client = signed_in("steering")

    def rows(**query: Any) -> list[str]:
        return [row["words"] for row in client.get(LIST, query | {"format": "json"}).json()["rows"]]

    assert rows(unit=hall.unit(1)) == ["Khác."]
    assert rows(directive=document.pk) == ["Chậm."]
    thread = words(client, page(Finding.objects.order_by("pk")[0]))
    assert "07/KH-BTN, I.1.s1" in thread and "Các cục cập nhật số liệu" in thread
    peer = words(signed_in("staff"), page(Finding.objects.order_by("pk")[0]))
    assert "Các cục cập nhật số liệu" not in peer, "a document that is not the unit's to see is named alone"


def test_the_export_holds_what_is_filtered(hall: Hall, signed_in: SignIn) -> None:
    hall.raise_(words="Chậm.", subjective_cause=SUBJECTIVE)
    hall.raise_("result", words="Tốt.")
    answer = signed_in("steering").get(LIST, {"kind": "shortcoming", "export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    assert sheet is not None
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert "Chậm." in cells and SUBJECTIVE in cells and "Tốt." not in cells


def test_the_follow_up_counts_what_is_filtered(hall: Hall, signed_in: SignIn, notice: Any) -> None:
    given(hall, notice, [hall.unit(0)])
    hall.conclude(hall.draft(words="Giao Cục Số 1 rà soát."))
    data = signed_in("steering").get(FOLLOW_UP, {"format": "json"}).json()
    assert (data["counts"]["tasks"], data["counts"]["done"], data["counts"]["expected"]) == (1, 0, 1)
    assert data["rows"][0]["count"]["of"] == 1 and data["rows"][0]["lifecycle"] == "not_started"
    only = signed_in("steering").get(FOLLOW_UP, {"format": "json", "state": "concluded"}).json()
    assert (only["counts"]["tasks"], only["counts"]["expected"], len(only["rows"])) == (0, 1, 1)
    text = words(signed_in("staff"), FOLLOW_UP)
    assert "dự kiến giao (chờ thông báo kết luận)" in text and "12/TB-BTN" in text
    csv = signed_in("steering").get(FOLLOW_UP, {"export": "csv"})
    assert "0/1" in b"".join(csv).decode()


def test_the_follow_up_says_that_what_others_owe_is_not_in_it(hall: Hall, signed_in: SignIn, notice: Any) -> None:
    _finding, tasks = given(hall, notice, [hall.unit(0), hall.unit(1)])
    done(hall, tasks[0], dt.date(2025, 9, 1))
    others = {"unit": str(hall.unit(1))}
    text = " ".join(words(signed_in("staff"), f"{FOLLOW_UP}?unit={hall.unit(1)}").split())
    assert "1 kết luận còn giao nhiệm vụ cho đơn vị khác" in text
    assert '<span class="note block">trong phạm vi được xem</span>' in text
    assert '<span class="note block">Cục Số 1</span>' in text
    assert signed_in("staff").get(FOLLOW_UP, others | {"format": "json"}).json()["rows"][0]["in_part"] is True
    text = words(signed_in("steering"), FOLLOW_UP)
    assert "cho đơn vị khác; việc thực hiện" not in text and ">trong phạm vi được xem<" not in text


def test_pages_cost_the_same_however_many_there_are(hall: Hall, signed_in: SignIn, notice: Any) -> None:
    for at in range(12):
        hall.raise_(words=f"Chậm {at}.", subjective_cause=SUBJECTIVE)
    for code in ("1", "2", "3"):
        finding, _tasks = given(hall, notice, [hall.unit(0), hall.unit(1)], code)
    client = signed_in("steering")
    for name, url, most in (
        ("findings:findings", LIST, 25),
        ("findings:follow-up", FOLLOW_UP, 30),
        ("findings:finding", page(finding), 60),
        ("findings:unit-panel", reverse("board:unit", args=[hall.unit(0)]), 70),
    ):
        client.get(url)
        with assert_query_baseline(name, maximum=most):
            assert client.get(url).status_code == 200


def test_a_proposal_is_answered_on_its_page(hall: Hall, signed_in: SignIn) -> None:
    finding = hall.raise_("proposal", author_unit=hall.unit(0), addressee="", addressee_unit=hall.unit(1))
    peer = signed_in("peer")
    sent = {"act": "answer", "answer-choice": "refused", "answer-reason": "", "answer-answered_on": "1-11-2025"}
    wrong = peer.post(page(finding), sent)
    assert wrong.status_code == 422 and "lý do" in wrong.content.decode()
    assert peer.post(page(finding), sent | {"answer-document": "99/XX"}).status_code == 422
    assert not Answer.objects.exists()
    done = peer.post(page(finding), sent | {"answer-reason": "Vượt thẩm quyền."})
    assert done.status_code == 302
    text = words(signed_in("staff"), page(finding))
    assert "Không tiếp thu" in text and "Vượt thẩm quyền." in text
    assert signed_in("staff").post(page(finding), sent).status_code == 403


def test_that_two_are_one_is_said_on_the_page(hall: Hall, signed_in: SignIn) -> None:
    first = hall.raise_(words="Việc cập nhật số liệu còn chậm, chưa kịp thời.")
    second = hall.raise_(words="Cập nhật số liệu vẫn còn chậm.", occasion=hall.autumn)
    client = signed_in("secretary")
    assert "Việc cập nhật số liệu còn chậm" in words(client, page(second))
    assert client.post(page(second), {"act": "same", "same-same_as": "x"}).status_code == 422
    assert client.post(page(second), {"act": "same", "same-same_as": first.key}).status_code == 302
    said = Sameness.objects.get()
    assert (said.finding, said.same_as) == (second, first)
    sent = {"act": "apart", "apart-same_as": first.key, "apart-reason": "Hai việc."}
    assert client.post(page(second), sent).status_code == 302
    assert not Sameness.objects.order_by("-pk")[0].holds
    assert signed_in("staff").post(page(second), sent).status_code == 403


def test_two_wordings_are_settled_on_the_page(hall: Hall, signed_in: SignIn) -> None:
    finding = hall.raise_(words="Chậm.")
    first = finding.versions.get()
    for who in ("steering", "secretary"):
        commands.word(
            asker=hall.asker(who), holder_unit_id=hall.ministry, finding=finding, after=[first], words=f"Câu {who}."
        )
    client = signed_in("head")
    text = words(client, page(finding))
    assert "Câu steering." in text and "Câu secretary." in text and "Hai người cùng sửa một lúc" in text
    heads = ",".join(str(one.pk) for one in finding.versions.order_by("pk")[1:])
    sent = {"act": "word", "word-words": "Cả hai.", "word-subjective_cause": SUBJECTIVE, "word-after": heads}
    assert client.post(page(finding), sent | {"word-after": "x"}).status_code == 422
    assert client.post(page(finding), sent).status_code == 302
    data = client.get(page(finding), {"format": "json"}).json()
    assert (data["words"], data["subjective_cause"], len(data["heads"])) == ("Cả hai.", SUBJECTIVE, 1)
    assert len(data["wordings"]) == 4


def test_withdrawn_and_remedied_stay_to_be_read(hall: Hall, signed_in: SignIn) -> None:
    gone, better = hall.raise_(words="Nhầm."), hall.raise_(words="Đã sửa.")
    client = signed_in("steering")
    for finding, act in ((gone, "withdraw"), (better, "remedy")):
        sent = {"act": act, f"{act}-reason": "", f"{act}-on": "1-11-2025"}
        assert client.post(page(finding), sent).status_code == 422
        assert client.post(page(finding), sent | {f"{act}-reason": "Vì vậy."}).status_code == 302
    assert [one.step for one in Step.objects.order_by("pk")] == ["withdrawn", "remedied"]
    assert "Vì vậy." in words(client, page(gone))
    assert client.post(page(gone), {"act": "withdraw"}).status_code == 403


def test_the_sheet_of_a_unit_tells_what_is_expected_found_and_proposed(hall: Hall, signed_in: SignIn) -> None:
    first = hall.raise_(words="Chậm lần một.", subjective_cause=SUBJECTIVE)
    hall.raise_(words="Chậm lần hai.", subjective_cause=SUBJECTIVE, same_as=first, occasion=hall.autumn)
    hall.raise_(
        asker=hall.asker("staff"), author_unit=hall.unit(0), own=True, words="Tự nêu: thiếu người."
    )  # fmt: skip
    proposal = hall.raise_("proposal", words="Đề nghị thêm người.", author_unit=hall.unit(0))
    commands.answer(asker=hall.asker("steering"), finding=proposal, choice="refused", reason="Không có biên chế.")
    hall.conclude(hall.draft(words="Giao Cục Số 1 lập đề án."))
    hall.draft(words="Dự thảo chưa ai biết.")
    sheet = reverse("board:unit", args=[hall.unit(0)])
    text = words(signed_in("staff"), sheet)
    assert "Dự kiến giao (chờ thông báo kết luận)" in text and "Giao Cục Số 1 lập đề án." in text
    assert "nêu lần thứ 2" in text and "cùng nguyên nhân, trùng từng chữ" in text
    assert "Tự nêu: thiếu người." in text and "đơn vị tự nêu, không tính" in text
    assert "Không có biên chế." in text and "Dự thảo chưa ai biết." not in text
    assert "Chậm lần hai." not in words(signed_in("staff"), sheet + "?as_at=2025-05-01")
    assert "Chậm lần" not in words(signed_in("peer"), sheet)


def test_the_sheet_of_a_unit_without_any_has_no_such_part(hall: Hall, signed_in: SignIn) -> None:
    hall.raise_()
    assert "found-of-unit" not in words(signed_in("peer"), reverse("board:unit", args=[hall.unit(1)]))


def test_a_link_in_english(hall: Hall, signed_in: SignIn) -> None:
    finding = hall.raise_()
    client = signed_in("staff")
    client.cookies["django_language"] = "en"
    answer = client.get(page(finding), headers={"accept-language": "en"})
    assert "When it was raised" in answer.content.decode()
