from __future__ import annotations

import doctest
from pathlib import Path


def test_the_examples_of_the_documentation_are_true() -> None:
    path = Path(__file__).parents[2] / "docs" / "language.md"
    result = doctest.testfile(
        str(path), module_relative=False, encoding="utf-8", optionflags=doctest.IGNORE_EXCEPTION_DETAIL
    )
    assert result.attempted > 40
    assert result.failed == 0
