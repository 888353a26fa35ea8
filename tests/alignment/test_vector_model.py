"""A sentence model behind an address on the user's own network: a real server, a real request."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from soichieu.alignment import Item, Provision, align
from soichieu.alignment.vector_model import UnusableModel, embedder_at

WORDS = ("mèo", "chó", "cá")
SAME = {"miu": "mèo", "cún": "chó", "tôm": "cá"}


class Model(BaseHTTPRequestHandler):
    """Says of each text which animals it names, by whichever word; broken on demand."""

    def do_POST(self):  # the name that http.server calls
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["texts"]
        self.server.asked += len(asked)
        plain = [" ".join(SAME.get(word, word) for word in text.casefold().split()) for text in asked]
        vectors = [[float(word in text) for word in WORDS] for text in plain]
        answer = {"/vectors": {"vectors": vectors}, "/few": {"vectors": vectors[1:]}, "/other": {"data": vectors}}
        self.send_response(200 if self.path in answer else 500)
        self.end_headers()
        self.wfile.write(json.dumps(answer.get(self.path, {})).encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    running = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    running.asked = 0
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


def address(server, path="/vectors"):
    return f"http://127.0.0.1:{server.server_port}{path}"


ITEMS = [Item("1", "nuôi miu"), Item("2", "nuôi cún"), Item("3", "nuôi tôm")]
PROVISIONS = [Provision("a", "chăm cá"), Provision("b", "chăm chó"), Provision("c", "chăm mèo")]


def test_its_vectors_are_one_more_way_of_looking(server):
    found = align(ITEMS, PROVISIONS, embedder=embedder_at(address(server)))
    assert [found.of(item.id)[0].right for item in ITEMS] == ["c", "b", "a"]
    assert dict(found.reasons("1", "c").parts)["model"] > 0
    assert server.asked == 6
    without = align(ITEMS, PROVISIONS)
    assert "model" not in dict(without.reasons("1", "c").parts)


@pytest.mark.parametrize(
    ("path", "said"), [("/few", "vectors for"), ("/other", "something else"), ("/nowhere", "does not answer")]
)
def test_a_model_that_fails_is_named(server, path, said):
    with pytest.raises(UnusableModel, match=said):
        align(ITEMS, PROVISIONS, embedder=embedder_at(address(server, path)))


def test_a_server_that_is_not_there_is_named():
    with pytest.raises(UnusableModel, match="does not answer"):
        align(ITEMS, PROVISIONS, embedder=embedder_at("http://127.0.0.1:9/vectors"))


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnusableModel, match="no folder"):
        embedder_at(str(tmp_path / "model"))


def test_vectors_that_are_no_numbers_are_refused():
    with pytest.raises(UnusableModel, match="finite"):
        align(ITEMS, PROVISIONS, embedder=lambda texts: np.full((len(texts), 2), np.nan))
