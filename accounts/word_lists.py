"""The word lists by which zxcvbn judges a password, in less memory than they take by themselves.

config/wsgi.py loads them before all else, so that what is let go here makes room for what comes after.
"""

from zxcvbn.frequency_lists import FREQUENCY_LISTS
from zxcvbn.matching import RANKED_DICTIONARIES

# Each of the six lists counts its words, 1, 2, 3 and so on, in numbers of its own: 94,000 of them. One of each is enough.
ONE_OF_EACH = [*range(1, 1 + max(map(len, RANKED_DICTIONARIES.values())))]
for ranked in RANKED_DICTIONARIES.values():
    ranked.update(zip(ranked, ONE_OF_EACH, strict=False))
# Read once, to rank the words by.
FREQUENCY_LISTS.clear()
