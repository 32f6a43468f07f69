"""The readable journal: one HTML file with its style inside it, no script, nothing fetched, made to be printed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, gettext

from journal.choices import LABELS
from journal.models import Moment, Opened

# No sign in it that HTML would escape.
STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; } h3 { font-size: 1rem; margin: 0; }
article, .share { border-top: 1px solid; padding: .75rem 0; break-inside: avoid; overflow-wrap: anywhere; }
.share { break-inside: auto; }
.words { white-space: pre-wrap; margin: .4rem 0; } .soft { font-size: .9rem; margin: .2rem 0; }
ul { padding-inline-start: 1.2rem; }
@page { margin: 16mm; }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } }
"""
# Whatever a browser thinks it found in the words: nothing runs and nothing is asked for.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def begin() -> SafeString:
    """Up to where the moments begin."""
    return format_html(
        '<!doctype html>\n<html lang="{}" dir="{}">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="{}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n',
        get_language(),
        "rtl" if get_language_bidi() else "ltr",
        POLICY,
        gettext("Notes"),
        STYLE,
    )


def end() -> str:
    return "</main>\n</body>\n</html>\n"


def cover(*, children: Sequence[dict[str, Any]], total: int) -> str:
    page = {"children": children, "total": total, "today": timezone.localdate()}
    return render_to_string("journal/takeout/cover.html", page)


def chapter(moments: Sequence[Moment], before: date | None) -> str:
    """Moments in a row, under the months they fall in; `before` is the day of the one that came before them."""
    told, month = [], before and (before.year, before.month)
    for moment in moments:
        new_month = (moment.happened_on.year, moment.happened_on.month)
        told.append({"moment": moment, "month": moment.happened_on if new_month != month else None, **words(moment)})
        month = new_month
    return render_to_string("journal/takeout/moments.html", {"told": told})


def words(moment: Any) -> dict[str, Any]:
    """What stands around a moment's text."""
    chips = [LABELS[name].get(getattr(moment, name), getattr(moment, name)) for name in LABELS]
    return {
        "time": date_format(moment.local_time, "TIME_FORMAT"),
        "chips": " · ".join(str(chip) for chip in chips if chip),
        "mends_on": moment.mends_on,
    }


def readers(shares: Sequence[dict[str, Any]]) -> str:
    """Who read along: what was agreed to, the visits, the notes, and every page that was opened."""
    told = [{**share, "asked": share["visits"], "said": share["notes"], "seen": share["readings"]} for share in shares]
    return render_to_string("journal/takeout/readers.html", {"shares": told, "opened": Opened.choices})
