"""The golden figures of the design: a published government report of 2017, entered as a quoted count with its
breakdown.

It printed 98.62 % and 1.38 %; what its own counts give is computed beside, with the fraction, and the difference shown.
"""

from __future__ import annotations

import datetime as dt

from soichieu.documents.commands import register_document
from soichieu.ledger.commands import quote_count
from soichieu.ledger.document_sources import source_of_document
from soichieu.organisation.askers import Asker

REPORT_DAY = dt.date(2017, 12, 31)


def quote_golden_figures(operator: Asker) -> None:
    report = register_document(
        operator,
        number="báo cáo 2017 về nhiệm vụ giao",
        kind="báo cáo",
        issuer="Chính phủ",
        signed_on=REPORT_DAY,
        public=True,
        title="Kết quả thực hiện nhiệm vụ giao, số liệu đã công bố năm 2017",
        source="Số liệu của một báo cáo đã công bố năm 2017; ngày ghi ở đây là ngày cuối năm.",
    )
    quote_count(
        asker=operator,
        directive=report,
        ladder="carried_out",
        label="Nhiệm vụ giao đã hoàn thành",
        over="21.914 nhiệm vụ giao; nguồn không nêu tên",
        n=16_051,
        of=21_914,
        breakdown={"done_in_time": 14_068, "done_late": 1_983, "open": 5_863, "not_due": 5_640, "overdue": 223},
        printed={"done_of_due": "98.62", "overdue_of_due": "1.38"},
        happened_on=REPORT_DAY,
        not_later_than=True,
        source=source_of_document(report),
    )
