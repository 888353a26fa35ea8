"""Wordings by which the parts of a document are known (decree 30/2020/NĐ-CP and party guidance 36-HD/VPTW)."""

from __future__ import annotations

import re

SEPARATOR = re.compile(r"[\s_\-–—=*.·•…~]+$")
MOTTO = re.compile(
    r"(?:ĐẢNG CỘNG SẢN VIỆT NAM|(?P<before>.*?)\s*CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    r"(?:[\s_\-–—*]*Độc lập\s*[-–—]\s*Tự do\s*[-–—]\s*Hạnh phúc)?"
    r"|Độc lập\s*[-–—]\s*Tự do\s*[-–—]\s*Hạnh phúc)[\s_\-–—*]*$",
    re.IGNORECASE,
)
NUMBER_LINE = re.compile(
    r"(?:(?:Bộ luật|Luật|Pháp lệnh|Lệnh|Nghị quyết|Nghị định|Thông tư|Quyết định)\s+số\s*:|(?:Số|SỐ|No\.?)\s*:?)\s*"
    r"(?P<number>[\d\s]{0,8}[-–—/](?:\s(?=[A-ZĐ]\w*/))?[^\s,;:]*(?:\s?[-–—]\s?[A-ZĐ][^\s,;]*)?|\d+(?=\s|$)|[…._\s]+[-/]\S*)"
    r"(?P<rest>.*)$"
)
PLACE_DATE = re.compile(
    r"(?P<place>[^\W\d_][^,\d]{1,45}),\s*ngày\s*(?P<day>[\d….\s]{0,8}?)\s*tháng\s*(?P<month>[\d….\s]{0,8}?)\s*năm"
    r"\s*(?P<year>\d{4}|[\d….]*)\s*\.?$",
    re.IGNORECASE,
)
KINDS = {
    "BỘ LUẬT": "Bộ luật", "LUẬT": "Luật", "PHÁP LỆNH": "Pháp lệnh", "LỆNH": "Lệnh", "NGHỊ QUYẾT LIÊN TỊCH":
    "Nghị quyết liên tịch", "NGHỊ QUYẾT": "Nghị quyết", "NGHỊ ĐỊNH": "Nghị định", "QUYẾT ĐỊNH": "Quyết định",
    "CHỈ THỊ": "Chỉ thị", "KẾT LUẬN": "Kết luận", "QUY ĐỊNH": "Quy định", "QUY CHẾ": "Quy chế", "THÔNG TƯ LIÊN TỊCH":
    "Thông tư liên tịch", "THÔNG TƯ": "Thông tư", "THÔNG TRI": "Thông tri", "HƯỚNG DẪN": "Hướng dẫn", "THÔNG BÁO":
    "Thông báo", "THÔNG CÁO": "Thông cáo", "TUYÊN BỐ": "Tuyên bố", "LỜI KÊU GỌI": "Lời kêu gọi", "BÁO CÁO": "Báo cáo",
    "KẾ HOẠCH": "Kế hoạch", "CHƯƠNG TRÌNH HÀNH ĐỘNG": "Chương trình hành động", "CHƯƠNG TRÌNH": "Chương trình",
    "ĐỀ ÁN": "Đề án", "DỰ ÁN": "Dự án", "PHƯƠNG ÁN": "Phương án", "TỜ TRÌNH": "Tờ trình", "CÔNG ĐIỆN": "Công điện",
    "CÔNG VĂN": "Công văn", "BIÊN BẢN": "Biên bản", "QUY TRÌNH": "Quy trình", "ĐIỀU LỆ": "Điều lệ", "CHIẾN LƯỢC":
    "Chiến lược", "QUY HOẠCH": "Quy hoạch", "BẢN GHI NHỚ": "Bản ghi nhớ", "GIẤY MỜI": "Giấy mời", "RESOLUTION":
    "Resolution", "DECISION": "Decision", "DECREE": "Decree", "DIRECTIVE": "Directive", "ACTION PLAN": "Action plan",
    "PLAN": "Plan", "CIRCULAR": "Circular", "PROGRAMME": "Programme", "MEMORANDUM": "Memorandum",
}  # fmt: skip
KIND_LINE = re.compile(
    "(?:" + "|".join(sorted((re.escape(kind) for kind in KINDS), key=len, reverse=True)) + r")(?![^\W\d_])"
)
BASIS = re.compile(
    r"(?:[-–]\s*)?(?:Căn cứ|Thực hiện|Theo đề nghị|Xét |Trên cơ sở|Sau khi|Để (?:triển khai|thực hiện)|Thi hành"
    r"|Pursuant to|Having regard)"
)
ENACTING = re.compile(r"(?:QUYẾT NGHỊ|QUYẾT ĐỊNH|NGHỊ ĐỊNH|CHỈ THỊ|BAN HÀNH|THÔNG TƯ|KẾT LUẬN)\s*:$")
RECIPIENTS = re.compile(r"(?:Nơi nhận|NƠI NHẬN|Recipients?)\s*:?", re.IGNORECASE)
ADDRESSEE = re.compile(r"Kính gửi\s*:?", re.IGNORECASE)
SIGNING_FORM = re.compile(r"(?P<form>T/M|TM\.?|KT\.?|TL\.?|TUQ\.?|Q\.)\s?(?P<post>\S.{2,120})$")
SIGNED = re.compile(r"[\[(]*\s*(?:đã ký|ký tên|signed)[^\])]*[\])]*$", re.IGNORECASE)
_RANK_BEFORE_NAME = re.compile(
    r"(?:(?:Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá|Trung tá|Thiếu tá"
    r"|GS|PGS|TS|ThS|BS)[.,]?\s*){0,4}"
)


def person_name(text: str) -> str:
    """The name of a person standing alone on a line, without rank or degree; empty when the line is none."""
    match = _RANK_BEFORE_NAME.match(text)
    name = text[match.end() :] if match else text
    words = name.split()
    if not 2 <= len(words) <= 6:
        return ""
    for word in words:
        if not word.isalpha() or not word[0].isupper() or (len(word) > 1 and not word[1:].islower()):
            return ""
    return " ".join(words)


POST = re.compile(
    r"(?:PHÓ |QUYỀN |Q\. )?(?:TỔNG BÍ THƯ|BÍ THƯ|CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG|GIÁM ĐỐC|TỔNG GIÁM ĐỐC"
    r"|CỤC TRƯỞNG|VỤ TRƯỞNG|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|TRƯỞNG BAN|TRƯỞNG PHÒNG|VIỆN TRƯỞNG|CHÁNH ÁN|TỔNG KIỂM TOÁN"
    r"|THƯỜNG TRỰC|HIỆU TRƯỞNG|TRƯỞNG CÔNG AN|TỔNG CỤC TRƯỞNG|THỐNG ĐỐC|ỦY VIÊN|UỶ VIÊN|CHÁNH|PHÓ)\b"
)
ANNEX = re.compile(
    r"(?P<word>Phụ lục|PHỤ LỤC|Phụ Lục|Biểu mẫu|Annex|ANNEX|Appendix|APPENDIX)(?:\s+(?:số|SỐ|No\.?))?\s*:?"
    r"(?:\s+(?P<number>[IVXLC]{1,6}|\d{1,3}[A-Za-z]?|[A-ZĐ]))?(?P<after>\s*$|\s*[.:–—-]\s*|\s+(?=\())(?P<rest>.*)$"
)
ATTACHED = re.compile(r"[(\[]?\s*(?:Kèm theo|Ban hành kèm theo|Kèm|Attached to|\(?Phê duyệt kèm theo)\b", re.IGNORECASE)
DISSEMINATION = re.compile(
    r"(?:[^\W\d_]+\s){1,3}này\s+(?:được\s+)?(?:phổ biến|truyền đạt|phổ biến, quán triệt|quán triệt|công bố)"
    r"\s+(?:đến|tới|trong)\s+(?P<depth>[^.;]{2,120}?)(?:\s+và\s+(?:đăng|công bố|phát)\b[^.;]*)?\s*(?:\.|;|\./\.)?$"
)
CLOSING = re.compile(r"\.\s?/\.$")
OWNER = re.compile(r"(?:CỦA|của)\s+(?P<issuer>[^\W\d_].{2,100})$")
PAGE_NUMBER = re.compile(r"[-–—]?\s*(?:(?:Trang|Page)\s*)?(\d{1,4})\s*(?:/\s*\d{1,4})?\s*[-–—]?$", re.IGNORECASE)
