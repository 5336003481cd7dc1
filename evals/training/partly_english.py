"""NorQuAD's questions partly in English, word by word, as far as rules go.

None in nynorsk: the product puts these into bokmål before anything reads them (search/nynorsk.py).
"""

import re

import numpy as np

from assistant.corpus.language import NB
from assistant.search.glossary import Glossary
from evals.benchmarks.data import Question

# Of the questions asked in bokmål this share is put into English, as far as rules can.
ENGLISH = 0.2


def _pairs(text: str) -> dict[str, str]:
    """Words by words, from "this=that" with underscores for spaces."""
    halves = (pair.partition("=") for pair in text.split())
    return {one: other.replace("_", " ") for one, _, other in halves}


_IN_ENGLISH = _pairs(
    """
    hva=what hvem=who hvor=where hvordan=how hvorfor=why hvilken=which hvilket=which hvilke=which når=when ikke=not
    mange=many er=is var=was ble=was blir=becomes har=has hadde=had i=in på=on til=to fra=from av=of og=and for=for
    med=with om=about det=the den=the de=they en=a et=a som=that han=he hun=she år=year året=year årene=years
    første=first siste=last etter=after før=before mellom=between under=during mot=against ved=at navnet=name
    navn=name heter=called kalles=called skjedde=happened gjorde=did gjør=does kom=came kommer=comes
    mennesker=people personer=people barn=children land=country landet=country by=city byen=city
    kommune=municipality regjeringen=government krigen=war krig=war døde=died født=born startet=started
    begynte=began skrev=wrote sa=said mener=thinks sier=says fikk=got tok=took største=largest prosent=per_cent
    penger=money norske=Norwegian norsk=Norwegian norge=Norway skole=school arbeid=work menn=men kvinner=women
    bok=book
    """
)


def partly_in_english(asked: Question, glossary: Glossary, random: np.random.Generator) -> str:
    """The question; of some of those in bokmål many of the words are put into English."""
    if random.random() >= ENGLISH or asked.language != NB:
        return asked.text
    words = asked.text.split()
    known = {" ".join(words[m.start : m.end]).lower(): m.concept.english[:1] for m in glossary.find(words)}
    return _worded(asked.text, _IN_ENGLISH | {one: names[0] for one, names in known.items() if names})


def _worded(question: str, words: dict[str, str]) -> str:
    def other(match: re.Match[str]) -> str:
        word = words.get(match[0].lower(), match[0])
        return word[:1].upper() + word[1:] if match[0][:1].isupper() else word

    asked = re.sub(r"^Hvor (?=mange|mye|lenge|gammel|stor)", "How ", question)
    return re.sub(r"[^\W\d_]+", other, asked)
