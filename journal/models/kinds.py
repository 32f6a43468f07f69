"""The four kinds of a moment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    RESPONSIVE = "responsive", _("I responded")
    MISSED = "missed", _("A cue got by me")
    REPAIR = "repair", _("I came back")
    REFLECTION = "reflection", _("A thought of my own")


# What a reader may begin a visit with.
BRIGHT = (Kind.RESPONSIVE, Kind.REPAIR)
