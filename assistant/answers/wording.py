"""An answer in words, in the question's language, without a model."""

from collections.abc import Iterator, Sequence

from assistant.answers.answer import Answer, Status
from assistant.answers.dates import Period
from assistant.answers.filters import Filters
from assistant.answers.questions import Understanding
from assistant.answers.quote import Quote
from assistant.answers.writing.written import Checked, Written
from assistant.corpus.actors import Actor, Actors
from assistant.corpus.document import Document, Manner
from assistant.texts import decimal, listing, long_date, say

PRESS = "newspaper"


def lead(status: Status, actors: Sequence[Actor], unknown: str, topic: str, language: str) -> str:
    """The first sentence of an answer: who is quoted, or why nobody is."""
    names = listing([actor.name for actor in actors], language) if actors else ""
    if status is Status.ANSWERED:
        return say("answered_actor", language, actors=names) if names else say("answered", language)
    if status is Status.UNKNOWN_ACTOR:
        return say("unknown_actor", language, actor=unknown)
    if status is Status.NOTHING_FOUND and not names:
        return say("nothing_found", language)
    key = "nothing_found_actor" if status is Status.NOTHING_FOUND else status.value
    return say(key, language, actors=names, topic=topic)


def outside_dates(period: Period, first: str, last: str, language: str) -> str:
    """Why a period holds no answer."""
    return say("outside_dates", language, period=period_words(period, language), first=first, last=last)


def period_words(period: Period, language: str) -> str:
    """A period as one says it."""
    first = long_date(period.first, language) if period.first else ""
    last = long_date(period.last, language) if period.last else ""
    if first and last:
        return f"{first}–{last}"
    return say("after", language, day=first) if first else say("before", language, day=last)


def group_title(actor: Actor, document: Document, manner: Manner, actors: Actors, language: str) -> str:
    """Who speaks where and when: "Mental Helse i eget høringsinnspill"."""
    known = document.metadata
    date = f", {long_date(known.date, language)}" if known.date else f" ({say('undated', language)})"
    source = actors[known.author].name if known.author else known.title
    if not actor.id:
        return say("no_author", language, source=source, date=date)
    key = manner.value
    if manner is Manner.OWN and actor.kind == PRESS:
        key = "own_press"
    kind = say(known.kind or "other", language)
    return say(key, language, actor=actor.title, kind=kind, source=source, date=date)


def quote_line(number: int, quote: Quote, language: str) -> str:
    """A quote with its page and number."""
    page = f" {say('page', language, page=quote.page)}" if quote.page else ""
    return f"{quote.marked}{page} [{number}]{also_line(quote, language)}"


def also_line(quote: Quote, language: str) -> str:
    """Where else nearly the same stands, in brackets; empty if nowhere."""
    titles = dict.fromkeys(other.document.metadata.title for other in quote.also)
    return f" ({say('also_in', language, titles=listing(list(titles), language))})" if titles else ""


def citation(quote: Quote, actors: Actors, language: str) -> str:
    """The quote as one prints it, with whose words they are and where they stand; its address is for the page to add.

    Indirect speech stands without quotation marks, as the words of whoever reports it.
    """
    known = quote.document.metadata
    page = say("page", language, page=quote.page) if quote.page else ""
    day = long_date(known.date, language) if known.date else say("undated", language)
    place = ", ".join(part for part in (f"«{known.title}»", day, page) if part)
    if quote.manner is Manner.OWN:
        return f"{quote.marked} – {quote.actor.title or say('unknown_author', language)}, {place}"
    source = actors[known.author].name if known.author else known.title
    how = say(f"cited_{quote.manner.value}", language, actor=quote.actor.title, source=source)
    return f"{quote.marked} – {how}, {place}"


def filters_line(filters: Filters, actors: Actors, titles: Sequence[str], language: str) -> str:
    """Which filters were on: "Filtre: Mental Helse · brev"; empty if none was.

    Args:
        filters: what the search was narrowed to.
        actors: for their names.
        titles: of the documents that the filters name.
        language: of the words around them.
    """
    period = period_words(filters.period, language) if filters.period else ""
    named = [*(actors[i].name for i in filters.actors), *(say(kind, language) for kind in filters.kinds), *titles]
    parts = [part for part in (*named, period) if part]
    return say("filters_on", language, parts=" · ".join(parts)) if parts else ""


def full_text(answer: Answer, actors: Actors, language: str) -> str:
    """The whole answer as plain text."""
    return "\n\n".join(paragraph for paragraph in _paragraphs(answer, actors, language) if paragraph)


def understood_line(asked: Understanding, actors: Actors) -> str:
    """What a follow-up was understood as: "Forstått som: NAPHA · lovkrav"; empty if it took nothing over."""
    if not asked.carried:
        return ""
    period = period_words(asked.period, asked.language) if asked.period else ""
    parts = [*(actors[actor].name for actor in asked.actors), asked.about, period]
    return say("understood", asked.language, parts=" · ".join(part for part in parts if part))


def _paragraphs(answer: Answer, actors: Actors, language: str) -> Iterator[str]:
    yield understood_line(answer.understanding, actors)
    yield answer.lead
    yield written_text(answer.written, language)
    for actor, document, manner, members in answer.groups():
        lines = [group_title(actor, document, manner, actors, language)]
        yield "\n".join([*lines, *(f"  {quote_line(number, quote, language)}" for number, quote in members)])
    if answer.closest:
        closest = [f"  {quote.marked} ({quote.document.metadata.title})" for quote in answer.closest]
        yield "\n".join([say("closest", language), *closest])
    yield others_line(answer, language)
    yield searched_line(answer, language)


def written_text(written: Written | None, language: str) -> str:
    """What a chat model wrote, with the numbers of its sources, and what became of the rest; empty if nothing."""
    if written is None:
        return ""
    lines = [f"  {claim.shown} {source_marks(claim)}" for claim in written.claims]
    head = [say("written_by", language, model=written.model)] if lines else []
    return "\n".join([*head, *lines, *written_notes(written, language)])


def source_marks(checked: Checked) -> str:
    """The numbers of a claim's sources: "[1] [3]"."""
    return " ".join(f"[{number}]" for number in checked.sources)


def written_notes(written: Written, language: str) -> list[str]:
    """Why there is less than a whole written answer, and how many claims were left out."""
    notes = [say(f"chat_{written.trouble.value}", language)] if written.trouble else []
    count = len(written.dropped)
    return [*notes, say("dropped_one" if count == 1 else "dropped", language, n=count)] if count else notes


def dropped_line(checked: Checked, language: str) -> str:
    """A claim that was left out, without quotation marks, and why."""
    why = say(f"fault_{checked.fault.value if checked.fault else 'none'}", language)
    about = f" ({checked.about})" if checked.about else ""
    return f"{checked.shown} – {why}{about}"


def others_line(answer: Answer, language: str) -> str:
    """Who else speaks about the same; empty if nobody does."""
    named = " · ".join(f"{actor.name} ({count})" for actor, count in answer.others)
    return say("others", language, others=named) if named else ""


def searched_line(answer: Answer, language: str) -> str:
    """How much was searched, and how long it took."""
    searched = answer.searched
    documents = searched_documents(searched.documents, language)
    seconds = decimal(answer.seconds, language)
    return say("searched", language, documents=documents, passages=searched.passages, seconds=seconds)


def searched_documents(count: int, language: str) -> str:
    """A number of documents as one says it: "1 dokument", "5 dokumenter"."""
    return say("documents_one" if count == 1 else "documents", language, n=count)
