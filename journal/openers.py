"""Two ready openers: a comment on what went well, from the chips of a moment, and one open question."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from journal.models import Moment

# What the child showed, after the child's name.
CUES = {
    "hungry": pgettext_lazy("opener: the child", "was hungry"),
    "full": pgettext_lazy("opener: the child", "was full"),
    "tired": pgettext_lazy("opener: the child", "was tired"),
    "hurt-or-scared": pgettext_lazy("opener: the child", "was hurt or scared"),
    "wants-close": pgettext_lazy("opener: the child", "wanted you close"),
    "wants-play": pgettext_lazy("opener: the child", "wanted to play"),
    "needs-break": pgettext_lazy("opener: the child", "needed a break"),
    "wants-explore": pgettext_lazy("opener: the child", "wanted to explore"),
    "showing-something": pgettext_lazy("opener: the child", "showed you something"),
    "big-feelings": pgettext_lazy("opener: the child", "had big feelings"),
    "wants-alone": pgettext_lazy("opener: the child", "wanted to do it alone"),
    "not-sure": pgettext_lazy("opener: the child", "needed something and it was hard to tell what"),
}
# What the parent did, after "you". What was in the way of an answer is no strength: it stands in no opener.
DID = {
    "held": pgettext_lazy("opener: you", "offered your arms"),
    "talked": pgettext_lazy("opener: you", "talked or sang"),
    "answered": pgettext_lazy("opener: you", "answered"),
    "waited": pgettext_lazy("opener: you", "waited"),
    "gave-space": pgettext_lazy("opener: you", "gave some space"),
    "cheered": pgettext_lazy("opener: you", "cheered"),
    "let-try": pgettext_lazy("opener: you", "made room for a try"),
    "named-it": pgettext_lazy("opener: you", "put words to it"),
    "explained": pgettext_lazy("opener: you", "explained or read"),
    "fed": pgettext_lazy("opener: you", "gave milk or food"),
    "changed": pgettext_lazy("opener: you", "changed the diaper"),
    "put-to-sleep": pgettext_lazy("opener: you", "helped sleep come"),
}


def strength(moment: Moment) -> str:
    """What went well, said to the parent."""
    child = moment.child.name if moment.child else _("your child")
    cue, did = CUES.get(moment.cue), DID.get(moment.did)
    if cue and did:
        return _("When {child} {cue}, you {did}.").format(child=child, cue=cue, did=did)
    if did:
        return _("I read that you {did}. Tell me more about it.").format(did=did)
    if cue:
        return _("You saw that {child} {cue}.").format(child=child, cue=cue)
    return _("Thank you for sharing this moment with {child}.").format(child=child)


def question(moment: Moment) -> str:
    child = moment.child.name if moment.child else _("your child")
    return _("What do you think {child} was telling you?").format(child=child)


def openers(bright: Moment | None, think: Moment | None) -> tuple[str, ...]:
    """From the bright moment, and a question about the one to think about; none without a moment."""
    about = think or bright
    said = [strength(bright)] if bright else []
    return (*said, question(about)) if about else ()
