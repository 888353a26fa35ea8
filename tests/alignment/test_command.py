"""``soichieu align`` on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from soichieu.alignment import RELATIONS
from soichieu.cli.align import align

LEFT = "id\ttext\n1\tXây dựng trung tâm dữ liệu quốc gia\n2\tTuyên truyền trên báo chí\n"
RIGHT = (
    "id\ttext\theading\tmore\na\tCó chương trình tuyên truyền hiệu quả\tNhận thức\tx\n"
    "b\tSớm hoàn thành Trung tâm dữ liệu quốc gia\tHạ tầng\ty\nc\tPhát triển y tế\t\tz\n"
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    left, right = tmp_path / "L.tsv", tmp_path / "R.tsv"
    left.write_text(LEFT, "utf-8")
    right.write_text(RIGHT, "utf-8")
    return left, right


def run(*arguments: object):
    return CliRunner().invoke(align, [str(one) for one in arguments])


def test_it_writes_every_pair_best_first(files):
    left, right = files
    done = run("--left", left, "--right", right, "--format", "tsv")
    assert done.exit_code == 0
    header, *lines = done.output.splitlines()
    assert header == "left\trank\tright\tscore\trelation"
    rows = [line.split("\t") for line in lines]
    assert [(row[0], row[1]) for row in rows] == [(item, str(rank)) for item in "12" for rank in (1, 2, 3)]
    assert rows[0][2] == "b" and rows[3][2] == "a"
    assert all(0 <= float(row[3]) <= 1 and row[4] in RELATIONS for row in rows)


def test_top_limits_and_more_than_there_are_gives_all(files):
    left, right = files
    one = run("--left", left, "--right", right, "--top", 1, "--format", "tsv").output.splitlines()
    assert len(one) == 3
    assert run("--left", left, "--right", right, "--top", 99).output == run("--left", left, "--right", right).output


def test_json_says_by_which_weights_and_why(files):
    left, right = files
    said = json.loads(run("--left", left, "--right", right, "--top", 1, "--format", "json", "--reasons").output)
    assert said["weights"].startswith("vi-")
    first = said["suggestions"][0]
    assert (first["left"], first["right"], first["rank"]) == ("1", "b", 1)
    shared = [term["left"] for term in first["reasons"]["terms"]]
    assert any("trung tâm dữ liệu" in term for term in shared), shared
    assert {name for name, _ in first["reasons"]["parts"]} >= {"words", "concepts", "order"}


def test_headings_are_evidence_where_both_sides_have_them(tmp_path):
    left, right = tmp_path / "L.tsv", tmp_path / "R.tsv"
    left.write_text("id\ttext\theading\n1\tThực hiện các nhiệm vụ được giao\tPhát triển nguồn nhân lực\n", "utf-8")
    right.write_text(
        "id\ttext\theading\na\tTriển khai các nội dung sau\tHợp tác quốc tế\n"
        "b\tTriển khai các nội dung sau\tNguồn nhân lực\n",
        "utf-8",
    )
    assert run("--left", left, "--right", right).output.splitlines()[1].split("\t")[2] == "b"


@pytest.mark.parametrize(
    ("content", "where", "remedy"),
    [
        (b"", "empty", "header"),
        (b"   \n\n", "empty", "header"),
        ("1\tmột việc\n2\thai việc\n".encode(), "line 1: no header", "id, a tab, text"),
        (b"id\ttext\n", "a header and no text", "one text a line"),
        ("id\ttext\n1\tmột\n2 hai\n".encode(), "line 3: one column", "put a tab"),
        ("id\ttext\n1\tmột\n1\thai\n".encode(), "line 3: the id 1 stands in line 2", "its own"),
        ("id\ttext\n\tmột\n".encode(), "line 2: no id", "one of its own"),
        (b"id\ttext\n1\tm" + b"\xe9t vi\xe9c\n", "line 2: not UTF-8", "save the file as UTF-8"),
        ("id\ttext\n1\tmột\n".encode("utf-16"), "not UTF-8", "save the file as UTF-8"),
        (b"id\ttext\n1\ta\0b\n", "line 2: a NUL", "save it as TSV"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_line_and_remedy(files, content, where, remedy):
    left, right = files
    left.write_bytes(content)
    done = run("--left", left, "--right", right)
    assert done.exit_code == 2
    assert str(left) in done.output and where in done.output and remedy in done.output


def test_a_file_that_is_not_there_is_named(files, tmp_path):
    done = run("--left", tmp_path / "none.tsv", "--right", files[1])
    assert done.exit_code == 2
    assert "none.tsv" in done.output


def test_weights_can_be_given_and_bad_ones_are_refused(files, tmp_path):
    left, right = files
    bad = tmp_path / "w.json"
    bad.write_text("{}", "utf-8")
    done = run("--left", left, "--right", right, "--weights", bad)
    assert done.exit_code == 2
    assert str(bad) in done.output and "leave it out" in done.output
    done = run("--left", left, "--right", right, "--weights", tmp_path / "none.json")
    assert done.exit_code == 2 and "leave it out" in done.output and "Errno" not in done.output


def test_it_needs_no_instance_and_no_django(files):
    left, right = files
    code = (
        "import sys; from soichieu.cli.main import cli\n"
        f"cli(['align', '--left', {str(left)!r}, '--right', {str(right)!r}, '--reasons', '--format', 'json'],"
        " standalone_mode=False)\n"
        "assert not any(name == 'django' or name.startswith('django.') for name in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("header", ["ID\tText", "stt\tnội dung\tđơn vị", "code\twhatever", "\ufeffid\ttext"])
def test_a_header_may_use_other_names(files, header):
    left, right = files
    left.write_text(LEFT.replace("id\ttext", header, 1), "utf-8")
    assert len(run("--left", left, "--right", right).output.splitlines()) == 1 + 2 * 3


def test_an_empty_item_is_named_and_gets_nothing_worth_anything(files):
    left, right = files
    left.write_text(LEFT + "3\t\n4\t  \tx\n5\tPhát triển y tế\n", "utf-8")
    done = run("--left", left, "--right", right, "--top", 9)
    assert done.exit_code == 0
    assert f"{left}, line 4: 3 has no text" in done.stderr and f"{left}, line 5: 4 has no text" in done.stderr
    rows = [line.split("\t") for line in done.stdout.splitlines()[1:]]
    assert [row[0] for row in rows] == [item for item in "12345" for _ in range(3)]
    assert {(row[3], row[4]) for row in rows if row[0] in "34"} == {("0.000000", "none")}
    assert all(float(row[3]) > 0 for row in rows if row[0] not in "34")


def test_an_empty_provision_is_named_and_comes_last_for_every_item(files):
    left, right = files
    right.write_text(RIGHT.replace("c\tPhát", "leer\t\nc\tPhát"), "utf-8")
    done = run("--left", left, "--right", right)
    assert done.exit_code == 0 and f"{right}, line 4: leer has no text" in done.stderr
    rows = [line.split("\t") for line in done.stdout.splitlines()[1:]]
    assert [row[1:] for row in rows if row[2] == "leer"] == [["4", "leer", "0.000000", "none"]] * 2
    assert all(float(row[3]) > 0 for row in rows if row[2] != "leer")
    assert "leer" not in run("--left", left, "--right", right, "--top", 3).stdout


def test_reasons_in_a_tsv_are_not_passed_over_in_silence(files):
    left, right = files
    done = run("--left", left, "--right", right, "--reasons")
    assert done.exit_code == 0 and "--format json" in done.stderr
    assert done.stdout == run("--left", left, "--right", right).stdout
    assert run("--left", left, "--right", right, "--reasons", "--format", "json").stderr == ""
