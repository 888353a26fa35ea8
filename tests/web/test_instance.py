"""The folder of an instance: what lies in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from soichieu import instance


def test_the_compiled_fold_lies_in_the_instance_where_the_installation_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setattr(os, "access", lambda path, mode: True)
    instance.keep_compiled(tmp_path)
    assert "NUMBA_CACHE_DIR" not in os.environ
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    instance.keep_compiled(tmp_path)
    assert os.environ["NUMBA_CACHE_DIR"] == str(tmp_path / "compiled")
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/elsewhere")
    instance.keep_compiled(tmp_path)
    assert os.environ["NUMBA_CACHE_DIR"] == "/elsewhere"
