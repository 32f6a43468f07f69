"""Loads the starting content: questions, guide texts, help lines and the program's sentence.

Each piece is remembered by its key with a digest of what was loaded. Loaded again, a piece is added when it is new,
renewed when a release changed it and nobody else did, and left alone otherwise: an editor's change, or a row they
took away, stays as they left it.
"""

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from journal.models import GuideText, HelpLine, HelpText, LoadedContent, ProgramText, Prompt, PromptText, Theme

# How much of a text `load_content --show` tells.
SHOWN = 160
CONTENT = Path(__file__).parent / "content"
# The help page's own words without a number: kept as rows beside the lines.
CARDS = {"card": ("card_a", {"on_page": False, "on_card": True}), "pause": ("pause", {"on_page": False})}


@dataclass(frozen=True)
class Piece:
    """A row of starting content: what finds it, and what it holds."""

    model: Any
    names: dict[str, Any]
    holds: dict[str, Any]

    @property
    def key(self) -> str:
        return ":".join([self.model.__name__, *map(str, self.names.values())])

    @property
    def digest(self) -> str:
        return digest_of(self.holds)

    def find(self) -> Any:
        """The row as it is now, the newest version of it."""
        return self.model.objects.filter(**self.names).order_by("pk").last()

    def is_as_loaded(self, row: Any, loaded: str) -> bool:
        return digest_of({name: getattr(row, name) for name in self.holds}) == loaded

    @staticmethod
    def in_words(values: dict[str, Any]) -> str:
        return ", ".join(f"{name} = {str(value)[:SHOWN]!r}" for name, value in values.items())

    def difference(self, row: Any) -> str:
        """What renewing would change in the row."""
        changed = {name: value for name, value in self.holds.items() if str(getattr(row, name)) != str(value)}
        before = {name: getattr(row, name) for name in changed}
        return f"{self.in_words(before)} becomes {self.in_words(changed)}"

    def add(self) -> None:
        first_time = {"published_at": timezone.now()} if self.model is Prompt else {}
        self.model.objects.create(**self.names, **self.holds, **first_time)

    def renew(self, row: Any) -> None:
        if isinstance(row, PromptText | ProgramText):
            row.reword(self.holds["text"])
        else:
            self.model.objects.filter(pk=row.pk).update(**self.holds)


@dataclass
class Counts:
    """Pieces by what became of them."""

    added: int = 0
    renewed: int = 0
    left: int = 0
    # One line for each piece that is added or renewed, or would be but for an editor.
    told: list[str] = field(default_factory=list)
    to_remember: list[LoadedContent] = field(default_factory=list)


def load_all() -> Counts:
    """Load every piece; the caller holds the transaction."""
    counts = Counts()
    loaded = dict(LoadedContent.objects.values_list("key", "digest"))
    for pieces in (themes, guide_texts, prompts, prompt_texts, help_lines, help_texts, program_texts):
        for piece in pieces():
            load(piece, loaded.get(piece.key), counts)
    LoadedContent.objects.bulk_create(
        counts.to_remember, update_conflicts=True, unique_fields=["key"], update_fields=["digest", "loaded_at"]
    )
    return counts


def load(piece: Piece, loaded: str | None, counts: Counts) -> None:
    row = None if loaded == piece.digest else piece.find()
    if loaded is None and row is None:
        counts.told.append(f"add {piece.key}: {piece.in_words(piece.holds)}")
        piece.add()
        counts.added += 1
    elif loaded and row is not None and piece.is_as_loaded(row, loaded):
        counts.told.append(f"renew {piece.key}: {piece.difference(row)}")
        piece.renew(row)
        counts.renewed += 1
    else:
        if loaded and loaded != piece.digest:
            counts.told.append(f"leave {piece.key}: {'an editor changed it' if row else 'an editor took it away'}")
        counts.left += 1
        return
    counts.to_remember.append(LoadedContent(key=piece.key, digest=piece.digest))


def digest_of(values: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


@cache
def read_json(name: str) -> Any:
    return json.loads((CONTENT / name).read_text(encoding="utf-8"))


@cache
def read_prompts() -> list[dict[str, str]]:
    with (CONTENT / "prompts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def under(model: Any, rows: list[Any], name: str = "slug") -> Iterator[tuple[int, Any]]:
    """What hangs on rows of this model: the row's id with it. What an editor took away takes along what hung on it."""
    ids = dict(model.objects.values_list("slug", "pk"))
    return ((ids[row[name]], row) for row in rows if row[name] in ids)


def themes() -> Iterator[Piece]:
    for position, theme in enumerate(read_json("guide.json"), 1):
        yield Piece(Theme, {"slug": theme["slug"]}, {"position": position})


def guide_texts() -> Iterator[Piece]:
    for theme_id, theme in under(Theme, read_json("guide.json")):
        for language, text in theme["texts"].items():
            yield Piece(GuideText, {"theme_id": theme_id, "language": language}, text)


def prompts() -> Iterator[Piece]:
    for theme_id, row in under(Theme, read_prompts(), "theme"):
        holds = {
            "theme_id": theme_id,
            "kind": row["kind"],
            "age_min_months": int(row["age_min_months"]),
            "age_max_months": int(row["age_max_months"]),
            "source_section": row["source_section"],
        }
        yield Piece(Prompt, {"slug": row["slug"]}, holds)


def prompt_texts() -> Iterator[Piece]:
    for prompt_id, row in under(Prompt, read_prompts()):
        for language, _name in settings.LANGUAGES:
            yield Piece(PromptText, {"prompt_id": prompt_id, "language": language}, {"text": row[f"text_{language}"]})


def help_lines() -> Iterator[Piece]:
    lines = read_json("help.json")
    for position, line in enumerate(lines["lines"], 1):
        checked = line["checked_on"]
        holds = {
            "region": line["region"],
            "languages": ", ".join(line["languages"]),
            "position": position,
            "on_page": line["on_page"],
            "on_card": line["on_card"],
            "checked_on": date.fromisoformat(checked) if checked else None,
        }
        yield Piece(HelpLine, {"slug": line["slug"]}, holds)
    for slug, (_name, places) in CARDS.items():
        holds = {"region": lines["region"], "languages": "en, es", "position": 0, "on_card": False, **places}
        yield Piece(HelpLine, {"slug": slug}, holds)


def help_texts() -> Iterator[Piece]:
    content = read_json("help.json")
    for line_id, line in under(HelpLine, content["lines"]):
        for language, text in line["texts"].items():
            numbers = {name: text.get(name, line[name]) for name in ("call", "text_to", "text_body")}
            words = {name: text[name] for name in ("question", "answer", "name")}
            yield Piece(HelpText, {"line_id": line_id, "language": language}, words | numbers)
    cards = [{"slug": slug, "texts": content["cards"][name]} for slug, (name, _places) in CARDS.items()]
    for line_id, card in under(HelpLine, cards):
        for language, text in card["texts"].items():
            yield Piece(HelpText, {"line_id": line_id, "language": language}, {"answer": text})


def program_texts() -> Iterator[Piece]:
    for language, text in read_json("program.json").items():
        yield Piece(ProgramText, {"language": language}, {"text": text})
