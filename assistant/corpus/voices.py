"""Who speaks in each sentence, and how.

A document's author speaks in it unless the text says otherwise. Norwegian prose says so in these ways:

    dash dialogue        – Vi er ikke alltid sikre, sier han til NTB.          quoted
    … over sentences     – Det går bra. Det er noe vi bør diskutere, sier han. quoted, both
    … inside a paragraph Mange kuttet. – Det er rom for mer, vedgår ministeren. quoted, the second
    … after a lead-in    Men han er enig:  – Vi er ikke sikre.                 quoted
    quotation marks      «Vi må gjøre mer», sier Hansen. Hansen sa: «Vi må.»    quoted
    closing tag          Plassene kommer nå, påpeker han.                       reported
    subject first        Kommisjonen peker på at arbeidskraften blir knapp.     reported
    according to         Ifølge Sintef er det vanskelig å følge pengene.        reported
    of a report          …, går det fram av rapporten. …, viser en rapport fra Sintef.   reported
    a list               Der går det fram: - Det er vanskelig … - Mange kommuner …       reported, each item

What is said about an actor is not the actor's. Where it isn't clear who speaks, the voice is the author's, with a note:
a name that is wrong is worse than a name that is missing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.corpus.actors import Actors, Mention, Mentions
from assistant.corpus.cleaning import DASH
from assistant.corpus.document import Block, BlockKind, Document, Manner, Sentence, Voice
from assistant.corpus.speech import (
    PRONOUN,
    PROPOSALS,
    REPORT_BY,
    REPORT_NOUN,
    SAYS,
    TAKES_POSITION,
    closing_tag,
    marked_speech,
    report_source,
    subject_before,
)

PERSON, GROUP = "person", "group"


def with_voices(document: Document, actors: Actors) -> Document:
    """The same document, its sentences with their voices."""
    listener = _Listener(document, _Reference(document, Mentions(actors), actors))
    sentences: list[Sentence] = []
    for index, block in enumerate(document.blocks):
        own = [sentence for sentence in document.sentences if sentence.block == index]
        sentences += listener.hear(block, own)
    return replace(document, sentences=tuple(sentences))


@dataclass
class _Reference:
    """Whom words such as "han", "helseministeren" and "rapporten" mean at this point of the document.

    Attributes:
        person, body, group: the last person, the last other actor and the last group that was mentioned.
        speaker: who was last quoted or reported.
        reporter: whose report, evaluation or survey was last mentioned.
    """

    document: Document
    mentions: Mentions
    actors: Actors
    person: str = ""
    body: str = ""
    group: str = ""
    speaker: str = ""
    reporter: str = ""

    def read(self, text: str, speaker: str) -> None:
        """Take note of a sentence and of whoever spoke in it."""
        self.speaker = speaker or self.speaker
        for mention in self.mentions.find(text):
            kind = self.actors[mention.actor].kind
            if not self._in_office(mention.actor) or mention.actor == self.document.metadata.author:
                continue
            if kind == PERSON:
                self.person = mention.actor
            elif kind == GROUP:
                self.group = mention.actor
            else:
                self.body = mention.actor
            named = text[mention.start : mention.end].lower()
            if REPORT_BY.search(text[: mention.start]) or REPORT_NOUN.search(named):
                self.reporter = mention.actor

    def subject(self, words: str, *, last: bool = False) -> str:
        """The actor that the subject of a verb of saying names, at its start or, with `last`, at its end."""
        words = words.strip()
        if pronoun := PRONOUN.match(words):
            return self.pronoun(pronoun["word"])
        if REPORT_NOUN.match(words):
            return self.source(words)
        mentions = [mention for mention in self.mentions.find(words) if self._in_office(mention.actor)]
        if not mentions or not (last or re.fullmatch(r"(?:[\w-]+,? ){0,4}", words[: mentions[0].start])):
            return ""
        # "forsker Kari Moe i Sintef" is Kari Moe.
        person = next((mention.actor for mention in mentions if self.actors[mention.actor].kind == PERSON), "")
        return person or mentions[-1 if last else 0].actor

    def first_subject(self, sentence: str) -> str:
        """The actor of "Kommisjonen peker på at …", "Men han er enig i …"; empty if the sentence has no such start."""
        opening = re.match(r"(?:Men |Og |Samtidig |Dessuten )?", sentence)
        rest = sentence[opening.end() :] if opening else sentence
        if (pronoun := PRONOUN.match(rest)) and TAKES_POSITION.match(rest, pronoun.end()):
            return self.pronoun(pronoun["word"])
        if noun := REPORT_NOUN.match(rest):
            return self.reporter if re.match(r"\s+(?:\w+ )?(?:at|til|på|finner|finn|mye)\b", rest[noun.end() :]) else ""
        mentions = [mention for mention in self.mentions.find(rest) if self._in_office(mention.actor)]
        if not mentions or not _only_titles(rest[: mentions[0].start]):
            return ""
        end = _end_of_name(rest, mentions)
        return mentions[0].actor if TAKES_POSITION.match(rest, end) else ""

    def pronoun(self, word: str) -> str:
        """Whom "han", "hun", "de" or "den" means; empty if nobody fits."""
        if word.lower() in {"han", "hun", "ho"}:
            return self.person
        if word.lower() in {"de", "dei"}:
            return self.group
        return self.speaker if self.actors[self.speaker].kind not in (PERSON, GROUP) else ""

    def source(self, words: str) -> str:
        """The actor behind "rapporten", "en rapport fra Sintef" or "Sintef"; empty if unknown."""
        mentions = [mention for mention in self.mentions.find(words) if self._in_office(mention.actor)]
        if mentions:
            return mentions[0].actor
        return self.reporter if REPORT_NOUN.match(words) else ""

    def _in_office(self, actor: str) -> bool:
        return self.actors[actor].in_office(self.document.metadata.date)


def _only_titles(words: str) -> bool:
    """Whether nothing but a title stands before a name: no other subject, and no clause of another's."""
    return bool(re.fullmatch(r"(?:(?!(?:vi|jeg|eg|at|som|når|hvis|om)\b)[\w-]+ ){0,4}", words, re.IGNORECASE))


def _end_of_name(text: str, mentions: Sequence[Mention]) -> int:
    """Where the first name ends, with a role before it, a party and a place after it: "Helseminister Moe (Ap)"."""
    end = mentions[0].end
    for following in mentions[1:]:
        if following.actor == mentions[0].actor and text[end : following.start] == " ":
            end = following.end
    after = re.compile(r"(?:\s+\([^)]*\)|\s+(?:i|fra|frå) [A-ZÆØÅ]\w+)*").match(text, end)
    return after.end() if after else end


@dataclass
class _Listener:
    """Reads a document block by block.

    Attributes:
        list_voice: the voice of the list items that follow, if their lead-in is somebody else's.
        lead_in: who is announced by a sentence that ends with a colon.
        dialogue: who spoke in the paragraph before, if it was dash dialogue.
    """

    document: Document
    reference: _Reference
    list_voice: Voice | None = None
    lead_in: str = ""
    dialogue: str = ""

    def hear(self, block: Block, sentences: Sequence[Sentence]) -> list[Sentence]:
        """The block's sentences with their voices."""
        if block.kind is BlockKind.FRONT_MATTER:
            return [self._said(sentence, self._own()) for sentence in sentences]
        if block.kind is BlockKind.ITEM and self.list_voice:
            return [self._said(sentence, self.list_voice) for sentence in sentences]
        is_dialogue = block.kind is not BlockKind.ITEM and DASH.match(self.document.text, block.start)
        marked = self._marked(block, sentences)
        if is_dialogue:
            heard = self._dialogue(block, sentences)
        else:
            heard = [self._said(s, marked.get(i) or self._alone(s)) for i, s in enumerate(sentences)]
        if block.kind is not BlockKind.ITEM:
            self.dialogue = heard[-1].voice.actor if heard and is_dialogue and heard[-1].voice.speech else ""
            self._look_ahead(block, heard)
        return heard

    def _dialogue(self, block: Block, sentences: Sequence[Sentence]) -> list[Sentence]:
        """A paragraph that begins with a dash is speech up to the tag that names its speaker."""
        if block.kind is BlockKind.HEADING:
            return [self._said(s, self._own("a quotation whose speaker the heading does not name")) for s in sentences]
        tags = [closing_tag(self._text(sentence)) for sentence in sentences]
        last = next((i for i, tag in enumerate(tags) if tag), len(sentences) - 1)
        tag = tags[last] if tags else None
        speaker = self.reference.subject(tag.subject) if tag else self.lead_in or self.dialogue
        heard = []
        for i, sentence in enumerate(sentences):
            if i > last:
                heard.append(self._said(sentence, self._alone(sentence, "follows a quotation; who speaks is not said")))
                continue
            end = sentence.start + tag.end if tag and i == last else sentence.end
            heard.append(self._said(sentence, self._quoted(speaker, self._after_dash(sentence), end)))
        return heard

    def _alone(self, sentence: Sentence, note: str = "") -> Voice:
        """The voice of a sentence by what itself says: speech after a dash, or indirect speech."""
        text = self._text(sentence)
        tag = closing_tag(text)
        if DASH.match(text):
            speaker = self.reference.subject(tag.subject) if tag else ""
            return self._quoted(speaker, self._after_dash(sentence), sentence.start + tag.end if tag else sentence.end)
        if tag:
            return self._reported(self.reference.subject(tag.subject), "who says this could not be told")
        if source := report_source(text):
            return self._reported(self.reference.source(source), "whose statement this is could not be told")
        if re.match(r"(?:Der|Her|Det) (?:går|kommer|kjem)\b.*:$", text):
            return self._reported(self.reference.reporter, "")
        return self._reported(self.reference.first_subject(text), note)

    def _marked(self, block: Block, sentences: Sequence[Sentence]) -> dict[int, Voice]:
        """Voices, by position in the block, of the sentences that hold words in quotation marks."""
        voices: dict[int, Voice] = {}
        text = self.document.text[block.start : block.end]
        for start, end in marked_speech(text):
            start, end = start + block.start, end + block.start
            inside = [i for i, s in enumerate(sentences) if s.start < end and start < s.end]
            if not inside:
                continue
            opening, closing = sentences[inside[0]], sentences[inside[-1]]
            before, after = self.document.text[opening.start : start], self.document.text[closing.start : closing.end]
            tag = closing_tag(after)
            if tag and closing.start + tag.end >= end - 1:
                speaker = self.reference.subject(tag.subject)
            elif subject := subject_before(before):
                speaker = self.reference.subject(subject, last=True)
            elif SAYS.search(before) or SAYS.search(self.document.text[end : closing.end]):
                speaker = ""
            else:
                continue
            for i in inside:
                voices[i] = self._quoted(speaker, max(start, sentences[i].start), min(end, sentences[i].end))
        return voices

    def _look_ahead(self, block: Block, heard: Sequence[Sentence]) -> None:
        """What the block's last sentence says about the list or the speech that follows it."""
        self.list_voice, self.lead_in = None, ""
        if not heard:
            return
        voice, text = heard[-1].voice, self._text(heard[-1])
        reported = voice.manner is Manner.REPORTED
        if reported and (text.endswith(":") or block.kind is BlockKind.HEADING):
            self.list_voice, self.lead_in = voice, voice.actor
        elif PROPOSALS.fullmatch(text) and (proposer := self.reference.group or self.reference.body):
            # A list of somebody's proposals, repeated by the author in order to answer them.
            self.list_voice = Voice(Manner.REPORTED, proposer)

    # Voices

    def _own(self, note: str = "") -> Voice:
        return Voice(Manner.OWN, self.document.metadata.author, note=note)

    def _quoted(self, speaker: str, start: int, end: int) -> Voice:
        if not speaker:
            return self._own("holds speech whose speaker could not be told")
        return self._own() if self._is_author(speaker) else Voice(Manner.QUOTED, speaker, (start, end))

    def _reported(self, speaker: str, doubt: str) -> Voice:
        if not speaker:
            return self._own(doubt)
        return self._own() if self._is_author(speaker) else Voice(Manner.REPORTED, speaker)

    def _is_author(self, actor: str) -> bool:
        """Whether the actor is the author, or the one on whose behalf the author speaks."""
        author = self.document.metadata.author
        return bool(author) and actor in (author, self.reference.actors[author].part_of)

    def _said(self, sentence: Sentence, voice: Voice) -> Sentence:
        self.reference.read(self._text(sentence), voice.actor if voice.manner is not Manner.OWN else "")
        return replace(sentence, voice=voice)

    def _text(self, sentence: Sentence) -> str:
        return self.document.text[sentence.start : sentence.end]

    def _after_dash(self, sentence: Sentence) -> int:
        dash = DASH.match(self.document.text, sentence.start)
        return dash.end() if dash else sentence.start
