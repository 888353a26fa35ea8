"""A line becomes a scheme with a roadmap: first dates stay, moving asks why, nothing waits in a circle."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import NotAllowed, today
from soichieu.plans.commands.editions import write_edition
from soichieu.plans.commands.schemes import add_dependency, add_milestone, move_milestone, name_scheme
from soichieu.plans.errors import ChangedMeanwhile
from soichieu.plans.gantt import draw
from soichieu.plans.lines import Line
from soichieu.plans.models import ItemIdentity, Milestone, MilestoneDates, Scheme
from soichieu.plans.queries.schemes import roadmap


def day(month, of_month=1):
    return dt.date(2025, month, of_month)


@pytest.fixture
def item(house, plan):
    edition = write_edition(
        asker=house.askers["staff"], plan=plan, lines=[Line("Xây dựng trung tâm dữ liệu")],
        read_by={"reader": "typed"}, seen=0,
    )  # fmt: skip
    return edition.items.get().identity


@pytest.fixture
def steps(house, item):
    """A scheme with three steps, each waiting for the one before it."""
    staff = house.askers["staff"]
    name_scheme(asker=staff, item=item, seen=0, title="Đề án trung tâm dữ liệu", owner="Phòng Ba 1")
    made = []
    for n, title in enumerate(("Khảo sát", "Thiết kế", "Thi công"), 1):
        made.append(
            add_milestone(
                asker=staff, item=item, title=title, starts_on=day(n * 2), due_on=day(n * 2 + 1), after=made[-1:]
            )
        )
    return made


def move(house, step, **changes):
    now = step.dates.order_by("-pk")[0]
    given = {"seen": now.pk, "starts_on": now.starts_on, "due_on": now.due_on, **changes}
    return move_milestone(asker=house.askers["staff"], milestone=step, **given)


def test_the_first_dates_stay_as_the_baseline_and_slips_are_counted_against_them(house, plan, item, steps):
    move(house, steps[0], due_on=day(3, 11), reason="Chờ kinh phí")
    move(house, steps[0], due_on=day(3, 21), reason="Chờ thẩm định")
    first = roadmap(house.askers["staff"], plan, item.key).steps[0]
    assert (first.baseline.due_on, first.now.due_on, first.slip) == (day(3), day(3, 21), 20)
    assert [row.reason for row in first.dates] == ["", "Chờ kinh phí", "Chờ thẩm định"]
    move(house, steps[0], done_on=day(3, 6))
    first = roadmap(house.askers["staff"], plan, item.key).steps[0]
    assert first.slip == 5 and not first.overdue(day(12))


def test_what_is_not_reached_in_time_is_overdue(house, plan, item, steps):
    first = roadmap(house.askers["staff"], plan, item.key).steps[0]
    assert first.overdue(day(3, 2)) and not first.overdue(day(3))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"due_on": day(4)}, "reason"),
        ({"dropped": True}, "reason"),
        ({"due_on": day(1)}, "due_on"),
        ({"done_on": dt.date(2999, 1, 1)}, "done_on"),
        ({"done_on": day(3), "dropped": True}, "dropped"),
        ({}, None),
    ],
)
def test_a_move_without_a_reason_or_sense_is_refused(house, steps, changes, field):
    with pytest.raises(Refusal) as refused:
        move(house, steps[0], **changes)
    assert refused.value.field == field
    assert MilestoneDates.objects.count() == 3


def test_a_circle_is_refused_and_its_chain_is_named(house, steps):
    with pytest.raises(Refusal) as refused:
        add_dependency(asker=house.askers["staff"], before=steps[2], after=steps[0])
    assert "Khảo sát → Thiết kế → Thi công → Khảo sát" in str(refused.value)
    assert add_dependency(asker=house.askers["staff"], before=steps[0], after=steps[1]) is None
    # Taken away, the circle is no longer one.
    assert add_dependency(asker=house.askers["staff"], before=steps[1], after=steps[2], holds=False)
    assert add_dependency(asker=house.askers["staff"], before=steps[2], after=steps[0])


def test_a_step_that_begins_before_what_it_waits_for_is_said(house, plan, item, steps):
    move(house, steps[0], due_on=day(5), reason="Chờ kinh phí")
    second = roadmap(house.askers["staff"], plan, item.key).steps[1]
    assert second.too_early == (steps[0],)


def test_whoever_saves_second_is_told(house, item, steps):
    seen = steps[0].dates.get().pk
    move(house, steps[0], due_on=day(4), reason="Chờ kinh phí")
    with pytest.raises(ChangedMeanwhile):
        move(house, steps[0], seen=seen, due_on=day(5), reason="Chờ nữa")
    with pytest.raises(ChangedMeanwhile):
        name_scheme(asker=house.askers["staff"], item=item, seen=0, title="Tên khác")


@pytest.mark.parametrize("who", ["steering", "observer", "other"])
def test_only_the_unit_writes_its_roadmap(house, item, who):
    with pytest.raises(NotAllowed):
        name_scheme(asker=house.askers[who], item=item, seen=0, title="Đề án")
    assert not Scheme.objects.exists()


def test_a_line_that_changes_keeps_its_roadmap(house, plan, item, steps):
    write_edition(
        asker=house.askers["staff"], plan=plan, lines=[Line("Việc mới"), Line("Xây dựng trung tâm dữ liệu của Cục")],
        read_by={"reader": "typed"}, seen=1,
    )  # fmt: skip
    found = roadmap(house.askers["staff"], plan, item.key)
    assert found.line.text == "Xây dựng trung tâm dữ liệu của Cục" and not found.gone and len(found.steps) == 3


def test_the_picture_holds_every_step_in_words_and_no_style(house, plan, item, steps):
    move(house, steps[0], due_on=day(3, 21), reason="Chờ")
    add_milestone(asker=house.askers["staff"], item=item, title="<b>Vận hành</b>", starts_on=day(1), due_on=day(1))
    picture = draw(roadmap(house.askers["staff"], plan, item.key).steps, today())
    for title in ("Khảo sát", "Thiết kế", "Thi công", "&lt;b&gt;Vận hành"):
        assert title in picture
    assert "style=" not in picture and "<b>" not in picture
    assert len(re.findall('class="g-slip"', picture)) == 1
    assert all(float(width) > 0 for width in re.findall(r'<rect[^>]* width="([^"]+)"', picture))
    assert draw((), today()) == ""


def post(client, plan, item, do, **data):
    return client.post(reverse("plans:scheme", args=[plan.key, item.key]), {"do": do, **data})


def test_the_page_builds_a_roadmap_and_keeps_what_was_typed(client, house, plan, item):
    client.force_login(house.accounts["staff"])
    url = reverse("plans:scheme", args=[plan.key, item.key])
    assert client.get(url).status_code == 200
    assert post(client, plan, item, "name", seen=0, title="Đề án", owner="Phòng Ba 1").status_code == 302
    wrong = post(client, plan, item, "add", title="Khảo sát", starts_on="31-2-2025", due_on="1-3-2025")
    assert wrong.status_code == 422 and "31-2-2025" in wrong.content.decode()
    assert post(client, plan, item, "add", title="Khảo sát", starts_on="1-2-2025", due_on="1-3-2025").status_code == 302
    step = Milestone.objects.get()
    assert (
        post(
            client, plan, item, "add", title="Thiết kế", starts_on="1-3-2025", due_on="1-4-2025", after=[step.pk]
        ).status_code
        == 302
    )
    second = Milestone.objects.get(ordinal=2)
    circle = post(client, plan, item, "depend", before=second.pk, after=step.pk)
    assert circle.status_code == 422 and "Khảo sát → Thiết kế → Khảo sát" in circle.content.decode()
    page = client.get(url, {"step": "1"}).content.decode()
    assert 'id="move"' in page and "Thiết kế" in page
    seen = step.dates.get().pk
    moved = {"milestone": step.pk, "seen": seen, "starts_on": "1-2-2025", "due_on": "1-5-2025"}
    assert post(client, plan, item, "move", **moved).status_code == 422
    assert post(client, plan, item, "move", **moved, reason="Chờ kinh phí").status_code == 302
    assert "Chờ kinh phí" in client.get(url).content.decode()


def test_those_above_look_on_and_those_beside_see_nothing(client, house, plan, item, steps):
    url = reverse("plans:scheme", args=[plan.key, item.key])
    client.force_login(house.accounts["steering"])
    page = client.get(url)
    assert page.status_code == 200 and "<form" not in page.content.decode().split("<main")[1].split("</main")[0]
    assert client.post(url, {"do": "name"}).status_code == 403
    client.force_login(house.accounts["other"])
    assert client.get(url).status_code == 404
    assert ItemIdentity.objects.count() == 1


def test_an_arrow_to_what_begins_before_runs_between_the_rows_and_no_month_is_cut_off(house, plan, item, steps):
    move(house, steps[0], due_on=day(9), reason="Chờ kinh phí")  # the second begins in April
    picture = str(draw(roadmap(house.askers["staff"], plan, item.key).steps, day(7)))
    back, straight = re.findall(r'class="g-wait" d="M([^"]+)"', picture)
    assert back.count("V") == 2 and straight.count("V") == 1
    assert all(float(x) + 50 <= 960 for x in re.findall(r'class="g-when" x="([\d.]+)"', picture))


def test_what_is_due_after_the_lines_own_deadline_is_pointed_at(client, house, plan, item, steps):
    lines = [Line("Xây dựng trung tâm dữ liệu", deadline_text="30-6-2025")]
    write_edition(asker=house.askers["staff"], plan=plan, lines=lines, read_by={"reader": "typed"}, seen=1)
    client.force_login(house.accounts["staff"])
    page = client.get(reverse("plans:scheme", args=[plan.key, item.key]))
    assert [step.milestone for step in page.context["beyond"]] == [steps[2]]
    assert "sau thời hạn của chính đầu việc (" in page.content.decode()
