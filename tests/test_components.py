"""The page for who works on the look is not there where families are served."""

import os
import subprocess
import sys

import pytest

from tests.browser.server import ROOT

LOOK = """
import django
django.setup()
from django.urls import Resolver404, resolve
try:
    print(resolve("/components/").view_name)
except Resolver404:
    print("nothing")
"""


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["parent", "anonymous"])
def test_outside_development_it_is_as_missing_as_any_address(who, client, parent):
    if who == "parent":
        client.force_login(parent)
    answer, missing = client.get("/components/"), client.get("/nothing-here/")
    assert answer.status_code == missing.status_code == 404
    assert answer.content == missing.content


@pytest.mark.parametrize(("development", "found"), [("on", "components"), ("off", "nothing")])
def test_the_switch_decides(development, found):
    environment = os.environ | {"DEVELOPMENT": development, "ALLOWED_HOSTS": "localhost"}
    told = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    assert told.stdout.decode().strip() == found
