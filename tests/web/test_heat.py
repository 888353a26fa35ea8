"""Heads of the heat map."""

from __future__ import annotations

import pytest

from soichieu.web.heat import shortened


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ban hành kế hoạch", "Ban hành kế hoạch"),
        ("Các ty hải đăng rà soát toàn bộ chương trình", "Các ty hải đăng rà soát…"),
        ("Rà soát toàn bộ chương, kế hoạch hiện có", "Rà soát toàn bộ chương…"),
        ("Mộttừdàikhôngcókhoảngtrắngnàocả", "Mộttừdàikhôngcókhoảngtrắ…"),
    ],
)
def test_a_head_is_cut_between_words_and_says_so(text: str, said: str) -> None:
    assert shortened(text, 25) == said
