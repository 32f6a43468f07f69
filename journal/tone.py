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
REPAIR = _("“%(word)s” makes of it something broken. Say: come back, reconnect, mend.")
PROMISE = _("“%(word)s” promises or proves. Nobody knows what comes. Say what helps.")
WATCHED = _("“%(word)s” sounds like being watched. Say what a home visitor can see.")
BABY = _("“%(word)s” is for the first year. Parents of older children are asked this too: say your child.")
MOTHER = _("“%(word)s” thinks of a mother alone. Fathers, grandparents and others care for children too.")
TWO = _("“%(word)s” thinks of two parents. Many children have one, or somebody else.")
THINGS = _("“%(word)s” thinks of a thing to own or a way to feed. Not everybody has it or does it.")

TRAPS: dict[str, tuple[Trap, ...]] = {
    "en": (
        Trap(words("why did you|why did(?:n['’]t| not) you|why were(?:n['’]t)? you|why don['’]t you"), WHY),
        Trap(
            words(r"should|should(?:n['’]t|ve)|must|have to|ought to|don['’]t forget|need to|missed (?:a|one) day"),
            SHOULD,
        ),
        Trap(
            words(
                "fail|fails|failed|failing|failure|ignore|ignored|neglect|neglected|bad parent|bad mother|bad father"
                "|bad day|lazy|spoiled|manipulative|manipulat(?:e|es|ed|ing)|score|rate|streak|goal|on track|at risk"
                r"|insecure|secure child|avoidant|anxious child|disorder|treatment|relapse|acting out|fault|terrible twos"
                r"|perfect|\d+\s*(?:%|percent|per cent)"
            ),
            BLAME,
        ),
        Trap(words("fix|fixes|fixed|fixing|damages?|damaged|(?:make|makes|made|making) up for"), REPAIR),
        # Asked, it is a plan: what will you try?
        Trap(
            words(
                r"(?<!what\s)(?<!when\s)(?<!where\s)(?<!who\s)(?<!how\s)will|\w+['’]ll|guarantees?"
                r"|(?:research|science|studies) (?:proves?|shows?|says?)"
            ),
            PROMISE,
        ),
        Trap(words("monitor(?:s|ed|ing)?|assigned|case|client|compliance"), WATCHED),
        Trap(words("but|only|just|at least"), SMALLER),
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
        Trap(
            words(
                r"deberías|debes|debiste|tienes que|hay que|no olvides|necesitas|te (?:saltaste|perdiste|faltó) un día"
            ),
            SHOULD,
        ),
        Trap(
            words(
                "culpas?|fallaste|fallar|fracaso|fracasaste|ignoraste|ignorar|descuidaste|no te fijaste|mal padre|mala madre"
                r"|mal día|floj[ao]s?|malcriad[ao]s?|manipula(?:r|dor|dora)?|puntaje|calificación|racha|meta|en riesgo"
                r"|por buen camino|apego inseguro|insegur[ao]|evitativ[ao]|(?:niñ[ao]|hij[ao]) segur[ao]|ansios[ao]s?"
                r"|trastorno|tratamiento|recaída|terribles dos|(?:porta|portó|portaste) mal|perfect[ao]"
                r"|\d+\s*(?:%|por ciento)"
            ),
            BLAME,
        ),
        Trap(words("daños?|dañad[ao]s?|compensar|compensaste"), REPAIR),
        Trap(
            words(
                r"garantizan?|(?:tu bebé|tu hij[ao]|tu hijo o hija) (?:va a|será|tendrá|podrá)"
                r"|(?:investigaciones|ciencia|estudios) (?:demuestran?|prueban?|muestran?|dicen?)"
            ),
            PROMISE,
        ),
        Trap(words("monitore(?:ad[ao]s?|an?|o)|vigilad[ao]s?|asignad[ao]s?|caso|client[ea]s?|cumplimiento"), WATCHED),
        Trap(words("pero|solo|sólo|solamente|simplemente|al menos|apenas"), SMALLER),
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

# What a question does not use that is asked after the first year.
OF_A_BABY: dict[str, Trap] = {"en": Trap(words("your baby"), BABY), "es": Trap(words("tu bebé"), BABY)}

# How an open question begins, at the start of one of its sentences or after a comma.
OPENERS: dict[str, re.Pattern[str]] = {
    "en": words(r"what|how|when|who|whom|whose|which|where|tell|think|in what|on what|with what|at what"),
    "es": words(
        r"(?:(?:a|con|de|desde|en|por|para|hasta|sobre) )?(?:qué|cómo|cuándo|quién|quiénes|cuál|cuáles|dónde|cuánto)"
        r"|cuenta|cuéntanos|piensa|recuerda"
    ),
}
