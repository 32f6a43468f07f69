"""The editors' pages in a real browser: the way of a question, two at one question, and hostile words."""

import json
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.accounts.factors import code_of
from tests.browser.server import ROOT
from tests.factories import PASSWORD

PROMPTS = "/admin/journal/prompt/"
HOSTILE = [
    "{{ 7*7 }} {% now 'Y' %} ${7*7}",
    "<script>document.title='pwned'</script>",
    "<img src=https://other.example/x.png onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a> javascript:alert(1)',
    '"\' onmouseover=alert(1) x="</textarea><b>bold</b>',
    "<style>body{display:none}</style>&lt;b&gt;",
]


def run(server, *words):
    command = [sys.executable, "-m", "tests.browser.editors", *words]
    made = subprocess.run(command, cwd=ROOT, env=server.environment, check=True, stdout=subprocess.PIPE)
    return json.loads(made.stdout)


@pytest.fixture(scope="module")
def made(server):
    return run(server, "pages")


@pytest.fixture
def come_in(new_context, server):
    """come_in(session): the page of someone who signed in."""

    def come_in(session, **options):
        context = new_context(**options)
        context.add_cookies([{"name": "session", "value": session, "url": server.address}])
        return context.new_page()

    return come_in


def test_from_a_fixed_text_to_a_retired_question(server, new_context, come_in):
    rows = run(server, "way")
    form = f"{PROMPTS}{rows['prompt']}/change/"
    page = new_context().new_page()
    page.goto(form)
    page.get_by_label("E-mail").fill(rows["editor"])
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code", exact=True).fill(code_of())
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(f"{server.address}{form}")

    page.get_by_role("button", name="Back to draft").click()
    page.goto(form)
    page.get_by_label("Question (Spanish):").fill("¿Por qué no sonreíste?")
    expect(page.get_by_text("“por qué no” asks for a reason")).to_be_visible()
    page.get_by_label("Question (Spanish):").fill("¿Qué los hizo sonreír hoy?")
    expect(page.get_by_text("“por qué no” asks for a reason")).to_have_count(0)
    page.get_by_role("button", name="Save and stay here").click()
    page.get_by_role("link", name="Preview").click()
    expect(page.get_by_text("¿Qué los hizo sonreír hoy?")).to_have_count(2)
    page.get_by_role("link", name="Back to the question").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Published.")).to_be_visible()

    parent = come_in(rows["parent"])
    parent.goto("/")
    expect(parent.get_by_text("¿Qué los hizo sonreír hoy?")).to_be_visible()
    parent.goto(f"/moments/{rows['moment']}/")
    expect(parent.get_by_text(rows["old"])).to_be_visible()

    page.goto(form)
    page.get_by_role("button", name="Retire").click()
    expect(page.get_by_text("Retired: it is not asked any more.")).to_be_visible()
    parent.goto("/")
    expect(parent.get_by_text("¿Qué los hizo sonreír hoy?")).to_have_count(0)
    parent.goto(f"/moments/{rows['moment']}/")
    expect(parent.get_by_text(rows["old"])).to_be_visible()


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_words_stand_there_as_words_everywhere(number, server, come_in):
    rows, words = run(server, f"hostile-{number}"), HOSTILE[number]
    page, parent = come_in(rows["session"]), come_in(rows["parent"])
    form = f"{PROMPTS}{rows['prompt']}/change/"
    page.goto(form)
    for field in page.locator("textarea").all():
        field.fill(words)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Save all the same").click()
    page.goto(f"{PROMPTS}?q=hostile")
    expect(page.get_by_text(words, exact=True).first).to_be_visible()
    for address in (form, f"{PROMPTS}{rows['prompt']}/history/", f"{PROMPTS}{rows['prompt']}/preview/"):
        page.goto(address)
        assert words in page.locator("body").inner_text() or page.locator("textarea").first.input_value() == words
    for model, fields in (("theme", ("body_es", "title_es", "lead_es")), ("helpline", ("answer_es", "question_es"))):
        page.goto(f"/admin/journal/{model}/2/change/")
        for name in fields:
            page.locator(f"#id_{name}").fill(words[:80])
        page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/admin/journal/savedline/1/change/")
    page.locator("#id_text_es").fill(words)
    page.get_by_role("button", name="Save", exact=True).click()
    for address in ("/", "/guide/", "/help/", f"/moments/{rows['moment']}/?saved"):
        parent.goto(address)
        assert words[:80].split("\n")[0] in parent.locator("body").inner_text()
        assert "pwned" not in parent.title()
    assert "pwned" not in page.title()


@pytest.mark.parametrize("words", ["a\u202ereversed", "a\u2066isolated"], ids=["override", "isolate"])
@pytest.mark.parametrize(
    ("address", "field"),
    [("theme/3", "title_es"), ("helpline/3", "question_en"), ("savedline/2", "text_en"), ("prompt/1", "text_en")],
)
def test_what_cannot_be_read_is_refused_beside_its_field(address, field, words, made, come_in):
    page = come_in(made["session"])
    page.goto(f"/admin/journal/{address}/change/")
    page.locator(f"#id_{field}").fill(words)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(f".field-{field} .errorlist")).to_be_visible()
    assert page.locator(f"#id_{field}").input_value() == words


def test_a_file_is_brought_in_with_its_differences_shown(made, come_in):
    page = come_in(made["session"])
    page.goto(f"{PROMPTS}import/")
    header = "slug,theme,kind,age_min_months,age_max_months,source_section,state,ask_from,ask_until,text_en,text_es\n"
    row = "in-a-file,bond,any,0,60,S1,draft,,,<b>What helped?</b>,¿Qué ayudó?\n"
    file = {"name": "questions.csv", "mimeType": "text/csv", "buffer": (header + row).encode()}
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text("1 of 1 rows done.")).to_be_visible()
    expect(page.get_by_text("<b>What helped?</b>")).to_be_visible()
    page.get_by_role("button", name="Keep all of it").click()
    expect(page.get_by_text("1 question is kept as the file says.")).to_be_visible()
