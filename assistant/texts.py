"""Every text that people read, in bokmål, nynorsk and English."""

import datetime

from assistant.corpus.language import EN, NB, NN

# Placeholders in braces are filled by the caller.
_TEXTS: dict[str, tuple[str, str, str]] = {
    # what kind of document: in its author's own …
    "letter": ("brev", "brev", "letter"),
    "consultation response": ("høringsinnspill", "høyringsinnspel", "consultation response"),
    "speech": ("innlegg", "innlegg", "speech"),
    "news article": ("nyhetssak", "nyheitssak", "news article"),
    "report": ("rapport", "rapport", "report"),
    "other": ("dokument", "dokument", "document"),
    # lead-ins of groups of quotes
    "own": ("{actor} i eget {kind}{date}", "{actor} i eige {kind}{date}", "{actor}, own {kind}{date}"),
    "own_press": ("{actor} skriver{date}", "{actor} skriv{date}", "{actor} writes{date}"),
    "quoted": (
        "{actor} sitert i {source}{date}",
        "{actor} sitert i {source}{date}",
        "{actor} quoted in {source}{date}",
    ),
    "reported": (
        "{actor} gjengitt i {source}{date} ({source}s ord)",
        "{actor} attgjeve i {source}{date} (orda til {source})",
        "{actor} reported in {source}{date} (the words of {source})",
    ),
    "no_author": (
        "{source}{date}, ukjent avsender",
        "{source}{date}, ukjend avsendar",
        "{source}{date}, author not known",
    ),
    "page": ("s. {page}", "s. {page}", "p. {page}"),
    # a quote as one prints it
    "cited_quoted": ("{actor}, sitert av {source}", "{actor}, sitert av {source}", "{actor}, quoted by {source}"),
    "cited_reported": (
        "{actor}, gjengitt med {source}s ord",
        "{actor}, attgjeve med orda til {source}",
        "{actor}, in the words of {source}",
    ),
    "unknown_author": ("ukjent avsender", "ukjend avsendar", "author not known"),
    "filters_on": ("Filtre: {parts}", "Filter: {parts}", "Filters: {parts}"),
    # leads of answers
    "answered": ("Dette sier dokumentene:", "Dette seier dokumenta:", "This is what the documents say:"),
    "answered_actor": ("Dette har {actors} sagt:", "Dette har {actors} sagt:", "This is what {actors} said:"),
    "other_voices": (
        "{actors}: ingen uttalelse funnet om «{topic}». Andre har uttalt seg:",
        "{actors}: fann inga fråsegn om «{topic}». Andre har uttalt seg:",
        "{actors}: no statement found on “{topic}”. Others have spoken about it:",
    ),
    "nothing_found": (
        "Fant ikke noe om dette i dokumentene.",
        "Fann ikkje noko om dette i dokumenta.",
        "Nothing about this was found in the documents.",
    ),
    "nothing_found_actor": (
        "{actors}: ingen uttalelse funnet om «{topic}», og ingen andre i dokumentene svarer på det.",
        "{actors}: fann inga fråsegn om «{topic}», og ingen andre i dokumenta svarar på det.",
        "{actors}: no statement found on “{topic}”, and nobody else in the documents answers it.",
    ),
    "outside_dates": (
        "Ingen dokumenter fra {period} svarer på dette. Dokumentene er datert {first}–{last}.",
        "Ingen dokument frå {period} svarar på dette. Dokumenta er daterte {first}–{last}.",
        "No document from {period} answers this. The documents are dated {first}–{last}.",
    ),
    "unlisted_actor": (
        "«{actor}» står ikke i listen over aktører, så ingenting kan tilskrives dem. Dette sier dokumentene:",
        "«{actor}» står ikkje i lista over aktørar, så ingenting kan tilskrivast dei. Dette seier dokumenta:",
        "“{actor}” is not in the list of actors, so nothing can be ascribed to them. This is what the documents say:",
    ),
    "unknown_actor": (
        "«{actor}» er ikke en av aktørene i disse dokumentene, så det finnes ingen uttalelse å sitere.",
        "«{actor}» er ikkje ein av aktørane i desse dokumenta, så det finst inga fråsegn å sitere.",
        "“{actor}” is not one of the actors in these documents, so there is no statement to quote.",
    ),
    "understood": ("Forstått som: {parts}", "Forstått som: {parts}", "Understood as: {parts}"),
    "false_premise": (
        "Fant ingen støtte for det spørsmålet tar for gitt om {actors}.",
        "Fann inga støtte for det spørsmålet tek for gitt om {actors}.",
        "Found no support for what the question takes for granted about {actors}.",
    ),
    "not_a_quote": (
        "Fant ikke disse ordene i denne formen i dokumentene.",
        "Fann ikkje desse orda i denne forma i dokumenta.",
        "These words were not found in this form in the documents.",
    ),
    "closest": (
        "Nærmeste treff, uten at de svarer:",
        "Nærmaste treff, utan at dei svarar:",
        "Closest passages, which don't answer it:",
    ),
    "also_in": ("også i {titles}", "også i {titles}", "also in {titles}"),
    "others": ("Andre om det samme: {others}", "Andre om det same: {others}", "Others on the same: {others}"),
    "searched": (
        "Søkt i {documents} og {passages} avsnitt · {seconds} s",
        "Søkt i {documents} og {passages} avsnitt · {seconds} s",
        "Searched {documents} and {passages} passages · {seconds} s",
    ),
    "documents": ("{n} dokumenter", "{n} dokument", "{n} documents"),
    "documents_one": ("1 dokument", "1 dokument", "1 document"),
    "after": ("etter {day}", "etter {day}", "after {day}"),
    "before": ("før {day}", "før {day}", "before {day}"),
    "note": ("Merk: {note}", "Merk: {note}", "Note: {note}"),
    "and": ("og", "og", "and"),
    # the page
    "copy_quote": ("Kopier sitat", "Kopier sitat", "Copy quote"),
    "copy_link": ("Kopier lenke", "Kopier lenkje", "Copy link"),
    "copied": ("Kopiert", "Kopiert", "Copied"),
    "new_conversation": ("Ny samtale", "Ny samtale", "New conversation"),
    "examples": ("Spør for eksempel", "Spør til dømes", "Ask for instance"),
    "filters": ("Avgrens søket", "Avgrens søket", "Narrow the search"),
    "who": ("Hvem som skal ha sagt det", "Kven som skal ha sagt det", "Who is to have said it"),
    "document": ("Dokument", "Dokument", "Document"),
    "from_day": ("Fra og med", "Frå og med", "From"),
    "to_day": ("Til og med", "Til og med", "Until"),
    "latest": ("siste", "siste", "latest"),
    "edit": ("Endre spørsmålet", "Endre spørsmålet", "Change the question"),
    "in_nb": ("svar på bokmål", "svar på bokmål", "answer in bokmål"),
    "in_nn": ("svar på nynorsk", "svar på nynorsk", "answer in nynorsk"),
    "in_en": ("svar på engelsk", "svar på engelsk", "answer in English"),
    "language": ("Språk", "Språk", "Language"),
    "ask_alone": (
        "Spør uten det som ble sagt før",
        "Spør utan det som vart sagt før",
        "Ask without what was said before",
    ),
    "wrong_quote": ("Sitatet er feil", "Sitatet er feil", "The quote is wrong"),
    "wrong_speaker": ("Feil avsender", "Feil avsendar", "Wrong speaker"),
    "off_the_point": ("Svarer ikke på spørsmålet", "Svarar ikkje på spørsmålet", "Doesn't answer the question"),
    "something_missing": ("Noe viktig mangler", "Noko viktig manglar", "Something important is missing"),
    "thanks": (
        "Takk. Tilbakemeldingen er lagret på denne maskinen.",
        "Takk. Tilbakemeldinga er lagra på denne maskina.",
        "Thank you. Your feedback is kept on this machine.",
    ),
    "chat_tab": ("Spør", "Spør", "Ask"),
    "evaluation": ("Evaluering", "Evaluering", "Evaluation"),
    "evaluation_about": (
        "Kjør et sett med spørsmål, og les hvor godt de blir besvart.",
        "Køyr eit sett med spørsmål, og les kor godt dei vert svara på.",
        "Run a set of questions, and read how well they are answered.",
    ),
    "choose_set": ("Spørsmålssett", "Spørsmålssett", "Set of questions"),
    "upload_set": (
        "… eller last opp ditt eget (YAML)",
        "… eller last opp ditt eige (YAML)",
        "… or upload yours (YAML)",
    ),
    "compare_with": ("Sammenlign med en tidligere kjøring", "Samanlikn med ei tidlegare køyring", "Compare with a run"),
    "nothing_chosen": ("ingen", "inga", "none"),
    "run": ("Kjør", "Køyr", "Run"),
    "stop": ("Stopp", "Stopp", "Stop"),
    "asked_of": ("{done} av {total} svar", "{done} av {total} svar", "{done} of {total} answers"),
    "stopped": (
        "Stoppet. Neste kjøring av settet fortsetter herfra.",
        "Stoppa. Neste køyring av settet held fram herifrå.",
        "Stopped. The next run of this set goes on from here.",
    ),
    "open_report": ("Åpne rapporten", "Opne rapporten", "Open the report"),
    "title": ("Politikkassistenten", "Politikkassistenten", "The policy assistant"),
    "tagline": (
        "Spør, og få ordrette sitater med avsender, dato, side og lenke til stedet.",
        "Spør, og få ordrette sitat med avsendar, dato, side og lenkje til staden.",
        "Ask, and get exact quotes with who, when, which page, and a link to the place.",
    ),
    "ask_here": ("Hva vil du vite?", "Kva vil du vite?", "What do you want to know?"),
    "ask": ("Spør", "Spør", "Ask"),
    "searching": ("Søker i {documents} …", "Søkjer i {documents} …", "Searching {documents} …"),
    "show_source": ("Vis i kilden", "Vis i kjelda", "Show in source"),
    "all_documents": ("Dokumenter", "Dokument", "Documents"),
    "back": ("Til spørsmålene", "Til spørsmåla", "Back to the questions"),
    "no_such_document": (
        "Dette dokumentet finnes ikke i samlingen.",
        "Dette dokumentet finst ikkje i samlinga.",
        "There is no such document in the collection.",
    ),
    "author": ("Avsender", "Avsendar", "Author"),
    "date": ("Dato", "Dato", "Date"),
    "kind": ("Type", "Type", "Kind"),
    "recipients": ("Mottaker", "Mottakar", "To"),
    "file": ("Fil", "Fil", "File"),
    "previous_quote": ("← Forrige sitat i svaret", "← Førre sitat i svaret", "← Previous quote of the answer"),
    "next_quote": ("Neste sitat i svaret →", "Neste sitat i svaret →", "Next quote of the answer →"),
    "original": ("Originalfilen", "Originalfila", "The original file"),
    "on_the_web": ("Kilden på nettet", "Kjelda på nettet", "The source on the web"),
    "show_voices": ("Vis hvem som taler", "Vis kven som talar", "Show who speaks"),
    "voice_own": ("avsenderens egne ord", "avsendaren sine eigne ord", "the author's own words"),
    "voice_quoted": ("sitert", "sitert", "quoted"),
    "voice_reported": ("gjengitt", "attgjeve", "reported"),
    "copy_selection": ("Kopier lenke til det merkede", "Kopier lenkje til det merkte", "Copy link to the selection"),
    "counted": (
        "{pages} sider, {sentences} setninger",
        "{pages} sider, {sentences} setningar",
        "{pages} pages, {sentences} sentences",
    ),
    "add_files": (
        "Legg til filer (slipp dem her)",
        "Legg til filer (slepp dei her)",
        "Add files (drop them here)",
    ),
    "add": ("Legg til", "Legg til", "Add"),
    "added": ("Lagt til.", "Lagt til.", "Added."),
    "added_proposed": (
        "Lagt til. Det dokumentet sier om seg selv, er foreslått; se over og bekreft.",
        "Lagt til. Det dokumentet seier om seg sjølv, er foreslått; sjå over og stadfest.",
        "Added. What the document says about itself is proposed; look it over and confirm.",
    ),
    "nearly_the_same": (
        "Nesten de samme ordene står i «{title}».",
        "Nesten dei same orda står i «{title}».",
        "Nearly the same words stand in “{title}”.",
    ),
    "proposed": ("foreslått, ikke bekreftet", "foreslått, ikkje stadfest", "proposed, not confirmed"),
    "proposed_fields": (
        "Lest ut av teksten, ikke bekreftet: {fields}",
        "Lese ut av teksten, ikkje stadfest: {fields}",
        "Read off the text, not confirmed: {fields}",
    ),
    "describe": ("Rediger", "Rediger", "Edit"),
    "confirm": ("Bekreft", "Stadfest", "Confirm"),
    "title_field": ("Tittel", "Tittel", "Title"),
    "remove": ("Fjern", "Fjern", "Remove"),
    "removed": ("Fjernet", "Fjerna", "Removed"),
    "take_back": ("Angre", "Angre", "Undo"),
    "reread": ("Les filene på nytt", "Les filene på nytt", "Read the files again"),
    "editors": ("For redaktører", "For redaktørar", "For editors"),
    "password": ("Passord", "Passord", "Password"),
    "log_in": ("Logg inn", "Logg inn", "Log in"),
    "log_out": ("Logg ut", "Logg ut", "Log out"),
    "wrong_password": (
        "Passordet er feil, eller det er prøvd for mange ganger; vent et minutt.",
        "Passordet er feil, eller det er prøvd for mange gonger; vent eit minutt.",
        "The password is wrong, or was tried too often; wait a minute.",
    ),
    "no_editors": (
        "Her kan ingen legge til dokumenter før et passord er satt:",
        "Her kan ingen leggje til dokument før eit passord er sett:",
        "Nobody can add documents here until a password is set:",
    ),
    "undated": ("udatert", "udatert", "undated"),
    "page_start": ("Side {page}", "Side {page}", "Page {page}"),
    "trouble": (
        "Noe gikk galt i assistenten. Prøv igjen; skjer det på nytt, se loggen der den ble startet.",
        "Noko gjekk gale i assistenten. Prøv igjen; hender det på nytt, sjå loggen der han vart starta.",
        "Something went wrong in the assistant. Try again; if it happens again, see the log where it was started.",
    ),
}
LANGUAGES = (NB, NN, EN)
NAMES = {NB: "Bokmål", NN: "Nynorsk", EN: "English"}
_MONTHS = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
]
_MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def say(key: str, language: str, **values: object) -> str:
    """The text of that key, bokmål for a language it doesn't have, with its placeholders filled."""
    column = LANGUAGES.index(language) if language in LANGUAGES else 0
    return _TEXTS[key][column].format(**values)


def long_date(day: datetime.date, language: str) -> str:
    """A date as one reads it: "5. juni 2026", in English "5 June 2026"."""
    if language == EN:
        return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def decimal(value: float, language: str, digits: int = 1) -> str:
    """A number with a decimal comma in Norwegian, a point in English."""
    text = f"{value:.{digits}f}"
    return text if language == EN else text.replace(".", ",")


def listing(items: list[str], language: str) -> str:
    """Items as one lists them: "a, b og c"."""
    return f" {say('and', language)} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
