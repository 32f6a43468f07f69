"""What people type, checked before it reaches a model."""

from journal.forms.agreeing import AgreeForm
from journal.forms.bringing import BringForm
from journal.forms.children import ChildForm
from journal.forms.choosing import SharingForm, WeekSharingForm
from journal.forms.filters import MomentFilter
from journal.forms.invitations import AskForm, CodeForm, InviteForm
from journal.forms.keeping import EditMomentForm, NewMomentForm
from journal.forms.moments import MomentForm
from journal.forms.notes import NoteForm, NoteToReaderForm
from journal.forms.passphrase import PassphraseForm
from journal.forms.typed_word import TypedWordForm
from journal.forms.visits import ShareVisitForm, VisitDayForm

__all__ = [
    "AgreeForm",
    "AskForm",
    "BringForm",
    "ChildForm",
    "CodeForm",
    "EditMomentForm",
    "InviteForm",
    "MomentFilter",
    "MomentForm",
    "NewMomentForm",
    "NoteForm",
    "NoteToReaderForm",
    "PassphraseForm",
    "ShareVisitForm",
    "SharingForm",
    "TypedWordForm",
    "VisitDayForm",
    "WeekSharingForm",
]
