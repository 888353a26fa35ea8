"""Hours of the day by which something is to be done: "trước 23 giờ", "by 5 p.m. the next day"."""

from __future__ import annotations

import re

# An hour by which something is to be done on its day, or the day after.
_CLOCK = re.compile(
    r"(?<!\w)(?:trước|chậm\s+nhất(?:\s+là)?|muộn\s+nhất(?:\s+là)?|vào\s+lúc|lúc"
    r"|không\s+muộn\s+hơn)\s+(?P<h>[01]?\d|2[0-4])\s?(?:giờ|h|:(?=\d))\s*"
    r"(?P<m>[0-5]\d)?(?:\s*phút)?(?!\s*(?:làm|kể|trước|sau\s+khi|\d))(?:\s+(?P<part>sáng|chiều|tối|trưa))?"
    r"(?P<weekday>\s*(?<=\s)thứ\s+\w+)?(?P<next>[^.;,\d]{0,12}(?:hôm\s+sau|ngày\s+(?:hôm\s+)?sau|ngày\s+kế\s+tiếp"
    r"|ngày\s+tiếp\s+theo))?"
    r"|\b(?:by|before|no\s+later\s+than)\s+(?P<eh>[01]?\d|2[0-4])(?::(?P<em>[0-5]\d))?\s?(?P<pm>a\.?m\.?"
    r"|p\.?m\.?|o['’]clock|hrs)"
    r"(?P<enext>[^.;\d]{0,12}(?:next|following)\s+(?:working\s+)?day)?",
    re.IGNORECASE,
)


def later_hour(superior: str, item: str) -> tuple[str, str] | None:
    """A later hour of the day: "trước 23 giờ" and "trước 8 giờ sáng hôm sau"."""
    mine, theirs = [*_CLOCK.finditer(superior)], [*_CLOCK.finditer(item)]
    if len(mine) != 1 or len(theirs) != 1 or bool(mine[0]["weekday"]) != bool(theirs[0]["weekday"]):
        return None
    return (mine[0][0], theirs[0][0]) if _hour(theirs[0]) > _hour(mine[0]) else None


def hours(text: str) -> list[tuple[int, int]]:
    """Where hours of the day stand in a text."""
    return [match.span() for match in _CLOCK.finditer(text)]


def _hour(match: re.Match[str]) -> float:
    hour = int(match["h"] or match["eh"]) + int(match["m"] or match["em"] or 0) / 60
    part = (match["part"] or match["pm"] or "").casefold()
    if hour < 12 and part in ("chiều", "tối", "p.m.", "p.m", "pm"):
        hour += 12
    return hour + 24 * bool(match["next"] or match["enext"])
