"""Django's database sessions, looked up by a prepared query."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from core.prepared import Argument, Prepared


@Prepared
def _live_sessions() -> Any:
    key, now = Argument("key", CharField()), Argument("now", DateTimeField())
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        key = self.session_key or ""
        # A quoted cookie may hold a NUL character, which PostgreSQL accepts in no text.
        found: list[Session] = _live_sessions(key=key, now=timezone.now()) if "\0" not in key else []
        if found:
            return found[0]
        self._session_key = None
        return None
