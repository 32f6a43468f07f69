"""The house stands as it was planned. Each rule is shown a bad snippet as well, which it must find."""

import inspect
import re
from itertools import chain

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.sites import all_sites
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from journal.admin import editors
from journal.models import Opened, Parcel, Reading, Visit, Way
from tests import architecture
from tests.architecture import ROOT, Source, is_model_file, python_files, templates
from tests.factories import make_child, make_draft, make_moment, make_note, make_prompt, make_share

OURS = {"accounts", "journal"}
PRIVATE = frozenset({"Child", "DataKey", "Draft", "FormerKey", "Moment", "Note", "Parcel", "ParcelPart", "PromptOffer"})
PRIVATE |= {"Reading", "Share", "SharedMoment", "Visit"}
MODELS = {model.__name__: model for app in OURS for model in apps.get_app_config(app).get_models()}
# Of no page: opened by the seal alone.
KEYS = {"DataKey", "FormerKey"}
# People, and words that are nobody's.
KNOWN = frozenset(MODELS) - PRIVATE
RELATIONS = frozenset(
    relation.get_accessor_name()
    for model in apps.get_models()
    for relation in model._meta.related_objects
    if relation.related_model.__name__ in PRIVATE and not relation.one_to_one
)
PURE = ("weeks", "stories", "week_counts", "summaries", "summary_words", "picture", "picture_marks", "picture_words")

CODE = python_files("accounts", "config", "journal")
MODEL_FILES = [source for source in CODE if is_model_file(source)]
DOORS = [source for source in CODE if not is_model_file(source)]
VIEWS = [source for source in CODE if "/views/" in source.path]
PAGES = templates()
MAILS = templates("*.txt")

# Where a private row is reached without a person, and why that is right.
UNSCOPED = {
    (
        "accounts/devices.py",
        "UserSession.objects",
    ): "the verbs that list and make the sessions of the person it is given",
    ("accounts/factor_seal.py", "Authenticator.objects"): "seals every secret anew, shows none",
    ("accounts/management/commands/rotate_keys.py", "DataKey.objects.to_rewrap"): "re-wraps every key, opens no text",
    ("accounts/management/commands/rotate_keys.py", "FormerKey.objects.to_rewrap"): "re-wraps every key, opens no text",
    ("accounts/renewing.py", "DataKey.objects.filter"): "renews every key, for a command",
    ("accounts/renewing.py", "FormerKey.objects.order_by"): "puts every former key away, for a command",
    ("accounts/renewing.py", "model.objects"): "seals every value anew, for a command; shows none",
    ("accounts/same_work.py", "EmailAddress.objects"): "of someone who was never kept, for as much work",
    ("accounts/sessions.py", "Session.objects"): "finds the sessions of the person it is given, to end them",
    ("journal/admin/history.py", "ContentType.objects"): "which table a row of words is in",
    ("journal/admin/history.py", "LogEntry.objects"): "who last changed a row of words; no row of a journal is in it",
    ("journal/editors.py", "Group.objects"): "the group that gives the rights of an editor",
    ("journal/demo.py", "Child.objects.create"): "makes a row, of the parent it is given",
    ("journal/demo.py", "Moment.objects.create"): "makes a row, of the parent it is given",
    ("journal/demo.py", "EmailAddress.objects"): "makes the address that a demo person signs in by",
    ("journal/erasing.py", "Parcel.objects.throw_away"): "of the owner it is given",
    ("journal/forms/keeping.py", "Moment.objects.keep"): "the verb that makes a row, of the author it is given",
    ("journal/loading.py", "model.objects"): "the words of the starting content, which are nobody's",
    ("journal/management/commands/clear_parcels.py", "Parcel.objects.past"): "throws away what is over, shows none",
    ("journal/redeeming.py", "Share.objects.invited_with"): "an invitation is for whoever holds its secret",
    ("journal/redeeming.py", "Share.objects.open_invitations"): "an invitation is for whoever holds its secret",
    ("journal/takeout/bringing_in.py", "Moment.objects.bulk_create"): "makes rows, of the author they name",
    ("journal/takeout/bringing_in.py", "Moment.objects.bulk_update"): "of the rows that it just made",
    ("journal/takeout/bringing_in.py", "Note.objects.bulk_create"): "makes rows, of the parent they name",
    ("journal/takeout/bringing_in.py", "Reading.objects.bulk_create"): "makes rows, of the share they name",
    ("journal/takeout/bringing_in.py", "Share.objects.keep_past"): "makes a row, of the parent it names",
    ("journal/takeout/bringing_in.py", "SharedMoment.objects.bulk_create"): "makes rows, of the share they name",
    ("journal/takeout/bringing_in.py", "Visit.objects.bulk_create"): "makes rows, of the parent they name",
    ("journal/takeout/packing.py", "Parcel.objects.begin"): "makes a row, of the owner it is given",
    ("journal/views/bringing.py", "Parcel.objects.begin"): "makes a row, of the owner it is given",
    ("journal/views/bringing.py", "Parcel.objects.throw_away"): "of the owner it is given",
    ("journal/views/export.py", "Parcel.objects.throw_away"): "of the owner it is given",
}
# The same within the models themselves, which have no request to ask.
UNSCOPED_IN_MODELS = {
    ("accounts/models.py", "DataKey.objects.filter"): "of the key it is, which it renews",
    ("accounts/models.py", "DataKey.objects.select_for_update"): "of the key it is, which it renews",
    ("accounts/models.py", "FormerKey.objects.filter"): "the key that a sealed value names; whose it is is looked at",
    ("journal/models/offers.py", "PromptOffer.objects.bulk_create"): "writes of the author it is given, reads nothing",
    ("journal/models/moment_queries.py", "SharedMoment.objects.in_force"): "narrowed to one share",
    (
        "journal/models/moment_queries.py",
        "SharedMoment.objects.bulk_create",
    ): "writes of the moments that were asked, reads nothing",
    ("journal/models/share_queries.py", "SharedMoment.objects.in_force"): "a condition on the shares that were asked",
    (
        "journal/models/moments.py",
        "SharedMoment.objects.bulk_create",
    ): "writes of the moment it is given, reads nothing",
    ("journal/models/prompt_counts.py", "PromptOffer.objects.filter"): "counts alone, and small ones not at all",
    ("journal/models/prompt_counts.py", "Moment.objects.filter"): "counts alone, and small ones not at all",
    ("journal/models/shared_moments.py", "Share.objects.live"): "a condition; `read_by` names the reader",
    ("journal/models/shares.py", "Moment.objects.shared_through"): "of one share, which names its parent",
    ("journal/models/shares.py", "Share.objects.open_invitations"): "an invitation is for whoever holds its secret",
}
NARROWED = {"journal/views/guide.py": "questions of a theme, which are nobody's"}
RAW_SQL = {
    "accounts/cache_rows.py": "Django's table of the cache has no model",
    "accounts/erasing.py": "PRAGMA of SQLite's log of changes",
    "config/health.py": "SELECT 1",
}
UNESCAPED = {
    "templates/house/check.html": "help texts of our own forms",
    "templates/house/notes.html": "help texts of our own forms",
}
FILLED_IN = {"journal/templatetags/journal.py": "frames: partials of our own words, kept rendered"}
LONG = {"config/settings.py": "the one settings file"}
TOP = {
    "Makefile",
    "README.md",
    "accounts",
    "config",
    "docs",
    "journal",
    "locale",
    "manage.py",
    "pyproject.toml",
    "requirements-dev.in",
    "requirements-dev.txt",
    "requirements.in",
    "requirements.txt",
    "static",
    "templates",
    "tests",
}


def bad(text, path="journal/views/bad.py"):
    return Source(path, text)


def outside(found, allowed):
    """What was found in other files than those allowed."""
    return [one for one in found if one.partition(":")[0] not in allowed]


def find(check, sources, *arguments):
    return list(chain.from_iterable(check(source, *arguments) for source in sources))


def place(found):
    """The file and what was found in it."""
    path, _line, what = found.split(":", 2)
    return path, what.strip()


# Private rows are reached through the person who asks


def test_every_model_that_leads_to_a_person_is_on_the_list_of_private_ones():
    private, before = {"User"}, set()
    while private != before:
        before = set(private)
        private |= {
            name
            for name, model in MODELS.items()
            if any(field.is_relation and field.related_model.__name__ in private for field in model._meta.local_fields)
        }
    assert private == PRIVATE | {"User"}


def scopes(name):
    """How rows of a private model are named by a person: by the two that each has, or by those of one side."""
    return sorted(scope for scope in architecture.SCOPES if hasattr(MODELS[name].objects.all(), scope))


SCOPED = [(name, scope) for name in sorted(PRIVATE - KEYS) for scope in scopes(name)]


@pytest.mark.parametrize("name", sorted(PRIVATE - KEYS))
def test_a_private_model_says_who_sees_a_row_and_who_may_change_it(name):
    assert {"visible_to", "editable_by"} <= set(scopes(name))


@pytest.mark.parametrize(("name", "scope"), SCOPED)
def test_a_private_model_is_scoped_by_a_person_who_is_always_passed(name, scope):
    ours, person = inspect.signature(getattr(MODELS[name].objects.all(), scope)).parameters.values(), "user"
    assert [(one.name, one.default) for one in ours] == [(person, inspect.Parameter.empty)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "nobody", [None, AnonymousUser(), User(email="not-saved@example.com")], ids=["none", "anonymous", "new"]
)
def test_nobody_sees_nothing(parent, visitor, nobody, wednesday):
    child = make_child(parent=parent)
    moment = make_moment(author=parent, child=child)
    make_prompt().offers.create(author=parent, child=child, offered_on=child.birth_month)
    make_share(parent=parent)
    make_draft(author=parent)
    live = make_share(parent=parent, reader=visitor, children=[child], moments=[moment])
    make_note(share=live, author=visitor)
    Visit.objects.plan(live)
    Reading.record(live, Opened.VISIT)
    Parcel.objects.begin(parent, Way.OUT).add("x", 0, "x")
    for name, scope in SCOPED:
        rows = getattr(MODELS[name].objects.all(), scope)
        assert not rows(nobody).exists()
        assert rows(parent).exists() or rows(visitor).exists()


def test_no_private_row_is_reached_without_naming_whose():
    found = find(architecture.unscoped, DOORS, PRIVATE, KNOWN)
    assert [one for one in found if place(one) not in UNSCOPED] == []
    assert {place(one) for one in found} == set(UNSCOPED), "take away what is allowed and no longer needed"


def test_models_too_reach_the_rows_of_others_through_a_person():
    found = {place(one) for one in find(architecture.unscoped, MODEL_FILES, PRIVATE, KNOWN)}
    named = {(path, what) for path, what in found if what.partition(".")[0] in PRIVATE}
    assert named == set(UNSCOPED_IN_MODELS)


@pytest.mark.parametrize(
    "text",
    [
        "Moment.objects.all()",
        "Moment.objects.filter(pk=pk)",
        "Moment.objects.filter(pk=pk).visible_to(user)",
        "models.Moment.objects.get(pk=pk)",
        "moments = Moment.objects\nmoments.visible_to(user)",
        "Child.objects.select_related('parent').editable_by(user)",
        "get_object_or_404(Moment, pk=pk)",
        "forms.ModelChoiceField(queryset=Child._default_manager)",
        "class Meta:\n    model = Moment",
        "from journal.models import Moment as Entry",
        "rows = {'moment': Moment}",
        "getattr(Moment, 'objects').all()",
        "type(moment).objects.all()",
        "rows = Moment",
        "self.model.objects.all()",
        "PromptOffer.objects",
        "DataKey.objects.get(user=user)",
    ],
)
def test_an_unscoped_door_is_found(text):
    assert find(architecture.unscoped, [bad(text)], PRIVATE, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "Moment.objects.visible_to(user).newest_first()",
        "models.Moment.objects.editable_by(user).filter(pk=pk)",
        "get_object_or_404(Moment.objects.editable_by(user), pk=pk)",
        "def view(moment: Moment, moments: list[Moment] | None = None) -> Moment: ...",
        "child = Child(parent=user)",
        "try:\n    x\nexcept Moment.DoesNotExist:\n    pass",
        "Theme.objects.told()",
        "from journal.models import Moment",
    ],
)
def test_a_scoped_door_is_left_in_peace(text):
    assert find(architecture.unscoped, [bad(text)], PRIVATE, KNOWN) == []


def test_no_private_row_is_reached_through_another_row_without_naming_who_asks():
    assert {"moments", "children", "offers", "mended_by", "answers"} <= RELATIONS
    assert find(architecture.unscoped_relations, DOORS, RELATIONS) == []


@pytest.mark.parametrize(
    "text",
    ["wording.answers.all()", "user.moments.filter(kind=kind)", "moment.mended_by.first()", "parent.children.count()"],
)
def test_a_door_through_another_row_is_found(text):
    assert find(architecture.unscoped_relations, [bad(text)], RELATIONS)


@pytest.mark.parametrize(
    "text", ["share.moments.visible_to(user)", "self.children.get(pk)", "form.children.values()", "len(self.children)"]
)
def test_a_scoped_relation_and_a_dict_of_children_are_left_in_peace(text):
    assert find(architecture.unscoped_relations, [bad(text)], RELATIONS) == []


def test_views_build_no_condition_of_their_own():
    found = find(architecture.narrowed_in_views, VIEWS)
    assert outside(found, NARROWED) == []
    assert {place(one)[0] for one in found} == set(NARROWED)


@pytest.mark.parametrize(
    "text", ["moments.filter(kind=kind)", "Moment.objects.visible_to(user).exclude(pk=pk)", "x.all()"]
)
def test_a_condition_in_a_view_is_found(text):
    assert find(architecture.narrowed_in_views, [bad(text)])


def test_nothing_speaks_sql_itself():
    assert outside(find(architecture.raw_sql, CODE), RAW_SQL) == []


@pytest.mark.parametrize(
    "text", ["connection.cursor()", "Moment.objects.raw('')", "x.extra(where=[])", "RawSQL('', [])"]
)
def test_sql_is_found(text):
    assert find(architecture.raw_sql, [bad(text)])


def test_no_template_starts_a_query():
    assert find(architecture.template_queries, [*PAGES, *MAILS], RELATIONS) == []


@pytest.mark.parametrize(
    "text",
    [
        "{% for moment in child.moments.all %}{% endfor %}",
        "{{ moments.count }}",
        "{% if prompts.exists %}{% endif %}",
        "{{ user.children.first.name }}",
        "{{ user.emailaddress_set }}",
        "{% with last=moments.last %}{% endwith %}",
        "{% include 'x.html' with repairs=moment.mended_by only %}",
    ],
)
def test_a_query_in_a_template_is_found(text):
    assert find(architecture.template_queries, [bad(text, "templates/bad.html")], RELATIONS)


@pytest.mark.parametrize(
    "text",
    [
        "{% if forloop.first %}{% endif %}",
        "{{ form.children|length }}",
        "moments.all",
        "{% url 'a.count' %}",
        "{{ moment.coming_back }}",
    ],
)
def test_a_templates_own_values_are_left_in_peace(text):
    assert find(architecture.template_queries, [bad(text, "templates/good.html")], RELATIONS) == []


# Staff have no door to a journal


def in_admin(*sites):
    """Names of the models that these sites show, in pages of their own and inside others."""
    pages = [page for site in sites for page in site._registry.values()]
    return {model.__name__ for page in pages for model in (page.model, *(inline.model for inline in page.inlines))}


NOT_FOR_STAFF = PRIVATE | {"LogEntry", "Session"}


def test_no_private_model_is_in_any_admin():
    assert {"Theme", "HelpLine"} <= in_admin(editors)
    assert in_admin(*all_sites, admin.site) & NOT_FOR_STAFF == set()


def test_a_private_model_in_an_admin_is_found():
    class Inside(admin.TabularInline):
        model = MODELS["PromptOffer"]

    class Around(admin.ModelAdmin):
        inlines = [Inside]

    site = admin.AdminSite(name="bad")
    site.register(MODELS["Moment"])
    site.register(MODELS["Theme"], Around)
    assert in_admin(site) & NOT_FOR_STAFF == {"Moment", "PromptOffer"}
    all_sites.remove(site)


# Which way the arrows point


def test_accounts_does_not_know_the_journal():
    assert (
        find(architecture.imports_of, [one for one in CODE if one.path.startswith("accounts/")], "journal", "config")
        == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "import journal",
        "from journal.models import Child",
        "def view():\n    from journal import weeks",
        "import journal.models as rows",
        "from ..journal import models",
        "import_module('journal.models')",
        "apps.get_model('journal.Moment')",
    ],
)
def test_an_import_of_the_journal_is_found(text):
    assert find(architecture.imports_of, [bad(text, "accounts/bad.py")], "journal")


OVER_MODELS = (
    "journal.views",
    "journal.forms",
    "journal.urls",
    "accounts.views",
    "accounts.forms",
    "accounts.urls",
    "django.forms",
)


def test_models_know_neither_views_nor_forms():
    assert len(MODEL_FILES) > 5
    assert find(architecture.imports_of, MODEL_FILES, *OVER_MODELS) == []


def test_forms_know_no_views():
    assert (
        find(architecture.imports_of, [one for one in CODE if "forms" in one.path], "journal.views", "accounts.views")
        == []
    )


@pytest.mark.parametrize(
    "text", ["from journal.views import today", "from accounts.forms import Storable", "import django.forms"]
)
def test_a_model_that_knows_a_view_or_a_form_is_found(text):
    assert find(architecture.imports_of, [bad(text, "journal/models/bad.py")], *OVER_MODELS)


ALLOWED_IN_PURE = (*(f"journal.{name}" for name in PURE), "django.utils")


def test_the_rules_about_a_week_know_no_model():
    sources = [source for source in CODE if source.path in {f"journal/{name}.py" for name in PURE}]
    assert len(sources) == len(PURE)
    assert find(architecture.imports_but, sources, *ALLOWED_IN_PURE) == []


@pytest.mark.parametrize(
    "text",
    [
        "from journal.models import Moment",
        "from journal import models",
        "from django.db import models",
        "from django.utils.translation import gettext\nfrom django.conf import settings",
        "import journal",
        "from . import models",
        "import accounts.models",
    ],
)
def test_a_rule_about_a_week_that_knows_a_model_is_found(text):
    assert find(architecture.imports_but, [bad(text, "journal/weeks.py")], *ALLOWED_IN_PURE)


def test_there_is_no_third_app():
    folders = {path.parent.name for name in ("apps.py", "models.py") for path in ROOT.glob(f"*/{name}")}
    assert folders == OURS
    assert {one.name for one in apps.get_app_configs() if (ROOT / one.name).is_dir()} == OURS
    assert {path.parent.name for path in ROOT.glob("*/__init__.py")} == OURS | {"config", "tests"}


# Views


def test_a_public_view_says_why_it_is_public():
    public = [
        function.name
        for source in CODE
        for function in architecture.functions(source)
        if architecture.is_public(function)
    ]
    assert len(public) >= 9
    assert find(architecture.public_without_reason, CODE) == []


@pytest.mark.parametrize(
    "text",
    [
        "@require_safe\n@login_not_required\ndef view(request): ...",
        "# Public: anyone may.\n@login_not_required\ndef one(request): ...\n\n\ndef two(request): ...\n\n\n"
        "@login_not_required\ndef three(request): ...",
        "from x import y\n\n\n@login_not_required\ndef view(request): ...",
    ],
)
def test_a_public_view_without_a_reason_is_found(text):
    assert find(architecture.public_without_reason, [bad(text)])


def test_one_reason_serves_the_public_views_right_under_it():
    text = "# Public: anyone may.\n@login_not_required\ndef one(request): ...\n\n\n@login_not_required\ndef two(request): ..."
    assert find(architecture.public_without_reason, [bad(text)]) == []


def test_a_view_says_first_which_methods_it_takes():
    assert find(architecture.without_methods, [*VIEWS, *python_files("config")]) == []


@pytest.mark.parametrize(
    "text",
    ["@login_not_required\n@require_safe\ndef view(request): ...", "@vary_on_headers('x')\ndef view(request): ..."],
)
def test_a_view_that_says_its_methods_late_is_found(text):
    assert find(architecture.without_methods, [bad(text)])


# Pages


def test_no_page_carries_code_or_style_of_its_own():
    assert len(PAGES) > 50
    assert find(architecture.inline_code, [*PAGES, *MAILS]) == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<SCRIPT type="module">x</SCRIPT>',
        '<script src="a.js">x()</script>',
        "<style>p { color: red }</style>",
        '<p style="color: red">',
        '<p class="a" STYLE = "x">',
        '<button onclick="x()">',
        "<body\n onload='x()'>",
        '<a href="javascript:x()">',
        '<button hx-on:click="x()">',
        "<div hx-vals='js:{a: 1}'>",
    ],
)
def test_code_or_style_in_a_page_is_found(text):
    assert find(architecture.inline_code, [bad(text, "templates/bad.html")])


@pytest.mark.parametrize(
    "text",
    [
        '<script src="{% static "js/leave.js" %}" defer></script>',
        '{% translate "one" as caption %}<p data-once class="on">',
        '{% include "a.html" with person="x" only %}',
    ],
)
def test_a_page_without_code_is_left_in_peace(text):
    assert find(architecture.inline_code, [bad(text, "templates/good.html")]) == []


def test_every_word_on_a_page_is_escaped():
    found = find(architecture.unescaped, PAGES)
    assert outside(found, UNESCAPED) == []
    assert {place(one)[0] for one in found} == set(UNESCAPED)
    filled_in = find(architecture.marked_safe, CODE)
    assert outside(filled_in, FILLED_IN) == []
    assert {place(one)[1] for one in filled_in} <= {"format_html()", "format_html_join()"}


@pytest.mark.parametrize(
    "text", ["{{ moment.text|safe }}", "{{ x | safe }}", "{{ x|safeseq }}", "{% autoescape off %}{{ x }}"]
)
def test_a_word_that_is_not_escaped_is_found(text):
    assert find(architecture.unescaped, [bad(text, "templates/bad.html")])


@pytest.mark.parametrize(
    "text",
    [
        "mark_safe(text)",
        "safestring.SafeString(text)",
        "format_html(pattern, text)",
        "format_html(f'<b>{text}</b>')",
        "format_html_join('', pattern, rows)",
        "class Text:\n    def __html__(self): ...",
    ],
)
def test_code_that_marks_words_as_safe_is_found(text):
    assert find(architecture.marked_safe, [bad(text)])


def test_a_literal_pattern_is_left_in_peace():
    text = "format_html('<b>{}</b>', text)\nformat_html_join('', '<b>{}</b>', rows)"
    assert find(architecture.marked_safe, [bad(text)]) == []


# Sizes


def test_files_are_short():
    styles = architecture.read(sorted((ROOT / "static" / "css").rglob("*.css")))
    found = list(architecture.long_files([*CODE, *styles], 200))
    assert [one for one in found if one.partition(" ")[0] not in LONG] == []
    assert {one.partition(" ")[0] for one in found} == set(LONG)


def test_templates_and_scripts_are_short():
    scripts = architecture.read(sorted((ROOT / "static" / "js").rglob("*.js")))
    assert scripts
    assert list(architecture.long_files([*PAGES, *scripts], 60)) == []


def test_views_are_short():
    assert len(VIEWS) > 8
    assert find(architecture.long_functions, VIEWS, 25) == []


def test_what_is_long_is_found():
    text = "def view(request):\n" + "    x()\n" * 25
    assert find(architecture.long_functions, [bad(text)], 25)
    assert list(architecture.long_files([bad(text)], 25))
    assert find(architecture.long_functions, [bad(text)], 26) == []


def test_no_document_is_half_merged():
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").iterdir()]
    halves = [
        path.name for path in documents if path.is_file() and re.search(rb"^[<>]{7} ", path.read_bytes(), re.MULTILINE)
    ]
    assert len(documents) > 5
    assert halves == []


def test_at_the_top_stands_what_was_planned():
    assert architecture.top_level(ROOT) == TOP


def test_a_new_thing_at_the_top_is_found(tmp_path):
    (tmp_path / ".gitignore").write_text("/.venv/\n/data/\n*.pyc\n")
    for name in (".venv", ".editor", "data", "utils"):
        (tmp_path / name).mkdir()
    (tmp_path / "helpers.py").touch()
    assert architecture.top_level(tmp_path) == {"utils", "helpers.py"}
