"""Every word on the pages is said in every language, and the compiled catalogs are what the readable ones say."""

import re

import pytest

from tests.catalog import (
    extracted,
    is_translated,
    languages,
    messages,
    mo_bytes,
    po_path,
    read,
    strings,
)

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}")

each_language = pytest.mark.parametrize("language", languages())


def keys(catalog):
    return {(message.context, message.id) for message in messages(catalog)}


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def said(message):
    """The English of each plural form: the singular for the first, the plural for every other."""
    if not message.pluralizable:
        return [message.id]
    return [message.id[0], *[message.id[1]] * (len(strings(message)) - 1)]


@each_language
def test_every_message_has_its_translation(language):
    kept = read(language)
    translated = {(message.context, message.id) for message in messages(kept) if is_translated(message)}
    assert keys(extracted(language)) - translated == set(), "make messages, then translate"


@each_language
def test_no_translation_is_left_of_what_the_code_no_longer_says(language):
    kept = read(language)
    assert keys(kept) - keys(extracted(language)) == set(), "python -m tests.catalog prune"
    assert list(kept.obsolete) == [], "python -m tests.catalog prune"


@each_language
def test_a_translation_fills_in_the_same_things(language):
    differing = [
        (english, translation)
        for message in messages(read(language))
        for english, translation in zip(said(message), strings(message), strict=True)
        if placeholders(english) != placeholders(translation)
    ]
    assert differing == []


@each_language
def test_the_compiled_catalog_is_what_the_readable_one_says(language):
    assert po_path(language).with_suffix(".mo").read_bytes() == mo_bytes(language), "make messages"


def test_messages_are_found_wherever_a_page_can_say_them(tmp_path):
    for folder in ("config", "accounts", "journal/migrations", "templates/mail"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "journal/models.py").write_text(
        "# Translators: on a button\n"
        "name = _('plain')\n"
        "lazy = ngettext_lazy('one', '%(count)d many', 'count')\n"
        "month = pgettext_lazy('the month', 'May')\n"
        "both = npgettext('a week', 'day', 'days', n)\n"
    )
    (tmp_path / "journal/migrations/0001_initial.py").write_text("name = _('in a migration')\n")
    (tmp_path / "templates/page.html").write_text(
        "{% load i18n %}<ul>\n    <li>{% translate 'a tag' context 'page' %}</li>\n  <li>{{ name|default:_('a filter') }}\n"
        "{# Translators: a name #}\n{% blocktranslate trimmed with name=child.name %}\n  Hello\n  {{ name }}, 100%!\n"
        "{% endblocktranslate %}{% blocktranslate count n=days %}a day{% plural %}{{ n }} days{% endblocktranslate %}"
    )
    (tmp_path / "templates/mail/code.txt").write_text("{% translate 'in a mail' %}")

    found = extracted("es", tmp_path)

    assert keys(found) == {
        (None, "plain"),
        (None, ("one", "%(count)d many")),
        ("the month", "May"),
        ("a week", ("day", "days")),
        ("page", "a tag"),
        (None, "a filter"),
        (None, "Hello %(name)s, 100%%!"),
        (None, ("a day", "%(n)s days")),
        (None, "in a mail"),
    }
    assert found.get("plain").auto_comments == ["Translators: on a button"]
    assert found.get("Hello %(name)s, 100%%!").auto_comments == ["Translators: a name"]
