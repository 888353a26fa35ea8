"""How the ledger resolves a conclusion that an entry comes from: hashed anew from the stored words and terms."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import NoReverseMatch, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from soichieu.documents import hashes
from soichieu.findings.models import Finding, Step, Version
from soichieu.ledger.sources import Resolver, Source, register

ROOM, CONCLUSION = "findings", "conclusion"


def conclusion_hash(version: Version) -> str:
    """SHA-256 over a wording and its terms as the chair concluded them."""
    return hashes.canonical_hash(
        {
            "finding": version.finding.key,
            "words": version.words,
            "conclusion_kind": version.conclusion_kind,
            "terms": version.terms,
            "addressee": [version.addressee_unit_id, version.addressee],
            "provisions": version.provisions,
            "statement": version.statement,
        }
    )


def concluded_version(finding: Finding) -> Version | None:
    """The wording that the chair concluded last, or None."""
    step = (
        Step.objects.filter(finding=finding, step=Step.State.CONCLUDED)
        .select_related("version__finding")
        .order_by("-pk")
        .first()
    )
    return step.version if step else None


def source_of(finding: Finding) -> Source:
    """A concluded conclusion as the source of an entry; ``Version.DoesNotExist`` when it was never concluded.

    The id names the wording, so that what was opened from it keeps its hash when it is concluded anew.
    """
    version = concluded_version(finding)
    if version is None:
        raise Version.DoesNotExist
    return Source(room=ROOM, kind=CONCLUSION, id=f"{finding.key}.{version.pk}", hash=conclusion_hash(version))


def _versions(ids: Iterable[str]) -> dict[str, Version]:
    """id of the source → the wording, where the key and the number belong together."""
    wanted = {one: one.partition(".") for one in ids}
    numbers = [int(number) for _key, _dot, number in wanted.values() if _is_id(number)]
    found: dict[int, Version] = {}
    for start in range(0, len(numbers), 500):
        found |= Version.objects.select_related("finding").in_bulk(numbers[start : start + 500])
    return {
        one: found[int(number)]
        for one, (key, _dot, number) in wanted.items()
        if _is_id(number) and int(number) in found and found[int(number)].finding.key == key
    }


def _is_id(text: str) -> bool:
    """An entry that was tampered with may cite what can be no key."""
    return text.isascii() and text.isdecimal() and len(text) < 19


def _hashes(ids: Iterable[str]) -> dict[str, str]:
    return {one: conclusion_hash(version) for one, version in _versions(ids).items()}


def _label(one: str) -> str:
    version = _versions([one]).get(one)
    return _("Conclusion: %(words)s") % {"words": Truncator(version.words).chars(80)} if version else one


def _url(one: str) -> str | None:
    try:
        return reverse("findings:finding", args=[one.partition(".")[0]])
    except NoReverseMatch:
        return None


def register_all() -> None:
    """Called once when Django starts."""
    register(ROOM, CONCLUSION, Resolver(hashes=_hashes, label=_label, url=_url))
