"""A moment that felt scary or unsafe is shared by a second yes of its own, after a fresh sign-in."""

from unittest.mock import patch

import pytest
from django.urls import reverse

from journal.models import Moment, SharedMoment
from tests.factories import PASSWORD, make_moment
from tests.journal.writing import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("share")]


@pytest.fixture
def scary(parent, child):
    return make_moment(author=parent, child=child, felt_unsafe=True)


def address(moment, share=None):
    query = f"?share={share.pk}" if share else ""
    return reverse("journal:moment-sharing-scary", args=[moment.pk]) + query


def sign_in_again(client, then):
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": then})


def test_ticking_a_reader_shares_nothing_yet_and_asks_again(signed_in, share, scary):
    answer = signed_in.post(reverse("journal:moment-sharing", args=[scary.pk]), {"shares": [share.pk]})
    assert answer.url == address(scary, share)
    assert not SharedMoment.objects.exists()


def test_both_pages_ask_for_a_fresh_sign_in_first(signed_in, share, scary):
    for answer in (signed_in.get(address(scary, share)), signed_in.post(address(scary), {"shares": [share.pk]})):
        assert answer.url.startswith("/account/reauthenticate/?next=")
    assert not SharedMoment.objects.exists()


def test_after_it_the_law_is_told_and_the_second_yes_shares_it(signed_in, share, scary):
    back = sign_in_again(signed_in, address(scary, share))
    assert back.url == address(scary, share)
    page = read(signed_in.get(back.url))
    assert "<strong>The law:</strong> home visitors must tell child protection" in page
    assert not SharedMoment.objects.exists()
    assert signed_in.post(address(scary), {"shares": [share.pk]}).url == scary.get_absolute_url()
    assert SharedMoment.objects.get().moment == scary


def test_taking_it_back_needs_no_second_yes(signed_in, share, scary):
    scary.share_with([share], confirmed=True)
    signed_in.post(reverse("journal:moment-sharing", args=[scary.pk]), {})
    assert not SharedMoment.objects.exists()


def test_a_moment_without_the_mark_is_chosen_on_its_usual_page(signed_in, share, moment):
    assert signed_in.get(address(moment, share)).url == reverse("journal:moment-sharing", args=[moment.pk])


def test_nobody_else_gets_there(client, share, scary, visitor):
    client.force_login(visitor)
    assert client.get(address(scary, share)).status_code == 404
    assert client.post(address(scary), {"shares": [share.pk]}).status_code == 404
    assert not SharedMoment.objects.exists()


def test_a_mark_that_came_while_the_page_was_open_asks_for_the_second_yes(signed_in, share, parent, child):
    moment = make_moment(author=parent, child=child)
    share_with = Moment.share_with

    def marked_meanwhile(self, shares, **kwargs):
        kept = Moment.objects.get(pk=self.pk)
        kept.rewrite({"content": kept.content | {"felt_unsafe": True}}, version=kept.version)
        return share_with(self, shares, **kwargs)

    with patch.object(Moment, "share_with", marked_meanwhile):
        answer = signed_in.post(reverse("journal:moment-sharing", args=[moment.pk]), {"shares": [share.pk]})
    assert answer.url == address(moment, share)
    assert not SharedMoment.objects.exists()
