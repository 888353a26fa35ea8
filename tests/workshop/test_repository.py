"""What holds for the repository as a whole."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


def tracked(*patterns: str) -> list[Path]:
    """Files of the repository as git knows them; a copy without git is not checked."""
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def test_every_dependency_has_its_row_in_the_record():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    names = {re.split(r"[\[<>=~! ]", requirement)[0] for group in groups for requirement in group}
    record = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8")
    rows = {line.split("|")[1].split("(")[0].strip() for line in record.splitlines() if line.startswith("| ")}
    assert names - rows == set(), "without a row in docs/decisions/0002-dependencies.md"
    assert rows - names - {"Package"} == set(), "rows of what is not in pyproject.toml"


def test_the_index_of_the_docs_names_every_page():
    index = ROOT / "docs" / "README.md"
    named = {(index.parent / link).resolve() for link in LINK.findall(index.read_text(encoding="utf-8"))}
    pages = {page.resolve() for page in tracked("docs/*.md", "docs/**/*.md")} - {index.resolve()}
    assert sorted(str(page.relative_to(ROOT)) for page in pages - named) == [], (
        "pages that docs/README.md does not name"
    )


def test_every_link_in_the_docs_leads_somewhere():
    dead = []
    for page in tracked("*.md", "docs/*.md", "docs/**/*.md"):
        if page.is_relative_to(ROOT / "src") or page.is_relative_to(ROOT / "tests"):
            continue  # Texts of others, read as data.
        for link in LINK.findall(page.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", link) and not (page.parent / link).exists():
                dead.append(f"{page.relative_to(ROOT)}: {link}")
    assert dead == []


def test_no_module_is_longer_than_400_lines():
    long = {}
    for module in [*tracked("*.py"), *tracked("src/*.js", "src/*.css", "src/*.html", "tools/*.sh")]:
        lines = len(module.read_text(encoding="utf-8").splitlines())
        if lines > 400 and "migrations" not in module.parts:
            long[str(module.relative_to(ROOT))] = lines
    assert long == {}


def test_each_index_says_which_query_it_is_for():
    silent = []
    for module in [*tracked("src/soichieu/*/models.py"), *tracked("src/soichieu/*/models/*.py")]:
        lines = module.read_text(encoding="utf-8").splitlines()
        for at, line in enumerate(lines):
            if "models.Index(" in line and not any(
                re.match(r" *# .*\bFor\b", one) for one in lines[max(0, at - 3) : at]
            ):
                silent.append(f"{module.relative_to(ROOT)}:{at + 1}")
    assert silent == []


def test_the_tests_that_are_given_as_examples_exist():
    there = {name for test in tracked("tests/*.py") for name in re.findall(r"def (test_\w+)", test.read_text("utf-8"))}
    named = re.findall(r"`(test_\w+)`", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert named and set(named) - there == set()


def test_the_layers_of_the_house_are_told_as_they_are_checked():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = [re.findall(r"soichieu\.(\w+)", layer) for layer in contracts[0]["layers"]]
    record = (ROOT / "docs" / "decisions" / "0001-layers-of-the-house.md").read_text(encoding="utf-8")
    told = record.split("```")[1].strip().splitlines()
    assert [re.findall(r"\w+", line) for line in told] == layers
    rooms = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## The house")[1].split("## Words")[0]
    assert [name for layer in layers for name in layer if f"`{name}`" not in rooms] == []


def test_every_list_that_ships_says_where_it_is_from():
    page = (ROOT / "docs" / "alignment.md").read_text(encoding="utf-8").split("## What ships")[1].split("\n## ")[0]
    named: set[str] = set()
    for line in page.splitlines():
        if line.startswith("| `data/"):
            first = ""
            for name in re.findall(r"`(?:data/)?([^`]+)`", line.split("|")[1]):
                named.add(re.sub(r"-\w+\.txt$", name, first) if name.startswith("-") else name)
                first = name if not name.startswith("-") else first
    files = tracked("src/soichieu/alignment/data/*")
    assert [one.name for one in files if not any(one.match(name) for name in named)] == []


def test_the_docs_say_what_the_checks_cannot_show():
    for page in ("README.md", "docs/ledger.md"):
        words = " ".join((ROOT / page).read_text(encoding="utf-8").split())
        assert "checkpoint" in words and "cannot" in words and re.search(r"from (its|the) first line", words), page


def test_the_modules_of_the_rooms_bear_the_names_of_the_table():
    """Pages of several families are a package ``views``; what a room puts on a sheet of another is its ``panel``."""
    modules = [module.relative_to(ROOT / "src" / "soichieu") for module in tracked("src/soichieu/*.py")]
    # The ground floor is a library without pages: its forms are forms of words.
    rooms = [one for one in modules if one.parts[0] not in ("language", "reading", "alignment")]
    odd = [str(one) for one in rooms if re.search(r"_(views|forms|commands|queries)\.py$", one.name)]
    # Value objects of units, no pages.
    assert odd == ["organisation/unit_views.py"]
    registries = {str(one) for one in modules if one.name == "panels.py"}
    assert registries == {"documents/panels.py", "organisation/panels.py"}
