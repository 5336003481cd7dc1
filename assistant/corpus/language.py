"""Which language a text is in, told by its most common small words."""

import re

NB, NN, EN = "nb", "nn", "en"

# Words that are frequent in one of the three languages and absent, or rare, in the others.
_MARKERS = {
    NB: "ikke jeg en noe noen hva hvem hvordan hvorfor hvilke hvilken hvor fra dere mye sier være også kommer etter hun de",
    NN: "ikkje eg ein eit noko nokon kva kven korleis kvifor kva kvar frå dykk mykje seier vere vera også kjem etter ho dei"
    " ikkje vert vart berre sjølv meir skulle fleire kor mellom brukarane eitt ei nokre ynskjer ønskjer meiner",
    EN: "the of and to is what who how why when where which did does do has have was were say said says about from in on"
    " with not are a an their there been will would more any you very thank thanks hello",
}
# Words of both bokmål and nynorsk that aren't English: "Når sa han det?", "Takk!"
_NORWEGIAN = frozenset(
    "og om på når sa han det er som av til med takk tusen meg deg seg vi oss kan skal vil bør må nå ja nei hei dette disse"
    " eller så".split()
)
_WEIGHTS = {language: frozenset(words.split()) for language, words in _MARKERS.items()}
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str, default: str = NB) -> str:
    """One of "nb", "nn" and "en"; `default` when nothing in the text tells.

    Only words that one language has and the others lack are counted, so a Norwegian name in an English question does
    no harm. Ties go to `default`; where nothing but words of both kinds of Norwegian tells, an English one gives way to
    bokmål.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    scores = {language: sum(word in markers for word in words) for language, markers in _WEIGHTS.items()}
    best = max(scores.values())
    if best == 0 and default == EN and not _NORWEGIAN.isdisjoint(words):
        return NB
    if best == 0 or scores[default] == best:
        return default
    return next(language for language, score in scores.items() if score == best)
