"""A plan is handed in as it is: its file is read for its facts and its lines, and given back."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from soichieu.documents.commands import register_document
from soichieu.plans.commands.editions import write_edition
from soichieu.plans.commands.register import make_plan
from soichieu.plans.facts import Facts
from soichieu.plans.importing import read_plan
from soichieu.plans.models import Plan
from soichieu.plans.queries.offering import offered_superiors
from soichieu.plans.queries.register import newest_facts
from soichieu.plans.views.handing_in import there_already
from soichieu.web.templatetags.soichieu import unbroken
from tests.directives.conftest import DATA
from tests.plans import making

HEAD = (
    "BỘ THỬ NGHIỆM", "CỤC SỐ 1", "Số: 12/KH-CS1", "Hà Nội, ngày 10 tháng 3 năm 2025", "KẾ HOẠCH",
    "Chuyển đổi số của Cục Số 1 giai đoạn 2025 - 2027",
)  # fmt: skip


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def whole_plan() -> bytes:
    document = docx.Document(io.BytesIO(making.word()))
    first = document.paragraphs[0]
    first.text = HEAD[0]
    for text in HEAD[1:]:
        paragraph = document.add_paragraph(text)
        document.tables[0]._tbl.addprevious(paragraph._p)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def officer(client, house):
    client.force_login(house.accounts["staff"])
    return client


def test_its_facts_and_lines_are_read_looked_at_and_saved(officer, house):
    read = officer.post(reverse("plans:hand-in"), {"read": "1", "file": upload(whole_plan(), "ke-hoach.docx")})
    assert read.status_code == 200 and not Plan.objects.exists()
    form = read.context["form"]
    assert (form.initial["number"], str(form.initial["signed_on"])) == ("12/KH-CS1", "2025-03-10")
    assert form.initial["kind"] == "plan" and form.initial["term"] == "term"
    assert str(form.initial["to_day"]) == "2027-12-31"
    facts = {
        "kept": read.context["kept"], "kind": "plan", "term": "term", "title": form.initial["title"],
        "number": "12/KH-CS1", "signed_on": "10-3-2025", "from_day": "10-3-2025", "to_day": "31-12-2027",
    }  # fmt: skip
    assert officer.post(reverse("plans:hand-in"), {**facts, "title": ""}).status_code == 422
    lines = officer.post(reverse("plans:hand-in"), facts, follow=True)
    assert lines.status_code == 200 and "ke-hoach.docx" in lines.content.decode()
    assert [row.values.get("text") for row in lines.context["form"].rows][:1] == ["Xây dựng trung tâm dữ liệu của Cục"]
    plan = Plan.objects.get()
    assert plan.unit_id == house.units[0].pk and newest_facts([plan.pk])[plan.pk].number == "12/KH-CS1"
    assert not plan.editions.exists(), "its lines are saved by whoever has looked at them"
    sent = {"seen": "0", "save": "1", "lines": "1", "kept": lines.context["kept"], "line-0-text": "Một việc"}
    officer.post(reverse("plans:lines", args=[plan.key]), sent)
    assert plan.editions.get().file.name == "ke-hoach.docx"


def test_the_same_bytes_under_another_name_are_read_by_the_name_they_have_now(officer):
    data = making.excel()
    wrong = officer.post(reverse("plans:hand-in"), {"read": "1", "file": upload(data, "ke-hoach.docx")})
    assert wrong.status_code == 422
    right = officer.post(reverse("plans:hand-in"), {"read": "1", "file": upload(data, "ke-hoach.xlsx")})
    assert right.status_code == 200 and right.context["kept_name"] == "ke-hoach.xlsx"


def test_what_cannot_be_read_is_said_under_the_file(officer):
    answer = officer.post(reverse("plans:hand-in"), {"read": "1", "file": upload(b"PK" + b"\0" * 60, "a.docx")})
    assert answer.status_code == 422 and "phần cuối tệp bị thiếu" in answer.content.decode()
    assert officer.post(reverse("plans:hand-in"), {"read": "1"}).status_code == 422


def test_who_may_not_write_hands_nothing_in(client, house):
    client.force_login(house.accounts["observer"])
    assert client.get(reverse("plans:hand-in")).status_code == 403


def test_the_file_of_a_version_is_given_back_to_whoever_sees_the_version(officer, client, house, plan):
    data = making.excel()
    read = officer.post(reverse("plans:lines", args=[plan.key]), {"read": "1", "file": upload(data, "kh.xlsx")})
    sent = {"seen": "0", "save": "1", "lines": "1", "kept": read.context["kept"], "line-0-text": "Một việc"}
    officer.post(reverse("plans:lines", args=[plan.key]), sent)
    where = reverse("plans:file", args=[plan.key, 1])
    assert where in officer.get(reverse("plans:plan", args=[plan.key])).content.decode()
    answer = officer.get(where)
    assert b"".join(answer) == data and "attachment" in answer["Content-Disposition"]
    assert officer.get(reverse("plans:file", args=[plan.key, 2])).status_code == 404
    client.force_login(house.accounts["other"])
    assert client.get(where).status_code == 404


def test_many_lines_to_be_mended_are_named_with_a_way_to_each(officer, plan):
    sent = {"seen": "0", "save": "1", "lines": "3", "line-0-text": "Một việc", "line-2-leads": "Phòng Ba 1"}
    page = officer.post(reverse("plans:lines", args=[plan.key]), sent)
    assert page.status_code == 422
    assert 'href="#row-2"' in page.content.decode() and 'id="row-2"' in page.content.decode()


def test_until_a_superior_is_chosen_those_it_cites_and_those_with_tasks_are_offered(officer, house, plan, tasks):
    register_document(
        house.askers["steering"], number="57-NQ/TW", issuer="Bộ Chính trị", signed_on=dt.date(2024, 12, 22),
        public=True, file=((DATA / "57-NQ-TW.txt").read_bytes(), "57-NQ-TW.txt"),
    )  # fmt: skip
    cites = make_plan(
        asker=house.askers["staff"], unit=house.units[0],
        facts=Facts(kind="plan", term="year", title="Thực hiện Nghị quyết số 57-NQ/TW năm 2026"),
    )  # fmt: skip
    page = officer.get(reverse("plans:plan", args=[cites.key]))
    (one,) = page.context["offered"]  # the directive that gave the tasks has no text to be held up against
    assert one.document.number == "57-NQ/TW" and one.why == "được dẫn trong tên của kế hoạch"
    assert "Soi chiếu với 57-NQ/TW" in page.content.decode() and one.why in page.content.decode()
    led = officer.post(reverse("plans:superior", args=[cites.key]), {"document": one.document.pk})
    after = officer.get(reverse("plans:plan", args=[cites.key]))
    above = [above.document for above, _share in after.context["above"]]
    assert above == [one.document] and not after.context["offered"]
    # It has no lines yet that could lie on the light table.
    assert led.headers["Location"] == reverse("plans:plan", args=[cites.key])
    # What the asker does not see cannot be chosen by its id either.
    refused = officer.post(reverse("plans:superior", args=[plan.key]), {"document": 10**9})
    assert refused.status_code == 422


BASES = {
    "vi": (
        "Căn cứ Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị;",
        "Căn cứ Nghị quyết số 03/NQ-CP ngày 10 tháng 01 năm 2025 của Chính phủ;",
        "Cục Số 1 ban hành Kế hoạch như sau:",
        "Thay cho Chỉ thị số 5/CT-TTg ngày 01 tháng 02 năm 2024 của Thủ tướng Chính phủ.",
    ),
    "en": (
        "Pursuant to Resolution No. 57-NQ/TW dated December 22, 2024 of the Politburo;",
        "Pursuant to Resolution No. 03/NQ-CP dated January 10, 2025 of the Government;",
    ),
}


def plan_with(bases: tuple[str, ...]) -> bytes:
    document = docx.Document(io.BytesIO(whole_plan()))
    for text in bases:
        paragraph = document.add_paragraph(text)
        document.tables[0]._tbl.addprevious(paragraph._p)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_bases_in_its_file_are_kept_with_the_version_and_offered_with_the_reason(officer, house, plan, language):
    text = (DATA / "57-NQ-TW.txt").read_bytes()
    of = {"issuer": "Bộ Chính trị", "signed_on": dt.date(2024, 12, 22), "file": (text, "57-NQ-TW.txt")}
    right = register_document(house.askers["steering"], number="57-NQ/TW", public=True, **of)
    # Another day than the file says: it is not certain that this one is meant.
    other = {**of, "issuer": "Chính phủ", "signed_on": dt.date(2025, 1, 9)}
    register_document(house.askers["steering"], number="03/NQ-CP", public=True, **other)
    directive = {**of, "issuer": "Thủ tướng Chính phủ", "signed_on": dt.date(2024, 2, 1)}
    register_document(house.askers["steering"], number="5/CT-TTg", public=True, **directive)
    address = reverse("plans:lines", args=[plan.key])
    read = officer.post(address, {"read": "1", "file": upload(plan_with(BASES[language]), "kh.docx")})
    sent = {"seen": "0", "save": "1", "lines": "1", "kept": read.context["kept"], "line-0-text": "Một việc"}
    officer.post(address, sent)
    kept = plan.editions.get().read_by["bases"]
    assert [(one["number"], one["signed_on"]) for one in kept] == [
        ("57-NQ/TW", "2024-12-22"), ("03/NQ-CP", "2025-01-10"),
    ]  # fmt: skip
    page = officer.get(reverse("plans:plan", args=[plan.key]))
    assert [one.document for one in page.context["offered"]] == [right]
    assert page.context["offered"][0].why == f"thuộc phần căn cứ trong tệp: {kept[0]['text']}"
    assert str(unbroken(page.context["offered"][0].why)) in page.content.decode()
    # A version typed after it does not lose them.
    officer.post(address, {"seen": "1", "save": "1", "lines": "1", "line-0-text": "Một việc khác"})
    after = officer.get(reverse("plans:plan", args=[plan.key]))
    assert after.context["edition"].read_by == {"reader": "typed"}
    assert [one.document for one in after.context["offered"]] == [right]
    led = officer.post(reverse("plans:superior", args=[plan.key]), {"document": right.pk})
    assert led.headers["Location"] == reverse("links:table", args=[plan.key, right.pk]), "and lies on the light table"
    assert officer.get(led.headers["Location"]).status_code == 200
    assert [one.document for one, _share in officer.get(reverse("plans:plan", args=[plan.key])).context["above"]] == [
        right
    ]


def test_what_else_is_offered_stays_offered_when_one_document_was_taken(officer, house):
    text = (DATA / "57-NQ-TW.txt").read_bytes()
    of = {"issuer": "Bộ Chính trị", "signed_on": dt.date(2024, 12, 22), "file": (text, "57-NQ-TW.txt")}
    first, second = (
        register_document(house.askers["steering"], number=number, public=True, **of)
        for number in ("57-NQ/TW", "58-NQ/TW")
    )
    plan = make_plan(
        asker=house.askers["staff"], unit=house.units[0],
        facts=Facts(kind="plan", term="year", title="Thực hiện Nghị quyết số 57-NQ/TW và Nghị quyết số 58-NQ/TW"),
    )  # fmt: skip
    officer.post(reverse("plans:superior", args=[plan.key]), {"document": first.pk})
    page = officer.get(reverse("plans:plan", args=[plan.key]))
    assert [one.document for one in page.context["offered"]] == [second]
    assert "Soi chiếu với 58-NQ/TW" in page.content.decode()


def test_a_basis_that_the_asker_does_not_see_is_not_offered(officer, house, plan):
    text = (DATA / "57-NQ-TW.txt").read_bytes()
    register_document(
        house.operator, number="57-NQ/TW", issuer="Bộ Chính trị", signed_on=dt.date(2024, 12, 22),
        file=(text, "57-NQ-TW.txt"),
    )  # fmt: skip
    read = read_plan(plan_with(BASES["vi"]), "kh.docx", unit_id=plan.unit_id)
    write_edition(asker=house.askers["staff"], plan=plan, lines=read.lines, read_by=read.read_by, seen=0)
    assert not officer.get(reverse("plans:plan", args=[plan.key])).context["offered"]
    versions = list(plan.editions.all())
    (offered,) = offered_superiors(house.operator, plan, None, versions)
    assert offered.document.number == "57-NQ/TW", "whoever sees it is offered it"


def test_who_saves_second_is_led_to_what_changed_meanwhile(officer, plan):
    address = reverse("plans:lines", args=[plan.key])
    officer.post(address, {"seen": "0", "save": "1", "lines": "1", "line-0-text": "Một việc"})
    officer.post(address, {"seen": "1", "save": "1", "lines": "1", "line-0-text": "Một việc khác"})
    late = officer.post(address, {"seen": "1", "save": "1", "lines": "1", "line-0-text": "Việc của tôi"})
    page = late.content.decode()
    assert late.status_code == 422 and "Việc của tôi" in page
    assert f"{reverse('plans:versions', args=[plan.key])}?old=1&amp;new=2" in page
    again = officer.post(address, {"seen": "2", "save": "1", "lines": "1", "line-0-text": "Việc của tôi"})
    assert again.status_code == 302 and plan.editions.count() == 3


def test_what_is_in_the_register_already_is_read_as_its_next_version(officer, house):
    facts = Facts(
        kind="plan", term="term", title="Chuyển đổi số của Cục Số 1 giai đoạn 2025 - 2027", number="12/KH-CS1",
        signed_on=dt.date(2025, 3, 10), from_day=dt.date(2025, 3, 10),
    )  # fmt: skip
    plan = make_plan(asker=house.askers["staff"], unit=house.units[0], facts=facts)
    read = officer.post(reverse("plans:hand-in"), {"read": "1", "file": upload(whole_plan(), "ke-hoach.docx")})
    ((title, url),) = read.context["there"]
    assert title.startswith("12/KH-CS1") and url.startswith(reverse("plans:lines", args=[plan.key]))
    lines = officer.get(url)
    assert lines.context["form"].rows[0].values["text"] == "Xây dựng trung tâm dữ liệu của Cục"
    # A draft has no number yet: it is known by its title.
    draft = Facts(kind="plan", term="year", title="KẾ HOẠCH")
    make_plan(asker=house.askers["staff"], unit=house.units[0], facts=draft)
    assert there_already([(house.units[0].pk, "")], {"title": "Kế hoạch"})
    assert not there_already([(house.units[1].pk, "")], {"title": "Kế hoạch"})
