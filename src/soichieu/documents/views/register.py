"""Pages of the register."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soichieu.documents import commands, dated, files, forms, keys, panels, queries, rights, searching, sheet
from soichieu.documents.guarding import asker_of, guarded
from soichieu.documents.listing import REGISTER
from soichieu.documents.models import Document, DocumentCitation, Edition, IdentityChange
from soichieu.organisation.askers import Asker, NotAllowed, today
from soichieu.organisation.models import Unit
from soichieu.organisation.names import name_of
from soichieu.web.dates import takes_dates
from soichieu.web.numbers import whole_number


@require_GET
@guarded
def register(request: HttpRequest) -> HttpResponseBase:
    """The list of documents."""
    asker = asker_of(request)
    rows = queries.register(asker).annotate(has_text=Exists(Edition.objects.filter(document=OuterRef("pk"))))
    context = {"may_register": bool(rights.may_register(asker)), "waiting": queries.pending_of(asker)[:10]}
    return REGISTER.respond(request, rows, "documents/register.html", context)


@takes_dates
@require_GET
@guarded
def document(request: HttpRequest, pk: int, ordinal: int | None = None) -> HttpResponseBase:
    """The directive: its text as published, what stands in the margin, what belongs to it."""
    asker = asker_of(request)
    of = queries.document(asker, pk)
    dates = dated.Dates.of(request.GET)
    edition = queries.edition(asker, of, ordinal, dates)
    if ordinal is not None and edition is None:
        raise Edition.DoesNotExist
    editions = list(of.editions.order_by("-ordinal"))
    context = {
        "document": of,
        "edition": edition,
        "editions": editions,
        "sheet": sheet.lay_out(edition) if edition else None,
        "filling": panels.filled(request, of, edition),
        "links": queries.links_of(asker, of),
        "receipts": _named(queries.receipts_of(asker, of)[:50]),
        "citations": queries.citations_of(asker, edition) if edition else [],
        "suspects": queries.suspects(edition).count() if edition else 0,
        "may_add": bool(rights.may_edit(asker, of)),
        "may_mend": bool(edition and rights.may_edit(asker, of, "mend_reading")),
        "newest": editions[0] if editions else None,
        "of_these_dates": dated.stood(editions[::-1], dates) if dates.past else None,
        "asked": _asked(request),
        **_side_forms(asker, of),
    }
    return render(request, "documents/document.html", context)


def _asked(request: HttpRequest) -> str:
    """The query of this page as its links to other places of the document carry it on; empty where there is none."""
    query = request.GET.urlencode()
    return f"?{query}" if query else ""


def _own_unit(asker: Asker) -> Unit:
    """The unit whose book of incoming documents this is."""
    if asker.unit_id is None:
        raise NotAllowed(_("only someone on a post in the receiving unit records its receipt here"))
    return Unit.objects.get(pk=asker.unit_id)


def _named(receipts: Any) -> list[tuple[Any, str]]:
    found = list(receipts)
    names = name_of([one.unit_id for one in found], today())
    return [(one, names[one.unit_id]) for one in found]


def _side_forms(asker: Any, of: Document) -> dict[str, Any]:
    """The small forms beside the sheet, where the asker may use them."""
    may_receive = asker.unit_id is not None and bool(rights.may_register(asker))
    return {
        "receive_form": forms.ReceiveForm(prefix="receive") if may_receive else None,
        "link_form": forms.LinkForm(prefix="link") if rights.may_edit(asker, of) else None,
        "file_form": forms.FileForm(prefix="file") if rights.may_edit(asker, of) else None,
    }


@require_POST
@guarded
def receive(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The asker's unit received it."""
    asker = asker_of(request)
    of = queries.document(asker, pk)
    form = forms.ReceiveForm(request.POST, prefix="receive")
    return _small(request, of, form, "receive", lambda given: commands.receive(
        asker, document=of, unit=_own_unit(asker), **given
    ))  # fmt: skip


@require_POST
@guarded
def link(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How it stands to another document."""
    asker = asker_of(request)
    of = queries.document(asker, pk)
    form = forms.LinkForm(request.POST, prefix="link")

    def act(given: dict[str, Any]) -> None:
        found = queries.by_number(asker, given["number"])
        if not found:
            raise ValidationError({"number": _("No document with this number is in the register. Register it first.")})
        if len(found) > 1:
            said = "; ".join(f"{one.number} ({one.signed_on:%-d-%-m-%Y})" for one in found)
            raise ValidationError({"number": _("Several documents bear this number: %(which)s.") % {"which": said}})
        commands.link_documents(asker, source=of, target=found[0], relation=given["relation"])

    return _small(request, of, form, "link", act)


def _small(request: HttpRequest, of: Document, form: Any, name: str, act: Any) -> HttpResponseBase:
    """Do what a small form asks and go back; or show the page again with what was typed and what was wrong."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as wrong:
            add_errors(form, wrong)
        else:
            messages.success(request, _("Recorded."))
            return redirect("documents:document", of.pk)
    context = {f"{name}_form": form, "document": of, "failed": name}
    return render(request, "documents/small_form.html", context, status=422)


def add_errors(form: Any, wrong: ValidationError) -> None:
    if hasattr(wrong, "error_dict"):
        for field, errors in wrong.error_dict.items():
            form.add_error(field if field in form.fields else None, errors)
    else:
        form.add_error(None, wrong)


@require_POST
@guarded
def receive_by_number(request: HttpRequest) -> HttpResponseBase:
    """A unit holds a paper that another has registered: the receipt opens the document to it."""
    asker = asker_of(request)
    key, issuer = keys.number_key(request.POST.get("number", "")), keys.issuer_key(request.POST.get("issuer", ""))
    form = forms.ReceiveForm(request.POST, prefix="receive")
    try:
        day = forms.DayField().to_python(request.POST.get("signed_on", ""))
    except ValidationError:
        day = None
    if day is None:
        raise Document.DoesNotExist
    found = Document.objects.get(number_key=key, issuer_key=issuer, signed_on=day)
    return _small(request, found, form, "receive", lambda given: commands.receive(
        asker, document=found, unit=_own_unit(asker), **given
    ))  # fmt: skip


@require_POST
@guarded
def settle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A person says what an open citation means."""
    asker = asker_of(request)
    citation = DocumentCitation.objects.select_related("edition__document").get(pk=pk)
    queries.document(asker, citation.edition.document_id)
    chosen = queries.document(asker, whole_number(request.POST.get("document")) or 0)
    commands.settle_citation(asker, citation, chosen)
    messages.success(
        request, _("Recorded: “%(text)s” means %(number)s.") % {"text": citation.text, "number": chosen.number}
    )
    return redirect(reverse("documents:document", args=[citation.edition.document_id]) + "#citations")


@require_GET
@guarded
def compare(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Two editions beside each other."""
    asker = asker_of(request)
    of = queries.document(asker, pk)
    editions = list(of.editions.order_by("ordinal"))
    if len(editions) < 2:
        messages.info(request, _("There is one edition only; nothing to compare yet."))
        return redirect("documents:document", pk)
    by_ordinal = {one.ordinal: one for one in editions}
    new = by_ordinal.get(whole_number(request.GET.get("new")) or 0, editions[-1])
    old = by_ordinal.get(whole_number(request.GET.get("old")) or 0, by_ordinal.get(new.ordinal - 1, editions[0]))
    changes = queries.compare(asker, old, new)
    everything = request.GET.get("all") == "1"
    tally = Counter(one.verdict for one in changes)
    counts = [(verdict, tally[verdict.value]) for verdict in IdentityChange.Verdict]
    context = {
        "document": of, "old": old, "new": new, "editions": editions, "counts": counts, "everything": everything,
        "changes": [
            {"label": one.label, "sides": _sides(one, old, new)}
            for one in changes
            if everything or one.verdict != "same"
        ],
    }  # fmt: skip
    return render(request, "documents/compare.html", context)


def _sides(one: queries.Change, old: Edition, new: Edition) -> list[tuple[int, Any, list[Any]]]:
    """The two cells of a change, words that differ marked."""
    before, after = one.words
    left, right = searching.differences(before, after) if one.verdict == "changed" else (
        [searching.Piece(before)], [searching.Piece(after)],
    )  # fmt: skip
    return [(old.ordinal, one.old, left), (new.ordinal, one.new, right)]


@require_GET
@guarded
def search(request: HttpRequest) -> HttpResponseBase:
    """Words in documents and their places, without tones."""
    asked = request.GET.get("q", "").strip()[:300]
    page = min(whole_number(request.GET.get("page")) or 1, 100_000)
    per_page = 30
    hits = queries.search(asker_of(request), asked, limit=per_page + 1, offset=(page - 1) * per_page) if asked else []
    context = {"asked": asked, "hits": hits[:per_page], "more": len(hits) > per_page, "page": page}
    return render(request, "documents/search.html", context)


@takes_dates
@require_GET
@guarded
def place(request: HttpRequest, key: str) -> HttpResponseBase:
    """A permalink of a sentence: leads to its place in the edition of the dates that the address asks for, without them
    in the newest that holds it. What the address asks goes along."""
    edition, citation = queries.place_of(asker_of(request), key, dated.Dates.of(request.GET))
    page = reverse("documents:edition", args=[edition.document_id, edition.ordinal])
    return redirect(f"{page}{_asked(request)}#{citation}")


@require_http_methods(["GET", "HEAD"])
@guarded
def file(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """The file as it was handed in. Never shown as a page of ours: what a browser could run is saved, not opened."""
    of = request.GET.get("of", "")
    stored = queries.file(asker_of(request), sha256, int(of) if of.isdecimal() and len(of) < 19 else None)
    served = files.served_as(stored)
    try:
        source = files.path_of(sha256).open("rb")
    except FileNotFoundError:
        return HttpResponse(_("The file is no longer where it was stored. Tell the administrator."), status=410)
    inline = served != files.UNKNOWN and request.GET.get("show") == "1"
    content_type = f"{served}; charset=utf-8" if served == files.PLAIN else served
    answer = FileResponse(source, as_attachment=not inline, filename=stored.name, content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


__all__ = ["compare", "document", "file", "link", "place", "receive", "register", "search", "settle"]
