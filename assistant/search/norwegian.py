"""Norwegian words as search sees them: lower case, without stop words, cut to their stems."""

import re
from functools import lru_cache

import Stemmer

# Raised whenever the same text would give other keywords, so that a keyword index made before is made anew.
VERSION = 3

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+")

# Words that carry no topic, in both written forms of Norwegian, and the words questions are asked with.
STOP_WORDS = frozenset(
    """
    alle alt altså ei kjem vera andre at av bare begge ble blei bli blir blitt bort både da de deg dei deim deira deires
    dem den denne der dere deres det dette di din disse ditt du dykk dykkar då ein eit eitt eller elles en
    enn er et ett etter eg for fordi fra frå før ha hadde han hans har hennar henne hennes her hjå ho hoe
    honom hoss hossen hun hva hvem hver hvilke hvilken hvis hvor hvordan hvorfor i ingi inkje inn inni ja jeg
    kan kom korleis korso kun kunne kva kvar kvarhelst kven kvi kvifor kvilke me med medan meg meget mellom
    men mi min mine mitt mot mykje må nå når no noe noen noka noko nokon nokor nokre nå og også om opp oss
    over på samme seg selv si sia sidan siden sin sine sitt sjøl skal skulle slik so som somme somt så sånn
    til um upp ut uten var vart varte ved vere verte vi vil ville vore vors vort vår være vært å sa sier
    seier sagt si mener meiner mente meinte uttalte uttaler skrev skriver skriv
    """.split()
)

ENGLISH_STOP_WORDS = frozenset(
    """
    a about all also an and any anybody anyone are as at be been being but by can could did do does doing done for from
    get give had has have he her his how i if in into is it its just like many more most much my no not of off on one
    or other our out over per said say says shall she should so some such than that the their them then there these they
    this those through to too under until up us was we were what when where which while who whom whose why will with
    would you your think thinks thought want wants mean means far
    """.split()
)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a lower-case word, the same for bokmål and nynorsk endings: Snowball's for Norwegian, applied twice.

    Once, "kapasiteten" becomes "kapasitet" and "kapasitet" becomes "kapasit"; twice, both become "kapasit".
    """
    # A stemmer keeps the word it works on, so threads can't share one; the cache makes a new one cheap.
    stemmer = Stemmer.Stemmer("norwegian")
    stemmed: str = stemmer.stemWord(stemmer.stemWord(word))
    return stemmed


def word_list(text: str) -> list[str]:
    """The words and numbers of a text as they are written, in order."""
    return _WORD.findall(text)


def words(text: str) -> list[str]:
    """The same in lower case."""
    return [word.lower() for word in word_list(text)]


def keywords(text: str) -> list[str]:
    """The stems of the words that carry a topic, in order and with repetitions."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]
