"""Words that a question does not use, and why; by language. From the list of our tone, and from what was learned."""

import re
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Trap(NamedTuple):
    """Words to look for and the reason to leave them out, with `%(word)s` for the one that was found."""

    pattern: re.Pattern[str]
    reason: "StrPromise"


def words(listed: str) -> re.Pattern[str]:
    """Whole words and phrases, one between bars, however they are written large or small."""
    parts = "|".join(part.strip().replace(" ", r"\s+") for part in listed.split("|"))
    return re.compile(rf"(?<![\w-])(?:{parts})(?![\w-])", re.IGNORECASE)


WHY = _("“%(word)s” asks for a reason, and sounds like blame. Ask what happened.")
SHOULD = _("“%(word)s” presses. Leave room: if you like, when you have a minute.")
BLAME = _("“%(word)s” blames, grades or names an illness. Say what was done, not what somebody is.")
SMALLER = _("“%(word)s” makes what comes before it smaller. Leave it out.")
MOTHER = _("“%(word)s” thinks of a mother alone. Fathers, grandparents and others care for children too.")
TWO = _("“%(word)s” thinks of two parents. Many children have one, or somebody else.")
THINGS = _("“%(word)s” thinks of a thing to own or a way to feed. Not everybody has it or does it.")

TRAPS: dict[str, tuple[Trap, ...]] = {
    "en": (
        Trap(words("why did you|why did(?:n['’]t| not) you|why were(?:n['’]t)? you|why don['’]t you"), WHY),
        Trap(words(r"should|should(?:n['’]t|ve)|must|have to|ought to|don['’]t forget|need to"), SHOULD),
        Trap(
            words(
                "fail|fails|failed|failing|failure|ignore|ignored|neglect|neglected|bad parent|bad mother|bad father"
                "|bad day|lazy|spoiled|manipulative|manipulat(?:e|es|ed|ing)|score|rate|streak|goal|case|client"
                "|compliance|at risk|insecure|secure child|avoidant|anxious child|disorder|relapse|acting out|fault"
                "|terrible twos|guarantees?|perfect"
            ),
            BLAME,
        ),
        Trap(words("but|only|at least"), SMALLER),
        Trap(words("mom|moms|mommy|mama|mother|mothers|motherhood|maternal"), MOTHER),
        Trap(
            words(
                "both parents|mom and dad|mother and father|your husband|your wife|your partner|your spouse"
                "|the other parent|your child['’]s (?:father|dad|mother|mom)"
            ),
            TWO,
        ),
        Trap(
            words(
                "breast-?feed|breast-?fed|breast-?feeding|nurs(?:e|ed|ing)|bottle|pacifier|stroller|crib|tablet|app"
                "|screen|tv|toys?|books?|car seat|high chair|buy|bought|daycare|nursery"
            ),
            THINGS,
        ),
    ),
    "es": (
        Trap(words("por qué no|por qué (?:hiciste|dejaste|dijiste|gritaste|te enojaste)"), WHY),
        Trap(words("deberías|debes|debiste|tienes que|hay que|no olvides|necesitas"), SHOULD),
        Trap(
            words(
                "culpas?|fallaste|fallar|fracaso|fracasaste|ignoraste|ignorar|descuidaste|mal padre|mala madre|mal día"
                "|floj[ao]s?|malcriad[ao]s?|manipula(?:r|dor|dora)?|puntaje|racha|meta|caso|clientes?|en riesgo"
                "|apego inseguro|insegur[ao]|evitativ[ao]|trastorno|recaída|perfect[ao]"
            ),
            BLAME,
        ),
        Trap(words("pero|solo|sólo|solamente|al menos|apenas"), SMALLER),
        Trap(words("mamá|mamás|mami|madre|madres|maternidad|materno|materna"), MOTHER),
        Trap(
            words(
                "ambos padres|mamá y papá|papá y mamá|padre y madre|madre y padre|tu pareja|tu espos[ao]|tu marido"
                "|el otro padre|la otra madre"
            ),
            TWO,
        ),
        Trap(
            words(
                "amamantar|amamantas|amamantaste|dar pecho|diste pecho|pecho|biberón|mamadera|chupete|chupón|carriola"
                "|cochecito|cuna|tableta|aplicación|pantalla|tele|juguetes?|libros?|comprar|compraste|guardería"
            ),
            THINGS,
        ),
    ),
}

# How an open question begins, at the start of one of its sentences or after a comma.
OPENERS: dict[str, re.Pattern[str]] = {
    "en": words(r"what|how|when|who|whom|whose|which|where|tell|think|in what|on what|with what|at what"),
    "es": words(
        r"(?:(?:a|con|de|desde|en|por|para|hasta|sobre) )?(?:qué|cómo|cuándo|quién|quiénes|cuál|cuáles|dónde|cuánto)"
        r"|cuenta|cuéntanos|piensa|recuerda"
    ),
}
