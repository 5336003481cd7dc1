"""YAML that people write by hand, checked against a pydantic model, with the line of every mistake."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from assistant.errors import AssistantError, KnowledgeError

Model = TypeVar("Model", bound=BaseModel)
# The same in C, where PyYAML was built with it, is ten times as fast.
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


def read_yaml(path: Path, problem: type[AssistantError] = KnowledgeError) -> tuple[Any, yaml.Node | None]:
    """The file's value, and its node tree for looking up lines.

    Raises:
        AssistantError: as `problem`, if the file can't be read or isn't YAML.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        return yaml.load(text, Loader=_LOADER), yaml.compose(text, Loader=_LOADER)  # noqa: S506 - both are safe
    except OSError as error:
        raise problem(f"{path} can't be read: {error.strerror}.", "Check the path and its permissions.") from error
    except UnicodeDecodeError as error:
        raise problem(f"{path} is not UTF-8 text.", "Save it with the encoding UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        reason = getattr(error, "problem", None) or "it can't be parsed"
        raise problem(f"{path}{line} is not valid YAML: {reason}.", "Mend that line.") from error


def validated(
    model: type[Model],
    value: object,
    path: Path,
    node: yaml.Node | None,
    at: tuple[str | int, ...],
    problem: type[AssistantError] = KnowledgeError,
) -> Model:
    """`value`, found at `at` in the file, as a `model`.

    Raises:
        AssistantError: as `problem`, if the value doesn't fit; each mistake with its line.
    """
    try:
        return model.model_validate(value)
    except ValidationError as error:
        problems = []
        for mistake in error.errors(include_url=False):
            place = (*at, *mistake["loc"])
            field = ".".join(map(str, place)) or "the whole file"
            problems.append(f"line {line_of(node, place)}: {field}: {_said(mistake['type'], mistake['msg'])}")
        message = f"{path}: " + "; ".join(problems) + "."
        raise problem(message, "Mend these lines; README.md beside such files names the fields.") from error


def _said(kind: str, message: str) -> str:
    """What is wrong, in words for people who don't program."""
    if kind == "extra_forbidden":
        return "there is no such field; is it misspelt?"
    if kind == "missing":
        return "this field is missing"
    if kind in ("model_type", "model_attributes_type"):
        return "there should be fields with values here, such as name: …"
    return message.removeprefix("Value error, ")


def line_of(node: yaml.Node | None, place: tuple[str | int, ...]) -> int:
    """The line, counted from 1, of the deepest part of `place` that exists in the file."""
    line = node.start_mark.line + 1 if node else 1
    for step in place:
        node, mark = _child(node, step)
        if mark is None:
            break
        line = mark.line + 1
    return line


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Mark | None]:
    for key, child in _children(node):
        if key == step:
            return child, child.start_mark
    return None, None


def _children(node: yaml.Node | None) -> Iterator[tuple[str | int, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((key.value, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from enumerate(node.value)
