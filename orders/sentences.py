"""Sentences that are no copy: template code, and orders to whoever writes the site."""

import re
from functools import cache

from generation.contracts import fold

BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\$\{|<%|%>")

# Patterns read folded text: lower case, without accents, single spaces.
_START = (
    r"(?:^[\W\d_]*|[.:;!?()\[\]\"“”«»\u2013\u2014]\s*|\b(?:please|now|por favor|favor|agora|ahora|entao|entonces),?\s+"
    r"|\byou (?:must|should|shall|have to|need to)\s+|\bvoce (?:deve|precisa|tem que)\s+|\b(?:usted )?debes?\s+"
    r"|\b(?:ai|ia|assistant|assistente|asistente|model|modelo|bot|writer|redator|redactor|system|sistema)[,:]\s*)"
)
_NOT_DENIED = r"(?<!never )(?<!not )(?<!n't )(?<!nao )(?<!nunca )(?<!jamais )(?<!sem )(?<!no )(?<!sin )\b"


def _patterns(*, ignore: str, these: str, rules: str, former: str, told: str, others: tuple[str, ...]) -> list[str]:
    """The orders of one language: ``ignore`` ``these`` ``rules``, in which ``former`` or ``told`` makes it plain."""
    return [
        rf"{_START}{ignore} (?:(?:{these}) )*(?:{rules})\b(?! (?:of|for|about|d[aeo]s?|del|para|sobre) (?!sistema))",
        rf"{_NOT_DENIED}{ignore} (?:[\w'-]+ ){{0,4}}?(?:{former}) (?:[\w'-]+ ){{0,2}}?(?:{rules})\b",
        rf"{_NOT_DENIED}{ignore} (?:[\w'-]+ ){{0,4}}?(?:{rules}) (?:[\w'-]+ ){{0,2}}?(?:{former})\b",
        rf"{_NOT_DENIED}{ignore} (?:{told})",
        *(_START + other for other in others),
    ]


_EN = _patterns(
    ignore=r"(?:ignore|disregard|forget|override|bypass|(?:do not|don'?t|stop) (?:follow|obey|heed)(?:ing)?)",
    these="all|any|every|each|and|of|the|this|these|those|your|my|other",
    rules=r"instructions?|rules?|guidelines?|directives?|commands?"
    r"|prompts?(?! (?:service|response|reply|delivery|arrival))",
    former=r"previous|prior|earlier|preceding|foregoing|above|system|initial|original|given|before",
    told=r"(?:everything|anything|all|whatever|what) (?:that )?"
    r"(?:(?:was |is |has been |stands |came )?(?:above|before|said|written)"
    r"|you (?:were|have been|are) (?:told|given|taught|instructed))",
    others=(
        r"act as (?:an?|the|my)\b",
        r"(?:act|behave|write|answer) as (?:if|though)\b.*\b(?:instructions?|rules?|prompts?)\b",
        r"(?:say|write|claim|state|declare) (?:only )?(?:that )?(?:we|our \w+|this \w+|the (?:company|business|shop))"
        r"(?:'re|'ve| are| is| have| has| was| were| won)\b",
        r"(?:reveal|show|print|repeat|output|display) (?:me )?(?:your|the) (?:\w+ )?prompt\b",
    ),
)
_PT = _patterns(
    ignore=r"(?:ignor(?:e|a|em|ar)|desconsider(?:e|a|em|ar)|esque(?:ca|ce|cam|cer)|descart(?:e|a|ar)|desobede(?:ca|cer)"
    r"|nao (?:siga|obedeca|cumpra))",
    these=r"tod[ao]s?|quaisquer|qualquer|as?|os?|suas?|seus?|tuas?|ess[ae]s?|est[ae]s?|de|das?|dos?|outras?",
    rules=r"instruc(?:ao|oes)|regras?|diretrizes|diretivas?|orientacoes|ordens|prompts?",
    former=r"anterior(?:es)?|acima|previ[ao]s?|sistema|dad[ao]s|recebid[ao]s|inicia(?:l|is)|originais",
    told=r"(?:de )?tudo (?:o )?(?:que )?(?:(?:foi |esta |veio |vem )?(?:dito|escrito|acima|antes|anterior)"
    r"|(?:lhe|te) disseram)",
    others=(
        r"(?:aja|atue|comporte-se) como (?:um|uma|o|a)\b",
        r"(?:aja|atue|comporte-se|escreva|responda) como se\b.*\b(?:instruc(?:ao|oes)|regras?|prompts?)\b",
        r"finja (?:ser|que (?:voce )?(?:e|nao (?:ha|existem|tem)))\b",
        r"(?:diga|escreva|afirme|declare) (?:apenas |so |tambem )?que (?:somos|temos|fomos|ganhamos|noss[ao]"
        r"|(?:a|esta) (?:empresa|loja|clinica|casa))\b",
        r"(?:revele|mostre|imprima|repita|exiba) (?:o|seu|o seu) prompt\b",
    ),
)
_ES = _patterns(
    ignore=r"(?:ignor(?:e|a|en|ar)|olvid(?:e|a|en|ar|ese de|ate de)|desestim(?:e|a|ar)|descart(?:e|a|ar)|omit(?:a|e|ir)"
    r"|(?:haga|haz|hacer) caso omiso (?:de|a)|no (?:haga|hagas) caso (?:de|a)|no (?:sigas?|obedezcas?|cumplas?))",
    these=r"tod[ao]s?|cualquier|las?|los?|el|sus?|tus?|es[ao]s|est[ao]s|de|del|al?|otras?",
    rules=r"instruccion(?:es)?|reglas?|normas?|directrices|directivas?|indicaciones|ordenes|prompts?",
    former=r"anterior(?:es)?|previ[ao]s?|arriba|sistema|dad[ao]s|recibid[ao]s|inicial(?:es)?|originales",
    told=r"(?:de )?todo (?:lo )?(?:que )?(?:(?:fue |esta |se ha )?(?:dicho|escrito|arriba|antes|anterior)"
    r"|(?:se )?(?:le|te) (?:dijo|dijeron|han dicho))",
    others=(
        r"(?:actue|comportese|comportate) como (?:un|una|el|la)\b",
        r"actua como (?:un|una|el|la) (?:\w+ )?"
        r"(?:asistente|redactor|redactora|experto|experta|modelo|pirata|sistema|bot)\b",
        r"(?:actue|actua|comportese|escriba|responda) como si\b.*\b(?:instruccion(?:es)?|reglas?|prompts?)\b",
        r"finj[ae] (?:ser|que (?:es|eres|no (?:hay|existen|tiene)))\b",
        r"(?:diga|di|escriba|escribe|afirme|afirma|declare) (?:solo |tambien )?"
        r"que (?:somos|tenemos|fuimos|hemos|nuestr[ao]"
        r"|(?:la|esta) (?:empresa|tienda|clinica|casa))\b",
        r"(?:revele|muestre|revela|muestra|imprima|repita) (?:el|su|tu) prompt\b",
    ),
)


@cache
def _orders() -> re.Pattern[str]:
    """All of them. Compiling takes as long as loading the rest of the app, and few processes read such sentences."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in [*_EN, *_PT, *_ES, r"\bsystem prompt\b"]))


def is_template_code(text: str) -> bool:
    return bool(BRACES.search(text))


def is_order(text: str) -> bool:
    """Whether it reads as an order to a writer. Tidiness and no protection: nobody obeys what this misses."""
    return bool(_orders().search(fold(text).replace("\u2019", "'")))
