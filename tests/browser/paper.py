"""What Chromium prints."""

from io import BytesIO
from unicodedata import normalize

from playwright.sync_api import Error, Page
from pypdf import PdfReader


def print_page(page: Page, paper: str = "Letter", *, landscape: bool = False) -> PdfReader:
    page.emulate_media(media="print")
    try:
        printed = page.pdf(format=paper, landscape=landscape, tagged=True)
    except Error as error:
        # A page that goes away meanwhile is not printed: what came in its place is.
        if "Printing failed" not in str(error):
            raise
        page.wait_for_load_state()
        printed = page.pdf(format=paper, landscape=landscape, tagged=True)
    page.emulate_media(media="null")
    return PdfReader(BytesIO(printed))


def words_on(printed: PdfReader) -> str:
    """All of it on one line."""
    return " ".join(words_of_each(printed))


def words_of_each(printed: PdfReader) -> list[str]:
    """Each of its pages on one line, letters that stand joined taken apart."""
    return [" ".join(normalize("NFKC", page.extract_text()).split()) for page in printed.pages]
