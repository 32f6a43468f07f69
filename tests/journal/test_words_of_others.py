"""Words that are not the page's own say in which language they are, or at least which way they run."""

from unittest.mock import patch

import pytest

from journal.models import PromptText
from tests.factories import make_moment, make_note, make_prompt

pytestmark = pytest.mark.django_db
ARABIC = "ضحكت لي."


@pytest.fixture
def moment(share, parent, child):
    """Written to a question in Spanish, shared with the visitor, and both sides read English."""
    prompt = make_prompt()
    made = make_moment(author=parent, child=child, prompt_text=PromptText.objects.get(prompt=prompt, language="es"))
    made.share_with([share])
    return made


@pytest.fixture
def opened(client, share, moment):
    """What the parent sees of it, and what the reader does."""

    def open_pages():
        pages = [(share.parent, moment.get_absolute_url()), (share.parent, f"/sharing/{share.pk}/preview/")]
        pages += [(share.reader, f"/families/{share.pk}/{path}") for path in ("", f"moments/{moment.pk}/")]
        for person, path in pages:
            client.force_login(person)
            with patch("accounts.second_factor.has_second_factor", return_value=True):
                yield client.get(path).content.decode()

    return open_pages


def test_a_question_asked_in_another_language_says_which(opened):
    for page in opened():
        assert 'lang="es">ES What made you two smile?' in page


def test_a_moment_without_a_question_says_nothing_of_it(opened, moment):
    moment.prompt_text = None
    moment.save()
    for page in opened():
        assert 'lang="es">ES' not in page
        assert 'lang=""' not in page


def test_what_a_parent_or_a_reader_wrote_runs_the_way_of_its_letters(opened, share, moment):
    moment.content = {**moment.content, "text": ARABIC}
    moment.save()
    for author in (share.parent, share.reader):
        make_note(share=share, author=author, moment=moment, text=ARABIC)
        make_note(share=share, author=author, text=ARABIC)
    for page in opened():
        before = [part[-60:] for part in page.split(ARABIC)[:-1]]
        assert before
        assert all('dir="auto">' in part for part in before)


def test_a_field_for_words_runs_that_way_too(signed_in):
    for path in ("/moments/new/?kind=missed", "/sharing/new/"):
        assert ' dir="auto"' in signed_in.get(path).content.decode()
