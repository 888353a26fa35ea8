"""Which packages the gate installs."""

from __future__ import annotations

import pytest

from tools import gate, system


@pytest.mark.parametrize(
    ("version", "answer"),
    [("1:1.07.4-11", False), ("2.1.5-1", True), ("1:2.1.5-3", True), ("", False), ("1:2.00.1-3", True)],
)
def test_it_knows_the_fonts_that_have_vietnamese_letters(version, answer):
    assert system.is_second_generation(version) is answer


def test_it_knows_the_distribution():
    assert system.distribution('NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n') == "ubuntu"
    assert system.distribution('ID="debian"') == "debian"
    assert system.distribution("") == ""


def test_it_counts_what_both_engines_ran(tmp_path, monkeypatch):
    monkeypatch.setattr(gate, "OUTPUT", tmp_path)
    suite = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'
    (tmp_path / "sqlite.xml").write_text(suite.format(10, 1, 1, 3))
    (tmp_path / "postgresql.xml").write_text(suite.format(5, 0, 0, 0))
    assert gate.counts() == (10, 2)


def test_it_keeps_the_callers_instance_out_of_the_tests(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/real")
    monkeypatch.setenv("SOICHIEU_HOME", "/srv/real")
    env = gate.environment()
    assert "DATABASE_URL" not in env and "SOICHIEU_HOME" not in env
