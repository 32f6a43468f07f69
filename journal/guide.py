"""Guide texts are plain text with three signs: a blank line parts paragraphs, `## ` heads, `- ` lists."""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Block(NamedTuple):
    """A heading or paragraph with its words, or a list with its items. Never markup: templates escape it."""

    kind: str
    content: str | list[str]


def blocks(text: str) -> Iterator[Block]:
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        while lines and lines[0].startswith("## "):
            yield Block("heading", lines.pop(0)[3:])
        if lines and all(line.startswith("- ") for line in lines):
            yield Block("list", [line[2:] for line in lines])
        elif lines:
            yield Block("paragraph", " ".join(lines))
