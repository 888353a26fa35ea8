"""Bytes of unknown encoding to text, the encoding named.

Vietnamese offices still hold files in UTF-16, windows-1258, TCVN3 (fonts named .Vn…, "ABC") and VNI. The last
two are not registered encodings but font tricks on 8-bit text: TCVN3 gives each toned vowel one byte, VNI writes
the mark as a byte after the letter. Tables: TCVN 5712:1993 set VN3, and the VNI Windows fonts.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass

from .reasons import Reason
from .syllables import TONES, is_syllable


class UnreadableText(ValueError):
    """The bytes are not text in any encoding known here; the message says what was seen and what to do."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding it was read in.

    `guessed` is false where a byte order mark or valid UTF-8 decides, true where the letters themselves had to.
    """

    text: str
    encoding: str
    guessed: bool
    reason: Reason


_TCVN3_BYTES = bytes(
    [0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE]
    + [*range(0xB5, 0xBA), *range(0xBB, 0xBF), *range(0xC6, 0xCD), *range(0xCE, 0xD9), *range(0xDC, 0xE0)]
    + [*range(0xE1, 0xF0), *range(0xF1, 0xFF)]
)
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3 = dict(zip((chr(byte) for byte in _TCVN3_BYTES), _TCVN3_LETTERS, strict=True))
_TCVN3_CODES = {letter: byte for byte, letter in _TCVN3.items()}

_VNI_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_HAT = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE = {"ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ", "ñ": "đ"}


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_ALONE)
    for letter in "aeouy":
        table |= {letter + mark: letter + tone for mark, tone in _VNI_TONES.items()}
    for letter in "aeo":
        table |= {letter + mark: letter + "\u0302" + tone for mark, tone in _VNI_HAT.items()}
    table |= {"a" + mark: "a\u0306" + tone for mark, tone in _VNI_BREVE.items()}
    for legacy, letter in (("ô", "ơ"), ("ö", "ư")):
        table |= {legacy + mark: letter + tone for mark, tone in _VNI_TONES.items()}
    table = {key: unicodedata.normalize("NFC", value) for key, value in table.items()}
    upper = {key.upper(): value.upper() for key, value in table.items()}
    # Capitals are often followed by the mark in lower case ("AØ" or "Aø").
    mixed = {key[0].upper() + key[1:]: value.upper() for key, value in table.items() if len(key) == 2}
    return table | mixed | upper


_VNI = _vni_table()
_VNI_CODES = {letter: pair for pair, letter in _VNI.items() if pair.isupper() or pair.islower()}
_VNI_PAIR = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 65_536


# windows-1252 gives 0x80-0x9F typographic marks; the five bytes it leaves empty stay as they are.
_MARKS = {
    byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_TCVN3_TABLE = {**{ord(byte): letter for byte, letter in _TCVN3.items()}, **_MARKS}
_UNMARKS = {ord(mark): chr(byte) for byte, mark in _MARKS.items()}


def _from_tcvn3(latin: str) -> str:
    text = latin.translate(_TCVN3_TABLE)
    # Capital fonts (.VnTimeH) show lower-case toned letters as capitals: a word of capitals is all capitals.
    return re.sub(r"[^\W\d_]+", lambda word: _capitals(word[0]), text)


def _capitals(word: str) -> str:
    plain = [char for char in word if char.isascii()]
    if len(word) > 1 and len(plain) > 1 and all(char.isupper() for char in plain):
        return word.upper()
    return word


def _from_vni(latin: str) -> str:
    return _VNI_PAIR.sub(lambda pair: _VNI[pair[0]], latin).translate(_MARKS)


def _from_1258(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258"))


def encode(text: str, encoding: str) -> bytes:
    """`text` in one of the encodings that `decode` names; for tests and for giving a file back as it came.

    TCVN3 has no toned capitals (they need its capital fonts), so those come back in lower case.
    Raises `UnicodeEncodeError` for a character the encoding lacks.
    """
    text = unicodedata.normalize("NFC", text)
    if encoding == "tcvn3":
        codes = (_TCVN3_CODES.get(char) or _TCVN3_CODES.get(char.lower(), char) for char in text.translate(_UNMARKS))
        return "".join(codes).encode("latin-1")
    if encoding == "vni":
        return "".join(_VNI_CODES.get(char, char) for char in text.translate(_UNMARKS)).encode("latin-1")
    if encoding == "windows-1258":
        return _to_1258(text).encode("cp1258")
    return text.encode({"utf-8-bom": "utf-8-sig"}.get(encoding, encoding))


def _to_1258(text: str) -> str:
    """Letters as windows-1258 has them: base letter with its vowel mark, then the tone."""
    out = []
    for char in text:
        try:
            char.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tones = "".join(p for p in parts if p in TONES)
            char = unicodedata.normalize("NFC", "".join(p for p in parts if p not in tones)) + tones
        out.append(char)
    return "".join(out)


def _score(text: str) -> tuple[float, int]:
    """Share of the words with a letter beyond ASCII that are Vietnamese syllables, and how many such words."""
    words = [word for word in _WORD.findall(text[:_SAMPLE]) if not word.isascii()]
    if not words:
        return 0.0, 0
    distinct = {word: is_syllable(word) and not _odd_case(word) for word in set(words)}
    good = sum(distinct[word] for word in words)
    stray = sum(
        unicodedata.category(char) in ("Sc", "So", "Sm", "Cc", "Lm", "No") for char in text[:_SAMPLE] if char > "\x7f"
    )
    return good / (len(words) + stray), len(words)


def _odd_case(word: str) -> bool:
    return not (word.islower() or word.isupper() or word[0].isupper() and word[1:].islower())


_NAMES = {
    "windows-1258": ("windows-1258", "windows-1258"),
    "tcvn3": ("TCVN3 (ABC fonts, .VnTime)", "TCVN3 (phông ABC, .VnTime)"),
    "vni": ("VNI (VNI-Times)", "VNI (VNI-Times)"),
}


def _best(readings: dict[str, str]) -> tuple[str, float, int]:
    scores = {name: _score(text) for name, text in readings.items()}
    name = max(scores, key=lambda key: scores[key])
    return name, *scores[name]


def _legacy_reason(name: str, share: float, words: int) -> Reason:
    english, vietnamese = _NAMES[name]
    return Reason(
        f"no Unicode mark; read as {english}, in which {share:.0%} of {words} accented words are Vietnamese syllables",
        f"không có dấu hiệu Unicode; đọc theo {vietnamese}: {share:.0%} trong {words} từ có dấu là âm tiết tiếng Việt",
    )


def mend_legacy(text: str) -> Decoded | None:
    """Mend Unicode text that shows TCVN3 or VNI codes as Latin letters ("NghÞ quyÕt"), as in old Word files.

    None when the text is not such: it is left alone unless mending makes far more words Vietnamese.
    """
    before, words = _score(text)
    if words == 0 or before > 0.6:
        return None
    latin = text.translate(_UNMARKS)
    name, after, _ = _best({"tcvn3": _from_tcvn3(latin), "vni": _from_vni(latin)})
    if after < 0.8 or after < before + 0.4:
        return None
    mended = _from_tcvn3(latin) if name == "tcvn3" else _from_vni(latin)
    return Decoded(mended, name, True, _legacy_reason(name, after, words))


def _utf16_order(data: bytes) -> str | None:
    """'utf-16-le' or 'utf-16-be' when bytes without a mark have the shape of it: high bytes of a few values."""
    sample = data[:_SAMPLE]
    if len(data) < 4 or len(data) % 2 or b"\x00" not in sample:
        return None
    highs = {0x00, 0x01, 0x03, 0x1E, 0x20}
    for order, start in (("utf-16-le", 1), ("utf-16-be", 0)):
        high = sample[start::2]
        low = sample[1 - start :: 2]
        if sum(byte in highs for byte in high) >= 0.95 * len(high) and low.count(0) <= 0.02 * len(low):
            return order
    return None


def _printable(text: str) -> bool:
    return len(_CONTROL.findall(text[:_SAMPLE])) <= len(text[:_SAMPLE]) // 1000


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe\x00\x00", "utf-32-le"),
        (b"\x00\x00\xfe\xff", "utf-32-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableText(
                    f"The file begins with the mark of {encoding} but byte {error.start + len(mark)} does not fit it: "
                    "it is probably cut off. Get it again from its sender, or save it anew as UTF-8."
                ) from error
            reason = Reason(f"its byte order mark says {encoding}", f"dấu thứ tự byte cho biết là {encoding}")
            return Decoded(text, encoding, False, reason)
    return None


def decode(data: bytes) -> Decoded:
    """`data` as text: UTF-8 or UTF-16 with or without a mark, windows-1258, TCVN3 or VNI, named in the result.

    Raises `UnreadableText` when the bytes are not text or fit no encoding well enough to be believed.
    """
    marked = _marked(data)
    if marked:
        return marked
    order = _utf16_order(data)
    if order:
        try:
            text = data.decode(order)
        except UnicodeDecodeError:
            text = "\x00"
        if _printable(text):
            return Decoded(
                text,
                order,
                True,
                Reason(
                    "no mark; every other byte is that of UTF-16",
                    "không có dấu thứ tự byte; các byte xen kẽ là của UTF-16",
                ),
            )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_legacy(data, error)
    if not _printable(text):
        raise UnreadableText(
            "The file holds control characters that text does not have: it is not a text file. "
            "Check that its name ends as its kind demands (.docx, .pdf, .xlsx …)."
        )
    if text.isascii():
        return Decoded(text, "utf-8", False, Reason("only ASCII characters", "chỉ có ký tự ASCII"))
    return mend_legacy(text) or Decoded(text, "utf-8", False, Reason("it is valid UTF-8", "là UTF-8 hợp lệ"))


def _decode_legacy(data: bytes, error: UnicodeDecodeError) -> Decoded:
    sample = data[:_SAMPLE].decode("latin-1")
    if not _printable(sample):
        raise UnreadableText(
            "The file is binary, not text. Check that its name ends as its kind demands (.docx, .pdf, .xlsx …)."
        ) from error
    if error.start > 1000 and error.start >= len(data) - 3:
        text = data[: error.start].decode("utf-8")
        reason = Reason("UTF-8 cut off inside its last character", "UTF-8, bị cắt ở giữa ký tự cuối")
        return Decoded(text, "utf-8", True, reason)
    readings = {"tcvn3": _from_tcvn3(sample), "vni": _from_vni(sample)}
    with suppress(UnicodeDecodeError):
        readings["windows-1258"] = _from_1258(data[:_SAMPLE])
    name, share, words = _best(readings)
    if words and share >= 0.6:
        latin = data.decode("latin-1")
        if name == "windows-1258":
            text = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
        else:
            text = _from_tcvn3(latin) if name == "tcvn3" else _from_vni(latin)
        return Decoded(text, name, True, _legacy_reason(name, share, words))
    if all(0x91 <= byte <= 0x97 or byte in (0x85, 0xA0, 0xA7) for byte in data if byte > 0x7F):
        reason = Reason("ASCII with typographic marks of windows-1252", "ASCII với dấu câu kiểu windows-1252")
        return Decoded(data.decode("cp1252"), "windows-1252", True, reason)
    raise UnreadableText(
        f"Byte {error.start} is not UTF-8, and read as windows-1258, TCVN3 or VNI too few words are Vietnamese "
        f"({share:.0%} of {words} at best). Open the file where it was made and save it as UTF-8."
    ) from error
