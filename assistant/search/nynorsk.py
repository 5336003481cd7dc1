"""A nynorsk question put into bokmål, word by word: most documents are in it, and most of what taught the reader.

No translation that anybody should read. Common words come from a list, others by the sounds and endings in which the
two written forms differ, those that bokmål has too only where that gives a word that the collection has.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from assistant.search.norwegian import stem
from assistant.search.worded import Worded


def _pairs(text: str) -> dict[str, str]:
    """Nynorsk to bokmål, from "nynorsk=bokmål"."""
    return {one: other for one, _, other in (pair.partition("=") for pair in text.split())}


_WORD = re.compile(r"[^\W\d_]+")
# "Kva for nokre kommunar" is "hvilke kommuner"; "å prøva" is "å prøve"; "når det gjeld" is no debt; "kvar bur" asks for
# a place.
_PHRASES = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (r"\b([Kk])va for (?:ein|ei|nokon|noka)\b", r"\1vilken"),
        (r"\b([Kk])va for (?:eit|noko)\b", r"\1vilket"),
        (r"\b([Kk])va for(?: nokre)?\b", r"\1vilke"),
        (r"\bå ([a-zæøå]{3,})a\b", r"å \1e"),
        (r"\bdet gjeld\b", "det gjelder"),
        (r"^Kvar (?=\w+(?:r|st)\b)", "Hvor "),
    )
)
_WORDS = _pairs(
    """
    anna=annet annan=annen anten=enten arbeidslause=arbeidsløse att=igjen atter=igjen auka=økt aukar=øker auke=øke
    auken=økningen avgjer=avgjør avgjerd=avgjørelse avgjerda=avgjørelsen avgjerder=avgjørelser avgjere=avgjøre bad=ba
    bed=ber bede=bedt bedne=bedt behova=behovene berre=bare betre=bedre bind=binder blei=ble born=barn borna=barna
    bryt=bryter bu=bo budde=bodde bur=bor bustad=bolig bustadar=boliger bustaden=boligen bustader=boliger butt=bodd
    byggje=bygge byggjer=bygger bygt=bygd byrja=begynte byrjar=begynner byrje=begynne dei=de deira=deres dersom=hvis
    difor=derfor drep=dreper drøftar=drøfter dykk=dere dykkar=deres då=da dårleg=dårlig dårlegare=dårligere
    dårlege=dårlige døma=eksemplene dømd=dømt dømde=dømt døme=eksempel eg=jeg ei=en eig=eier eiga=egen eigar=eier
    eigarar=eiere eige=eget eigedom=eiendom eigen=egen eigne=egne ein=en einast=eneste einaste=eneste eining=enhet
    eininga=enheten einingane=enhetene einingar=enheter einsemd=ensomhet einskild=enkelt einskilde=enkelte eit=et
    eitt=ett fall=falt fann=fant fanst=fantes fekk=fikk fell=faller finn=finner finnast=finnes finst=finnes
    fleire=flere forslaga=forslagene forsvinn=forsvinner forsvunne=forsvunnet fortald=fortalt fortalde=fortalte
    fortel=forteller framlegg=forslag framlegga=forslagene framlegget=forslaget framleis=fortsatt framsetje=fremme
    freiste=forsøke fridom=frihet fridomen=friheten frå=fra funne=funnet fyrst=først fyrste=første færrast=færrest
    følgde=fulgte følgje=følge følgjer=følger følgt=fulgt føremål=formål føremålet=formålet føretaka=foretakene
    førre=forrige gamal=gammel gav=ga gje=gi gjekk=gikk gjer=gjør gjera=gjøre gjerast=gjøres gjere=gjøre gjev=gir
    gjeve=gitt gjorte=gjort gløyme=glemme gløymer=glemmer gløymt=glemt greie=klare greier=klarer gut=gutt gutar=gutter
    halda=holde halde=holde handsame=behandle handsaming=behandling heil=hel heile=hele heilt=helt heim=hjem
    heime=hjemme heite=hete heiter=heter heitte=het held=holder heldt=holdt helseføretaka=helseforetakene hender=skjer
    hendt=skjedd hennar=hennes hjelpa=hjelpen hjelpte=hjalp hjå=hos ho=hun hovud=hoved hugs=husk hugse=huske høg=høy
    høgare=høyere høgast=høyest høge=høye høgt=høyt høve=mulighet høvet=muligheten ifølgje=ifølge ikkje=ikke
    inga=ingen innan=innen innanfor=innenfor innbyggjar=innbygger innbyggjarane=innbyggerne innbyggjarar=innbyggere
    innlagde=innlagt kalla=kalt kallar=kaller kjelda=kilden kjelde=kilde kjeldene=kildene kjelder=kilder kjem=kommer
    kjensle=følelse kjensler=følelser kløyve=dele koma=komme kome=komme kor=hvor korkje=verken korleis=hvordan
    kosta=kostet kostar=koster krava=kravene kravd=krevd kravde=krevde krev=krever krevja=kreve krevje=kreve
    kunnskapar=kunnskaper kva=hva kvar=hver kvarandre=hverandre kvart=hvert kven=hvem kvifor=hvorfor kvilke=hvilke
    kvilken=hvilken kvilket=hvilket lagde=lagt landa=landene las=leste late=la legg=legger leggja=legge leggje=legge
    leia=ledet leiar=leder leiarane=lederne leiarar=ledere leiaren=lederen leie=lede leier=leder leiing=ledelse
    leiinga=ledelsen les=leser let=lar lete=latt liding=lidelse lidinga=lidelsen lidingane=lidelsene lidingar=lidelser
    ligg=ligger liggje=ligge lyft=løft lyfte=løfte låg=lav lågare=lavere lågast=lavest låge=lave lågt=lavt lækjar=lege
    lækjarar=leger lækjaren=legen lèt=lar løn=lønn løna=lønnen løyvd=bevilget løyvde=bevilget løyver=bevilger
    løyving=bevilgning løyvinga=bevilgningen løyvingane=bevilgningene løyvingar=bevilgninger løyvt=bevilget me=vi
    medan=mens medlemene=medlemmene medlemer=medlemmer medverknad=medvirkning meina=mene meine=mene meiner=mener
    meining=mening meiningar=meninger meinte=mente meir=mer menneske=mennesker minka=minket minkar=minker minke=minske
    mogleg=mulig moglege=mulige mykje=mye måla=målene månad=måned månaden=måneden månadene=månedene månader=måneder
    namn=navn namna=navnene namnet=navnet naud=nød naudsynt=nødvendig naudsynte=nødvendige nedlagd=nedlagt
    nedlagde=nedlagt nemnde=nevnte nemne=nevne nemner=nevner nemnt=nevnt no=nå noko=noe nokon=noen nokre=noen
    noreg=norge nyleg=nylig nytta=brukt nyttar=bruker nytte=bruke oftare=oftere omsyn=hensyn omsynet=hensynet
    ope=åpent open=åpen opna=åpnet opnar=åpner opne=åpne oppretta=opprettet orda=ordene ovanfor=ovenfor
    pengane=pengene pengar=penger problema=problemene pålagd=pålagt pålagde=pålagt påverknad=påvirkning rekna=regnet
    reknar=regner rekne=regne rettleiar=veileder rettleiing=veiledning rettleiinga=veiledningen rolla=rollen
    råda=rådene røynsle=erfaring røynslene=erfaringene røynsler=erfaringer saman=sammen samd=enig samde=enige
    same=samme sams=felles samverknad=samvirke seia=si seie=si seier=sier sein=sen seinare=senere seine=sene
    seint=sent sel=selger seld=solgt selde=solgte selje=selge semje=enighet sentra=sentrene set=setter setja=sette
    setje=sette sette=satte sidan=siden sit=sitter sitje=sitte sjukdom=sykdom sjukehus=sykehus sjukehusa=sykehusene
    sjå=se sjølv=selv sjølve=selve skil=skiller skilde=skilte skilnad=forskjell skilnaden=forskjellen
    skilnadene=forskjellene skilnader=forskjeller skreiv=skrev skriv=skriver skrive=skrevet skriven=skrevet
    skrivne=skrevet skulane=skolene skular=skoler skule=skole skulen=skolen slepp=slipper slit=sliter sokk=sank
    spurde=spurte spørja=spørre spørje=spørre stad=sted staden=stedet stadene=stedene stader=steder steig=steg
    stengde=stengte stengje=stenge stengjer=stenger stig=stiger styrkje=styrke styrkjer=styrker styrkt=styrket
    støtta=støtten svara=svarene syna=vist syne=vise syner=viser synest=synes synst=synes syt=sørger syte=sørge
    sytte=sørget såg=så særskild=særskilt særskilde=særskilte søkje=søke søkjer=søker søkk=synker søv=sover tal=tall
    tala=tallene talet=antallet tapar=taper tek=tar teke=tatt tenkje=tenke tenkjer=tenker tidlegare=tidligere
    tilbod=tilbud tilboda=tilbudene tilbodet=tilbudet tilrå=anbefale tilrådd=anbefalt tilrådde=anbefalte
    tilråding=anbefaling tilrådinga=anbefalingen tilrådingar=anbefalinger tilrår=anbefaler tilsetje=ansette
    tilsett=ansatt tilsette=ansatte tilskot=tilskudd tilskota=tilskuddene tilskotet=tilskuddet tiltaka=tiltakene
    treng=trenger trengst=trengs trong=trengte trongst=trengtes tru=tro trudde=trodde truleg=trolig trur=tror
    tryggje=trygge tryggleik=trygghet tryggleiken=tryggheten tvunge=tvunget tyder=betyr umogleg=umulig
    ungdomar=ungdommer ungdomen=ungdommen ungdommane=ungdommene uro=bekymring uroa=bekymret usamd=uenig usamde=uenige
    usemje=uenighet utan=uten utanfor=utenfor utgreiing=utredning utgreiinga=utredningen vaks=vokste vakse=vokst
    vaksen=voksen vaksne=voksne vald=vold valde=valgte valt=valgt vart=ble vedteke=vedtatt vedtekne=vedtatt veg=vei
    vegane=veiene vegar=veier vegen=veien veit=vet veka=uken veke=uke veker=uker veks=vokser vekse=vokse vel=velger
    velje=velge venleg=vennlig vera=være vere=være verka=virket verkar=virker verke=virke verkemiddel=virkemiddel
    verkemidla=virkemidlene verknad=virkning verknaden=virkningen verknadene=virkningene verknader=virkninger
    verksemd=virksomhet verksemda=virksomheten verksemder=virksomheter vert=blir verta=bli verte=bli vidare=videre
    vilkåra=vilkårene vinn=vinner viss=hvis vore=vært vorte=blitt vorten=blitt vortne=blitt ynskje=ønske
    ynskjer=ønsker ynskte=ønsket åleine=alene åra=årene åtferd=atferd åtvara=advart åtvarar=advarer åtvare=advare
    éi=én éin=én éitt=ett ønskje=ønske ønskjer=ønsker ønskte=ønsket
    """
)
# Parts of words that bokmål doesn't have are replaced everywhere; sounds that it has too, only where a known word
# comes of it, and so are endings but those of plurals.
_NYNORSK = _pairs(
    """
    tilskot=tilskudd tilbod=tilbud forbod=forbud verksemd=virksomhet førebygg=forebygg førehald=forhold sjølv=selv
    sjuk=syk tenest=tjenest føretak=foretak lågterskel=lavterskel eigendel=egenandel eigedom=eiendom heit=het
    hovud=hoved brukar=bruker bustad=bolig utanfor=utenfor vidare=videre skule=skole verkemid=virkemid
    verknad=virkning mogleg=mulig saman=sammen einskild=enkelt løyving=bevilgning tilsett=ansatt tilvis=henvis
    """
)
_SOUNDS = _pairs(
    """
    føre=fore vald=vold hald=hold høg=høy låg=lav veg=vei kvar=hver kv=hv ggj=gg kkj=kk lgj=lg ngj=ng rkj=rk rgj=rg
    nkj=nk sj=s mn=vn gjer=gjør kjeld=kild eig=eg opn=åpn ei=e au=ø øy=ø ju=y jø=ø
    """
)
_PLURALS = _pairs("arane=erne erane=erne arar=ere erar=ere ingane=ingene ingar=inger inga=ingen ane=ene")
_ENDINGS = _pairs(
    """
    aren=eren leikar=heter leiken=heten leik=het semda=somheten semd=somhet legare=ligere legast=ligst lege=lige leg=lig
    same=somme sam=som ande=ende are=ere ast=es ar=er talet=tallet tal=tall utvalet=utvalget utval=utvalg dom=het
    """
)
# A shorter word has no ending of a plural: "inga", "ane".
_SHORTEST_PLURAL = 6


def in_bokmal(text: str, known: Callable[[str], bool]) -> Worded:
    """The text in bokmål as far as lists and rules go; words that the collection has as they were count too.

    Args:
        text: a question in nynorsk. Capital letters that don't begin it are those of names, which stay.
        known: whether the collection has a stem.
    """
    for phrase, other in _PHRASES:
        text = phrase.sub(other, text)
    before: dict[str, tuple[str, ...]] = {}

    def other_word(match: re.Match[str]) -> str:
        written = match[0]
        if written[:1].isupper() and written != "Noreg" and (match.start() or written[1:] != written[1:].lower()):
            return written
        word = _word(written.lower(), known)
        old = stem(written.lower())
        if old != stem(word) and known(old):
            before[stem(word)] = (old,)
        return word.capitalize() if written[:1].isupper() else word

    worded = _WORD.sub(other_word, text)
    return Worded(worded, worded, before)


def _word(word: str, known: Callable[[str], bool]) -> str:
    if word in _WORDS:
        return _WORDS[word]
    always = _replaced(word, _NYNORSK)
    own = stem(always)
    if known(own):
        # What the collection has is at most given another ending.
        return next((one for one in _candidates(always) if stem(one) == own), always)
    plural = next(_ended(always, _PLURALS), always) if len(always) >= _SHORTEST_PLURAL else always
    return next((one for one in _candidates(always) if known(stem(one))), plural)


def _candidates(word: str) -> Iterator[str]:
    """What the word may be in bokmål, most changed first."""
    one_sound = (word.replace(sound, other) for sound, other in _SOUNDS.items() if sound in word)
    for base in dict.fromkeys((_replaced(word, _SOUNDS), *one_sound, word)):
        yield from _ended(base, _PLURALS | _ENDINGS)
        if base != word:
            yield base


def _replaced(word: str, parts: Mapping[str, str]) -> str:
    for part, other in parts.items():
        word = word.replace(part, other)
    return word


def _ended(word: str, endings: Mapping[str, str]) -> Iterator[str]:
    """The word with its ending replaced, the longest first."""
    for ending, other in endings.items():
        if word.endswith(ending):
            yield word.removesuffix(ending) + other
