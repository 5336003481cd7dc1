"""Questions that the page offers to begin with."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.yaml_files import read_yaml, validated


class Examples(BaseModel):
    """examples.yaml: questions by language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nb: tuple[str, ...] = ()
    nn: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


def load_examples(path: Path) -> Mapping[str, tuple[str, ...]]:
    """The questions by language; none if there is no such file.

    Raises:
        KnowledgeError: the file isn't YAML or holds something else.
    """
    if not path.exists():
        return {}
    value, node = read_yaml(path)
    examples = validated(Examples, value or {}, path, node, ())
    return {"nb": examples.nb, "nn": examples.nn, "en": examples.en}
