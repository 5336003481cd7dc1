"""What people type: `assistant ask`, `index`, `documents`, `search`, `serve`, and `evaluate` from evals."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.errors import AssistantError, FileError
from assistant.settings import Settings
from assistant.terminal import Bar, print_table, waiting
from evals.cli import app as evaluate

# Whatever is heavy (torch, chromadb, gradio) is imported by the command that needs it, so that --help is quick.
if TYPE_CHECKING:
    from assistant.answers.assistant import Assistant
    from assistant.answers.library import Library
    from assistant.search.indexing import Report

app = typer.Typer(
    name="assistant",
    help="Ask questions about policy documents and get exact quotes: who said it, when, in which document, which page.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

KnowledgeOption = Annotated[
    Path | None, typer.Option("--knowledge", help="Folder with the documents, sources.yaml and actors.yaml.")
]
app.add_typer(evaluate, name="evaluate")
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text, for other programs.")]


def main() -> None:
    """Run a command; an error that a person can mend is one line and exit code 1."""
    try:
        app()
    except AssistantError as error:
        typer.echo(f"assistant: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="Your question, in Norwegian or English.")],
    knowledge: KnowledgeOption = None,
    receipt_file: Annotated[
        Path | None, typer.Option("--receipt", help="Also save a receipt here, for `assistant verify`.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question with quotes and their sources.

    Example: assistant ask "Hva sa ministeren om døgnplasser?"
    """
    from assistant.answers.questions import checked
    from assistant.answers.receipt import receipt

    checked(question)
    assistant = _open(Settings.load(knowledge=knowledge))
    answer = assistant.ask(question)
    if receipt_file:
        kept = receipt(answer, assistant.index, assistant.retriever.encoder.name)
        _written(receipt_file, json.dumps(kept, ensure_ascii=False, indent=1))
    _print_json(answer.as_dict()) if as_json else typer.echo(answer.text)


@app.command()
def index(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders to add; without any, the knowledge folder.")
    ] = None,
    knowledge: KnowledgeOption = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Forget the index and make it anew, for instance for another model.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Read new and changed documents into the index. Unchanged ones cost nothing."""
    from assistant.answers.opening import index_paths

    settings = Settings.load(knowledge=knowledge)
    with Bar("Indexing documents") as progress:
        report = index_paths(settings, paths or [], progress.show, rebuild=rebuild)
    if as_json:
        _print_json(_report_dict(report))
    else:
        typer.echo(
            f"{len(report.added)} added, {len(report.changed)} changed, {len(report.removed)} removed, "
            f"{len(report.unchanged)} unchanged; {report.embedded} passages embedded."
        )
    _complain(report)
    if report.failed:
        raise typer.Exit(1)


documents = typer.Typer(help="List, describe, remove and take back documents.", invoke_without_command=True)
app.add_typer(documents, name="documents")


@documents.callback()
def list_documents(context: typer.Context, knowledge: KnowledgeOption = None, as_json: JsonOption = False) -> None:
    """List the documents in the index."""
    if context.invoked_subcommand:
        return
    library = _library(knowledge)
    entries = list(library.assistant.catalogue.values())
    if as_json:
        from assistant.answers.values import entry_dict

        _print_json([entry_dict(entry) for entry in entries])
        return
    rows = [
        (e.id, str(e.metadata.date or ""), e.metadata.author, e.metadata.kind, e.metadata.title, str(e.sentences))
        for e in entries
    ]
    print_table(("id", "date", "author", "kind", "title", "sentences"), rows)
    for identifier, title in library.removed().items():
        typer.echo(f"removed: {title} (take it back with: assistant documents restore {identifier})")


@documents.command()
def edit(
    identifier: Annotated[str, typer.Argument(help="The document's id, as the list gives it.")],
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    kind: Annotated[str | None, typer.Option(help="letter, consultation response, speech, news article, …")] = None,
    date: Annotated[str | None, typer.Option(help="Its date, as 2026-01-31.")] = None,
    author: Annotated[str | None, typer.Option(help="Id of its author in actors.yaml.")] = None,
    language: Annotated[str | None, typer.Option(help="nb, nn or en.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it stands on the web.")] = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Describe a document; without options, confirm what was read off its text."""
    given = {"title": title, "kind": kind, "date": date, "author": author, "language": language, "url": url}
    _library(knowledge).edit(identifier, {name: value for name, value in given.items() if value is not None})
    typer.echo(f"{identifier} is described.")


@documents.command()
def remove(
    identifier: Annotated[str, typer.Argument(help="The document's id, as the list gives it.")],
    knowledge: KnowledgeOption = None,
) -> None:
    """Take a document out of the collection; its file is kept."""
    _library(knowledge).remove(identifier)
    typer.echo(f"{identifier} is removed; take it back with: assistant documents restore {identifier}")


@documents.command()
def restore(
    identifier: Annotated[str, typer.Argument(help="The id of a document that was removed.")],
    knowledge: KnowledgeOption = None,
) -> None:
    """Put back a document that was removed."""
    _library(knowledge).restore(identifier)
    typer.echo(f"{identifier} is back.")


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="Words or a question.")],
    knowledge: KnowledgeOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="How many passages to show.")] = 5,
    as_json: JsonOption = False,
) -> None:
    """Show the passages that fit a text best, without answering."""
    from assistant.answers.values import hit_dict

    found = [hit_dict(hit) for hit in _open(Settings.load(knowledge=knowledge)).search(text, limit)]
    if as_json:
        _print_json(found)
        return
    for hit_fields in found:
        page = f", p. {hit_fields['page']}" if hit_fields["page"] else ""
        typer.echo(f"{hit_fields['title']}{page}\n{hit_fields['text']}\n")


@app.command()
def verify(
    path: Annotated[Path, typer.Argument(help="A receipt, as the page and `assistant ask --receipt` save it.")],
    knowledge: KnowledgeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check every quote of a receipt against the collection; exit code 1 if one doesn't hold."""
    from dataclasses import asdict

    from assistant.answers.opening import open_index
    from assistant.answers.receipt import verify as checks

    _, index = open_index(Settings.load(knowledge=knowledge), create=False)
    found = list(checks(path, index))
    if as_json:
        _print_json([asdict(check) for check in found])
    else:
        for check in found:
            typer.echo(
                f"{'holds' if check.holds else 'FAILS'}: {check.text}" + f" ({check.reason})" * bool(check.reason)
            )
        typer.echo(f"{sum(check.holds for check in found)} of {len(found)} quotes hold.")
    if not all(check.holds for check in found):
        raise typer.Exit(1)


@app.command()
def serve(
    knowledge: KnowledgeOption = None,
    host: Annotated[
        str | None, typer.Option("--host", help="Address to listen on; 127.0.0.1 is this machine only.")
    ] = None,
    port: Annotated[int | None, typer.Option("--port", help="Port to listen on.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the address as JSON.")] = False,
) -> None:
    """Open the chat page in a browser on this machine."""
    settings = Settings.load(knowledge=knowledge, host=host, port=port)
    assistant = _open(settings)
    from assistant.answers.library import Library
    from assistant.web.server import serve as run
    from evals.page import evaluation_tab

    def announce(address: str) -> None:
        if as_json:
            _print_json({"address": address})
        else:
            typer.echo(f"The assistant is at {address} (stop it with Ctrl+C)")

    library = Library(settings, assistant)
    run(library, announce, [evaluation_tab(library, Path("results"))])


def _library(knowledge: Path | None) -> "Library":
    from assistant.answers.library import Library

    settings = Settings.load(knowledge=knowledge)
    return Library(settings, _open(settings))


def _open(settings: Settings) -> "Assistant":
    """The assistant, with a progress bar while documents are indexed and a line for each that can't be."""
    from assistant.answers.assistant import Assistant

    with Bar("Indexing documents") as progress, waiting("Opening the collection …"):
        assistant, report = Assistant.open(settings, progress.show)
    _complain(report)
    return assistant


def _complain(report: "Report") -> None:
    for problem in report.failed:
        typer.echo(f"assistant: {problem}", err=True)


def _report_dict(report: "Report") -> dict[str, Any]:
    return {
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "embedded": report.embedded,
        "failed": [str(problem) for problem in report.failed],
    }


def _written(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FileError(f"{path} can't be written: {error.strerror}.", "Name another file.") from error


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
