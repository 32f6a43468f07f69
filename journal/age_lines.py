"""One line on what children of an age often show: colour for a visit, never a check."""

from django.utils.translation import gettext_lazy as _

# Up to, but not with, this many months.
LINES = [
    (3, _("From birth to 3 months, many babies calm when you pick them up or speak to them. They look at faces.")),
    (6, _("At 3 to 6 months, many babies smile to get attention and take turns with sounds.")),
    (12, _("At 6 to 12 months, many babies know who is who, are shy with new people, and check back.")),
    (24, _("At 1 to 2 years, many children have a few words, point, show, and say no. Tantrums often begin.")),
    (36, _("At 2 to 3 years, many children say “me do it,” have big feelings, and like pretend play.")),
    (60, _("At 3 to 5 years, many children make plans, tell stories, and ask questions. They still need a home base.")),
]


def age_line(months: int) -> str:
    """'' for an age past five."""
    return next((str(line) for below, line in LINES if months < below), "")
