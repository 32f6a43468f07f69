"""An editor is warned before a section, or a kind at an age, loses its last question, today or on a day to come."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journal.last_questions import coming_to_an_end, has_gaps
from journal.models import Prompt
from tests.factories import make_prompt
from tests.journal.editing import PROMPTS, errors_of, fields_of, page_of, save
from tests.journal.test_prompt_sheet import ROW, as_csv, look, yes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

SECTION = "section S7"
KIND = "“responding” for 3 to 5 years"


def day(ahead):
    return timezone.localdate() + timedelta(days=ahead)


def in_days(ahead):
    return day(ahead).isoformat()


@pytest.fixture
def last():
    """The last question of a section, and of its kind at the oldest age."""
    make_prompt(ages=(0, 36))
    prompt = make_prompt(slug="last", ages=(24, 60), text="What made you two laugh?", source_section="S7")
    prompt.texts.filter(language="es").update(text="¿Qué les dio risa?")
    return prompt


def doubts_of(answer):
    return [error for error in errors_of(answer) if "question" in error]


def test_what_a_question_alone_keeps_up_is_named_when_it_goes(editing, last):
    told = [f"It is the last published question of {SECTION}.", f"It is the last published question about {KIND}."]
    assert doubts_of(save(editing, page_of(last), "_retire")) == told
    assert doubts_of(save(editing, page_of(last), "_draft")) == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"source_section": "S8"}, [f"It is the last published question of {SECTION}."]),
        ({"kind": "missed"}, [f"It is the last published question about {KIND}."]),
        ({"age_max_months": "36"}, [f"It is the last published question about {KIND}."]),
        ({"age_min_months": "48"}, []),
        ({"text_en": "What made you laugh?"}, []),
    ],
)
def test_a_change_that_moves_the_last_question_elsewhere_is_warned_of(editing, last, typed, told):
    answer = save(editing, page_of(last), **typed)
    assert answer.status_code == (422 if told else 302)
    assert not told or doubts_of(answer) == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"ask_until": 9}, "After March 13, 2026, section S7 has no question."),
        ({"ask_until": -1}, "It is the last published question of section S7."),
        ({"ask_from": 1}, "It is the last published question of section S7."),
        ({"ask_from": -1}, ""),
    ],
)
def test_days_that_leave_a_hole_are_warned_of(editing, last, typed, told):
    answer = save(editing, page_of(last), **{name: in_days(ahead) for name, ahead in typed.items()})
    assert answer.status_code == (422 if told else 302)
    assert not told or told in doubts_of(answer)


@pytest.mark.parametrize(("ahead", "status"), [(9, 302), (10, 302), (11, 422)])
def test_another_question_may_follow_the_day_after(editing, last, ahead, status):
    make_prompt(slug="next", ages=(24, 60), source_section="S7", ask_from=day(ahead))
    assert save(editing, page_of(last), ask_until=in_days(9)).status_code == status


def test_after_a_second_thought_it_is_saved_all_the_same(editing, last):
    answer = save(editing, page_of(last), source_section="S8")
    assert 'name="_save" value="anyway"' in answer.content.decode()
    assert editing.post(page_of(last), fields_of(answer) | {"_save": "anyway"}).status_code == 302
    last.refresh_from_db()
    assert last.source_section == "S8"


def test_a_longer_time_is_no_loss(editing, last):
    Prompt.objects.filter(pk=last.pk).update(ask_until=day(3))
    assert save(editing, page_of(last), ask_until=in_days(9)).status_code == 302
    assert save(editing, page_of(last), ask_until=in_days(2)).status_code == 422


def test_what_nobody_is_asked_yet_is_moved_freely(editing, last):
    last.back_to_draft()
    assert save(editing, page_of(last), source_section="S8", kind="missed").status_code == 302


# When nobody changes anything: a day comes


def test_the_starting_questions_have_no_gap(content, editing):
    assert not has_gaps()
    assert coming_to_an_end() == []
    assert "will have none" not in editing.get(PROMPTS).content.decode()


@pytest.mark.parametrize("ahead", [5, -1])
def test_a_last_day_that_leaves_a_hole_is_told_on_the_list_before_and_after(content, editing, ahead):
    Prompt.objects.filter(source_section="S22").update(ask_until=day(ahead))
    assert "A section, or a kind at an age, has no question or will have none." in editing.get(PROMPTS).content.decode()
    page = editing.get(f"{PROMPTS}coverage/").content.decode()
    assert ("Holes to come" in page) == (ahead > 0)
    assert ("section S22 has no question." in page) == (ahead > 0)
    assert ("Section S22 has no question in English." in page) == (ahead < 0)


def test_both_ask_the_database_once(content, django_assert_num_queries):
    for ask in (has_gaps, coming_to_an_end):
        with django_assert_num_queries(1):
            ask()


# A file


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"state": "retired"}, True), ({"source_section": "S8"}, True), ({"theme": "bond"}, False)],
)
def test_a_file_that_takes_a_last_question_away_says_so_before_it_is_kept(editing, last, changed, told):
    known = {"slug": "last", "kind": "responsive", "age_min_months": "24", "age_max_months": "60", "state": "published"}
    file = as_csv(ROW | known | {"source_section": "S7"} | changed)
    page = look(editing, file)
    assert ("What this file leaves without a question" in page) == told
    assert ("section S7 has no question." in page) == told
    assert "1 question is kept" in yes(editing, page)
