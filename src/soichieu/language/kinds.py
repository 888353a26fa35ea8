"""Kinds of documents and bodies that issue them, by the abbreviations that stand in document numbers.

Sources: decree 30/2020/NĐ-CP, annex III (administrative documents and copies); the law on legal documents for
normative ones; party usage for the party's. Abbreviations of bodies are those of central bodies and the general
forms (UBND, HĐND, TU …); a number whose issuer is not listed still parses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Source = Literal["decree 30/2020", "normative", "party"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: `abbreviation` as in numbers, `name` in Vietnamese, where the abbreviation is laid down."""

    abbreviation: str
    name: str
    english: str
    sources: tuple[Source, ...]


def _kinds() -> dict[str, Kind]:
    table: dict[str, Kind] = {}

    def add(source: Source, rows: str) -> None:
        for row in rows.strip().splitlines():
            abbreviation, name, english = (part.strip() for part in row.split("|"))
            before = table.get(abbreviation)
            if before and before.name == name:
                table[abbreviation] = Kind(abbreviation, name, before.english, (*before.sources, source))
            elif not before:
                table[abbreviation] = Kind(abbreviation, name, english, (source,))

    add(
        "decree 30/2020",
        """
        NQ | Nghị quyết | resolution
        QĐ | Quyết định | decision
        CT | Chỉ thị | directive
        QC | Quy chế | regulation
        QyĐ | Quy định | rules
        TC | Thông cáo | communiqué
        TB | Thông báo | notice
        HD | Hướng dẫn | guidance
        CTr | Chương trình | programme
        KH | Kế hoạch | plan
        PA | Phương án | option
        ĐA | Đề án | scheme
        DA | Dự án | project
        BC | Báo cáo | report
        BB | Biên bản | minutes
        TTr | Tờ trình | submission
        HĐ | Hợp đồng | contract
        CĐ | Công điện | telegram
        BGN | Bản ghi nhớ | memorandum
        BTT | Bản thỏa thuận | agreement
        GUQ | Giấy ủy quyền | authorisation
        GM | Giấy mời | invitation
        GGT | Giấy giới thiệu | letter of introduction
        GNP | Giấy nghỉ phép | leave form
        PG | Phiếu gửi | covering slip
        PC | Phiếu chuyển | transfer slip
        PB | Phiếu báo | notice slip
        SY | Bản sao y | true copy
        TrS | Bản trích sao | extract copy
        SL | Bản sao lục | relayed copy
        """,
    )
    add(
        "normative",
        """
        NĐ | Nghị định | decree
        TT | Thông tư | circular
        TTLT | Thông tư liên tịch | joint circular
        NQLT | Nghị quyết liên tịch | joint resolution
        NQ | Nghị quyết | resolution
        QĐ | Quyết định | decision
        CT | Chỉ thị | directive
        PL | Pháp lệnh | ordinance
        L | Lệnh | order
        VBHN | Văn bản hợp nhất | consolidated text
        """,
    )
    add(
        "party",
        """
        NQ | Nghị quyết | resolution
        QĐ | Quyết định | decision
        QĐi | Quy định | rules
        CT | Chỉ thị | directive
        KL | Kết luận | conclusion
        QC | Quy chế | regulation
        TTri | Thông tri | circular letter
        TB | Thông báo | notice
        HD | Hướng dẫn | guidance
        CTr | Chương trình | programme
        CTHĐ | Chương trình hành động | action programme
        KH | Kế hoạch | plan
        ĐA | Đề án | scheme
        PA | Phương án | option
        DA | Dự án | project
        BC | Báo cáo | report
        BB | Biên bản | minutes
        TTr | Tờ trình | submission
        CV | Công văn | official letter
        """,
    )
    return table


KINDS: dict[str, Kind] = _kinds()
"""Abbreviation → kind. The party writes "QĐ" for a decision and, in many series, for rules (quy định) too."""

WORDS: dict[str, tuple[str, ...]] = {
    "nghị quyết": ("NQ", "NQLT"),
    "nghị quyết liên tịch": ("NQLT",),
    "quyết định": ("QĐ",),
    "chỉ thị": ("CT",),
    "kết luận": ("KL",),
    "thông báo kết luận": ("TB",),
    "quy chế": ("QC",),
    "quy định": ("QĐi", "QyĐ", "QĐ"),
    "thông tri": ("TTri", "TT"),
    "thông báo": ("TB",),
    "thông cáo": ("TC",),
    "hướng dẫn": ("HD",),
    "chương trình hành động": ("CTHĐ", "CTr"),
    "chương trình": ("CTr",),
    "kế hoạch": ("KH",),
    "đề án": ("ĐA",),
    "phương án": ("PA",),
    "dự án": ("DA",),
    "báo cáo": ("BC",),
    "biên bản": ("BB",),
    "tờ trình": ("TTr",),
    "công điện": ("CĐ",),
    "công văn": ("CV", ""),
    "văn bản": ("CV", ""),
    "nghị định": ("NĐ",),
    "thông tư": ("TT", "TTLT"),
    "thông tư liên tịch": ("TTLT",),
    "pháp lệnh": ("PL", ""),
    "lệnh": ("L",),
    "bộ luật": ("",),
    "luật": ("",),
    "văn bản hợp nhất": ("VBHN",),
    "resolution": ("NQ",),
    "decision": ("QĐ",),
    "directive": ("CT",),
    "conclusion": ("KL",),
    "plan": ("KH",),
    "programme": ("CTr",),
    "program": ("CTr",),
    "decree": ("NĐ",),
    "circular": ("TT",),
    "notice": ("TB",),
    "report": ("BC",),
    "law": ("",),
}
"""Word for a kind in running text, lower case → abbreviations it may stand for in a number ("" for none)."""

ISSUERS: dict[str, tuple[str, Literal["party", "state"]]] = {
    "TW": ("Ban Chấp hành Trung ương, Bộ Chính trị, Ban Bí thư", "party"),
    "ĐUCA": ("Đảng ủy Công an Trung ương", "party"),
    "QUTW": ("Quân ủy Trung ương", "party"),
    "VPTW": ("Văn phòng Trung ương Đảng", "party"),
    "BTCTW": ("Ban Tổ chức Trung ương", "party"),
    "BTGTW": ("Ban Tuyên giáo Trung ương", "party"),
    "BTGDVTW": ("Ban Tuyên giáo và Dân vận Trung ương", "party"),
    "BDVTW": ("Ban Dân vận Trung ương", "party"),
    "BNCTW": ("Ban Nội chính Trung ương", "party"),
    "BKTTW": ("Ban Kinh tế Trung ương", "party"),
    "UBKTTW": ("Ủy ban Kiểm tra Trung ương", "party"),
    "BCĐTW": ("Ban Chỉ đạo Trung ương", "party"),
    "BCSĐ": ("Ban cán sự đảng", "party"),
    "TU": ("Tỉnh ủy, Thành ủy", "party"),
    "ThU": ("Thành ủy, Thị ủy", "party"),
    "QU": ("Quận ủy", "party"),
    "HU": ("Huyện ủy", "party"),
    "ĐU": ("Đảng ủy", "party"),
    "ĐUK": ("Đảng ủy Khối", "party"),
    "CP": ("Chính phủ", "state"),
    "TTg": ("Thủ tướng Chính phủ", "state"),
    "CTN": ("Chủ tịch nước", "state"),
    "UBND": ("Ủy ban nhân dân", "state"),
    "HĐND": ("Hội đồng nhân dân", "state"),
    "UBTVQH": ("Ủy ban Thường vụ Quốc hội", "state"),
    "QH": ("Quốc hội", "state"),
    "VPCP": ("Văn phòng Chính phủ", "state"),
    "VPQH": ("Văn phòng Quốc hội", "state"),
    "BCA": ("Bộ Công an", "state"),
    "BQP": ("Bộ Quốc phòng", "state"),
    "BNG": ("Bộ Ngoại giao", "state"),
    "BNV": ("Bộ Nội vụ", "state"),
    "BTP": ("Bộ Tư pháp", "state"),
    "BTC": ("Bộ Tài chính", "state"),
    "BKHĐT": ("Bộ Kế hoạch và Đầu tư", "state"),
    "BCT": ("Bộ Công Thương", "state"),
    "BNNPTNT": ("Bộ Nông nghiệp và Phát triển nông thôn", "state"),
    "BNNMT": ("Bộ Nông nghiệp và Môi trường", "state"),
    "BGTVT": ("Bộ Giao thông vận tải", "state"),
    "BXD": ("Bộ Xây dựng", "state"),
    "BTTTT": ("Bộ Thông tin và Truyền thông", "state"),
    "BLĐTBXH": ("Bộ Lao động - Thương binh và Xã hội", "state"),
    "BVHTTDL": ("Bộ Văn hóa, Thể thao và Du lịch", "state"),
    "BKHCN": ("Bộ Khoa học và Công nghệ", "state"),
    "BGDĐT": ("Bộ Giáo dục và Đào tạo", "state"),
    "BYT": ("Bộ Y tế", "state"),
    "BTNMT": ("Bộ Tài nguyên và Môi trường", "state"),
    "BDTTG": ("Bộ Dân tộc và Tôn giáo", "state"),
    "UBDT": ("Ủy ban Dân tộc", "state"),
    "NHNN": ("Ngân hàng Nhà nước Việt Nam", "state"),
    "TTCP": ("Thanh tra Chính phủ", "state"),
    "KTNN": ("Kiểm toán nhà nước", "state"),
    "TANDTC": ("Tòa án nhân dân tối cao", "state"),
    "VKSNDTC": ("Viện kiểm sát nhân dân tối cao", "state"),
}
"""Abbreviation of a body in numbers → its name and side. TW stands for three bodies: the text says which."""

_TERM = re.compile(r"(QH|UBTVQH)\d{1,2}")


def issuer_side(issuer: str | None) -> Literal["party", "state"] | None:
    """Which side a body's abbreviation belongs to, so which form its numbers take; None when not known."""
    if not issuer:
        return None
    first = re.split(r"[-/]", issuer)[0]
    first = _TERM.sub(r"\1", first)
    if first in ISSUERS:
        return ISSUERS[first][1]
    if first.endswith("TW") or first.startswith(("ĐU", "BCSĐ", "BTV")):
        return "party"
    if first.endswith(("UBND", "HĐND")):
        return "state"
    return None


def issuer_names(issuer: str | None) -> tuple[str, ...]:
    """The names a body's abbreviation may stand for, as far as the table knows."""
    if not issuer:
        return ()
    first = _TERM.sub(r"\1", re.split(r"[-/]", issuer)[0])
    if first not in ISSUERS:
        return ()
    name = ISSUERS[first][0]
    return tuple(name.split(", ")) if first in ("TW", "TU", "ThU") else (name,)
