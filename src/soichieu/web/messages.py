"""Finds every text that templates and Python code hand to gettext, for the check of the catalogues."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import django
from django.template.base import Lexer, TokenType
from django.utils.translation.template import block_re, constant_re, endblock_re, inline_re, plural_re

from soichieu.web.catalogues import Message

# Function → (position of the context or None, position of the msgid, position of the plural or None).
_CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
_PERCENT = re.compile(r"%\((\w+)\)[#0\- +]?\d*\.?\d*[a-zA-Z]|%(?:\d+\$)?[sdrifgx]")


@dataclass(frozen=True)
class Use:
    """One place where a text is translated, or cannot be (``problem``). ``counts``: it has a plural."""

    where: str
    msgid: str = ""
    context: str | None = None
    problem: str = ""
    counts: bool = False

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.msgid


def uses(package: Path) -> Iterator[Use]:
    """Every use under the package, in Python and in templates."""
    for path in sorted(package.glob("**/*.py")):
        if "migrations" not in path.parts:
            yield from python_uses(path.read_text(encoding="utf-8"), str(path.relative_to(package)))
    for path in sorted(package.glob("**/templates/**/*")):
        if path.suffix in {".html", ".txt", ".svg"}:
            yield from template_uses(path.read_text(encoding="utf-8"), str(path.relative_to(package)))


def _translators(tree: ast.Module) -> dict[str, str]:
    """Name in this file → function of gettext, following ``import … as``."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in {"django.utils.translation", "gettext"}:
            for alias in node.names:
                if alias.name in _CALLS:
                    found[alias.asname or alias.name] = alias.name
    return found


def python_uses(source: str, name: str) -> Iterator[Use]:
    """The uses in Python source."""
    try:
        tree = ast.parse(source, name)
    except SyntaxError as error:
        yield Use(f"{name}:{error.lineno}", problem="this is not Python, so its texts cannot be found")
        return
    known = _translators(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        function = ""
        if isinstance(called, ast.Name):
            function = known.get(called.id, "")
        elif isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            function = called.attr if called.value.id == "translation" and called.attr in _CALLS else ""
        if not function:
            continue
        context_at, msgid_at, plural_at = _CALLS[function]
        where = f"{name}:{node.lineno}"
        texts: list[str | None] = [
            arg.value if isinstance(arg, ast.Constant) and isinstance(arg.value, str) else None for arg in node.args
        ]
        if len(texts) <= msgid_at or texts[msgid_at] is None or (context_at is not None and texts[context_at] is None):
            made = next((arg for arg in node.args if isinstance(arg, ast.JoinedStr | ast.BinOp | ast.Call)), None)
            # A variable is let through: its texts are marked where they are written (``gettext_noop``).
            if made is not None or len(texts) <= msgid_at:
                kind = "an f-string" if isinstance(made, ast.JoinedStr) else "a text put together on the spot"
                problem = f"{function}() is given {kind}; name the placeholders and fill them in afterwards"
                yield Use(where, problem=problem)
            continue
        context = texts[context_at] if context_at is not None else None
        yield Use(where, texts[msgid_at] or "", context, counts=plural_at is not None)


def _literal(text: str) -> str:
    return str(ast.literal_eval(text.replace("\n", "\\n"))) if text[:1] in "'\"" else text


def template_uses(source: str, name: str) -> Iterator[Use]:
    """The uses in a template: translate, blocktranslate, and ``_("…")`` inside tags and variables."""
    context: str | None = None
    parts: list[str] | None = None
    plural = False
    trimmed = False
    for token in Lexer(source).tokenize():
        where = f"{name}:{token.lineno}"
        if parts is not None:
            if token.token_type == TokenType.BLOCK:
                if endblock_re.match(token.contents):
                    text = "".join(parts)
                    yield Use(where, _trimmed(text) if trimmed else text, context, counts=plural)
                    parts = None
                elif plural_re.match(token.contents):
                    plural = True
                else:
                    yield Use(where, problem=f"{{% {token.contents} %}} stands inside a blocktranslate")
            elif not plural:
                parts.append(
                    f"%({token.contents})s" if token.token_type == TokenType.VAR else token.contents.replace("%", "%%")
                )
            continue
        if token.token_type == TokenType.BLOCK:
            inline, block = inline_re.match(token.contents), block_re.match(token.contents)
            if inline:
                quoted = inline["noop"] if "noop" in inline.groupdict() else inline[1]
                given = re.search(r"""\bcontext\s+("[^"]*"|'[^']*')""", token.contents)
                text = _literal(quoted)
                yield Use(where, text.replace("%", "%%"), _literal(given[1]) if given else None)
                continue
            if block:
                given = re.search(r"""\bcontext\s+("[^"]*"|'[^']*')""", token.contents)
                context = _literal(given[1]) if given else None
                parts, plural, trimmed = [], False, " trimmed" in token.contents
                continue
        if token.token_type in {TokenType.BLOCK, TokenType.VAR}:
            for found in constant_re.findall(token.contents):
                quoted = found if isinstance(found, str) else found[0]
                match = re.search(r"""("[^"]*"|'[^']*')""", quoted)
                if match:
                    yield Use(where, _literal(match[1]).replace("%", "%%"))
    if parts is not None:
        yield Use(name, problem="a blocktranslate is never closed")


def _trimmed(text: str) -> str:
    return " ".join(line.strip() for line in text.strip().split("\n"))


@lru_cache(maxsize=8)
def _django(language: str) -> gettext.NullTranslations:
    # Read with Python's own gettext: the check runs without the application.
    return gettext.translation("django", Path(django.__file__).parent / "conf" / "locale", [language], fallback=True)


def in_django(key: tuple[str | None, str], language: str) -> bool:
    """Whether Django's own catalogue has the text, as it has names of languages and messages of forms."""
    context, msgid = key
    found = _django(language)
    return (found.gettext(msgid) if context is None else found.pgettext(context, msgid)) != msgid


def placeholder_problem(message: Message) -> str:
    """What is wrong with the placeholders of a translation; empty when nothing is. A singular may leave one out."""
    wanted = set(_PERCENT.findall(message.msgid)) | set(_PERCENT.findall(message.plural or ""))
    for text in message.texts:
        found = set(_PERCENT.findall(text))
        if found - wanted or (wanted - found and message.plural is None):
            return f"the placeholders of {message.msgid!r} and of its translation differ"
    return ""
