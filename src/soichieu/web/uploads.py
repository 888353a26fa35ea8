"""Uploads that are cut off: what had come of them leaves the disk at once."""

from __future__ import annotations

from typing import Any

from django.core.handlers.wsgi import WSGIRequest


class Request(WSGIRequest):
    """A request whose upload, when it fails in the middle, holds nothing any more.

    Django closes the files of an upload that came whole and of one that it refuses. One whose client went away it
    leaves to the garbage collector, and until that comes by, up to 200 MB of half a file stay on the disk for each.
    """

    def parse_file_upload(self, META: Any, post_data: Any) -> Any:
        """The fields and files of the body; whatever it raises, the files are closed, and so removed."""
        try:
            return super().parse_file_upload(META, post_data)
        except BaseException:
            for handler in self.upload_handlers:
                file = getattr(handler, "file", None)
                if file is not None:
                    file.close()
            raise
