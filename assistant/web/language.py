"""Which of the three languages a visitor reads, and where to choose another."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from assistant.texts import LANGUAGES

_COOKIE = "language"
_CODES = {"nb": "nb", "no": "nb", "nn": "nn", "en": "en"}


def language_routes() -> APIRouter:
    """`/` leads to the page in the visitor's language, `/language/{code}` chooses one and remembers it."""
    router = APIRouter()

    @router.get("/", include_in_schema=False)
    def front(request: Request) -> RedirectResponse:
        return RedirectResponse(f"/{preferred_language(request)}/", 307)

    @router.get("/language/{code}", include_in_schema=False)
    def choose(code: str) -> RedirectResponse:
        chosen = _CODES.get(code, LANGUAGES[0])
        answer = RedirectResponse(f"/{chosen}/", 303)
        answer.set_cookie(_COOKIE, chosen, max_age=31_536_000, samesite="lax", httponly=True)
        return answer

    return router


def preferred_language(request: Request) -> str:
    """The language that was chosen, or the first that the browser asks for; bokmål if it asks for none of the three."""
    chosen = request.cookies.get(_COOKIE, "")
    asked = request.headers.get("accept-language", "").lower().replace(";", ",").split(",")
    return next((_CODES[code.strip()[:2]] for code in (chosen, *asked) if code.strip()[:2] in _CODES), LANGUAGES[0])
