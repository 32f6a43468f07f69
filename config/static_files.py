"""Static files as they are served: compressed, under a name of their content, the styles of most pages in one file.

Each component keeps a file of its own; on a slow line each file more would cost a request before the first word shows.
Scripts go without their lines of comment, a fifth of what a phone would load.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What most pages are made of, in the order of their layers. The styles of a few pages stand in the head of those.
STYLES = ("tokens", "base", "nav", "button", "card", "moment", "week", "form", "chips", "notice", "print")
JOINED = "css/house.css"
SCRIPTS = "js/"
COMMENT = re.compile(rb"^[ \t]*//.*\n", re.MULTILINE)


class HouseStorage(CompressedManifestStaticFilesStorage):
    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            self.put(paths, JOINED, b"\n".join(read(paths, f"css/{name}.css") for name in STYLES))
            for name in [name for name in paths if name.startswith(SCRIPTS)]:
                self.put(paths, name, without_comments(read(paths, name)))
        yield from super().post_process(paths, dry_run, **options)  # type: ignore[no-untyped-call]

    def put(self, paths: dict[str, Any], name: str, content: bytes) -> None:
        """In the place of what was collected under that name."""
        self.delete(name)
        self.save(name, ContentFile(content))
        paths[name] = (self, name)


def read(paths: dict[str, Any], name: str) -> bytes:
    """A file from where `collectstatic` found it."""
    storage, path = paths[name]
    with storage.open(path) as file:
        return bytes(file.read())


def without_comments(script: bytes) -> bytes:
    return COMMENT.sub(b"", script)
