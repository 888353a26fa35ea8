"""What nothing calls is gone: a name that only its own tests know is one more thing that every reader must learn."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "soichieu"
WORD = re.compile(r"[A-Za-z_]\w*")
# Django reads these by their names.
READ_BY_NAME = {"settings.py", "urls.py", "apps.py", "formats.py"}
# These decorators change how a function works and call it nowhere.
CALLS_NOTHING = {
    "atomic", "cache", "cached_property", "classmethod", "contextmanager", "dataclass", "lru_cache", "overload",
    "property", "staticmethod",
}  # fmt: skip
# What only tests call and has a reason to stay.
KEPT = {
    "forget_columns": "tests put what a process keeps aside",
    "forget_cuts": "tests put what a process keeps aside",
    "forget_names": "tests put what a process keeps aside",
    "forget_decided": "tests put what a process keeps aside",
    "forget_waiting": "tests put what a process keeps aside",
    "routes": "the table of permissions walks all addresses with it",
    "end_delegation": "the counterpart of delegate",
}
Defined = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def _said(tree: ast.Module) -> set[str]:
    """The names that a module uses: not those that it only defines, imports, names in ``__all__`` or talks about."""
    aside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | Defined) and node.body and isinstance(node.body[0], ast.Expr):
            aside.add(id(node.body[0].value))
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__":
            aside |= {id(one) for one in ast.walk(node)}
    used: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in aside:
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            used.add(node.id)
        elif isinstance(node, ast.Attribute):
            used.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            used |= set(WORD.findall(node.value))
    return used


def _registered(node: ast.AST) -> bool:
    """Whether a decorator hands it to something that calls it: a tag, a command, a signal."""
    for one in getattr(node, "decorator_list", ()):
        called = one.func if isinstance(one, ast.Call) else one
        if (called.attr if isinstance(called, ast.Attribute) else called.id) not in CALLS_NOTHING:
            return True
    return False


def _defined(tree: ast.Module) -> Iterator[str]:
    """Functions, classes and constants of a module, and the methods of classes that stand on nothing else's."""
    for node in tree.body:
        if isinstance(node, Defined) and not _registered(node):
            yield node.name
        if isinstance(node, ast.ClassDef) and not node.bases:
            yield from (one.name for one in node.body if isinstance(one, ast.FunctionDef) and not _registered(one))
        if isinstance(node, ast.Assign):
            yield from (one.id for one in node.targets if isinstance(one, ast.Name))
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def test_every_name_is_used_in_the_product_or_promised_in_the_docs():
    used: set[str] = set()
    for path in [*SOURCE.rglob("*.html"), *(ROOT / "docs").glob("*.md"), *(ROOT / "tools").glob("*.py")]:
        used |= set(WORD.findall(path.read_text(encoding="utf-8")))
    modules = list(_modules())
    for _path, tree in modules:
        used |= _said(tree)
    dead = [
        f"{path.relative_to(SOURCE)}: {name}"
        for path, tree in modules
        if path.name not in READ_BY_NAME
        for name in _defined(tree)
        if name not in used and name not in KEPT and not name.startswith("__")
    ]
    assert dead == []
