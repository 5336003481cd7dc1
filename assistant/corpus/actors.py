"""Who exists: the people, offices and organisations that can hold a position, from actors.yaml."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.errors import KnowledgeError
from assistant.yaml_files import read_yaml, validated

LANGUAGES = ("nb", "nn", "en")


class Aliases(BaseModel):
    """Other names of an actor by language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nb: tuple[str, ...] = ()
    nn: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class ActorEntry(BaseModel):
    """One entry of actors.yaml; the fields are explained at the top of that file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    kind: str = ""
    role: str = ""
    organisation: str = ""
    party: str = ""
    since: datetime.date | None = None
    part_of: str = ""
    groups: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    aliases: Aliases = Aliases()
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who can speak, be quoted or be asked about.

    Attributes:
        since: the first day of the role; None when it isn't known or there is no role.
        part_of: id of the actor on whose behalf this one speaks; empty for most.
        short: abbreviations, which count only in the letters' case they have here.
        aliases: other names, in any language.
    """

    id: str
    name: str
    kind: str = ""
    role: str = ""
    organisation: str = ""
    party: str = ""
    since: datetime.date | None = None
    part_of: str = ""
    groups: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Name and aliases, which count in any letters' case."""
        return (self.name, *self.aliases)

    def in_office(self, day: datetime.date | None) -> bool:
        """Whether the role had begun on `day`; true where either isn't known."""
        return self.since is None or day is None or day >= self.since

    @property
    def title(self) -> str:
        """Role and name as one writes them before a quote: "Helse- og omsorgsminister Jan Christian Vestre"."""
        return f"{self.role[:1].upper()}{self.role[1:]} {self.name}" if self.role else self.name


@dataclass(frozen=True)
class Actors(Mapping[str, Actor]):
    """All actors by id. An id that isn't listed reads as an actor of that name, so that nothing is lost."""

    by_id: Mapping[str, Actor] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> "Actors":
        """Read actors.yaml; a missing file means no actors.

        Raises:
            KnowledgeError: the file isn't YAML or an entry is malformed.
        """
        if not path.exists():
            return cls()
        value, node = read_yaml(path)
        if not isinstance(value or {}, dict):
            raise KnowledgeError(f"{path} holds no list of actors.", "Each actor is an id followed by its fields.")
        entries = {
            str(key): validated(ActorEntry, entry or {}, path, node, (str(key),))
            for key, entry in (value or {}).items()
        }
        actors = {key: _actor(key, entry) for key, entry in entries.items()}
        for key, actor in actors.items():
            if actor.part_of and actor.part_of not in actors:
                raise KnowledgeError(
                    f"{path}: {key} is part_of {actor.part_of}, which is not listed.", "Add that actor."
                )
        return cls(actors)

    def __getitem__(self, key: str) -> Actor:
        return self.by_id[key] if key in self.by_id else Actor(key, key)

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_id)

    def __len__(self) -> int:
        return len(self.by_id)

    def __contains__(self, key: object) -> bool:
        return key in self.by_id


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor named in a text: `text[start:end]`."""

    actor: str
    start: int
    end: int


# Endings that leave a Norwegian or English name the same one: genitive, and the definite form of a role. Plurals don't:
# "helseministerne" are several.
_ENDING = r"(?:['’]?s|ens?|a|as|et|ets|['’])?"


class Mentions:
    """Finds actors in texts by their names, roles, aliases and abbreviations, the longest name first."""

    def __init__(self, actors: Actors) -> None:
        self._owners: dict[str, str] = {}
        names: list[str] = []
        for actor in actors.values():
            for name in actor.names:
                key = name.lower().removeprefix("the ")
                if key not in self._owners:
                    self._owners[key] = actor.id
                    names.append(key)
        shorts = {short: actor.id for actor in actors.values() for short in actor.short}
        self._shorts = shorts
        self._names_pattern = _any_of(names, re.IGNORECASE)
        self._shorts_pattern = _any_of(shorts, 0)

    def find(self, text: str) -> list[Mention]:
        """The mentions in `text`, in order, none overlapping another."""
        found = [
            Mention(self._owners[match["name"].lower()], match.start(), match.end())
            for match in (self._names_pattern.finditer(text) if self._names_pattern else ())
        ]
        taken = [(mention.start, mention.end) for mention in found]
        found += [
            Mention(self._shorts[match["name"]], match.start(), match.end())
            for match in (self._shorts_pattern.finditer(text) if self._shorts_pattern else ())
            if not any(start < match.end() and match.start() < end for start, end in taken)
        ]
        return sorted(found, key=lambda mention: mention.start)


def _any_of(names: Iterable[str], flags: int) -> re.Pattern[str] | None:
    options = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?P<name>{options}){_ENDING}(?![\w])(?!-\w)", flags) if options else None


def _actor(key: str, entry: ActorEntry) -> Actor:
    names = dict.fromkeys(alias for language in LANGUAGES for alias in getattr(entry.aliases, language))
    fields = entry.model_dump(exclude={"aliases", "proposed"})
    return Actor(id=key, aliases=tuple(names), **fields)
