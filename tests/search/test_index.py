"""The index is brought in step with files, never loses what it holds, and survives being killed."""

import shutil
import signal
import subprocess
import sys

import pytest

from assistant.corpus.knowledge import Knowledge
from assistant.errors import IndexMissingError, ModelMismatchError
from assistant.search.index import Index
from assistant.search.indexing import sync
from assistant.search.retrieval import Query, Retriever
from tests.conftest import KNOWLEDGE, ROOT
from tests.hashing import HashingEncoder


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    return tmp_path


class Run:
    """One start of the program on the folder's index."""

    def __init__(self, folder, encoder=None, create=True):
        self.encoder = encoder or HashingEncoder()
        self.index = Index.open(folder / "index", "test", self.encoder, create=create)
        self.source = Knowledge.open(folder / "knowledge")

    def sync(self):
        return sync(self.index, self.encoder, self.source, "knowledge")

    def found(self, text, limit=5):
        return Retriever(self.index, self.encoder).search(Query.of(text), limit)


def terms(text):
    return Query.of(text).terms


def documents(folder):
    return folder / "knowledge" / "documents"


def test_a_second_run_embeds_nothing(folder):
    first = Run(folder).sync()
    assert (len(first.added), first.failed) == (5, ())
    again = Run(folder)
    assert (again.sync().embedded, again.encoder.embedded) == (0, 0)
    assert len(again.sync().unchanged) == 5


def test_a_changed_paragraph_costs_its_passage_and_the_old_one_is_gone(folder):
    Run(folder).sync()
    path = next(documents(folder).glob("napha*"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("sterkt underfinansiert", "overraskende velfinansiert"), encoding="utf-8")
    run = Run(folder)
    report = run.sync()
    assert (len(report.changed), report.embedded) == (1, 1)
    (found,) = run.index.matching(terms("velfinansiert"), 10)
    assert found.startswith("napha")
    assert not any(found.startswith("napha") for found in run.index.matching(terms("underfinansiert"), 10))
    assert run.index.passage_count == run.index._passages.count()


def test_a_removed_file_vanishes_from_both_indexes(folder):
    Run(folder).sync()
    next(documents(folder).glob("samarbeidsforum*")).unlink()
    run = Run(folder)
    assert len(run.sync().removed) == 1
    assert not any(
        hit.document.id.startswith("samarbeidsforum") for hit in run.found("avlastningstilbud pårørende", 50)
    )
    assert run.index.matching([{"avlastningstilbud": 1.0}], 10) == {}


def test_another_model_is_refused_with_what_to_run(folder):
    Run(folder).sync()
    with pytest.raises(ModelMismatchError, match="assistant index --rebuild"):
        Run(folder, HashingEncoder("other", 32))


def test_an_index_that_is_not_there(tmp_path):
    with pytest.raises(IndexMissingError, match="assistant index"):
        Index.open(tmp_path, "test", HashingEncoder())


def test_a_lost_keyword_index_is_made_again(folder):
    first = Run(folder)
    first.sync()
    expected = first.index.matching([{"lovkrav": 1.0}], 10)
    assert expected
    shutil.rmtree(next((folder / "index").glob("keywords-*")))
    assert Run(folder).index.matching([{"lovkrav": 1.0}], 10) == pytest.approx(expected)


def test_a_damaged_keyword_index_is_made_again(folder):
    first = Run(folder)
    first.sync()
    expected = first.index.matching([{"lovkrav": 1.0}], 10)
    (next((folder / "index").glob("keywords-*")) / "test" / "passages" / "meta.json").write_text("{", encoding="utf-8")
    assert Run(folder).index.matching([{"lovkrav": 1.0}], 10) == pytest.approx(expected)


def test_bad_files_are_told_and_the_others_are_indexed(folder):
    (documents(folder) / "tom.txt").write_bytes(b"")
    (documents(folder) / "ødelagt.pdf").write_bytes(b"%PDF-1.4 x")
    report = Run(folder).sync()
    assert len(report.added) == 5
    assert [str(problem).split(" ")[0] for problem in report.failed] == ["tom.txt", "ødelagt.pdf"]


def test_a_file_that_breaks_later_stays_in_the_index(folder):
    Run(folder).sync()
    path = next(documents(folder).glob("napha*"))
    path.write_bytes(b"")
    run = Run(folder)
    report = run.sync()
    assert (len(report.failed), report.removed) == (1, ())
    assert any(hit.document.id.startswith("napha") for hit in run.found("lovkrav tverrfaglig"))


@pytest.mark.parametrize("content", ["a: [", "- not\n- a mapping", None])
def test_when_sources_cannot_be_read_what_they_said_is_kept(folder, content):
    Run(folder).sync()
    sources = folder / "knowledge" / "sources.yaml"
    sources.unlink() if content is None else sources.write_text(content, encoding="utf-8")
    run = Run(folder)
    assert len(run.source.problems) == 1
    assert len(run.sync().unchanged) == 5
    assert {entry.metadata.author for entry in run.index.catalogue.values()} >= {"napha", "mental-helse"}


def test_a_mistake_in_one_entry_is_told_with_its_line(folder):
    sources = folder / "knowledge" / "sources.yaml"
    sources.write_text(sources.read_text(encoding="utf-8").replace("kind: speech", "kind: poem"), encoding="utf-8")
    run = Run(folder)
    line = next(i for i, text in enumerate(sources.read_text(encoding="utf-8").splitlines(), 1) if "poem" in text)
    assert f"line {line}: samarbeidsforum-2025-06-02-innlegg-kontaktutvalget.txt.kind" in str(run.source.problems[0])
    assert len(run.sync().added) == 5


def test_two_files_of_one_name_are_two_documents(folder):
    (documents(folder) / "notat.txt").write_text("Et notat om ett.", encoding="utf-8")
    (documents(folder) / "notat.md").write_text("Et notat om to.", encoding="utf-8")
    assert {"notat", "notat-txt"} <= set(Run(folder).sync().added)


def test_killed_at_any_moment_it_answers_and_the_next_run_completes(folder):
    program = (
        "import sys; from pathlib import Path; from tests.search.test_index import Run; print('ready', flush=True); "
        "[Run(Path(sys.argv[1])).sync()]; print('done', flush=True)"
    )
    whole = Run(folder)
    whole.sync()
    expected = {identifier: entry.passages for identifier, entry in whole.index.catalogue.items()}
    del whole
    finished = False
    for delay in (0.02, 0.08, 0.2, 0.35, 0.6, 5.0):
        for number, path in enumerate(sorted(documents(folder).iterdir())):
            path.write_text(path.read_text(encoding="utf-8") + f"\n\nTillegg {delay} {number}.\n", encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout.readline() == "ready\n"
        try:
            process.wait(timeout=delay)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        finished |= "done" in process.stdout.read()
        process.stdout.close()
        after = Run(folder, create=False)
        assert len(after.index.catalogue) == 5
        for hit in after.found("lovkrav psykisk helse", 20):
            assert hit.text == hit.document.text[hit.passage.start : hit.passage.end]
    assert finished
    last = Run(folder)
    last.sync()
    assert last.index.catalogue.keys() == expected.keys()
    assert (
        last.index._passages.count()
        == last.index.passage_count
        == sum(e.passages for e in last.index.catalogue.values())
    )
    assert last.index._keywords.ids() == set(last.index._passages.get(include=[])["ids"])
