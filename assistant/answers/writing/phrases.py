"""The words by which a claim attributes, negates, bounds and quotes, in bokmål, nynorsk and English."""

import re
import unicodedata
from html import unescape

from assistant.corpus.speech import TAKES_POSITION

# Verbs that hand over to what is said, and say nothing of it themselves; who stands beside them speaks.
_SAY = (
    r"sier|sa|seier|skriver|skriv|skrev|mener|meiner|mente|påpeker|påpeikar|uttaler|uttalar"
    r"|says?|said|writes?|wrote|believes?|states|stated"
)
# The same, but they may also have an object: "understreker behovet".
_TELL = (
    r"peker på|peikar på|understreker|understrekar|forklarer|forklarar|opplyser|viser til|framhever|framhevar|fremhever"
    r"|presiserer|presiserar|notes?|noted|points? out|pointed out|thinks?|emphasi[sz]es?|stress(?:es)?|explains?"
    r"|describes?"
)
# Verbs that say how the speaker stands to it.
_STAND = (
    r"varsler|varslar|svarer|svarar|hevder|hevdar|krever|krev|ønsker|ønskjer|ynskjer|foreslår|anbefaler|tilrår|advarer"
    r"|åtvarar|lover|lovar|ber om|bed om|går inn for|støtter|stør|frykter|fryktar|etterlyser|forventer|forventar|avviser"
    r"|bekrefter|stadfestar|nekter|nektar|kritiserer|kritiserar|beskriver|skildrar|konkluderer|konkluderar|slår fast"
    r"|er for|er mot|er imot|er enig|er einig|er uenig|er usamd"
    r"|argues?|argued|claims?|claimed|warns?|warned|demands?|demanded|calls? (?:for|on)|wants?|supports?|opposes?"
    r"|proposes?|proposed|recommends?|recommended|expects?|fears?|highlights?|critici[sz]es?|promises?|announces?"
    r"|announced|maintains?|insists?|reports?|reported|concludes?|concluded|considers?|suggests?|acknowledges?|urges?"
    r"|would like|is (?:for|against|in favou?r)|agrees?|disagrees?|replies|replied|confirms?|confirmed|denies|denied"
    r"|rejects?|rejected"
)
_VERBS = f"{_SAY}|{_TELL}|{_STAND}"
_BETWEEN = r"(?:\s*\([^)]{1,40}\))?(?:,[^,]{1,60},)?\s+(?:(?:også|òg|har|had|has|have|also|therefore|derfor|difor|ikke|ikkje|not)\s+){0,2}"
_AFTER = re.compile(
    rf"['’]?s?{_BETWEEN}(?:{_VERBS})\b|['’]?s? (?:view|position|opinion|demand|syn|krav)\b", re.IGNORECASE
)
_BEFORE = re.compile(
    rf"(?:\b(?:ifølge|ifølgje|i følge|i følgje|according to|in the words of|in the view of)|\b(?:{_VERBS}))"
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


# What a sentence needs to hand over to somebody; no claim about the matter.
FRAME = re.compile(
    rf"\b(?:{_SAY}|{_TELL}|ber|bedt|bedd|beder|asks?|asked|siden|sidan|etter|since|after|before|during|ifølge|ifølgje|according to|brevet|letter|høringsinnspill\w*|høyringsinnspel\w*"
    r"|innspill\w*|innspel\w*|consultation|response|artikkel\w*|article|svar\w*|answer\w*|dokument\w*|documents?|samtidig"
    r"|samstundes|videre|vidare|dessuten|også|further|moreover|addition|norge|noreg|norway|norwegian|norsk\w*|minister\w*"
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
# What may stand between a number and what it counts.
COUNTING = re.compile(
    r"flere|fleire|nye?|ekstra|ytterligere|ytterlegare|til|more|new|extra|additional|further|of|av|the|de|dei|om|lag"
    r"|prosent|mill|mrd",
    re.IGNORECASE,
)
# A number in words that isn't read as one: "tjuefem", "forty-two", "hundrevis".
NUMBER_LIKE = re.compile(
    r"\b(?:\w+sifre(?:t|de)|\w*(?:tjue|tretti|førti|femti|seksti|sytti|åtti|nitti|hundre|tusen)\w*"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[ -]?(?:one|two|three|four|five|six|seven|eight|nine)?"
    r"|hundreds?|thousands?|dozens?|millions?|billions?|trillions?|\w*millioner|\w*milliarder|milliardar|millionar|dusin\w*)\b",
    re.IGNORECASE,
)
MARKS = re.compile(r"«[^«»]{2,}»|“[^“”]{2,}”|„[^„“”]{2,}[“”]|\"[^\"]{2,}\"|(?<!\w)[‘'][^‘’']{2,}[’'](?!\w)")
LINK = re.compile(
    r"https?:|www\.|\]\(|<\s*/?\s*[a-zA-Z!]|javascript:|data:|!\[|\b\w+\.(?:com|no|org|net|io)\b", re.IGNORECASE
)
# What may stand beside a verb of saying without being anybody in particular.
_NOBODY = re.compile(
    r"at|om|ikke|ikkje|også|òg|det|dette|den|de|dei|som|han|hun|ho|vi|jeg|eg|her|da|nå|no|hva|kva|hvor|så|en|et|ei|ein|eit"
    r"|that|how|what|not|also|he|she|they|it|this|who|we|the|a|an|to|is|are|be|been|for|on|of|in|by|i|til|på|av|seg|og|and"
    r"|har|have|has|had|kan|vil|skal|må|bør|er|blir|must|should|will|there|der|videre|further|as|but|men"
    r"|dokument\w*|documents?|letter|brevet|article|artikkelen|innspillet|innspelet|svaret|answer|response",
    re.IGNORECASE,
)
_ACCORDING = r"ifølge|ifølgje|according to"
_SAYING = re.compile(
    rf"(?:(?P<before>[^\W\d_]+)\s+)?\b(?:(?P<according>{_ACCORDING})|{_SAY}|hevder|hevdar|argues?|claims)\b"
    r"(?:,?\s+(?P<after>[^\W\d_]+))?",
    re.IGNORECASE,
)


def said_by(text: str) -> list[str]:
    """The words beside verbs of saying that may name somebody; names of known actors are to be left out before."""
    found = []
    for match in _SAYING.finditer(text):
        beside = [match["after"]] if match["according"] else [match["before"], match["after"]]
        found += [word for word in beside if word and not _NOBODY.fullmatch(word)]
    return found


_KEPT = re.compile(r"[^\w\s.,;:!?()%/–—\-…&+§°€$£'’]|_")
# The apostrophes of "it's" and "don't"; any other may be a quotation mark.
_APOSTROPHE = re.compile(r"['’](?!(?<=[^\W\d_]['’])(?:s|t|re|ve|ll|d|m)\b)")


def without_marks(text: str) -> str:
    """Text of a model with nothing in it that could pass for a quotation mark: all but plain characters is left out."""
    return re.sub(r",{2,}", ",", _APOSTROPHE.sub("", _KEPT.sub("", text)))


# Characters that aren't seen or of private use, and modifier letters, of which many look like quotation marks.
_UNSEEN = ("Cf", "Cs", "Co", "Lm")


def plain_characters(text: str) -> str:
    """Text of a model with HTML's and Unicode's other ways of writing a character undone."""
    plain = unicodedata.normalize("NFKC", unescape(unescape(text)))
    return "".join(c for c in plain if unicodedata.category(c) not in _UNSEEN)
