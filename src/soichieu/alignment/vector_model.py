"""A sentence model that somebody plugs in: a folder on this machine, or an endpoint on the user's own network.

None is needed and none ships. A text goes in, a vector comes out; the cosine of two vectors becomes one more way of
looking, with a weight of its own.
"""

from __future__ import annotations

import importlib
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

Embedder = Callable[[Sequence[str]], np.ndarray]
"""Takes texts, gives one vector for each: texts × dimensions."""

BATCH = 64
TIMEOUT_S = 60


class UnusableModel(ValueError):
    """A model that cannot be used; the message says which and what to do."""


def embedder_at(place: str) -> Embedder:
    """The model at `place`: a folder, or an address beginning with http:// or https://. `UnusableModel`."""
    if place.startswith(("http://", "https://")):
        return at_endpoint(place)
    return in_folder(Path(place))


def at_endpoint(url: str, timeout_s: float = TIMEOUT_S) -> Embedder:
    """A model behind an endpoint: it takes ``{"texts": […]}`` by POST and answers ``{"vectors": [[…], …]}``.

    Nothing is sent but the texts, and nowhere but to `url`.
    """

    def embed(texts: Sequence[str]) -> np.ndarray:
        parts = [_asked(url, list(texts[start : start + BATCH]), timeout_s) for start in range(0, len(texts), BATCH)]
        return unit(np.concatenate(parts), len(texts), url)

    return embed


def _asked(url: str, texts: list[str], timeout_s: float) -> np.ndarray:
    request = urllib.request.Request(  # noqa: S310  # http and https only, checked by embedder_at
        url, json.dumps({"texts": texts}).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=timeout_s) as answer:  # noqa: S310
            vectors = np.asarray(json.loads(answer.read())["vectors"], np.float32)
    except (urllib.error.URLError, OSError) as error:
        raise UnusableModel(f"the model at {url} does not answer ({error}); start it, or leave it out") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UnusableModel(
            f'the model at {url} answers something else than {{"vectors": [[…], …]}}; see docs/alignment.md'
        ) from error
    if vectors.ndim != 2 or len(vectors) != len(texts):
        raise UnusableModel(f"the model at {url} gave {len(vectors)} vectors for {len(texts)} texts")
    return vectors


def in_folder(path: Path) -> Embedder:
    """A model in a folder, as the library sentence-transformers saves it; that library is not installed with ours."""
    if not path.is_dir():
        raise UnusableModel(f"there is no folder {path}; name the folder of a saved sentence model, or an address")
    try:
        library = importlib.import_module("sentence_transformers")
    except ImportError as error:
        raise UnusableModel(
            f"the model in {path} needs the library sentence-transformers, which is not installed: install it beside"
            " soichieu, or run the model elsewhere on your network and give its address"
        ) from error
    model = library.SentenceTransformer(str(path), local_files_only=True)

    def embed(texts: Sequence[str]) -> np.ndarray:
        return unit(np.asarray(model.encode(list(texts)), np.float32), len(texts), str(path))

    return embed


def unit(vectors: np.ndarray, count: int, where: str) -> np.ndarray:
    """`vectors` at length 1, if there is one of finite numbers for each of `count` texts; else `UnusableModel`."""
    if vectors.ndim != 2 or len(vectors) != count or not np.isfinite(vectors).all():
        raise UnusableModel(f"the model at {where} did not give one vector of finite numbers for each text")
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
