"""Each word that our tone avoids is warned of when an editor writes it, in both languages, or left out with a reason."""

import pytest

from journal.prompt_checks import check_text

# The column "Avoid" of the tone, row by row, and the list of words that its checks look for.
AVOIDED = {
    "en": """
        failed to notice | ignored
        fix | make up for damage | made up for | damage
        score | rate | 75 % | 75% | 75 percent | goal | on track
        bad day | bad parent | relapse
        mom | mommy
        you will | he’ll | guarantees | research proves
        should | must | don't forget | you missed a day
        but | only | just | at least
        acting out | manipulative | spoiled | terrible twos
        monitored | assigned | case | client | compliance
        seek treatment | disorder | at risk
        secure child | insecure | avoidant | anxious child
        fail | failed | ignore | neglect | bad mother | lazy | streak | why did you
    """,
    "es": """
        no te fijaste | ignoraste
        arreglar el daño | compensar el daño | daño
        puntaje | calificación | 75 % | 75% | 75 por ciento | meta | por buen camino
        mal día | mal padre | mala madre | recaída
        mamá | mami
        tu bebé será | tu hijo va a | garantiza | las investigaciones demuestran
        deberías | debes | no olvides | te saltaste un día
        pero | solo | simplemente | al menos
        se portó mal | manipulador | manipula | malcriado | malcriada | terribles dos años
        monitoreada | asignado | caso | clienta | cumplimiento
        buscar tratamiento | trastorno | en riesgo
        hijo seguro | apego inseguro | insegura | evitativo | evitativa | niña ansiosa
        culpa | fallaste | descuidaste | floja | flojo | racha | por qué no
    """,
}
# Avoided in one sense and not in another: why the word alone is not looked for, and where it is fine.
LEFT_OUT = [
    ("en", "secure", "somebody may feel it", "When did you feel secure?"),
    ("en", "will", "asked, it is a plan", "What will you try next?"),
    ("en", "make up", "that is how people come back", "Who made the first move to make up?"),
    ("en", "your baby", "in the first year it is right", "What did your baby do?"),
    ("es", "arreglar", "that is how people come back", "¿Qué palabras usaste para arreglar las cosas?"),
    ("es", "seguro", "somebody may feel it", "¿En qué lugar se sintió seguro?"),
    ("es", "va a", "asked, it is a plan", "¿Qué va a probar tu familia?"),
    ("es", "a solas", "we say it in place of “solo” and “sola”", "¿Cuándo estuvieron a solas?"),
    ("es", "tu bebé", "in the first year it is right", "¿Qué hizo tu bebé?"),
]
PARTS = [
    (code, word.strip())
    for code, rows in AVOIDED.items()
    for row in rows.strip().splitlines()
    for word in row.split("|")
]


def words_found(language, text, **asked):
    return [finding.reason for finding in check_text(language, text, **asked) if "”" in finding.reason]


@pytest.mark.parametrize(("language", "word"), PARTS)
def test_each_word_that_the_tone_avoids_is_warned_of(language, word):
    said = {"en": f"What was {word} today?", "es": f"¿Qué fue {word} hoy?"}[language]
    assert words_found(language, said)
    assert not words_found(language, said.replace(word, "x"))


@pytest.mark.parametrize(("language", "word", "why", "text"), LEFT_OUT)
def test_a_word_that_is_fine_in_another_sense_is_left_in_peace_there(language, word, why, text):
    assert word in text
    assert words_found(language, text) == []


@pytest.mark.parametrize(("language", "words"), [("en", "What did your baby do?"), ("es", "¿Qué hizo tu bebé?")])
@pytest.mark.parametrize(("oldest", "count"), [(0, 0), (12, 0), (13, 1), (60, 1)])
def test_your_baby_is_for_the_first_year(language, words, oldest, count):
    assert len(words_found(language, words, oldest=oldest)) == count
