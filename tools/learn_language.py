"""``python -m tools.learn_language CORPUS.tsv``: learn Vietnamese words and their vectors from a collection of laws.

CORPUS is a TSV of ``id<TAB>text`` with a header line. Writes ``src/soichieu/alignment/data/language-vi.npz``: pairs of
syllables that form a word with their strength, the words with vectors, and the vectors in eight bits. The collection
itself is not part of the repository; docs/alignment.md says which one was used. The same collection gives the same
file: nothing here is random, but for the last bits that differ between processors.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from scipy.sparse.linalg import svds

from soichieu.alignment.segmentation import segment
from soichieu.alignment.tokens import raw_words

OUT = Path(__file__).parents[1] / "src" / "soichieu" / "alignment" / "data" / "language-vi.npz"
PAIR_COUNT, PAIR_STRENGTH = 6, 0.2
WORD_COUNT, WINDOW, DIMENSIONS = 5, 6, 200
_SENTENCE_END = re.compile(r"[.;:!?\n]|\d+\.")
FUNCTION_WORDS = frozenset(
    """
    và của các những được bị cho trong theo tại về với là có không để từ đến khi này đó khác một hoặc do trên dưới ra
    vào phải sẽ đã đang cũng như thì mà nếu bằng qua trước sau giữa hay ở việc người sự nào nêu mỗi mọi từng chưa đối
    nhằm vì cùng nhưng lại còn hơn rằng bởi trừ gồm cả đây kể thuộc số khoản điều điểm mục chương luật bộ ngày tháng
    năm lên xuống bên nó họ ai gì đều chỉ rất tới nhất làm
    """.split()  # noqa: SIM905  # a list of words is read more easily as words
)
"""They stand beside everything and are part of few words of two syllables; no pair is made with them."""


def sentences(path: Path) -> Iterator[list[str]]:
    """The syllables of each stretch of the collection between stops."""
    with path.open(encoding="utf-8") as file:
        next(file)
        for line in file:
            for part in _SENTENCE_END.split(line.rstrip("\n").split("\t")[1]):
                words = raw_words(part)
                if words:
                    yield words


def pairs(texts: list[list[str]]) -> dict[str, float]:
    """Pairs of syllables that form a word, with their normalised pointwise mutual information."""
    single = Counter(word for text in texts for word in text)
    double = Counter(pair for text in texts for pair in zip(text, text[1:], strict=False))
    total = single.total()
    found = {}
    for (one, two), count in double.items():
        apart = {one, two} & FUNCTION_WORDS or one.isdigit() or two.isdigit() or len(one) == 1 or len(two) == 1
        if count < PAIR_COUNT or apart:
            continue
        strength = np.log(count * total / (single[one] * single[two])) / -np.log(count / total)
        if strength > PAIR_STRENGTH:
            found[f"{one}_{two}"] = float(strength)
    return dict(sorted(found.items()))


def vectors(texts: list[list[str]]) -> tuple[list[str], np.ndarray]:
    """Words and a vector of length 1 for each: positive PMI with the words around, reduced by singular values."""
    counts = Counter(word for text in texts for word in text)
    words = sorted(word for word, count in counts.items() if count >= WORD_COUNT and not word.isdigit())
    place = {word: number for number, word in enumerate(words)}
    beside: Counter[tuple[int, int]] = Counter()
    for text in texts:
        ids = [place.get(word, -1) for word in text]
        for at, one in enumerate(ids):
            for before in range(max(0, at - WINDOW), at):
                if one >= 0 and ids[before] >= 0:
                    beside[one, ids[before]] += 1 / (at - before) ** 0.5  # type: ignore[assignment]
    rows, columns = np.array(list(beside)).T
    matrix = sparse.coo_matrix((np.array(list(beside.values())), (rows, columns)), shape=(len(words),) * 2).tocsr()
    matrix = (matrix + matrix.T).tocoo()
    sums = np.asarray(matrix.sum(1)).ravel()
    expected = sums**0.75 / (sums**0.75).sum()
    information = np.log(matrix.data / (sums[matrix.row] * expected[matrix.col]))
    kept = information > 0
    positive = sparse.coo_matrix((information[kept], (matrix.row[kept], matrix.col[kept])), shape=matrix.shape).tocsr()
    left, values, _ = svds(positive, k=DIMENSIONS, v0=np.ones(len(words)))
    order = np.argsort(-values)
    found = left[:, order] * np.sqrt(values[order])
    return words, found / np.linalg.norm(found, axis=1, keepdims=True)


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    texts = list(sentences(asked.corpus))
    strengths = pairs(texts)
    words, found = vectors([segment(text, strengths) for text in texts])
    scale = np.abs(found).max()
    np.savez_compressed(
        asked.out,
        pairs=np.array(list(strengths)),
        strengths=np.clip(np.round(np.array(list(strengths.values())) * 255), 1, 255).astype(np.uint8),
        words=np.array(words),
        vectors=np.round(found / scale * 127).astype(np.int8),
    )
    size = asked.out.stat().st_size
    print(f"{len(texts)} stretches, {len(strengths)} pairs, {len(words)} words with vectors, {size:,} bytes")


if __name__ == "__main__":
    main()
