import pytest
from django.core.exceptions import ValidationError

from journal.forms.fields import NameField
from journal.models import Share
from tests.accounts.mailbox import code_in, without_tokens
from tests.factories import PASSWORD, make_share

pytestmark = [pytest.mark.django_db]
ROSA = {"name": "Rosa Delgado", "program": "Little Steps"}
GONE = "This invitation does not work any more. Ask for a new one."


@pytest.fixture
def link(wednesday, parent):
    return link_of(make_share(parent=parent))


def link_of(share):
    return f"/invitations/{share.invite().token}/"


def test_looking_at_a_link_shows_the_chosen_name_alone_and_uses_nothing_up(client, link):
    for _ in range(3):
        page = client.get(link).content.decode()
        assert "An invitation for Rosa" in page
        assert "parent@example.com" not in page
        assert f"/account/signup/?next={link}" in page
        assert f"/account/login/?next={link}" in page
    assert Share.objects.get().is_open


def test_signed_out_a_post_leads_to_sign_in_and_back(client, link):
    assert client.post(link, ROSA).headers["Location"] == f"/account/login/?next={link}"
    assert Share.objects.get().is_open


def test_a_reader_asks_once_and_nothing_can_be_read_yet(client, link, visitor):
    client.force_login(visitor)
    answer = client.post(link, ROSA)
    assert answer.headers["Location"] == "/families/"
    share = Share.objects.get()
    assert (share.reader, share.asked, share.is_live) == (visitor, ROSA, False)
    assert not share.token_digest
    assert not Share.objects.read_by(visitor).exists()


def test_a_link_works_once(client, link, visitor, stranger):
    client.force_login(visitor)
    client.post(link, ROSA)
    for person in (stranger, visitor):
        client.force_login(person)
        for answer in (client.get(link), client.post(link, {"name": "Eve", "program": "None"})):
            assert answer.status_code == 404
            assert GONE in answer.content.decode()
    assert Share.objects.get().reader == visitor
    assert Share.objects.get().asked == ROSA


def test_unknown_used_ended_and_old_links_give_one_and_the_same_page(client, parent, visitor, wednesday):
    used, ended, old = (make_share(parent=parent) for _ in range(3))
    links = ["/invitations/no-such-token/", link_of(used), link_of(ended), link_of(old)]
    used.request(by=visitor, **ROSA)
    ended.end(by=parent)
    wednesday.shift(7 * 24 * 3600 + 1)
    answers = [client.get(link) for link in links]
    assert {answer.status_code for answer in answers} == {404}
    # The page names its own address, for whoever changes the language.
    pages = {without_tokens(answer).replace(link.encode(), b"") for link, answer in zip(links, answers, strict=True)}
    assert len(pages) == 1


def test_a_parents_own_invitation_says_so_and_stays_open(client, link, parent):
    client.force_login(parent)
    for answer in (client.get(link), client.post(link, ROSA)):
        assert answer.status_code == 200
        assert "This is your own invitation." in answer.content.decode()
    assert Share.objects.get().is_open


@pytest.mark.parametrize("missing", ["name", "program"])
def test_both_name_and_program_are_asked_for_and_what_was_typed_stays(client, link, visitor, missing):
    client.force_login(visitor)
    answer = client.post(link, ROSA | {missing: ""})
    assert answer.status_code == 422
    kept = next(value for name, value in ROSA.items() if name != missing)
    assert kept in answer.content.decode()
    assert Share.objects.get().is_open


def test_who_asked_before_finds_name_and_program_filled_in(client, link, stranger, visitor):
    make_share(parent=stranger, reader=visitor, agreed=False)
    client.force_login(visitor)
    page = client.get(link).content.decode()
    assert 'value="Rosa Delgado"' in page
    assert 'value="Little Steps"' in page


def test_the_invitation_waits_through_sign_up_and_the_mail_check(client, parent, mailoutbox):
    link = link_of(make_share(parent=parent))
    client.post(f"/account/signup/?next={link}", {"email": "rosa@example.com", "password1": PASSWORD})
    answer = client.post("/account/confirm-email/", {"code": code_in(mailoutbox[0])})
    assert answer.headers["Location"] == link
    assert client.post(link, ROSA).headers["Location"] == "/families/"
    assert Share.objects.get().is_asked


@pytest.mark.parametrize(
    "name", ["Rosa. Nothing here is reported. She", "Rosa ** ", "Rosa\nSullivan", "Rosa! Trust her", "Rosa: yes"]
)
def test_a_name_that_is_a_sentence_is_refused_since_it_stands_in_the_consent(client, link, visitor, name):
    client.force_login(visitor)
    for typed in (ROSA | {"name": name}, ROSA | {"program": name}):
        answer = client.post(link, typed)
        assert answer.status_code == 422
        assert "Write a name, without a sentence or signs." in answer.content.decode()
    assert not Share.objects.asked_by(visitor).exists()


@pytest.mark.parametrize(
    "name",
    [
        *("Prof. Kim", "Dept. of Health", "Univ. of Ohio", "Assoc. for Families", "Srta. Ana Ruiz", "Sres. Ruiz"),
        *("Profa. Ana", "Dras. Ruiz y Gil", "Licda. Ruiz", "Mtra. Inés", "Hnos. Gil", "SRTA. RUIZ", "Depto. de Salud"),
    ],
)
def test_forms_of_address_and_words_written_short_are_names(name):
    assert NameField().clean(name) == name


@pytest.mark.parametrize(
    "name", ["Rosa. Prof. Kim", "Prof. Delgado. Trust her", "Srta. Ruiz. Nada de esto", "Prof. Kim!"]
)
def test_a_title_opens_no_way_for_a_sentence(name):
    with pytest.raises(ValidationError):
        NameField().clean(name)


def test_names_with_short_forms_and_marks_of_many_languages_are_names(client, link, visitor):
    client.force_login(visitor)
    typed = {"name": "Dr. María-José O'Neil (she/her)", "program": "St. Mary's & Co. Home Visiting, Inc."}
    assert client.post(link, typed).status_code == 302
    assert Share.objects.asked_by(visitor).get().asked == typed
