"""The demo families: every kind of week whatever day it is, in development mode and a new database only."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from journal.demo import PASSWORD, PEOPLE, make_demo
from journal.models import Child, Moment, Note, Share, Visit
from journal.week_counts import Band, WeekCounts
from journal.weeks import Week
from tests.factories import make_user

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
WEEKDAYS = [MONDAY + timedelta(days=day) for day in range(7)]
# In New York, where the demo families live: just after midnight on a Monday, before a Sunday ends, both clock changes.
EDGES = [
    datetime(2026, 3, 2, 5, 5, tzinfo=UTC),
    datetime(2026, 3, 9, 3, 55, tzinfo=UTC),
    datetime(2026, 3, 8, 12, 0, tzinfo=UTC),
    datetime(2026, 11, 1, 12, 0, tzinfo=UTC),
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    datetime(2027, 1, 1, 12, 0, tzinfo=UTC),
]


@pytest.fixture
def development(settings):
    settings.DEVELOPMENT = True


@pytest.fixture
def demo(content, development):
    make_demo()


def run(capsys):
    capsys.readouterr()
    call_command("make_demo")
    return capsys.readouterr().out


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (User, EmailAddress, Child, Moment)]


def bands(parent):
    """The bands of the ten weeks that are over, of each child."""
    this_week = Week.of(timezone.now().astimezone(parent.zone).date())
    for child in Child.objects.editable_by(parent):
        moments = Moment.objects.editable_by(parent).of_child(child)
        for weeks_ago in range(1, 11):
            yield WeekCounts.of(moments, Week(this_week.monday - timedelta(weeks=weeks_ago))).band


@pytest.mark.parametrize("now", WEEKDAYS + EDGES, ids=str)
def test_every_kind_of_week_is_there_on_any_day(content, development, now):
    with time_machine.travel(now, tick=False):
        make_demo()
        found = {
            band
            for email in ("parent@example.org", "other@example.org")
            for band in bands(User.objects.get(email=email))
        }
        assert found == set(Band)
        assert not Moment.objects.filter(happened_at__gt=timezone.now()).exists()


def later_coming_backs(week):
    """What mends a missed cue of this week after it was over."""
    return Moment.objects.filter(
        repairs__happened_on__range=(week.monday, week.sunday),
        happened_on__gt=week.sunday,
        author__email="parent@example.org",
    )


@time_machine.travel(WEEKDAYS[2], tick=False)
def test_every_week_of_the_demo_opens_and_only_a_later_coming_back_makes_one_say_updated(content, development, client):
    make_demo()
    client.force_login(User.objects.get(email="parent@example.org"))
    said = set()
    for weeks_ago in range(11):
        week = Week((MONDAY - timedelta(weeks=weeks_ago)).date())
        page = client.get(f"/weeks/{week.monday}/")
        assert page.status_code == 200
        says = "Updated" in page.content.decode()
        assert says == later_coming_backs(week).exists()
        said.add(says)
    assert said == {True, False}


def test_a_repair_of_the_demo_keeps_the_rules(demo):
    repairs = Moment.objects.exclude(repairs=None).select_related("repairs")
    assert len(repairs) >= 5
    for repair in repairs:
        missed = repair.repairs
        assert (repair.kind, missed.kind) == ("repair", "missed")
        assert (repair.author_id, repair.child_id) == (missed.author_id, missed.child_id)
        assert repair.happened_on >= missed.happened_on
    for moment in Moment.objects.exclude(child=None).select_related("child"):
        assert moment.happened_on >= moment.child.birth_month


def test_there_are_two_parents_a_visitor_and_an_editor(demo):
    assert set(User.objects.values_list("email", flat=True)) == set(PEOPLE)
    children = {email: Child.objects.filter(parent__email=email).count() for email in PEOPLE}
    assert children == {
        "parent@example.org": 2,
        "other@example.org": 1,
        "visitor@example.org": 0,
        "editor@example.org": 0,
    }
    assert list(User.objects.filter(is_staff=True).values_list("email", flat=True)) == ["editor@example.org"]
    assert not User.objects.filter(is_superuser=True).exists()
    assert not User.objects.filter(is_demo=False).exists()


@pytest.mark.parametrize("email", PEOPLE)
def test_each_of_them_can_sign_in_with_the_password_that_is_printed(demo, client, email):
    answer = client.post("/account/login/", {"login": email, "password": "most-of-the-time-demo"})
    assert PASSWORD == "most-of-the-time-demo"
    assert answer.headers["Location"] == "/"
    assert client.get("/settings/").status_code == 200


def test_the_journal_of_one_is_not_the_journal_of_the_other(demo, client):
    mine = Moment.objects.filter(author__email="parent@example.org").first()
    client.force_login(User.objects.get(email="other@example.org"))
    assert client.get(f"/moments/{mine.pk}/").status_code == 404
    assert "Mia" not in client.get("/").content.decode()


def test_a_second_run_keeps_what_is_there(content, development, capsys):
    assert "Demo families made." in run(capsys)
    Moment.objects.filter(author__email="other@example.org").first().delete()
    before = everything()
    assert "There are people here already; no demo families made." in run(capsys)
    assert everything() == before


def test_none_are_made_beside_people_who_are_there_already(content, development, capsys):
    person = make_user()
    assert "no demo families made" in run(capsys)
    assert list(User.objects.all()) == [person]


def test_outside_development_none_can_be_made(content, settings):
    settings.DEVELOPMENT = False
    with pytest.raises(CommandError, match="in development mode alone"):
        call_command("make_demo")
    with pytest.raises(RuntimeError, match="in development mode alone"):
        make_demo()
    assert not User.objects.exists()


def test_without_the_starting_content_the_families_are_there_all_the_same(development):
    make_demo()
    assert Moment.objects.filter(author__email="parent@example.org").exists()


@pytest.mark.parametrize("now", WEEKDAYS + EDGES, ids=str)
def test_the_visitor_reads_a_good_part_of_the_last_weeks(content, development, now):
    with time_machine.travel(now, tick=False):
        make_demo()
        visitor = User.objects.get(email="visitor@example.org")
        share = Share.objects.read_by(visitor).get()
        moments = list(share.moments.visible_to(visitor))
        assert len(moments) >= 20
        assert {moment.child.name for moment in moments} == {"Mia", "Leo"}
        assert any(moment.starred for moment in moments)
        assert any(moment.repairs in moments for moment in moments)
        assert not any(moment.felt_unsafe for moment in moments)
        visit = Visit.objects.visible_to(visitor).get()
        assert visit.planned_on == timezone.now().astimezone(share.parent.zone).date() + timedelta(days=2)
        assert visit.ask
        assert {note.author.email for note in Note.objects.visible_to(visitor)} == {share.parent.email, visitor.email}
        waiting = Share.objects.get(parent__email="other@example.org")
        assert waiting.is_asked
