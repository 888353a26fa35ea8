"""Short forms of citations, resolved to the full citation of the same text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from . import citation_forms as f
from .cited import Citation, squeezed
from .kinds import WORDS, issuer_names
from .numbers import NumberCandidate, canonical
from .reasons import Reason, join
from .text import comparison_key, fold, nfc

_MOST = 100
_SHOWN = 10


def _fits(short: Citation, full: Citation) -> bool:
    """Whether `full` may be what the numbered short form means: kind, number, date and issuer do not contradict."""
    number = full.number
    if number is None or short.number is None or number.number.lstrip("0") != short.number.number.lstrip("0"):
        return False
    kinds = WORDS.get(nfc(short.kind_word or "").casefold(), ())
    own = number.kind or ""
    if own not in kinds and fold(full.kind_word or "-") != fold(short.kind_word or ""):
        return False
    if short.date and full.date and short.date != full.date:
        return False
    if short.issuer_text:
        # What the full citation itself says goes before the table: TW stands for three bodies.
        names = (full.issuer_text,) if full.issuer_text else issuer_names(number.issuer)
        said = fold(short.issuer_text)
        return not names or any(fold(name) in said or said in fold(name) for name in names)
    return True


def _shown(citation: Citation) -> str:
    shown = canonical(citation.number) if citation.number else f"{citation.kind_word} {citation.name or ''}".strip()
    day = citation.date
    if day:
        return f"{shown}, {day.day}-{day.month}-{day.year}"
    return f"{shown} ({citation.year})" if citation.year else shown


class _Register:
    """The documents cited in full so far, found by number or by name.

    A text may cite thousands of documents under one number (a hostile one): every look-up is bounded.
    """

    def __init__(self) -> None:
        self.by_number: dict[str, list[int]] = {}
        self.by_name: dict[str, list[int]] = {}
        self.days: dict[object, dict[date | int | None, int]] = {}

    def add(self, index: int, citation: Citation) -> tuple[int | None, int | None]:
        """Note a full citation: the first that cites the same document, or one of that number on another day."""
        keys: list[object] = []
        if citation.number and citation.number.number:
            keys.append(citation.number.key)
        if citation.name:
            keys.append(comparison_key(citation.name))
        day = citation.date or citation.year
        for key in keys:
            noted = self.days.get(key, {})
            first = _known_day(noted, day)
            if first is not None:
                for other in keys:
                    self.days.setdefault(other, {}).setdefault(day, first)
                return first, None
        another = None
        for key in keys:
            noted = self.days.setdefault(key, {})
            if noted and isinstance(key, tuple):
                another = next(iter(noted.values()))
            noted[day] = index
        if citation.number and citation.number.number:
            self.by_number.setdefault(citation.number.number.lstrip("0"), []).append(index)
        if citation.name:
            self.by_name.setdefault(comparison_key(citation.name), []).append(index)
        return None, another

    def fitting(self, citation: Citation, cited: list[Citation]) -> list[int]:
        """The documents that a short form may mean, the first `_MOST` at most."""
        if citation.name is not None:
            return self.by_name.get(comparison_key(citation.name), [])[:_MOST]
        if citation.number is None:
            return []
        places = self.by_number.get(citation.number.number.lstrip("0"), [])[:_MOST]
        return [place for place in places if _fits(citation, cited[place])]


def _known_day(noted: dict[date | int | None, int], day: date | int | None) -> int | None:
    """The index noted for the same day; a citation without a day is that of the only day, and the other way."""
    if day in noted:
        return noted[day]
    if len(noted) == 1:
        (only,) = noted
        if (
            day is None
            or only is None
            or _year_of(only) == _year_of(day)
            and (isinstance(only, int) or isinstance(day, int))
        ):
            return noted[only]
    return None


def _year_of(day: date | int) -> int:
    return day if isinstance(day, int) else day.year


def resolve(text: str, cited: list[Citation]) -> list[Citation]:
    """The citations of one text, in order, each short form resolved or given its candidates."""
    whole, register = _Register(), _Register()
    for index, citation in enumerate(cited):
        if citation.full:
            whole.add(index, citation)
    resolved: list[Citation] = []
    for index, citation in enumerate(cited):
        if citation.full:
            earlier, other = register.add(index, citation)
            resolved.append(_repeated(citation, earlier, other, cited))
            continue
        fits = register.fitting(citation, cited)
        alias = f.ALIAS.search(text, max(0, citation.start - 40), citation.start)
        if alias and index and resolved[-1].full and citation.start - resolved[-1].end < 300 and len(fits) != 1:
            fits = [index - 1]
        resolved.append(_resolved(citation, fits, whole.fitting(citation, cited), cited))
    return resolved


def _repeated(citation: Citation, earlier: int | None, other: int | None, cited: list[Citation]) -> Citation:
    """A full citation again: its date is taken over from the earlier one when it has none."""
    if earlier is None and other is None:
        return citation
    if earlier is None:
        first = cited[other or 0]
        differs = Reason(
            f"the same number as “{squeezed(first.text)}” but not the same date: two documents, or a slip",
            f"cùng số với “{squeezed(first.text)}” nhưng khác ngày: hai văn bản khác nhau, hoặc ghi nhầm",
        )
        return replace(citation, reason=join([citation.reason, differs]))
    first = cited[earlier]
    if citation.date is not None or first.date is None:
        return replace(citation, antecedent=earlier)
    taken = Reason(
        f"its date is taken from the earlier citation “{squeezed(first.text)}”",
        f"ngày lấy theo viện dẫn trước đó “{squeezed(first.text)}”",
    )
    return replace(citation, antecedent=earlier, date=first.date, reason=join([citation.reason, taken]))


def _resolved(citation: Citation, fits: list[int], anywhere: list[int], cited: list[Citation]) -> Citation:
    said = squeezed(citation.text)
    if len(fits) == 1:
        first = cited[fits[0]]
        reason = Reason(
            f"“{said}” is the short form of {_shown(first)}, cited in full earlier in this text",
            f"“{said}” là cách gọi tắt của {_shown(first)}, đã dẫn đầy đủ ở trên",
        )
        name = citation.name or first.name
        return replace(
            citation,
            number=first.number,
            date=citation.date or first.date,
            antecedent=fits[0],
            reason=reason,
            name=name,
        )
    number = None
    if len(fits) > 1:
        shown = [_shown(cited[fit]) for fit in fits[:_SHOWN]]
        reason = Reason(
            f"“{said}” fits {len(fits)} documents cited earlier: {'; '.join(shown)}; a person must choose",
            f"“{said}” phù hợp với {len(fits)} văn bản đã dẫn: {'; '.join(shown)}; cần người xác định",
        )
        return replace(citation, number=number, candidates=_options(fits, cited, later=False), reason=reason)
    if anywhere:
        reason = Reason(
            f"no full citation stands before “{said}”; one that fits comes later in this text",
            f"trước “{said}” chưa có viện dẫn đầy đủ; viện dẫn phù hợp nằm ở phần sau của văn bản",
        )
        return replace(citation, number=number, candidates=_options(anywhere, cited, later=True), reason=reason)
    reason = Reason(
        f"“{said}” has no full citation in this text: number, kind, issuer and date are needed to tell which it is",
        f"“{said}” không có viện dẫn đầy đủ trong văn bản: cần số, tên loại, cơ quan ban hành và ngày để xác định",
    )
    return replace(citation, number=number, reason=reason)


def _options(places: list[int], cited: list[Citation], *, later: bool) -> tuple[NumberCandidate, ...]:
    options = []
    for place in places[:_SHOWN]:
        number = cited[place].number
        if number is None:
            continue
        where = ("later", "ở phần sau") if later else ("earlier", "ở phần trước")
        reason = Reason(
            f"cited {where[0]} in this text as “{squeezed(cited[place].text)}”",
            f"được dẫn {where[1]} của văn bản: “{squeezed(cited[place].text)}”",
        )
        options.append(NumberCandidate(number, reason, round((0.6 if later else 0.9) / len(places), 3)))
    return tuple(options)
