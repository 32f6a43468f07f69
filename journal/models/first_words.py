"""What a moment keeps of how it was first written, once it is changed: a mark, to know it again by."""

from hashlib import sha256
from typing import Any

# Parts of the content that no form sends: the question that came with it, and the mark of what was written first.
NOT_SENT = ("question", "first")
MARKED = ("kind", "child_id", "repairs_id", "starred", "content")


def mark_of(values: dict[str, Any]) -> str:
    """Knows what was written, and does not tell it: a phone may bring it once more after it was changed."""
    parts = {name: part for name, part in values["content"].items() if part and name not in NOT_SENT}
    told = [str(values[name]) for name in MARKED if name != "content"]
    return sha256(repr((told, sorted(parts.items()))).encode()).hexdigest()
