"""What a part of a directive is for: viewpoint, goal, task, solution, organisation of implementation.

Decided by the headings of the outer parts and inherited downwards; a viewpoint opens no task.
"""

from __future__ import annotations

import re

from .model import Provision

_SIGNS = (
    ("viewpoint", re.compile(r"quan điểm|tư tưởng chỉ đạo|phương châm|nguyên tắc chỉ đạo|guiding (?:view|principle)"
    )),
    ("organisation", re.compile(
        r"tổ chức thực hiện|tổ chức triển khai|điều khoản thi hành|trách nhiệm thi hành"
        r"|phân công (?:thực hiện|nhiệm vụ)|hiệu lực thi hành|chế độ báo cáo"
        r"|kinh phí thực hiện|implementation|final provisions")),
    ("goal", re.compile(r"mục tiêu|mục đích|chỉ tiêu|tầm nhìn|yêu cầu(?:$| chung)|goals?\b"
                        r"|objectives?\b|targets?\b|vision")),
    ("solution", re.compile(r"^(?:các |một số )?(?:nhóm )?giải pháp|biện pháp|^solutions?\b|^measures\b")),
    ("task", re.compile(r"nhiệm vụ|nội dung (?:thực hiện|công việc)|công tác trọng tâm|chương trình hành động|tasks?\b"
                        r"|actions?\b|activities")),
)  # fmt: skip
_OUTER = {"part", "section", "annex", "attachment", "heading", "chapter", "article", "point", "clause"}


def nature_of(heading: str) -> str:
    """The nature that a heading names; empty when it names none. "NHIỆM VỤ, GIẢI PHÁP" is task."""
    folded = heading.casefold()
    if "nhiệm vụ" in folded and "giải pháp" in folded and "tổ chức" not in folded:
        return "task"
    for nature, sign in _SIGNS:
        if sign.search(folded):
            return nature
    return ""


def assign(provisions: list[Provision]) -> None:
    """Give each provision the nature of the nearest part around it whose heading names one."""
    known: dict[str, str] = {}
    for provision in provisions:
        inherited = known.get(provision.parent or "", "")
        own = ""
        if provision.kind in _OUTER and provision.heading and len(provision.heading) < 120:
            own = nature_of(provision.heading)
        # Inside tasks, a heading such as "Nâng cao chỉ tiêu …" does not make a goal of them.
        if inherited and provision.kind in ("point", "clause", "article"):
            own = ""
        provision.nature = own or inherited
        known[provision.id] = provision.nature
