"""The words by which Norwegian prose hands over to somebody else: verbs of saying, closing tags, quotation marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Verbs that may close a quotation or open indirect speech, in both written forms, present and past.
_SAY = """
    sier sa seier sagt svarer svarte svarar svara skriver skrev skriv mener mente meiner meinte forteller
    fortalte fortel påpeker påpekte påpeikar påpeika peker peikar pekte peika varsler varslet varslar varsla
    bemerker bemerket bemerkar vedgår vedgikk understreker understreket understrekar understreka uttaler
    uttalte uttalar uttala forklarer forklarte forklarar hevder hevdet hevdar hevda fastslår fastslo legger
    spør spurte innrømmer innrømmet påstår påsto presiserer presiserte opplyser opplyste advarer advarte
    åtvarar konkluderer konkluderte framholder fremholder framholdt fremholdt framheld melder meldte
    beskriver beskrev konstaterer konstaterte kritiserer kritiserte foreslår foreslo anbefaler anbefalte
    tilrår fremhever framhever lover lovte lovet lovar
    """.split()
# What takes a position when an actor is the subject, though it hardly ever closes a quotation.
_POSITION = r"""krever|krevde|krev|frykter|fryktet|tror|trodde|trur|etterlyser|etterlyste|forventer|forventet|forventar
    |støtter|støttet|stør|finner\ mye|finn\ mykje|legger\ til\ grunn|legg\ til\ grunn|viser\ til|viste\ til
    |ha(?:r|dde)\ (?:\w+\ ){0,2}(?:dokumentert|vist|påvist|påpekt|påpeikt|sagt|skrevet|skrive|uttalt|understreket|foreslått
        |kritisert|advart|åtvara|varslet|varsla|anbefalt|konkludert|krevd|kravd)
    |(?:er|var)\ (?:\w+\ )?(?:enig|einig|uenig|ueinig|usamd|samd|åpen\ for|open\ for|opptatt\ av|oppteken\ av|bekymret|bekymra
        |positiv\ til|kritisk\ til|tydelig\ på|tydeleg\ på|klar\ på|imot|for\ at)"""
_VERB = "|".join(dict.fromkeys(_SAY))
TAKES_POSITION = re.compile(rf"\s+(?:{_VERB}|{_POSITION})\b", re.VERBOSE)

# ", påpeker han." / "? skriver Kalseth." / "», sier Vestre til NTB."
_TAG = re.compile(
    rf"(?P<end>,|[?!…]|[»”\"],?)\s+(?:–\s*)?(?:{_VERB})\s+(?P<subject>(?!det\b)[^.?!]{{2,160}})[.!?]?\s*$"
)
# ", går det fram av rapporten." / ", viser en rapport fra Sintef." / ", ifølge Sintef." / ", lyder kritikken."
_REPORT_TAG = re.compile(
    r",\s+(?:(?:går|kommer|kjem) det (?:fram|frem) (?:av|i)|(?P<shows>viser)|ifølge|ifølgje|lyder|lød|heter det i|heiter det i)"
    r"\s+(?P<source>[^.]+)\.?\s*$"
)
_ACCORDING = re.compile(r"^(?:Ifølge|Ifølgje|I følge|I følgje)\s+")
_MARKS = re.compile(r"«([^«»]+)»|“([^“”]+)”|(?<!\w)\"([^\"]+)\"")
_BEFORE_MARKS = re.compile(rf"(?P<subject>[^,.:]{{2,80}}?)\s+(?:{_VERB})(?: [^«“\"]{{0,60}})?[:,]?\s*[«“\"]?$")
SAYS = re.compile(rf"\b(?:{_VERB}|sitat|sitert)\b")
PRONOUN = re.compile(r"(?P<word>han|hun|ho|de|dei|den)\b", re.IGNORECASE)
REPORT_NOUN = re.compile(
    r"(?:en |ei |ein |den |denne )?(?:\w+ )?(?:\w*rapport(?:en)?|\w*evaluering(?:en|a)?|\w*undersøk(?:else|ing)(?:en|a)?)\b",
    re.IGNORECASE,
)
REPORT_BY = re.compile(
    r"(?:rapport|evaluering|undersøkelse|undersøking|program)\w*\s+(?:fra|frå|av|med)\s+$", re.IGNORECASE
)
PROPOSALS = re.compile(
    r"(?:Forslag(?:ene|a|et)?|Kravene|Krava|Spørsmål(?:ene|a|et)?) er (?:som følg\w+|følgende|følgjande):"
)

# In words. Shorter things in quotation marks are titles and terms: «Gylne regel», «En friskere befolkning».
_SHORTEST_SPEECH = 4


@dataclass(frozen=True, slots=True)
class Tag:
    """The end of a sentence that says who spoke.

    Attributes:
        subject: the words that name the speaker.
        end: where the speech before it ends, in the sentence.
    """

    subject: str
    end: int


def closing_tag(sentence: str) -> Tag | None:
    """The tag of a sentence such as "Plassene kommer, påpeker han" or "Er det nok? spør Hansen"."""
    match = _TAG.search(sentence)
    if not match:
        return None
    kept = match["end"][0] in "?!…"
    return Tag(match["subject"], match.start("end") + (1 if kept else 0))


def report_source(sentence: str) -> str:
    """The words that name a source of information, as in "…, går det fram av rapporten"; empty if there are none."""
    if opening := _ACCORDING.match(sentence):
        return sentence[opening.end() :]
    match = _REPORT_TAG.search(sentence)
    if not match or (match["shows"] and not REPORT_NOUN.match(match["source"])):
        return ""
    return match["source"]


def subject_before(words: str) -> str:
    """The subject of a verb of saying that ends `words`, as in "Hansen sier:"; empty if there is none."""
    match = _BEFORE_MARKS.search(words)
    return match["subject"] if match else ""


def marked_speech(text: str) -> Iterator[tuple[int, int]]:
    """Spans of what stands in quotation marks and is long enough to be speech, the marks left out."""
    for match in _MARKS.finditer(text):
        group = next(i for i in (1, 2, 3) if match[i] is not None)
        if len(match[group].split()) >= _SHORTEST_SPEECH:
            yield match.span(group)
