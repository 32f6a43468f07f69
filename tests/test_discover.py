import pytest
from tests.test_access import *
from tests.test_access import walk
def test_names():
    print(without_rows(get_resolver().url_patterns))
