"""A parent whose phone speaks Spanish meets no English, from the first page on."""

import pytest

from tests.browser.journey import Journey, english_left

EMAIL = "en-espanol@example.com"


class SpanishJourney(Journey):
    """Looks at each page it comes to."""

    def arrive(self, english, **values):
        super().arrive(english, **values)
        assert english_left(self.page, "es") == []


@pytest.fixture
def journey(new_context, server):
    return SpanishJourney(new_context(locale="es-MX").new_page(), server, "es")


def test_a_new_parent_with_a_spanish_phone_goes_the_whole_way_in_spanish(journey):
    journey.sign_up(EMAIL)
    journey.name_a_child("Íñigo")
    journey.log_in_two_taps()
    journey.write_missed_with_everything("Se chupaba el puño y yo hablaba por teléfono.")
    journey.come_back_to_it("Le di de comer y le pedí perdón.")
    journey.change_the_words_to("Le canté junto a la ventana, y se rió el niño.")
    journey.find("nino", "Le canté junto a la ventana, y se rió el niño.")
    journey.write_a_week_that_is_most()
    journey.read_both_weeks()


def test_the_mail_with_the_code_is_in_spanish_too(journey, server):
    email = "correo@example.com"
    journey.sign_up(email)
    assert journey.say("Here is your code:") in server.mails_to(email)[0]


def test_the_check_for_english_sees_english(page):
    page.goto("/")
    assert "Start a journal" in english_left(page, "es")
