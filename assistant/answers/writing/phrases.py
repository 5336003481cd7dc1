"""The words by which a claim attributes, negates, bounds and quotes, in bokmål, nynorsk and English."""

import re
import unicodedata
from html import unescape

from assistant.corpus.speech import TAKES_POSITION

_SAYS = (
    r"says?|said|states?|stated|argues?|argued|writes?|wrote|believes?|claims?|claimed|warns?|warned|notes?|noted"
    r"|points? out|pointed out|emphasi[sz]es?|demands?|demanded|calls? (?:for|on)|wants?|supports?|opposes?|proposes?"
    r"|proposed|recommends?|recommended|asks?|expects?|fears?|thinks?|stress(?:es)?|highlights?|critici[sz]es?|promises?"
    r"|announces?|announced|maintains?|insists?|reports?|reported|concludes?|concluded|considers?|suggests?"
    r"|acknowledges?|describes?|explains?|urges?|would like|is (?:for|against|in favou?r)|agrees?|disagrees?|replies"
    r"|replied|confirms?|confirmed|denies|denied|rejects?|rejected"
)
_SIER = (
    r"sier|sa|seier|skriver|skriv|skrev|mener|meiner|mente|påpeker|påpeikar|peker på|peikar på|varsler|varslar|svarer"
    r"|svarar|uttaler|uttalar|understreker|understrekar|forklarer|forklarar|hevder|hevdar|krever|krev|ønsker|ønskjer"
    r"|ynskjer|foreslår|anbefaler|tilrår|advarer|åtvarar|lover|lovar|viser til|ber om|bed om|går inn for|støtter|stør"
    r"|frykter|fryktar|etterlyser|etterlyser|forventer|forventar|avviser|avviser|bekrefter|stadfestar|nekter|nektar"
    r"|kritiserer|kritiserar|beskriver|skildrar|framhever|framhevar|fremhever|presiserer|presiserar|opplyser|opplyser"
    r"|konkluderer|konkluderar|slår fast|er for|er mot|er imot|er enig|er einig|er uenig|er usamd"
)
_BETWEEN = r"(?:\s*\([^)]{1,40}\))?(?:,[^,]{1,60},)?\s+(?:(?:også|òg|har|had|has|have|also|therefore|derfor|difor|ikke|ikkje|not)\s+){0,2}"
_AFTER = re.compile(
    rf"['’]?s?{_BETWEEN}(?:{_SIER}|{_SAYS})\b|['’]?s? (?:view|position|opinion|demand|syn|krav)\b", re.IGNORECASE
)
_BEFORE = re.compile(
    rf"(?:\b(?:ifølge|ifølgje|i følge|i følgje|according to|in the words of|in the view of)|\b(?:{_SIER}|{_SAYS}))"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def attribution(text: str, start: int, end: int, spoken: int) -> int:
    """Where the words end that let whoever is named in `text[start:end]` speak or hold a position; 0 if there are none.

    A verb before the name counts only if it isn't the verb of somebody named earlier, whose words end at `spoken`.
    """
    after = _AFTER.match(text, end) or TAKES_POSITION.match(text, end)
    if after:
        return after.end()
    before = _BEFORE.search(text[:start])
    return end if before and before.start() >= spoken else 0


# Whoever stands first and says something.
SUBJECT = re.compile(
    rf"^(?P<who>[^,.:;]{{2,60}}?)\s+(?:(?:har|has|have|også|also)\s+)?(?:{_SIER}|{_SAYS})\b", re.IGNORECASE
)
# … without being anybody in particular.
UNNAMED = re.compile(
    r"(?:(?:og|men|and|but|her|here|samtidig|samstundes|at the same time)\s+)?(?:(?:.*\s)?(?:han|hun|ho|de|dei|he|she|they)|den|det|it"
    r"|dokument\w*|the documents?|the letter|brevet|the article|artikkelen|innspillet|innspelet|svaret|the (?:answer|response))",
    re.IGNORECASE,
)
# What a sentence needs to hand over to somebody; no claim about the matter.
FRAME = re.compile(
    r"\b(?:sier|sa|seier|skriver|skriv|skrev|mener|meiner|mente|påpeker|påpeikar|peker på|peikar på|uttaler|uttalar"
    r"|understreker|understrekar|forklarer|forklarar|opplyser|viser til|framhever|fremhever|framhevar|presiserer"
    r"|says?|said|states?|writes?|wrote|notes?|points? out|believes?|thinks?|emphasi[sz]es?|stresses|explains?"
    r"|describes?|asks?|asked|ber|bedt|bedd|beder|ifølge|ifølgje|according to|brevet|letter|høringsinnspill\w*|høyringsinnspel\w*|innspill\w*"
    r"|innspel\w*|consultation|response|artikkel\w*|article|svar\w*|answer\w*|dokument\w*|documents?|samtidig|samstundes"
    r"|videre|vidare|dessuten|også|further|moreover|addition|norge|noreg|norway|norwegian|norsk\w*|minister\w*"
    r"|statsråd\w*|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
NEGATION = re.compile(
    r"\b(?:ikke|ikkje|ingen|inga|ingenting|inkje|intet|aldri|verken|hverken|korkje|neppe|uten|utan|manglende|not|no|none"
    r"|never|neither|nor|without|cannot|hardly|lack|lacks|lacking)\b|n['’]t\b",
    re.IGNORECASE,
)
NOT_ONLY = re.compile(r"\b(?:ikke|ikkje|not) (?:bare|berre|kun|only|minst|just|least)\b", re.IGNORECASE)
CONDITIONS = (
    re.compile(r"\b(?:dersom|hvis|viss|med mindre|forutsatt|føresett|if|unless|provided)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:dersom|hvis|viss|med mindre|forutsatt|føresett|forutset\w*|føreset\w*|når|om|så lenge|if|unless|provided|when"
        r"|as long as|conditional|depends?)\b",
        re.IGNORECASE,
    ),
)
RESTRICTIONS = (
    re.compile(r"\b(?:kun|bare|berre|only|except|unntatt|unnateke)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:kun|bare|berre|only|except|unntatt|unnateke|just|solely|alone|alene|åleine|merely)\b", re.IGNORECASE
    ),
)
FRACTIONS = {
    "1/2": re.compile(r"\b(?:halvpart\w*|halvdel\w*|halve|half|halved|halver\w*)\b", re.IGNORECASE),
    "1/3": re.compile(r"\b(?:\w*tredjedel\w*|\w*tredel\w*|(?:one|two|a)[ -]thirds?)\b", re.IGNORECASE),
    "1/4": re.compile(r"\b(?:\w*fjerdedel\w*|\w*firedel\w*|(?:one|three|a)[ -]quarters?|kvart)\b", re.IGNORECASE),
    "2 ×": re.compile(r"\b(?:dobl\w*|fordobl\w*|dobbel\w*|dobbelt\w*|doubl\w*|twice|tripl\w*|tredobl\w*)\b", re.IGNORECASE),
    "most": re.compile(r"\b(?:flertall\w*|fleirtal\w*|majority|minority|mindretal\w*)\b", re.IGNORECASE),
}  # fmt: skip
PERCENT = re.compile(r"[ \u00a0-]?(?:%|prosent|per ?cent\b|pst\b|pct\b)", re.IGNORECASE)
# A number in words that isn't read as one: "tjuefem", "forty-two", "hundrevis".
NUMBER_LIKE = re.compile(
    r"\b(?:\w*(?:tjue|tretti|førti|femti|seksti|sytti|åtti|nitti|hundre|tusen)\w*"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[ -]?(?:one|two|three|four|five|six|seven|eight|nine)?"
    r"|hundreds?|thousands?|dozens?|millions?|billions?|trillions?|\w*millioner|\w*milliarder|milliardar|millionar|dusin\w*)\b",
    re.IGNORECASE,
)
MARKS = re.compile(r"«[^«»]{2,}»|“[^“”]{2,}”|„[^„“”]{2,}[“”]|\"[^\"]{2,}\"|(?<!\w)[‘'][^‘’']{2,}[’'](?!\w)")
LINK = re.compile(
    r"https?:|www\.|\]\(|<\s*/?\s*[a-zA-Z!]|javascript:|data:|!\[|\b\w+\.(?:com|no|org|net|io)\b", re.IGNORECASE
)
# Who may stand beside a verb of saying without being anybody: what asks "what", "that" or "how", and fillers.
_NOBODY = re.compile(
    r"(?:at|om|ikke|ikkje|også|òg|det|dette|som|han|hun|ho|de|dei|vi|jeg|eg|her|da|nå|no|hva|kva|hvor|så|en|et|ei|ein|eit|den"
    r"|that|how|what|not|also|he|she|they|it|this|who|we|the|a|an|to|is|are|be|been|for|on|of|in|by|i|til|på|av|seg|og|and"
    r"|har|have|has|had|kan|vil|skal|må|bør|er|blir|must|should|will|there|der|videre|further|as|and|but|men|\d+)",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"(?:(?P<before>[^\W\d_]+)\s+)?\b(?P<verb>sier|seier|skriver|skriv|mener|meiner|påpeker|påpeikar|uttaler|uttalar|hevder"
    r"|hevdar|ifølge|ifølgje|says?|said|writes?|believes?|argues?|claims|states|according to)\b(?:,?\s+(?P<after>[^\W\d_]+))?",
    re.IGNORECASE,
)


def said_by(text: str) -> list[str]:
    """The words beside verbs of saying that may name somebody, known actors left out of the text before."""
    found = []
    for match in _SAYING.finditer(text):
        if match["verb"].lower() in ("ifølge", "ifølgje", "according to"):
            beside = [match["after"]]
        else:
            beside = [match["before"], match["after"]]
        found += [word for word in beside if word and not _NOBODY.fullmatch(word)]
    return found


_KEPT = re.compile(r"[^\w\s.,;:!?()%/–—\-…&+§°€$£'’]|_")
# The apostrophes of "it's" and "don't"; any other may be a quotation mark.
_APOSTROPHE = re.compile(r"['’](?!(?<=[^\W\d_]['’])(?:s|t|re|ve|ll|d|m)\b)")


def without_marks(text: str) -> str:
    """Text of a model with nothing in it that could pass for a quotation mark: all but plain characters is left out."""
    return re.sub(r",{2,}", ",", _APOSTROPHE.sub("", _KEPT.sub("", text)))


def plain_characters(text: str) -> str:
    """Text of a model with HTML's and Unicode's other ways of writing a character undone."""
    plain = unicodedata.normalize("NFKC", unescape(unescape(text)))
    return "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Cs", "Co"))
