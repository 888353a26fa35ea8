"""Versions of a plan's lines: what is untouched keeps its identity, whatever is done around it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import NotAllowed
from soichieu.plans.commands.editions import carry_over, write_edition
from soichieu.plans.errors import ChangedMeanwhile
from soichieu.plans.lines import Line
from soichieu.plans.models import PlanEdition, PlanItem

TYPED = {"reader": "typed"}


def write(house, plan, *texts, seen=0, who="staff", **more):
    lines = [one if isinstance(one, Line) else Line(one, **more) for one in texts]
    return write_edition(asker=house.askers[who], plan=plan, lines=lines, read_by=TYPED, seen=seen)


def keys(edition):
    return {item.text: item.identity.key for item in edition.items.select_related("identity")}


def test_untouched_and_reworded_lines_keep_their_identity(house, plan):
    first = write(house, plan, "Xây dựng cơ sở dữ liệu dùng chung của Cục", "Tập huấn cán bộ cấp phòng", "Mua sắm máy")
    second = write(
        house, plan, "Việc mới thêm vào", "Tập huấn cán bộ cấp phòng và cấp đội",
        "Xây dựng cơ sở dữ liệu dùng chung của Cục", seen=1,
    )  # fmt: skip
    before, after = keys(first), keys(second)
    assert after["Xây dựng cơ sở dữ liệu dùng chung của Cục"] == before["Xây dựng cơ sở dữ liệu dùng chung của Cục"]
    assert after["Tập huấn cán bộ cấp phòng và cấp đội"] == before["Tập huấn cán bộ cấp phòng"]
    assert after["Việc mới thêm vào"] not in before.values()


def test_a_line_with_another_lead_and_date_elsewhere_is_still_that_line(house, plan):
    first = write(house, plan, Line("Họp", deadline_text="30-6-2025"), "Tập huấn cán bộ cấp phòng", "Mua sắm máy")
    second = write(
        house, plan, "Tập huấn cán bộ cấp phòng", "Mua sắm máy",
        Line("Họp", deadline_text="Quý IV năm 2026", output="Biên bản họp của tất cả các phòng"), seen=1,
    )  # fmt: skip
    assert keys(second) == keys(first)


def test_the_same_lines_again_make_no_new_version(house, plan):
    first = write(house, plan, "Một việc", "Hai việc")
    assert write(house, plan, "Một  việc ", "Hai việc", seen=1) == first
    assert PlanEdition.objects.count() == 1
    third = write(house, plan, Line("Một việc", number="1"), Line("Hai việc", number="2"), seen=1)
    assert (third.ordinal, third.text_hash) == (2, first.text_hash)


def test_whoever_saves_second_is_told(house, plan):
    write(house, plan, "Một việc")
    with pytest.raises(ChangedMeanwhile) as told:
        write(house, plan, "Việc khác")
    assert "Người staff" in str(told.value)
    assert PlanItem.objects.count() == 1


def test_leads_and_deadlines_are_understood(house, plan):
    leads = ({"text": "Phòng Ba 1"}, {"text": "Phòng không có"})
    edition = write(house, plan, Line("Một việc", leads=leads, deadline_text="Quý II năm 2025"))
    item = edition.items.get()
    assert item.leads == [
        {"text": "Phòng Ba 1", "unit": house.units[5].pk}, {"text": "Phòng không có", "unit": None},
    ]  # fmt: skip
    assert (item.deadline_from, item.deadline_to) == (dt.date(2025, 4, 1), dt.date(2025, 6, 30))


@pytest.mark.parametrize("lines", [[], [Line(" ")], [Line("Một việc", number="9" * 41)]])
def test_what_cannot_be_a_line_is_refused(house, plan, lines):
    with pytest.raises(Refusal):
        write_edition(asker=house.askers["staff"], plan=plan, lines=lines, read_by=TYPED, seen=0)
    assert not PlanEdition.objects.exists()


@pytest.mark.parametrize("who", ["steering", "observer", "other"])
def test_only_the_unit_writes_its_plan(house, plan, who):
    with pytest.raises(NotAllowed):
        write(house, plan, "Một việc", who=who)


WORDS = st.lists(
    st.sampled_from(
        ["rà", "soát", "xây", "dựng", "cán", "bộ", "dữ", "liệu", "phòng", "tỉnh", "xã", "năm", "quý", "mới"]
    ),
    min_size=1,
)
ONE = st.builds(
    lambda text, group, deadline: Line(" ".join(text), group=group, deadline_text=deadline),
    WORDS, st.sampled_from(["", "I. Chung", "II. Riêng"]), st.sampled_from(["", "2025", "Quý I năm 2026"]),
)  # fmt: skip


@given(st.lists(ONE, min_size=1, max_size=8), st.data())
def test_whatever_is_done_around_it_an_untouched_line_keeps_its_identity(lines, data):
    before = [(f"k{at}", line) for at, line in enumerate(lines)]
    now = list(lines)
    for _step in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, max(len(now) - 1, 0)))
        match data.draw(st.sampled_from(["insert", "delete", "move", "edit"])):
            case "insert":
                now.insert(at, data.draw(ONE))
            case "delete" if now:
                del now[at]
            case "move" if now:
                now.insert(data.draw(st.integers(0, len(now))), now.pop(at))
            case "edit" if now:
                now[at] = data.draw(ONE)
    carried = carry_over(before, now)
    found = [key for key in carried if key is not None]
    assert len(found) == len(set(found)) and set(found) <= {key for key, _line in before}
    known = dict(before)
    for line, key in zip(now, carried, strict=True):
        alike = [one for one in lines if one.words == line.words]
        again = [one for one in now if one.words == line.words]
        if len(alike) == len(again) == 1:
            assert key is not None and known[key].words == line.words
    # Of lines that say the same several times, as many keep an identity as there are on both sides.
    for words in {line.words for line in now}:
        many = sum(line.words == words for line in lines)
        kept = [key for line, key in zip(now, carried, strict=True) if line.words == words and key is not None]
        exact = sum(known[key].words == words for key in kept)
        assert exact == min(many, sum(line.words == words for line in now))
