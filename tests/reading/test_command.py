"""``soichieu read`` as a person or a script calls it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

from click.testing import CliRunner

from soichieu.cli.read import read as command

from .making import DIRECTIVES


def run(*arguments: str) -> str:
    result = CliRunner().invoke(command, list(arguments))
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_json_has_the_shape_that_is_documented() -> None:
    found = json.loads(run(str(DIRECTIVES / "57-NQ-TW.txt"), "--format", "json"))
    assert {"document", "provisions", "tables", "citations", "warnings"} <= set(found)
    assert found["document"]["number"] == "57-NQ/TW" and found["document"]["date"] == "2024-12-22"
    assert {"id", "parent", "kind", "label", "heading", "text", "hash", "confidence", "source"} <= set(
        found["provisions"][0]
    )
    assert len({item["id"] for item in found["provisions"]}) == len(found["provisions"])
    assert found["source_text"] == (DIRECTIVES / "57-NQ-TW.txt").read_text(encoding="utf-8")


def test_rows_have_the_shape_that_is_documented() -> None:
    (tasks,) = json.loads(run(str(DIRECTIVES / "03-NQ-CP-annex-2-tasks.md"), "--format", "json"))["tables"]
    row = tasks["rows"][0]
    assert {"id", "group", "number", "task", "leads", "cooperators", "output", "deadline"} <= set(row)
    assert set(row["leads"][0]) == {"text", "unit", "class"}
    assert {"text", "from", "to", "kind"} <= set(row["deadline"])
    (targets,) = json.loads(run(str(DIRECTIVES / "03-NQ-CP-annex-1-targets.md"), "--format", "json"))["tables"]
    assert {"id", "group", "number", "parent", "indicator", "unit", "target", "quantity"} <= set(targets["rows"][0])


def test_the_tree_shows_labels_ids_and_warnings() -> None:
    shown = run(str(DIRECTIVES / "03-NQ-CP.md"))
    assert "II.1.đ  (point)  đ) Xây dựng nền tảng số" in shown
    assert "! A paragraph broken" in shown
    assert "140 rows" in run(str(DIRECTIVES / "03-NQ-CP-annex-2-tasks.md"), "--format", "tree")


def test_csv_is_one_provision_a_line() -> None:
    rows = list(csv.DictReader(io.StringIO(run(str(DIRECTIVES / "57-NQ-TW.txt"), "--format", "csv"))))
    assert rows[0]["id"] == "head" and {row["kind"] for row in rows} >= {"section", "point", "bullet", "sentence"}


def test_it_needs_neither_django_nor_an_instance() -> None:
    script = (
        "import sys; sys.argv = ['soichieu', 'read', sys.argv[1]]\n"
        "from soichieu.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit: pass\n"
        "heavy = {'django', 'numpy', 'numba', 'pypdfium2', 'docx', 'lxml'} & set(sys.modules)\n"
        "print('loaded:', sorted(heavy))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(DIRECTIVES / "57-NQ-TW.txt")],
        capture_output=True,
        env={"PATH": "/usr/bin", "PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "utf-8"},
        timeout=60,
    )
    assert done.stdout.decode("utf-8").strip().endswith("loaded: []"), done.stdout[-200:] + done.stderr[-400:]


def test_the_help_names_every_kind_of_file_that_is_read():
    said = CliRunner().invoke(command, ["--help"]).output
    kinds = ("docx", "odt", "doc", "rtf", "pdf", "html", "md", "txt")
    assert [kind for kind in kinds if f".{kind}" not in said] == []
