"""Who may open what of sharing: rows of the access table.

Statuses stand in this order: parent, stranger, editor, superuser, anonymous; then, of those who read, READERS.
The parent has a second factor, and so have the readers; the stranger, editor and superuser are sent to set one up.
"""

from typing import NamedTuple

# By what became of their share; the first two alone can read. `both` keeps a journal too, and shares of it.
# The neighbour reads another family, and names this one.
READERS = ("visitor", "both", "former", "requested", "run_out", "neighbour")

ALL, ALL_READERS = "200 200 200 200 302", "200 200 200 200 200 200"
SENT_ON, READERS_SENT_ON = "302 302 302 302 302", "302 302 302 302 302 302"
REFUSED, READERS_REFUSED = "422 422 422 422 302", "422 422 422 422 422 422"
NO_METHOD, NO_METHOD_READERS = "405 405 405 405 302", "405 405 405 405 405 405"
MINE, MINE_SENT, NO_READERS = "200 404 404 404 302", "302 404 404 404 302", "404 404 404 404 404 404"
NOBODYS = "404 404 404 404 302"
GUARDED, GUARDED_LIST = "404 302 302 302 302", "200 302 302 302 302"
READS, TELLS, EXISTS, IS_REFUSED = (f"{status} {status} 404 404 404 404" for status in (200, 302, 204, 422))
# Asked for and not ended: either can still end it.
ENDS, ENDED = "200 200 404 200 200 404", "302 302 404 302 302 404"

NOTE = {"text": "Hello"}
YES = {"children": "none", "signed_name": "Jess", "ends_on": "2026-06-02"}
SHARE, FAMILY, WEEK = "/sharing/{share}/", "/families/{share}/", "weeks/2026-03-02/"


class Row(NamedTuple):
    """A route of sharing: statuses of GET and POST, what is sent, what the parent's GET and the visitor's GET show."""

    name: str
    path: str
    statuses: tuple[str, str]
    of_readers: tuple[str, str]
    sent: dict[str, str] = {}
    shows: str = ""
    readers_see: str = ""


ROWS = [
    Row(
        "moment-sharing", "/moments/{moment}/sharing/", (MINE, MINE_SENT), (NO_READERS, NO_READERS), {}, "name text", ""
    ),
    Row("moment-sharing-scary", "/moments/{moment}/sharing/scary/", (MINE_SENT, MINE_SENT), (NO_READERS, NO_READERS)),
    Row(
        "week-sharing",
        "/weeks/2026-03-02/sharing/",
        (ALL, "302 200 200 200 302"),
        # With one reader to choose for, what is ticked is kept.
        (ALL_READERS, "200 302 200 200 200 200"),
        {},
        "name text",
    ),
    Row("share-list", "/sharing/", (ALL, NO_METHOD), (ALL_READERS, NO_METHOD_READERS)),
    Row("share-new", "/sharing/new/", (ALL, REFUSED), (ALL_READERS, READERS_REFUSED)),
    Row("share-detail", SHARE, (MINE, NO_METHOD), (NO_READERS, NO_METHOD_READERS), {}, "name visit_note"),
    Row("share-invite", SHARE + "invite/", (NO_METHOD, MINE_SENT), (NO_METHOD_READERS, NO_READERS)),
    Row("share-agree", SHARE + "agree/", (MINE, MINE_SENT), (NO_READERS, NO_READERS), YES, "name"),
    Row("share-end", SHARE + "end/", (MINE, MINE_SENT), (ENDS, ENDED)),
    Row("share-readings", SHARE + "readings/", (MINE, NO_METHOD), (NO_READERS, NO_METHOD_READERS)),
    Row("share-visit", SHARE + "visit/", (MINE, MINE_SENT), (NO_READERS, NO_READERS)),
    Row("note-to-reader", SHARE + "notes/", (NO_METHOD, MINE_SENT), (NO_METHOD_READERS, NO_READERS), NOTE),
    Row("preview-visit", SHARE + "preview/", (MINE, NO_METHOD), (NO_READERS, NO_METHOD_READERS), {}, "visit_note"),
    Row("preview-sheet", SHARE + "preview/sheet/", (MINE, NO_METHOD), (NO_READERS, NO_METHOD_READERS)),
    Row("preview-week-list", SHARE + "preview/weeks/", (MINE, NO_METHOD), (NO_READERS, NO_METHOD_READERS)),
    Row("preview-week", SHARE + "preview/" + WEEK, (NOBODYS, NO_METHOD), (NO_READERS, NO_METHOD_READERS)),
    Row("preview-moment", SHARE + "preview/moments/{moment}/", (NOBODYS, NO_METHOD), (NO_READERS, NO_METHOD_READERS)),
    Row("note-delete", "/notes/{note}/delete/", (MINE, MINE_SENT), (NO_READERS, NO_READERS)),
    Row("family-note-delete", FAMILY + "notes/{note}/delete/", (GUARDED, GUARDED), (READS, TELLS)),
    Row("family-terms", FAMILY + "terms/", (GUARDED, NO_METHOD), (READS, NO_METHOD_READERS), {}, "", "name signed"),
    Row("note-seen", "/notes/{received}/seen/", (NO_METHOD, MINE_SENT), (NO_METHOD_READERS, NO_READERS)),
    Row("invitation-code", "/invitations/", (ALL, REFUSED), (ALL_READERS, READERS_REFUSED)),
    Row(
        "invitation-detail",
        "/invitations/{token}/",
        ("200 200 200 200 200", "200 422 422 422 302"),
        (ALL_READERS, READERS_REFUSED),
    ),
    Row(
        "family-list", "/families/", (GUARDED_LIST, NO_METHOD), (ALL_READERS, NO_METHOD_READERS), {}, "", "name signed"
    ),
    Row("family-guide", "/families/guide/", (GUARDED_LIST, NO_METHOD), (ALL_READERS, NO_METHOD_READERS)),
    Row("family-end-all", "/families/end/", (GUARDED_LIST, SENT_ON), (ALL_READERS, READERS_SENT_ON)),
    Row(
        "family-visit",
        FAMILY,
        (GUARDED, NO_METHOD),
        (READS, NO_METHOD_READERS),
        {},
        "",
        "name shared signed ask visit_note",
    ),
    Row("family-status", FAMILY + "status/", (GUARDED, NO_METHOD), (EXISTS, NO_METHOD_READERS)),
    Row(
        "family-sheet",
        FAMILY + "sheet/",
        (GUARDED, NO_METHOD),
        (READS, NO_METHOD_READERS),
        {},
        "",
        "name shared signed ask",
    ),
    Row("family-week-list", FAMILY + "weeks/", (GUARDED, NO_METHOD), (READS, NO_METHOD_READERS), {}, "", "signed"),
    Row(
        "family-week",
        FAMILY + WEEK,
        (GUARDED, NO_METHOD),
        (READS, NO_METHOD_READERS),
        {},
        "",
        "name shared signed week_note",
    ),
    Row(
        "family-moment",
        FAMILY + "moments/{moment}/",
        (GUARDED, NO_METHOD),
        (READS, NO_METHOD_READERS),
        {},
        "",
        "name shared note signed",
    ),
    Row("note-to-parent", FAMILY + "notes/", (NO_METHOD, GUARDED), (NO_METHOD_READERS, TELLS), NOTE),
    Row("family-read", FAMILY + "read/", (NO_METHOD, GUARDED), (NO_METHOD_READERS, TELLS)),
    Row("family-visit-day", FAMILY + "visit/", (NO_METHOD, GUARDED), (NO_METHOD_READERS, TELLS)),
    Row("family-visit-held", FAMILY + "visit/held/", (NO_METHOD, GUARDED), (NO_METHOD_READERS, TELLS)),
]
