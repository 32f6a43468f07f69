"""Static files as they are served: compressed, under a name of their content, the styles of most pages in one file.

Each component keeps a file of its own; on a slow line each file more would cost a request before the first word shows.
"""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What most pages are made of, in the order of their layers. The styles of a few pages stand in the head of those.
STYLES = ("tokens", "base", "nav", "button", "card", "moment", "week", "form", "chips", "notice", "print")
JOINED = "css/house.css"


class HouseStorage(CompressedManifestStaticFilesStorage):
    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            self.delete(JOINED)
            self.save(JOINED, ContentFile(join(paths)))
            paths[JOINED] = (self, JOINED)
        yield from super().post_process(paths, dry_run, **options)  # type: ignore[no-untyped-call]


def join(paths: dict[str, Any]) -> bytes:
    """The styles one after the other, from where `collectstatic` found them."""
    parts = []
    for name in STYLES:
        storage, path = paths[f"css/{name}.css"]
        with storage.open(path) as file:
            parts.append(file.read())
    return b"\n".join(parts)
