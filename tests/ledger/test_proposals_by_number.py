"""What the reader takes for requirements, where the numbers of a text are not its own order."""

from __future__ import annotations

from soichieu.documents.commands import read_edition
from soichieu.ledger.commands import define_requirement, propose_requirements
from soichieu.ledger.models import Requirement
from tests.ledger.conftest import Cast

HEAD = "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn | Sản phẩm |\n|---|---|---|---|---|\n"
FIRST = """| 1 | Xây dựng kế hoạch | Cục 1 | Quý II/2025 | Kế hoạch |
| 2 | Tổ chức quán triệt | Cục 2 | 6/2025 | Báo cáo |
"""
SECOND = """| 1 | Kiểm tra việc thực hiện | Cục 3 | 9/2025 | Báo cáo |
| 2 | Tổ chức sơ kết | Cục 2 | 12/2025 | Báo cáo |
"""
THIRD = """| 1 | Mua sắm thiết bị quan trắc biển cho các trạm đèn | Cục 3 | Năm 2027 | Hồ sơ mời thầu |
| 3 | Tổ chức quán triệt | Cục 2 | 6/2025 | Báo cáo |
"""


def propose(cast: Cast, *tables: str) -> list[Requirement]:
    text = "\n".join(f"PHỤ LỤC {at}\n\n{HEAD}{rows}" for at, rows in enumerate(tables, start=1))
    edition = read_edition(cast.operator, cast.directive, text.encode(), f"{len(text)}.md")
    return propose_requirements(asker=cast.operator, edition=edition)


def test_two_tables_that_both_begin_at_one_are_both_proposed(cast: Cast) -> None:
    made = propose(cast, FIRST, SECOND)
    assert [one.title for one in made] == [
        "Xây dựng kế hoạch", "Tổ chức quán triệt", "Kiểm tra việc thực hiện", "Tổ chức sơ kết",
    ]  # fmt: skip
    assert [one.code for one in made[:2]] == ["1", "2"]
    assert len({one.code for one in made}) == 4


def test_a_new_edition_proposes_what_is_new_in_it_and_nothing_twice(cast: Cast) -> None:
    """Also where the new task has taken the number of one that is gone."""
    assert len(propose(cast, FIRST)) == 2
    assert propose(cast, FIRST) == []
    (made,) = propose(cast, THIRD)
    assert made.title.startswith("Mua sắm") and made.code != "1"


def test_what_a_person_wrote_under_a_number_is_not_proposed_beside_it(cast: Cast) -> None:
    define_requirement(
        asker=cast.operator, directive=cast.directive, code="1", title="Kế hoạch, như đã ghi trong sổ theo dõi",
        ladder="made_concrete", closing="issued",
    )  # fmt: skip
    assert [one.code for one in propose(cast, FIRST)] == ["2"]
