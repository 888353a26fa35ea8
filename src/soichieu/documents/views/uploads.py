"""Upload → the tree beside its source → mend → confirm."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soichieu.documents import beside, commands, forms, queries, rights, words
from soichieu.documents.errors import EditConflict
from soichieu.documents.guarding import asker_of, guarded
from soichieu.documents.models import Edition, PendingReading
from soichieu.documents.told import told, unreadable
from soichieu.documents.twins import twins
from soichieu.documents.views.register import add_errors
from soichieu.organisation.askers import Asker, today
from soichieu.organisation.kinds import Line
from soichieu.organisation.queries import ancestors, name_of
from soichieu.reading import UnreadableFile
from soichieu.web.numbers import whole_number


def _issuers(asker: Asker) -> list[tuple[int, str]]:
    """The units that a document on this desk may come from: one's own and those above it on any line."""
    if asker.unit_id is None:
        return []
    found = [asker.unit_id]
    for line in Line.values:
        found += [unit for unit in ancestors(asker.unit_id, line, today()) if unit not in found]
    names = name_of(found, today())
    return [(unit, names[unit]) for unit in found]


@require_http_methods(["GET", "POST"])
@guarded
def new(request: HttpRequest) -> HttpResponseBase:
    """A new document: by its file, which is read and looked at first, or by number and date alone."""
    asker = asker_of(request)
    rights.require_register(asker)
    form = forms.RegisterForm(request.POST or None, request.FILES or None, issuers=_issuers(asker))
    already: dict[str, str] | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            if given:
                pending = commands.start_upload(asker, given.read(), given.name, fields=_typed(request))
                return redirect("documents:upload", pending.pk)
            document = commands.register_document(asker, **form.facts())
        except UnreadableFile as wrong:
            form.add_error("file", unreadable(wrong))
        except ValidationError as wrong:
            already = _already(wrong, request)
            add_errors(form, wrong)
        else:
            messages.success(request, _("%(number)s is in the register.") % {"number": document.number})
            return redirect("documents:document", document.pk)
    looks = twins(asker, **form.named()) if form.is_bound else []
    context = {"form": form, "already": already, "twins": looks, "receive_form": forms.ReceiveForm(prefix="receive")}
    return render(request, "documents/new.html", context, status=422 if form.errors else 200)


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was typed, as typed."""
    return {name: request.POST[name] for name in forms.FactsForm.base_fields if request.POST.get(name)}


def _already(wrong: ValidationError, request: HttpRequest) -> dict[str, str] | None:
    """The document stands in another unit's register already: offer to record one's own receipt of it."""
    errors = getattr(wrong, "error_dict", {}).get("number", [])
    if any(error.code == "already_there" for error in errors):
        return {name: request.POST.get(name, "") for name in ("number", "issuer", "signed_on")}
    return None


@require_POST
@guarded
def read(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A further text of a document."""
    asker = asker_of(request)
    document = queries.document(asker, pk)
    form = forms.FileForm(request.POST, request.FILES, prefix="file")
    if form.is_valid():
        given = form.cleaned_data["file"]
        try:
            pending = commands.start_upload(asker, given.read(), given.name, document=document)
        except UnreadableFile as wrong:
            form.add_error("file", unreadable(wrong))
        except ValidationError as wrong:
            add_errors(form, wrong)
        else:
            return redirect("documents:upload", pending.pk)
    context = {"document": document, "file_form": form, "failed": "file"}
    return render(request, "documents/small_form.html", context, status=422)


@require_POST
@guarded
def mend(request: HttpRequest, pk: int, ordinal: int) -> HttpResponseBase:
    """Begin to mend the tree of an edition."""
    asker = asker_of(request)
    edition = queries.edition(asker, queries.document(asker, pk), ordinal)
    if edition is None:
        raise Edition.DoesNotExist
    return redirect("documents:upload", commands.start_mending(asker, edition).pk)


def _facts_form(asker: Asker, pending: PendingReading, data: Any = None) -> forms.FactsForm | None:
    """The facts of a new document, as typed or else as read from the file."""
    if pending.document_id is not None:
        return None
    read_facts = pending.reading.get("document", {})
    initial = {
        "number": read_facts.get("number"),
        "signed_on": words.day_of(read_facts.get("date")),
        "issuer": read_facts.get("issuer"),
        "title": read_facts.get("title"),
        "signer": read_facts.get("signer"),
        "signing_form": read_facts.get("signing_form"),
        **pending.fields,
    }
    return forms.FactsForm(data, initial=initial, issuers=_issuers(asker))


@require_GET
@guarded
def upload(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The tree beside its source."""
    asker = asker_of(request)
    pending = queries.pending(asker, pk)
    return _show(request, pending, facts=_facts_form(asker, pending), at=request.GET.get("at", ""))


def _show(
    request: HttpRequest,
    pending: PendingReading,
    *,
    facts: Any = None,
    at: str = "",
    node_form: Any = None,
    status: int = 200,
) -> HttpResponseBase:
    tree = commands.mended_tree(pending)
    looks = twins(asker_of(request), **facts.named()) if facts is not None else []
    if at and node_form is None:
        node_form = _node_form(tree, at)
    context = {
        "pending": pending,
        "facts": facts,
        "twins": looks,
        "rows": beside.rows_beside(tree, pending.reading.get("source_text", "")),
        "tables": pending.reading.get("tables", []),
        "warnings": [told(one) for one in pending.reading.get("warnings", [])],
        "corrections": [words.correction(one) for one in pending.corrections],
        "at": at if node_form is not None else "",
        "node_form": node_form,
        "doubts": sum(float(node.get("confidence", 1)) < beside.SURE for node in tree),
        "provisions": len(tree),
        "mending": "edition" in pending.fields,
    }
    if getattr(request, "htmx", False) and request.method == "GET" and at:
        return render(request, "documents/parts/place.html", context, status=status)
    return render(request, "documents/upload.html", context, status=status)


def _node_form(tree: list[dict[str, Any]], citation: str, data: Any = None) -> forms.NodeForm | None:
    node = next((one for one in tree if one["id"] == citation), None)
    if node is None:
        return None
    siblings = [one["id"] for one in tree if one.get("parent") == node.get("parent")]
    before = siblings.index(citation) - 1
    whole = not any(one.get("parent") == citation and one["kind"] == "sentence" for one in tree)
    kinds = {one["kind"] for one in tree} | {"chapter", "section", "article", "clause", "point", "bullet", "sentence"}
    initial = {
        "label": node.get("label") or "",
        "heading": node.get("heading") or "",
        "text": node.get("text") or "",
        "kind": node["kind"],
        "nature": node.get("nature") or "",
        "parent": node.get("parent") or "",
        "after": siblings[before] if before >= 0 else "",
    }
    choices = sorted(((kind, words.level(kind)) for kind in kinds), key=lambda pair: pair[1])
    return forms.NodeForm(data, initial=initial, kinds=choices, whole=whole, auto_id="place_%s")


@require_POST
@guarded
def place(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Mend one place, merge it, leave it out, or take the last correction back."""
    asker = asker_of(request)
    pending = queries.pending(asker, pk)
    at, act = request.POST.get("at", ""), request.POST.get("act", "mend")
    version = whole_number(request.POST.get("version")) or 0
    tree = commands.mended_tree(pending)
    form = _node_form(tree, at, request.POST if act == "mend" else None)
    facts = _facts_form(asker, pending)
    try:
        if act == "back":
            commands.take_back(asker, pending, version=version)
            return redirect("documents:upload", pk)
        if form is None:
            raise ValidationError(_("%(place)s is no longer in the text.") % {"place": at or "–"})
        if act in ("merge", "drop"):
            corrections = [{"kind": act, "citation": at, "values": {}}]
        elif form.is_valid():
            corrections = form.corrections(at)
            if not corrections:
                raise ValidationError(_("Nothing was changed at this place."))
        else:
            return _show(request, pending, facts=facts, at=at, node_form=form, status=422)
        commands.add_corrections(asker, pending, corrections, version=version)
    except (ValidationError, EditConflict) as wrong:
        said = "; ".join(wrong.messages) if isinstance(wrong, ValidationError) else str(wrong)
        if form is None:
            messages.error(request, said)
            return redirect("documents:upload", pk)
        if isinstance(wrong, EditConflict):
            if not isinstance(wrong.newest, PendingReading):
                messages.error(request, said)
                return redirect("documents:register")
            pending = wrong.newest
        if not form.is_bound:
            form = _node_form(tree, at, {**form.initial, "kind": form.initial["kind"]})
        assert form is not None
        form.add_error(None, said)
        return _show(request, pending, facts=facts, at=at, node_form=form, status=422)
    return redirect(reverse("documents:upload", args=[pk]) + f"#t-{at}")


@require_POST
@guarded
def confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Make the upload an edition."""
    asker = asker_of(request)
    pending = queries.pending(asker, pk)
    facts = _facts_form(asker, pending, request.POST)
    if facts is not None and not facts.is_valid():
        return _show(request, pending, facts=facts, status=422)
    try:
        edition = commands.confirm_upload(asker, pending, facts.facts() if facts is not None else None)
    except ValidationError as wrong:
        if facts is None:
            messages.error(request, "; ".join(wrong.messages))
            return redirect("documents:upload", pk)
        add_errors(facts, wrong)
        return _show(request, pending, facts=facts, status=422)
    except EditConflict as clash:
        messages.error(request, str(clash))
        if clash.newest is None:
            return redirect("documents:register")
        for one in commands.lay_over_newest(asker, pending) if "edition" in pending.fields else ():
            said = words.correction(one.to_json())
            messages.error(request, _("Found no place in the newest text: %(correction)s") % {"correction": said})
        return redirect("documents:upload", pk)
    suspect = queries.suspects(edition).count()
    messages.success(
        request,
        _("Edition %(ordinal)d of %(number)s is in the register.")
        % {"ordinal": edition.ordinal, "number": edition.document.number},
    )
    if suspect:
        said = ngettext(
            "%(n)d place was reworded or is gone: what hangs on it is to be looked at again.",
            "%(n)d places were reworded or are gone: what hangs on them is to be looked at again.",
            suspect,
        )
        messages.info(request, said % {"n": suspect})
    return redirect("documents:document", edition.document_id)


@require_POST
@guarded
def discard(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Throw the upload away."""
    asker = asker_of(request)
    commands.discard_upload(asker, queries.pending(asker, pk))
    messages.info(request, _("The upload was thrown away; nothing was registered."))
    return redirect("documents:register")
