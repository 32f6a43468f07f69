"""The nouns of the journal, one to a file."""

from journal.models.children import Child
from journal.models.content import LoadedContent
from journal.models.help import HelpLine, HelpText
from journal.models.moment_queries import Kind
from journal.models.moments import Moment
from journal.models.offers import PromptOffer
from journal.models.prompts import GuideText, Prompt, PromptText, Theme

__all__ = [
    "Child",
    "GuideText",
    "HelpLine",
    "HelpText",
    "Kind",
    "LoadedContent",
    "Moment",
    "Prompt",
    "PromptOffer",
    "PromptText",
    "Theme",
]
