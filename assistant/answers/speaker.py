"""Who a question asks to speak: "Hva sa ministeren om …?", "Does KS support …?", "… according to Mental Helse"."""

import re

from assistant.corpus.actors import Actors, Mentions


def _any_of(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


_SAY = _any_of(r"""
    sa sier seier sagt mener mente meiner meinte ment meint skriver skrev skriv uttaler uttalte svarer svarte
    svarar påpeker påpekte foreslår foreslo krever krevde krev anbefaler anbefalte tilrår ønsker ønsket
    ønskjer ønskte vil synes syns synest tenker tenkjer forteller fortalte fortel hevder hevdet hevdar lover
    lovet lovte lovar understreker understrekar varsler varslet etterlyser forventer forventar venter ventar
    melder meldte rapporterer rapporterte opplyser advarer advarte konkluderer frykter fryktar vurderer
    vurderte beskriver beskrev forklarer forklarte begrunner grunngir grunngjev stiller stilte tror trodde
    trur trudde håper håpet håpar håpa tviler tvilte tvilar tvila erkjenner erkjente erkjende innrømmer
    innrømte vedgår peker pekte peikar peika
""")
# What is said for or against somebody: "Hvem støtter KS?" doesn't ask what KS supports.
_BACK = _any_of("støtter støttet støttar støtta kritiserer kritiserte avviser avviste godtar godtok godtek roser roste")
_SAY_EN = _any_of(r"""
    say said says think thinks thought write writes wrote written propose proposes proposed want wants wanted
    demand demands demanded argue argues argued suggest suggests suggested claim claims claimed recommend
    recommends recommended ask asked respond responded reply report reports reported conclude concludes
    concluded point\sout pointed\sout call\sfor calls\sfor note noted believe believes believed warn warns
    warned criticise criticize criticised criticized promise promised state stated call calls called describe
    describes described explain explained expect expects view feel see mention mentioned announce announced
    stand supports? supported opposes? opposed agrees? agreed disagrees? disagreed rejects?
    rejected accepts? accepted doubts? doubted fears? feared hopes? hoped acknowledges? admits?
    welcomes? favou?rs?
""")
# What follows an actor and says where it stands: "Er KS enig …?", "Is KS opposed to …?"
_STANCE = _any_of(r"""
    enige? einige? uenige? ueinige? for\seller imot kritiske? skeptiske? positive? positivt negative? negativt
    bekymret bekymra uroa urolige? uroleg fornøyde? misfornøyde? nøgde? misnøgde? skuffet skuffa tilfreds
    åpne? opne? villige? opptatt oppteken redde?
""")
_STANCE_EN = _any_of(r"""
    for\sor in\sfavou?r opposed open\sto willing prepared ready\sto worried concerned critical sceptical
    skeptical positive negative satisfied happy unhappy disappointed afraid
""")
_POSITION = (
    r"(?:syn|syna|mening|meining|holdning|haldning|standpunkt|posisjon|krav|forslag|vurdering|kritikk|budskap|bodskap|svar"
    r"|ønske|anbefaling|tilråding)(?:en|et|a|er|ene|ane)?"
)
_POSITION_EN = _any_of("position views? stance opinion demands? proposals? criticism recommendations? message answer")
_ABOUT = _any_of("om på til at i for mot når rundt av angående vedrørende kring med ha gjøre gjere skal bør")
_ABOUT_EN = _any_of("about on that of regarding concerning to for in with should be")
_AUXILIARY = _any_of("har hadde skal kan kunne ville vil må")

# "How did Hamar vote when the Storting asked …?" doesn't ask what anybody said.
_NO_CLAUSE = r"(?:(?!\b(?:when|while|because|whether)\b).)"

# Each names the part of the question that is its speaker.
_FRAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:ifølge|ifølgje|i følge|i følgje)\s+"
        r"(?P<speaker>[^,?]+?)(?=,|\?|$|\s+(?:er|var|har|skal|kan|må|bør|blir|vert|ble|vart|om)\b)",
        r"\baccording to\s+(?P<speaker>[^,?]+?)(?=,|\?|$)",
        # Bounded, so that a long question doesn't take seconds.
        r"\b(?:what|how|why|when|where|which)\b[^?]{0,100}?\b(?:did|does|do|has|have|is|are|was|were|would|will)\s+"
        rf"(?P<speaker>{_NO_CLAUSE}{{1,120}}?)\s+(?:\w+ly\s+)?{_SAY_EN}\b",
        rf"\b(?:what|which)\s+(?:is|are|was|were)\s+(?P<speaker>.+?)['’]s?\s+{_POSITION_EN}\b",
        rf"\b(?:what|which)\s+(?:is|are|was|were)\s+the\s+{_POSITION_EN}\s+(?:of|from)\s+(?P<speaker>.+?)(?=\s+{_ABOUT_EN}\b|\?|$)",
        # "Do I have a right to see …?" asks nobody, "Do you think …?" does.
        rf"\b(?:has|have|did|does|do)\s+(?!(?:I|we|you|they)\s+(?!{_SAY_EN}\b))(?P<speaker>{_NO_CLAUSE}+?)\s+{_SAY_EN}\b",
        rf"^(?:and |but )?(?:is|are|was|were)\s+(?P<speaker>(?!it\b|there\b).+?)\s+{_STANCE_EN}\b",
        r"\b(?:det siste|det nyeste|det nyaste|the latest|the last)\s+(?:thing\s+)?"
        rf"(?P<speaker>\w+(?:\s\w+){{0,3}}?)\s+(?:har|has|have|had)?\s*(?:{_SAY}|{_SAY_EN})\b",
        r"\b(?:does|do|did|will|would)\s+(?P<speaker>\w+(?:\s\w+){0,3}?)\s+back\s+(?!(?:to|in|from|at|home|again)\b)\w",
        r"\bwhat\s+(?:did|does|do|has|have)\s+(?P<speaker>.+?)\s+(?:find|found)\s+(?:out\s+)?(?:about|on|regarding)\b",
        r"\b(?:hva|kva)\s+(?:finner|fant|finn|fann)\s+(?P<speaker>(?!man\b|vi\b|ein\b|en\b).+?)\s+(?:ut\s+)?om\b",
        rf"\b{_AUXILIARY}\s+(?P<speaker>(?!det\b|vi\b|man\b|ein\b)(?:(?!\b(?:for|om|som|at|hvis|når)\b).)+?)"
        rf"\s+(?:{_SAY}|{_BACK})\b",
        rf"^(?:og |men )?(?:er|var)\s+(?P<speaker>(?!det\b|dette\b|de\b|dei\b|vi\b|man\b|ein\b).+?)\s+{_STANCE}\b",
        r"\b(?:hvordan|korleis)\s+ser\s+(?P<speaker>.+?)\s+på\b",
        r"\b(?:går|gikk|gjekk)\s+(?P<speaker>(?!det\b|vi\b|man\b|ein\b).+?)\s+(?:inn for|imot)\b",
        r"\b(?:tar|tok|tek)\s+(?P<speaker>.+?)\s+til orde\b",
        rf"\b(?:{_SAY}|(?<!hvem )(?<!kven ){_BACK})\s+(?:ikke\s+|ikkje\s+)?"
        rf"(?P<speaker>(?!seg\b|det\b|om\b|at\b|noe\b|noko\b|noen\b|nokon\b|i\b|på\b).+?)(?=\s+{_ABOUT}\b|\?|$)",
        rf"\b(?:hva|kva|hvilke|kva for)\s+(?P<speaker>(?!er\b|var\b|har\b|slags\b).+?)\s+{_SAY}\b",
        rf"\b(?:hva|kva|hvilket|kva for)\s+(?:er|var)\s+(?P<speaker>.+?)\s+(?:sitt|sin|si|sine)?\s*{_POSITION}\b",
        rf"\b{_POSITION}\s+(?:til|fra|frå|hos|hjå)\s+(?P<speaker>.+?)(?=\s+{_ABOUT}\b|\?|$)",
    )
)
# What makes words a name of somebody, though nobody knows it.
_OFFICE = re.compile(
    r"minister|statsråd|departement|direktorat|tilsyn|ombud|forening|forbund|organisasjon|parti|utvalg|utval|kommisjon|komit|president|kommune|sykehus|sjukehus|foretak"
    r"|ministry|directorate|association|union|party|committee|council|office|agency|authority|mayor|ordfører|ordførar|leder|leiar|leader|professor|forsker|forskar|lege"
    r"|institutt|institute|universitet|university|regjering|government|konge|king|queen|dronning",
    re.IGNORECASE,
)
# "Støtter justisministeren forslaget?": a definite office ends the name, unless it goes on: "… for næringslivet".
_OFFICE_FIRST = re.compile(
    r"\w*(?:ministeren|statsråden|departementet|direktoratet|tilsynet|ombudet|utvalget|utvalet|kommisjonen|komiteen"
    r"|presidenten|ordføreren|ordføraren|lederen|leiaren|regjeringen|regjeringa)"
    r"(?=\s+(?!(?:for|i|på|og|til|fra|frå|om|av|med|hos|hjå)\b)\w)",
    re.IGNORECASE,
)
# "Støtter SV domstolene?", "Støtter Norsk psykologforening kravet?": so does a name with capitals, if the verb comes
# first.
_CAPITALS_FIRST = re.compile(
    rf"[A-ZÆØÅ][\w-]*(?:\s+[A-ZÆØÅ][\w-]*)*(?:\s+\w*(?:{_OFFICE.pattern})\w*)?"
    rf"(?=\s+(?!\w*(?:{_OFFICE.pattern}))[a-zæøå])"
)
# The words that a question about what somebody says has beside its speaker and topic.
SPEECH = (
    r"\b(?:ser\s+på|(?:fant|finner|finn|fann)(?:\s+ut)?\s+om|(?:går|gikk|gjekk)\s+inn for|find|found|back"
    rf"|{_SAY}|{_BACK}|{_SAY_EN}|{_POSITION}|{_POSITION_EN})\b"
)
_ANOTHER_OFFICE = re.compile(r"\s+(?:of|for)\s+\w")
_SAYING = re.compile(rf"\s+(?:\w+ly\s+)?(?:{_SAY}|{_BACK}|{_SAY_EN})\b", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"(?:\s*,)?\s*(?:og|and|&)?\s*(?:the\s+)?", re.IGNORECASE)
# What makes a longer name of a name: "the Minister of Justice", "Mental Helse i Trondheim", "Mental Helse Ungdom".
_GOES_ON = re.compile(r"\s+(?:(?:i|in|of|for|fra|frå|på|at)\s|[A-ZÆØÅ])|[-/]")
# What stands in a speaker's place and is nobody in particular.
NOBODY = re.compile(
    r"^(?:de|dei|den|det|han|hun|ho|they|he|she|it|i|you|we|vi|du|jeg|eg|man|ein|en|noen|nokon|anyone|anybody|someone"
    r"|dokumentene|dokumenta|kildene|kjeldene|(?:the\s+)?(?:documents|sources|letter|article|report)"
    r"|brevet|artikkelen|rapporten|saken|saka|alle|everyone|people|folk|hva|kva|aktørene|aktørane|ulike aktører"
    r"|(?:the\s+)?(?:different\s+)?actors)$",
    re.IGNORECASE,
)
_GROUPS = {
    "user organisations": r"(?:bruker|brukar)(?:-\s*og\s+\w+)?organisasjon(?:er|ene|ar|ane)?"
    r"|(?:user|patient|service user) organi[sz]ations?|interesseorganisasjon\w*",
    "politicians": r"politiker(?:ne|e)?|politikar(?:ane|ar)?|(?:the )?politicians?",
    "researchers": r"(?:the )?researchers?|forsker(?:ne|e)|forskar(?:ane|ar)",
    "press": r"pressen?|mediene|media|avisene|avisa?ne|(?:the )?(?:press|media|newspapers?)",
    "government": r"(?:the )?authorities|myndighetene|styresmaktene|myndigheitene",
}


def find_speaker(question: str, mentions: Mentions) -> tuple[str, int, int]:
    """The words that name who is to speak, with their place in the question; empty if nobody is named."""
    for frame in _FRAMES:
        if match := frame.search(question):
            speaker, start = match["speaker"], match.start("speaker")
            names = _names_at_the_start(speaker, mentions)
            if names and speaker[len(names) :].strip():
                # "Hvor mye sier Vestre er bevilget": what follows the name is what is said. But a verb of saying that
                # comes after more than a name isn't this speaker's: "When will the committee deliver its report?"
                if _SAYING.match(question[match.end("speaker") :]):
                    continue
                speaker = names
            elif not names and (office := _OFFICE_FIRST.match(speaker)):
                speaker = office[0]
            elif not names and not match.start() and (capitals := _CAPITALS_FIRST.match(speaker)):
                speaker = capitals[0]
            if speaker[:1] in ("«", "“", "”", '"'):
                continue
            return speaker.strip(" ,"), start, start + len(speaker)
    return "", 0, 0


def _names_at_the_start(speaker: str, mentions: Mentions) -> str:
    """The known names that a speaker's words begin with; empty if they don't, or the last is part of a longer one."""
    end = 0
    for mention in mentions.find(speaker):
        if mention.start and not _BETWEEN_NAMES.fullmatch(speaker[end : mention.start]):
            break
        end = mention.end
    return "" if _GOES_ON.match(speaker[end:]) else speaker[:end]


def actors_named(speaker: str, actors: Actors, mentions: Mentions) -> tuple[tuple[str, ...], str]:
    """The actors that a speaker's words name, and the words themselves if they name an actor nobody knows."""
    if not speaker or NOBODY.match(speaker):
        return (), ""
    named = mentions.find(speaker)
    # "The Minister of Justice" is not the minister.
    named = [mention for mention in named if not _ANOTHER_OFFICE.match(speaker[mention.end :])]
    # Of "the prime minister's office" only a third is known: that is somebody else.
    covered = sum(len(speaker[mention.start : mention.end].split()) for mention in named)
    words = [word for word in speaker.split() if word.lower() not in {"the", "og", "and", "i", "in", "of"}]
    found = [mention.actor for mention in named] if 2 * covered >= len(words) else []
    for group, pattern in _GROUPS.items():
        if re.search(rf"\b(?:{pattern})\b", speaker, re.IGNORECASE):
            found += [actor.id for actor in actors.values() if group in actor.groups]
    if found:
        return tuple(dict.fromkeys(found)), ""
    return (), speaker if _names_somebody(speaker) else ""


def _names_somebody(speaker: str) -> bool:
    """Whether words that aren't a known actor name one: a name, or an office."""
    inner = speaker[1:] if speaker[:1].isupper() else speaker
    return len(speaker.split()) <= 8 and bool(
        _OFFICE.search(speaker) or re.search(r"(?:^|\s)[A-ZÆØÅ]", speaker) or inner != inner.lower()
    )
