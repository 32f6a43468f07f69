"""Hands and eyes by the real pages: every step is a form that is sent, every look a page that is opened."""

import re
import time
from datetime import UTC, datetime
from html import unescape

from django.test import Client

from journal.models import Share
from tests.factories import give_second_factor
from tests.stateful.world import BRIGHT, monday_of

NOTHING = "00000000-0000-4000-8000-000000000000"
# With hyphens, which no token of a form has: one of sixty-four letters and digits held such a word by chance.
WORD = re.compile(r"z[qna]-\d{4}-q")
HEADLINE = re.compile(r'<p class="prompt">“(.*?)”</p>')
OWN_HEADLINE = re.compile(r'id="headline-\d+">(.*?)</h[12]>')
READERS = re.compile(r"</svg>(Just me|You and [\w, ]+ can read this)</p>")
ANY_ID = "([0-9a-f-]{36})"
# What a reader opens of these leaves a line.
LEAVES_A_LINE = re.compile(f"/families/{ANY_ID}/(?!status/|weeks/$)")
LINES = 50
UNREADABLE = ["", "sheet/", "weeks/", "status/"]


class Pages:
    def __init__(self, machine):
        self.machine, self.world = machine, machine.world
        for user in machine.users.values():
            give_second_factor(user)
        self.browsers, self.links, self.opened, self.missing = {}, {}, {}, {}
        for name, user in machine.users.items():
            self.browsers[name] = Client()
            self.browsers[name].force_login(user)
        self.clock_moved()

    def clock_moved(self):
        """Parents show anew who they are: some things are asked of a fresh sign-in alone."""
        for parent in self.world.zones:
            self.show_who_they_are(parent)
        self.missing = {}

    def show_who_they_are(self, person):
        """With the password, just now."""
        session = self.browsers[person].session
        shown = {"method": "password", "at": time.time(), "reauthenticated": True}
        session["account_authentication_methods"] = [shown]
        session["account_authentication_methods_user"] = str(self.machine.users[person].pk)
        session.save()

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

    def choose(self, moment, shares, *, repairs_too=False):
        told, pks = self.world.moments[moment], [str(self.of(one)) for one in sorted(shares)]
        address, both = f"/moments/{self.machine.rows[moment]}/sharing/", "yes" if repairs_too else "no"
        answer = self.send(told.parent, address, shares=pks, repairs_too=both)
        if "/scary/" in answer.headers["Location"]:
            done = self.send(told.parent, f"{address}scary/", shares=pks)
            assert done.headers["Location"] == f"/moments/{self.machine.rows[moment]}/", done.headers["Location"]

    def choose_any(self, moment, shares, *, repairs_too):
        """Whether the form takes it: one reader who cannot be chosen spoils all of it."""
        if all(self.world.can_open(one, moment) for one in shares):
            self.choose(moment, shares, repairs_too=repairs_too)
            return True
        pks = [str(self.of(one)) for one in sorted(shares)]
        address = f"/moments/{self.machine.rows[moment]}/sharing/"
        self.send(self.world.moments[moment].parent, address, expect=(422,), shares=pks, repairs_too="yes")
        return False

    def choose_of_week(self, share, monday, chosen, *, repairs_too):
        boxes = [str(self.machine.rows[one]) for one in sorted(chosen)]
        sent = {"share": str(self.of(share)), "moments": boxes, "repairs_too": "yes" if repairs_too else "no"}
        self.send(self.world.permits[share].parent, f"/weeks/{monday}/sharing/", **sent)

    def note(self, key, note):
        whose = "sharing" if note.author == self.world.permits[note.share].parent else "families"
        place = {"moment": self.machine.rows[note.moment] if note.moment else "", "monday": note.monday or ""}
        self.send(note.author, f"/{whose}/{self.of(note.share)}/notes/", text=note.word, **place)

    def put_away(self, note):
        """By its button on Today."""
        note = self.world.notes[note]
        parent = self.world.permits[note.share].parent
        card = next(one for one in self.open(parent, "/").split("<article") if note.word in one)
        self.send(parent, f"/notes/{re.search(f'/notes/{ANY_ID}/seen/', card)[1]}/seen/")

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
        if line := LEAVES_A_LINE.match(address):
            self.opened[line[1]] = self.opened.get(line[1], 0) + 1
        return answer.content.decode()

    def is_missing(self, person, address):
        if person not in self.missing:
            self.missing[person] = self.browsers[person].get(f"/moments/{NOTHING}/")
        answer = self.browsers[person].get(address)
        assert answer.status_code == 404, (person, address)
        assert answer.content == self.missing[person].content

    def look(self, person, moments, shares, weeks):
        readable = self.world.shares_of(person)
        for share in sorted(shares):
            if share in readable:
                self.reads(person, share, f"/families/{self.of(share)}/")
            else:
                for page in UNREADABLE[:1] if self.world.permits[share].reader != person else UNREADABLE:
                    self.is_missing(person, f"/families/{self.of(share)}/{page}")
            if self.world.permits[share].parent == person:
                self.gives(person, share)
        for share in sorted(readable):
            for monday in sorted(weeks):
                self.reads_week(person, share, f"/families/{self.of(share)}/weeks/{monday}/", monday)
        for moment in sorted(moments):
            self.looks_at(person, moment, readable)

    def looks_at(self, person, moment, readable):
        told, pk = self.world.moments[moment], self.machine.rows[moment]
        if told.parent == person:
            self.looks_at_own(person, moment, self.open(person, f"/moments/{pk}/"))
        else:
            self.is_missing(person, f"/moments/{pk}/")
        permits = self.world.permits
        mine = [share for share, permit in permits.items() if permit.reader == person]
        others = [share for share, permit in permits.items() if permit.parent == told.parent != person]
        # Whatever share of another's: each of them is missing for itself already.
        for share in [*mine, *[one for one in others if one not in mine][-1:]]:
            address = f"/families/{self.of(share)}/moments/{pk}/"
            if share in readable and moment in self.world.reads_through(share):
                self.reads_moment(person, share, address, moment)
            else:
                self.is_missing(person, address)

    def looks_at_own(self, person, moment, page):
        """Its words, all notes on it, and who can read it."""
        on_it = {note.word for note in self.world.notes.values() if note.moment == moment}
        assert set(WORD.findall(page)) == {self.world.moments[moment].word} | on_it
        names = sorted(self.world.permits[share].reader for share in self.world.readers(moment))
        said = READERS.search(page)[1].removeprefix("You and ").removesuffix(" can read this")
        assert sorted(re.split(", | and ", said)) == (names or ["Just me"])

    def words_of(self, moments):
        return {self.world.moments[one].word for one in moments}

    def notes_on(self, share, moment=None, monday=None):
        place = (share, moment, monday)
        return {note.word for note in self.world.notes.values() if (note.share, note.moment, note.monday) == place}

    def reads_moment(self, person, share, address, moment):
        said = set(WORD.findall(self.open(person, address)))
        repairs = {one for one in self.world.reads_through(share) if self.world.moments[one].mends == moment}
        assert said == self.words_of({moment} | repairs) | self.notes_on(share, moment)

    def reads_week(self, person, share, address, monday):
        readable = self.world.reads_through(share)
        of_week = {one for one in readable if monday_of(self.world.moments[one].day) == monday}
        if not of_week:
            self.is_missing(person, address)
            return
        page, repairs = (
            self.open(person, address),
            {one for one in readable if self.world.moments[one].mends in of_week},
        )
        assert set(WORD.findall(page)) == self.words_of(of_week | repairs) | self.notes_on(share, monday=monday)
        self.is_summed_up(page, share, monday)

    def is_summed_up(self, page, share, monday):
        """In the words of that week alone, from so many moments."""
        told = self.world.told_to_reader(share, monday) if monday else []
        assert sorted(unescape(one) for one in HEADLINE.findall(page)) == told
        readable = [self.world.moments[one] for one in self.world.reads_through(share)]
        children = self.world.children_told(share, monday) if told else set()
        number = sum(one.child in children and monday_of(one.day) == monday for one in readable)
        assert re.findall(r"From the (\d+) moment", page) == ([str(number)] if told else [])

    def reads(self, person, share, address):
        """Before the visit, and the list of weeks: those of a moment and of a week are looked at for themselves."""
        readable, page = self.world.reads_through(share), self.open(person, address)
        words = set(WORD.findall(page))
        assert {word for word in words if word[1] == "n"} == self.notes_on(share)
        assert {word for word in words if word[1] == "a"} == {*filter(None, [self.world.wishes.get(share)])}
        assert f"<p>{self.world.since_in_words(share)}</p>" in page
        week = self.world.week_of_visit(share)
        self.is_summed_up(page, share, week)
        of_week = {one for one in readable if monday_of(self.world.moments[one].day) == week}
        scary = {one for one in of_week if self.world.moments[one].unsafe}
        picked = self.bright(page, share) | self.to_think_about(page, share)
        assert {word for word in words if word[1] == "q"} == self.words_of(scary) | picked
        weeks = set(re.findall(r"/weeks/(\d{4}-\d\d-\d\d)/", self.open(person, f"{address}weeks/")))
        assert weeks == {str(monday_of(self.world.moments[one].day)) for one in readable}

    def bright(self, page, share):
        """The newest since the last visit, else the newest of all; of several on one day, any of them."""
        since, readable = self.world.since(share), self.world.reads_through(share)
        section = re.search(r'<section aria-labelledby="bright">.*?</section>', page, re.DOTALL)
        said = set(WORD.findall(section[0])) if section else set()
        if best := self.world.newest(since, BRIGHT):
            assert said <= self.words_of(best)
            assert len(said) == 1
        elif any(self.world.moments[one].kind in BRIGHT for one in since):
            # All of them felt scary: an older one may stand there.
            assert said <= self.words_of({one for one in readable if not self.world.moments[one].unsafe})
        else:
            best = self.world.newest(readable, BRIGHT)
            assert said <= self.words_of(best)
            assert len(said) == bool(best)
        return said

    def to_think_about(self, page, share):
        """The newest missed cue since the last visit, with what was shared of coming back to it and was not scary."""
        best = self.world.newest(self.world.since(share), ("missed",))
        section = re.search(r'<section aria-labelledby="think">.*?</section>', page, re.DOTALL)
        said = set(WORD.findall(section[0])) if section else set()
        readable = {one for one in self.world.reads_through(share) if not self.world.moments[one].unsafe}
        told = [self.words_of({one} | (self.world.repairs_of(one) & readable)) for one in best]
        assert said in (told or [set()])
        return said

    def gives(self, person, share):
        """The parent's own page of a share, and what the reader sees by the preview."""
        page = self.open(person, f"/sharing/{self.of(share)}/")
        wishes = self.world.past_wishes.get(share, set()) | {*filter(None, [self.world.wishes.get(share)])}
        said = self.notes_on(share) | wishes
        assert set(WORD.findall(page)) == (said if self.world.permits[share].agreed else set())
        address = f"/sharing/{self.of(share)}/preview/"
        if self.world.live(share):
            self.reads(person, share, address)
        else:
            self.is_missing(person, address)

    # At home

    def look_at_home(self, person, weeks):
        self.has_families(person)
        self.looks_at_today(person)
        for monday in sorted(weeks):
            self.looks_at_week(person, monday)

    def has_families(self, person):
        listed = self.open(person, "/families/")
        readable = {str(self.of(one)) for one in self.world.shares_of(person)}
        assert set(re.findall(f"/families/{ANY_ID}/", listed)) == readable
        assert not WORD.search(listed)

    def looks_at_today(self, person):
        """Who asks, new notes, and the last three moments: of one's own journal alone."""
        own = {key for key, told in self.world.moments.items() if told.parent == person}
        asked = any(one.reader == person and not one.ended for one in self.world.permits.values())
        if asked and not own and person not in self.world.children.values():
            assert self.browsers[person].get("/").headers["Location"] == "/families/"
            return
        page = self.open(person, "/")
        requests = {str(self.of(share)) for share in self.world.asks(person)}
        assert set(re.findall(f"/sharing/{ANY_ID}/agree/", page)) == requests
        words = set(WORD.findall(page))
        new = {self.world.notes[key].word for key in self.world.new_notes(person)}
        assert {word for word in words if word[1] == "n"} == new
        shown = {key for key in own if self.world.moments[key].word in words}
        assert words == new | self.words_of(shown)
        days = sorted((self.world.moments[key].day for key in own), reverse=True)[:3]
        assert sorted((self.world.moments[key].day for key in shown), reverse=True) == days

    def looks_at_week(self, person, monday):
        """One's own journal, and the notes of those one shares it with."""
        address, world = f"/weeks/{monday}/", self.world
        if monday > world.today(person):
            self.is_missing(person, address)
            return
        page = self.open(person, address)
        of_week = [one for one in world.moments.values() if one.parent == person and monday_of(one.day) == monday]
        kept = [world.notes[key] for key in world.notes_kept_by(person)]
        notes = {note.word for note in kept if note.monday == monday}
        assert set(WORD.findall(page)) == {one.word for one in of_week} | notes
        assert sorted(unescape(one) for one in OWN_HEADLINE.findall(page)) == world.told_to_parent(person, monday)

    def look_at_the_end(self):
        """How many lines each parent has to read: one for each page that was shown."""
        for share, permit in self.world.permits.items():
            number = self.opened.get(str(self.of(share)), 0)
            last = max(1, -(-number // LINES))
            page = self.open(permit.parent, f"/sharing/{self.of(share)}/readings/?page={last}")
            *_, lines = page.partition('<ul class="list" role="list">')
            assert lines.count("<li>") == number - LINES * (last - 1)
