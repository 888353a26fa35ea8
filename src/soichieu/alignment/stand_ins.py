"""What stands in for no product: talk, events, minutes, letters and slides in place of a document, a system or a list.

The first word of a Vietnamese name and the last of an English one say what it is: "Công văn hướng dẫn" is a letter,
"Meeting minutes" are minutes, "Tờ trình về chủ trương xây dựng nền tảng" is no platform.
"""

from __future__ import annotations

import functools
import re

from soichieu.alignment.shipped import starred_names

_PARTS = re.compile(r"[;,+/]|(?<!\w)(?:và|kèm(?: theo)?|cùng(?: với)?|gồm|kèm|and|with|plus|along with)(?!\w)")
_COUNTED = re.compile(
    r"^(?:(?:an? )?(?:series|set|number|batch|round|couple) of|các|những|một số|số|cuốn|(?:bộ|bản)(?= (?:kế"
    r"|báo|quy|quyết|đề|tài|dự|thỏa))|the"
    r"|an?|some|our|\d+|two|three|several)\s+(?=\S)"
)
_ABOUT = re.compile(r"(?<!\w)(?:of|on|about|for|to|from|at|in|by|that|which|regarding)(?!\w)")
# Documents of which a proposal or a letter may be the unit's own share: it drafts, another body issues.
_DECIDED = re.compile(
    r"(?<!\w)(?:nghị quyết|quyết định|nghị định|luật|thông tư|chỉ thị|văn bản|công văn|tờ trình|thông báo"
    r"|hướng dẫn|thư|letters?|notices?|e-?mail)(?!\w)"
)
_THINGS = re.compile(
    r"(?<!\w)(?:hệ thống|nền tảng|phần mềm|ứng dụng|cổng|trang|công cụ|cơ sở dữ liệu|kho dữ liệu|trung tâm"
    r"|mô hình|đề án|kế hoạch|danh mục|bản đồ"
    r"|sổ tay|bộ tiêu chí|bộ chỉ số|quy chế|quy trình|báo cáo|chương trình|chiến lược|platform|system"
    r"|dashboard|tool|database|catalog|inventory|plan|strategy|report"
    r"|policy|policies|priorities|framework|guide|playbook|register|portal|website|prototype|list|handbook"
    r"|toolkit|charter|roadmap|procedures?|standards?)s?(?!\w)"
)
_TALK = re.compile(
    r"(?<!\w)(?:trao đổi|thảo luận|tọa đàm|làm việc với|gặp gỡ|gặp mặt|gọi điện|báo cáo miệng|nói chuyện"
    r"|động viên|giới thiệu|tuyên truyền|quán triệt"
    r"|phổ biến|hội nghị|hội thảo|tham quan|họp|học tập|nghe|vận động|discuss(?:es|ed)?|talks?(?: over"
    r"| about)?|brief(?:s|ed)?|meets?|consults?|speaks?"
    r"|demonstrates?|present(?:s|ed)?|explores?|learns?|visits?|chats?|phones?|hears?|explains?|tells?"
    r"|webinars?|seminars?|workshops?|round tables?"
    r"|meetings?|sessions?|hội họp)(?!\w)"
)
_ONLY_TALK = re.compile(
    r"(?:\b(?:is|are|be|gets?) (?:\w+ly )?(?:discussed|talked (?:over|about)|explained|spoken (?:of|about))"
    r"|\bhold talks\b|\b(?:explain|advise|remind|announce|inform|tell)s?\b[^.;]{0,80}"
    r"\b(?:by (?:tele)?phone|at the (?:\w+ ){0,3}meeting|orally|each spring|to the heads)\b)|"
    r"(?<!\w)(?:làm việc (?:trực tiếp )?với|gọi điện|báo cáo miệng|nói chuyện|trao đổi (?:trực tiếp|miệng)"
    r"|gặp gỡ|gặp mặt|phone|call on|talks? over|talks? with|by word of mouth"
    r"|orally|verbally|(?:hold|host|run|organi[sz]e|give|stage|attend)s? (?:an?|the|two|three|several|\d+"
    r"|some)?\s?(?:\w+ ){0,3}?(?:webinar|seminar|workshop|briefing|meeting|lecture|course"
    r"|round table|discussion|event|talk|conference|open day|hackathon|session)s?|(?:tổ chức|mở|dự|tham dự"
    r"|đăng cai) (?:\w+ ){0,2}?(?:hội nghị|hội thảo|tọa đàm|buổi|cuộc họp|lớp|cuộc thi|lễ"
    r"|ngày hội|chuyến))(?!\w)"
)
_TOLD = re.compile(
    r"(?<!\w)(?:(?:báo cáo|nói|trao đổi) (?:miệng|bằng lời|qua điện thoại)"
    r"|(?:tell|tells|told|inform\w*|update|updates|brief|briefs) [^.;]{0,40}(?:orally|verbally|by phone"
    r"|by word of mouth)"
    r"|report(?:s|ed|ing)? (?:orally|verbally"
    r"|by word of mouth|by phone))(?!\w)"
)
_WRITES = re.compile(
    r"(?:\w+ ){0,4}?(?:adopt|draft|write|issue|publish|draw up|compile|ban hành|soạn thảo|biên soạn|xuất bản)(?!\w)"
)
_GROUPS = tuple(
    re.compile(rf"(?<!\w)(?:{words})s?(?!\w)")
    for words in (
        r"(?:các )?(?:hệ thống|phần mềm|nền tảng|ứng dụng|công cụ|giải pháp|bảng điều khiển|system|platform"
        r"|software|tool|app|application|dashboard)",
        r"(?:sổ tay|cẩm nang|hướng dẫn|tài liệu hướng dẫn|guide|guideline|guidance|handbook|manual|playbook)",
        r"(?:danh mục|danh sách|bảng kê|list|inventory|inventories|catalog|directory)",
        r"(?:cơ sở dữ liệu|kho dữ liệu|bộ dữ liệu|database|data set|dataset|data store)",
        r"(?:cổng|trang|trang thông tin|cổng thông tin|website|web page|site|portal)",
    )
)
_ANY_PAPER = re.compile(r"(?:các )?(?:tài liệu|văn bản|documents?|materials?|written)(?!\w)")
_PAPER = re.compile(
    r"(?<!\w)(?:sổ tay|cẩm nang|hướng dẫn|tờ rơi|quy định|quyết định|kế hoạch|công văn"
    r"|thông báo|handbook|guide|leaflet|manual|policy|note)s?(?!\w)"
)
_STUDIES = re.compile(
    r"(?<!\w)(?:rà soát|khảo sát|nghiên cứu|tham quan|họp bàn|trao đổi|thảo luận|góp ý|tìm hiểu|học tập"
    r"|review|study|studies|survey|visit|explore|look into|look at"
    r"|consider|read about|ask about)s?(?!\w)"
)
_UNWRITTEN = re.compile(
    r"(?<!\w)(?:nothing (?:is|will be) (?:written(?: down)?|put on paper|recorded|documented|kept|filed)|not in writing"
    r"|no (?:lists?|records?|register|inventory|minutes|papers?|documents?) (?:is|are|will be)"
    r" (?:kept|made|written|drawn up|produced|issued)"
    r"|không (?:lập|ghi|có) (?:danh sách|danh mục|sổ sách|hồ sơ)(?! \w)"
    r"|without (?:putting|writing) (?:it|anything)"
    r"|không (?:lập|ghi|viết) (?:thành )?(?:văn bản|giấy tờ|gì)|không có (?:giấy tờ|văn bản) (?:gì|nào))(?!\w)"
)
_SENDS = re.compile(
    r"(?<!\w)(?:đặt|treo|dán|phát|in|đăng|viết|gửi|làm|send|place|put up|hang|mail|e-?mail|write|post|print"
    r"|hand out|show)\s+(?:\w+ ){0,5}?"
    r"(?P<thing>(?:hòm|thùng|hộp) (?:thư|góp ý)|thư ngỏ|thư mời|tờ rơi|băng rôn|áp phích|bài viết|tin bài"
    r"|phiếu hỏi|an? (?:\w+ )?(?:letter|poster|leaflet|flyer|e-?mail|memo to|note to|box)"
    r"|letters|posters|leaflets|flyers|slides|suggestion box(?:es)?)(?!\w)"
)
_MAKES = re.compile(
    r"(?<!\w)(?:xây dựng|dựng|ban hành|lập|soạn|biên soạn|hoàn thành|hoàn thiện|thiết lập|công bố|phát hành"
    r"|xuất bản|triển khai|vận hành|develop|publish|release|create|document|establish|draft|produce|prepare"
    r"|issue"
    r"|update|compile|build|deliver|launch|define|design|adopt|complete|finish|set up|draw up|put online"
    r"|bring out|put out|write up|identif\w+|name|names|carry out|conduct(?= (?:an?|the|and) ))(?:s|es|ed)?(?!\w)"
)


# What something is for is not what is done: "hold two webinars to help agencies develop …".
_PURPOSE = re.compile(
    r"(?<!\w)(?:to (?:help|enable|let|allow|support|encourage)|in order to|so that|so as to|để|nhằm|giúp)(?!\w)"
)
_DOCUMENTS = re.compile(
    r"(?<!\w)(?:xây dựng|ban hành|soạn|biên soạn|lập|thiết lập|công bố|phát hành|xuất bản|develop|publish"
    r"|release|create|document|establish|draft|produce|prepare|issue|compile|build"
    r"|launch|define|design|adopt|draw up|write|complete|identify"
    r"|(?:developed|published|documented|established|drafted|produced|prepared|issued|compiled|adopted)"
    r"|(?:completion|publication|preparation|development|release) of)(?!\w)"
)


@functools.cache
def _weak() -> tuple[re.Pattern[str], frozenset[str]]:
    joined, letters = starred_names("weak-products")
    # A library is no letter, and minutes of acceptance or hand-over say that the thing is there.
    other = r"(?! (?:viện|mục|ký|tân|nghiệm thu|bàn giao|ghi nhớ|thỏa thuận|ký kết|xác nhận)(?!\w))"
    return re.compile(rf"(?<!\w)(?:{joined})s?(?!\w){other}"), letters


def kinds(column: str) -> list[tuple[str, bool]]:
    """The things a folded cell of products names, one for each part of it: its head, and whether that is a stand-in."""
    pattern, _letters = _weak()
    found: list[tuple[str, bool]] = []
    for part in _PARTS.split(column):
        name = part.strip(" .:()")
        while (fewer := _COUNTED.sub("", name)) != name:
            if pattern.match(name):
                break
            name = fewer
        if not name:
            continue
        english = name.isascii() and not re.match(r"(?:thư|tin|clip|video|slide)\b", name)
        if english:
            head = _ABOUT.split(name, maxsplit=1)[0].strip()
            last = [match for match in pattern.finditer(head) if match.end() == len(head)]
            found.append((last[0][0] if last else head, bool(last)))
        else:
            first = pattern.match(name)
            found.append((first[0] if first else name, first is not None))
    return found


def stands_in(asked: str, column: str) -> bool:
    """The item's cell names only what stands in for no product, where the superior's asks for one (both folded)."""
    _pattern, letters = _weak()
    given = kinds(column)
    if not given or not all(weak for _head, weak in given):
        return False
    wanted = kinds(asked)
    if not wanted or any(weak for _head, weak in wanted):
        return False
    if re.match(r"hoàn thành|complet", asked) and not _THINGS.search(asked):
        return False  # a state, of which minutes or pictures may be the proof
    for head, _is in wanted:
        start = re.escape(_first(head))
        if re.search(rf"(?:^|[;,] )(?:{'|'.join(re.escape(one) for one, _weak_one in given)}) {start}", column) or any(
            one.startswith(_first(head)) for one, _weak_one in given
        ):
            return False  # "công văn báo cáo" is a report
    if any(head in letters or head.removesuffix("s") in letters for head, _weak_one in given):
        # A letter or a proposal may be the unit's own share of a decision; of a system, a plan or a list it is none.
        return bool(_THINGS.search(asked)) and not _DECIDED.match(asked)
    return True


def _first(head: str) -> str:
    """The head word of a thing: two syllables in Vietnamese, the last word in English."""
    words = head.split() or [""]
    return words[-1] if head.isascii() else " ".join(words[:2])


def same_post(asked: str, column: str) -> bool:
    """Both cells name correspondence, or the asked one any paper at all ("văn bản"), as a letter is (both folded)."""
    _pattern, letters = _weak()
    given = kinds(column)
    post = bool(given) and all(head in letters or head.removesuffix("s") in letters for head, _is in given)
    wanted = kinds(asked)
    return post and (
        asked.startswith("văn bản") or any(head in letters or head.removesuffix("s") in letters for head, _is in wanted)
    )


def same_group(asked: str, column: str) -> bool:
    """Both name a thing of one group: a platform stands in for software, a list for an inventory (both folded)."""
    heads = [_first(head) for head, weak in kinds(column) if not weak]
    if any(_first(head) in heads for head, weak in kinds(asked)[:1] if not weak and " " in _first(head)):
        return True
    for group in _GROUPS:
        wanted, given = group.search(asked), group.search(column)
        if wanted and given and not asked[: wanted.start()].strip() and not stands_in(asked, column):
            return True
    return bool(_ANY_PAPER.match(asked) and _PAPER.search(column))


def studies_only(asked: str, column: str, item: str, superior: str) -> bool:
    """The item only looks into what is asked for, and what comes out of it is another thing (all folded)."""
    named = kinds(column)
    if not named or _MAKES.search(item) or _STUDIES.search(superior) or not _STUDIES.search(item):
        return False
    wanted = {_first(head) for head, _weak_one in kinds(asked)}
    things = [match[0] for match in _THINGS.finditer(asked)]
    return bool(things) and not any(head in column for head in wanted) and not any(one in column for one in things)


def only_talks(superior: str, item: str, column: str) -> bool:
    """The superior has something made or done, the item (and its cell, if any) only talks or sends (all folded)."""
    own = _PURPOSE.split(item, maxsplit=1)[0]
    if not _DOCUMENTS.search(superior) or _MAKES.search(own) or _TALK.search(superior):
        return False
    given = kinds(column)
    if given:
        return all(weak for _head, weak in given) and bool(_TALK.search(own))
    return bool(_ONLY_TALK.search(own))


def denied(above: list[str], superior: str, item: str) -> str:
    """What of the things a folded superior names the item says there will be none of: "no contract is drawn up"."""
    for head in above:
        none = re.compile(
            r"(?<!\w)(?:(?:no|without (?:an? |any )?|not (?:an? |any ))\s?(?:\w+ )?"
            r"|không (?:cần |phải )?(?:có|lập|cần|ban hành|soạn|ra|viết|xây dựng|làm) (?:\w+ )?)"
            rf"{re.escape(head)}s?(?!\w)"
        )
        match = none.search(item)
        if match and not none.search(superior):
            return match[0].strip()
    match = _UNWRITTEN.search(item)
    written = bool(above) or _DOCUMENTS.search(superior) is not None
    return match[0] if match and written and not _UNWRITTEN.search(superior) else ""


def is_thing(head: str) -> bool:
    """A folded head names a thing that is there or not: a system, a list, a plan; no talk and no guidance."""
    return _THINGS.fullmatch(head) is not None


def makes(item: str) -> bool:
    """A folded text says that something is made, finished, put to use or carried out."""
    return bool(_MAKES.search(item) or _USES.search(item))


_USES = re.compile(
    r"(?<!\w)(?:làm|viết|vẽ|tạo|dựng|mở|lắp|cài|nâng cấp|cập nhật|sửa|bổ sung|thay|đưa|có"
    r"|xong|ra|trình|thiết kế|hình thành|tổ chức|thực hiện"
    r"|kết nối|vận hành|sử dụng|dùng|maintain|keep|kept|have|has|set|put|use|run|add|make"
    r"|made|implement|apply|provide|include|give|form|fill|test|revis\w+"
    r"|improv\w+|refresh\w*|expand\w*|extend\w*)(?:s|es|ed)?(?!\w)"
)


def writes(superior: str) -> bool:
    """A folded text begins with a verb that only documents go with: "adopt a code of conduct"."""
    return bool(_WRITES.match(superior))


def only_told(wanted: set[str], superior: str, item: str) -> bool:
    """A report is asked for, and the item reports by word of mouth (all folded)."""
    return bool(wanted & {"báo cáo", "report"}) and bool(_TOLD.search(item)) and not _TOLD.search(superior)


def sent_instead(item: str) -> str:
    """What a folded item only sends, hangs or puts up: a letter, a poster, a box; "" where it does not."""
    match = _SENDS.search(item)
    return match["thing"] if match and not _MAKES.search(item) else ""
