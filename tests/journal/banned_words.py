"""Words that no sentence about a week may hold, in either language."""

import re

ENGLISH = """
    only|but|just|at least|should|must|don't forget|you missed a day|streak|badge|goal|level|grade|star|stars|score|rate
    |rating|percent|percentage|average|on track|leader ?board|days in a row|last week|better|worse|less|improve\\w*
    |fail\\w*|ignored?|neglect\\w*|bad|lazy|spoiled|manipulative|case|client|at risk|insecure|secure|avoidant
    |anxious|disorder|why did you|relapse|fix|mom|mommy|acting out|terrible|will|guarantee\\w*|proves?
    |monitored|assigned|compliance|treatment
"""
SPANISH = """
    pero|solo|sólo|solamente|al menos|por lo menos|apenas|debes|deberías?|tienes que esforzarte|racha
    |insignia|meta|metas|nivel|nota|estrellas?|puntaje|puntos|por ?ciento|porcentaje|promedio|seguidos
    |semana pasada|mejoraste|peor|menos|culpa|fallaste|ignoraste|descuidaste|mal padre|mala madre|floj[ao]|malcriad[ao]
    |manipula|caso|en riesgo|apego inseguro|evitativo|trastorno|por qué no|cliente|recaída|mami|será|garantiza\\w*
"""
SIGNS = "[%!¡/↑↓]"


def pattern(words):
    whole_words = "|".join(word.strip() for word in words.replace("\n", " ").split("|"))
    return re.compile(rf"(?<!\w)(?:{whole_words})(?!\w)|{SIGNS}", re.IGNORECASE)


BANNED = {"en": pattern(ENGLISH), "es": pattern(SPANISH)}
