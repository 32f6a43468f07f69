from datetime import date

import pytest

from journal.models import Visit
from tests.factories import make_share
from tests.journal.writing import problem

pytestmark = pytest.mark.django_db


def visit(share):
    return f"/sharing/{share.pk}/visit/"


def test_a_parent_says_what_to_talk_about_and_when(signed_in, share):
    assert signed_in.post(visit(share), {"ask": "Naps.", "planned_on": "2026-03-09"}).status_code == 302
    kept = Visit.objects.get()
    assert (kept.share, kept.ask, kept.planned_on) == (share, "Naps.", date(2026, 3, 9))
    assert "Naps." in signed_in.get(visit(share)).content.decode()


def test_both_may_be_taken_away_and_one_visit_stays(signed_in, share):
    signed_in.post(visit(share), {"ask": "Naps.", "planned_on": "2026-03-04"})
    signed_in.post(visit(share), {"ask": "", "planned_on": ""})
    kept = Visit.objects.get()
    assert (kept.ask, kept.planned_on) == ("", None)


def test_a_day_that_has_come_meanwhile_may_stay(signed_in, share, parent, wednesday):
    signed_in.post(visit(share), {"ask": "", "planned_on": "2026-03-05"})
    wednesday.shift(3 * 24 * 3600)
    signed_in.force_login(parent)
    assert signed_in.post(visit(share), {"ask": "More.", "planned_on": "2026-03-05"}).status_code == 302
    assert Visit.objects.get().ask == "More."


@pytest.mark.parametrize("wrong", [{"planned_on": "2026-03-03"}, {"planned_on": "soon"}, {"ask": "x" * 501}])
def test_what_is_wrong_is_refused_and_nothing_is_kept(signed_in, share, wrong):
    answer = signed_in.post(visit(share), {"ask": "Naps.", "planned_on": "", **wrong})
    assert answer.status_code == 422
    assert next(iter(wrong.values())) in answer.content.decode()
    assert not Visit.objects.exists()


def test_what_is_too_long_is_told_in_our_words(signed_in, share):
    answer = signed_in.post(visit(share), {"ask": "x" * 501, "planned_on": ""})
    assert problem(answer, "ask") == "That is longer than fits here. 500 letters fit."


def test_looking_makes_no_visit(signed_in, share):
    assert signed_in.get(visit(share)).status_code == 200
    assert not Visit.objects.exists()


def test_an_invitation_and_what_is_over_have_no_visit(signed_in, share, parent, wednesday):
    invited = make_share(parent=parent)
    share.end(by=parent)
    for one in (invited, share):
        assert signed_in.get(visit(one)).status_code == 404
        assert signed_in.post(visit(one), {"ask": "Naps."}).status_code == 404
    assert not Visit.objects.exists()


def test_only_the_parent_writes_the_ask(client, share, visitor, stranger):
    for person in (visitor, stranger):
        client.force_login(person)
        assert client.get(visit(share)).status_code == 404
        assert client.post(visit(share), {"ask": "Mine."}).status_code == 404
    assert not Visit.objects.exists()


def test_what_was_written_for_a_visit_that_took_place_stays_with_the_parent(signed_in, share):
    signed_in.post(visit(share), {"ask": "Naps.", "planned_on": ""})
    Visit.objects.get().hold()
    signed_in.post(visit(share), {"ask": "Teeth.", "planned_on": ""})
    page = signed_in.get(f"/sharing/{share.pk}/").content.decode()
    assert page.index("Teeth.") < page.index("Visits that took place") < page.index("Naps.")
