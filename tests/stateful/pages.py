"""Hands and eyes by the real pages: every step is a form that is sent, every look a page that is opened."""

import re
import time
from datetime import UTC, datetime
from html import unescape

from django.test import Client

from journal.models import Share
from tests.factories import give_second_factor
from tests.stateful.world import monday_of

NOTHING = "00000000-0000-4000-8000-000000000000"
WORD = re.compile(r"z[qna]\d{4}q")
HEADLINE = re.compile(r'<p class="prompt">“(.*?)”</p>')
UNREADABLE = ["", "sheet/", "weeks/", "status/"]


class Pages:
    def __init__(self, machine):
        self.machine, self.world = machine, machine.world
        for user in machine.users.values():
            give_second_factor(user)
        self.browsers, self.links = {}, {}
        self.clock_moved()

    def clock_moved(self):
        """Everybody signs in anew: a session would have ended meanwhile."""
        for name, user in self.machine.users.items():
            browser = self.browsers[name] = Client()
            browser.force_login(user)
            session = browser.session
            shown = {"method": "password", "at": time.time(), "reauthenticated": True}
            session["account_authentication_methods"] = [shown]
            session["account_authentication_methods_user"] = str(user.pk)
            session.save()
        self.missing = {}

    def send(self, person, address, *, expect=(302,), **sent):
        answer = self.browsers[person].post(address, {name: value for name, value in sent.items() if value is not None})
        assert answer.status_code in expect, (address, answer.status_code, answer.content.decode()[:20_000])
        return answer

    def of(self, share):
        return self.machine.shares[share]

    # Hands

    def rewrite(self, moment, told, version):
        child, mends = self.machine.kids.get(told.child), self.machine.rows.get(told.mends)
        sent = {"child": child.pk if told.child else "", "repairs": mends, "felt_unsafe": "on" if told.unsafe else None}
        words = {"text": f"It was {told.word} here.", "kind": told.kind, "version": version}
        sent["happened_at"] = f"{told.day}T{self.local_noon(told)}"
        self.send(told.parent, f"/moments/{self.machine.rows[moment]}/edit/", **words, **sent)

    def local_noon(self, told):
        """What clocks show at noon in Greenwich."""
        noon = datetime(told.day.year, told.day.month, told.day.day, 12, tzinfo=UTC)
        return f"{noon.astimezone(self.machine.users[told.parent].zone):%H:%M}"

    def delete(self, parent, moment):
        self.send(parent, f"/moments/{self.machine.rows[moment]}/delete/")

    def delete_child(self, parent, child):
        self.send(parent, f"/children/{child.pk}/delete/", word="delete")

    def invite(self, parent, share):
        before = set(Share.objects.values_list("pk", flat=True))
        page = self.send(parent, "/sharing/new/", expect=(200,), reader_name="R").content.decode()
        self.links = self.links | {share: re.search(r"/invitations/[\w-]{20,}/", page)[0]}
        return (set(Share.objects.values_list("pk", flat=True)) - before).pop()

    def redeem(self, share, reader):
        browser, sent = self.browsers[reader], {"name": reader, "program": "Steps"}
        looked = browser.get(self.links[share])
        assert looked.status_code == (200 if self.world.open(share) else 404)
        assert not WORD.search(looked.content.decode())
        answer = browser.post(self.links[share], sent)
        is_asked = self.world.open(share) and reader != self.world.permits[share].parent
        assert answer.status_code == (302 if is_asked else 200 if self.world.open(share) else 404)

    def agree(self, share, children, ends_on):
        named = [str(self.machine.kids[child].pk) if child else "none" for child in sorted(children)]
        parent = self.world.permits[share].parent
        address = f"/sharing/{self.of(share)}/agree/"
        self.send(parent, address, children=named, signed_name="J", ends_on=ends_on.isoformat())

    def choose(self, moment, shares):
        told, pks = self.world.moments[moment], [str(self.of(one)) for one in sorted(shares)]
        address = f"/moments/{self.machine.rows[moment]}/sharing/"
        answer = self.send(told.parent, address, shares=pks, repairs_too="no")
        if "/scary/" in answer.headers["Location"]:
            done = self.send(told.parent, f"{address}scary/", shares=pks)
            assert done.headers["Location"] == f"/moments/{self.machine.rows[moment]}/", done.headers["Location"]

    def note(self, key, note):
        whose = "sharing" if note.author == self.world.permits[note.share].parent else "families"
        moment = self.machine.rows[note.moment] if note.moment else ""
        self.send(note.author, f"/{whose}/{self.of(note.share)}/notes/", text=note.word, moment=moment)

    def hold(self, share):
        self.send(self.world.permits[share].reader, f"/families/{self.of(share)}/visit/held/")

    def ask(self, share, word):
        self.send(self.world.permits[share].parent, f"/sharing/{self.of(share)}/visit/", ask=word)

    def end(self, share, by):
        self.send(by, f"/sharing/{self.of(share)}/end/")

    # Eyes

    def open(self, person, address):
        answer = self.browsers[person].get(address)
        assert answer.status_code == 200, (person, address, answer.status_code)
        return answer.content.decode()

    def is_missing(self, person, address):
        if person not in self.missing:
            self.missing[person] = self.browsers[person].get(f"/moments/{NOTHING}/")
        answer = self.browsers[person].get(address)
        assert answer.status_code == 404, (person, address)
        assert answer.content == self.missing[person].content

    def look(self, person, moments, shares):
        readable = self.world.shares_of(person)
        if shares:
            listed = self.open(person, "/families/")
            assert set(re.findall(r"/families/([0-9a-f-]{36})/", listed)) == {str(self.of(one)) for one in readable}
            assert not WORD.search(listed)
        for share in sorted(shares):
            if share in readable:
                self.reads(person, share, f"/families/{self.of(share)}/")
            else:
                for page in UNREADABLE[:1] if self.world.permits[share].reader != person else UNREADABLE:
                    self.is_missing(person, f"/families/{self.of(share)}/{page}")
            if self.world.permits[share].parent == person:
                self.previews(person, share)
        for moment in sorted(moments):
            self.looks_at(person, moment, readable)

    def looks_at(self, person, moment, readable):
        told, pk = self.world.moments[moment], self.machine.rows[moment]
        if told.parent == person:
            said = set(WORD.findall(self.open(person, f"/moments/{pk}/")))
            on_it = {note.word for note in self.world.notes.values() if note.moment == moment}
            assert told.word in said
            assert {word for word in said if word.startswith("zn")} == on_it
        else:
            self.is_missing(person, f"/moments/{pk}/")
        for share, permit in self.world.permits.items():
            address = f"/families/{self.of(share)}/"
            if share in readable and moment in self.world.reads_through(share):
                self.reads_moment(person, share, f"{address}moments/{pk}/", moment)
                self.reads_week(person, share, f"{address}weeks/", monday_of(told.day))
            elif permit.reader == person or (permit.parent == told.parent and person != told.parent):
                self.is_missing(person, f"{address}moments/{pk}/")

    def words_of(self, moments):
        return {self.world.moments[one].word for one in moments}

    def notes_on(self, share, moment=None):
        return {note.word for note in self.world.notes.values() if (note.share, note.moment) == (share, moment)}

    def reads_moment(self, person, share, address, moment):
        said = set(WORD.findall(self.open(person, address)))
        repairs = {one for one in self.world.reads_through(share) if self.world.moments[one].mends == moment}
        assert said == self.words_of({moment} | repairs) | self.notes_on(share, moment)

    def reads_week(self, person, share, address, monday):
        page, readable = self.open(person, f"{address}{monday}/"), self.world.reads_through(share)
        of_week = {one for one in readable if monday_of(self.world.moments[one].day) == monday}
        repairs = {one for one in readable if self.world.moments[one].mends in of_week}
        assert set(WORD.findall(page)) == self.words_of(of_week | repairs)
        assert sorted(unescape(one) for one in HEADLINE.findall(page)) == self.world.told_to_reader(share, monday)

    def reads(self, person, share, address):
        """The pages of a share but those of a moment and of a week: each is looked at with its moments."""
        readable, page = self.world.reads_through(share), self.open(person, address)
        words = set(WORD.findall(page))
        assert {word for word in words if word[1] == "n"} == self.notes_on(share)
        assert {word for word in words if word[1] == "a"} == {*filter(None, [self.world.asks.get(share)])}
        assert {word for word in words if word[1] == "q"} <= self.words_of(readable)
        counted = re.search(r"(\d+|No) shared moment", page)[1]
        assert counted == str(self.world.since_last_visit(share) or "No")
        weeks = set(re.findall(r"/weeks/(\d{4}-\d\d-\d\d)/", self.open(person, f"{address}weeks/")))
        assert weeks == {str(monday_of(self.world.moments[one].day)) for one in readable}

    def previews(self, person, share):
        address = f"/sharing/{self.of(share)}/preview/"
        if self.world.live(share):
            self.reads(person, share, address)
        else:
            self.is_missing(person, address)
