"""Files kept by their content: ``FILES_ROOT/ab/cdef…``, named by SHA-256, written whole or not at all."""

from __future__ import annotations

import copy
import hashlib
import os
import tempfile
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from soichieu.documents.models import StoredFile

PDF = "application/pdf"
PLAIN = "text/plain"
UNKNOWN = "application/octet-stream"

_BY_SUFFIX = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".doc": "application/msword",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".html": "text/html",
    ".htm": "text/html",
    ".md": PLAIN,
    ".txt": PLAIN,
    ".csv": PLAIN,
}


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie, whether they are there or not."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:]


def check(data: bytes, name: str) -> None:
    """Raise ``ValidationError`` for an empty file and for one above ``settings.MAX_FILE_BYTES``."""
    if not data:
        raise ValidationError(_("%(name)s: the file is empty. Choose the file again.") % {"name": name}, code="empty")
    if len(data) > settings.MAX_FILE_BYTES:
        raise ValidationError(
            _(
                "%(name)s: %(size)d MB; this instance takes files up to %(limit)d MB. Divide it or compress its"
                " pictures."
            )
            % {"name": name, "size": len(data) // 2**20 + 1, "limit": settings.MAX_FILE_BYTES // 2**20},
            code="too_large",
        )


def store(data: bytes, name: str) -> StoredFile:
    """Keep the bytes and return their row; the same bytes are kept once, under the name of whoever came first. The row
    given back bears this upload's name: whoever refers to the file keeps it beside (:func:`named`).

    The file is written beside its place, flushed to the disk and renamed, so a crash leaves nothing half-written. A
    file without a row (the transaction did not come through) is harmless and is taken up when the bytes come again.
    Raises ``ValidationError`` as ``check`` does.
    """
    check(data, name)
    sha256 = hashlib.sha256(data).hexdigest()
    place = path_of(sha256)
    if not place.exists() or place.stat().st_size != len(data):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, beside = tempfile.mkstemp(dir=place.parent, prefix=".coming-")
        try:
            with os.fdopen(descriptor, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            os.replace(beside, place)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    stored, _made = StoredFile.objects.get_or_create(
        sha256=sha256,
        defaults={
            "size": len(data),
            "media_type": media_type(data, name),
            "name": plain_name(name),
            "stored_at": timezone.now(),
        },
    )
    return named(stored, plain_name(name))


def named(stored: StoredFile, name: str) -> StoredFile:
    """The row under the name of one upload, which is nowhere written over the stored one; as it is where none is known
    (kept before names were)."""
    again = copy.copy(stored)
    again.name = name or stored.name
    return again


def read(sha256: str) -> bytes:
    """The bytes. Raises ``FileNotFoundError`` when they are no longer there."""
    return path_of(sha256).read_bytes()


def recomputed_hash(sha256: str) -> str | None:
    """The SHA-256 of what lies there now, or None when nothing does."""
    try:
        with path_of(sha256).open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def plain_name(name: str) -> str:
    """The last part of a path, without control characters, short enough for the column."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(character for character in last if character.isprintable()).strip(". ") or "file"
    stem, dot, suffix = kept.rpartition(".")
    return kept if len(kept) <= 255 else f"{(stem or kept)[: 250 - len(suffix)]}{dot}{suffix}"[:255]


def media_type(data: bytes, name: str) -> str:
    """What the bytes are. A name alone never makes a file a PDF."""
    if data.startswith(b"%PDF-"):
        return PDF
    kind = _BY_SUFFIX.get(PurePosixPath(name.lower()).suffix, UNKNOWN)
    return UNKNOWN if kind == PLAIN and b"\0" in data[:4096] else kind


def served_as(stored: StoredFile) -> str:
    """The type a browser is told: never one that it would run."""
    return stored.media_type if stored.media_type in (PDF, PLAIN) else UNKNOWN
