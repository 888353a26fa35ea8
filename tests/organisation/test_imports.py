"""Importing: bad input is named with place and remedy and leaves nothing behind; history may come in steps."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner

from soichieu.cli.units import units
from soichieu.organisation import commands, queries
from soichieu.organisation.gaps import gaps
from soichieu.organisation.models import ImportedFile, Place, PlaceState, Unit
from soichieu.organisation.places import last_states, place_columns, places_at
from tests.organisation.conftest import OPERATOR

pytestmark = pytest.mark.django_db

HEAD = "code,parent_code,level,name,full_name,full_name_en\n"
GOOD = (
    HEAD + "01,,province,An,Tỉnh An,An\n001,01,district,Bắc,Huyện Bắc,Bac\n00001,001,commune,Một,Xã Một,Mot\n"
    "00002,001,commune,Hai,Xã Hai,Hai\n"
)
UNITS = "code,kind,name,from,until,sector\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(*paths: Path) -> str:
    """What the command line says: exit code 2, and nothing is there afterwards that was not before."""
    before = [model.objects.count() for model in (Place, PlaceState, Unit, ImportedFile)]
    result = CliRunner().invoke(units, ["import", *map(str, paths)])
    assert result.exit_code == 2, result.output
    assert [model.objects.count() for model in (Place, PlaceState, Unit, ImportedFile)] == before
    assert "Nothing was imported." in result.output
    return result.output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            HEAD + "01,,province,An,Tỉnh An,\n001,002,district,B,Huyện B,\n002,001,district,C,Huyện C,\n",
            [
                "s-2024-01-01.csv, line 3: a cycle: Huyện B (001, line 3) in Huyện C (002, line 4)",
                "correct parent_code",
            ],
        ),
        (HEAD + "01,01,province,An,Tỉnh An,\n", ["line 2: Tỉnh An (01) is its own parent", "correct parent_code"]),
        (
            HEAD + "01,,province,An,Tỉnh An,\n00001,009,commune,M,Xã M,\n",
            ["line 3: Xã M (00001) outlives its parent 009", "add the parent's row"],
        ),
        (HEAD + "01,,region,An,Vùng An,\n", ["line 2: level 'region'", "province, district, commune"]),
        (HEAD + "01,,province,,,\n", ["line 2: 01 has no name"]),
        (HEAD + "01,,province,An,Tỉnh An,\n01,,province,Bo,Tỉnh Bo,\n", ["line 3: code 01 (Tỉnh Bo) stands on line 2"]),
        (HEAD + "01,,province,An,Tỉnh An,\n02,01,province,Bo,Tỉnh Bo,\n", ["a province, stands under Tỉnh An"]),
        (HEAD + "01,,province,An, Tỉnh An,x,y\n", ["line 2: 7 cells where the header has 6", "quotation marks"]),
        (HEAD, ["no places below the header"]),
        ("", ["the file is empty"]),
        ("a,b\n1,2\n", ["line 1: the header a, b is none of those known"]),
    ],
)
def test_a_bad_state_is_refused_with_place_and_remedy(tmp_path: Path, text: str, said: list[str]) -> None:
    output = refused(write(tmp_path, "s-2024-01-01.csv", text))
    for part in said:
        assert part in output, output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            UNITS + "a,department,A,2022-01-01,,b\nb,department,B,2022-01-01,,c\nc,department,C,2022-01-01,,a\n",
            [
                "units.csv, line 2: a cycle on the sector line on 01-01-2022: A (a, line 2) under B (b, line 3)",
                "correct",
            ],
        ),
        (
            UNITS + "a,ministry,A,2022-01-01,2023-01-01,\nb,department,B,2022-01-01,,a\n",
            ["line 3: B (b) outlives its superior a (line 2)", "has no end, that ends on 01-01-2023", "end it on that"],
        ),
        (
            UNITS + "a,ministry,A,2022-06-01,,\nb,department,B,2022-01-01,,a\n",
            ["line 3: B (b) stands under a", "but that begins on 01-06-2022"],
        ),
        (UNITS + "a,ministry,A,2022-01-01,2021-01-01,\n", ["line 2: a ends on 01-01-2021, before it begins"]),
        (UNITS + "a,bureau,A,2022-01-01,,\n", ["line 2: a: there is no kind 'bureau'", "ministry"]),
        (UNITS + "a,ministry,A,sometime,,\n", ["line 2: a: from 'sometime' is not a day", "YYYY-MM-DD"]),
        (UNITS + "a,ministry,A,2022-01-01,,zz\n", ["line 2: there is no unit zz, neither in the file"]),
        (UNITS + "ă b,ministry,A,2022-01-01,,\n", ["line 2: code 'ă b'"]),
    ],
)
def test_a_bad_tree_of_units_is_refused_with_place_and_remedy(tmp_path: Path, text: str, said: list[str]) -> None:
    output = refused(write(tmp_path, "units.csv", text))
    for part in said:
        assert part in output, output


def test_one_bad_file_keeps_the_good_ones_out(tmp_path: Path) -> None:
    good = write(tmp_path, "a-2024-01-01.csv", GOOD)
    bad = write(tmp_path, "b-units.csv", UNITS + "a,ministry,A,2022-01-01,,zz\n")
    refused(good, bad)


def test_a_file_that_is_not_there_or_not_text_or_has_no_day_is_refused(tmp_path: Path) -> None:
    assert "there is no such file" in refused(tmp_path / "none.csv")
    assert "no .csv file in this folder" in refused(tmp_path)
    assert "the name holds no day" in refused(write(tmp_path, "places.csv", GOOD))
    binary = tmp_path / "x-2024-01-01.csv"
    binary.write_bytes(bytes(range(256)) * 20)
    assert "x-2024-01-01.csv" in refused(binary)


def test_utf16_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "s-2024-01-01.csv"
    path.write_bytes(GOOD.encode("utf-16"))
    commands.import_units(asker=OPERATOR, paths=[path])
    assert [place.full_name for place in places_at(dt.date(2024, 1, 1))] == ["Tỉnh An", "Huyện Bắc", "Xã Một", "Xã Hai"]


def test_a_succession_without_its_state_or_with_an_unknown_code_is_refused(tmp_path: Path) -> None:
    head = (
        "old_province_code,old_district_code,old_ward_code,old_province,old_district,old_ward,"
        "new_province_code,new_ward_code,new_province,new_ward,kind,default,new_area_km2\n"
    )
    edge = "01,001,00009,Tỉnh An,Huyện Bắc,Xã Chín,01,00001,Tỉnh An,Xã Một,whole,,\n"
    first = write(tmp_path, "a-2024-01-01.csv", GOOD)
    table = write(tmp_path, "succession-2025-01-01.csv", head + edge)
    assert "no state of 01-01-2025 comes with it" in refused(first, table)
    after = HEAD + "01,,province,An,Tỉnh An,An\n00001,01,commune,Một,Xã Một,Mot\n"
    state = write(tmp_path, "b-2025-01-01.csv", after)
    output = refused(first, state, table)
    assert "line 2: there is no commune 00009 (Xã Chín) before 01-01-2025; correct the code" in output


def test_a_state_older_than_the_last_is_refused_and_a_later_one_goes_on(tmp_path: Path) -> None:
    commands.import_units(asker=OPERATOR, paths=[write(tmp_path, "a-2024-01-01.csv", GOOD)])
    output = refused(write(tmp_path, "b-2023-01-01.csv", GOOD + "02,,province,Bo,Tỉnh Bo,\n"))
    assert "history is carried forward only" in output
    later = GOOD.replace("Xã Một", "Phường Một")
    commands.import_units(asker=OPERATOR, paths=[write(tmp_path, "c-2025-01-01.csv", later)])
    assert [place.full_name for place in places_at(dt.date(2024, 6, 1), "commune")] == ["Xã Một", "Xã Hai"]
    assert [place.full_name for place in places_at(dt.date(2025, 6, 1), "commune")] == ["Phường Một", "Xã Hai"]
    assert Place.objects.count() == 4


def test_a_gap_that_shows_only_in_a_later_import_is_taken_back_and_the_old_board_keeps_what_was_known(
    tmp_path: Path,
) -> None:
    island = "002,01,district,Đảo,Huyện Đảo,Dao\n"
    earlier = dt.datetime(2025, 2, 1, tzinfo=dt.UTC)
    for name, text, at in (
        ("a-2024-01-01.csv", GOOD + island, earlier),
        ("b-2024-06-01.csv", GOOD, earlier),
        ("c-2025-01-01.csv", GOOD + island, dt.datetime(2025, 3, 1, tzinfo=dt.UTC)),
    ):
        commands.import_units(asker=OPERATOR, paths=[write(tmp_path, name, text)], recorded_at=at)
    assert Place.objects.count() == 5
    missing = dt.date(2024, 7, 1)
    assert len(places_at(missing, "district")) == 2
    assert len(places_at(missing, "district", known_at=earlier)) == 1
    assert [gap.topic for gap in gaps("data_gap")] == ["data_gap"]


def test_seated_units_follow_later_imports(tmp_path: Path) -> None:
    commands.import_units(asker=OPERATOR, paths=[write(tmp_path, "a-2024-01-01.csv", GOOD)])
    commands.seat_units(asker=OPERATOR, kind="police", level="commune", line="sector")
    later = GOOD.replace("00002,001,commune,Hai,Xã Hai,Hai\n", "").replace("Xã Một", "Phường Một")
    commands.import_units(asker=OPERATOR, paths=[write(tmp_path, "b-2025-01-01.csv", later)])
    assert [unit.name for unit in queries.units_at(dt.date(2024, 6, 1), "police")] == [
        "Công an xã Một",
        "Công an xã Hai",
    ]
    assert [unit.name for unit in queries.units_at(dt.date(2025, 6, 1), "police")] == ["Công an phường Một"]
    with pytest.raises(commands.OrganisationError, match="seated at level commune already"):
        commands.seat_units(asker=OPERATOR, kind="police", level="commune", line="sector")


def test_same_code_with_another_name_is_doubted_where_a_neighbour_vanished_and_a_renaming_where_none_did(
    tmp_path: Path,
) -> None:
    state = GOOD + "002,01,district,Nam,Huyện Nam,\n00005,002,commune,Năm,Xã Năm,\n00006,002,commune,Sáu,Xã Sáu,\n"
    later = state.replace("00006,002,commune,Sáu,Xã Sáu,\n", "").replace("Năm,Xã Năm", "Mới,Xã Mới")
    later = later.replace("Hai,Xã Hai,Hai", "Đổi,Xã Đổi,")
    commands.import_units(
        asker=OPERATOR,
        paths=[write(tmp_path, "a-2024-01-01.csv", state), write(tmp_path, "b-2025-01-01.csv", later)],
    )
    of = place_columns()
    last = {place.key: place for place in last_states([int(one) for one in of.ids]).values()}
    assert last["00002"].full_name == "Xã Đổi"
    assert last["00002"].ends_on is None
    assert last["00005"].ends_on == dt.date(2025, 1, 1)
    assert last["00005-20250101"].full_name == "Xã Mới"
    assert [gap.code for gap in gaps("doubtful")] == ["00005-20250101"]
    assert [(gap.code, "Xã Mới (00005)" in gap.text) for gap in gaps("no_heir")] == [("00006", True)]


def test_an_office_brings_its_own_tree_with_dated_names_and_superiors(tmp_path: Path) -> None:
    text = (
        "code,kind,name,from,until,sector,counterpart,order,fictitious\n"
        "bo-x,ministry,Bộ X,2020-01-01,,,dang-uy-x,1,1\n"
        "dang-uy-x,party_committee,Đảng ủy Bộ X,2020-01-01,,,,1,1\n"
        "chi-bo-1,party_cell,Chi bộ 1,2020-01-01,,dang-uy-x,,1,1\n"
        "cuc-1,department,Cục Một,2020-01-01,2024-01-01,bo-x,,2,1\n"
        "phong-1,division,Phòng 1,2020-01-01,,cuc-1,,3,1\n"
        "phong-1,division,Phòng Một,2024-01-01,,bo-x,,3,1\n"
    )
    done = commands.import_units(asker=OPERATOR, paths=[write(tmp_path, "tree.csv", text)])
    assert done.units == 5
    ids = dict(Unit.objects.values_list("code", "pk"))
    old, new = dt.date(2023, 12, 31), dt.date(2024, 1, 1)
    assert queries.ancestors(ids["phong-1"], "sector", old) == [ids["cuc-1"], ids["bo-x"]]
    assert queries.ancestors(ids["phong-1"], "sector", new) == [ids["bo-x"]]
    assert queries.name_of([ids["phong-1"]], old) == {ids["phong-1"]: "Phòng 1"}
    assert queries.name_of([ids["phong-1"]], new) == {ids["phong-1"]: "Phòng Một"}
    assert queries.counterpart_of(ids["bo-x"], new) == ids["dang-uy-x"]
    assert queries.counterpart_of(ids["dang-uy-x"], new) == ids["bo-x"]
    assert [gap.code for gap in gaps("unit_no_heir")] == ["cuc-1"]


def test_ministries_that_contradict_themselves_are_refused(tmp_path: Path) -> None:
    text = "old,new,kind,note\nBộ A,Bộ C,same,\nBộ B,Bộ C,merged,\n"
    assert "2 bodies become Bộ C; write merged" in refused(write(tmp_path, "ministries-2025-03-01.csv", text))
    text = "old,new,kind,note\nBộ A,Bộ C,split,\n"
    assert "line 2: kind 'split'; write same, renamed or merged" in refused(write(tmp_path, "m-2025-03-01.csv", text))


def test_a_person_links_places_that_no_table_links_and_the_seats_are_proposed(tmp_path: Path) -> None:
    later = GOOD.replace("00002,001,commune,Hai,Xã Hai,Hai\n", "").replace("Một,Xã Một", "Mới,Xã Mới")
    commands.import_units(
        asker=OPERATOR,
        paths=[write(tmp_path, "a-2024-01-01.csv", GOOD), write(tmp_path, "b-2025-01-01.csv", later)],
    )
    commands.seat_units(asker=OPERATOR, kind="police", level="commune", line="sector")
    day = dt.date(2025, 1, 1)
    assert [gap.code for gap in gaps("no_heir")] == ["00002"]
    run = CliRunner().invoke
    arguments = ["name-heir", "00002", "00001-20250101", "--on", "2025-01-01"]
    assert run(units, arguments).exit_code == 2
    assert run(units, [*arguments, "--source", "Nghị quyết 1"]).exit_code == 0
    assert gaps("no_heir") == []
    old = queries.unit_by_code("ca-00002")
    assert old is not None
    assert {(step.on, step.status) for step in queries.successors(old)} == {(day, "proposed")}
    done = run(units, ["confirm-succession", "01-01-2025"])
    assert "2 successions of 1-1-2025 confirmed" in done.output
    assert queries.heir(old, day).unit_id == queries.unit_by_code("ca-00001-20250101")


def test_the_command_line_answers_for_a_day(tmp_path: Path) -> None:
    commands.import_units(asker=OPERATOR, paths=[write(tmp_path, "a-2024-01-01.csv", GOOD)])
    run = CliRunner().invoke
    assert run(units, ["at", "2024-06-01", "--count"]).output == "4\n"
    assert run(units, ["at", "01-06-2024", "--level", "commune", "--count"]).output == "2\n"
    assert run(units, ["at", "2024-06-01", "--kind", "police", "--count"]).output == "0\n"
    assert run(units, ["at", "2023-06-01", "--count"]).output == "0\n"
    assert '"name": "Huyện Bắc"' in run(units, ["at", "2024-06-01", "--format", "json"]).output
    assert run(units, ["at", "thứ hai"]).exit_code == 2
    assert "Xã Một" in run(units, ["show", "xa mot"]).output
    assert run(units, ["search", "không có"]).exit_code == 2
    result = run(units, ["at", "2024-06-01", "--as", "ai-do"])
    assert result.exit_code == 2
    assert "there is no post with the code 'ai-do'" in result.output
