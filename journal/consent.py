"""The consent screen: what a parent reads in full before they let anybody read.

Its sentences belong to the product, one of them to the program. A change of either makes a new version; the words a
parent said yes to are kept with their yes, so that both sides can read them again.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from journal.languages import language

# Raise it with every change of a sentence below, in any language.
VERSION = 1


@dataclass(frozen=True)
class Consent:
    """The text as it stands on the page, one sentence or two to a paragraph. Stars mark a word that stands out."""

    version: str
    language: str
    paragraphs: tuple[str, ...]

    def as_shown(self) -> dict[str, Any]:
        """What is kept of it with a parent's yes."""
        return {"version": self.version, "language": self.language, "text": list(self.paragraphs)}


def law_line(program_text: str = "") -> str:
    """What the law asks of home visitors, and the program's own sentence after it."""
    law = _(
        "**The law:** home visitors must tell child protection if they have reason to think a child is being hurt "
        "or is not safe. That includes things they read here."
    )
    return f"{law} {program_text}".strip()


def write_consent(*, reader: str, program: str, until: str, program_text: str, program_version: int) -> Consent:
    """The text for this reader and program, in the active language. `until` is the last day, in words."""
    names = {"visitor": reader, "program": program, "date": until}
    paragraphs = [
        _("You choose. You can use this journal and never share it."),
        _(
            "%(visitor)s **will** see: the moments you mark Shared, a week summary made from those moments, and any "
            "question you write for your visit."
        ),
        _("%(visitor)s will **not** see: moments marked Just me, drafts, or anything you delete."),
        _("Why share? So your visit can start with what matters to you."),
        _("%(visitor)s may talk about it with their supervisor at %(program)s."),
        "%(law)s",
        _("A court may also ask for records."),
        _("No one reads this day and night. In an emergency, call 911. To talk to someone now, call or text 988."),
        _("This is not a medical record. It does not test you or your child."),
        _(
            "You can stop sharing any time. After that, %(visitor)s can't open your journal. They may still remember "
            "what they read."
        ),
        _("Sharing stops on %(date)s unless you say yes again."),
    ]
    names["law"] = law_line(program_text)
    written = tuple(paragraph % names for paragraph in paragraphs)
    return Consent(version=f"{VERSION}.{program_version}", language=language(), paragraphs=written)
