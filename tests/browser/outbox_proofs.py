"""The outbox under kills and on a line that breaks: no moment is lost, and none is there twice.

Taken in by tests/browser/test_outbox_holds.py with small `sizes`, by tests/reliability/test_outbox.py with large ones.
"""

from typing import NamedTuple

import pytest

from tests.browser.storms import sent_over_a_bad_line, sent_under_kills, sent_without, written_under_kills


class Sizes(NamedTuple):
    kills: int
    tries: int
    control: int


@pytest.fixture
def context(on_the_line):
    return on_the_line


@pytest.fixture
def session(families):
    return families["parents"].pop()


@pytest.fixture
def launch(playwright, browser_type_launch_args):
    """A browser whose profile stays in a folder: what is on the disk is what the next one finds."""

    def launch(folder, **options):
        return playwright.chromium.launch_persistent_context(folder, **options, **browser_type_launch_args)

    return launch


def test_the_queue_survives_kills(sizes, launch, tmp_path, line, session, server):
    said, tapped = written_under_kills(sizes.kills, launch, tmp_path, line, session)
    kept = server.texts_of(session)
    assert set(said) <= set(kept) <= set(tapped)
    assert len(kept) == len(set(kept))
    print(f"{sizes.kills} kills: {len(said)} said to be kept, {len(kept)} of {len(tapped)} kept, none lost")


def test_killed_while_it_sends_each_is_there_once(sizes, launch, tmp_path, line, session, server):
    texts, sends = sent_under_kills(sizes.kills, launch, tmp_path, line, session)
    assert sends > len(texts)  # some were there, and the phone did not know
    assert sorted(server.texts_of(session)) == sorted(texts)
    print(f"{sizes.kills} kills while sending: {len(texts)} moments took {sends} sends, each there once")


def test_a_line_that_breaks_neither_loses_nor_doubles(sizes, context, line, session, server):
    texts, sends = sent_over_a_bad_line(sizes.tries, context, line, session)
    assert sends > sizes.tries  # it did break
    assert sorted(server.texts_of(session)) == sorted(texts)
    print(f"{sizes.tries} moments over a line that breaks: {sends} sends, each there once")


def test_control_without_an_id_of_its_own_a_moment_is_there_twice(sizes, context, line, session, server):
    sent_without(sizes.control, context, line, session, again=True)
    words = server.texts_of(session)
    assert len(words) > len(set(words)) == sizes.control


def test_control_without_an_outbox_a_moment_is_lost(sizes, context, line, session, server):
    sent_without(sizes.control, context, line, session, again=False)
    assert len(set(server.texts_of(session))) < sizes.control
