"""With the model right, wrong, slow, rude, down or hostile: the quotes are there, and a person is told."""

import json
import threading
import time
from dataclasses import replace

import pytest

from assistant import Settings
from assistant.answers.writing.model import ChatModel
from assistant.answers.writing.writer import Writer
from assistant.answers.writing.written import Fault, Trouble
from assistant.errors import SettingsError
from assistant.web.render import answer_html

QUESTION = "Hva sa ministeren om døgnplasser?"
CURBED = "Vi har fra og med 2021 klart å bremse nedgangen i døgnkapasitet i psykisk helsevern."


@pytest.fixture
def with_model(assistant, server, monkeypatch):
    """A function that gives the assistant the server's model, with settings of its own."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)

    def give(seconds=10.0, translates=False, **fields):
        chosen = Settings(chat_model="openai:small", chat_url=server.url, _env_file=None, **fields)
        return replace(assistant, writer=Writer(ChatModel.from_settings(chosen), seconds, 6_000, translates))

    return give


def number_of(request, words):
    """The number under which the model was shown a sentence with these words."""
    return next(sentence["id"] for sentence in request.sentences if words in sentence["text"])


def curbed(request):
    return number_of(request, "bremse nedgangen")


def good(request):
    request.claims(
        ("Nedgangen i døgnkapasitet er bremset siden 2021, skriver ministeren.", curbed(request)),
        (f"Om behovet skriver ministeren: [[{number_of(request, '430')}]]", number_of(request, "430")),
    )


def assert_proven(answer):
    """Every quote, and every stretch between quotation marks, is cut from a document and the speaker's."""
    for quote in answer.quotes:
        assert quote.document.text[quote.start : quote.end] == quote.text
        spoken = [s for s in quote.document.sentences if s.start < quote.end and quote.start < s.end]
        assert {s.voice.actor for s in spoken} == {quote.actor.id}
    for checked in answer.written.claims:
        assert checked.sources
        assert all(1 <= number <= len(answer.quotes) for number in checked.sources)
        for piece in checked.pieces:
            assert not set(piece.prose) & set('«»“”„"')
            assert piece.cut is None or piece.cut.quote in answer.quotes


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


def without_not(request):
    request.claims(("Ministeren sier «klart å bremse nedgangen i døgnkapasitet» i 2019.", curbed(request)))


def swapped(request):
    request.claims(("NAPHA mener at nedgangen i døgnkapasitet er bremset fra og med 2021.", curbed(request)))


def misquoted(request):
    request.claims(("Ministeren: «Vi har aldri klart å bremse nedgangen i døgnkapasitet.»", curbed(request)))


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        (invented, Fault.UNKNOWN_SOURCE),
        (numbers, Fault.NUMBER),
        (without_not, Fault.NUMBER),
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


def half(request):
    said = json.dumps(
        {"claims": [{"text": "Nedgangen er bremset siden 2021.", "sources": [curbed(request)]}]}, ensure_ascii=False
    )
    request.say(said[:-2] + ', {"text": "Og så')


def fenced(request):
    request.say(
        f'Gjerne!\n```json\n{{"text": "Nedgangen er bremset siden 2021.", "sources": ["{curbed(request)}"]}}\n```'
    )


def prose(request):
    request.say(f"Nedgangen er bremset siden 2021 [{curbed(request)}].")


def cut_off(request):
    request.start()
    request.send(
        json.dumps(
            {"claims": [{"text": "Nedgangen er bremset siden 2021.", "sources": [curbed(request)]}]}, ensure_ascii=False
        )[:-2]
        + ","
    )
    request.cut()


def falls_silent(request):
    request.start()
    request.send(
        json.dumps({"text": "Nedgangen er bremset siden 2021.", "sources": [curbed(request)]}, ensure_ascii=False)
    )
    request.over.wait(30)


def endless(request):
    request.start()
    request.send(
        json.dumps({"text": "Nedgangen er bremset siden 2021.", "sources": [curbed(request)]}, ensure_ascii=False)
    )
    while not request.over.is_set():
        request.send("og så videre " * 20)


@pytest.mark.parametrize("script", [half, fenced, prose, cut_off, falls_silent, endless])
def test_what_was_whole_and_true_is_kept_however_it_comes(with_model, server, script):
    server.script = script
    answer = with_model(seconds=1.5).ask(QUESTION)
    assert [checked.shown for checked in answer.written.claims] == ["Nedgangen er bremset siden 2021."]
    broken = script in (cut_off, falls_silent)
    assert (answer.written.trouble is Trouble.BROKEN_OFF) is broken
    assert_proven(answer)


def silent(request):
    request.over.wait(30)


def silent_after_the_head(request):
    request.start()
    request.over.wait(30)


def reset(request):
    request.start()
    request.send('{"claims": [{"te')
    request.cut()


def not_utf8(request):
    request.start()
    request.raw(b'data: {"choices": [{"index": 0, "delta": {"content": "\xff\xfe\xc3("}}]}\n\n')
    request.end()


def not_json(request):
    request.start()
    request.raw(b"data: <html>Bad gateway</html>\n\n")


def chatter(request):
    request.start()
    while not request.over.is_set():
        request.send("bla bla ")


@pytest.mark.parametrize(
    ("script", "trouble"),
    [
        (lambda request: request.fail(500), Trouble.FAILED),
        (lambda request: request.fail(401), Trouble.REFUSED),
        (lambda request: request.fail(404), Trouble.REFUSED),
        (lambda request: request.fail(429), Trouble.BUSY),
        (lambda request: request.fail(429, Retry_After="600"), Trouble.BUSY),
        (silent, Trouble.SILENT),
        (silent_after_the_head, Trouble.SILENT),
        (reset, Trouble.UNREACHABLE),
        (not_utf8, None),
        (not_json, Trouble.FAILED),
        (chatter, Trouble.TOO_LITTLE),
    ],
)
def test_with_the_model_down_the_quotes_are_shown_and_the_person_is_told(
    with_model, assistant, server, script, trouble
):
    server.script = script
    answer = with_model(seconds=1.5, chat_tokens=50).ask(QUESTION)
    assert answer.quotes == assistant.ask(QUESTION).quotes
    assert answer.written.claims == ()
    assert answer.written.trouble is trouble or (trouble is None and answer.written.trouble)
    assert "pråkmodellen" in answer.text
    assert "sk-secret" not in answer.text


def test_a_server_that_is_not_there_is_told(with_model, server):
    # Nothing listens on port 1.
    server.url = "http://127.0.0.1:1/v1"
    assert with_model().ask(QUESTION).written.trouble is Trouble.UNREACHABLE


def test_a_busy_server_is_asked_again_after_the_time_it_names(with_model, server):
    server.script = lambda request: request.fail(429, Retry_After="1") if len(server.asked) == 1 else good(request)
    answer = with_model().ask(QUESTION)
    assert len(server.asked) == 2
    assert len(answer.written.claims) == 2


def test_a_server_without_structured_output_is_asked_without_it(with_model, server):
    server.script = lambda request: request.fail(400) if "response_format" in request.body else good(request)
    helped = with_model()
    assert len(helped.ask(QUESTION).written.claims) == 2
    assert len(helped.ask(QUESTION).written.claims) == 2
    assert ["response_format" in request.body for request in server.asked] == [True, False, False]


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


def test_a_missing_package_is_named_with_its_command(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "langchain_ollama", None)
    with pytest.raises(SettingsError, match=r"needs the package langchain_ollama\. Install it: .*\[ollama\]"):
        ChatModel.from_settings(Settings(chat_model="ollama:llama3", _env_file=None))


def test_a_missing_key_is_named_and_no_key_is_ever_repeated(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        ChatModel.from_settings(Settings(chat_model="openai:gpt", _env_file=None))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-456")
    assert "sk-secret" not in repr(ChatModel.from_settings(Settings(chat_model="openai:gpt", _env_file=None)))


def test_the_time_limit_holds(with_model, server):
    server.script = silent
    started = time.monotonic()
    with_model(seconds=1.0).ask(QUESTION)
    # Generous, for slow machines: the server would be silent for 30 seconds.
    assert time.monotonic() - started < 15
