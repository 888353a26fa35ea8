"""Which parts each face of a conference has, and how each is drawn from a state.

A part is drawn once for all who look at a face in one language, so it knows neither who looks nor when. The parts of
this room's four faces are registered by :mod:`soichieu.conferences.drawing.parts`, at the first question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from soichieu.conferences.state import State

Render = Callable[[State, str], str]
"""(state, language) → HTML of the inside of the part."""
_faces: dict[str, dict[str, Render]] = {}


def register(face: str, parts: Mapping[str, Render]) -> None:
    """Name the parts of a face. A second registration of one part is a mistake of the programmer."""
    known = _faces.setdefault(face, {})
    if twice := set(known) & set(parts):
        raise ValueError(f"the parts {', '.join(sorted(twice))} of {face} are registered already")
    known.update(parts)


def parts_of(face: str) -> Mapping[str, Render]:
    """The parts of a face in the order in which they stand; KeyError where there is no such face."""
    import_module("soichieu.conferences.drawing.parts")
    return _faces[face]


def faces() -> list[str]:
    """The faces there are."""
    import_module("soichieu.conferences.drawing.parts")
    return list(_faces)
