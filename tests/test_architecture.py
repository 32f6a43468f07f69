"""What the code may not do, read from its source: each rule is a function of source text, and each is seen to fail."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin.sites import all_sites

from accounts.models import DataKey
from journal.models import Child, Moment, PromptOffer

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "journal")
PRIVATE = {"Child", "Moment", "PromptOffer", "DataKey"}
SCOPES = {"visible_to", "editable_by", "none"}
LONGEST_FILE = 200
LONGEST_VIEW = 25

# Doors that need no person to look through, by file, with the call that may follow `.objects`.
UNSCOPED = {
    # Keys of everybody are wrapped anew: a key says nothing, and the command shows ids to nobody.
    ("accounts/management/commands/rotate_keys.py", "DataKey.to_rewrap"),
    # Writes under the author that it is given, and looks up that author's moments only.
    ("journal/forms/keeping.py", "Moment.keep"),
    # Makes the demo families' own rows.
    ("journal/demo.py", "Child.create"),
    ("journal/demo.py", "Moment.create"),
    # Writes down what was shown to the author that it is given; it reads nothing.
    ("journal/models/offers.py", "PromptOffer.bulk_create"),
}
WITHOUT_MODELS = ("weeks", "summaries", "summary_words", "week_counts", "stories", "picture*")
# Help texts are our own words, and some hold a list.
MAY_BE_SAFE = {"templates/house/check.html", "templates/house/notes.html"}
# One file of settings is easier to check than several that add up.
MAY_BE_LONG = {"config/settings.py"}
TOP = {
    *(".ci", ".editorconfig", ".gitattributes", ".gitignore", "Makefile", "README.md", "manage.py", "pyproject.toml"),
    *("requirements-dev.in", "requirements-dev.txt", "requirements.in", "requirements.txt"),
    *("accounts", "config", "docs", "journal", "locale", "static", "templates", "tests"),
}


def sources(*patterns: str) -> list[Path]:
    """Our files under these patterns, migrations and tests aside."""
    found = sorted(path for pattern in patterns for path in ROOT.glob(pattern) if "migrations" not in path.parts)
    assert found, patterns
    return found


def by_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


PYTHON = sources("config/**/*.py", "accounts/**/*.py", "journal/**/*.py")
VIEWS = sources("*/views/*.py", "config/health.py", "config/errors.py")
TEMPLATES = sources("templates/**/*.html", "templates/**/*.txt")


def of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# The rules


def unscoped(source: str) -> Iterator[str]:
    """Every use of a private model's manager that is not narrowed to a person at once: `Model.call`."""
    tree = ast.parse(source)
    narrowed = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or node.attr not in ("objects", "_default_manager", "_base_manager"):
            continue
        model = node.value
        name = model.id if isinstance(model, ast.Name) else model.attr if isinstance(model, ast.Attribute) else "?"
        if name in PRIVATE and narrowed.get(id(node)) not in SCOPES:
            yield f"{name}.{narrowed.get(id(node))}"


def given_whole(source: str) -> Iterator[str]:
    """Private models handed to a look-up that starts from the whole table."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.startswith("get_"):
            yield from (arg.id for arg in node.args if isinstance(arg, ast.Name) and arg.id in PRIVATE)


def other_names(source: str) -> Iterator[str]:
    """Private models under another name, which the other rules would not know."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            yield from (name.name for name in node.names if name.asname and name.name in PRIVATE)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id in PRIVATE:
            yield node.value.id


def imported(source: str) -> Iterator[str]:
    """Every module that is imported, `if TYPE_CHECKING` too, and what is taken from it, with dots."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{name.name}" for name in node.names)


def imports_of(source: str, *parts: str) -> list[str]:
    """The imports in which one of these names is a part."""
    return [name for name in imported(source) if set(parts) & set(name.split("."))]


def registered(models) -> set:
    """Private models among these, as an admin site lists them."""
    return set(models) & {Child, Moment, PromptOffer, DataKey}


def decorators(view: ast.FunctionDef) -> set[str]:
    found = [node.func if isinstance(node, ast.Call) else node for node in view.decorator_list]
    return {node.id for node in found if isinstance(node, ast.Name)}


def functions(source: str) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]


def public_without_a_reason(source: str) -> list[str]:
    """Public views with no comment "# Public" above them or above the first public view of the module."""
    lines = source.splitlines()
    public = [view for view in functions(source) if "login_not_required" in decorators(view)]

    def has_reason(view: ast.FunctionDef) -> bool:
        above = min(node.lineno for node in view.decorator_list) - 2
        while above >= 0 and lines[above].startswith("#"):
            if lines[above].startswith("# Public"):
                return True
            above -= 1
        return False

    return [] if public and has_reason(public[0]) else [view.name for view in public if not has_reason(view)]


def views_of_any_method(source: str) -> list[str]:
    """Functions that take a request and answer it at an address, and do not say to which methods."""
    return [
        view.name
        for view in functions(source)
        if view.decorator_list and not any(name.startswith("require_") for name in decorators(view))
    ]


def long_functions(source: str) -> list[str]:
    return [view.name for view in functions(source) if view.end_lineno - view.lineno + 1 > LONGEST_VIEW]


def is_long(source: str) -> bool:
    return len(source.splitlines()) > LONGEST_FILE


INLINE = re.compile(r"<style|<script(?![^>]*\ssrc=)|\sstyle\s*=|\son[a-z]+\s*=|javascript:", re.IGNORECASE)
EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)
SAFE = re.compile(r"\|\s*safe(seq)?\b|\bautoescape off\b")
QUERY = re.compile(r"\.(objects|all|count|filter|exists|exclude|values|[a-z_]+_set|mended_by)\b")


def bare(source: str) -> str:
    return COMMENT.sub("", source)


def inline(source: str) -> list[str]:
    """Scripts, styles and handlers written into the page, which the policy would refuse."""
    return INLINE.findall(EXPRESSION.sub("", bare(source)))


def trusted(source: str) -> list[str]:
    """Places where text goes into the page as it stands."""
    return [part for part in EXPRESSION.findall(bare(source)) if SAFE.search(part)]


def queries(source: str) -> list[str]:
    """Template expressions that ask the database. Quoted words aside."""
    parts = (re.sub(r"\"[^\"]*\"|'[^']*'", '""', part) for part in EXPRESSION.findall(bare(source)))
    return [part for part in parts if QUERY.search(part)]


# The code


def test_no_private_row_is_looked_up_without_saying_for_whom():
    found = {(by_name(path), call) for path in PYTHON for call in unscoped(of(path))}
    assert found == UNSCOPED


def test_no_look_up_starts_from_a_whole_private_table():
    assert [by_name(path) for path in PYTHON if [*given_whole(of(path)), *other_names(of(path))]] == []


def test_accounts_know_nothing_of_the_journal():
    ours = sources("accounts/**/*.py")
    assert [by_name(path) for path in ours if any(name.split(".")[0] == "journal" for name in imported(of(path)))] == []


def test_models_know_no_views_and_no_forms():
    models = sources("journal/models/*.py", "accounts/models.py")
    assert {by_name(path): found for path in models if (found := imports_of(of(path), "views", "forms"))} == {}


def test_the_week_is_told_without_the_database():
    modules = sources(*(f"journal/{name}.py" for name in WITHOUT_MODELS))
    assert {by_name(path): found for path in modules if (found := imports_of(of(path), "models", "db"))} == {}


def test_no_admin_knows_a_private_model():
    assert {site.name: registered(site._registry) for site in all_sites} == {site.name: set() for site in all_sites}


def test_every_public_view_says_why():
    assert {by_name(path): found for path in VIEWS if (found := public_without_a_reason(of(path)))} == {}


def test_every_view_says_to_which_methods_it_answers():
    assert {by_name(path): found for path in VIEWS if (found := views_of_any_method(of(path)))} == {}


def test_view_functions_are_short():
    assert {by_name(path): found for path in VIEWS if (found := long_functions(of(path)))} == {}


def test_files_are_short():
    code = [*PYTHON, *sources("static/**/*.js", "static/**/*.css")]
    assert {by_name(path) for path in code if is_long(of(path))} == MAY_BE_LONG


def test_templates_hold_no_script_and_no_style():
    assert {by_name(path): found for path in TEMPLATES if (found := inline(of(path)))} == {}


def test_templates_escape_what_they_show():
    assert {by_name(path) for path in TEMPLATES if path.suffix == ".html" and trusted(of(path))} == MAY_BE_SAFE


def test_templates_ask_the_database_nothing():
    assert {by_name(path): found for path in TEMPLATES if (found := queries(of(path)))} == {}


def test_there_are_two_apps_of_ours():
    ours = {name.split(".")[0] for name in settings.INSTALLED_APPS if (ROOT / name.split(".")[0]).exists()}
    assert ours == set(APPS)
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert folders == {*APPS, "config", "tests"}


def test_only_known_things_stand_at_the_top():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {name.split("/")[0] for name in listed.splitlines()} - TOP == set()


# Each rule sees what it is there to see


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Moment.objects.get(pk=pk)", ["Moment.get"]),
        ("models.Child.objects.all()", ["Child.all"]),
        ("rows = PromptOffer.objects", ["PromptOffer.None"]),
        ("Moment.objects.filter(x=1).visible_to(user)", ["Moment.filter"]),
        ("DataKey._default_manager.first()", ["DataKey.first"]),
        ("Moment.objects.visible_to(user).get(pk=pk)", []),
        ("Child.objects.none()", []),
        ("Theme.objects.all()", []),
    ],
)
def test_an_unscoped_look_up_is_seen(source, found):
    assert list(unscoped(source)) == found


def test_a_whole_table_and_another_name_for_it_are_seen():
    assert list(given_whole("get_object_or_404(Moment, pk=pk)")) == ["Moment"]
    assert list(given_whole("get_object_or_404(Moment.objects.visible_to(user), pk=pk)")) == []
    assert list(other_names("from journal.models import Child as Person\nM = Moment")) == ["Child", "Moment"]


def test_an_import_is_seen_wherever_it_stands():
    source = "def late():\n    from journal.models.moments import Moment\nimport journal.views"
    assert imports_of(source, "models") == ["journal.models.moments.Moment"]
    assert imports_of(source, "views", "forms") == ["journal.views"]
    assert imports_of("from journal import models", "models") == ["journal.models"]
    assert imports_of("from journal import weeks", "models") == []


def test_a_private_model_in_an_admin_is_seen():
    assert registered({Moment: object(), DataKey: object(), settings: object()}) == {Moment, DataKey}


def test_a_public_view_without_a_reason_is_seen():
    view = "@require_safe\n@login_not_required\ndef {}(request):\n    pass\n"
    reason = "# Public: for all.\n"
    assert public_without_a_reason(view.format("one")) == ["one"]
    assert public_without_a_reason("# Not so.\n" + view.format("one")) == ["one"]
    assert public_without_a_reason(view.format("one") + reason + view.format("two")) == ["one"]
    assert public_without_a_reason(reason + "# More.\n" + view.format("one") + view.format("two")) == []


def test_a_view_of_any_method_is_seen():
    assert views_of_any_method("@login_not_required\ndef one(request):\n    pass") == ["one"]
    assert views_of_any_method('@require_http_methods(["GET"])\ndef one(request):\n    pass') == []


def test_length_is_seen():
    view = "def one(request):" + "\n    pass" * LONGEST_VIEW
    assert long_functions(view) == ["one"]
    assert long_functions(view.removesuffix("\n    pass")) == []
    assert is_long("\n" * (LONGEST_FILE + 1))
    assert not is_long("\n" * LONGEST_FILE)


@pytest.mark.parametrize(
    "source",
    ["<script>go()</script>", "<style>p {}</style>", '<p style="color: red">', '<p onclick="go()">', "<SCRIPT async>"],
)
def test_a_script_or_style_in_a_page_is_seen(source):
    assert inline(source)


def test_a_linked_script_and_words_like_a_handler_are_let_through():
    source = '<script src="{% static "js/once.js" %}" defer></script>{% include "a.html" with one=1 only %}'
    assert inline(source + "{# style=never #}") == []


@pytest.mark.parametrize(
    "source", ["{{ text|safe }}", "{{ text | safe }}", "{% autoescape off %}", "{{ lines|safeseq|join:' ' }}"]
)
def test_unescaped_text_is_seen(source):
    assert trusted(source) == [source]


@pytest.mark.parametrize(
    "source",
    ["{{ Moment.objects }}", "{% for one in child.moments.all %}", "{{ moments.count }}", "{% if a.moment_set %}"],
)
def test_a_query_in_a_template_is_seen(source):
    assert queries(source) == [source]


def test_words_and_counters_in_a_template_are_no_query():
    assert queries('{{ forloop.counter }}{% include "a.all.html" %}{{ child.name }}{# a.count #}') == []
