"""A whole journal to take along, and the browser of someone who just showed who they are."""

import io
import json
import time
import zipfile
from datetime import UTC, date, datetime, timedelta

from stream_unzip import stream_unzip

from journal.models import Moment, Opened, Reading, Visit
from tests.factories import NOON, make_child, make_moment, make_note, make_prompt, make_share

EXPORT, MORE, FILE = "/settings/export/", "/settings/export/more/", "/settings/export/file/"


def come_in(browser, user):
    """Signed in, and just asked who they are."""
    browser.force_login(user)
    show_again(browser, user)
    return browser


def show_again(browser, user):
    session = browser.session
    shown = {"method": "password", "reauthenticated": True, "at": time.time() + 24 * 60 * 60}
    session.update({"account_authentication_methods": [shown], "account_authentication_methods_user": str(user.pk)})
    session.save()


def fill(parent, reader):
    """Something of every sort: returns the rows by name."""
    mia = make_child(parent=parent, name="Mia")
    leo = make_child(parent=parent, name="Leo", birth_month=date(2023, 1, 1))
    wording = make_prompt(text="What made you two smile?").texts.get(language="en")
    missed = make_moment(
        author=parent, child=mia, kind="missed", text="She called twice.", cue="hungry", did="was-busy"
    )
    repair = make_moment(
        author=parent,
        child=mia,
        kind="repair",
        repairs=missed,
        text="I came back,\n\nand sat down.",
        happened_at=NOON + timedelta(hours=1),
    )
    answered = make_moment(
        author=parent,
        child=leo,
        prompt_text=wording,
        feeling="calm",
        starred=True,
        happened_at=NOON - timedelta(days=40),
        text='=HYPERLINK("https://evil.example","x")',
    )
    scary = make_moment(author=parent, kind="missed", felt_unsafe=True, text="It got loud.", time_zone="America/Bogota")
    share = make_share(parent=parent, reader=reader, children=[mia], moments=[missed, repair])
    make_note(share=share, author=reader, moment=missed, text="You saw it. That counts.")
    make_note(share=share, author=parent, monday=date(2026, 3, 2), text="A long week.")
    Visit.objects.plan(share).ask_for("Naps.")
    Reading.record(share, Opened.MOMENT, moment=missed.pk)
    Reading.record(share, Opened.WEEK, monday=date(2026, 3, 2))
    invitation = make_share(parent=parent)
    return {
        "mia": mia,
        "leo": leo,
        "missed": missed,
        "repair": repair,
        "answered": answered,
        "scary": scary,
        "share": share,
        "invitation": invitation,
    }


def write_many(parent, child, count):
    """So many moments, an hour apart."""
    first = datetime(2026, 1, 1, tzinfo=UTC)
    Moment.objects.bulk_create(
        Moment(
            author=parent,
            child=child,
            kind="responsive",
            happened_at=first + timedelta(minutes=number),
            happened_on=(first + timedelta(minutes=number)).date(),
            time_zone="UTC",
            content={"text": f"Number {number} with some more words beside it, as people write them. " * 4},
        )
        for number in range(count)
    )


def pack(browser):
    """Until it is ready."""
    answer = browser.post(EXPORT)
    assert answer.status_code == 302, answer
    for _ in range(200):
        page = browser.get(EXPORT).content.decode()
        if "Save the file" in page or "Guardar el archivo" in page:
            return page
        browser.post(MORE)
    raise AssertionError("It never got ready.")


def save(browser, passphrase=""):
    """The bytes of the file."""
    answer = browser.post(FILE, {"passphrase": passphrase})
    assert answer.status_code == 200, answer
    return b"".join(answer.streaming_content)


def unpack(data):
    """Its files by name, as text; Python's own reader checks the sums."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def unlock(data, passphrase):
    return {
        name.decode(): b"".join(chunks).decode()
        for name, _size, chunks in stream_unzip([data], password=passphrase.encode())
    }


def export(browser):
    pack(browser)
    return unpack(save(browser))


def exported_json(browser):
    return json.loads(export(browser)["journal.json"])
