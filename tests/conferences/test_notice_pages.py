"""The pages after the conference: papers, the notice registered by its form, what became."""

from __future__ import annotations

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from soichieu.conferences.forms.faces import WordingForm
from soichieu.directives.forms import AddresseesForm, RequirementForm
from soichieu.ledger.models import Entry, Obligation
from tests.baselines import assert_query_baseline
from tests.conferences import reading_docx as read
from tests.conferences.ending import NOTICE_TEXT, at, course, worded
from tests.conferences.test_notice import LATER, settle


@pytest.fixture
def ended(meeting):
    return course(meeting)


def address(meeting, name: str, *more: str) -> str:
    return reverse(f"conferences:{name}", args=[meeting.conference.key, *more])


def sign_in(client, meeting, name: str):
    client.force_login(meeting.house.accounts[name])
    return client


def notice_form(ended, **more):
    names = ("task", "both", "standing", "up", "record")
    return {
        "number": "77/TB-BTN", "signed_on": "19-11-2025", "signing_form": "TL.",
        **{f"conclusion-{ended[name].key}": "in" for name in names},
        f"conclusion-{ended['dropped'].key}": "out",
        f"reason-{ended['dropped'].key}": "Chờ phương án chung",
        f"deadline-{ended['task'].key}": "31-3-2026", f"deadline-{ended['both'].key}": "31-3-2026", **more,
    }  # fmt: skip


def test_the_notice_is_registered_by_its_form(client, meeting, ended):
    sign_in(client, meeting, "steering")
    with at(day=LATER):
        page = client.get(address(meeting, "notice")).content.decode()
        assert "26-11-2025" not in page and "21-11-2025" in page  # five working days after the 14th
        for name in ("task", "dropped"):
            assert f'name="conclusion-{ended[name].key}"' in page
        assert ended["draft"].key not in page
        file = SimpleUploadedFile("tb.txt", NOTICE_TEXT.encode(), "text/plain")
        answer = client.post(address(meeting, "notice"), {**notice_form(ended), "file": file}, follow=True)
    assert answer.redirect_chain[-1][0] == address(meeting, "after")
    assert Obligation.objects.count() == 3
    text = answer.content.decode()
    assert "77/TB-BTN" in text and "Chờ phương án chung" in text


def test_what_was_typed_is_kept_when_it_cannot_stand(client, meeting, ended):
    sign_in(client, meeting, "steering")
    reason = f"reason-{ended['dropped'].key}"
    file = SimpleUploadedFile("tb.txt", NOTICE_TEXT.encode(), "text/plain")
    with at(day=LATER):
        answer = client.post(address(meeting, "notice"), {**notice_form(ended, **{reason: ""}), "file": file})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert reason in form.errors and form["number"].value() == "77/TB-BTN"
    assert form.kept_name == "tb.txt" and not Entry.objects.exists()
    with at(day=LATER):
        again = client.post(address(meeting, "notice"), {**notice_form(ended), "kept": form["kept"].value()})
    assert again.status_code == 302
    assert all(one.evidence_hashes for one in Entry.objects.all())


def test_a_refusal_of_the_ledger_stands_under_its_task(client, meeting, ended):
    sign_in(client, meeting, "steering")
    field = f"deadline-{ended['both'].key}"
    with at(day=LATER):
        answer = client.post(address(meeting, "notice"), notice_form(ended, **{field: "1-11-2025"}))
    assert answer.status_code == 422 and field in answer.context["form"].errors
    assert not Obligation.objects.exists()


def test_who_only_prepares_is_told_who_registers(client, meeting, ended):
    with at(day=LATER):
        sign_in(client, meeting, "head")
        page = client.get(address(meeting, "notice")).content.decode()
        assert "<button" not in page.split("<main")[1].split('class="notice"')[-1].split("</main>")[0]
        assert client.post(address(meeting, "notice"), notice_form(ended)).status_code == 403
        for name, code in (("staff", 403), ("observer", 403), ("other", 404)):
            assert sign_in(client, meeting, name).get(address(meeting, "notice")).status_code == code
    assert not Obligation.objects.exists()


def test_nothing_is_registered_before_the_end(client, meeting):
    sign_in(client, meeting, "steering")
    with at(0):
        assert "chưa kết thúc" in client.get(address(meeting, "notice")).content.decode()
        assert client.get(address(meeting, "after")).status_code == 404


def test_what_became_is_told_with_its_thread(client, meeting, ended):
    settle(meeting, ended)
    sign_in(client, meeting, "steering")
    with at(day=LATER):
        with assert_query_baseline("conference-after", maximum=90):
            page = client.get(address(meeting, "after"))
        told = client.get(address(meeting, "after") + "?format=json").json()
    assert page.status_code == 200
    by_key = {one["key"]: one for one in told["conclusions"]}
    task = by_key[ended["task"].key]
    assert task["state"] == "opened" and task["done"] == {"n": 0, "of": 1, "overdue": 0}
    assert task["thread"]["notice"]["number"] == "77/TB-BTN"
    assert "rà soát và bổ sung đèn biển" in task["thread"]["sentence_of_notice"]["words"]
    assert [one["unit"] for one in task["thread"]["obligations"]] == ["Cục Số 1"]
    assert task["thread"]["statement"]
    assert by_key[ended["dropped"].key]["why"] == "Chờ phương án tập huấn chung"
    assert ended["draft"].key not in by_key
    assert [one["words"] for one in told["shortcomings"]] == ["Hồ sơ đèn biển chưa đầy đủ"]
    assert told["waiting"] == 0


def test_a_conclusion_rests_on_its_sentence_of_the_directive(client, meeting):
    """From the obligation to the conclusion, the statement, and the sentence of the directive reviewed."""
    from soichieu.conferences.commands import floor
    from soichieu.documents.commands import read_edition
    from tests.conferences.ending import terms

    text = "KẾ HOẠCH\n\n1. Nhiệm vụ\n\n- Các cục rà soát toàn bộ đèn biển trước năm 2026.\n"
    edition = read_edition(meeting.house.askers["steering"], meeting.directive, text.encode(), "ke-hoach.txt")
    sentence = edition.provisions.filter(text__contains="rà soát toàn bộ").order_by("-depth").first()
    unit = meeting.house.units[0]
    with at(0):
        floor.open_conference(asker=meeting.chair, conference=meeting.conference)
        task = worded(meeting, "task", "Giao Cục Số 1 rà soát đèn.", terms=terms([unit.pk]), item="st1",
                      provisions=[sentence.identity_id])  # fmt: skip
        floor.close_conference(asker=meeting.chair, conference=meeting.conference)
    sign_in(client, meeting, "steering")
    form = {"number": "77/TB-BTN", "signed_on": "19-11-2025", f"conclusion-{task.key}": "in"}
    with at(day=LATER):
        client.post(address(meeting, "notice"), form)
        told = client.get(address(meeting, "after") + "?format=json").json()
        (one,) = told["conclusions"]
        assert one["thread"]["sentences"][0]["words"] == "Các cục rà soát toàn bộ đèn biển trước năm 2026."
        owed = client.get(one["thread"]["obligations"][0]["url"]).content.decode()
        assert reverse("findings:finding", args=[task.key]) in owed
        assert "Các cục rà soát toàn bộ đèn biển trước năm 2026." in owed
        finding = client.get(reverse("findings:finding", args=[task.key])).content.decode()
    assert meeting.conference.key in finding and "77/TB-BTN" in finding


def test_the_papers_page_and_each_paper(client, meeting, ended):
    sign_in(client, meeting, "steering")
    with at(90):
        with assert_query_baseline("conference-papers", maximum=60):
            page = client.get(address(meeting, "papers"))
        listed = client.get(address(meeting, "papers") + "?format=json").json()
        names = {"running-script": "kich-ban-dieu-hanh", "minutes": "bien-ban", "notice": "thong-bao-ket-luan"}
        for one in listed["printed"]:
            answer = client.get(one["url"])
            assert answer["Content-Type"].endswith("wordprocessingml.document")
            assert f"{names.get(one['paper'], '')}-2025-11-14.docx" in answer["Content-Disposition"]
            assert one["paper"] not in answer["Content-Disposition"]
            assert "BỘ THỬ NGHIỆM" in read.text_of(read.opened(answer.content)).upper()
        assert client.get(address(meeting, "paper", "minutes-of-nothing")).status_code == 404
    assert page.status_code == 200 and len(listed["printed"]) == 6
    assert [one["number"] for one in listed["file"]] == ["05/KH-BTN"]
    with at(90):
        for name, code in (("staff", 403), ("other", 404)):
            client = sign_in(client, meeting, name)
            assert client.get(address(meeting, "papers")).status_code == code
            assert client.get(address(meeting, "paper", "briefing")).status_code == code


def test_a_paper_is_put_into_the_file_and_the_file_handed_over(client, meeting, ended):
    sign_in(client, meeting, "steering")
    with at(day=LATER):
        wrong = client.post(address(meeting, "papers"), {"do": "add", "what": "recording", "label": "Băng ghi"})
        assert wrong.status_code == 422 and "what" in wrong.context["form"].errors
        file = SimpleUploadedFile("bao-cao.txt", "Báo cáo".encode(), "text/plain")
        fields = {"do": "add", "what": "report", "label": "Báo cáo trung tâm", "file": file}
        assert client.post(address(meeting, "papers"), fields).status_code == 302
        by_number = {"do": "add", "what": "other", "label": "Kế hoạch", "document": "05/KH-BTN"}
        assert client.post(address(meeting, "papers"), by_number).status_code == 302
        page = client.get(address(meeting, "papers")).content.decode()
        assert "Báo cáo trung tâm" in page
        settle(meeting, ended)
        over = {"do": "archive", "on": "20-11-2025", "receiver": "Lưu trữ cơ quan", "reference": "01.VP"}
        assert client.post(address(meeting, "papers"), over).status_code == 302
        page = client.get(address(meeting, "papers")).content.decode()
    assert "Lưu trữ cơ quan" in page and 'id="add"' not in page


def test_json_of_the_form(client, meeting, ended):
    sign_in(client, meeting, "steering")
    with at(day=LATER):
        told = json.load(io.BytesIO(client.get(address(meeting, "notice") + "?format=json").content))
    assert told["due_on"] == "2025-11-21" and len(told["waiting"]) == 6


def test_the_printed_draft_comes_back_signed_and_each_task_finds_its_sentence(client, meeting, ended):
    """The .docx that the room prints is what the office signs: read again, it says which sentence gives which task."""
    sign_in(client, meeting, "steering")
    with at(90):
        draft = client.get(address(meeting, "paper", "notice")).content
    everything = {f"conclusion-{ended[name].key}": "in" for name in ("task", "both", "standing", "up", "record")}
    everything |= {f"conclusion-{ended['dropped'].key}": "in", "number": "77/TB-BTN", "signed_on": "19-11-2025"}
    with at(day=LATER):
        file = SimpleUploadedFile("tb.docx", draft)
        assert client.post(address(meeting, "notice"), {**everything, "file": file}).status_code == 302
        told = client.get(address(meeting, "after") + "?format=json").json()
    said = {
        one["words"]: one["thread"]["sentence_of_notice"] for one in told["conclusions"] if one["state"] == "opened"
    }
    assert len(said) == 3
    for words, place in said.items():
        assert words.rstrip(".") in place["words"]


def test_a_way_of_giving_is_called_the_same_in_every_form():
    with translation.override("vi"):
        said = {str(form.base_fields["given"].label) for form in (WordingForm, RequirementForm, AddresseesForm)}
    assert said == {"Cách giao"}
