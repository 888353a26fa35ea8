"""The words of the ledger can be read in one way only."""

from __future__ import annotations

from django.utils import translation

from soichieu.ledger.kinds import Ladder


def test_no_head_of_a_ladder_reads_as_delayed() -> None:
    with translation.override("en"):
        assert str(Ladder.HELD_UP.label) == "held against the light"
        assert [str(one) for one in Ladder.labels if str(one).endswith("held up")] == []
    with translation.override("vi"):
        assert str(Ladder.HELD_UP.label) == "soi chiếu"
