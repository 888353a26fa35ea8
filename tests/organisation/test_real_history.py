"""The real files, imported once for this module: one history of provinces, districts and communes, 2021 to 2026."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import transaction

from soichieu.organisation import commands, queries
from soichieu.organisation.gaps import gaps
from soichieu.organisation.models import PlaceState, PlaceSuccession, Unit
from soichieu.organisation.place_links import place_predecessors, place_successors
from soichieu.organisation.places import last_states, place_columns, places_at
from soichieu.organisation.searching import search
from tests.organisation.conftest import DATA, OPERATOR

BEFORE, AFTER = dt.date(2025, 6, 30), dt.date(2025, 7, 1)


@pytest.fixture(scope="module", autouse=True)
def history(django_db_setup: None, django_db_blocker) -> Iterator[float]:
    """Everything imported, committees and police seated; taken back at the end. Yields the
    seconds of processor time, since several test processes may share the machine."""
    with django_db_blocker.unblock(), transaction.atomic():
        started = time.process_time()
        commands.import_units(asker=OPERATOR, paths=[DATA])
        took = time.process_time() - started
        government = Unit.objects.get(code="chinh-phu")
        ministry = Unit.objects.get(code="bo-cong-an")
        commands.seat_units(asker=OPERATOR, kind="province_committee", level="province", under=government)
        commands.seat_units(asker=OPERATOR, kind="district_committee", level="district")
        commands.seat_units(asker=OPERATOR, kind="police", level="province", line="sector", under=ministry)
        yield took
        transaction.set_rollback(True)


def counts(day: str) -> list[int]:
    on = dt.date.fromisoformat(day)
    return [len(places_at(on, level)) for level in ("province", "district", "commune")]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-10-31", [0, 0, 0]),
        ("2021-11-01", [63, 705, 10599]),
        ("2022-11-14", [63, 705, 10599]),
        ("2024-02-01", [63, 705, 10597]),  # five island districts are missing from the file, not from the world
        ("2025-03-01", [63, 696, 10035]),
        ("2025-06-30", [63, 696, 10035]),
        ("2025-07-01", [34, 0, 3321]),
        ("2026-04-30", [34, 0, 3321]),
        ("2030-01-01", [34, 0, 3321]),
    ],
)
def test_the_places_of_a_day_are_counted_from_one_database(day: str, expected: list[int]) -> None:
    assert counts(day) == expected


def test_the_whole_data_set_is_imported_in_under_forty_seconds(history: float) -> None:
    assert history < 40


def by_key(key: str) -> int:
    of = place_columns()
    return int(of.ids[of.key.index(key)])


def named(steps, side: str) -> set[str]:
    ids = [getattr(step, side) for step in steps]
    return {place.full_name for place in last_states(ids).values()}


def test_commune_00004_before_and_after_are_two_places() -> None:
    old, new = by_key("00004"), by_key("00004-20250701")
    places = last_states([old, new])
    assert (places[old].full_name, places[new].full_name) == ("Phường Trúc Bạch", "Phường Ba Đình")
    assert {"Phường Trúc Bạch", "Phường Quán Thánh"} <= named(place_predecessors(new, 1), "old_id")
    assert len(place_predecessors(new, 1)) == 10
    assert [step.new_id for step in place_successors(old)] == [new]


def test_eleven_provinces_stay_and_fifty_two_become_twenty_three() -> None:
    before, after = {p.id for p in places_at(BEFORE, "province")}, {p.id for p in places_at(AFTER, "province")}
    assert len(before & after) == 11
    assert len(before - after) == 52
    assert len(after - before) == 23
    ended = [place_successors(place, 1) for place in before - after]
    assert all(len(steps) == 1 and steps[0].share == "whole" for steps in ended)
    assert named(place_predecessors(by_key("48-20250701")), "old_id") == {"Thành phố Đà Nẵng", "Tỉnh Quảng Nam"}


def test_every_old_commune_has_its_edges_and_every_split_one_main_heir() -> None:
    communes = [place.id for place in places_at(BEFORE, "commune")]
    stayed = set(communes) & {place.id for place in places_at(AFTER, "commune")}
    assert len(stayed) == 132  # one whole commune into one that has no other
    heirs = Counter(PlaceSuccession.objects.filter(on=AFTER, main=True).values_list("old_id", flat=True))
    assert all(heirs[place] == 1 for place in communes if place not in stayed)
    split = set(PlaceSuccession.objects.filter(on=AFTER, share="split").values_list("old_id", flat=True))
    assert len(split & set(communes)) == 471


def test_the_wrong_code_of_ba_che_is_mended_and_told() -> None:
    ba_che = by_key("06978")
    assert last_states([ba_che])[ba_che].full_name == "Xã Ba Chẽ"
    assert place_predecessors(ba_che, 1)
    assert [gap.code for gap in gaps("code_mended")] == ["06978"]


def test_the_islands_live_through_the_gap_in_the_data() -> None:
    names = {gap.name for gap in gaps("data_gap")}
    assert names == {"Huyện Bạch Long Vĩ", "Huyện Cồn Cỏ", "Huyện Hoàng Sa", "Huyện Lý Sơn", "Huyện Côn Đảo"}
    for code in ("318", "471", "498", "536", "755"):
        assert last_states([by_key(code)], dt.date(2024, 6, 1))[by_key(code)].ends_on == AFTER


def test_the_special_zones_have_no_origin_and_the_districts_no_heir() -> None:
    origins = {gap.name for gap in gaps("no_origin") if gap.on == AFTER}
    assert origins == {f"Đặc khu {name}" for name in ("Bạch Long Vĩ", "Cồn Cỏ", "Hoàng Sa", "Lý Sơn", "Côn Đảo")}
    heirless = [gap for gap in gaps("no_heir") if gap.on == AFTER]
    assert Counter(gap.level for gap in heirless) == {"district": 696}


def test_a_moved_tone_mark_is_no_other_name() -> None:
    changed = PlaceState.objects.filter(valid_from=dt.date(2026, 4, 30))
    assert changed.count() == 12
    assert last_states([by_key("38")])[by_key("38")].name == "Thanh Hóa"


def test_every_place_that_ended_or_began_shows_where_it_went_or_is_listed() -> None:
    first = dt.date(2021, 11, 1)
    listed = {(gap.topic, gap.code) for gap in gaps()}
    edges = list(PlaceSuccession.objects.values_list("old_id", "new_id", "on"))
    old, new = {(edge[0], edge[2]) for edge in edges}, {edge[1:] for edge in edges}
    for place in last_states([int(one) for one in place_columns().ids]).values():
        assert place.ends_on is None or (place.id, place.ends_on) in old or ("no_heir", place.key) in listed, place
        assert place.begins_on == first or (place.id, place.begins_on) in new or ("no_origin", place.key) in listed, (
            place
        )


def test_names_win_over_codes_when_both_cannot_hold() -> None:
    # 2025-03-01: code 682 was Đạ Tẻh and is Đạ Huoai, which was 681.
    huoai = by_key("681")
    assert last_states([huoai], AFTER - dt.timedelta(days=1))[huoai].code == "682"
    assert named(place_successors(by_key("682"), 1), "new_id") == {"Huyện Đạ Huoai"}
    # Old Huế, whose code went on as Thuận Hóa, was split in two.
    assert named(place_successors(by_key("474"), 1), "new_id") == {"Quận Thuận Hóa", "Quận Phú Xuân"}
    # A name made of two old names comes from both.
    made = search("Phương Liên Trung Tự", dt.date(2025, 4, 1), subject="place")[0]
    assert named(place_predecessors(made.id, 1), "old_id") == {"Phường Phương Liên", "Phường Trung Tự"}


def test_no_child_outlives_its_parent() -> None:
    for day in ("2021-11-01", "2024-02-01", "2025-03-01", "2025-07-01"):
        places = places_at(dt.date.fromisoformat(day))
        alive = {place.id: place for place in places}
        for place in places:
            assert (place.parent_id is None) == (place.level == "province")
            assert place.parent_id is None or place.parent_id in alive


def test_ministries_twenty_two_become_seventeen() -> None:
    for day, expected in ((dt.date(2025, 2, 28), 22), (dt.date(2025, 3, 1), 17)):
        assert len(queries.CLASSES["ministries"].members(day)) == expected
    same = queries.unit_by_code("uy-ban-dan-toc")
    assert same is not None
    assert queries.name_of([same], dt.date(2025, 2, 28))[same] == "Ủy ban Dân tộc"
    assert queries.name_of([same], dt.date(2025, 3, 1))[same] == "Bộ Dân tộc và Tôn giáo"
    old, new = queries.unit_by_code("bo-tai-chinh"), queries.unit_by_code("bo-tai-chinh-20250301")
    assert old is not None
    assert {step.new_id for step in queries.successors(old)} == {new}


def test_units_seated_in_places_follow_them() -> None:
    assert [len(queries.units_at(day, "police")) for day in (BEFORE, AFTER)] == [63, 34]
    assert [len(queries.units_at(day, "district_committee")) for day in (BEFORE, AFTER)] == [696, 0]
    hue = queries.unit_by_code("ca-46")
    assert hue is not None
    assert queries.name_of([hue], dt.date(2022, 1, 1))[hue] == "Công an tỉnh Thừa Thiên Huế"
    assert queries.name_of([hue], AFTER)[hue] == "Công an thành phố Huế"
    ministry = queries.unit_by_code("bo-cong-an")
    assert ministry is not None
    assert len(queries.subordinates(ministry, "sector", dt.date(2022, 11, 14))) == 63
    assert len(queries.subordinates(ministry, "sector", AFTER)) == 34
    assert queries.CLASSES["provincial_police"].members(AFTER)[0] == queries.unit_by_code("ca-01")


def test_succession_is_proposed_and_confirmed_in_one_go() -> None:
    with transaction.atomic():
        old, new = queries.unit_by_code("ca-49"), queries.unit_by_code("ca-48-20250701")
        assert old is not None
        heir = queries.heir(old, AFTER, "sector")
        assert (heir.by, heir.to_be_named, heir.proposed) == ("superior", True, (new,))
        assert heir.unit_id == queries.unit_by_code("bo-cong-an")
        assert commands.confirm_succession(asker=OPERATOR, on=AFTER) == 104
        heir = queries.heir(old, AFTER, "sector")
        assert (heir.by, heir.to_be_named, heir.unit_id) == ("successor", False, new)
        assert queries.heir(old, BEFORE, "sector").by == "itself"
        district = queries.unit_by_code("ubnd-490")
        assert district is not None
        heir = queries.heir(district, AFTER, "territory")
        assert (heir.unit_id, heir.to_be_named) == (queries.unit_by_code("ubnd-48-20250701"), True)
        with pytest.raises(commands.OrganisationError, match="confirmed or rejected already"):
            commands.confirm_succession(asker=OPERATOR, on=AFTER)
        transaction.set_rollback(True)


def test_search_needs_no_tones() -> None:
    assert search("da nang", AFTER)[0].name in ("Thành phố Đà Nẵng", "Công an thành phố Đà Nẵng")
    assert search("DA NANG", AFTER, subject="place")[0].code == "48-20250701"
    assert {hit.code for hit in search("cong an da nang", AFTER)} == {"ca-48", "ca-48-20250701"}
    assert search("thua thien hue", AFTER, subject="unit")[0].as_named
    assert search("không có đâu", AFTER) == []


def test_importing_the_same_again_adds_nothing() -> None:
    done = commands.import_units(asker=OPERATOR, paths=[DATA])
    assert (done.places, done.files, len(done.known)) == (0, [], 7)
