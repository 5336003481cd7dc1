"""Plain pages beside the chat: made on the server, readable without JavaScript, with nothing from outside."""

from collections.abc import Callable

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, select_autoescape

from assistant.texts import say

# Nothing from outside, no scripts but our own, and no framing by other sites.
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_PAGES = Environment(loader=PackageLoader("assistant.web"), autoescape=select_autoescape())


def page(template: str, status: int, language: str, **values: object) -> HTMLResponse:
    """A page in the given language."""
    html = _PAGES.get_template(template).render(say=_speaker(language), language=language, **values)
    return HTMLResponse(html, status, headers={"Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff"})


def _speaker(language: str) -> Callable[..., str]:
    return lambda key, **values: say(key, language, **values)
