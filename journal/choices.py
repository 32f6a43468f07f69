"""The chips on a moment: all optional, one of each at most. Values are kept, labels are shown."""

from typing import Any

from django.utils.translation import pgettext_lazy

from journal.models import Kind

# What the child showed.
CUES = [
    ("hungry", pgettext_lazy("cue", "Hungry")),
    ("full", pgettext_lazy("cue", "Full")),
    ("tired", pgettext_lazy("cue", "Tired")),
    ("hurt-or-scared", pgettext_lazy("cue", "Hurt or scared")),
    ("wants-close", pgettext_lazy("cue", "Wanted me close")),
    ("wants-play", pgettext_lazy("cue", "Wanted to play")),
    ("needs-break", pgettext_lazy("cue", "Needed a break")),
    ("wants-explore", pgettext_lazy("cue", "Wanted to explore")),
    ("showing-something", pgettext_lazy("cue", "Showed me something")),
    ("big-feelings", pgettext_lazy("cue", "Big feelings")),
    ("wants-alone", pgettext_lazy("cue", "Me do it")),
    ("not-sure", pgettext_lazy("cue", "Not sure")),
]
# What the parent did.
DID = [
    ("held", pgettext_lazy("did", "Held or hugged")),
    ("talked", pgettext_lazy("did", "Talked or sang")),
    ("answered", pgettext_lazy("did", "Answered")),
    ("waited", pgettext_lazy("did", "Waited")),
    ("gave-space", pgettext_lazy("did", "Gave space")),
    ("cheered", pgettext_lazy("did", "Cheered")),
    ("let-try", pgettext_lazy("did", "Let them try")),
    ("named-it", pgettext_lazy("did", "Named it")),
    ("explained", pgettext_lazy("did", "Explained or read")),
    ("fed", pgettext_lazy("did", "Fed")),
    ("changed", pgettext_lazy("did", "Changed")),
    ("put-to-sleep", pgettext_lazy("did", "Put to sleep")),
]
# What happened instead, when a cue got by.
DID_MISSED = [
    ("was-busy", pgettext_lazy("did", "Was busy")),
    ("did-not-know", pgettext_lazy("did", "Did not know yet")),
    ("found-out-later", pgettext_lazy("did", "Found out later")),
]
# How the parent felt. Never shown to a reader, counted or charted.
FEELINGS = [
    ("calm", pgettext_lazy("feeling", "Calm")),
    ("happy", pgettext_lazy("feeling", "Happy")),
    ("tired", pgettext_lazy("feeling", "Tired")),
    ("sad", pgettext_lazy("feeling", "Sad")),
    ("worried", pgettext_lazy("feeling", "Worried")),
    ("angry", pgettext_lazy("feeling", "Angry")),
    ("overwhelmed", pgettext_lazy("feeling", "Overwhelmed")),
    ("alone", pgettext_lazy("feeling", "Alone")),
]

# A feeling after which the gentle card stands beside the saved moment.
HEAVY_FEELINGS = frozenset({"sad", "worried", "overwhelmed", "alone"})

LABELS = {"cue": dict(CUES), "did": dict(DID + DID_MISSED), "feeling": dict(FEELINGS)}


def did_choices(kind: str) -> list[tuple[str, Any]]:
    return DID_MISSED if kind == Kind.MISSED else DID
