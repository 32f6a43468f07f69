"""What tests of the journal stand on, beside the cast."""

import pytest
from django.utils import timezone

from journal.loading import load_all
from journal.models import GuideText, HelpLine, HelpText, LoadedContent, ProgramText, Prompt, PromptText, Theme

TABLES = (Theme, GuideText, Prompt, PromptText, HelpLine, HelpText, ProgramText, LoadedContent)
loaded = {}


@pytest.fixture
def content(db):
    """The starting questions, guide and help lines, as `make run` loads them: the first time, then put there again."""
    if not loaded:
        load_all()
        loaded.update({table: list(table.objects.order_by("pk")) for table in TABLES})
        return
    for prompt in loaded[Prompt]:
        prompt.published_at = timezone.now()
    for table, rows in loaded.items():
        table.objects.bulk_create(rows)
