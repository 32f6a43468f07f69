"""Every page of sharing, of a parent and of a reader, and the rows that fill it: a part of tests/pages.py."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

from django.conf import settings
from django.test import RequestFactory
from django.utils import timezone, translation

from accounts.models import User
from journal.consent import write_consent
from journal.demo import make_share, read
from journal.models import Opened, PromptText, Reading, Share, Visit
from journal.tries import WRONG_TRIES, Tries
from journal.weeks import Week
from tests.accounts.factors import give_app
from tests.factories import make_child, make_demo_family, make_moment, make_note, make_user
from tests.factories import make_share as make_plain_share
from tests.page import A_LONG_WORD, Page

TOO_LONG = "x" * 281
NOTE, PREVIEW = "/sharing/{share}/notes/", "/sharing/{share}/preview/"
STATES = ("share", "quiet", "asked", "open", "stale", "run_out", "ended")


def sharing() -> Iterator[Page]:
    yield from shares()
    yield from choosing()
    yield from previews()
    yield from invitations()
    yield from families()


def shares() -> Iterator[Page]:
    """Of a parent with a share in every state, and of one whose reader has nothing to read."""
    yield Page("sharing", "/sharing/", "sharing")
    yield Page("sharing-none", "/sharing/", "newcomer")
    yield Page("share-new", "/sharing/new/", "quiet")
    yield Page("share-new-refused", "/sharing/new/", "quiet", status=422, sent={"reader_name": ""})
    yield Page("share-invited", "/sharing/new/", "quiet", sent={"reader_name": A_LONG_WORD})
    yield Page("share-invited-again", "/sharing/{again}/invite/", "quiet", sent={})
    for state in STATES:
        who = "quiet" if state == "quiet" else "sharing"
        yield Page(f"share-{state}", f"/sharing/{{{state}}}/", who)
        if state in ("share", "asked", "run_out"):
            yield Page(f"agree-{state}", f"/sharing/{{{state}}}/agree/", who)
        if state in ("share", "asked", "open"):
            yield Page(f"end-{state}", f"/sharing/{{{state}}}/end/", who)
    refused = {"children": "?", "ends_on": "soon", "signed_name": "", "text_version": "0"}
    yield Page("agree-refused", "/sharing/{asked}/agree/", "sharing", status=422, sent=refused)
    yield Page("readings", "/sharing/{share}/readings/", "sharing")
    yield Page("readings-earlier", "/sharing/{share}/readings/?page=2", "sharing")
    yield Page("readings-none", "/sharing/{quiet}/readings/", "quiet")
    yield Page("visit", "/sharing/{share}/visit/", "sharing")
    yield Page("visit-asked", "/sharing/{asked}/visit/", "sharing")
    refused = {"ask": "x" * 501, "planned_on": "2020-01-01"}
    yield Page("visit-refused", "/sharing/{share}/visit/", "sharing", status=422, sent=refused)
    yield Page("note-too-long", NOTE, "sharing", status=422, sent={"text": TOO_LONG})
    yield Page("note-not-there", NOTE, "sharing", status=422, sent={"text": "Typed", "moment": "{private}"})
    yield Page("note-sent", NOTE, "sharing", sent={"text": "Typed", "moment": "{sewn}"})
    yield Page("note-delete", "/notes/{from_parent}/delete/", "sharing")


def choosing() -> Iterator[Page]:
    """Who can read: on a moment's page and its forms, and on a week's; what is new, on Today."""
    moment, scary, week = "/moments/{sewn}/", "/moments/{scary}/", "/weeks/{shared_week}/"
    yield Page("today-news", "/", "sharing")
    yield Page("journal-shared", "/moments/", "sharing")
    yield Page("moment-shared", moment, "sharing")
    yield Page("moment-foreign-question", "/moments/{foreign}/", "sharing")
    yield Page("moment-shared-edit", f"{moment}edit/", "sharing")
    yield Page("write-shared", "/moments/new/?kind=missed", "sharing")
    yield Page("saved-scary", f"{scary}?saved", "sharing")
    yield Page("week-shared", week, "sharing")
    yield Page("moment-sharing", f"{moment}sharing/", "sharing")
    yield Page("moment-sharing-repair", "/moments/{mended_alone}/sharing/", "sharing")
    yield Page("moment-sharing-nobody", "/moments/{responsive}/sharing/", "parent")
    yield Page("moment-sharing-refused", f"{moment}sharing/", "sharing", status=422, sent={"shares": "?"})
    uncovered = {"shares": "{quiet}"}
    yield Page("moment-sharing-uncovered", "/moments/{nameless}/sharing/", "quiet", status=422, sent=uncovered)
    yield Page("moment-sharing-scary", f"{scary}sharing/", "sharing")
    yield Page("scary", f"{scary}sharing/scary/?share={{share}}&share={{other_share}}", "sharing")
    yield Page("week-sharing", f"{week}sharing/?share={{share}}", "sharing")
    yield Page("week-sharing-pick", f"{week}sharing/", "sharing")
    yield Page("week-sharing-nothing", "/weeks/2020-01-06/sharing/", "quiet")
    yield Page("week-sharing-nobody", f"{week}sharing/", "parent")
    refused = {"share": "{share}", "moments": "?"}
    yield Page("week-sharing-refused", f"{week}sharing/", "sharing", status=422, sent=refused)


def previews() -> Iterator[Page]:
    yield Page("preview", PREVIEW, "sharing")
    yield Page("preview-empty", "/sharing/{quiet}/preview/", "quiet")
    yield Page("preview-sheet", f"{PREVIEW}sheet/", "sharing")
    yield Page("preview-weeks", f"{PREVIEW}weeks/", "sharing")
    yield Page("preview-week", f"{PREVIEW}weeks/{{shared_week}}/", "sharing")
    yield Page("preview-moment", f"{PREVIEW}moments/{{sewn}}/", "sharing")


def invitations() -> Iterator[Page]:
    code, link = "/invitations/", "/invitations/{token}/"
    yield Page("code", code, "reader")
    yield Page("code-empty", code, "reader", status=422, sent={"code": ""})
    yield Page("code-wrong", code, "reader", status=422, sent={"code": "0000000000"})
    yield Page("code-right", code, "reader", sent={"code": "{spoken}"})
    yield Page("code-wait", code, "tried", status=429, sent={"code": "0000000000"})
    yield Page("invitation", link)
    yield Page("invitation-own", link, "quiet")
    yield Page("invitation-ask", link, "careful")
    yield Page("invitation-ask-refused", link, "careful", status=422, sent={"name": "", "program": "x" * 121})
    yield Page("invitation-gone", "/invitations/nothing/", status=404)
    yield Page("invitation-gone-signed-in", "/invitations/nothing/", "reader", status=404)


def families() -> Iterator[Page]:
    """Of a reader of two families, one of whom shared nothing yet, who waits for a third; and of one of none."""
    family, quiet = "/families/{share}/", "/families/{quiet}/"
    week, moment = f"{family}weeks/{{shared_week}}/", f"{family}moments/{{sewn}}/"
    yield Page("families", "/families/", "reader")
    yield Page("families-none", "/families/", "careful")
    yield Page("families-guide", "/families/guide/", "reader")
    yield Page("families-end-all", "/families/end/", "reader")
    yield Page("family", family, "reader")
    yield Page("family-quiet", quiet, "reader")
    yield Page("family-ended", "/families/{ended}/", "reader", status=404)
    yield Page("family-sheet", f"{family}sheet/", "reader")
    yield Page("family-sheet-quiet", f"{quiet}sheet/", "reader")
    yield Page("family-weeks", f"{family}weeks/", "reader")
    yield Page("family-weeks-none", f"{quiet}weeks/", "reader")
    yield Page("family-week", week, "reader")
    yield Page("family-moment", moment, "reader")
    yield Page("family-moment-foreign", f"{family}moments/{{foreign}}/", "reader")
    note = f"{family}notes/"
    yield Page("family-note-sent", note, "reader", sent={"text": "Typed", "moment": "{sewn}"})
    yield Page("family-note-empty", note, "reader", status=422, sent={"text": ""})
    yield Page("family-note-on-week", note, "reader", status=422, sent={"text": TOO_LONG, "monday": "{shared_week}"})
    yield Page("family-note-on-moment", note, "reader", status=422, sent={"text": TOO_LONG, "moment": "{sewn}"})
    yield Page("family-visit-day-refused", f"{family}visit/", "reader", status=422, sent={"planned_on": "soon"})
    yield Page("family-marked", f"{family}read/", "reader", sent={})
    yield Page("family-note-delete", f"{note}{{from_reader}}/delete/", "reader")
    yield Page("family-terms", f"{family}terms/", "reader")
    yield Page("family-stop", "/sharing/{share}/end/", "reader")
    yield Page("family-take-back", "/sharing/{waiting}/end/", "reader")


def make_sharing(language: str) -> tuple[dict[str, User], dict[str, str]]:
    """Who opens them in one language, by name, and the rows that the paths name. Needs the content."""
    names = ("sharing", "quiet", "reader", "colleague", "tried", "aside")
    people = {
        name: make_user(email=f"{name}-{language}@example.com", language=language, time_zone="America/Bogota")
        for name in names
    }
    give_app(people["reader"])
    use_up_tries(people["tried"])
    waiting = make_plain_share(parent=people["aside"], reader=people["reader"], agreed=False)
    rows = {"waiting": str(waiting.pk)}
    rows |= make_full(people["sharing"], people["reader"], people["colleague"])
    rows |= make_quiet(people["quiet"], people["reader"])
    return people, rows


def make_full(parent: User, reader: User, colleague: User) -> dict[str, str]:
    """A share that was said yes to twice, read and written about, one of another reader, and one in each state."""
    told = read("demo_sharing.json")
    kept = make_demo_family(parent=parent)
    make_share(parent, reader, told, kept)
    share = Share.objects.editable_by(parent).get()
    today = timezone.localdate()
    again = {"children": share.children.all(), "nameless": True, "ends_on": today + timedelta(days=90)}
    share.agree(**again, signed_name=A_LONG_WORD, shown=other_words(parent))
    Visit(share=share, parent=parent, held_at=timezone.now() - timedelta(days=14)).save()
    sewn = kept["m83"]
    asked_in_other_words = PromptText.objects.exclude(language=parent.language).first()
    foreign = make_moment(author=parent, prompt_text=asked_in_other_words, text=A_LONG_WORD, happened_at=timezone.now())
    scary = make_moment(author=parent, felt_unsafe=True, happened_at=timezone.now(), text="It got loud.")
    monday = Week.of(sewn.happened_on).monday
    other = make_plain_share(parent=parent, reader=colleague, children=share.children.all(), name="Omar", **soon(today))
    for moment in (sewn, kept["m84"], foreign):
        moment.share_with([share, other])
    notes = {
        author: make_note(share=one, author=author, moment=sewn, text=f"A note.\nAnd {A_LONG_WORD}")
        for one, author in ((share, reader), (other, parent), (share, parent))
    }
    for author in (reader, parent):
        make_note(share=share, author=author, monday=monday)
        make_note(share=share, author=author)
    for opened in (Opened.VISIT, Opened.SHEET, Opened.MARKED):
        Reading.record(share, opened)
    for pk in (sewn.pk, uuid4()):
        Reading.record(share, Opened.MOMENT, moment=pk)
    for _ in range(50):
        Reading.record(share, Opened.WEEK, monday=monday)
    rows = {"share": share, "other_share": other, "sewn": sewn, "foreign": foreign, "scary": scary}
    rows |= {"private": kept["m79"], "mended_alone": kept["m75"]}
    rows |= {"from_reader": notes[reader], "from_parent": notes[parent]} | other_states(parent, reader, today)
    return {name: str(row.pk) for name, row in rows.items()} | {"shared_week": monday.isoformat()}


def other_states(parent: User, reader: User, today: date) -> dict[str, Share]:
    """Asked for, open, no longer open, past its last day, and ended."""
    asked = make_plain_share(parent=parent, reader=reader, agreed=False, name=A_LONG_WORD, program=A_LONG_WORD)
    stale = make_plain_share(parent=parent)
    stale.open_until = timezone.now()
    stale.save()
    run_out = make_plain_share(parent=parent, reader=reader, name="Ana", ends_on=today - timedelta(days=2))
    ended = make_plain_share(parent=parent, reader=reader, name="Luz", **soon(today))
    ended.end(by=reader)
    found = {"asked": asked, "stale": stale, "run_out": run_out, "ended": ended}
    return found | {"open": make_plain_share(parent=parent)}


def make_quiet(parent: User, reader: User) -> dict[str, str]:
    """A share that opens nothing yet, an invitation to renew, and one whose link and code are known."""
    mia = make_child(parent=parent)
    quiet = make_plain_share(parent=parent, reader=reader, children=[mia], nameless=False, **soon(timezone.localdate()))
    again, invited = make_plain_share(parent=parent), make_plain_share(parent=parent)
    secrets = invited.invite()
    nameless = make_moment(author=parent, text="About nobody named.", happened_at=timezone.now())
    rows = {"quiet": quiet, "again": again, "nameless": nameless}
    return {name: str(row.pk) for name, row in rows.items()} | {"token": secrets.token, "spoken": secrets.spoken}


def soon(today: date) -> dict[str, date]:
    return {"ends_on": today + timedelta(days=30)}


def other_words(parent: User) -> dict[str, object]:
    """The consent, shown in another language than the one that the parent reads now."""
    other = next(code for code, _ in settings.LANGUAGES if code != parent.language)
    with translation.override(other):
        consent = write_consent(
            reader="Rosa Delgado", program="Little Steps", until="31.12.", program_text="", program_version=0
        )
        return consent.as_shown()


def use_up_tries(user: User) -> None:
    """Each from another address, so that nobody else has to wait."""
    for number in range(int(WRONG_TRIES["invitation"].split("/")[0])):
        request = RequestFactory().post("/invitations/", REMOTE_ADDR=f"192.0.2.{number}")
        request.user = user
        Tries(request).begin()
