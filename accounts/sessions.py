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
        found: list[Session] = _live_sessions(key=self.session_key, now=timezone.now())
        if found:
            return found[0]
        self._session_key = None
        return None
