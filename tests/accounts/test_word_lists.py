"""zxcvbn's words keep their ranks, and the ranks are there once."""

import json
import subprocess
import sys

from django.conf import settings as project

TELL = "; import json; print(json.dumps(RANKED_DICTIONARIES))"


def told_by(module):
    command = [sys.executable, "-c", f"from {module} import RANKED_DICTIONARIES{TELL}"]
    told = subprocess.run(command, cwd=project.BASE_DIR, check=True, capture_output=True, text=True).stdout
    return {name: list(ranked.items()) for name, ranked in json.loads(told).items()}


def test_every_word_keeps_its_rank():
    assert told_by("accounts.word_lists") == told_by("zxcvbn.matching")


def test_each_rank_is_one_number_in_all_lists():
    from accounts.word_lists import RANKED_DICTIONARIES

    ranks = {id(rank): rank for ranked in RANKED_DICTIONARIES.values() for rank in ranked.values()}
    assert len(ranks) == len(set(ranks.values())) > 29_000
