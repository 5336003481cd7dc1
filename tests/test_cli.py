"""The command line: text for people, JSON for programs, one line and exit code 1 for whatever went wrong."""

import json
import shutil
import subprocess
import sys

import pytest

from assistant.cli import main
from tests.conftest import KNOWLEDGE, ROOT


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(KNOWLEDGE, folder / "knowledge")
    return folder


@pytest.fixture
def run(home, monkeypatch, capsys):
    """Run a command in this process, whose libraries are loaded already."""

    def command(*arguments, **environment):
        monkeypatch.chdir(home)
        monkeypatch.setattr(sys, "argv", ["assistant", *map(str, arguments)])
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        code = 0
        try:
            main()
        except SystemExit as stopped:
            code = stopped.code or 0
        output = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, output.out, output.err)

    return command


def test_help_needs_nothing_heavy():
    code = "import sys; sys.argv = ['assistant', '--help']\nfrom assistant.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\nprint(sorted(set(sys.modules) & {'torch', 'chromadb', 'gradio', 'tantivy', 'langchain_core', 'transformers'}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "Ask questions about policy documents" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_index_ask_documents_search(run):
    indexed = run("index", "--json")
    assert (indexed.returncode, len(json.loads(indexed.stdout)["added"])) == (0, 5)
    again = run("index", "--json")
    assert json.loads(again.stdout)["embedded"] == 0
    asked = run("ask", "Hva sa ministeren om døgnplasser?")
    assert asked.returncode == 0, asked.stderr
    assert "«Vi har fra og med 2021 klart å bremse nedgangen i døgnkapasitet i psykisk helsevern.» s. 5" in asked.stdout
    found = run("search", "lovkrav", "--json", "--limit", "2")
    assert len(json.loads(found.stdout)) == 2
    listed = run("documents", "--json")
    assert {entry["author"] for entry in json.loads(listed.stdout)} >= {"napha", "mental-helse"}


def test_adding_a_file_from_elsewhere_keeps_the_others(run, tmp_path):
    (tmp_path / "notat.md").write_text("# Notat\n\nGrindvoktere må få bedre arbeidsvilkår.\n", encoding="utf-8")
    (tmp_path / "tom.txt").write_bytes(b"")
    added = run("index", tmp_path)
    assert added.returncode == 1
    assert "tom.txt is empty." in added.stderr
    assert "Traceback" not in added.stderr
    assert "Grindvoktere må få bedre arbeidsvilkår." in run("ask", "Hva må grindvoktere få?").stdout
    assert len(json.loads(run("documents", "--json").stdout)) == 6


def test_a_file_of_another_kind_is_named_and_left_out(run, tmp_path):
    (tmp_path / "bilde.png").write_bytes(b"\x89PNG")
    (tmp_path / "sak.txt").write_text("Saken om broene i Bamble.", encoding="utf-8")
    result = run("index", tmp_path)
    assert result.returncode == 1
    assert "Left out, since such files can't be read: bilde.png." in result.stderr
    assert "1 added" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["ask", ""], {}, "There is no question."),
        (["ask", "x" * 100_000], {}, "at most 2,000 can be read"),
        (["ask", "Hva?", "--knowledge", "nowhere"], {}, "There is no folder nowhere."),
        (["index", "nowhere.pdf"], {}, "There is no file or folder nowhere.pdf."),
        (["ask", "Hva?"], {"ASSISTANT_PORT": "many"}, "ASSISTANT_PORT"),
        (["ask", "Hva?"], {"ASSISTANT_PROT": "1"}, "There is no setting ASSISTANT_PROT."),
        (["ask", "Hva?"], {"ASSISTANT_EMBEDDING_MODEL": "./no-such-model"}, "can't be loaded"),
        (["ask", "Hva?"], {"ASSISTANT_CHROMA_URL": "http://127.0.0.1:9"}, "Chroma can't be opened"),
    ],
)
def test_trouble_is_one_line(run, arguments, environment, said):
    done = run(*arguments, **environment)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert done.stderr.count("\n") <= 2


def test_it_runs_as_a_program_of_its_own(home):
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "documents"], cwd=home, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "napha" in done.stdout


def test_a_document_is_described_removed_and_taken_back(run):
    name = "napha-2026-04-14-horing-nou-2026-1"
    assert run("documents", "edit", name, "--title", "NAPHAs svar").returncode == 0
    assert "NAPHAs svar" in run("documents").stdout
    assert run("documents", "remove", name).returncode == 0
    listed = run("documents")
    assert f"removed: NAPHAs svar (take it back with: assistant documents restore {name})" in listed.stdout
    assert run("documents", "restore", name).returncode == 0
    assert name in {entry["id"] for entry in json.loads(run("documents", "--json").stdout)}


def test_a_document_that_is_not_there_is_told(run):
    for command in ("edit", "remove", "restore"):
        done = run("documents", command, "nowhere")
        assert done.returncode == 1
        assert "nowhere" in done.stderr
