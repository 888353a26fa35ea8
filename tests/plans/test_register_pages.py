"""The pages of the register and of holding up: filters, exports, what was typed kept, the second told."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as read_docx
from openpyxl import load_workbook

from soichieu.ledger import queries as ledger
from soichieu.plans.commands.register import correct_facts
from soichieu.plans.facts import Facts
from soichieu.plans.models import Plan, PlanAct, PlanFacts, Review, Verdict
from soichieu.reading import read_bytes
from tests.baselines import assert_query_baseline
from tests.exchange.conftest import book
from tests.plans.test_importing import HEAD, PLAN
from tests.plans.test_reviews import ADJUST, DECIDED, ON, REPORT, judge, register, six, task  # noqa: F401

AT = "?as_at=2025-05-12"


def seen_by(client, house, who="staff"):
    client.force_login(house.accounts[who])
    return client


def url(name, house, directive):
    return reverse(f"plans:{name}", args=[house.units[0].pk, directive.pk])


def posted(plans, **rows):
    """What the page sends: every programme, whatever was given for it."""
    said = {"decided_on": "12-5-2025"}
    for plan in plans:
        said |= {f"{plan.key}-seen": "0", f"{plan.key}-due_on": "", f"{plan.key}-owner": "", f"{plan.key}-reason": ""}
    for number, given in rows.items():
        key = plans[int(number[1:])].key
        said |= {f"{key}-{name}": value for name, value in given.items()}
    return said


def test_the_register_shows_what_is_in_force_on_the_day_and_filters(client, house, directive, six):  # noqa: F811
    seen_by(client, house)
    client.get(reverse("plans:register") + AT)
    with assert_query_baseline("plans-register", maximum=25):
        page = client.get(reverse("plans:register") + AT)
    assert page.context["list"].total == 6
    listed = reverse("plans:register")
    for query, n in (
        ("?as_at=2026-01-01", 3), ("?as_at=2020-01-01", 0), (AT + "&all=1", 8), (AT + "&kind=programme", 2),
        (AT + "&term=year", 3), (AT + f"&unit={house.units[0].pk}", 6), (AT + "&q=so%203", 1), (AT + "&kind=x", 6),
        (AT + "&against=9999999999999999999999", 6), ("?as_at=40-1-2025", 3),
    ):  # fmt: skip
        assert client.get(listed + query).context["list"].total == n, query
    seen_by(client, house, "other")
    assert client.get(listed + AT).context["list"].total == 0


def test_the_register_is_filtered_by_verdict_against_a_chosen_directive_and_exported(client, house, directive, six):  # noqa: F811
    judge(house, directive, six[:1], **ADJUST)
    seen_by(client, house, "steering")
    address = reverse("plans:register") + AT + f"&against={directive.pk}"
    for verdict, n in (("adjust", 1), ("none", 5), ("keep", 0)):
        assert client.get(f"{address}&verdict={verdict}").context["list"].total == n
    export = client.get(f"{address}&verdict=adjust&export=xlsx")
    rows = list(load_workbook(io.BytesIO(export.getvalue())).active.values)
    words = "\n".join(str(cell) for row in rows for cell in row if cell is not None)
    assert "Phòng Tổng hợp" in words and "01/CTr-CS1" in words and "02/CTr-CS1" not in words
    assert "12-5-2025" in words and "tự báo cáo" in words


def test_as_known_at_an_earlier_moment_shows_what_was_known_then(client, house, six):  # noqa: F811
    before = six[0].facts.get()
    correct_facts(
        asker=house.operator, plan=six[0], seen=before.pk, reason="sửa",
        facts=Facts(**{**vars(Facts.of(before)), "title": "Tên sau"}),
    )  # fmt: skip
    seen_by(client, house)
    now = client.get(reverse("plans:register") + AT).content.decode()
    then = client.get(reverse("plans:register"), {"as_at": "2025-05-10", "known_at": before.made_at.isoformat()})
    assert "Tên sau" in now and "Tên sau" not in then.content.decode()


def test_a_plan_is_entered_by_hand_and_what_was_typed_stays(client, house):
    seen_by(client, house, "clerk")
    address = reverse("plans:enter")
    given = {"kind": "plan", "term": "year", "title": "Kế hoạch tay", "number": "9/KH-CS1", "from_day": "1-1-2025"}
    wrong = client.post(address, {**given, "to_day": "31-2-2025"})
    assert (
        wrong.status_code == 422 and "Kế hoạch tay" in wrong.content.decode() and "31-2-2025" in wrong.content.decode()
    )
    assert client.post(address, given).status_code == 422  # a number without its day
    right = client.post(address, {**given, "signed_on": "2-1-2025"})
    assert right.status_code == 302 and PlanFacts.objects.get().title == "Kế hoạch tay"
    again = client.post(address, {**given, "signed_on": "2-1-2025", "again": "1"})
    assert again.status_code == 422 and Plan.objects.count() == 1
    more = client.post(address, {**given, "number": "10/KH-CS1", "signed_on": "2-1-2025", "again": "1"})
    assert more.url == address


def test_who_corrects_second_is_told_and_keeps_the_words(client, house, six):  # noqa: F811
    seen_by(client, house)
    address = reverse("plans:correct", args=[six[0].key])
    page = client.get(address)
    before = six[0].facts.get()
    correct_facts(
        asker=house.operator, plan=six[0], seen=before.pk, reason="sửa",
        facts=Facts(**{**vars(Facts.of(before)), "title": "Tên người kia"}),
    )  # fmt: skip
    data = {
        "kind": "plan", "term": "year", "title": "Tên của tôi", "number": "01/CTr-CS1", "signed_on": "1-1-2024",
        "from_day": "1-1-2024", "to_day": "31-12-2025", "reason": "in nhầm",
        "seen": page.context["form"]["seen"].value(),
    }  # fmt: skip
    told = client.post(address, data)
    words = told.content.decode()
    assert told.status_code == 422 and "Tên người kia" in words and "Tên của tôi" in words
    saved = client.post(address, {**data, "seen": told.context["form"].data["seen"]})
    assert saved.status_code == 302 and six[0].facts.order_by("-pk")[0].title == "Tên của tôi"


def test_a_sheet_is_previewed_and_then_entered(client, house):
    seen_by(client, house, "clerk")
    address = reverse("plans:import")
    letter = ["02/CS1-TH", PLAN[1], "V/v họp", "", "", None, None]
    upload = SimpleUploadedFile("so.xlsx", book([HEAD, PLAN, letter]))
    preview = client.post(address, {"file": upload, "do": "preview"})
    assert preview.status_code == 200 and not Plan.objects.exists()
    assert preview.context["counts"] == {"rows": 2, "new": 1, "there": 0, "left_out": 1}
    assert "công văn" in preview.content.decode()
    token = preview.context["token"]
    assert client.post(address, {"do": "confirm", "token": token}).status_code == 302
    assert Plan.objects.count() == 1 and PlanFacts.objects.get().source["file"]
    client.post(address, {"do": "confirm", "token": token})
    client.post(address, {"do": "confirm", "token": "x"})
    assert Plan.objects.count() == 1


def test_a_wrong_sheet_is_told_cell_by_cell(client, house):
    seen_by(client, house, "clerk")
    rows = [HEAD, PLAN, ["02/KH-CS1", "31/2/2025", *PLAN[2:]]]
    wrong = client.post(reverse("plans:import"), {"file": SimpleUploadedFile("so.xlsx", book(rows)), "do": "preview"})
    assert wrong.status_code == 422 and "Theo dõi!B3" in wrong.content.decode() and not Plan.objects.exists()
    assert client.post(reverse("plans:import"), {"file": SimpleUploadedFile("so.xlsx", b"x")}).status_code == 422


def test_all_verdicts_are_given_on_one_page(client, house, directive, six, task):  # noqa: F811
    seen_by(client, house)
    address = url("review", house, directive) + AT
    client.get(address)  # the columns of the book are in memory from now on
    with assert_query_baseline("plans-review", maximum=40):
        page = client.get(address)
    assert (page.context["sheet"].n, page.context["sheet"].of) == (0, 6)
    adjust = {"choice": "adjust", "due_on": "30-9-2025", "owner": "Phòng Tổng hợp", "reason": "Thiếu thời hạn"}
    rows = {f"p{n}": {"choice": "keep"} for n in range(5)} | {"p5": adjust}
    saved = client.post(address, posted(six, **rows))
    assert saved.status_code == 302 and saved.url == address
    assert client.get(address).context["sheet"].n == 6
    assert Verdict.objects.get(choice="adjust").decided_on == DECIDED


def test_one_wrong_row_saves_nothing_and_keeps_everything(client, house, directive, six):  # noqa: F811
    seen_by(client, house)
    wrong = client.post(
        url("review", house, directive) + AT,
        posted(six, p0={"choice": "keep"}, p1={"choice": "stop", "owner": "Phòng Một", "due_on": "32-1-2025"}),
    )
    words = wrong.content.decode()
    assert wrong.status_code == 422 and "Phòng Một" in words and "32-1-2025" in words
    assert words.count(" checked") == 2 and not Verdict.objects.exists()
    assert client.post(url("review", house, directive) + AT, posted(six)).status_code == 422


def test_a_verdict_given_meanwhile_is_told_in_its_row_and_the_rest_is_kept(client, house, directive, six):  # noqa: F811
    seen_by(client, house)
    address = url("review", house, directive) + AT
    judge(house, directive, six[:2], **ADJUST)
    rows = {"p0": {"choice": "keep"}, "p2": {"choice": "keep"}}
    told = client.post(address, posted(six, **rows))
    assert told.status_code == 422 and "Người staff" in told.content.decode()
    newest = Verdict.objects.get(plan=six[0])
    rows["p0"]["seen"] = str(newest.pk)
    # The second programme was not touched on this page: what somebody decided about it meanwhile stands.
    assert client.post(address, posted(six, **rows)).status_code == 302
    stands = {row.plan_id: row.choice for row in Verdict.objects.order_by("pk")}
    assert stands == {six[0].pk: "keep", six[1].pk: "adjust", six[2].pk: "keep"}


def test_those_above_read_the_verdicts_and_give_none(client, house, directive, six):  # noqa: F811
    judge(house, directive, six[:1], **ADJUST)
    seen_by(client, house, "steering")
    page = client.get(url("review", house, directive) + AT)
    assert "Phòng Tổng hợp" in page.content.decode() and "data-judging" not in page.content.decode()
    seen_by(client, house, "other")
    assert client.get(url("review", house, directive)).status_code == 404


def test_the_report_is_in_the_layout_of_the_decree_with_both_dates(client, house, directive, six):  # noqa: F811
    judge(house, directive, six[:4])
    judge(house, directive, six[4:5], **ADJUST)
    seen_by(client, house)
    answer = client.get(url("review-report", house, directive) + AT)
    data = answer.getvalue()
    assert zipfile.is_zipfile(io.BytesIO(data)) and "attachment" in answer["Content-Disposition"]
    document = read_docx(io.BytesIO(data))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "BÁO CÁO" in words and "Căn cứ Kế hoạch số 05/KH-BTN ngày 9-1-2025 của Bộ Thử nghiệm" in words
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in cells and "Độc lập - Tự do - Hạnh phúc" in cells
    assert "BỘ THỬ NGHIỆM" in cells and "CỤC SỐ 1" in cells and "Số:        /BC-…" in cells and "Nơi nhận:" in cells
    assert "5 trên 6" in words and "Giữ nguyên: 4." in words and "Chưa có kết luận: 1." in words
    assert "Tính đến ngày 12-5-2025; theo dữ liệu ghi nhận đến" in words and "tự báo cáo" in words
    assert all(plan.facts.get().title in cells for plan in six) and "Phòng Tổng hợp" in cells
    section = document.sections[0]
    assert (round(section.left_margin.mm), round(section.right_margin.mm)) == (30, 15)
    sizes = {run.font.size.pt for paragraph in document.paragraphs for run in paragraph.runs if run.text.strip("_ ")}
    assert sizes == {13, 14} or sizes == {14}
    assert {run.font.name for paragraph in document.paragraphs for run in paragraph.runs} == {"Times New Roman"}
    reading = read_bytes(data, "bao-cao.docx")
    assert [len(table.rows) for table in reading.tables if len(table.rows) >= 6] and not reading.document.get("number")
    assert any("soi chiếu" in provision.text for provision in reading.provisions)


def test_the_signed_report_is_registered_and_what_changed_since_is_shown(client, house, directive, six, task):  # noqa: F811
    seen_by(client, house)
    address = url("review-register", house, directive) + AT
    given = {"number": "15/BC-CS1", "signed_on": "20-5-2025", "on": "10-5-2025"}
    early = client.post(address, {**given, "file": SimpleUploadedFile("bc.txt", "Báo cáo. Nội dung.".encode())})
    assert early.status_code == 422 and "06/CTr-CS1" not in early.content.decode().split("<aside")[0]
    assert "bc.txt" in early.content.decode() and not Review.objects.exists()
    judge(house, directive, six)
    done = client.post(address, {**given, "kept": early.context["form"].data["kept"]})
    assert done.status_code == 302 and Review.objects.get().file_id
    assert ledger.obligation(house.operator, task.pk)[1].lifecycle == "done"
    stood = Verdict.objects.get(plan=six[0])
    judge(house, directive, six[:1], day=REPORT, seen=stood.pk, **ADJUST)
    page = client.get(url("review", house, directive) + "?as_at=2025-05-20").content.decode()
    assert "15/BC-CS1" in page and "Đã thay đổi từ đó" in page
    assert client.get(address).status_code == 200


def test_a_directive_that_asks_for_no_review_says_so(client, house, directive, six):  # noqa: F811
    seen_by(client, house)
    address = url("review-register", house, directive)
    assert "<form" in client.get(address).content.decode()  # the shell's own
    assert client.post(address, {}).status_code == 422


def test_the_sheet_of_a_unit_shows_what_is_in_force_and_how_much_of_it_was_held_up(
    client, house, directive, six, task  # noqa: F811
):  # fmt: skip
    judge(house, directive, six[:2])
    seen_by(client, house)
    address = reverse("board:unit", args=[house.units[0].pk])
    words = client.get(address + AT).content.decode()
    assert "6 chương trình, kế hoạch đang có hiệu lực" in words and url("review", house, directive) in words
    before = client.get(address, {"as_at": "2025-05-10", "known_at": "2020-01-01T00:00"}).content.decode()
    assert "in-force-h" not in before or "0 chương trình" in before
    seen_by(client, house, "other")
    assert "in-force-h" not in client.get(address + AT).content.decode()


def test_an_approved_plan_of_the_superior_is_listed_below(client, house, directive):
    plan = Plan.objects.create(key="k" * 26, unit=house.ministry, made_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    PlanFacts.objects.create(
        plan=plan, kind="plan", term="year", title="Kế hoạch của Bộ", from_day=ON, made_at=plan.made_at
    )
    seen_by(client, house)
    address = reverse("plans:register") + AT
    assert client.get(address).context["list"].total == 0
    PlanAct.objects.create(plan=plan, act="approved", happened_on=ON, made_at=plan.made_at)
    assert client.get(address).context["list"].total == 1


def test_the_page_of_the_task_leads_to_its_programmes(client, house, directive, six, task):  # noqa: F811
    seen_by(client, house)
    words = client.get(reverse("board:obligation", args=[task.pk])).content.decode()
    assert url("review", house, directive) in words
    # The registered report closes it: there is no form that claims it done without one.
    assert 'id="act-claimed"' not in words


def test_a_verdict_given_after_the_day_asked_is_named_and_not_counted(client, house, directive, six):  # noqa: F811
    (first, *_more) = judge(house, directive, six)
    client.force_login(house.accounts["staff"])
    address = reverse("plans:review", args=[house.units[0].pk, directive.pk]) + "?as_at=2025-05-10"
    page = client.get(address)
    words = page.content.decode()
    assert (page.context["sheet"].n, page.context["sheet"].of) == (0, 6)
    assert "6 kết luận rà soát được quyết định sau ngày 10-5-2025" in words
    assert "quyết định ngày 12-5-2025: sau ngày 10-5-2025, không tính" in words
    report = client.get(page.context["report_url"])
    text = "\n".join(one.text for one in read_docx(io.BytesIO(report.content)).paragraphs)
    assert "đối với 0 trên 6 chương trình" in text and "Không tính 6 kết luận" in text
    # A new verdict still takes the place of the one that stands, not of none.
    sent = {f"{six[0].key}-choice": "keep", f"{six[0].key}-seen": str(first.pk), "decided_on": "20-5-2025"}
    assert page.context["rows"][0][1].initial["seen"] == first.pk
    assert client.post(address, {**sent, f"{six[0].key}-reason": "đã rà soát"}).status_code == 302
