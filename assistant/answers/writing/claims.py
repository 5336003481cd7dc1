"""What a chat model writes is read as claims, each with the numbers of the quotes that it rests on.

Models are asked for `{"claims": [{"text": "…", "sources": [1, 2]}]}`. What comes may be one such object, objects in a
row, objects among prose, the beginning of one, or prose with numbers in brackets: whatever of it is a whole claim is
read, as soon as it is whole.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from assistant.answers.writing.phrases import plain_characters

SCHEMA = {
    "type": "object",
    "properties": {
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "sources": {"type": "array", "items": {"type": "integer"}},
                },
                "required": ["text", "sources"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["claims"],
    "additionalProperties": False,
}
_OBJECT = re.compile(r'\{\s*"(?:text|sources)"')
# What was meant as JSON is not read as prose.
_FORM = re.compile(r"\s*(?:```\w*)?\s*[\[{]")
# A sentence with its numbers before or after the full stop.
_SENTENCE = re.compile(r"\s*(?P<text>\S.*?(?:[.!?…](?=[\s\[]|$)(?:\s*\[\d+(?:\s*,\s*\d+)*\])*|$))", re.MULTILINE)
_CITED = re.compile(r"(?<!\[)\[([0-9]{1,4}(?:\s*,\s*[0-9]{1,4})*)\](?!\])")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a written answer, as the model wrote it.

    Attributes:
        text: with `[[n]]` where the model wants the words of quote n.
        sources: the numbers of the quotes it is said to rest on; 0 for what is no number.
    """

    text: str
    sources: tuple[int, ...]


class _Item(BaseModel):
    """A claim as it comes from outside."""

    text: str
    sources: list[bool | int | str] = []

    @property
    def claim(self) -> Claim:
        return Claim(" ".join(plain_characters(self.text).split()), tuple(_number(source) for source in self.sources))


class ClaimReader:
    """Reads claims from text that arrives in pieces."""

    def __init__(self) -> None:
        self._text = ""
        self._read = 0
        self._found = False

    def feed(self, piece: str) -> list[Claim]:
        """The claims that are whole now and weren't before."""
        self._text += piece
        return list(self._objects(ended=False)) if "}" in piece else []

    def finish(self) -> list[Claim]:
        """What is left: objects after a broken one, or the sentences of prose if there were no objects at all."""
        left = list(self._objects(ended=True))
        if left or self._found or _FORM.match(self._text):
            return left
        return list(_prose(self._text))

    def _objects(self, *, ended: bool) -> Iterator[Claim]:
        while match := _OBJECT.search(self._text, self._read):
            try:
                value, end = json.JSONDecoder(strict=False).raw_decode(self._text, match.start())
                claim = _Item.model_validate(value).claim
            except json.JSONDecodeError:
                # Broken if another one follows; otherwise it may still become whole.
                if not ended and not _OBJECT.search(self._text, match.end()):
                    return
                self._read = match.end()
                continue
            except (ValidationError, ValueError, RecursionError):
                # Numbers of thousands of digits and brackets in brackets without end are no claims.
                self._read = match.end()
                continue
            self._read = end
            self._found = True
            yield claim


def _prose(text: str) -> Iterator[Claim]:
    for match in _SENTENCE.finditer(re.sub(r"```\w*|[*#_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}", "", text)):
        sentence = match["text"]
        sources = [int(number) for group in _CITED.findall(sentence) for number in group.split(",")]
        words = " ".join(_CITED.sub("", plain_characters(sentence)).split()).lstrip("-•– ").strip()
        words = re.sub(r"\s+([.!?,])", r"\1", words)
        if re.search(r"\w", words):
            yield Claim(words, tuple(dict.fromkeys(sources)))


def _number(source: int | str) -> int:
    if isinstance(source, bool):
        return 0
    if isinstance(source, str):
        digits = re.fullmatch(r"\W*[a-zA-Z]?([0-9]{1,4})\W*", source)
        return int(digits[1]) if digits else 0
    return source
