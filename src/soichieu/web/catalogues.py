"""Translations without gettext's programs: compile every ``.po`` under the package, and check that none is missing.

    python -m soichieu.web.catalogues           compile what is missing or older than its source
    python -m soichieu.web.catalogues --check   compile, then name every text without a Vietnamese translation

A room brings its own fragment ``<room>/locale/vi/LC_MESSAGES/django.po``. Compiled files are not kept in the
repository: they are made at installation and, when one is missing or older than its source, when the application
starts.
"""

from __future__ import annotations

import argparse
import ast
import logging
import os
import struct
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

log = logging.getLogger(__name__)
PACKAGE = Path(__file__).resolve().parent.parent
CONTEXT_MARK = "\x04"
# One heading for all: a fragment without its own would be read as ASCII. Vietnamese has one form for every number, as
# Django's own catalogue says; other languages follow their fragment's own two forms.
HEADING = b"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"


class BadCatalogue(ValueError):
    """A ``.po`` file that cannot be read; the message names file and line."""


@dataclass
class Message:
    """One entry of a ``.po`` file. ``texts`` has one translation, or one for each plural form."""

    msgid: str
    context: str | None = None
    plural: str | None = None
    texts: list[str] = field(default_factory=list)
    line: int = 0
    fuzzy: bool = False

    @property
    def key(self) -> tuple[str | None, str]:
        """What a program looks it up by."""
        return self.context, self.msgid

    @property
    def translated(self) -> bool:
        return bool(self.texts) and all(self.texts) and not self.fuzzy


def _unquoted(text: str, where: str) -> str:
    text = text.strip()
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        raise BadCatalogue(f"{where}: a text in double quotes was expected, found: {text[:60]}")
    try:
        found = ast.literal_eval(text)
    except (SyntaxError, ValueError):
        raise BadCatalogue(f"{where}: the quoted text cannot be read: {text[:60]}") from None
    return str(found)


def read_po(path: Path) -> list[Message]:
    """The messages of a ``.po`` file in their order, its heading (empty msgid) among them. Raises BadCatalogue."""
    messages: list[Message] = []
    now: Message | None = None
    target = ""
    fuzzy = False
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line, where = raw.strip(), f"{path}, line {number}"
        if not line:
            continue
        if line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        if line.startswith('"'):
            if now is None or not target:
                raise BadCatalogue(f"{where}: a continued text without a beginning")
            _append(now, target, _unquoted(line, where))
            continue
        word, _, rest = line.partition(" ")
        text = _unquoted(rest, where)
        if word == "msgctxt" or (word == "msgid" and target != "msgctxt"):
            now = Message("", line=number, fuzzy=fuzzy)
            messages.append(now)
            fuzzy = False
        if now is None:
            raise BadCatalogue(f"{where}: {word} before any msgid")
        if word == "msgctxt":
            now.context = text
        elif word == "msgid":
            now.msgid = text
        elif word == "msgid_plural":
            now.plural = text
        elif word.startswith("msgstr"):
            now.texts.append(text)
        else:
            raise BadCatalogue(f"{where}: {word} is not a word of a .po file")
        target = word
    return messages


def _append(message: Message, target: str, text: str) -> None:
    if target == "msgctxt":
        message.context = (message.context or "") + text
    elif target == "msgid":
        message.msgid += text
    elif target == "msgid_plural":
        message.plural = (message.plural or "") + text
    else:
        message.texts[-1] += text


def mo_bytes(messages: Iterable[Message]) -> bytes:
    """The binary form that Python's gettext reads. Untranslated and uncertain (fuzzy) entries are left out."""
    table: dict[bytes, bytes] = {b"": HEADING}
    for message in messages:
        if not message.translated or not message.msgid:
            continue
        key = message.msgid if message.context is None else message.context + CONTEXT_MARK + message.msgid
        if message.plural is not None:
            key += "\0" + message.plural
        table[key.encode()] = unicodedata.normalize("NFC", "\0".join(message.texts)).encode()
    keys = sorted(table)
    count = len(keys)
    ids = b"".join(coded + b"\0" for coded in keys)
    values = b"".join(table[coded] + b"\0" for coded in keys)
    start = 7 * 4 + 16 * count
    id_table, value_table, id_at, value_at = [], [], start, start + len(ids)
    for coded in keys:
        id_table += [len(coded), id_at]
        id_at += len(coded) + 1
        value_table += [len(table[coded]), value_at]
        value_at += len(table[coded]) + 1
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    return head + struct.pack(f"<{4 * count}I", *id_table, *value_table) + ids + values


def po_files(package: Path = PACKAGE) -> list[Path]:
    """Every catalogue under the package."""
    return sorted(package.glob("**/locale/*/LC_MESSAGES/*.po"))


def outdated(package: Path = PACKAGE) -> list[Path]:
    """The catalogues whose compiled form is missing or older than they are."""
    found = []
    for path in po_files(package):
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < path.stat().st_mtime_ns:
            found.append(path)
    return found


def compile_po(path: Path) -> Path:
    """Compile one catalogue beside itself, all or nothing; several processes may do it at once."""
    data = mo_bytes(read_po(path))
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        os.chmod(name, 0o644)
        os.replace(name, path.with_suffix(".mo"))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path.with_suffix(".mo")


def compile_all(package: Path = PACKAGE, *, only_outdated: bool = True) -> list[Path]:
    """Compile the catalogues; returns what was made."""
    return [compile_po(path) for path in (outdated(package) if only_outdated else po_files(package))]


def compile_at_start() -> None:
    """Compile what is missing when the application starts. A place that cannot be written is said and passed over: the
    pages then show the English texts."""
    try:
        if compile_all():
            forget_loaded()
    except OSError as error:
        log.warning("translations could not be compiled (%s); pages will be in English", error)
    except BadCatalogue as error:
        log.error("%s", error)


def forget_loaded() -> None:
    """Let Django load its translations anew. While it reads the models it loads what is compiled already, which on the
    first start after an installation or an upgrade is nothing or the old; its own reloader does the same."""
    import gettext

    from asgiref.local import Local
    from django.utils.translation import trans_real

    # Private names, which the type stubs rightly do not show.
    setattr(gettext, "_translations", {})  # noqa: B010
    for name, value in (("_translations", {}), ("_default", None), ("_active", Local())):
        setattr(trans_real, name, value)


def catalogue(
    language: str = "vi", package: Path = PACKAGE
) -> dict[tuple[str | None, str], list[tuple[Path, Message]]]:
    """Everything translated into a language: (context, msgid) → where."""
    found: dict[tuple[str | None, str], list[tuple[Path, Message]]] = {}
    for path in po_files(package):
        if path.parts[-3] == language:
            for message in read_po(path):
                if message.msgid and message.translated:
                    found.setdefault(message.key, []).append((path, message))
    return found


def problems(language: str = "vi", package: Path = PACKAGE) -> Iterator[str]:
    """What is wrong with the translations, one sentence each: texts without one or without its plural, two different
    ones for one text, changed placeholders, and calls whose text is not a plain literal (an f-string is never found in
    a catalogue)."""
    from soichieu.web import messages

    known = catalogue(language, package)
    for use in messages.uses(package):
        if use.problem:
            yield f"{use.where}: {use.problem}"
        elif use.key not in known and not messages.in_django(use.key, language):
            context = f" (context {use.context!r})" if use.context else ""
            yield f"{use.where}: no {language} translation of {use.msgid!r}{context}"
        elif use.counts and not any(message.plural is not None for _, message in known.get(use.key, ())):
            # Gettext keeps what counts under both forms: the same words without a plural are another text for it.
            yield f"{use.where}: {use.msgid!r} counts here, and its {language} translation has no plural"
    for (within, msgid), found in known.items():
        if len({tuple(message.texts) for _, message in found}) > 1:
            places = ", ".join(f"{path.relative_to(package)}:{message.line}" for path, message in found)
            yield f"{places}: different translations of {msgid!r}" + (f" (context {within!r})" if within else "")
        for path, message in found:
            wrong = messages.placeholder_problem(message)
            if wrong:
                yield f"{path.relative_to(package)}:{message.line}: {wrong}"


def main(arguments: list[str] | None = None) -> int:
    """Command line. Exit code 1 when a check finds something, 2 when a catalogue cannot be read."""
    parser = argparse.ArgumentParser(
        prog="python -m soichieu.web.catalogues", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--check", action="store_true", help="name every text without a Vietnamese translation")
    parser.add_argument("--all", action="store_true", help="compile what is up to date too")
    given = parser.parse_args(arguments)
    try:
        made = compile_all(only_outdated=not given.all)
        sys.stdout.write(f"{len(made)} of {len(po_files())} catalogues compiled\n")
        found = list(problems()) if given.check else []
    except BadCatalogue as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for line in found:
        sys.stdout.write(line + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
