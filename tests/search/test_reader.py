"""The reader: reads question and passage together, and everything works without it."""

from concurrent.futures import ThreadPoolExecutor
from threading import current_thread

import numpy as np
import pytest
from safetensors.torch import save_file

from assistant import Assistant, Settings
from assistant.errors import ModelError
from assistant.search.embedding import PassageText
from assistant.search.reader import FORMAT, Pair, Reader, merged, sentence_scores
from tests.conftest import KNOWLEDGE


@pytest.fixture(scope="module")
def reader(encoder):
    return Reader.load(encoder)


def passage(*sentences):
    text, spans = "", []
    for sentence in sentences:
        spans.append((len(text), len(text) + len(sentence)))
        text += f"{sentence} "
    return PassageText(text.strip(), tuple(spans))


def test_the_sentence_with_the_answer_is_likeliest(reader):
    read = passage(
        "Biblioteket i Nordvik har åpent hver dag.",
        "Det ble tegnet av arkitekten Kari Berg.",
        "Taket er av skifer fra Voss.",
    )
    for question, best in (("Hvem tegnet biblioteket?", 1), ("Hva er taket laget av?", 2)):
        (reading,) = reader.read(question, [read])
        assert int(np.argmax(reading.sentences)) == best


def test_a_passage_about_something_else_is_less_relevant(reader):
    about = passage("Kommunen åpner tolv nye sykehjemsplasser i 2027.")
    other = passage("Laget vant kampen med tre mål mot to på bortebane.")
    first, second = reader.read("Når åpner kommunen nye sykehjemsplasser?", [about, other])
    assert first.relevance > second.relevance


def test_reading_several_passages_is_reading_each(reader):
    passages = [passage("Prisen er ti kroner."), passage("Butikken ligger i Storgata.", "Den selger brød og melk.")]
    together = reader.read("Hva koster det?", passages)
    for one, reading in zip(passages, together, strict=True):
        (alone,) = reader.read("Hva koster det?", [one])
        assert alone.relevance == pytest.approx(reading.relevance, abs=0.2)
    assert reader.read("Hva koster det?", []) == []


def test_whoever_asks_one_thread_computes(encoder):
    """A second thread that calls Torch makes every answer a third slower, also after it has gone quiet."""
    threads = set()
    # The reader's layers are copied from the encoder's, and this with them.
    hook = encoder.parts[0].encoder.register_forward_pre_hook(lambda *_: threads.add(current_thread()))
    try:
        reader = Reader.load(encoder)
        asked = [lambda: reader.read("Hva koster det?", [passage("Prisen er ti kroner.")])]
        asked += [lambda: encoder.embed_question("Hva koster det?"), lambda: encoder.embed_words(["pris"])]
        asked += [lambda: encoder.embed_passages([passage("Prisen er ti kroner.")])]
        with ThreadPoolExecutor(len(asked)) as pool:
            assert all(len(one.result()) for one in [pool.submit(ask) for ask in asked])
    finally:
        hook.remove()
    assert [thread.name.split("_")[0] for thread in threads] == ["torch"]


def test_a_sentences_score_is_the_log_of_start_and_end_inside_it():
    # Two tokens of four characters after a question of one token; start is sure of the first, end is torn.
    pair = Pair([0, 5, 6], 1, [(0, 4), (4, 8)])
    logits = np.log(np.array([[9.0, 9.0], [1.0, 0.5], [1e-9, 0.5]], np.float32))
    first, second = sentence_scores(logits, pair, ((0, 4), (4, 8)))
    assert first == pytest.approx(np.log(1.0) + np.log(0.5), abs=1e-4)
    assert second == pytest.approx(np.log(1e-9) + np.log(0.5), abs=1e-2)


def test_what_the_length_limit_cut_off_is_least_likely(reader):
    long = passage(*(f"Setning nummer {n} handler om noe helt annet enn det forrige." for n in range(60)))
    (reading,) = reader.read("Hva handler det om?", [long])
    assert reading.sentences[-1] == min(reading.sentences)


def test_an_adapter_of_zeros_changes_nothing(encoder):
    import torch

    transformer, tokenizer = encoder.parts
    name = "encoder.layer.0.attention.self.query"
    zeros = {f"{name}.down": torch.zeros(2, 384), f"{name}.up": torch.zeros(384, 2)}
    ids = torch.tensor([tokenizer("query: hei")["input_ids"]])
    with torch.inference_mode():
        same = merged(transformer, zeros, 2.0)(input_ids=ids).last_hidden_state
        assert torch.equal(same, transformer(input_ids=ids).last_hidden_state)


@pytest.mark.parametrize(
    ("metadata", "said"),
    [({"format": FORMAT, "encoder": "another/model", "scale": "2"}, "another/model"), ({"format": "0"}, "belongs to")],
)
def test_a_file_for_another_encoder_is_refused(encoder, tmp_path, metadata, said):
    import torch

    save_file({"relevance": torch.zeros(384)}, tmp_path / "reader.safetensors", metadata=metadata)
    with pytest.raises(ModelError, match=said):
        Reader.load(encoder, tmp_path / "reader.safetensors")


@pytest.mark.parametrize("content", [None, b"not weights"])
def test_a_file_that_is_missing_or_damaged_is_told(encoder, tmp_path, content):
    path = tmp_path / "reader.safetensors"
    if content:
        path.write_bytes(content)
    with pytest.raises(ModelError, match="can't be loaded"):
        Reader.load(encoder, path)


def test_without_the_reader_questions_are_answered_too(settings, assistant):
    without = Assistant.from_settings(Settings(knowledge=KNOWLEDGE, index=settings.index, reader=False, _env_file=None))
    assert without.retriever.reader is None
    assert without.ask("Hva sa ministeren om døgnplasser?").quotes[0].actor.id == "minister-of-health"


def test_a_missing_reader_is_told_once_and_answers_go_on(settings, monkeypatch, tmp_path):
    monkeypatch.setattr("assistant.search.reader.WEIGHTS", tmp_path / "none.safetensors")
    again, report = Assistant.open(settings)
    assert [type(problem) for problem in report.failed].count(ModelError) == 1
    assert again.ask("Hva sa ministeren om døgnplasser?").quotes
