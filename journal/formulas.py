"""What a spreadsheet would take for a formula, and the apostrophe that makes it text: one rule for all our tables.

Pure: no models, no queries.
"""

import re

# Some of them also written wide.
SIGNS = r"=+\-@|%\uff1d\uff0b\uff0d\uff20"
# An apostrophe that was there already gets another one, so that what goes out can come in again.
START = re.compile(rf"[' \u00a0]*[{SIGNS}\t\r\n]")
MARKED_START = re.compile(rf"'[' \u00a0]*[{SIGNS}\t\r\n]")
# Where ";" parts the cells, as in many countries, a cell begins behind one too; and on a new line. Looked for once in
# each gap between words, so that a cell of a thousand line ends takes no time.
GAP = re.compile(rf"(?<![;\s\"'])[;\s\"']++(?=[{SIGNS}])")
PARTS = re.compile(r"[;\t\r\n]")


def escape(text: str) -> str:
    """The text with an apostrophe before each part that could be a formula."""
    lead = len(text) - len(text.lstrip())
    text = text[:lead] + GAP.sub(lambda gap: gap[0] + "'" if PARTS.search(gap[0]) else gap[0], text[lead:])
    return f"'{text}" if START.match(text) else text


def unescape(text: str) -> str:
    """The text before `escape`."""
    text = text[1:] if MARKED_START.match(text) else text
    lead = len(text) - len(text.lstrip())
    return text[:lead] + GAP.sub(lambda gap: gap[0].removesuffix("'") if PARTS.search(gap[0]) else gap[0], text[lead:])
