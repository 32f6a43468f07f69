"""The words of the pages in their languages, without GNU gettext.

    python -m tests.catalog update     brings each locale/*/LC_MESSAGES/django.po up to what the code says
    python -m tests.catalog prune      the same, and forgets what the code no longer says
    python -m tests.catalog compile    writes the django.mo beside each

A message with new words starts untranslated, never guessed. A new language is a new folder in locale/.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import template

BASE_DIR = Path(__file__).resolve().parent.parent
LOCALE_DIR = BASE_DIR / "locale"
PYTHON_DIRS = ("config", "accounts", "journal")
TEMPLATE_DIR = "templates"

# Django's names for gettext, and where each takes a context, a singular and a plural.
KEYWORDS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}


class StableCatalog(Catalog):
    """A catalog whose header says nothing that changes with the clock or the tool."""

    def __init__(self, locale: str) -> None:
        super().__init__(locale, domain="django", fuzzy=False, header_comment=f"# Most of the Time: {locale}")

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]


def languages() -> list[str]:
    """The languages that have a folder in locale/."""
    return sorted(folder.name for folder in LOCALE_DIR.iterdir() if folder.is_dir())


def sources(base_dir: Path = BASE_DIR) -> Iterator[tuple[str, str]]:
    """Path and Python text of every file that may say something, templates turned into Python."""
    for folder in PYTHON_DIRS:
        for path in sorted((base_dir / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(base_dir).as_posix(), path.read_text()
    for path in sorted((base_dir / TEMPLATE_DIR).rglob("*")):
        if path.suffix in {".html", ".txt"}:
            name = path.relative_to(base_dir).as_posix()
            code = template.templatize(path.read_text(), origin=name)
            # What stood between the tags is indented as it was, which Python's tokenizer would refuse.
            yield name, re.sub(r"^[ \t]+", "", code, flags=re.MULTILINE)


def extracted(language: str, base_dir: Path = BASE_DIR) -> Catalog:
    """Every message the code says, none of them translated."""
    catalog = StableCatalog(language)
    for name, code in sources(base_dir):
        found = extract("python", io.BytesIO(code.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"})
        for _line, identity, comments, context in found:
            catalog.add(identity, None, [(name, 0)], auto_comments=comments, context=context)
    return catalog


def po_path(language: str) -> Path:
    return LOCALE_DIR / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The translations as they are kept; empty for a language that has none yet."""
    path = po_path(language)
    if not path.exists():
        return StableCatalog(language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def merged(new: Catalog, kept: Catalog) -> Catalog:
    """The new messages with the kept translations; what is no longer said goes among the obsolete."""
    old = {(message.id, message.context): message for message in [*kept.obsolete.values(), *messages(kept)]}
    for message in messages(new):
        translation = old.pop((message.id, message.context), None)
        if translation:
            message.string, message.user_comments = translation.string, translation.user_comments
            message.flags |= translation.flags & {"fuzzy"}
    new.obsolete |= {key: message for key, message in old.items() if is_translated(message)}
    return new


def messages(catalog: Catalog) -> list[Message]:
    """All but the header."""
    return [message for message in catalog if message.id]


def strings(message: Message) -> list[str]:
    """The translation, one string for each plural form; empty strings where it is missing."""
    return list(message.string) if message.pluralizable else [message.string]


def is_translated(message: Message) -> bool:
    return all(strings(message)) and not message.fuzzy


def po_bytes(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, catalog, width=110, include_lineno=False, sort_output=True)
    return file.getvalue().rstrip() + b"\n"


def mo_bytes(language: str) -> bytes:
    """What the kept translations compile to."""
    catalog = StableCatalog(language)
    for message in messages(read(language)):
        catalog[message.id] = message
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def main(command: str) -> None:
    for language in languages():
        path = po_path(language)
        if command == "compile":
            path.with_suffix(".mo").write_bytes(mo_bytes(language))
            continue
        catalog = merged(extracted(language), read(language))
        if command == "prune":
            catalog.obsolete.clear()
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(po_bytes(catalog))
        missing = sum(not is_translated(message) for message in messages(catalog))
        print(f"{language}: {len(catalog)} messages, {missing} to translate, {len(catalog.obsolete)} no longer said")


if __name__ == "__main__":
    if sys.argv[1:] not in (["update"], ["prune"], ["compile"]):
        sys.exit(__doc__)
    main(sys.argv[1])
