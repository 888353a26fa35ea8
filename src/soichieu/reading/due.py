"""By when an ordered thing is due and what is to come of it, as a running sentence says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ..language.citations import find_citations
from ..language.dates import find_periods
from ..language.periods import Period
from ..language.text import nfc


@dataclass(frozen=True, slots=True)
class Due:
    """``day``: the last day, None where none is said or none can be reckoned. ``text``: all that was said of time.
    ``standing``: done again and again, with no last day."""

    day: date | None = None
    text: str = ""
    standing: bool = False


_BEFORE_TIME = re.compile(
    r"(?:\btrong|\bvào|\bxong|\bthành|\bhạn|\bthời gian|\bthời điểm|\bnhất|\bdứt điểm"
    r"|\bhết|\bcuối|\bngay)[\s:(]*(?:là |vào )?$",
    re.IGNORECASE,
)
_NO_TIME = re.compile(
    r"(?:\bkế hoạch|\bchương trình|\bdự toán|\bngân sách|\bbáo cáo|\bnghị quyết|\bkết quả|\bcủa|\btừ|\bhọp|\bhội nghị"
    r"|\bsau|\bngày|\bsố|\bnăm học|\bký|\bvốn)\s*(?:của )?$",
    re.IGNORECASE,
)
# As an adverb of the doing: "chi thường xuyên", "nhiệm vụ thường xuyên" are things.
_STANDING = re.compile(
    r"(?:^|[,;]\s*|(?:thực hiện|tiến hành|báo cáo|cập nhật|phải|cần|quả)\s+)(?P<how>thường xuyên|liên tục)(?!\w)"
    r"|(?<!\w)(?P<often>thường xuyên(?=,? (?:theo dõi|kiểm tra|đôn đốc|rà soát|cập nhật|báo cáo|tổ chức|giám sát"
    r"|phối hợp))"
    r"|định kỳ)(?!\w)",
    re.IGNORECASE,
)
_OF_PERIOD = re.compile(
    r"trước ngày \d{1,2} (?:của )?(?:hằng |hàng |mỗi )?(?:tháng|quý|năm)(?!\w| ?\d)[^,;.]{0,30}", re.IGNORECASE
)
_LOOSE = re.compile(r"(?<!\w)trong (?:tuần|tháng|quý|năm) (?:tới|này|sau)(?!\w)", re.IGNORECASE)
_SIGNING = re.compile(r"ký|ban hành|văn bản này|chỉ thị này|quyết định này|kế hoạch này|thông báo này", re.IGNORECASE)


def due_in(sentence: str, signed_on: date | None) -> Due:
    """When the sentence wants it done. A day that only names a document or a period of work is none; nor is one that
    lies before ``signed_on``, from which a day without a year is reckoned."""
    text = nfc(sentence)
    cited = [(one.start, one.end) for one in find_citations(text)]
    bound: tuple[date | None, bool] | None = None
    said: list[str] = []
    standing = False
    for period in find_periods(text, reference=signed_on):
        begin, end = period.span
        if any(start <= begin < stop or start < end <= stop for start, stop in cited):
            continue
        if period.kind == "periodic":
            if _NO_TIME.search(text[max(0, begin - 24) : begin]):
                continue  # "dự toán hằng năm"
            said.append(period.text)
            standing = True
        elif _binds(text, period) and not (signed_on and period.end and period.end < signed_on):
            said.append(_with_lead(text, period))
            # What runs from another event ("kể từ ngày nhận được …") has no day yet.
            if period.kind != "relative" or _SIGNING.search(period.anchor or ""):
                bound = bound or (period.end, bool(re.search(r"\d{4}", period.text)) or period.kind == "relative")
    # "trước ngày 15 tháng 6 hằng năm": with no year said and done again and again, no one day is its last.
    last = bound[0] if bound and (bound[1] or not standing) else None
    for pattern in (_OF_PERIOD, _LOOSE):
        said += [
            found[0].strip() for found in pattern.finditer(text) if not any(found[0].strip() in one for one in said)
        ]
    # "Xây dựng kế hoạch …; định kỳ công bố kết quả": what is done first is done once.
    if not standing and last is None and (found := _STANDING.search(text.partition(";")[0])):
        standing = True
        said = said or [found["how"] or found["often"]]
    return Due(last, "; ".join(dict.fromkeys(said)), standing and last is None)


def _binds(text: str, period: Period) -> bool:
    """Whether a period is one by which something must be done, not a word of what is to be done."""
    before = text[max(0, period.span[0] - 24) : period.span[0]]
    if period.kind in ("before", "until", "relative"):
        return period.end is not None or period.kind == "relative"
    if period.kind in ("date", "month", "quarter", "year", "range") and period.end is not None:
        if period.kind == "range" and period.precision == "years":
            return False
        if _BEFORE_TIME.search(before):
            return True
        return (
            period.kind in ("month", "quarter")
            and not _NO_TIME.search(before)
            and period.span[1] >= len(text.rstrip(" .;/"))
        )
    return False


def _with_lead(text: str, period: Period) -> str:
    """The period's words with the "trong" before them."""
    lead = re.search(r"(?:trong|vào)\s+$", text[: period.span[0]], re.IGNORECASE)
    return (lead[0] if lead else "") + period.text


_PRODUCT = (
    r"kế hoạch|chương trình hành động|chương trình|đề án|dự án|báo cáo|quyết định|nghị quyết|nghị định|thông tư|chỉ thị"
    r"|quy chế|quy định|quy trình|hướng dẫn|danh mục|dự thảo|tờ trình|văn bản|công văn|hồ sơ|phương án|chiến lược"
    r"|quy hoạch|bộ tiêu chí|bộ chỉ số|cơ sở dữ liệu|bảng tổng hợp|thông báo|biên bản|luật|tài liệu"
)
_MAKING = re.compile(
    r"(?<!\w)(?:xây dựng|ban hành|trình|lập|hoàn thiện|hoàn thành|soạn thảo|biên soạn|tham mưu|có)"
    r"(?:, (?:xây dựng|ban hành|trình|lập|hoàn thiện|hoàn thành))*(?:\s+(?:và )?(?:ban hành|trình|xây dựng|gửi))?"
    rf"\s+(?:[^\s,.;]+ (?:phủ|tướng|trưởng|dân|quyền|phố|tỉnh|bộ)(?: nhân dân)?\s+)?(?:(?:các|\d+)\s+)?"
    rf"(?P<what>(?:{_PRODUCT})(?!\w)[^,.;:]*)",
    re.IGNORECASE,
)
_SAID = re.compile(r"(?<!\w)(?:sản phẩm|kết quả đầu ra)(?: là)?\s*:\s*(?P<what>[^.;]+)", re.IGNORECASE)
_REPORTING = re.compile(r"(?<!\w)(?:gửi|có) (?P<what>(?:báo cáo|kế hoạch|văn bản)(?!\w)[^,.;:]{0,60})", re.IGNORECASE)
_CUT = re.compile(
    r"(?:(?<!hương)(?<!ộ)(?<!uy)(?<!ông)(?<!iáo)\s+trình"
    r"|\s+(?:trước|xong|để|nhằm|theo|trong (?:tháng|quý|năm|thời)|gửi|báo cáo (?:Bộ|Thủ|Chính|Ủy)"
    r"|về (?:Bộ|Sở|Văn phòng|Vụ)|chậm nhất"
    r"|hoàn thành|đến (?:hết|ngày|năm)|vào|định kỳ))(?!\w).*$"
)


def products_in(sentence: str) -> list[str]:
    """What is to come of it where the sentence names a paper: "xây dựng Kế hoạch thực hiện …" gives the plan."""
    text = " ".join(nfc(sentence).split())
    found: list[str] = []
    for pattern in (_SAID, _MAKING, _REPORTING):
        for match in pattern.finditer(text):
            what = _CUT.sub("", match["what"]).strip(" ./")
            if what and len(what) <= 160 and not any(what in one for one in found):
                found.append(what[:1].upper() + what[1:])
        if found:
            break
    return found[:3]
