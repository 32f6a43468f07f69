"""What people type, checked before it reaches a model."""

from journal.forms.children import ChildForm
from journal.forms.choosing import NoteToReaderForm, SharingForm, WeekSharingForm
from journal.forms.filters import MomentFilter
from journal.forms.keeping import EditMomentForm, NewMomentForm
from journal.forms.moments import MomentForm

__all__ = [
    "ChildForm",
    "EditMomentForm",
    "MomentFilter",
    "MomentForm",
    "NewMomentForm",
    "NoteToReaderForm",
    "SharingForm",
    "WeekSharingForm",
]
