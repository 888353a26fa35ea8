"""The page of a plan: its facts and lines, what may be done now, versions beside each other."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from soichieu.documents.commands import register_document
from soichieu.ledger import queries as ledger
from soichieu.plans.commands.acts import choose_superior, submit_plan
from soichieu.plans.commands.editions import write_edition
from soichieu.plans.commands.register import Facts, make_plan
from soichieu.plans.lines import Line
from soichieu.plans.models import PlanAct, PlanSuperior
from soichieu.web.dates import write_day
from tests.baselines import assert_query_baseline

DAY = dt.date(2025, 3, 3)


@pytest.fixture
def written(house, plan):
    lines = [
        Line(
            "Xây dựng cơ sở dữ liệu dùng chung", number="1", group="I. Dữ liệu", leads=({"text": "Phòng Ba 1"},),
            output="Cơ sở dữ liệu", deadline_text="30-6-2025", deciding_body="Cục trưởng Cục Số 1",
            person="Trưởng phòng",
        ),
        Line("Tập huấn cán bộ", number="2", group="II. Đào tạo"),
    ]  # fmt: skip
    write_edition(asker=house.askers["staff"], plan=plan, lines=lines, read_by={"reader": "typed"}, seen=0)
    return plan


def url(name, plan, *more):
    return reverse(f"plans:{name}", args=[plan.key, *more])


def test_it_shows_lines_what_is_not_clear_and_exports_them(client, house, written):
    client.force_login(house.accounts["staff"])
    client.get(url("plan", written))  # the columns of the book are read once a process
    with assert_query_baseline("plan-page", maximum=60):
        page = client.get(url("plan", written))
    text = page.content.decode()
    assert "Xây dựng cơ sở dữ liệu dùng chung" in text and "I. Dữ liệu" in text
    rows = page.context["list"].kept
    assert rows[0].missing == () and {"when", "product"} <= set(rows[1].missing)
    narrowed = client.get(url("plan", written), {"unclear": "product"})
    assert [row.item.number for row in narrowed.context["list"].kept] == ["2"]
    assert client.get(url("plan", written), {"export": "xlsx"}).status_code == 200
    leaves = b"".join(client.get(url("plan", written), {"export": "csv"})).decode()
    assert "Tập huấn cán bộ" in leaves
    assert "Đầu việc của Kế hoạch công tác năm 2025, phiên bản 1" in leaves, "a sheet says of which plan it is"


def test_a_plan_without_lines_says_why_and_what_to_do(client, house, plan):
    client.force_login(house.accounts["staff"])
    assert url("lines", plan) in client.get(url("plan", plan)).content.decode()


def test_it_goes_up_and_back_over_the_pages(client, house, written):
    client.force_login(house.accounts["staff"])
    sent = {"seen": 0, "edition": 1, "to_unit": house.ministry.pk, "happened_on": "32-3-2025"}
    wrong = client.post(url("submit", written), sent)
    assert wrong.status_code == 422 and "32-3-2025" in wrong.content.decode()
    assert client.post(url("submit", written), {**sent, "happened_on": "3-3-2025"}).status_code == 302
    assert client.post(url("return", written), {}).status_code == 403
    client.force_login(house.accounts["steering"])
    page = client.get(url("plan", written))
    assert "return_form" in page.context and "approve_form" in page.context and "submit_form" not in page.context
    back = {"seen": PlanAct.objects.get().pk, "edition": 1, "happened_on": "4-3-2025"}
    assert client.post(url("return", written), back).status_code == 422
    assert client.post(url("return", written), {**back, "reason": "Thiếu sản phẩm ở mục II"}).status_code == 302
    client.force_login(house.accounts["staff"])
    assert "Thiếu sản phẩm ở mục II" in client.get(url("plan", written)).content.decode()


def test_an_approval_is_registered_and_answers_its_task(client, house, written, tasks, directive):
    client.force_login(house.accounts["clerk"])
    page = client.get(url("plan", written))
    assert str(tasks["1"][0].pk) in dict(page.context["approve_form"].fields["obligations"].choices)
    sent = {
        "seen": 0, "edition": 1, "number": "07/KH-CS1", "signed_on": "3-3-2026x", "signer": "Nguyễn Văn Thử",
        "signing_form": "KT.", "obligations": [tasks["1"][0].pk],
        "file": SimpleUploadedFile("ke-hoach.txt", "KẾ HOẠCH\n\n1. Một việc.".encode()),
    }  # fmt: skip
    wrong = client.post(url("approve", written), sent)
    assert wrong.status_code == 422 and "ke-hoach.txt" in wrong.content.decode()
    kept = wrong.context["approve_form"].data["kept"]
    del sent["file"]
    right = client.post(url("approve", written), {**sent, "signed_on": "3-3-2025", "kept": kept}, follow=True)
    text = right.content.decode()
    assert "07/KH-CS1" in text and "05/KH-BTN, 1" in text
    assert ledger.obligation(house.operator, tasks["1"][0].pk)[1].lifecycle == "done"
    assert client.post(url("approve", written), {**sent, "signed_on": "3-3-2025"}).status_code == 422


def test_a_document_is_put_above_it_by_number_and_taken_away(client, house, written, directive):
    client.force_login(house.accounts["staff"])
    assert client.post(url("superior", written), {"number": "99/KH-KHONG"}).status_code == 422
    assert client.post(url("superior", written), {"number": directive.number}).status_code == 302
    assert directive.number in client.get(url("plan", written)).content.decode()
    assert client.post(url("superior", written), {"remove": directive.pk}).status_code == 302
    assert [row.holds for row in PlanSuperior.objects.order_by("pk")] == [True, False]


def test_the_lawful_alternative_is_offered_beside_the_plan(client, house, written, tasks, directive):
    client.force_login(house.accounts["staff"])
    offered = reverse("plans:answer", args=[tasks["1"][0].pk])
    assert offered not in client.get(url("plan", written)).content.decode()
    client.post(url("superior", written), {"number": directive.number})
    assert offered in client.get(url("plan", written)).content.decode()
    client.force_login(house.accounts["steering"])
    assert offered not in client.get(url("plan", written)).content.decode()


def test_two_versions_lie_beside_each_other(client, house, written):
    write_edition(
        asker=house.askers["staff"], plan=written, seen=1, read_by={"reader": "typed"},
        lines=[Line("Tập huấn cán bộ cấp phòng", number="1"), Line("Việc mới", number="2")],
    )  # fmt: skip
    client.force_login(house.accounts["staff"])
    page = client.get(url("versions", written))
    assert [(one.verdict) for one, _differs in page.context["changes"]] == ["gone", "changed", "new"]
    text = page.content.decode()
    assert "<ins> cấp phòng</ins>" in text
    same = client.get(url("versions", written), {"old": "2", "new": "2"})
    assert not same.context["changes"]


def test_whoever_sees_only_what_is_approved_sees_no_draft(client, house, plan):
    client.force_login(house.accounts["other"])
    assert client.get(url("plan", plan)).status_code == 404
    assert client.get(url("versions", plan)).status_code == 404


def test_a_submission_that_waits_says_with_whom(client, house, written):
    submit_plan(
        asker=house.askers["staff"], plan=written, edition=1, seen=0, to_unit=house.ministry.pk, happened_on=DAY
    )
    client.force_login(house.accounts["staff"])
    text = client.get(url("plan", written)).content.decode()
    assert "Bộ Thử nghiệm" in text and 'id="submit"' not in text


TEXT = """KẾ HOẠCH
Triển khai chuyển đổi số

II- NHIỆM VỤ

1. Nhiệm vụ chung

- Xây dựng cơ sở dữ liệu dùng chung của ngành, kết nối với cơ sở dữ liệu quốc gia về dân cư.

- Tổ chức tập huấn kỹ năng số cho cán bộ, công chức của các đơn vị.
"""


def test_what_is_taken_over_is_shown_to_its_author_first(client, house, plan):
    above = register_document(
        house.askers["steering"], number="06/KH-BTN", issuer="Bộ Thử nghiệm", signed_on=dt.date(2025, 1, 9),
        title="Kế hoạch chuyển đổi số", issuer_unit=house.ministry, public=True, file=(TEXT.encode(), "06.txt"),
    )  # fmt: skip
    lines = [
        Line("Xây dựng cơ sở dữ liệu dùng chung của ngành, kết nối với cơ sở dữ liệu quốc gia về dân cư."),
        Line("Tổ chức tập huấn kỹ năng số cho cán bộ, công chức của các đơn vị."),
    ]
    write_edition(asker=house.askers["staff"], plan=plan, lines=lines, read_by={"reader": "typed"}, seen=0)
    choose_superior(asker=house.askers["staff"], plan=plan, document=above)
    client.force_login(house.accounts["steering"])
    ((_above, share),) = client.get(url("plan", plan), {"shares": "1"}).context["above"]
    assert not share.shown and share.copied == 0
    client.force_login(house.accounts["staff"])
    ((_above, share),) = client.get(url("plan", plan)).context["above"]
    assert share is None
    ((_above, share),) = client.get(url("plan", plan), {"shares": "1"}).context["above"]
    assert (share.of, share.copied, share.mostly) == (2, 2, True)
    client.force_login(house.accounts["steering"])
    ((_above, share),) = client.get(url("plan", plan), {"shares": "1"}).context["above"]
    assert share.shown and share.copied == 2


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "dự thảo"),
        ({"number": "07/KH-CS1", "signed_on": DAY, "from_day": dt.date(2199, 1, 1)}, "đã ban hành, chưa có hiệu lực"),
        ({"number": "07/KH-CS1", "signed_on": DAY, "from_day": DAY}, "đã ban hành, đang có hiệu lực"),
        ({"number": "07/KH-CS1", "signed_on": DAY, "from_day": DAY, "to_day": DAY}, "đã ban hành, đã hết hiệu lực"),
        ({"number": "07/KH-CS1", "signed_on": DAY}, "đã ban hành, chưa ghi ngày có hiệu lực"),
        ({"from_day": DAY}, "đang có hiệu lực"),
    ],
)
def test_it_says_what_it_is_although_nothing_was_done_with_it_here(client, house, facts, said):
    plan = make_plan(
        asker=house.askers["staff"], unit=house.units[0], facts=Facts(kind="plan", term="year", title="Một", **facts)
    )
    client.force_login(house.accounts["staff"])
    page = client.get(url("plan", plan))
    assert page.context["standing"] == said and f"<dd>{said}</dd>" in page.content.decode()
    assert ("dự thảo của đơn vị" in page.content.decode()) is (not facts)


def test_a_lead_that_no_unit_is_called_by_is_told_at_its_line(client, house, plan):
    lines = [
        Line("Một việc", number=str(at), leads=({"text": name},))
        for at, name in enumerate(("Phòng Không Có Thật", "Phòng Ba 1", "Các trạm đèn", "Bộ Tài chính"))
    ]
    edition = write_edition(asker=house.askers["staff"], plan=plan, lines=lines, read_by={"reader": "typed"}, seen=0)
    client.force_login(house.accounts["staff"])
    page = client.get(url("plan", plan))
    assert [row.unknown for row in page.context["list"].kept] == [["Phòng Không Có Thật"], [], [], []]
    day = write_day(timezone.localdate(edition.made_at))
    assert f"Ngày {day} chưa có đơn vị nào mang tên “Phòng Không Có Thật”." in page.content.decode()
