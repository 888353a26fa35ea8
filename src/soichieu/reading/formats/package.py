"""A .docx unpacked within bounds."""

from __future__ import annotations

from lxml import etree

from ..errors import ZIP_FAULTS, DamagedFile, ProtectedFile, TooLarge
from ..limits import Limits
from .sniffing import GET_ANEW, open_zip


class Package:
    """A .docx, part by part, within the limits on what it may unpack to."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self._zip = open_zip(data, name)
        self._left = limits.unpacked_bytes
        entries = self._zip.infolist()
        if len(entries) > limits.parts:
            raise self._bomb(f"it holds {len(entries):,} parts, more than {limits.parts:,}")
        if any(entry.flag_bits & 1 for entry in entries):
            raise ProtectedFile(
                "its parts are encrypted", remedy="Save a copy without a password and give that", name=name
            )
        total = sum(entry.file_size for entry in entries)
        if total > limits.unpacked_bytes:
            raise self._bomb(f"it says it unpacks to {total:,} bytes, more than {limits.unpacked_bytes:,}")
        for entry in entries:
            if entry.file_size > 1_000_000 and entry.file_size > max(entry.compress_size, 1) * limits.ratio:
                raise self._bomb(f"part {entry.filename} unpacks to more than {limits.ratio} times its size")
        self.names = set(self._zip.namelist())

    def _bomb(self, problem: str) -> TooLarge:
        return TooLarge(
            f"{problem}: it looks like a zip bomb and was not unpacked",
            remedy="Do not open it; ask its sender. A real document can be saved anew in Word and given again",
            name=self.name,
        )

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, ``None`` when there is none; never more than the limit, whatever the directory says."""
        if part not in self.names:
            return None
        try:
            with self._zip.open(part) as stream:
                content = stream.read(self._left + 1)
        except ZIP_FAULTS as error:
            raise DamagedFile(
                f"this part cannot be unpacked ({error})", remedy=GET_ANEW, name=self.name, place=part
            ) from error
        self._left -= len(content)
        if self._left < 0:
            raise self._bomb(f"part {part} unpacks beyond {self.limits.unpacked_bytes:,} bytes")
        return content

    def xml(self, part: str) -> etree._Element | None:
        """A part as XML, without entities, network or hugely deep trees."""
        content = self.read(part)
        if content is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            return etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            line = getattr(error, "lineno", 0) or 0
            raise DamagedFile(
                f"this part is not whole XML ({error})", remedy=GET_ANEW, name=self.name, place=f"{part}, line {line}"
            ) from error
