"""The sign-in backend: allauth's, except that it looks up a request's account by a prepared query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from core.logs.facts import note_actor
from core.prepared import Argument, Prepared


@Prepared
def _accounts() -> Any:
    return User._default_manager.filter(pk=Argument("pk"))


class AccountBackend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> User | None:
        """Return the account of a session, or None if it was deleted or deactivated."""
        note_actor(user_id)
        found: list[User] = _accounts(pk=user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None
