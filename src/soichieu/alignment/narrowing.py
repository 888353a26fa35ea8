"""A smaller class in the place of the superior's: by patterns of words, on comparison keys.

Each rule gives what the superior covers and the words of the item that cut it down, or None.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from soichieu.alignment.classes import classes, groups
from soichieu.alignment.grammar import EMPTY, is_verb

# Words for classes of bodies, persons and places: a list of them says who is covered.
_CLASS = (
    r"(?:cơ quan(?: nhà nước)?|đơn vị|tổ chức(?! chính trị)|doanh nghiệp|hợp tác xã|hộ kinh doanh"
    r"|người dân|nhân dân|cán bộ"
    r"|công chức|viên chức|người lao động"
    r"|đảng viên|đoàn viên|hội viên|người đứng đầu|lãnh đạo|cấp ủy|chi bộ|khu công nghiệp|cụm công nghiệp"
    r"|khu chế xuất|khu kinh tế|xã|phường|thị trấn"
    r"|quận|huyện|thị xã|tỉnh|thành phố|thôn|bộ|ngành|địa phương|trường(?: học)?|bệnh viện|trạm|học sinh"
    r"|sinh viên|giáo viên|trí thức|nhà khoa học"
    r"|chuyên gia|doanh nhân|users?|agencies|staff|employees|managers|partners|stakeholders|contractors"
    r"|departments|offices|bureaus|executives|personnel"
    r"|administrators|customers|suppliers|citizens|public)"
)
_ENUMERATION = re.compile(
    rf"(?<!\w){_CLASS}(?!\w)(?:\s*(?:,|và|and|or|hoặc|,\s*and)\s*(?:các\s+|mọi\s+|the\s+"
    rf"|relevant\s+)?{_CLASS}(?!\w))+"
)
_ONE = re.compile(rf"(?<!\w){_CLASS}(?!\w)")
_COUNTED = re.compile(r"(?:\d|một số|ít nhất|số)\s*$")
_WIDE = re.compile(
    r"(?<!\w)(?:mọi|tất cả|toàn bộ|toàn thể|toàn quốc|cả nước|toàn ngành|toàn xã hội|toàn dân|100\s*%"
    r"|tất cả các|người dân|nhân dân|các|địa bàn (?:thành phố|tỉnh)|toàn (?:thành phố|tỉnh|đơn vị)|all|every|each"
    r"|government-?\s?wide|agency-?wide|enterprise(?:-wide)?|organi[sz]ation-?wide|across (?:the )?(?:whole"
    r"|entire)|whole|entire|agencies)(?!\w)"
)
_ALL_OF = re.compile(
    r"(?<!\w)(?:all|every|mọi|tất cả các|tất cả|toàn bộ|toàn thể|100\s*%)(?!\w)\s*(?:các\s+|the\s+"
    r"|of the\s+)?(?P<noun>[^\W\d_]+(?:\s+[^\W\d_]+)?)"
)
_ANY_OF = re.compile(
    r"(?<!\w)(?:all|every|each|any|no|none|nobody|everyone|mọi|mỗi|từng|tất cả|toàn bộ|toàn thể"
    r"|bất kỳ|ai cũng|hết|100\s*%)(?!\w)"
)
_SMALL = (
    r"(?:phòng(?!,? chống)|phường|xã(?! hội)|trạm|huyện|quận|thôn|đảo|chi cục|chi nhánh|ban(?! hành)"
    r"|tổ(?! chức)|đội(?! ngũ)"
    r"|khu phố|bến|cảng"
    r"|văn phòng|khối)"
)
_RESTRICTED = re.compile(
    rf"(?<!\w)(?:ở|tại|của|trong|cho|thuộc|trên địa bàn)\s+(?:các\s+|một số\s+|những\s+|một\s+|01\s+"
    rf"|\d+\s+)?{_SMALL}(?!\w)[^,;.:]{{0,30}}"
    rf"|(?<!\w)(?:một|01|1|\d+)\s+(?:[^\W\d_]+\s+){{1,3}}thí điểm|(?<!\w)thí điểm(?!\w)[^,;.]{{0,20}}"
    rf"|(?<!\w)làm điểm(?!\w)"
    rf"|(?<!\w)(?:các\s+)?{_SMALL}\s+(?:ven biển|miền núi|trung tâm|nội thành|chuyên môn|trực thuộc)[^,;.]{{0,12}}"
    r"|(?<!\w)trực thuộc\s+[^,;.]{2,30}"
    r"|(?<!\w)"
    r"(?:chỉ(?! (?:số|đạo|tiêu|thị|đạt|còn|\d|định|dẫn|huy|đường|báo|mục|lối|tay))|(?:(?<=[,;:(.] )"
    r"|(?<=^))riêng(?! lẻ))"
    r"\s+(?:cho|với|tại|ở|các)?\s*[^,;.]{2,30}"
    r"|(?<!\w)một số\s+[^,;.]{2,24}"
    r"|\b(?:of|in|within|at|for)\s+(?:the\s+)?(?:[a-z]+\s+){0,3}(?:department|division|section|bureau"
    r"|directorate|branch|unit|station)s?\b"
    r"|\bonly\b[^,;.]{0,24}|\bpilot\b[^,;.]{0,16}"
    r"|\bselected\s+[a-z]+|\bsome\s+(?:of\s+the\s+)?[a-z]+"
    r"|\b(?:the main|the largest)\s+(?:department|division|office|station|agency|bureau)\b|\bcfo act agencies\b"
    r"|\bheadquarters\b"
)


_ANY_BODY = frozenset(("cơ quan", "cơ quan nhà nước", "đơn vị", "tổ chức", "ngành", "bộ", "địa phương"))
"""Words for any body: one of them stands for the others."""


def _names(text: str) -> set[str]:
    """The classes that a text names, one word for all that mean the same."""
    return {_name(one[0]) for one in _ONE.finditer(text)}


def _name(word: str) -> str:
    """One word for all that mean the same as a class does; "cơ quan" for any body."""
    if word in _ANY_BODY:
        return "cơ quan"
    same = classes(word)
    return f"={same[0].group}" if same else word


def _part_of_list(above: str, below: str) -> tuple[str, str] | None:
    """Of a list of classes the item keeps some and leaves out others."""
    lists = []
    for match in _ENUMERATION.finditer(above):
        if _COUNTED.search(above[: match.start()]):
            continue
        lists.append((match[0], _names(match[0])))
    kept = _names(below) | {f"={one}" for one in groups(below)}
    if not lists or any(names <= kept for _words, names in lists):
        return None
    for words, names in lists:
        left = names & kept
        if (
            left - {"cơ quan"}
            and len(left) < len(names)
            and not any(_WIDE.search(below[: one.start()][-12:]) for one in _ONE.finditer(below))
        ):
            return words, next(one[0] for one in _ONE.finditer(below) if _name(one[0]) in left - {"cơ quan"})
    return None


def _another_class(above: str, below: str) -> tuple[str, str] | None:
    """*All* of a class in the superior; the item, otherwise the same sentence, names a class without *all*."""
    for match in _ALL_OF.finditer(above):
        noun = match["noun"].split()[0].rstrip("s")
        if re.search(rf"(?<!\w){re.escape(noun)}", below) or _ANY_OF.search(below):
            continue
        after = above[match.end() :].split()
        if len(after) >= 2 and " ".join(after[:3]).rstrip(".") in below:
            start = below.find(" ".join(after[:3]).rstrip("."))
            words = below[:start].strip()
            if re.search(r"\b(?:the|our) office\b|(?<!\w)ty(?!\w)", words):
                continue  # a unit that says what it does itself
            if words and len(words.split()) <= 8:
                return match[0], words
    return None


def _restricted(above: str, below: str) -> tuple[str, str] | None:
    """The superior covers a whole class or territory; the item adds words that cut it down."""
    wide = _WIDE.search(above)
    if wide is None:
        return None
    for match in _RESTRICTED.finditer(below):
        words = match[0].strip()
        if words.startswith(("pilot", "thí điểm")) and re.search(r"\b(?:test|trial|pilot|thí điểm|thử nghiệm)", above):
            continue  # a trial is asked for
        if (
            words in above
            or any(
                words.startswith(start) and said in above for start, said in (("một số", "một số"), ("chỉ trừ", "trừ"))
            )
            or re.search(r"(?:trở lên|or more|không chỉ|not only)", words)
        ):
            continue
        last = re.findall(r"[^\W\d_]+", words)
        if len(last) > 1 and all(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", above) for word in last):
            continue
        noun = re.match(r"[^,;.]{0,40}", above[wide.start() :])
        return (noun[0].strip() if noun else wide[0]), words
    return None


_MODIFIER = (
    r"(?:ở|tại|thuộc|của|trong|vùng|khu vực|đô thị|nông thôn|thành thị|ven|do|cấp|loại|trực thuộc"
    r"|nội thành|ngoại thành|trung tâm|miền|đang|mới|có)"
)


def _modified(above: str, below: str) -> tuple[str, str] | None:
    """The same class, *all* of it above, cut down by words after or before it below."""
    for match in _ALL_OF.finditer(above):
        noun = re.escape(match["noun"].split()[0].rstrip("s")) if match["noun"].isascii() else re.escape(match["noun"])
        if _ANY_OF.search(below):
            continue
        after = re.search(rf"(?<!\w){noun}\w*\s+{_MODIFIER}(?!\w)[^,;.]{{2,28}}", below)
        if after and after[0] not in above:
            return match[0], after[0].strip()
        before = re.search(rf"(?<!\w)(?P<which>(?:[a-z-]+\s+){{1,3}}){noun}\w*", below) if noun.isascii() else None
        if before:
            words = [word for word in before["which"].split() if word not in _FUNCTION | EMPTY and not is_verb(word)]
            if words and not any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", above) for word in words):
                return match[0], before[0]
    return None


_FUNCTION = frozenset(
    """
    both between the of to for with and or in by on a an its their our that which from as will shall must
    are is be each every all least at them those these whole entire
    """.split()  # noqa: SIM905
)


_DO = re.compile(
    r"(?<!\w)(?:có trách nhiệm|chịu trách nhiệm|tập trung|chủ động|phối hợp|xây dựng|tổ chức thực hiện|rà soát)(?!\w)"
)


def _acting(above: str) -> str:
    """A row of bodies with which a superior begins and which act: of a unit below, it says that it acts itself."""
    match = _DO.search(above)
    begins = above[: match.start()] if match else ""
    several = re.match(r"(?:các |thủ trưởng |bộ trưởng, )?(?:bộ|ban|sở|cơ quan|thủ trưởng)[^.;:]*,", begins)
    return begins if several else ""


def _replaced(above: str, below: str) -> tuple[str, str] | None:
    """In the same place of the same sentence a wide class is replaced by another class."""
    left, right = above.split(), below.split()
    acting = len(_acting(above).split())
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for what, a0, a1, b0, b1 in matcher.get_opcodes():
        if what != "replace" or not (0 < b1 - b0 <= 8) or a1 - a0 > 14 or a0 < acting:
            continue
        asked, given = " ".join(left[max(0, a0 - 1) : a1]), " ".join(right[b0:b1])
        if not (_WIDE.search(asked) and (_ONE.search(asked) or _ENUMERATION.search(asked))):
            continue
        if _WIDE.search(given) and not re.match(r"(?:các)\b", given):
            continue
        class_given = re.search(rf"(?<!\w)(?:{_CLASS}|{_SMALL})(?!\w)", given)
        if (
            class_given
            and class_given[0] not in _ANY_BODY
            and not re.search(rf"(?<!\w){re.escape(class_given[0])}(?!\w)", above)
        ):
            return " ".join(left[a0:a1]).strip(",.;"), given.strip(",.;")
    return None


_BOTH = re.compile(
    r"\bboth (?P<one>\w+) and (?P<two>\w+)\b|(?<!\w)cả (?P<vone>[^,;.]{2,20}?) (?:và"
    r"|lẫn) (?P<vtwo>[^\W\d_]+(?: [^\W\d_]+)?)"
)
_HERE_AND_ABROAD = re.compile(
    r"(?<!\w)(?:trong (?:và|lẫn) ngoài nước|trong nước (?:và|lẫn) (?:ngoài nước|nước ngoài|quốc tế))(?!\w)"
)
_AND_OTHERS = re.compile(r"(?P<first>\w+) (?:and|,) (?P<other>(?:other|all other) \w+)")


def _one_of_two(above: str, below: str) -> tuple[str, str] | None:
    """ "Both internal and external": the item names one. "CDOs and other stakeholders": the item names no others."""
    if (
        _HERE_AND_ABROAD.search(above)
        and "trong nước" in below
        and not re.search(r"ngoài nước|nước ngoài|quốc tế", below)
    ):
        return "trong và ngoài nước", "trong nước"
    for match in _BOTH.finditer(above):
        one, two = match["one"] or match["vone"], match["two"] or match["vtwo"]
        there = [re.search(rf"(?<!\w){re.escape(word)}", below) is not None for word in (one, two)]
        if there.count(True) == 1:
            return match[0], one if there[0] else two
    for match in _AND_OTHERS.finditer(above):
        if match["first"] in below and match["other"].split()[-1] not in below and "other" not in below:
            return match[0], match["first"]
    return None


_NARROWER = re.compile(
    rf"(?<!\w)(?P<class>{_CLASS}|cơ sở y tế|người bệnh|bệnh nhân"
    rf"|doanh nghiệp công nghệ số)\s+(?P<more>(?:công lập|tư nhân|nhà nước|nước ngoài|cao tuổi|nghèo|khuyết tật"
    rf"|nữ|trẻ|có vốn [^,;.]{{2,20}}|quy mô \w+"
    r"|lớn|nhỏ|vừa và nhỏ|mới tuyển[^,;.]{0,10}|chuyên trách|chủ chốt|ở trung ương|ở địa phương|cấp (?:tỉnh"
    r"|huyện|xã|bộ|phòng)|đô thị|nông thôn|miền núi|ven biển"
    r"|above [^,;.]{2,16}|over [^,;.]{2,16}|under [^,;.]{2,16}|of (?:the )?(?:lighthouse )?office[^,;.]{0,16}))(?!\w)"
    rf"|(?<!\w)(?P<before>(?:newly hired|new|senior|selected|large|small|regional|full-time|permanent|shift"
    rf"|junior)\s+)(?P<noun>{_CLASS})(?!\w)"
)
_AGES = re.compile(
    r"(?:từ|đủ|trên)\s+(\d{1,2})\s+tuổi|\b(\d{1,2})\s+years?\s+(?:of age|old)\s+(?:and|or)\s+(?:over|older)"
)


def _cut_down(above: str, below: str) -> tuple[str, str] | None:
    """A class of the superior with a word that makes it smaller; persons from a higher age on."""
    ages = [
        next(int(one) for one in match.groups() if one)
        for text in (above, below)
        for match in [_AGES.search(text)]
        if match
    ]
    if len(ages) == 2 and ages[1] > ages[0]:
        return _AGES.search(above)[0], _AGES.search(below)[0]  # type: ignore[index]
    for match in _NARROWER.finditer(below):
        noun = match["class"] or match["noun"]
        if match[0] in above or (match["more"] or match["before"]).strip() in above:
            continue
        if re.search(rf"(?<!\w){re.escape(noun)}(?!\w)", above):
            return noun, match[0]
    return None


_SUBJECT = re.compile(
    r"^(?P<subject>(?:all |the )?(?:personnel|users|staff|employees|managers|agencies|organizations|partners))\s"
)


def _another_subject(above: str, below: str) -> tuple[str, str] | None:
    """The sentence begins with a whole class; the item is the same sentence about another, smaller one."""
    match = _SUBJECT.match(above)
    if match is None:
        return None
    rest = above[match.end() :].split()[:4]
    at = below.find(" ".join(rest))
    subject = below[:at].strip() if at > 0 else ""
    if (
        subject
        and len(subject.split()) <= 5
        and match["subject"].split()[-1] not in subject
        and not _WIDE.search(subject)
        and not subject.startswith("văn thư")  # the clerk through whom a body receives and sends: decree 30/2020
    ):
        return match["subject"], subject
    return None


def _kept_longest(above: str, below: str) -> tuple[str, str] | None:
    """Records kept for good in place of those kept so many years or more (periods of keeping: law on archives)."""
    asked = re.search(r"từ (?:đủ )?\d{1,2} năm trở lên", above)
    if asked and "vĩnh viễn" in below and "vĩnh viễn" not in above and asked[0] not in below:
        return asked[0], "vĩnh viễn"
    return None


def narrowed(above: str, below: str) -> tuple[str, str] | None:
    """The first of these rules that finds something."""
    for look in (
        _part_of_list, _another_class, _restricted, _modified, _cut_down, _one_of_two, _another_subject, _replaced,
        _kept_longest,
    ):  # fmt: skip
        found = look(above, below)
        if found:
            return found
    return None
