"""Compile the fold ahead of the first question: ``python -m soichieu.ledger.warm`` (run by ``make install``)."""

from __future__ import annotations

import datetime as dt
import os


def warm() -> None:
    """Run the fold over an empty book, so that its compiled form lies beside its source."""
    import numpy as np

    from soichieu.ledger.fold.answer import fold_columns
    from soichieu.ledger.fold.columns import Columns

    narrow, wide = np.empty(0, np.int32), np.empty(0, np.int64)
    tiny = np.empty(0, np.int8)
    columns = Columns(
        ids=wide, requirement=narrow, first_unit=narrow, whole=narrow, chain=narrow, standing=wide, ladder=wide,
        closing=wide, period=np.empty(0, "U20"), starts=np.zeros(1, np.int64), obligation=narrow, position=narrow,
        day=narrow, deadline=narrow, unit=narrow, choice=tiny, row=tiny, void_at=narrow, recorded=wide,
    )  # fmt: skip
    fold_columns(columns, dt.date(2000, 1, 1), {})


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "soichieu.settings")
    import django

    django.setup()
    warm()
