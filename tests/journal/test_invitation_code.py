import pytest
from django.core.cache import cache

from journal.models import Share
from tests.factories import make_share, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
CODE = "/invitations/"
ROSA = {"name": "Rosa Delgado", "program": "Little Steps"}


@pytest.fixture(autouse=True)
def no_tries():
    cache.clear()


@pytest.fixture
def reading(client, visitor):
    client.force_login(visitor)
    return client


def invited(parent):
    share = make_share(parent=parent)
    return share, share.invite()


def test_a_code_leads_to_the_invitation_however_it_is_typed(reading, parent):
    share, made = invited(parent)
    answer = reading.post(CODE, {"code": f" {made.spoken.lower()} - "})
    assert answer.status_code == 302
    assert made.code not in answer.headers["Location"]
    assert "An invitation for Rosa" in reading.get(answer.headers["Location"]).content.decode()
    assert reading.post(answer.headers["Location"], ROSA).headers["Location"] == "/families/"
    share.refresh_from_db()
    assert share.is_asked
    assert share.asked == ROSA


def test_a_ticket_is_of_the_one_person_who_typed_the_code(reading, client, parent, stranger):
    share, made = invited(parent)
    ticket = reading.post(CODE, {"code": made.code}).headers["Location"]
    client.force_login(stranger)
    assert client.get(ticket).status_code == 404
    assert client.post(ticket, ROSA).status_code == 404
    client.logout()
    assert client.get(ticket).status_code == 404
    assert Share.objects.get(pk=share.pk).is_open


def test_a_ticket_works_for_an_hour(client, visitor, parent, wednesday):
    _share, made = invited(parent)
    client.force_login(visitor)
    ticket = client.post(CODE, {"code": made.code}).headers["Location"]
    wednesday.shift(3601)
    assert client.get(ticket).status_code == 404


def test_a_ticket_ends_with_its_code(reading, parent):
    share, made = invited(parent)
    ticket = reading.post(CODE, {"code": made.code}).headers["Location"]
    share.invite()
    assert reading.get(ticket).status_code == 404


@pytest.mark.parametrize("typed", ["", "ABCDE FGHJK", "short", "x" * 41, "ÜBERÜBERÜB", "UUUUUUUUUU"])
def test_a_wrong_code_is_refused_beside_the_field_and_stays_typed(reading, parent, typed):
    share, _made = invited(parent)
    answer = reading.post(CODE, {"code": typed})
    assert answer.status_code == 422
    assert typed in answer.content.decode()
    assert Share.objects.get(pk=share.pk).is_open


def test_a_used_code_does_not_work(reading, parent, stranger):
    share, made = invited(parent)
    share.request(by=stranger, **ROSA)
    assert reading.post(CODE, {"code": made.code}).status_code == 422


def test_after_ten_wrong_tries_the_right_code_waits_an_hour_too(reading, parent, wednesday):
    _share, made = invited(parent)
    for _ in range(10):
        assert reading.post(CODE, {"code": "ABCDEFGHJK"}).status_code == 422
    answer = reading.post(CODE, {"code": made.code})
    assert answer.status_code == 429
    assert "Wait an hour" in answer.content.decode()
    wednesday.shift(3601)
    assert reading.post(CODE, {"code": made.code}).status_code == 302


def test_the_address_waits_whoever_tries_and_another_address_does_not(reading, client, parent):
    _share, made = invited(parent)
    for number in range(10):
        client.force_login(make_user(email=f"try{number}@example.com"))
        assert client.post(CODE, {"code": "ABCDEFGHJK"}).status_code == 422
    client.force_login(make_user(email="last@example.com"))
    assert client.post(CODE, {"code": made.code}).status_code == 429
    assert client.post(CODE, {"code": made.code}, REMOTE_ADDR="10.0.0.9").status_code == 302


def test_the_account_waits_at_every_address(reading, parent):
    _share, made = invited(parent)
    for number in range(10):
        reading.post(CODE, {"code": "ABCDEFGHJK"}, REMOTE_ADDR=f"10.0.0.{number}")
    assert reading.post(CODE, {"code": made.code}, REMOTE_ADDR="10.0.1.1").status_code == 429


def test_right_codes_and_empty_ones_are_not_counted(reading, parent):
    _share, made = invited(parent)
    for _ in range(12):
        assert reading.post(CODE, {"code": made.code}).status_code == 302
        assert reading.post(CODE, {"code": ""}).status_code == 422
    assert reading.post(CODE, {"code": "ABCDEFGHJK"}).status_code == 422


def test_signed_out_nobody_types_a_code(client):
    assert client.post(CODE, {"code": "ABCDEFGHJK"}).headers["Location"].startswith("/account/login/")
