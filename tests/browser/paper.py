"""What Chromium prints."""

from io import BytesIO

from playwright.sync_api import Page
from pypdf import PdfReader


def print_page(page: Page, paper: str = "Letter") -> PdfReader:
    page.emulate_media(media="print")
    printed = page.pdf(format=paper, tagged=True)
    page.emulate_media(media="null")
    return PdfReader(BytesIO(printed))


def words_on(printed: PdfReader) -> str:
    """All of it on one line."""
    return " ".join(" ".join(page.extract_text() for page in printed.pages).split())
