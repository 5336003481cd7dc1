"""Who may change the collection: whoever has given the editor's password. Everybody else reads."""

import hmac
import secrets
import time
from dataclasses import dataclass, field

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse
from pydantic import SecretStr

_COOKIE, _DAY = "editor", 86_400
# After this many wrong passwords within a minute nobody is let in until the minute is over.
_TRIES, _WHILE = 10, 60.0


@dataclass
class Editors:
    """Sessions of editors, kept in memory: a restart ends them.

    Attributes:
        password: empty if nobody may change anything on the page.
    """

    password: SecretStr
    _sessions: dict[str, float] = field(default_factory=dict)
    _wrong: list[float] = field(default_factory=list)

    @property
    def possible(self) -> bool:
        """Whether a password has been set."""
        return bool(self.password.get_secret_value())

    def includes(self, request: Request) -> bool:
        """Whether the request comes from an editor."""
        return self._sessions.get(request.cookies.get(_COOKIE, ""), 0.0) > time.time()

    def require(self, request: Request) -> None:
        """Refuse a request that doesn't come from an editor.

        Raises:
            HTTPException: status 403.
        """
        if not self.includes(request):
            raise HTTPException(403, "Only an editor may do this.")

    def let_in(self, given: str) -> RedirectResponse | None:
        """The way back to the documents with a session, or None if the password is wrong."""
        now = time.time()
        self._wrong[:] = [moment for moment in self._wrong if moment > now - _WHILE]
        right = hmac.compare_digest(given.encode(), self.password.get_secret_value().encode())
        if not (self.possible and right) or len(self._wrong) >= _TRIES:
            self._wrong.append(now)
            return None
        token = secrets.token_urlsafe(32)
        self._sessions[token] = now + _DAY
        answer = RedirectResponse("/documents", 303)
        # Strict: no other site can make an editor's browser send a change.
        answer.set_cookie(_COOKIE, token, max_age=_DAY, httponly=True, samesite="strict")
        return answer

    def let_out(self, request: Request) -> RedirectResponse:
        """End the session."""
        self._sessions.pop(request.cookies.get(_COOKIE, ""), None)
        answer = RedirectResponse("/documents", 303)
        answer.delete_cookie(_COOKIE)
        return answer
