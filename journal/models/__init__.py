"""The nouns of the journal, one to a file."""

from journal.models.children import Child, children_of
from journal.models.content import LoadedContent
from journal.models.draft_queries import Offered, Why
from journal.models.drafts import Draft
from journal.models.help import HelpLine, HelpText
from journal.models.kinds import Kind
from journal.models.moments import Moment
from journal.models.notes import Note
from journal.models.offers import PromptOffer
from journal.models.parcels import Parcel, ParcelPart, Way
from journal.models.programs import ProgramText
from journal.models.prompt_texts import PromptText
from journal.models.prompts import Prompt
from journal.models.readings import Opened, Reading
from journal.models.saved_lines import SavedLine, SavedText
from journal.models.shared_moments import SharedMoment
from journal.models.shares import Share
from journal.models.themes import GuideText, Theme
from journal.models.visits import Visit

__all__ = [
    "Child",
    "Draft",
    "GuideText",
    "HelpLine",
    "HelpText",
    "Kind",
    "LoadedContent",
    "Moment",
    "Note",
    "Offered",
    "Opened",
    "Parcel",
    "ParcelPart",
    "ProgramText",
    "Prompt",
    "PromptOffer",
    "PromptText",
    "Reading",
    "SavedLine",
    "SavedText",
    "Share",
    "SharedMoment",
    "Theme",
    "Visit",
    "Way",
    "Why",
    "children_of",
]
