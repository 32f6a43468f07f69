"""How easy a text is to read: Flesch-Kincaid for English, Fernández-Huerta for Spanish.

Syllables are counted by spelling, so both results are close estimates. Numbers are not counted.
A line end closes a sentence, as headings and list items carry no full stop.
"""

import re
from collections.abc import Callable

WORD = re.compile(r"[a-záéíóúüñ]+(?:['’][a-z]+)?", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?]+|\n")


def english_grade(text: str) -> float:
    """The Flesch-Kincaid school grade: 6 is read with ease at twelve years."""
    words_per_sentence, syllables_per_word = _rates(text, _english_syllables)
    return 0.39 * words_per_sentence + 11.8 * syllables_per_word - 15.59


def spanish_ease(text: str) -> float:
    """The Fernández-Huerta ease, 0 to 100 and above: 70 and more is easy."""
    words_per_sentence, syllables_per_word = _rates(text, _spanish_syllables)
    return 206.84 - 60 * syllables_per_word - 1.02 * words_per_sentence


def _rates(text: str, count_syllables: Callable[[str], int]) -> tuple[float, float]:
    sentences = [words for part in SENTENCE_END.split(text) if (words := WORD.findall(part.lower()))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0, 0
    return len(words) / len(sentences), sum(map(count_syllables, words)) / len(words)


def _english_syllables(word: str) -> int:
    word = re.sub(r"['’]", "", word)
    word = re.sub(r"(som|car|hom|tim)e(?=[a-z]{2})|(ev)e(?=ry)", r"\1\2", word)  # "someone", "every"
    count = len(re.findall(r"[aeiouy]+", word))
    if re.search(r"[^aeiouyl]e$|[aeiouy]le$|[^aeiouytd]ed$|[^aeiouysxzcgh]es$", word):
        count -= 1  # the silent e of "came", "while", "asked", "times"
    count += len(re.findall(r"i[ao]|iet|idea|[uye]ing|(?<!p)eo|uou|[^aeiouy]ism$", word))  # "giant", "quiet", "being"
    count -= len(re.findall(r"[tcs]i(?:on|ou|an|al)|gio", word))  # "question", "special"
    return max(count, 1)


def _spanish_syllables(word: str) -> int:
    word = re.sub(r"qu|(?<=g)u(?=[eiéí])", "q", word)  # the silent u of "que", "sigue"
    word = re.sub(r"y(?![aeiouáéíóú])", "i", word)
    # One nucleus: a strong or stressed vowel with the weak ones that lean on it, or weak ones alone.
    return max(len(re.findall(r"[iuü]*[aeoáéó][iuü]*|[íú]|[iuü]+", word)), 1)
