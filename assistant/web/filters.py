"""The boxes that narrow a search."""

from collections import Counter
from typing import Any

from assistant.answers.library import Library
from assistant.texts import say


def filter_boxes(page: Any, library: Library, language: str) -> list[Any]:
    """Add boxes for actors, kinds, documents, first and last day to a Gradio page that is being built.

    Each says how much it leaves; that is counted anew when the page is opened.
    """
    import gradio as gr

    with gr.Accordion(say("filters", language), open=False, elem_id="filters"), gr.Row():
        lists = [
            gr.Dropdown(label=say(key, language), multiselect=True, elem_id=f"filter-{key}")
            for key in ("who", "kind", "document")
        ]
        days = [
            gr.DateTime(label=say(key, language), include_time=False, type="string", elem_id=key)
            for key in ("from_day", "to_day")
        ]
    page.load(
        lambda: [gr.Dropdown(choices=some) for some in _choices(library, language)],
        None,
        lists,
        api_visibility="private",
    )
    return [*lists, *days]


def _choices(library: Library, language: str) -> list[list[tuple[str, str]]]:
    """Who speaks in how many documents, kinds with the number of theirs, and documents with their sentences."""
    assistant = library.assistant
    entries = assistant.catalogue.values()
    speakers = Counter(actor for entry in entries for actor in entry.speakers)
    kinds = Counter(entry.metadata.kind for entry in entries if entry.metadata.kind)
    return [
        [(f"{assistant.actors[i].name} ({n})", i) for i, n in speakers.most_common()],
        [(f"{say(kind, language)} ({n})", kind) for kind, n in kinds.most_common()],
        [(f"{entry.metadata.title} ({entry.sentences})", entry.id) for entry in entries],
    ]
