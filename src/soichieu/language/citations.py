"""Documents cited in running text, and short forms resolved to a full citation of the same text.

A full citation has a whole number ("Nghị quyết số 12-NQ/TW, ngày 16-3-2022"), or is a law with its number, date
or year. A short form ("Nghị quyết số 12", "Kế hoạch 118", "Luật Đất đai") resolves to the one full citation
before it that fits by kind, number, issuer and date; when two fit, or only a later one does, nothing is chosen
and they stand as candidates. Party numbers begin again every term, so a number alone never decides.
"""

from __future__ import annotations

import re
from datetime import date

from . import citation_forms as f
from .cited import Citation, squeezed
from .dates import date_at
from .kinds import KINDS, issuer_side
from .law_names import known_name, likely_name, runs_over
from .numbers import DocumentNumber, NumberCandidate, canonical, parse_number, repair
from .reasons import NONE, Reason
from .resolution import resolve
from .text import comparison_key, fold, nfc

__all__ = ["Citation", "find_citations", "kind_name"]

_SURE = 0.8


def _dated(text: str, end: int) -> tuple[date | None, int]:
    """The date printed right after a number, and where it ends."""
    lead = f.DATE_AFTER.match(text, end)
    found = date_at(text, lead.end()) if lead else None
    return found if found else (None, end)


def _issued(text: str, end: int) -> tuple[str, int]:
    """The body named right after a number ("của Bộ Chính trị"), and where its name ends."""
    found = f.ISSUER_AFTER.match(text, end)
    if not found:
        return "", end
    body = found["body"]
    stop = f.ISSUER_END.search(body)
    name = (body[: stop.start()] if stop else body).rstrip(" .,")
    capitals = f.CAPITAL_LINE.search(name)
    if capitals and capitals[1].isupper():
        name = name[: capitals.start()].rstrip(" .,")
    if not name or len(name) > 90:
        return "", end
    return squeezed(name), found.start("body") + len(name)


def _part(text: str, start: int, back: int) -> tuple[str, int]:
    """The part cited before a document ("điểm a khoản 2 Điều 5"), and where it begins."""
    low = max(back, start - 140)
    if not f.PART_END.search(text, max(low, start - 40), start):
        return "", start
    found = f.PART.search(text, low, start)
    if not found:
        return "", start
    return squeezed(f.PART_TAIL.sub("", found[0])), found.start()


def _number_at(
    m: re.Match[str], numbered: bool
) -> tuple[DocumentNumber | None, tuple[NumberCandidate, ...], Reason] | None:
    """The document number at `m` with its candidates; None where it is no document number."""
    printed = m[0] if m["blank"] is None else re.sub(r"^\w+\s*:?[\s.…]*", "", m[0])
    exact = parse_number(printed)
    if exact is not None and (exact.kind is None or _sides_agree(exact)):
        known = exact.kind is not None or numbered or issuer_side(exact.issuer) is not None
        return (exact, (), NONE) if known else None
    readings = tuple(repair(printed))
    if not readings:
        return None
    best = readings[0]
    if best.number.kind is None and not numbered:
        return None
    if not best.number.number and len(readings) == 1:
        return best.number, readings, best.reason
    if best.confidence >= _SURE and (len(readings) == 1 or readings[1].confidence < _SURE):
        return best.number, readings, best.reason
    shown = [canonical(reading.number) for reading in readings]
    return (
        None,
        readings,
        Reason(
            f"“{squeezed(printed)}” may be {' or '.join(shown)}: {best.reason}",
            f"“{squeezed(printed)}” có thể là {' hoặc '.join(shown)}: {best.reason.vi}",
        ),
    )


def _sides_agree(number: DocumentNumber) -> bool:
    """Whether the form of a well-formed number is that of its issuer's side, as far as the issuer is known."""
    side = issuer_side(number.issuer)
    return side is None or (side == "party") == (number.family == "party")


def _kind_before(text: str, end: int, back: int) -> re.Match[str] | None:
    """The kind word that ends at `end`."""
    return f.KIND_BEFORE.search(text, max(back, end - 34), end)


def _word_before(text: str, start: int, back: int) -> tuple[str | None, str | None, int, bool]:
    """Kind word, name of a law, where they begin, and whether a kind or "số" stands before the number."""
    numbered = f.NUMBERED.search(text, max(back, start - 14), start)
    end = numbered.start() if numbered else start
    word = _kind_before(text, end, back)
    if word and fold(word["word"]) not in ("luat", "bo luat", "phap lenh"):
        return squeezed(word["word"]), None, word.start(), True
    if not numbered:
        return (squeezed(word["word"]), None, word.start(), True) if word else (None, None, end, False)
    law = f.LAW_BEFORE.search(text, max(back, start - 180), start)
    if law:
        last = [*f.LAW.finditer(text, law.start(), start)][-1:]
        begin, name_at = (last[0].start(), last[0].end()) if last else (law.start(), law.end("word"))
        name = f.NUMBERED.sub("", text[name_at:start])
        return squeezed(text[begin:name_at]), squeezed(name) or None, begin, True
    word = f.WORD_BEFORE.search(text, max(back, end - 100), end)
    if word:
        return squeezed(word["word"] + word["more"]), None, word.start(), True
    return None, None, end, True


def _full(text: str) -> list[Citation]:
    found: list[Citation] = []
    back = 0
    for m in f.NUMBER.finditer(text):
        if m.start() < back:
            continue
        kind_word, name, begin, numbered = _word_before(text, m.start(), back)
        read = _number_at(m, numbered or m["blank"] is not None)
        if read is None:
            continue
        number, candidates, reason = read
        end = m.end()
        day, end = _dated(text, end)
        issuer, end = _issued(text, end)
        if day is None and issuer:
            day, end = _dated(text, end)
        part, begin = _part(text, begin, back)
        found.append(
            Citation(begin, end, text[begin:end], kind_word, number, day, issuer, part, None, candidates, reason, name)
        )
        back = end
    return found


def _overlaps(taken: list[Citation], start: int, end: int, place: int) -> bool:
    """Whether [start, end) meets one of `taken`, ordered; `place` is the index of the first that ends after it."""
    return place < len(taken) and taken[place].start < end and taken[place].end > start


def _short(text: str, taken: list[Citation]) -> list[Citation]:
    """Citations by kind and bare number, between those already `taken`."""
    found: list[Citation] = []
    place = 0
    whole = {citation.number.number for citation in taken if citation.number}
    for m in f.SHORT.finditer(text):
        while place < len(taken) and taken[place].end <= m.start():
            place += 1
        back = max(found[-1].end if found else 0, taken[place - 1].end if place else 0)
        marked = f.NUMBERED.search(text, max(back, m.start() - 14), m.start())
        kind = _kind_before(text, marked.start() if marked else m.start(), back)
        if kind is None or kind.end("word") == m.start() or _overlaps(taken, kind.start(), m.end(), place):
            continue
        word = squeezed(kind["word"])
        if not marked:
            year_like = re.fullmatch(r"(?:19|20)\d\d", m[0]) is not None and m[0] not in whole
            if year_like or not word[0].isupper() or f.NOT_A_NUMBER.match(text, m.end()) or word in ("Luật", "Law"):
                continue
        limit = taken[place].start if place < len(taken) else len(text)
        day, end = _dated(text, m.end())
        issuer, end = _issued(text, end)
        if day is None and issuer:
            day, end = _dated(text, end)
        end = max(m.end(), min(end, limit))
        part, begin = _part(text, kind.start(), back)
        shell = DocumentNumber(m[0], None, None, None, "state")
        found.append(Citation(begin, end, text[begin:end], word, shell, day, issuer, part, None, (), NONE, full=False))
    return found


def _laws(text: str, taken: list[Citation]) -> list[Citation]:
    """Laws cited by name: in full where a number, date or year follows the name, else in short."""
    found: list[Citation] = []
    place = last = 0
    names = {comparison_key(citation.name) for citation in taken if citation.name}
    for m in f.LAW.finditer(text):
        while place < len(taken) and taken[place].end <= m.start():
            place += 1
        if m.start() < last or _overlaps(taken, m.start(), m.end(), place):
            continue
        back = max(last, taken[place - 1].end if place else 0)
        limit = taken[place].start if place < len(taken) else len(text)
        citation = _law(text, m, back, limit, names)
        if citation is None or citation.end > limit:
            continue
        found.append(citation)
        last = citation.end
        if citation.full and citation.name:
            names.add(comparison_key(citation.name))
    return found


def _law(text: str, m: re.Match[str], back: int, limit: int, names: set[str]) -> Citation | None:
    word = squeezed(m["word"])
    part, begin = _part(text, m.start(), back)

    def cite(end: int, name: str, day: date | None = None, year: int | None = None, full: bool = False) -> Citation:
        printed = text[begin:end]
        return Citation(begin, end, printed, word, None, day, "", part, None, (), NONE, name, full, year)

    amending = f.AMENDING.match(text, m.end(), min(limit, m.end() + 900))
    if amending:
        day, end = _dated(text, amending.end())
        if day:
            return cite(end, squeezed(text[m.end() : amending.end()]), day, full=True)
    amended = f.AMENDED.match(text, m.end(), m.end() + 120)
    if amended:
        # The laws amended follow with numbers of their own: they are cited by themselves.
        name_at = known_name(text, amended.end(), names) or likely_name(text, amended.end())
        if name_at and not f.NUMBER_AFTER.match(text, name_at[1]):
            return cite(name_at[1], squeezed(text[m.end() : name_at[1]]))
        return cite(amended.end("what"), squeezed(amended["what"]))
    whole = f.LAW_FULL.match(text, m.end(), min(limit, m.end() + 260))
    if whole and not runs_over(whole["name"]) and (squeezed(whole["name"]) or fold(word) == "hien phap"):
        name = squeezed(whole["name"]) or word
        if whole["year"]:
            return cite(whole.end(), name, year=int(whole["year"]), full=True)
        day, end = _dated(text, whole.end("name"))
        if day:
            return cite(end, name, day, full=True)
    name_at = known_name(text, m.end(), names) or likely_name(text, m.end())
    if name_at:
        return cite(name_at[1], name_at[0])
    return cite(m.end(), word) if fold(word) == "hien phap" else None


def find_citations(text: str) -> list[Citation]:
    """Every citation of a document in `text`, in order; offsets are into its NFC form.

    "This resolution" ("Nghị quyết này") is no citation. Each short form is resolved, or shown with candidates.
    """
    text = nfc(text)
    full = _full(text)
    laws = _laws(text, full)
    both = sorted([*full, *laws], key=lambda citation: citation.start)
    short = _short(text, both)
    return resolve(text, sorted([*both, *short], key=lambda citation: citation.start))


def kind_name(citation: Citation) -> str | None:
    """The Vietnamese name of the kind cited: as printed, else from the number's abbreviation."""
    if citation.kind_word:
        return citation.kind_word
    kind = citation.number.kind if citation.number else None
    return KINDS[kind].name if kind in KINDS else None
