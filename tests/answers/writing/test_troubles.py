"""With the model slow, rude, down or hostile: what was whole and true is kept, the quotes are there, and one is told."""

import json
import sys

import pytest

from assistant import Settings
from assistant.answers.writing.providers import open_chat_model
from assistant.answers.writing.written import Trouble
from assistant.errors import SettingsError
from tests.answers.writing.scripts import QUESTION, assert_proven, curbed, good


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
        (not_utf8, Trouble.FAILED),
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
    assert answer.written.trouble is trouble
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


def test_a_missing_package_is_named_with_its_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "langchain_ollama", None)
    with pytest.raises(SettingsError, match=r"needs the package langchain_ollama\. Install it: .*\[ollama\]"):
        open_chat_model(Settings(chat_model="ollama:llama3", _env_file=None))


def test_a_missing_key_is_named_and_no_key_is_ever_repeated(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        open_chat_model(Settings(chat_model="openai:gpt", _env_file=None))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-456")
    assert "sk-secret" not in repr(open_chat_model(Settings(chat_model="openai:gpt", _env_file=None)))


def test_the_time_limit_holds(with_model, server):
    spoke = []

    def script(request):
        request.over.wait(30)
        spoke.append(request)

    server.script = script
    assert with_model(seconds=1.0).ask(QUESTION).written.trouble is Trouble.SILENT
    # The person has the quotes while the server is still silent.
    assert spoke == []
