"""The product's settings with the peer's streams."""

from soichieu.settings import *  # noqa: F403

ROOT_URLCONF = "bench.live.peer_urls"
