"""A receipt is enough to check every quote of an answer again, later and offline."""

import json

import pytest

from assistant.answers.receipt import receipt, verify
from assistant.errors import FileError

QUESTION = "Hva sa ministeren om døgnplasser?"


@pytest.fixture
def kept(assistant):
    return receipt(assistant.ask(QUESTION), assistant.index, assistant.retriever.encoder.name)


def checked(kept, assistant, tmp_path):
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(kept), encoding="utf-8")
    return list(verify(path, assistant.index))


def test_it_names_question_understanding_corpus_and_versions(kept):
    assert kept["question"] == QUESTION
    assert kept["understood"]["actors"] == ["minister-of-health"]
    assert len(kept["corpus"]) == 12
    assert {"policy-assistant", "chromadb", "torch"} <= set(kept["versions"])


def test_every_quote_of_a_fresh_receipt_holds(kept, assistant, tmp_path):
    found = checked(kept, assistant, tmp_path)
    assert len(found) == len(kept["quotes"]) == 8
    assert all(check.holds and not check.reason for check in found)


def test_a_changed_word_is_found_out(kept, assistant, tmp_path):
    kept["quotes"][0]["text"] = kept["quotes"][0]["text"].replace(" ", " ikke ", 1)
    assert [check.holds for check in checked(kept, assistant, tmp_path)] == [False] + [True] * 7


def test_another_speaker_is_found_out(kept, assistant, tmp_path):
    kept["quotes"][1]["actor"] = "napha"
    second = checked(kept, assistant, tmp_path)[1]
    assert not second.holds
    assert second.reason == "it is ascribed to somebody else now"


def test_words_that_have_moved_still_hold_and_a_removed_document_does_not(kept, assistant, tmp_path):
    place = kept["quotes"][0]["start"]
    kept["quotes"][0]["start"] = 0
    kept["quotes"][1]["document"] = "gone"
    first, second, *_ = checked(kept, assistant, tmp_path)
    assert (first.holds, first.reason) == (True, f"the words stand at {place} now")
    assert (second.holds, second.reason) == (False, "the document is not in the collection any more")


@pytest.mark.parametrize("text", ["", "{}", "no json", '{"format": 9, "corpus": "x"}'])
def test_what_is_no_receipt_is_told(assistant, tmp_path, text):
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match="receipt"):
        list(verify(path, assistant.index))
