"""The house of the directives' tests, and sheets as offices make them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from tests.directives.conftest import _clean, house  # noqa: F401
from tests.plans.conftest import directive  # noqa: F401

HEAD = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Tình trạng", "Ngày hoàn thành"]


def book(
    rows: list[list[Any]], *, before: int = 0, left: int = 0, name: str = "Theo dõi", merge: tuple[str, ...] = ()
) -> bytes:
    """An .xlsx: ``rows`` as they are, ``before`` empty rows above and ``left`` empty columns."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = name
    for _row in range(before):
        sheet.append([])
    for row in rows:
        sheet.append([None] * left + row)
    for cells in merge:
        sheet.merge_cells(cells)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


@pytest.fixture
def sheet() -> Callable[..., bytes]:
    return book


@pytest.fixture
def tracked() -> bytes:
    """Four rows: done, in progress, not started, standing and submitted."""
    return book(
        [
            ["BẢNG THEO DÕI NHIỆM VỤ"],
            HEAD,
            ["I", "NHÓM NHIỆM VỤ THỨ NHẤT"],
            [1, "Xây dựng kế hoạch thử", "Cục Số 1", "30/6/2025", "Đã hoàn thành", "25/6/2025"],
            [1, "Xây dựng kế hoạch thử", "cục số 2", "30/6/2025", "Đang thực hiện", None],
            [2, "Rà soát quy định", "cuc-3", "Quý IV/2025", "Chưa thực hiện", None],
            [3, "Báo cáo hằng tháng", "Cục Số 4", "Thường xuyên", "Đã trình", None],
        ]
    )
