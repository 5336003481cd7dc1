"""Words that turn a statement's sense though little else changes: direction, stance, strength, share, cause.

An antonym stands nearer to a word than most synonyms do, so neither embeddings nor a share of common words tell "opp"
from "ned". A claim may have a word of such a class only if a sentence that it cites has one of the same class.
"""

import re
from collections.abc import Collection, Iterator, Sequence


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_CLASSES = {
    "up": _words(
        r"øk\w*|auk\w*|opp|oppover|opptrapp\w*|vekst\w*|vokse\w*|vekse\w*|flere|fleire|flest\w*|mer|meir|mest|større|størst\w*"
        r"|styrk\w*|sterk\w*|utvid\w*|høyere|høgare|increas\w*|more|grow\w*|ris(?:e|es|en|ing)|higher|larger"
        r"|expand\w*|strengthen\w*|strong\w*|additional|up|ekstra|tillegg"
    ),
    "down": _words(
        r"ned|nede|nedgang\w*|nedbygg\w*|nedleg\w*|reduser\w*|reduksjon\w*|mindre|minst\w*|færre|lavere|lågare|kutt\w*"
        r"|svekk\w*|svak\w*|fall\w*|synk\w*|declin\w*|decreas\w*|reduc\w*|fewer|less|lower|cuts?|cutting|down|weak\w*"
        r"|drops?|dropp\w*|dropped|shrink\w*|avta\w*"
    ),
    "stop": _words(
        r"brems\w*|hindr\w*|forhindr\w*|stans\w*|stopp\w*|slutt\w*|unngå\w*|slow\w*|curb\w*|prevent(?:s|ed|ing)?|halt\w*"
        r"|stop\w*|ends?|ended|ending|avslutt\w*|avvikl\w*|avskaff\w*|abolish\w*|umulig\w*|umogleg\w*|impossible"
        r"|mislyk\w*|fail\w*|slipp\w*|løslat\w*"
    ),
    "against": _words(
        r"avvis\w*|nekt\w*|benekt\w*|imot|motsett\w*|kritiser\w*|kritisk\w*|advar\w*|åtvar\w*|uenig\w*|ueinig\w*|usamd\w*"
        r"|frykt\w*|bekymr\w*|er mot|deny|denies|denied|reject\w*|oppos\w*|against|critici\w*|critical\w*|warn\w*|disagree\w*"
        r"|fear\w*|concern\w*|løgn\w*|lyv\w*|ly(?:r|er)|lies?|lying|lied|motarbeid\w*|fraråd\w*"
    ),
    "for": _words(
        r"støtt\w*|stør|støttar|går inn for|er for|enig\w*|einig\w*|samd\w*|support\w*|favou?rs?|agree\w*|welcom\w*"
        r"|hyll\w*|ros(?:er|te)|prais\w*"
    ),
    "commitment": _words(
        r"lov(?:er|et|te|a|ar|nad\w*)|garanti\w*|garanter\w*|promis\w*|pledg\w*|guarant\w*|commit\w*|forplikt\w*"
    ),
    "cause": _words(
        r"fordi|derfor|difor|skyld\w*|fører til|førte til|bidra\w*|på grunn av|grunnet|gjør at|because|therefore|thus|hence"
        r"|due to|leads? to|led to|caus\w*|results? in|derved|dermed|konsekvens\w*|følge av|dette gir|legger press\w*"
    ),
    "all": _words(
        r"alle|alltid|samtlige|samlege|hele|heile|hver|hvert|kvar|kvart|enhver|all|every|each|always|everyone|everybody"
        r"|whole|entire"
    ),
    "most": _words(r"de fleste|dei fleste|fleirtal\w*|flertall\w*|majorit\w*|most|nesten|almost|nearly|mesteparten"),
    "at least": _words(r"minst|minimum|at least|mer enn|meir enn|more than|over"),
    "alone": _words(r"alene|åleine|alone|solely|utelukkende|eneste|einaste|sole"),
    "share": _words(
        r"\w*(?:femtedel|femdel|sjettedel|åttedel|tidel|tiendedel|hundredel)\w*|fifth|sixth|eighth|tenth|tidobl\w*"
    ),
}
_HIGHER = {
    "should": _words(r"bør|burde|should|ought"),
    "will": _words(r"skal|vil|må|shall|will|must|lar|gjør|har"),
}
_CAN = _words(r"kan|kunne|can|could|may|might|mulig\w*|mogleg\w*|possib\w*|potential\w*")
_OPEN = _words(
    r"bør|burde|should|ought|kan|kunne|can|could|may|might|mulig\w*|mogleg\w*|possib\w*|potential\w*|foreslå\w*|forslag\w*"
    r"|føreslå\w*|propos\w*|suggest\w*|anbefal\w*|tilrå\w*|recommend\w*|ønsk\w*|ynskj\w*|want\w*|wish\w*|behov\w*|need\w*"
    r"|trenger|treng|krev\w*|krav\w*|demand\w*|mener|meiner|thinks?|believes?"
)


def sense_changes(prose: str, cited: Sequence[str], unplaced: Sequence[str]) -> Iterator[str]:
    """The words of a claim that give its sentences another sense, or that they need and it leaves out.

    Args:
        prose: the claim without what it quotes.
        cited: the sentences that it cites.
        unplaced: those of them that it doesn't show whole.
    """
    for pattern in _CLASSES.values():
        found = pattern.search(prose)
        if found and not any(pattern.search(text) for text in cited):
            yield found[0]
    # "Bremse nedgangen" isn't "nedgangen", and "hindre nedbygging" isn't "nedbygging".
    stop = _CLASSES["stop"]
    turned = _CLASSES["down"].search(prose) or _CLASSES["up"].search(prose)
    braked = next((match for text in unplaced if (match := stop.search(text))), None)
    if braked and turned and not stop.search(prose):
        yield braked[0]


def is_strengthened(prose: str, unplaced: Sequence[str]) -> bool:
    """Whether sentences that only say what may or ought to be are told as what is or will be."""
    if not unplaced or _HIGHER["will"].search(" ".join(unplaced)):
        return False
    text = " ".join(unplaced)
    if _HIGHER["should"].search(text):
        return not _OPEN.search(prose)
    return bool(_CAN.search(text)) and not _CAN.search(prose)


_PREFIXES = ("u", "in", "im", "ir", "mis", "un", "dis")
_SHORTEST = 5


def is_opposite(word: str, there: Collection[str]) -> bool:
    """Whether the sentences have a word only with the prefix that turns it around, or only without: (in)direkte."""
    if word in there:
        return False
    bare = [word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix)]
    return any(len(word) >= _SHORTEST and prefix + word in there for prefix in _PREFIXES) or any(
        len(other) >= _SHORTEST and other in there for other in bare
    )
