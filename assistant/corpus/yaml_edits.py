"""Changes single entries of sources.yaml and actors.yaml; comments and everything else stay as people wrote them."""

import io
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from assistant.errors import KnowledgeError


def put_entry(path: Path, key: str, fields: Mapping[str, Any]) -> None:
    """Add or replace an entry; fields that are empty are left out.

    Raises:
        KnowledgeError: the file isn't a YAML mapping, or can't be written.
    """
    entries, yaml = _read(path)
    entries[key] = {name: value for name, value in fields.items() if value not in ("", None, (), [])}
    _write(path, entries, yaml)


def drop_entry(path: Path, key: str) -> None:
    """Remove an entry, if there is one of that name.

    Raises:
        KnowledgeError: the file isn't a YAML mapping, or can't be written.
    """
    entries, yaml = _read(path)
    if entries.pop(key, None) is not None:
        _write(path, entries, yaml)


def _read(path: Path) -> tuple[Any, YAML]:
    yaml = YAML()
    yaml.width = 120
    try:
        entries = yaml.load(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (YAMLError, OSError, UnicodeError) as error:
        raise KnowledgeError(
            f"{path} can't be read: {str(error).splitlines()[0]}.", "Mend it by hand first."
        ) from error
    if entries is None:
        entries = {}
    if not isinstance(entries, dict):
        raise KnowledgeError(f"{path} is not a list of entries.", "Each is a name followed by its fields.")
    return entries, yaml


def _write(path: Path, entries: Any, yaml: YAML) -> None:
    """Write beside the file and then in its place, so that it is never half written."""
    text = io.StringIO()
    yaml.dump(entries, text)
    try:
        number, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".yaml")
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text.getvalue())
        Path(beside).replace(path)
    except OSError as error:
        raise KnowledgeError(f"{path} can't be written: {error.strerror}.", "Check its permissions.") from error
