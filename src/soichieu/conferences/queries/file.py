"""The documents of a conference's file, in the order of the work: what was reviewed, prepared, said, concluded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from soichieu.conferences.models import Conference
from soichieu.conferences.papers import PaperKind
from soichieu.conferences.state import State
from soichieu.documents.keys import kind_name
from soichieu.documents.models import Document
from soichieu.documents.rights import visible_documents
from soichieu.ledger import clock
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of

# Vietnamese, as the archive's list is.
WORDS = {
    PaperKind.ORGANISING: "Kế hoạch tổ chức, quyết định thành lập Ban Tổ chức",
    PaperKind.INVITATION: "Giấy mời, giấy triệu tập",
    PaperKind.AGENDA: "Chương trình, kịch bản điều hành",
    PaperKind.REPORT: "Báo cáo trung tâm, báo cáo tóm tắt",
    PaperKind.STATEMENT: "Tham luận",
    PaperKind.SPEECH: "Bài phát biểu",
    PaperKind.PARTICIPANTS: "Danh sách đại biểu",
    PaperKind.MINUTES: "Biên bản",
    PaperKind.NOTICE: "Thông báo kết luận",
    PaperKind.RECORDING: "Bản ghi âm, ghi hình",
    PaperKind.TRANSCRIPT: "Bản bóc băng",
    PaperKind.PICTURES: "Ảnh",
    PaperKind.OTHER: "Tài liệu khác",
}
# Where in the file a kind stands: before what was said, or after.
_BEFORE = (PaperKind.ORGANISING, PaperKind.INVITATION, PaperKind.AGENDA, PaperKind.PARTICIPANTS, PaperKind.REPORT)


@dataclass(frozen=True)
class Filed:
    """One paper. ``document``: of the register, ``file``: SHA-256 of its bytes; ``nth``: its number in the list."""

    label: str
    number: str = ""
    day: dt.date | None = None
    author: str = ""
    remark: str = ""
    document: int | None = None
    file: str | None = None
    file_name: str = ""
    nth: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "label": self.label, "number": self.number, "day": self.day.isoformat() if self.day else None,
            "author": self.author, "remark": self.remark, "document": self.document, "sha256": self.file,
        }  # fmt: skip


def documents_of(asker: Asker, conference: Conference, state: State) -> list[Filed]:
    """The list of documents: registered ones by number, files by name; what nobody put in is not listed."""
    unit = name_of([conference.unit_id], state.held_on or clock.today())[conference.unit_id]
    wanted = [*state.directives, *(one["document"] for one in state.papers if one.get("document"))]
    wanted += [one["document"] for one in state.own_reviews if one.get("document")]
    notices = [event.payload for event in conference.events.filter(kind="notice").order_by("position")]
    wanted += [one["document"] for one in notices]
    known = visible_documents(asker).in_bulk(wanted)
    found = [_registered(known[pk], "Văn bản được kiểm điểm") for pk in state.directives if pk in known]
    papers = sorted(state.papers, key=lambda one: (PaperKind.values.index(one["what"]), one["position"]))
    found += [_paper(one, known, unit) for one in papers if one["what"] in _BEFORE]
    for review in state.own_reviews:
        if review.get("document") in known:
            found.append(_registered(known[review["document"]], "Báo cáo của đơn vị"))
    for statement in state.statements.values():
        if statement.registered_at is None:
            continue
        site = state.sites.get(statement.site)
        how = "trình bày tại hội nghị" if statement.delivery == "spoken" else "gửi bằng văn bản"
        found.append(
            Filed(
                f"Tham luận: {statement.subject}", day=statement.registered_at.astimezone(clock.ZONE).date(),
                author=site.name if site else statement.author, remark=how,
                file=str(statement.file) if statement.file else None, file_name=statement.file_name,
            )
        )  # fmt: skip
    found += [
        Filed(
            f"Số liệu chốt “{cut.label}”", day=cut.made_at.astimezone(clock.ZONE).date(), author=unit,
            remark="trong sổ hội nghị",
        )
        for cut in state.cuts.values()
    ]  # fmt: skip
    found += [_paper(one, known, unit) for one in papers if one["what"] not in _BEFORE]
    found += [_registered(known[one["document"]], "") for one in notices if one["document"] in known]
    return [replace(one, nth=number) for number, one in enumerate(found, start=1)]


def _named(kind: str, about: str) -> str:
    """A kind and what it is about; the words alone where they begin with the kind, or with one of several."""
    if not about:
        return kind
    begun = any(about.casefold().startswith(one.strip().casefold()) for one in kind.split(","))
    return about if begun else f"{kind}: {about}"


def _registered(document: Document, remark: str) -> Filed:
    kind = kind_name(document.kind) if document.kind else "Văn bản"
    edition = document.editions.order_by("-ordinal").first()
    return Filed(
        _named(kind, document.title), document.number, document.signed_on, document.issuer,
        remark, document.pk, edition.file_id if edition else None,
    )  # fmt: skip


def _paper(one: dict[str, Any], known: dict[int, Document], unit: str) -> Filed:
    words = WORDS[PaperKind(one["what"])]
    document = known.get(one.get("document") or 0)
    day = one.get("day")
    return Filed(
        _named(words, one["label"]), (document.number if document else "") or one.get("number", ""),
        document.signed_on if document else dt.date.fromisoformat(day) if day else None,
        (document.issuer if document else "") or one.get("author", "") or unit,
        "" if document or one.get("file") else "giữ ngoài hệ thống", one.get("document"), one.get("file"),
        one.get("file_name", ""),
    )  # fmt: skip
