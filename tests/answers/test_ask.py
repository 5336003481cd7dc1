"""What people ask, and what they get, from the repository's own five documents."""

import shutil

import pytest

from assistant import Assistant, Settings
from assistant.answers.answer import Status
from assistant.corpus.document import Manner
from assistant.errors import QuestionError
from tests.conftest import KNOWLEDGE

LETTER = "vestre-2026-01-19-svar-representantforslag-74-s"
ARTICLE = "kommunal-rapport-2026-06-05-penger-til-psykisk-helse"

QUESTIONS = [
    "Hva sa ministeren om døgnplasser?",
    "What did the minister say about day-bed capacity?",
    "Hva mener NAPHA om lovkrav?",
    "Kva seier brukarorganisasjonane om pårørande?",
    "Hvor mange medlemmer har Mental Helse?",
    "Hva sier Kalseth om pengestrømmen?",
    "Hva sier NAPHA om døgnplasser?",
    "Hva peker Riksrevisjonen på?",
]


def quoted(answer):
    return [quote.text for quote in answer.quotes]


def test_the_ministers_own_words_come_first_then_the_articles(assistant):
    answer = assistant.ask("Hva sa ministeren om døgnplasser?")
    assert answer.status is Status.ANSWERED
    assert "Vi har fra og med 2021 klart å bremse nedgangen i døgnkapasitet i psykisk helsevern." in quoted(answer)
    assert [quote.document.id for quote in answer.quotes] == [LETTER] * 7 + [ARTICLE]
    assert {quote.actor.name for quote in answer.quotes} == {"Jan Christian Vestre"}
    last = answer.quotes[-1]
    assert last.manner is Manner.REPORTED
    assert last.text.endswith("påpeker han.")
    # Indirect speech is the newspaper's wording: no quotation marks.
    assert "«" not in last.marked


def test_what_others_say_about_ministers_is_not_theirs(assistant):
    answer = assistant.ask("Hva sa ministeren om døgnplasser?")
    assert not any("på min vakt" in quote.text for quote in answer.quotes)


def test_an_english_question_gets_norwegian_quotes_and_english_words(assistant):
    answer = assistant.ask("What did the minister say about day-bed capacity?")
    assert answer.text.startswith("This is what Jan Christian Vestre said:")
    wanted = "døgnkapasiteten skal opp i tråd med det langsiktige behovet for om lag 430 flere plasser"
    found = next(quote for quote in answer.quotes if wanted in quote.text)
    assert (found.document.id, found.page) == (LETTER, 5)
    assert found.heading == "Utredning av behovet for langtidsplasser i psykisk helsevern"


def test_nynorsk_and_a_group_of_actors(assistant):
    answer = assistant.ask("Kva seier brukarorganisasjonane om pårørande?")
    assert {quote.actor.name for quote in answer.quotes} == {"Mental Helse", "Samarbeidsforum (SF)"}
    assert "eige høyringsinnspel" in answer.text


def test_only_the_spoken_words_stand_in_quotation_marks(assistant):
    answer = assistant.ask("Hva sier Kalseth om tilskudd?")
    assert (
        "«Det er relativt komplisert å følge hvordan tilskudd kommer inn og tas ut eller flyttes», skriver seniorforsker"
        in answer.text
    )


def test_an_actor_who_is_silent(assistant):
    answer = assistant.ask("Hva sier NAPHA om døgnplasser?")
    assert answer.status is Status.OTHER_VOICES
    assert answer.lead.startswith("NAPHA: ingen uttalelse funnet om «døgnplasser».")
    assert "NAPHA" not in {quote.actor.name for quote in answer.quotes}


def test_where_an_actor_says_nothing_on_it_the_nearest_is_their_own(assistant):
    answer = assistant.ask("Hva sier KS om isbreer?")
    assert answer.status is Status.NOTHING_FOUND
    assert {quote.actor.id for quote in answer.closest} == {"ks"}


@pytest.mark.parametrize("question", ["Hvor høy er Eiffeltårnet?", "Who won the football match yesterday?"])
def test_nothing_found(assistant, question):
    answer = assistant.ask(question)
    assert (answer.status, answer.quotes) == (Status.NOTHING_FOUND, ())
    assert len(answer.closest) == 2
    assert answer.searched.documents == 5
    assert "5 do" in answer.text


def test_an_actor_nobody_knows(assistant):
    answer = assistant.ask("Hva sa justisministeren om fengsel?")
    assert (answer.status, answer.quotes) == (Status.UNKNOWN_ACTOR, ())
    assert "«justisministeren»" in answer.lead


# Whoever was minister in 2019, no document is from those days.
@pytest.mark.parametrize("question", ["Hva sa Vestre i 2024 om ACT-team?", "Hva sa ministeren om ACT-team i 2019?"])
def test_outside_the_dates(assistant, question):
    answer = assistant.ask(question)
    assert answer.status is Status.OUTSIDE_DATES
    assert "2. juni 2025–5. juni 2026" in answer.lead


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_quote_ledger(assistant, question):
    answer = assistant.ask(question)
    for quote in answer.quotes:
        assert quote.text == quote.document.text[quote.start : quote.end]
        assert (quote.start, quote.end) in {(s.start, s.end) for s in quote.document.sentences}
    # Whatever stands between quotation marks is a stretch of some document.
    whole = "\n".join(assistant.document(identifier).text for identifier in assistant.catalogue)
    inside = [part.split("»")[0] for part in answer.text.split("«")[1:]]
    topic = answer.understanding.topic
    assert all(words in whole or words == topic for words in inside if words)


def test_the_same_question_gets_the_same_answer(assistant):
    first, second = assistant.ask(QUESTIONS[0]), assistant.ask(QUESTIONS[0])
    assert quoted(first) == quoted(second)


@pytest.mark.parametrize(
    ("question", "said"), [("", "no question"), (" ?! ", "no question"), ("x" * 100_000, "100,000 characters")]
)
def test_questions_that_are_none(assistant, question, said):
    with pytest.raises(QuestionError, match=said):
        assistant.ask(question)


def test_langchain_gets_passages_with_their_places(assistant):
    documents = assistant.as_retriever(limit=3).invoke("lovkrav om tverrfaglige tjenester")
    assert len(documents) == 3
    for document in documents:
        place = document.metadata
        text = assistant.document(place["document"]).text
        assert document.page_content == text[place["start"] : place["end"]]


def test_json_has_everything_a_program_needs(assistant):
    values = assistant.ask(QUESTIONS[0]).as_dict()
    first = values["quotes"][0]
    assert first["document"]["date"] == "2026-01-19"
    assert first["actor"] == {"id": "minister-of-health", "name": "Jan Christian Vestre"}
    assert first["address"] == f"/documents/{LETTER}?start={first['start']}&end={first['end']}#quote"


def test_the_same_statement_is_shown_once_the_primary_source_first(tmp_path):
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    said = "Vi skal bygge ut sykkelveiene i hele Nordland innen 2031"
    documents = tmp_path / "knowledge" / "documents"
    (documents / "avis.txt").write_text(f"Sykkelveier\n\n– {said}, sier Vestre.\n", encoding="utf-8")
    (documents / "brev.txt").write_text(f"Svar om sykkelveier\n\n{said}.\n", encoding="utf-8")
    with (tmp_path / "knowledge" / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("\navis.txt: {title: Avisa, kind: news article, date: 2026-03-02, author: kommunal-rapport}\n")
        file.write("brev.txt: {title: Brevet, kind: letter, date: 2026-03-01, author: minister-of-health}\n")
    assistant = Assistant.from_settings(Settings(knowledge=tmp_path / "knowledge", _env_file=None))
    answer = assistant.ask("Hva sa ministeren om sykkelveiene i Nordland?")
    first = answer.quotes[0]
    assert first.text == f"{said}."
    assert [other.document.id for other in first.also] == ["avis"]
    assert sum("sykkelveiene" in quote.text for quote in answer.quotes) == 1
    assert "(også i Avisa)" in answer.text


def test_somebody_in_the_documents_but_not_in_the_list_is_no_stranger(assistant):
    # The minister's letter says what the institute has been asked to do.
    answer = assistant.ask("Hva mener FHI om ADHD?")
    assert answer.status is Status.ANSWERED
    assert answer.lead.startswith("«FHI» står ikke i listen over aktører")
    assert "FHI" not in {quote.actor.name for quote in answer.quotes}


def test_the_latest_comes_first_where_the_latest_is_asked_for(assistant):
    answer = assistant.ask("Hva er det siste ministeren har sagt om døgnplasser?")
    days = [quote.document.metadata.date for quote in answer.quotes]
    assert days == sorted(days, reverse=True)
    assert len(set(days)) == 2
