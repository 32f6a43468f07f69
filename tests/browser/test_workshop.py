"""The editors' pages in a real browser: the way of a question, two at one question, and hostile words."""

import pytest
from playwright.sync_api import expect

from tests.accounts.factors import code_of
from tests.browser.writing import EACH_WAY
from tests.factories import PASSWORD

PROMPTS = "/admin/journal/prompt/"


@pytest.fixture(scope="module")
def made(server):
    return server.editors("pages")


def test_from_a_fixed_text_to_a_retired_question(server, new_context, come_in):
    rows = server.editors("way")
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


def test_the_second_of_two_editors_is_told_and_loses_nothing(server, come_in):
    rows = server.editors("two")
    form = f"{PROMPTS}{rows['prompt']}/change/"
    first, second = come_in(rows["session"]), come_in(rows["other"])
    spanish, english = "Question (Spanish):", "Question (English):"
    for page, words in ((first, "¿Qué les dio risa hoy?"), (second, "¿Qué fue lo mejor de hoy?")):
        page.goto(form)
        page.get_by_label(spanish).fill(words)
    second.get_by_label(english).fill("What was best today?")
    first.get_by_role("button", name="Save", exact=True).click()
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_text(f"{rows['editor']} changed this meanwhile")).to_be_visible()
    expect(second.get_by_text("Kept now: “¿Qué les dio risa hoy?”")).to_be_visible()
    expect(second.get_by_label(spanish)).to_have_value("¿Qué fue lo mejor de hoy?")
    expect(second.get_by_label(english)).to_have_value("What was best today?")
    first.goto(form)
    expect(first.get_by_label(spanish)).to_have_value("¿Qué les dio risa hoy?")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_text("was changed successfully")).to_be_visible()
    first.goto(f"{PROMPTS}{rows['prompt']}/history/")
    expect(first.get_by_text("“¿Qué les dio risa hoy?” became “¿Qué fue lo mejor de hoy?”")).to_be_visible()


def test_a_file_is_brought_in_with_its_differences_shown(made, come_in):
    page = come_in(made["session"])
    page.goto(f"{PROMPTS}import/")
    header = "slug,theme,kind,age_min_months,age_max_months,source_section,state,ask_from,ask_until,text_en,text_es\n"
    row = "in-a-file,bond,any,0,60,S1,draft,,,<b>What helped?</b>,¿Qué ayudó?\n"
    file = {"name": "questions.csv", "mimeType": "text/csv", "buffer": (header + row).encode()}
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text("1 of 1 row done.")).to_be_visible()
    expect(page.get_by_text("<b>What helped?</b>")).to_be_visible()
    page.get_by_role("button", name="Keep all of it").click()
    expect(page.get_by_text("1 question is kept as the file says.")).to_be_visible()


@pytest.mark.parametrize("scripts", **EACH_WAY)
def test_an_editor_leaves_fast_and_back_shows_nothing(scripts, server, come_in, neutral_site):
    rows = server.editors(f"leaving-{scripts}")
    page = come_in(rows["session"], java_script_enabled=scripts)
    neutral_site(page.context)
    for address in (PROMPTS, f"{PROMPTS}{rows['prompt']}/change/"):
        page.goto(address)
    page.get_by_role("button", name="Leave fast").click()
    expect(page).to_have_title("The weather")
    page.go_back(wait_until="commit")
    expect(page).to_have_title("Notes: sign in")
