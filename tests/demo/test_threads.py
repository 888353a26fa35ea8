"""From any page on two past dates the way on keeps them, and no count stands without its way or its rule."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.demo.crawl import Body
from tests.demo.loaded import environment_of

ROOT = Path(__file__).parents[2]


def test_no_page_drops_the_dates_and_no_count_is_without_its_way(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.demo.crawl", "3"], env=environment_of(home), cwd=ROOT, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    walked = dict(one.rsplit(" ", 1) for one in done.stderr.strip().splitlines()[-1].split(", "))
    for page in ("board:board", "board:thread", "board:obligation", "board:entry", "board:unit", "documents:edition",
                 "findings:follow-up", "plans:review", "links:table"):  # fmt: skip
        assert int(walked.get(page, 0)) >= 2, f"{page} was not walked: {walked}"


def test_the_walk_sees_what_it_is_to_name() -> None:
    body = Body()
    body.feed(
        '<nav><a href="/out/">1</a></nav><main><p class="nof"><b>7</b> <i>of <a href="/all/">9</a></i></p>'
        '<section data-now><a href="/today/">x</a></section><p class="rule-text">Done.</p></main>'
    )
    assert [href for href, _classes in body.links] == ["/all/"]
    assert len(body.bare) == 1 and body.bare[0].endswith("7") and body.rules == 1
