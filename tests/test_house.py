"""Imports go one way, and heavy libraries stay in the rooms that need them."""

import ast
from pathlib import Path

import assistant as package

ROOT = Path(package.__file__).parent
# Each room may import from itself and from the rooms before it; web and cli are on the same floor.
FLOORS = {"corpus": 1, "search": 2, "answers": 3, "web": 4, "cli": 5}
GROUND = {"errors", "settings", "texts", "yaml_files"}
ALLOWED = {
    "gradio": {"web"},
    "fastapi": {"web"},
    "uvicorn": {"web"},
    "chromadb": {"search"},
    "tantivy": {"search"},
    "torch": {"search"},
    "transformers": {"search"},
    "sentence_transformers": {"search"},
    "langchain_core": {"search", "answers"},
    "langchain": {"answers"},
    "typer": {"cli"},
}


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def room(path):
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def test_nothing_imports_upward():
    wrong = []
    for path in ROOT.rglob("*.py"):
        here = room(path)
        for module in imports(path):
            parts = module.split(".")
            if parts[0] != "assistant" or len(parts) == 1:
                continue
            there = parts[1]
            if here in GROUND and there not in GROUND and there != "corpus":
                wrong.append((str(path), module))
            if here in FLOORS and there in FLOORS and here != there and FLOORS[there] >= FLOORS[here]:
                wrong.append((str(path), module))
    assert not wrong


def test_heavy_libraries_stay_in_their_rooms():
    wrong = [
        (str(path), module)
        for path in ROOT.rglob("*.py")
        for module in imports(path)
        if module.split(".")[0] in ALLOWED and room(path) not in ALLOWED[module.split(".")[0]]
    ]
    assert not wrong


def test_only_the_command_line_opens_the_evaluations_door():
    knowing = {room(path) for path in ROOT.rglob("*.py") if any(m.split(".")[0] == "evals" for m in imports(path))}
    assert knowing == {"cli"}


def test_only_the_evaluations_page_knows_of_gradio():
    evals = ROOT.parent / "evals"
    knowing = {path.name for path in evals.rglob("*.py") if any(m.split(".")[0] == "gradio" for m in imports(path))}
    assert knowing == {"page.py"}


def test_the_public_door_is_complete_and_sorted():
    assert package.__all__ == sorted(package.__all__)
    assert all(hasattr(package, name) for name in package.__all__)
