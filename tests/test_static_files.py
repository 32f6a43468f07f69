"""The styles of most pages come in one file: on a slow line each file more is a request before the first word."""

import json
import os
import subprocess
import sys

import pytest

from config.static_files import JOINED, STYLES
from tests.browser.server import ROOT


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The folder of static files as a deployment makes it, made twice."""
    folder = tmp_path_factory.mktemp("data")
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    for _ in range(2):
        subprocess.run(command, cwd=ROOT, env=os.environ | {"DATA_DIR": str(folder)}, check=True)
    return folder / "static"


@pytest.fixture(scope="module")
def names(collected):
    """Each file's name of its content, by its plain name."""
    return json.loads((collected / "staticfiles.json").read_text(encoding="utf-8"))["paths"]


def test_the_joined_file_holds_each_style_once_in_order(collected, names):
    joined = (collected / names[JOINED]).read_text(encoding="utf-8")
    parts = [(ROOT / "static" / "css" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES]
    assert joined == "\n".join(parts)


def test_it_is_served_compressed_and_under_a_name_of_its_content(collected, names):
    assert names[JOINED].startswith("css/house.")
    assert names[JOINED] != JOINED
    assert (collected / f"{names[JOINED]}.gz").is_file()
    assert len(list((collected / "css").glob("house.*.css"))) == 1


def test_a_file_is_served_under_no_other_name(collected, names):
    """A worker reads each name when it starts."""
    assert all((collected / name).is_file() for name in names.values())
    assert [plain for plain in names if (collected / plain).exists()] == []


def test_a_script_is_served_without_its_lines_of_comment_and_whole_otherwise(collected, names):
    scripts = sorted((ROOT / "static" / "js").glob("*.js"))
    assert len(scripts) > 20
    for script in scripts:
        lines = script.read_text(encoding="utf-8").splitlines()
        served = (collected / names[f"js/{script.name}"]).read_text(encoding="utf-8")
        assert served.splitlines() == [line for line in lines if not line.lstrip().startswith("//")]


def test_what_no_page_asks_for_is_not_served(names):
    left_out = ("/i18n/", "/ext/", "/gis/")
    assert [name for name in names if any(folder in name for folder in left_out)] == []
    assert {"admin/js/core.js", "django_htmx/htmx-2.min.js"} <= names.keys()


@pytest.mark.parametrize("path", ["/", "/moments/", "/moments/new/", "/weeks/"])
def test_a_page_of_the_journal_asks_for_one_style(path, client, parent):
    client.force_login(parent)
    assert client.get(path).content.decode().count('rel="stylesheet"') == 1
