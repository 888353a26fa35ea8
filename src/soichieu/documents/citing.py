"""From a citation in a text to a document of the register: on number, kind, issuer **and** date.

Party numbers start again every term and state numbers every year, so a number alone resolves nothing, unless it holds
its year (30/2020/NĐ-CP). What is not certain stays open, with its candidates and the reasons for and against each.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db.models import Q

from soichieu.documents import keys
from soichieu.documents.models import Document, DocumentCitation, Edition
from soichieu.language.numbers import WORDS, parse_number, repair
from soichieu.language.text import comparison_key, fold

_SHORT = re.compile(r"(?:số|no)?\s*:?\s*(\d{1,6})(?!\d|[./-]\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Cited:
    """What a citation says: ``number`` as printed or only its running number; empty where it is silent."""

    number: str
    kind: str = ""
    issuer: str = ""
    signed_on: dt.date | None = None
    name: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Candidate:
    """A document that a citation may mean. ``reasons`` are codes with values, see ``reasons.say``."""

    document: Document
    score: float
    certain: bool
    reasons: tuple[dict[str, Any], ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "document": self.document.pk,
            "number": self.document.number,
            "signed_on": self.document.signed_on.isoformat(),
            "score": round(self.score, 2),
            "reasons": list(self.reasons),
        }


def candidates(cited: Cited, *, citing: Document | None = None) -> list[Candidate]:
    """The registered documents that a citation may mean, best first; at most ten.

    ``citing`` is the document that cites: what is later than it, or is itself, is not meant.
    """
    found = []
    for document in _alike(cited):
        if citing is not None and document.pk == citing.pk:
            continue
        judged = _judge(cited, document, citing)
        if judged is not None:
            found.append(judged)
    return sorted(found, key=lambda one: (-one.score, -one.document.signed_on.toordinal(), one.document.pk))[:10]


def resolve(cited: Cited, *, citing: Document | None = None) -> tuple[Document | None, list[Candidate]]:
    """The one document that is certainly meant, or None; and all candidates."""
    found = candidates(cited, citing=citing)
    certain = [one for one in found if one.certain]
    return (certain[0].document if len(certain) == 1 else None), found


def _alike(cited: Cited) -> Iterable[Document]:
    if not cited.number:
        return _laws_named(cited)
    parsed = parse_number(cited.number)
    if parsed is not None:
        wanted = Q(number_key=keys.key_of(parsed))
        if parsed.number:
            wanted |= Q(
                number_key__startswith=f"{parsed.key[0]}|{keys.latin(parsed.key[1])}|", signed_on=cited.signed_on
            )
        return Document.objects.filter(wanted)
    repaired = {keys.key_of(one.number) for one in repair(cited.number)}
    running = _running_number(cited.number)
    wanted = Q(number_key__in=repaired) | Q(number_key=keys.number_key(cited.number))
    if running and not repaired:
        for kind in _kinds(cited.kind) or ("",):
            wanted |= Q(number_key__startswith=f"{running}|{keys.latin(kind.casefold())}|" if kind else f"{running}|")
    return Document.objects.filter(wanted)[:50]


def _laws_named(cited: Cited) -> Iterable[Document]:
    """Laws are cited by name; what a law is called is the title of an act of the National Assembly."""
    if not cited.name:
        return []
    name = comparison_key(cited.name)
    wanted = {name, comparison_key(f"{cited.kind} {cited.name}")}
    acts = Document.objects.filter(Q(number_key__contains="|qh") | Q(number_key__contains="|ubtvqh"))
    return [one for one in acts if comparison_key(one.title) in wanted]


def _running_number(text: str) -> str:
    digits = "".join(character for character in text if character.isdigit())
    return digits.lstrip("0") if digits and digits == text.strip() else ""


def _kinds(word: str) -> tuple[str, ...]:
    """Abbreviations that a kind, by word or by abbreviation, stands for."""
    if not word:
        return ()
    return tuple(kind for kind in WORDS.get(word.casefold(), (word,)) if kind)


def _judge(cited: Cited, document: Document, citing: Document | None) -> Candidate | None:
    reasons: list[dict[str, Any]] = []
    parsed = parse_number(cited.number)
    score = 0.4
    full = parsed is not None and keys.key_of(parsed) == document.number_key
    if not cited.number:
        reasons.append({"code": "name_same"})
        score, full = score + 0.1, True
    elif full:
        reasons.append({"code": "number_same"})
        score += 0.2
    elif (
        mended := next((r for r in repair(cited.number) if keys.key_of(r.number) == document.number_key), None)
    ) is not None:
        reasons.append({"code": "number_mended", "en": str(mended.reason), "vi": mended.reason.vi})
        score += 0.2 * mended.confidence
        full = mended.confidence >= 0.5
    else:
        reasons.append({"code": "number_running", "number": _running_number(cited.number) or cited.number})
    registered = keys.understood(document.number)
    kinds = _kinds(cited.kind)
    if kinds and registered and registered.kind and cited.number:
        if registered.kind.casefold() not in {kind.casefold() for kind in kinds}:
            return None
        reasons.append({"code": "kind_same", "kind": keys.kind_name(registered.kind)})
        score += 0.05
    agrees = True
    if cited.issuer:
        agrees = _same_issuer(cited.issuer, document)
        reasons.append({"code": "issuer_same" if agrees else "issuer_other", "issuer": document.issuer})
        score += 0.1 if agrees else -0.15
    dated = False
    if cited.signed_on:
        dated = cited.signed_on == document.signed_on
        reasons.append({"code": "date_same" if dated else "date_other", "day": document.signed_on.isoformat()})
        score += 0.25 if dated else -0.25
    elif parsed is not None and parsed.year is not None:
        dated = parsed.year == document.signed_on.year
        reasons.append({"code": "year_in_number", "year": parsed.year})
        score += 0.2
    elif cited.year:
        dated = cited.year == document.signed_on.year
        reasons.append({"code": "year_same" if dated else "year_other", "year": document.signed_on.year})
        score += 0.2 if dated else -0.2
    else:
        reasons.append({"code": "no_date"})
    if citing is not None and document.signed_on > citing.signed_on:
        reasons.append({"code": "later", "day": document.signed_on.isoformat()})
        score -= 0.3
        dated = False
    certain = dated and (agrees or full) and (full or bool(kinds))
    return Candidate(document, min(1.0, max(0.0, score)), certain, tuple(reasons))


def _same_issuer(name: str, document: Document) -> bool:
    """Whether a cited issuer, by name or abbreviation, is the document's."""
    wanted, known = fold(name), document.issuer_key
    registered = keys.understood(document.number)
    if wanted in known or known in wanted:
        return True
    return bool(registered and registered.issuer and fold(registered.issuer) == wanted)


# --- What is stored --------------------------------------------------------------------------------------------------


def store_citations(edition: Edition, found: Sequence[Mapping[str, Any]]) -> None:
    """Keep the citations that the reader found in an edition, each resolved where it is certain."""
    provisions = list(edition.provisions.exclude(span_start=None).order_by("ordinal"))
    by_citation = {one.citation: one for one in provisions}
    rows = []
    for ordinal, data in enumerate(found):
        cited = cited_of(data)
        if _is_its_own(edition.document, cited, data):
            continue
        home = by_citation.get(str(data.get("provision") or "")) or _holding(provisions, data)
        row = DocumentCitation(
            edition=edition,
            provision=home,
            ordinal=ordinal,
            text=str(data.get("text") or cited.number),
            number=cited.number[:100],
            name=cited.name,
            year=cited.year,
            kind=cited.kind[:40],
            issuer=cited.issuer[:255],
            signed_on=cited.signed_on,
            reasons=_told(data),
        )
        _try(row, edition.document)
        rows.append(row)
    DocumentCitation.objects.bulk_create(rows, batch_size=500)


def _is_its_own(document: Document, cited: Cited, data: Mapping[str, Any]) -> bool:
    """A document's own number, in its letterhead or where its annex names what it belongs to, is no citation."""
    if not cited.number or keys.number_key(cited.number) != document.number_key:
        return False
    return data.get("provision") == "head" or cited.signed_on in (None, document.signed_on)


def cited_of(data: Mapping[str, Any]) -> Cited:
    """A citation of the reading's JSON as number, kind, issuer and date."""
    day, kind, text = data.get("date"), str(data.get("kind") or ""), str(data.get("text") or "")
    number = str(data.get("number") or "")
    if not number and data.get("candidates") and data.get("full", True):
        # Damaged: kept as printed, for the repairs to be weighed against the register.
        number = text[len(kind) :].strip() if text.casefold().startswith(kind.casefold()) else text
    elif not number and not data.get("name"):
        running = _SHORT.search(text)
        number = running[1] if running else ""
    return Cited(
        number=number,
        kind=kind,
        issuer=str(data.get("issuer") or ""),
        signed_on=dt.date.fromisoformat(day) if isinstance(day, str) and len(day) == 10 else None,
        name=str(data.get("name") or ""),
        year=data.get("year"),
    )


def to_json(cited: Cited) -> dict[str, Any]:
    """What a citation says, without what it is silent about; ``from_json`` reads it."""
    found = {**asdict(cited), "signed_on": cited.signed_on.isoformat() if cited.signed_on else None}
    return {name: value for name, value in found.items() if value}


def from_json(data: Mapping[str, Any]) -> Cited:
    """A citation kept by ``to_json``; other keys are left alone."""
    said = {one.name: data[one.name] for one in fields(Cited) if one.name in data}
    if "signed_on" in said:
        said["signed_on"] = dt.date.fromisoformat(said["signed_on"])
    return Cited(**{"number": "", **said})


def _told(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the reader itself said about it, in both languages where it did."""
    told = data.get("reasons") or data.get("reason") or []
    told = [told] if isinstance(told, str | Mapping) else told
    return [
        {"code": "told", **one}
        if isinstance(one, Mapping)
        else {"code": "told", "en": str(one), "vi": getattr(one, "vi", str(one))}
        for one in told
        if one
    ]


def _holding(provisions: Sequence[Any], data: Mapping[str, Any]) -> Any:
    """The narrowest provision whose span holds where the citation stands."""
    start = data.get("start")
    if not isinstance(start, int):
        return None
    around = [one for one in provisions if one.span_start <= start < one.span_end]
    return min(around, key=lambda one: one.span_end - one.span_start, default=None)


def copy_citations(old: Edition, new: Edition) -> None:
    """A mended edition cites what the one before it cited, from the same places."""
    homes = {one.identity_id: one for one in new.provisions.all()}
    rows = []
    for row in old.citations.select_related("provision").order_by("ordinal"):
        home = homes.get(row.provision.identity_id) if row.provision else None
        row.pk, row._state.adding = None, True
        row.edition, row.provision = new, home
        rows.append(row)
    DocumentCitation.objects.bulk_create(rows, batch_size=500)


def _try(row: DocumentCitation, citing: Document) -> bool:
    document, found = resolve(Cited(row.number, row.kind, row.issuer, row.signed_on, row.name, row.year), citing=citing)
    row.document = document
    row.candidates = [one.to_json() for one in found]
    return bool(found)


def try_open_citations(document: Document) -> int:
    """After a document was registered: try the open citations that may mean it. Gives how many it resolved."""
    running = document.number_key.split("|")[0].lstrip("?")
    resolved = 0
    may_mean = Q(number__contains=running) | ~Q(name="") if running else ~Q(name="")
    rows = DocumentCitation.objects.filter(may_mean, document=None).exclude(edition__document=document)
    for row in rows.select_related("edition__document"):
        _try(row, row.edition.document)
        resolved += row.document_id is not None
        row.save(update_fields=["document", "candidates"])
    return resolved
