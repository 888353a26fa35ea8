"""Old Word files (.doc), .odt and .rtf: turned into .docx by LibreOffice where it is on the machine."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from ..blocks import Extract
from ..errors import DamagedFile, UnsupportedFile
from ..limits import Limits
from . import docx

_PLACES = ("/usr/bin/soffice", "/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice",
           "/Applications/LibreOffice.app/Contents/MacOS/soffice")  # fmt: skip


def find_office() -> str | None:
    """LibreOffice's command, if it is here."""
    for command in ("soffice", "libreoffice"):
        found = shutil.which(command)
        if found:
            return found
    return next((place for place in _PLACES if Path(place).exists()), None)


def read(data: bytes, name: str, limits: Limits, kind: str) -> Extract:
    """Convert and read. Without LibreOffice it says so and what to do; nothing is guessed from the bytes."""
    office = find_office()
    if office is None:
        raise UnsupportedFile(
            f"a .{kind} file is read through LibreOffice, which is not on this machine",
            remedy="Open it in Word or LibreOffice and save it as .docx, or install LibreOffice (soffice)",
            name=name,
        )
    with tempfile.TemporaryDirectory(prefix="soichieu-read-") as folder:
        source = Path(folder, f"source.{kind}")
        source.write_bytes(data)
        command = [
            office,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            done = subprocess.run(command, capture_output=True, timeout=limits.convert_seconds, check=False)
        except (subprocess.TimeoutExpired, OSError) as error:
            raise DamagedFile(
                f"LibreOffice did not turn it into .docx within {limits.convert_seconds:.0f} s",
                remedy="Open it there by hand and save it as .docx",
                name=name,
            ) from error
        target = Path(folder, "source.docx")
        if not target.exists():
            said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()[-200:]
            raise DamagedFile(
                f"LibreOffice could not turn it into .docx ({said or 'it gave no reason'})",
                remedy="Open it there by hand and save it as .docx",
                name=name,
            )
        converted = target.read_bytes()
    extract = docx.read(converted, name, limits)
    extract.reader = kind
    extract.warnings.insert(0, f"Read through LibreOffice from .{kind}; automatic numbers are those it wrote.")
    return extract
