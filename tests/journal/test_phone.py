"""Installable, and open without a signal: what is kept on a phone says nothing of anybody."""

import gzip
import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from config.static_files import JOINED, without_comments
from journal.models import HelpLine
from journal.views import phone
from tests.factories import PASSWORD, make_child
from tests.journal.writing import read

pytestmark = pytest.mark.django_db


def test_the_manifest_has_a_neutral_name_and_a_door_to_each_kind(client):
    answer = client.get("/manifest.webmanifest")
    facts = answer.json()
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (facts["name"], facts["short_name"], facts["start_url"]) == ("Notes", "Notes", "/")
    assert [door["url"].partition("kind=")[2] for door in facts["shortcuts"]] == [
        *("responsive", "missed", "repair", "reflection")
    ]
    assert {icon["sizes"] for icon in facts["icons"]} >= {"192x192", "512x512"}
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in facts["icons"])


def test_the_real_name_is_there_when_it_was_chosen(signed_in):
    assert "/manifest.webmanifest?real" not in read(signed_in.get("/"))
    signed_in.post("/phone/", {"real_name": "on"})
    assert "/manifest.webmanifest?real" in read(signed_in.get("/"))
    assert signed_in.get("/manifest.webmanifest?real").json()["name"] == "Most of the Time"


@pytest.mark.parametrize("who", ["nobody", "parent"])
def test_the_empty_page_is_the_same_for_everybody(client, parent, who):
    make_child(parent=parent)
    empty = client.get("/offline/").content
    if who == "parent":
        client.force_login(parent)
    page = client.get("/offline/")
    assert page.content == empty
    for word in ("csrf", "Mia", "Sign out", str(parent.pk)):
        assert word not in read(page)


def test_the_empty_page_has_who_to_call_and_a_changed_number_makes_another_worker(client):
    before = client.get("/sw.js").content
    line = HelpLine.objects.create(slug="line", languages="en", position=1, on_card=True)
    line.texts.create(language="en", name="A line", answer="Call.", call="18336522626")
    assert "tel:18336522626" in read(client.get("/offline/"))
    assert client.get("/sw.js").content != before


def test_the_worker_keeps_static_files_and_the_empty_page_alone(client):
    answer = client.get("/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    shell = json.loads(answer.content.decode().partition("self.shell = ")[2].partition(";\n")[0])
    assert all(file.startswith("/static/") for file in shell["files"])
    files = {file.removeprefix("/static/") for file in shell["files"]} - {JOINED}
    assert len(files) == len(shell["files"]) - 1
    assert all(finders.find(file) for file in files)


def test_any_change_of_what_it_keeps_makes_it_another_worker(client, monkeypatch):
    before = client.get("/sw.js").content
    assert client.get("/sw.js").content == before
    monkeypatch.setattr(phone, "shell", lambda: "another page")
    changed = client.get("/sw.js").content
    assert changed != before
    monkeypatch.setattr(phone, "static", lambda path: f"/static/other-{path}")
    assert client.get("/sw.js").content not in (before, changed)


def test_another_language_is_another_worker(client):
    before = client.get("/sw.js").content
    assert client.get("/sw.js", headers={"Accept-Language": "es"}).content != before


def test_every_file_of_the_empty_page_is_kept(client):
    files = {line.partition('"')[0] for line in client.get("/offline/").content.decode().split('src="')[1:]}
    files |= {
        line.partition('"')[0] for line in client.get("/offline/").content.decode().split('stylesheet" href="')[1:]
    }
    kept = client.get("/sw.js").content.decode()
    assert files
    assert [file for file in files if file not in kept] == []


def test_it_is_off_until_the_parent_says_so(signed_in):
    assert "outbox" not in read(signed_in.get("/"))
    assert "This is my own phone" in read(signed_in.get("/phone/"))


def test_switched_on_the_pages_bring_what_waits_and_switched_off_they_do_not(signed_in, parent):
    signed_in.post("/phone/", {"own_phone": "on"})
    for address in ("/", "/moments/new/?kind=missed", "/phone/"):
        assert f'data-own-phone="{parent.pk}"' in read(signed_in.get(address))
    signed_in.post("/phone/", {"own_phone": "off"})
    for address in ("/", "/moments/new/?kind=missed", "/phone/"):
        assert "data-own-phone" not in read(signed_in.get(address))


def test_another_child_or_another_order_is_told_to_the_phone_at_once(signed_in, parent):
    signed_in.post("/phone/", {"own_phone": "on"})
    found = set()
    for number in range(2):
        child = make_child(parent=parent, birth_month=date(2025, 5 + number, 1))
        pages = [read(signed_in.get(address)) for address in ("/", "/moments/new/?kind=missed", "/phone/")]
        told = {re.search(r'data-known="([0-9a-f]{16})"', page)[1] for page in pages}
        assert told == {signed_in.get("/outbox/").json()["known"]}
        found |= told
    child.birth_month = date(2024, 1, 1)
    child.save()
    found.add(signed_in.get("/outbox/").json()["known"])
    assert len(found) == 3


def test_the_door_tells_whether_this_session_is_on_ones_own_phone(signed_in):
    for own in ("on", "off"):
        signed_in.post("/phone/", {"own_phone": own})
        assert signed_in.get("/outbox/").json()["own_phone"] is (own == "on")


def test_a_page_opened_before_changes_its_own_choice_alone(signed_in):
    for sent in ({"own_phone": "on"}, {"real_name": "on"}, {"own_phone": "off"}):
        signed_in.post("/phone/", sent)
    chosen = {name: signed_in.session.get(name) for name in ("own_phone", "real_name")}
    assert chosen == {"own_phone": False, "real_name": True}


def test_it_is_of_one_phone_and_not_of_a_person(signed_in, parent):
    signed_in.post("/phone/", {"own_phone": "on"})
    elsewhere = Client()
    elsewhere.force_login(parent)
    assert "data-own-phone" not in read(elsewhere.get("/"))


def scripts_of(page):
    """Those that it loads, and those that one of them brings later."""
    return [Path(finders.find(name)) for name in re.findall(r'"(?:/static/)([^"]+\.js)"', read(page))]


@pytest.mark.parametrize("address", ["/", "/moments/new/?kind=missed", "/phone/", "/offline/"])
def test_no_page_carries_more_than_25_kb_of_scripts(signed_in, address):
    signed_in.post("/phone/", {"own_phone": "on"})
    scripts = scripts_of(signed_in.get(address))
    assert len(scripts) > 4
    assert sum(len(gzip.compress(without_comments(script.read_bytes()))) for script in scripts) <= 25_000


def test_without_ones_own_phone_today_carries_none_of_it(signed_in):
    assert {script.name for script in scripts_of(signed_in.get("/"))} == {"leave.js", "later.js", "htmx-2.min.js"}


@pytest.mark.parametrize("ticked", [True, False])
def test_one_switch_holds_for_signing_in_and_for_writing_without_a_signal(ticked, client, parent):
    client.post(
        "/account/login/", {"login": parent.email, "password": PASSWORD} | ({"remember": "on"} if ticked else {})
    )
    assert ("data-own-phone" in client.get("/").content.decode()) is ticked
    assert client.session.get_expire_at_browser_close() is not ticked
    client.post("/phone/", {"own_phone": "off" if ticked else "on"})
    assert ("data-own-phone" in client.get("/").content.decode()) is not ticked
    assert client.session.get_expire_at_browser_close() is ticked
