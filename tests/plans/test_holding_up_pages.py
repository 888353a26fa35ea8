"""The way to holding up what is in force, and what stands on paper of it."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from soichieu.ledger.commands import record
from soichieu.ledger.sources import by_telephone
from soichieu.links.queries.owed import owed
from soichieu.plans.commands.acts import choose_superior
from soichieu.plans.commands.editions import write_edition
from soichieu.plans.commands.register import make_plan
from soichieu.plans.commands.reviews import Given, give_verdict
from soichieu.plans.facts import Facts
from soichieu.plans.lines import Line
from tests.exchange.conftest import book
from tests.plans import making
from tests.plans.test_importing import HEAD, PLAN
from tests.plans.test_reviews import six, task  # noqa: F401


def test_what_is_to_be_held_up_stands_on_soi_chieu_with_the_way_to_it(client, house, directive, six, task):  # noqa: F811
    (one,) = owed(house.askers["staff"])
    assert one.directive == directive and one.cell.lifecycle == "not_started"
    client.force_login(house.accounts["staff"])
    page = client.get(reverse("links:tables")).content.decode()
    assert one.url == reverse("plans:review", args=[house.units[0].pk, directive.pk])
    assert f'href="{one.url}"' in page
    # From there one click leads to the task and its lines.
    review = client.get(one.url).content.decode()
    assert "Quá hạn" in review, "the book says it, so this page does"
    assert f'href="{reverse("board:obligation", args=[one.obligation.pk])}"' in review


def test_of_another_unit_and_of_what_was_waived_nothing_is_owed(house, directive, six, task):  # noqa: F811
    mine = owed(house.askers["staff"])
    assert [one.unit_id for one in mine] == [house.units[0].pk]
    record(
        asker=house.operator, kind="waived", obligations=[task.pk], happened_on=dt.date(2025, 6, 2),
        payload={"reason": "không còn cần"}, source=by_telephone("Chánh Văn phòng"),
    )  # fmt: skip
    assert owed(house.askers["staff"]) == []


def test_on_paper_a_verdict_keeps_its_whole_reason(client, house, directive, six):  # noqa: F811
    reason = "Bổ sung việc thay nguồn sáng quá hạn theo Kế hoạch của Bộ, ghi rõ từng trạm, từng đèn và người thay"
    give_verdict(
        asker=house.askers["staff"], directive=directive, decided_on=dt.date(2025, 5, 12),
        given=Given(plan=six[1], choice="adjust", due_on=dt.date(2025, 9, 30), owner="Phòng Ba 1", reason=reason),
    )  # fmt: skip
    client.force_login(house.accounts["staff"])
    page = client.get(reverse("plans:review", args=[house.units[0].pk, directive.pk])).content.decode()
    assert f"<dd>{reason}</dd>" in page, "a field would cut it off on paper"


def test_what_a_version_adds_is_marked_in_the_ink_of_answers(client, house, plan):
    asker = house.askers["staff"]
    write_edition(asker=asker, plan=plan, lines=[Line("Thay nguồn sáng")], read_by={"reader": "typed"}, seen=0)
    write_edition(asker=asker, plan=plan, lines=[Line("Thay nguồn sáng của 6 đèn")], read_by={}, seen=1)
    client.force_login(house.accounts["staff"])
    page = client.get(reverse("plans:versions", args=[plan.key])).content.decode()
    assert "<ins> của 6 đèn</ins>" in page and "plans/plans.css" in page


def test_what_a_verdict_lacks_is_told_all_at_once(client, house, directive, six):  # noqa: F811
    client.force_login(house.accounts["staff"])
    address = reverse("plans:review", args=[house.units[0].pk, directive.pk])
    sent = {f"{six[1].key}-choice": "stop", f"{six[1].key}-seen": "0", "decided_on": "12-5-2025"}
    page = client.post(address, sent)
    assert page.status_code == 422
    (form,) = [form for row, form, _way in page.context["rows"] if row.facts.plan_id == six[1].pk]
    assert set(form.errors) == {"due_on", "owner", "reason"}


class _Inputs(HTMLParser):
    """The attributes of every input of a page, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "input":
            self.found.append(dict(attrs))


def test_fields_drawn_by_hand_are_those_that_django_draws(client, house, directive, six):  # noqa: F811
    given = Given(plan=six[0], choice="adjust", due_on=dt.date(2025, 9, 30), owner="Phòng <Ba> & 1", reason='Bổ "sung"')
    give_verdict(asker=house.askers["staff"], directive=directive, decided_on=dt.date(2025, 5, 12), given=given)
    client.force_login(house.accounts["staff"])
    address = reverse("plans:review", args=[house.units[0].pk, directive.pk])
    wrong = {"choice": "burn", "due_on": "31-<2>-2025", "owner": "x" * 300, "reason": "", "seen": "1"}
    sent = {f"{six[1].key}-{name}": value for name, value in wrong.items()}
    for page in (client.get(address), client.post(address, {**sent, "decided_on": "12-5-2025"})):
        drawn = _Inputs(page.content.decode()).found
        for _row, form, _way in page.context["rows"]:
            for bound in form:
                here = [one for one in drawn if one.get("name") == bound.html_name]
                assert here == _Inputs(str(bound)).found, bound.html_name
    assert page.status_code == 422 and "aria-invalid" in page.content.decode()
    for name in ("choice", "due_on", "owner"):
        assert page.content.decode().count(f'id="id_{six[1].key}-{name}_error"') == 1


def test_a_sheet_without_anything_new_offers_nothing_to_enter(client, house):
    client.force_login(house.accounts["clerk"])
    letter = ["02/CS1-TH", PLAN[1], "V/v họp", "", "", None, None]
    upload = SimpleUploadedFile("so.xlsx", book([HEAD, letter]))
    page = client.post(reverse("plans:import"), {"file": upload, "do": "preview"}).content.decode()
    assert 'value="confirm"' not in page and "không có gì để nhập" in page
    wrong = SimpleUploadedFile("so.xlsx", book([HEAD, ["02/KH-CS1", "31/2/2025", *PLAN[2:]]]))
    assert "tháng" in client.post(reverse("plans:import"), {"file": wrong, "do": "preview"}).content.decode()


def test_each_programme_has_a_way_to_its_lines_beside_the_directive(client, house, directive, six):  # noqa: F811
    staff = house.askers["staff"]
    for plan in six[1::2]:
        write_edition(asker=staff, plan=plan, lines=[Line("Thay nguồn sáng")], read_by={"reader": "typed"}, seen=0)
    choose_superior(asker=staff, plan=six[1], document=directive)
    client.force_login(house.accounts["staff"])
    page = client.get(reverse("plans:review", args=[house.units[0].pk, directive.pk]), {"as_at": "2025-05-10"})
    ways = {row.facts.plan_id: way for row, _form, way in page.context["rows"]}
    assert ways[six[1].pk].table_url == reverse("links:table", args=[six[1].key, directive.pk])
    assert (ways[six[3].pk].lines, ways[six[3].pk].table_url) == (1, "")
    assert ways[six[0].pk].lines == 0 and reverse("plans:lines", args=[six[0].key]) in page.content.decode()
    client.force_login(house.accounts["steering"])
    above = client.get(reverse("plans:review", args=[house.units[0].pk, directive.pk]), {"as_at": "2025-05-10"})
    assert reverse("plans:lines", args=[six[0].key]) not in above.content.decode(), "only who may write is led there"


def test_a_word_document_in_the_place_of_a_register_is_called_one(client, house):
    client.force_login(house.accounts["clerk"])
    document = SimpleUploadedFile("so.docx", making.word())
    assert "là tệp Word" in client.post(reverse("plans:import"), {"file": document, "do": "preview"}).content.decode()


def test_many_without_a_verdict_are_named_up_to_twenty_and_counted(client, house, directive, six, task):  # noqa: F811
    for n in range(30):
        facts = Facts(kind="plan", term="year", title=f"Kế hoạch thêm {n:02d}", from_day=dt.date(2024, 1, 1))
        make_plan(asker=house.operator, unit=house.units[0], facts=facts)
    client.force_login(house.accounts["staff"])
    address = reverse("plans:review-register", args=[house.units[0].pk, directive.pk])
    page = client.get(address, {"as_at": "2025-05-10"}).content.decode()
    assert page.count("Kế hoạch thêm") + page.count("Chương trình số") == 20 and "16" in page
    assert reverse("board:obligation", args=[task.pk]) in page
