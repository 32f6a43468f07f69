"""Every sentence of the weekly summary, by the name it has in the rule.

In braces: t moments, r responsive, b came back, o others (t - r), all = t and
the stories marked unsafe. A sentence that counts a noun goes through ngettext
with both forms alike: English and Spanish are never asked for its singular,
another language may have more than one plural.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

SENTENCES: Mapping[str, "StrPromise"] = {
    "note": _("This is about what you wrote down, not every moment with your child."),
    "stretch": _("Hard stretches happen. Who could give you a hand? Find support."),
    "alone": _("If this week felt heavy, you don't have to carry it alone. Find support."),
    "safety": _("Some moments feel scary. You can get help now. Find help."),
    "held1.headline": _("You wrote about 1 moment this week."),
    "held1.supporting": _("It felt scary. Writing it down takes courage. There is no summary this week."),
    "held1.next_step": _("You don't have to carry it alone. You can talk to someone today."),
    "held.headline": ngettext_lazy(
        "You wrote about {all} moments this week.",
        "You wrote about {all} moments this week.",
        "all",
    ),
    "held.supporting": _("Some felt scary, so there is no summary this week. Writing it down takes courage."),
    "held.next_step": _("You don't have to carry it alone. You can talk to someone today."),
    "empty.headline": _("A quiet week in your journal."),
    "empty.supporting": _("That's okay. Life with a little one is full. You can start again any time."),
    "empty.next_step": _("If you like, write one small moment: a smile, a cry, a hug."),
    "earlier.headline": _("You came back to an earlier moment this week."),
    "earlier.supporting": _("Coming back later still matters."),
    "earlier.next_step": _("What helped you come back? Keep it in mind."),
    "one_day.headline": ngettext_lazy(
        "You wrote about {t} moments, all on one day.",
        "You wrote about {t} moments, all on one day.",
        "t",
    ),
    "one_day.supporting": _("One day can't sum up a week, so we won't try. Each one is kept here for you."),
    "one_day.next_step": _("If you have time, write about one moment on a new day."),
    "few_h1": _("You wrote about 1 moment this week."),
    "few_h": ngettext_lazy(
        "You wrote about {t} moments this week.",
        "You wrote about {t} moments this week.",
        "t",
    ),
    "few_s1": _("One moment can't sum up a week, so we won't try."),
    "few_s": _("A few moments can't sum up a week, so we won't try."),
    "few_r1": _("You saw your child's cue and responded."),
    "few_r": _("You saw your child's cues and responded."),
    "few_b": _("You came back after a hard moment. That matters."),
    "few_m1": _("You looked back at a cue that got by you. That takes care."),
    "few_m": _("You looked back at cues that got by you. That takes care."),
    "few_nr": _("Read it again. What did your child do next?"),
    "few_nrs": _("Read one again. What did your child do next?"),
    "few_nb": _("What helped you come back? Keep it in mind."),
    "few_nm": _("You can still reconnect: a hug, or “I'm here now.”"),
    "most_h": _("You were responsive most of the time in what you wrote down."),
    "most_all": ngettext_lazy(
        "You wrote about {t} times you responded. If some cues got by you, that's okay. You can write those here too.",
        "You wrote about {t} times you responded. If some cues got by you, that's okay. You can write those here too.",
        "t",
    ),
    "most_s": ngettext_lazy(
        "You wrote about {t} moments and responded in {r}.",
        "You wrote about {t} moments and responded in {r}.",
        "t",
    ),
    "most_o1": _("One got by you, as some always do."),
    "most_o": _("The rest got by you, as some always do."),
    "most_b1": _("You came back after the other one."),
    "most_bo": _("You came back after the other {b}."),
    "most_bp": _("You came back after {b} of the other {o}."),
    "most_n": _("Pick one that felt good. What cue did you see?"),
    "back_h": _("You responded or came back most of the time in what you wrote down."),
    "back_s": ngettext_lazy(
        "You wrote about {t} moments. You responded in {r} and came back after {b}.",
        "You wrote about {t} moments. You responded in {r} and came back after {b}.",
        "t",
    ),
    "back_s0": ngettext_lazy(
        "You wrote about {t} hard moments. You came back after {b}.",
        "You wrote about {t} hard moments. You came back after {b}.",
        "t",
    ),
    "back_t": _("Coming back is part of being close."),
    "back_n": _("Which way of coming back worked best? Use it again."),
    "mix_h": ngettext_lazy(
        "You took time to look at {t} moments this week.",
        "You took time to look at {t} moments this week.",
        "t",
    ),
    "mix_rb": _("You responded in {r} and came back after {b}."),
    "mix_r": _("You responded in {r}."),
    "mix_b": _("You came back after {b}."),
    "mix_t": _("Some cues got by you. That happens in every family."),
    "mix_n": _("Pick one cue to look for this week. One is plenty."),
    "only.headline": ngettext_lazy(
        "You took time to look back at {t} cues that got by you.",
        "You took time to look back at {t} cues that got by you.",
        "t",
    ),
    "only.supporting": _("Seeing a cue later is one way we learn it. No parent sees them all."),
    "only.next_step": _("Pick one and reconnect today: a hug, a song, a kind word."),
}
