"""The case of the source report, real units, published facts only: 12-NQ/TW and 118-KH/ĐUCA.

Neither text is public here, so both are registered by number, date, issuer and title alone. The source gives no day
for the plans and
sessions of the 63 local police: their lines stand on the day of the conference, marked *not later than*. Which
provincial committees
had a programme or a plan on 9-12-2022 is not published: those two counts are quoted, and no unit is marked.
"""

from __future__ import annotations

import datetime as dt

from soichieu.demo.life import at
from soichieu.documents.commands import link_documents, register_document
from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.ledger.commands import define_requirement, open_obligations, quote_count, record
from soichieu.ledger.document_sources import source_of_document
from soichieu.organisation.addressees import AddresseeRule
from soichieu.organisation.askers import Asker
from soichieu.organisation.commands import found_unit, name_counterpart
from soichieu.organisation.models import Unit

RESOLUTION_DAY = dt.date(2022, 3, 16)
PLAN_DAY = dt.date(2022, 5, 25)
CONFERENCE_DAY = dt.date(2022, 11, 14)
REPORT_DAY = dt.date(2022, 11, 15)
COUNT_DAY = dt.date(2022, 12, 9)
SOURCE = "theo nguồn đã công bố"

POLICE_RULE = {"kinds": ["police"], "place_level": "province", "under": "bo-cong-an", "line": "sector"}
COMMITTEE_RULE = {"kinds": ["party_committee"], "place_level": "province"}


def load(operator: Asker) -> None:
    """Register the two documents and their sources; give out what the source tells of; write what it says was done."""
    ministry = Unit.objects.get(code="bo-cong-an")
    politburo = Unit.objects.get(code="bo-chinh-tri")
    party = found_unit(
        asker=operator,
        code="dang-uy-cong-an-trung-uong",
        kind="party_committee",
        name="Đảng ủy Công an Trung ương",
        name_en="Central Public Security Party Committee",
        begins_on=dt.date(2020, 1, 1),
        source=SOURCE,
        order=2,
    )
    name_counterpart(asker=operator, unit=ministry, counterpart=party, on=dt.date(2021, 7, 23))
    with clock.injected(at(REPORT_DAY, 17, 10)):
        resolution = register_document(
            operator,
            number="12-NQ/TW",
            kind="Nghị quyết",
            issuer="Bộ Chính trị",
            signed_on=RESOLUTION_DAY,
            issuer_unit=politburo,
            public=True,
            published_only=True,
            title=(
                "về đẩy mạnh xây dựng lực lượng Công an nhân dân thật sự trong sạch, vững mạnh, chính quy, tinh nhuệ,"
                " hiện đại, đáp ứng yêu cầu, nhiệm vụ trong tình hình mới"
            ),
            source="Số, ngày, cơ quan ban hành và trích yếu theo nguồn báo chí; toàn văn không công bố ở đây.",
        )
        plan = register_document(
            operator,
            number="118-KH/ĐUCA",
            kind="Kế hoạch",
            issuer="Đảng ủy Công an Trung ương",
            signed_on=PLAN_DAY,
            issuer_unit=party,
            public=True,
            published_only=True,
            title="về thực hiện Nghị quyết số 12 của Bộ Chính trị",
            source="Số, ngày, cơ quan ban hành và trích yếu theo nguồn báo chí; toàn văn không công bố ở đây.",
        )
        link_documents(operator, source=plan, target=resolution, relation="implements")
        report = register_document(
            operator,
            number="bài báo ngày 15-11-2022",
            kind="bài báo",
            issuer="báo chí",
            signed_on=REPORT_DAY,
            public=True,
            title=(
                "Tập trung lãnh đạo, chỉ đạo công tác quán triệt, triển khai thực hiện Nghị quyết số 12"
                " của Bộ Chính trị"
            ),
            source="Bài báo về hội nghị đánh giá kết quả bước đầu, 14-11-2022.",
        )
        _plan_and_dissemination(operator, plan, report)
    with clock.injected(at(COUNT_DAY, 17)):
        _provincial_committees(operator, resolution)


def _plan_and_dissemination(operator: Asker, plan: Document, report: Document) -> None:
    source = source_of_document(report)
    police = AddresseeRule.from_json(POLICE_RULE).members(PLAN_DAY)
    said = {"not_later_than": True, "reason": "nguồn không nêu ngày; ghi theo ngày hội nghị, muộn nhất là ngày này"}
    for ordinal, (code, title, ladder, closing, act) in enumerate(
        (
            ("1", "Xây dựng kế hoạch thực hiện (63 công an địa phương)", "made_concrete", "issued", "issued"),
            ("2", "Tổ chức quán triệt, triển khai (63 công an địa phương)", "disseminated", "claimed", "claimed"),
        ),
        start=1,
    ):
        requirement = define_requirement(
            asker=operator,
            directive=plan,
            code=code,
            title=title,
            ladder=ladder,
            closing=closing,
            addressees=POLICE_RULE,
            ordinal=ordinal,
        )
        tasks = open_obligations(
            asker=operator, requirement=requirement, unit_ids=police, happened_on=PLAN_DAY, source=source
        )
        record(
            asker=operator,
            kind=act,
            obligations=[task.pk for task in tasks],
            happened_on=CONFERENCE_DAY,
            source=source,
            payload=said,
        )
        quote_count(
            asker=operator,
            directive=plan,
            ladder=ladder,
            label="Công an các đơn vị trực thuộc Bộ: tất cả (nguồn không nêu số)",
            over="các đơn vị trực thuộc Bộ Công an",
            n=None,
            of=None,
            happened_on=CONFERENCE_DAY,
            not_later_than=True,
            source=source,
        )
    quote_count(
        asker=operator,
        directive=plan,
        ladder="carried_out",
        label="đề án thành phần giao cho các đơn vị thuộc Bộ",
        over="22 đề án thành phần; kết quả từng đề án không công bố",
        n=None,
        of=22,
        happened_on=CONFERENCE_DAY,
        not_later_than=True,
        source=source,
    )


def _provincial_committees(operator: Asker, resolution: Document) -> None:
    news = register_document(
        operator,
        number="số liệu công bố ngày 9-12-2022",
        kind="số liệu",
        issuer="báo chí",
        signed_on=COUNT_DAY,
        public=True,
        title="Số cấp ủy tỉnh, thành phố đã ban hành chương trình hành động, kế hoạch thực hiện Nghị quyết 12-NQ/TW",
        source="Hai tổng số đã công bố, không kèm danh sách.",
    )
    source = source_of_document(news)
    requirement = define_requirement(
        asker=operator,
        directive=resolution,
        code="1",
        ladder="made_concrete",
        closing="issued",
        ordinal=1,
        title="Ban hành chương trình hành động hoặc kế hoạch thực hiện Nghị quyết",
        addressees=COMMITTEE_RULE,
        products=["chương trình hành động", "kế hoạch"],
        line="territory",
    )
    open_obligations(
        asker=operator,
        requirement=requirement,
        happened_on=RESOLUTION_DAY,
        source=source,
        unit_ids=AddresseeRule.from_json(COMMITTEE_RULE).members(RESOLUTION_DAY),
    )
    for label, n in (("có chương trình hành động", 22), ("có kế hoạch", 31)):
        quote_count(
            asker=operator,
            directive=resolution,
            requirement=requirement,
            ladder="made_concrete",
            label=f"Cấp ủy tỉnh, thành phố {label}",
            over="63 tỉnh ủy, thành ủy; nguồn không nêu tên",
            n=n,
            of=63,
            happened_on=COUNT_DAY,
            source=source,
        )
