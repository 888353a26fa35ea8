"""Files over the real server: what was handed in comes back byte for byte, and half a file is never taken for one."""

from __future__ import annotations

import hashlib
import http.client
import io
import os
import socket
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import serving
from tests.conferences.live.under_way import TOKEN, UnderWay

pytestmark = pytest.mark.slow
NAME = "Kế hoạch số 5.docx"
MARK = "b" * 24


def docx(size: int) -> bytes:
    """A document of one sentence with a picture of so many random bytes."""
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{types}"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels"'
            f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png"'
            f' ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}" Target="word/document.xml"/>'
            "</Relationships>",
        )
        packed.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{w}"><w:body><w:p><w:r><w:t>1. Hoàn thành việc thử trong năm 2025.</w:t></w:r></w:p>'
            "</w:body></w:document>",
        )
        packed.writestr("word/media/image1.png", os.urandom(size))
    return held.getvalue()


def form(data: bytes) -> bytes:
    head = f'--{MARK}\r\nContent-Disposition: form-data; name="file"; filename="{NAME}"\r\n\r\n'
    return head.encode() + data + f"\r\n--{MARK}--\r\n".encode()


@dataclass
class Place:
    """A served instance, and somebody signed in."""

    server: serving.Server
    session: str
    files: Path

    def headers(self) -> dict[str, str]:
        cookie = f"sessionid={self.session}; csrftoken={TOKEN}"
        kind = f"multipart/form-data; boundary={MARK}"
        return {"Host": "127.0.0.1", "Cookie": cookie, "X-CSRFToken": TOKEN, "Content-Type": kind}

    def answer(
        self, method: str, path: str, body: bytes | None = None, **more: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=serving.LIMIT_S)
        connection.request(method, path, body, self.headers() | {k.replace("_", "-"): v for k, v in more.items()})
        answer = connection.getresponse()
        said = answer.read()
        connection.close()
        return answer, said

    def kept(self) -> set[str]:
        """The files that lie there, whole or not."""
        return {one.name for one in self.files.rglob("*") if one.is_file()}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("files")
    with serving.instance(folder) as environment:
        made = UnderWay.made(environment, sites=1)
        # What an upload holds meanwhile lies where the test can see it.
        (folder / "meanwhile").mkdir()
        server = serving.Server(environment | {"TMPDIR": str(folder / "meanwhile")}, serving.free_port())
        yield Place(server, made.chair, folder)
        server.kill()


def test_a_file_comes_back_byte_for_byte(place: Place):
    data = docx(7_000_000)
    sha256 = hashlib.sha256(data).hexdigest()
    answer, said = place.answer("POST", "/documents/register/", form(data))
    assert answer.status == 302, said.decode()[-3000:]
    path = f"/documents/files/{sha256}/"
    answer, body = place.answer("GET", path, Accept_Encoding="identity")
    assert answer.status == 200 and body == data
    assert answer.headers["Content-Length"] == str(len(data))
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    disposition = answer.headers["Content-Disposition"]
    assert disposition == "attachment; filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20s%E1%BB%91%205.docx"
    head, nothing = place.answer("HEAD", path)
    assert head.status == 200 and nothing == b"" and head.headers["Content-Length"] == str(len(data))
    # Parts of a file are not offered, and a whole one is not called a part.
    part, whole = place.answer("GET", path, Range="bytes=100-199", Accept_Encoding="identity")
    assert part.status == 200 and "Accept-Ranges" not in part.headers and whole == data


def test_a_part_of_a_static_file_is_that_part(place: Place):
    path = "/static/soichieu/tokens.css"
    _answer, whole = place.answer("GET", path)
    part, body = place.answer("GET", path, Range="bytes=10-29")
    assert part.status == 206 and body == whole[10:30]
    assert part.headers["Content-Range"] == f"bytes 10-29/{len(whole)}"


def test_half_a_file_is_not_kept(place: Place):
    body = form(docx(9_000_000))
    before = place.kept()
    head = "".join(f"{name}: {value}\r\n" for name, value in place.headers().items())
    with socket.create_connection(("127.0.0.1", place.server.port)) as line:
        line.sendall(f"POST /documents/register/ HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode())
        line.sendall(body[: len(body) // 2])
        end = time.monotonic() + 30
        while place.kept() == before:  # the half is on its way
            assert time.monotonic() < end
            time.sleep(0.02)
    while place.kept() != before:
        assert time.monotonic() < end, place.kept() - before
        time.sleep(0.02)
    assert "Traceback" not in place.server.said
    answer, _said = place.answer("GET", "/health")
    assert answer.status == 200
