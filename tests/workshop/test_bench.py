"""The harness of the benches."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import harness

ROOT = Path(__file__).parents[2]


def test_it_measures_both_in_turns_after_one_unmeasured_run_of_each():
    calls = []
    timing = harness.alternate(lambda: calls.append("ours"), lambda: calls.append("peer"), runs=5)
    assert calls[:6] == ["ours", "peer", "ours", "peer", "peer", "ours"]
    assert calls.count("ours") == calls.count("peer") == 6
    assert len(timing.ours) == len(timing.peer) == 5


def test_it_measures_nothing_when_the_answers_differ():
    with pytest.raises(harness.DifferentAnswersError, match="ours: 1\npeer: 2"):
        harness.alternate(lambda: 1, lambda: 2)


def test_it_refuses_a_median_of_too_few_runs():
    with pytest.raises(ValueError, match="fewer than 5"):
        harness.alternate(lambda: 1, lambda: 1, runs=3)


def test_it_closes_a_comparison_with_one_line_of_json(capsys):
    harness.report("fold", "whole", "duckdb", harness.Timing((0.2, 0.1, 0.3), (0.8, 0.4, 0.9)))
    line = json.loads(capsys.readouterr().out)
    assert line == {"bench": "fold", "case": "whole", "ours_s": 0.2, "peer": "duckdb", "peer_s": 0.8, "ratio": 0.25}


def test_it_names_the_benches_there_are_when_asked_for_another():
    asked = subprocess.run([sys.executable, "-m", "bench", "nonesuch"], cwd=ROOT, capture_output=True, text=True)
    assert asked.returncode == 2
    assert "no bench named nonesuch" in asked.stderr
