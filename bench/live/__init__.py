"""A conference of 700 sites, live: from the chair's press to the part that shows it, at every site.

The server is ``soichieu serve`` as it is: one process on SQLite, then two of them on PostgreSQL. The chair's key is a
POST of the chair's desk; each site has its own account and session, and reads the stream of its own page. A tenth of
the sites drops every five seconds and comes back within one (to the other server, where there are two). Every site must
have been told every line of the book once, in order, and all must show the same at the end. The peer is the same
fan-out by Django's own StreamingHttpResponse, without drops, on the same instance. A site that is not there after 90 s
counts as one that missed everything.

``LIVE_SITES`` (700) and ``LIVE_SECONDS`` (120) make it shorter. Each case ends in a line of JSON.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from bench.harness import Timing, note, report

SITES = int(os.environ.get("LIVE_SITES", "700"))
SECONDS = float(os.environ.get("LIVE_SECONDS", "120"))
EVERY_S = 1.0
DROP_SHARE, DROP_EVERY_S = 0.1, 5.0
PEER_SECONDS, PEER_EVERY_S = min(SECONDS, 24.0), 2.0
PARTS = 4  # of a site's page
TOKEN = "m" * 32  # against forged forms: whoever sends it in the cookie and in the header is the same page


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="soichieu-live-") as folder:
        environment = _environment(Path(folder) / "home")
        instance = _instance(environment)
        ours = _case(instance, environment, Path(folder), processes=1)
        peer = _peer(instance, environment, Path(folder))
        _compare("one process, SQLite", ours, peer, processes=1)
    with tempfile.TemporaryDirectory(prefix="soichieu-live-") as folder, _postgres() as url:
        environment = _environment(Path(folder) / "home") | {"DATABASE_URL": url}
        instance = _instance(environment)
        ours = _case(instance, environment, Path(folder), processes=2)
        peer = _peer(instance, environment, Path(folder))
        _compare("two processes, PostgreSQL", ours, peer, processes=2)


def _postgres() -> AbstractContextManager[str]:
    """Ours stays far under the hundred connections of a PostgreSQL as it comes; the peer takes one for each stream."""
    from tools import postgres

    return postgres.server(max_connections=str(2 * SITES))


def _environment(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SOICHIEU", "DATABASE", "DJANGO"))}
    return {**kept, "SOICHIEU_HOME": str(home)}


def _instance(environment: dict[str, str]) -> dict[str, Any]:
    began = time.monotonic()
    command = [sys.executable, "-m", "bench.live.instance", str(SITES)]
    made = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    note(f"live: an instance with {SITES} sites made in {time.monotonic() - began:.0f} s")
    found: dict[str, Any] = json.loads(made.stdout)
    return found


def _case(instance: dict[str, Any], environment: dict[str, str], folder: Path, processes: int) -> dict[str, Any]:
    with contextlib.ExitStack() as stack:
        ports = [stack.enter_context(_server(environment, _serve)) for _process in range(processes)]
        return _run(instance, folder, ports, SECONDS, EVERY_S, DROP_SHARE)


def _peer(instance: dict[str, Any], environment: dict[str, str], folder: Path) -> dict[str, Any]:
    with _server(environment | {"DJANGO_SETTINGS_MODULE": "bench.live.peer_settings"}, _serve_peer) as port:
        return _run(instance, folder, [port], PEER_SECONDS, PEER_EVERY_S, 0.0)


def _serve(port: int) -> list[str]:
    return [sys.executable, "-m", "soichieu.cli", "serve", "--port", str(port), "--workers", "1"]


def _serve_peer(port: int) -> list[str]:
    options = ["--interface", "asgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    options += ["--backlog", "8192", "--backpressure", "8192", "--workers-kill-timeout", "2", "--log-level", "error"]
    return [sys.executable, "-m", "granian", *options, "bench.live.peer:application"]


@contextmanager
def _server(environment: dict[str, str], command: Any) -> Iterator[tuple[int, int]]:
    """(port, process id) of a server that answers."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(command(port), env=environment, stdout=subprocess.DEVNULL)
    try:
        for _try in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=30).read()
                break
            except OSError:
                time.sleep(0.05)
        else:
            raise RuntimeError("the server did not come up")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def _run(
    instance: dict[str, Any], folder: Path, servers: list[tuple[int, int]], seconds: float, every_s: float, drops: float
) -> dict[str, Any]:
    ports = [port for port, _pid in servers]
    for port in ports:
        _press(instance, port, {"act": "nothing"}, expect=422)  # the desk's own caches are warm, as on the day
    before = sum(_resident_mb(pid) for _port, pid in servers)
    plan = {
        "ports": ports,
        "path": f"/live/conference/{instance['key']}/site/",
        "after": instance["position"],
        "sites": instance["sites"],
        "parts": PARTS,
        "drop_share": drops,
        "drop_every_s": DROP_EVERY_S,
    }
    where = folder / "plan.json"
    where.write_text(json.dumps(plan))
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-m", "bench.live.sites", str(where)], **pipes) as sites:
        ready = json.loads(sites.stdout.readline())  # type: ignore[union-attr]
        held = sum(_resident_mb(pid) for _port, pid in servers) - before
        posts = _presses(instance, ports, seconds, every_s)
        out, _err = sites.communicate(json.dumps({"posts": posts, "position": instance["position"]}) + "\n")
    seen: dict[str, Any] = json.loads(out)
    return {**seen, "ready_s": ready["ready_s"], "mb": held, "presses": len(posts)}


def _presses(instance: dict[str, Any], ports: list[int], seconds: float, every_s: float) -> list[list[Any]]:
    """The chair calls one line of the agenda after the other. (position, item, the moment before it was sent)."""
    posts: list[list[Any]] = []
    begins = time.monotonic() + 1.0
    while (due := begins + len(posts) * every_s) < begins + seconds:
        time.sleep(max(0.0, due - time.monotonic()))
        instance["turn"] = instance.get("turn", -1) + 1
        item = instance["items"][instance["turn"] % len(instance["items"])]
        moment = time.monotonic()
        _press(instance, ports[len(posts) % len(ports)], {"call": item}, expect=200)
        instance["position"] += 1
        posts.append([instance["position"], item, moment])
    return posts


def _press(instance: dict[str, Any], port: int, fields: dict[str, str], expect: int) -> None:
    body = "&".join(f"{name}={value}" for name, value in fields.items())
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={instance['chair']}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
    }
    if expect == 200:
        headers["HX-Request"] = "true"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", f"/conferences/{instance['key']}/chair/", body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    if answer.status != expect:
        raise RuntimeError(f"the chair's press {fields} was answered with {answer.status}: {text[:500]}")


def _resident_mb(pid: int) -> float:
    """Of a process and those it started."""
    total, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        with contextlib.suppress(OSError):
            status = Path(f"/proc/{one}/status").read_text()
            total += int(status.split("VmRSS:")[1].split()[0]) / 1024
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
    return total


def _compare(case: str, ours: dict[str, Any], peer: dict[str, Any], processes: int) -> None:
    for name, seen in (("ours", ours), ("peer", peer)):
        spread = "/".join(f"{1000 * _percentile(seen, at):.0f}" for at in (50, 95, 99, 100))
        note(
            f"live {case}, {name}: {len(seen['latencies'])} arrivals of {seen['presses']} presses,"
            f" p50/p95/p99/max {spread} ms, never {seen['never']};"
            f" {seen['connections']} connections, refused {seen['refused']};"
            f" all there {seen['ready_s']:.1f} s after the first came; faces that differ: {seen['faces'] - 1}"
        )
    if ours["latencies"] and peer["latencies"]:
        both = Timing(tuple(ours["latencies"]), tuple(peer["latencies"]))
        report("live", case, "Django's StreamingHttpResponse", both)
    if ours["missed"] or ours["never"] or ours["faces"] != 1:
        note("live: sites MISSED something")
    p95, peer_p95 = (1000 * _percentile(one, 95) for one in (ours, peer))
    line: dict[str, Any] = {
        "bench": "live",
        "sites": SITES,
        "processes": processes,
        "p95_ms": round(p95, 1),
        "missed": ours["missed"] + ours["never"],
        "mb_per_site": round(ours["mb"] / SITES, 3),
        "peer_p95_ms": round(peer_p95, 1),
        "peer_missed": peer["missed"] + peer["never"],
        "ratio": round(p95 / peer_p95, 4),
    }
    # Where nothing arrived there is no figure.
    print(json.dumps({name: None if value != value else value for name, value in line.items()}), flush=True)


def _percentile(seen: dict[str, Any], at: float) -> float:
    return float(np.percentile(seen["latencies"], at)) if seen["latencies"] else float("nan")
