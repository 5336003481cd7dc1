"""A model writes over the quotes; what its sources don't say is dropped, and the person is told."""

import json
import threading
from dataclasses import replace

import pytest

from assistant.answers.writing.written import Fault, Trouble
from assistant.web.render import answer_html
from tests.answers.writing.scripts import CURBED, QUESTION, assert_proven, curbed, good, number_of


def test_a_written_answer_stands_above_the_same_quotes(with_model, assistant, server):
    server.script = good
    plain, answer = assistant.ask(QUESTION), with_model().ask(QUESTION)
    assert answer.quotes == plain.quotes
    assert [checked.shown for checked in answer.written.claims] == [
        "Nedgangen i døgnkapasitet er bremset siden 2021, skriver ministeren.",
        "Om behovet skriver ministeren: «Frem mot 2030 skal vil styrke det helhetlige behandlingstilbudet innen psykisk "
        "helsevern og døgnkapasiteten skal opp i tråd med det langsiktige behovet for om lag 430 flere plasser frem mot 2040.»",
    ]
    assert answer.text.index("skriver ministeren.") < answer.text.index(CURBED)
    assert_proven(answer)


def test_the_model_sees_numbered_sentences_with_speaker_manner_document_and_date(with_model, server):
    server.script = good
    with_model().ask(QUESTION)
    sentence = server.asked[0].sentences[curbed(server.asked[0]) - 1]
    assert sentence["text"] == CURBED
    assert sentence["speaker"] == "Helse- og omsorgsminister Jan Christian Vestre"
    assert (sentence["said"], sentence["date"]) == ("own", "2026-01-19")
    assert server.asked[0].data["question"] == QUESTION


def test_where_there_is_nothing_to_quote_the_model_is_not_asked(with_model, server):
    answer = with_model().ask("Hvor høy er Eiffeltårnet?")
    assert answer.written is None
    assert server.asked == []


def invented(request):
    request.claims(("Ministeren vil bygge en romstasjon.", 77), ("Ministeren har gitt oppdrag.", "x"))


def numbers(request):
    request.claims(("Behovet er 4300 flere plasser frem mot 2040, skriver ministeren.", number_of(request, "430")))


def swapped(request):
    request.claims(("NAPHA mener at nedgangen i døgnkapasitet er bremset fra og med 2021.", curbed(request)))


def misquoted(request):
    request.claims(("Ministeren: «Vi har aldri klart å bremse nedgangen i døgnkapasitet.»", curbed(request)))


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        (invented, Fault.UNKNOWN_SOURCE),
        (numbers, Fault.NUMBER),
        (swapped, Fault.SPEAKER),
        (misquoted, Fault.NEGATION),
    ],
)
def test_what_the_sources_do_not_say_is_dropped_and_the_person_is_told(with_model, server, script, fault):
    server.script = script
    answer = with_model().ask(QUESTION)
    assert answer.written.claims == ()
    assert fault in {checked.fault for checked in answer.written.dropped}
    assert answer.written.trouble is Trouble.TOO_LITTLE
    assert "For lite av det språkmodellen skrev, kunne bekreftes; her er sitatene alene." in answer.text
    assert CURBED in answer.text
    assert_proven(answer)


def test_a_negation_that_the_model_drops_takes_its_claim_along(with_model, server):
    said = "Ministeren ser det som tjenlig å opprette enda et forsøksprosjekt."
    server.script = lambda request: request.claims((said, number_of(request, "ikke som tjenlig")))
    answer = with_model().ask("Vil ministeren ha et forsøksprosjekt utenfor helseforetaksmodellen?")
    assert answer.written.claims == ()
    assert {(checked.fault, checked.about) for checked in answer.written.dropped} == {(Fault.NEGATION, "ikke")}
    assert_proven(answer)


def test_it_gets_one_chance_to_mend_its_answer(with_model, server):
    server.script = lambda request: swapped(request) if len(server.asked) == 1 else good(request)
    answer = with_model().ask(QUESTION)
    assert len(server.asked) == 2
    assert "speaker NAPHA" in server.asked[1].messages[-1]["content"]
    assert len(answer.written.claims) == 2
    assert answer.written.repaired


def test_a_model_that_finds_no_answer_is_believed(with_model, server):
    server.script = lambda request: request.claims()
    answer = with_model().ask(QUESTION)
    assert len(server.asked) == 1
    assert answer.written.trouble is Trouble.TOO_LITTLE


def test_claims_are_shown_one_by_one_as_they_come(with_model, server):
    shown = threading.Event()

    def slowly(request):
        number = curbed(request)
        request.start()
        request.send(json.dumps({"text": "Nedgangen er bremset siden 2021.", "sources": [number]}, ensure_ascii=False))
        shown.wait(10)
        request.send(
            json.dumps({"text": "Nedgangen i døgnkapasitet er bremset.", "sources": [number]}, ensure_ascii=False)
        )
        request.end()

    server.script = slowly
    helped = with_model()
    growing = helped.stream(helped.understand(QUESTION))
    assert next(growing).written is None
    assert next(growing).written.claims == ()
    assert len(next(growing).written.claims) == 1
    shown.set()
    assert len(list(growing)[-1].written.claims) == 2


def test_two_conversations_at_once_never_mix(with_model, server):
    together = threading.Barrier(2, timeout=20)

    def script(request):
        together.wait()
        first = request.sentences[0]
        request.claims((f"[[{first['id']}]]", first["id"]))

    server.script = script
    helped = with_model()
    questions = [QUESTION, "Hva mener NAPHA om lovkrav?"]
    answers = {}
    threads = [threading.Thread(target=lambda q=q: answers.update({q: helped.ask(q)})) for q in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for question in questions:
        answer = answers[question]
        assert answer.question == question
        assert [claim.shown for claim in answer.written.claims] == [answer.quotes[0].marked]
        assert_proven(answer)
    assert answers[questions[0]].quotes[0].document != answers[questions[1]].quotes[0].document


def test_an_english_question_gets_translations_beside_the_quotes(with_model, server):
    def script(request):
        if "question" in request.data:
            request.claims((f"[[{curbed(request)}]]", curbed(request)))
            return
        number = curbed(request)
        lies = number_of(request, "430")
        request.claims(
            ("Since 2021 we have “slowed” the decline in inpatient capacity.", number),
            ("We need 4,300 more places by 2040, starting in 2030.", lies),
        )

    server.script = script
    answer = with_model(translates=True).ask("What did the minister say about day-bed capacity?")
    number = next(n for n, quote in enumerate(answer.quotes, 1) if quote.text == CURBED)
    assert answer.written.translations == {number: "Since 2021 we have slowed the decline in inpatient capacity."}
    html = "".join(answer_html(answer, with_model().actors, {}))
    assert "«Vi har fra og med 2021 klart å bremse nedgangen" in html
    assert "Machine translation (openai:small): Since 2021 we have slowed" in html


@pytest.mark.parametrize(
    ("said", "condensed"),
    [
        ("Hva mener Mental Helse om døgnplasser?", "Hva mener Mental Helse om døgnplasser?"),
        ("Hva mener Riksrevisjonen om døgnplasser?", ""),
        ("Hva mener Mental Helse om 430 døgnplasser?", ""),
        ("Se https://example.org", ""),
        ("", ""),
        ("x" * 500, ""),
    ],
)
def test_a_follow_up_is_put_so_that_it_stands_alone_with_nothing_added(with_model, server, said, condensed):
    server.script = lambda request: request.say(said)
    assert with_model().condense([QUESTION, "Og Mental Helse?"]) == condensed


def test_thanks_are_not_sent_to_the_model(with_model, server):
    server.script = lambda request: request.say(QUESTION)
    assert with_model().condense([QUESTION, "Takk!"]) == ""
    assert server.asked == []


def test_tokens_and_cost_are_counted_and_the_budget_holds(with_model, server):
    server.script = good
    helped = with_model(chat_price_in=10.0, chat_price_out=50.0, chat_budget=0.001)
    first = helped.ask(QUESTION).written
    assert (first.tokens_in, first.tokens_out) == (100, 20)
    # 100 × 10 + 20 × 50 = 2,000 millionths
    assert first.cost == pytest.approx(0.002)
    assert helped.ask(QUESTION).written.trouble is Trouble.BUDGET
    assert len(server.asked) == 1


def test_a_long_list_of_quotes_is_cut_to_what_the_model_may_read(with_model, server):
    server.script = lambda request: request.claims()
    helped = with_model()
    small = replace(helped, writer=replace(helped.writer, context=1_200))
    small.ask(QUESTION)
    assert 1 <= len(server.asked[0].sentences) < len(helped.ask(QUESTION).quotes)
