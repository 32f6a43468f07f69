"""The pages of sharing, each in every state that a person can meet, and the rows behind them."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from journal.demo import make_family, read
from journal.demo import make_share as make_demo_share
from journal.models import Moment, Opened, Reading, Share
from journal.weeks import Week
from tests.factories import give_second_factor, make_child, make_moment, make_note, make_share, make_user
from tests.page import Page

# The parent, two who read, one who waits for an answer, one whose share is over, one whose family shared nothing yet.
PEOPLE = ("sharer", "reader", "asker", "former", "unread")
READERS = PEOPLE[1:]
LONG = "Donaudampfschifffahrtsgesellschaftskapitän"
# The demo's family of each language, and what differs from the sharing that the demo makes.
FAMILIES = {
    "en": ("parent", {}),
    "es": (
        "other",
        {
            "moments": [f"s{number}" for number in range(1, 15)],
            "ask": "Las siestas. Sol no quiere la segunda.",
            "from_reader": {"moment": "s4", "text": "Gracias por compartir esto. Le dijiste que ya entendiste."},
            "from_parent": {"moment": "s6", "text": "Al otro día volvió a subir, más despacio."},
        },
    ),
}
TOO_LONG = "It was a good day for both of us. " * 10


def sharing() -> Iterator[Page]:
    yield from inviting()
    yield from one_share()
    yield from choosing()
    yield from previews()
    yield from reading()


def inviting() -> Iterator[Page]:
    yield Page("shares", "/sharing/", "sharer")
    yield Page("shares-none", "/sharing/", "newcomer")
    yield Page("today-news", "/", "sharer")
    yield Page("invite", "/sharing/new/", "sharer")
    yield Page("invite-refused", "/sharing/new/", "sharer", status=422, sent={"reader_name": ""})
    yield Page("invite-shown", "/sharing/new/", "sharer", sent={"reader_name": f"Rosa {LONG}"})
    yield Page("invite-again", "/sharing/{invited}/invite/", "sharer", sent={})
    yield Page("code", "/invitations/", "reader")
    yield Page("code-refused", "/invitations/", "newcomer", status=422, sent={"code": "?"})
    yield Page("invitation", "/invitations/{token}/")
    yield Page("invitation-own", "/invitations/{token}/", "sharer")
    yield Page("invitation-ask", "/invitations/{token}/", "unread")
    yield Page("invitation-refused", "/invitations/{token}/", "newcomer", status=422, sent={"name": "", "program": ""})
    yield Page("invitation-gone", "/invitations/nothing/", status=404)
    yield Page("invitation-gone-signed-in", "/invitations/nothing/", "reader", status=404)


def one_share() -> Iterator[Page]:
    for state in ("live", "unread", "asked", "invited", "stale", "ended", "run_out"):
        yield Page(f"share-{state}", f"/sharing/{{{state}}}/", "sharer")
    for state in ("live", "asked", "invited"):
        yield Page(f"share-end-{state}", f"/sharing/{{{state}}}/end/", "sharer")
    agree, visit = "/sharing/{asked}/agree/", "/sharing/{live}/visit/"
    yield Page("agree", agree, "sharer")
    yield Page("agree-refused", agree, "sharer", status=422, sent={"ends_on": "soon", "text_version": "0"})
    yield Page("agree-again", "/sharing/{live}/agree/", "sharer")
    yield Page("readings", "/sharing/{live}/readings/", "sharer")
    yield Page("readings-none", "/sharing/{unread}/readings/", "sharer")
    yield Page("our-visit", visit, "sharer")
    yield Page("our-visit-asked", "/sharing/{asked}/visit/", "sharer")
    yield Page("our-visit-refused", visit, "sharer", status=422, sent={"ask": TOO_LONG * 2, "planned_on": "soon"})
    yield Page("note-refused", "/sharing/{live}/notes/", "sharer", status=422, sent={"text": TOO_LONG})
    yield Page("note-delete", "/notes/{note}/delete/", "sharer")


def choosing() -> Iterator[Page]:
    yield Page("moment-shared", "/moments/{shared}/", "sharer")
    yield Page("moment-shared-edit", "/moments/{shared}/edit/", "sharer")
    yield Page("moment-unshared", "/moments/{private}/", "sharer")
    yield Page("write-with-readers", "/moments/new/?kind=missed", "sharer")
    yield Page(
        "write-with-readers-refused",
        "/moments/new/",
        "sharer",
        status=422,
        sent={"kind": "missed", "happened_at": "soon", "shares": "{live}", "text": "Kept as typed"},
    )
    yield Page("who-can-read", "/moments/{alone}/sharing/", "sharer")
    yield Page("who-can-read-refused", "/moments/{alone}/sharing/", "sharer", status=422, sent={"shares": "?"})
    yield Page("who-can-read-uncovered", "/moments/{others}/sharing/", "sharer", status=422, sent={"shares": "{live}"})
    yield Page("who-can-read-nobody", "/moments/{responsive}/sharing/", "parent")
    yield Page("who-can-read-scary", "/moments/{scary}/sharing/scary/?share={live}", "sharer")
    yield Page("week-shared", "/weeks/{week}/", "sharer")
    yield Page("week-choose-reader", "/weeks/{week}/sharing/", "sharer")
    yield Page("week-choose", "/weeks/{week}/sharing/?share={live}", "sharer")
    refused = {"share": "{live}", "moments": "?"}
    yield Page("week-choose-refused", "/weeks/{week}/sharing/", "sharer", status=422, sent=refused)
    yield Page("week-choose-none", "/weeks/{empty_week}/sharing/?share={live}", "sharer")
    yield Page("week-choose-nobody", "/weeks/{week}/sharing/", "parent")


def previews() -> Iterator[Page]:
    preview = "/sharing/{live}/preview/"
    yield Page("preview", preview, "sharer")
    yield Page("preview-nothing", "/sharing/{unread}/preview/", "sharer")
    yield Page("preview-sheet", f"{preview}sheet/", "sharer")
    yield Page("preview-weeks", f"{preview}weeks/", "sharer")
    yield Page("preview-weeks-none", "/sharing/{unread}/preview/weeks/", "sharer")
    yield Page("preview-week", f"{preview}weeks/{{week}}/", "sharer")
    yield Page("preview-moment", f"{preview}moments/{{shared}}/", "sharer")


def reading() -> Iterator[Page]:
    family, notes = "/families/{live}/", "/families/{live}/notes/"
    yield Page("families", "/families/", "reader")
    yield Page("families-none", "/families/", "former")
    yield Page("families-waiting", "/families/", "asker")
    yield Page("families-guide", "/families/guide/", "reader")
    yield Page("families-end", "/families/end/", "reader")
    yield Page("before-visit", family, "reader")
    yield Page("before-visit-nothing", "/families/{unread}/", "unread")
    yield Page("before-visit-note-refused", notes, "reader", status=422, sent={"text": TOO_LONG})
    yield Page("before-visit-day-refused", f"{family}visit/", "reader", status=422, sent={"planned_on": "soon"})
    yield Page("before-visit-ended", "/families/{ended}/", "former", status=404)
    yield Page("sheet", f"{family}sheet/", "reader")
    yield Page("sheet-nothing", "/families/{unread}/sheet/", "unread")
    yield Page("family-weeks", f"{family}weeks/", "reader")
    yield Page("family-weeks-none", "/families/{unread}/weeks/", "unread")
    yield Page("family-week", f"{family}weeks/{{week}}/", "reader")
    yield Page("family-week-refused", notes, "reader", status=422, sent={"monday": "{week}", "text": ""})
    yield Page("family-moment", f"{family}moments/{{shared}}/", "reader")
    yield Page("family-moment-refused", notes, "reader", status=422, sent={"moment": "{shared}", "text": ""})
    yield Page("family-note-delete", "/notes/{reply}/delete/", "reader")
    yield Page("stop-reading", "/sharing/{live}/end/", "reader")
    yield Page("stop-asking", "/sharing/{asked}/end/", "asker")


def make_sharing(language: str) -> tuple[dict[str, User], dict[str, str]]:
    """One parent's shares in every state, and the rows that the paths name. Needs the content."""
    people = {
        name: make_user(email=f"{name}-{language}@example.com", language=language, time_zone="America/Bogota")
        for name in PEOPLE
    }
    for name in READERS:
        give_second_factor(people[name])
    sharer, reader = people["sharer"], people["reader"]
    family, other_words = FAMILIES[language]
    kept, told = make_family(sharer, read("demo.json")[family]), read("demo_sharing.json") | other_words
    make_demo_share(sharer, reader, told, kept)
    live = Share.objects.editable_by(sharer).get()
    shared = kept[told["from_reader"]["moment"]]
    week = Week.of(shared.happened_on)
    rows = {"live": str(live.pk), "shared": str(shared.pk), "week": week.monday.isoformat()}
    rows |= {name: str(share.pk) for name, share in shares(people)}
    rows |= {name: str(moment.pk) for name, moment in moments(sharer)}
    rows["empty_week"] = Week.of(week.monday - timedelta(weeks=30)).monday.isoformat()
    rows["token"] = make_share(parent=sharer).invite().token
    for name, author in (("note", sharer), ("reply", reader)):
        rows[name] = str(make_note(share=live, author=author, text=f"See you then. {LONG}").pk)
    make_note(share=live, author=reader, monday=week.monday)
    for opened in (Opened.VISIT, Opened.SHEET, Opened.MARKED):
        Reading.record(live, opened)
    Reading.record(live, Opened.WEEK, monday=week.monday)
    # One of a moment that is no more.
    for moment in (shared.pk, live.pk):
        Reading.record(live, Opened.MOMENT, moment=moment)
    return people, rows


def shares(people: dict[str, User]) -> Iterator[tuple[str, Share]]:
    """One in each state but the live one."""
    parent, ends_on = people["sharer"], timezone.localdate() + timedelta(days=90)
    who = {"parent": parent, "name": f"Ana {LONG}", "program": f"First {LONG} Home"}
    yield "unread", make_share(**who, reader=people["unread"], ends_on=ends_on)
    yield "asked", make_share(**who, reader=people["asker"], agreed=False)
    yield "invited", make_share(parent=parent)
    yield "run_out", make_share(**who, reader=people["former"])
    stale = make_share(parent=parent)
    stale.open_until = timezone.now() - timedelta(days=1)
    stale.save()
    yield "stale", stale
    ended = make_share(**who, reader=people["former"], ends_on=ends_on)
    ended.end(by=parent)
    yield "ended", ended


def moments(parent: User) -> Iterator[tuple[str, Moment]]:
    """That nobody reads yet. The last is of a child that no share is about."""
    now = timezone.now()
    missed = make_moment(author=parent, kind="missed", happened_at=now - timedelta(weeks=13), text=f"It got by. {LONG}")
    yield "alone", missed
    make_moment(author=parent, kind="repair", happened_at=now - timedelta(weeks=12), repairs=missed)
    yield "private", make_moment(author=parent, happened_at=now - timedelta(weeks=13))
    yield "scary", make_moment(author=parent, happened_at=now - timedelta(weeks=13), felt_unsafe=True)
    other = make_child(parent=parent, name=LONG)
    yield "others", make_moment(author=parent, child=other, happened_at=now - timedelta(weeks=13))
