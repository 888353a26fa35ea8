"""The weights by which suggestions are made: a value that can be stored, named and learnt again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any

from .tokens import Language

FORMAT = 1


@dataclass(frozen=True)
class Weights:
    """Weights for one language.

    `content`: of each way of looking at two texts (`content.CONTENT`). `placing`: of what is judged over the whole
    plan (`placing.PLACING`). `chance`: turns the result into a probability. `relation`: for each relation, of each
    sign of it. `learnt_from`: how many judged pairs, for the record. All are in log-odds.
    """

    language: Language
    content: dict[str, float]
    placing: dict[str, float]
    chance: dict[str, float]
    relation: dict[str, dict[str, float]]
    learnt_from: int = 0

    @property
    def name(self) -> str:
        """A short name that changes with every change of the weights: what a suggestion is recorded with."""
        return f"{self.language}-{hashlib.sha256(self.to_json().encode()).hexdigest()[:10]}"

    def to_json(self) -> str:
        """The same weights as JSON, keys sorted."""
        return json.dumps({"format": FORMAT} | asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Weights:
        """The weights that `to_json` wrote. `ValueError` for anything else."""
        try:
            found: dict[str, Any] = json.loads(text)
            if found.pop("format") != FORMAT:
                raise ValueError("weights of another format; learn them again with this version")
            if found["language"] not in ("vi", "en"):
                raise ValueError(f"weights for an unknown language: {found['language']}")
            plain = {
                part: {str(name): float(value) for name, value in found[part].items()}
                for part in ("content", "placing", "chance")
            }
            relation = {
                str(name): {str(sign): float(value) for sign, value in signs.items()}
                for name, signs in found["relation"].items()
            }
            return cls(found["language"], **plain, relation=relation, learnt_from=int(found["learnt_from"]))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not weights: {error}") from error

    def with_changes(self, **changes: Any) -> Weights:
        """The same weights but for `changes`."""
        return replace(self, **changes)


@lru_cache(maxsize=2)
def default_weights(language: Language) -> Weights:
    """The weights that ship, learnt from the judged folders by ``tools/learn_alignment.py``."""
    return Weights.from_json((resources.files(__package__) / "data" / f"weights-{language}.json").read_text("utf-8"))
