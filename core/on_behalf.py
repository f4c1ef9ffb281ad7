"""Who acts on behalf of whom, for records that keep both names. Roles are known above this app: `clusters` registers how
a stand-in gets those of the colleague.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

# Under STAND_IN: the function that returns an account as it acts for a colleague.
ACTING: dict[str, Callable[[Any, Any], Any]] = {}
STAND_IN = "stand_in"


def colleague_of(user: Any) -> Any:
    """Return the colleague for whom the user acts in this request, or None."""
    return getattr(user, "acts_for", None)


def hands_of(user: Any) -> frozenset[int]:
    """Return the keys of the user and of the colleague for whom they act: neither is a second person for the other."""
    other = colleague_of(user)
    return frozenset({user.pk, other.pk} if other else {user.pk})


def as_then(user: Any, colleague: Any) -> Any:
    """Return the user as they acted for the colleague, as far as they still stand in for them; without one, the user."""
    return user if colleague is None else ACTING[STAND_IN](user, colleague)


def names_of(user: Any, colleague: Any) -> str:
    """Return the name of who acted, and of the colleague on whose behalf; an empty text for nobody."""
    name = str(user) if user else ""
    return _("%(name)s, on behalf of %(person)s") % {"name": name, "person": colleague} if colleague else name


def named_with(user: Any, colleague: Any) -> Any:
    """Return an account from the database as it acted then: what it is named in (mails, the history) names both. It lends no role."""
    if user is not None and colleague is not None:
        user.acts_for = colleague
    return user


@dataclass(frozen=True)
class Actor:
    """A stand-in as a mail names them, in the middle of a sentence: with the colleague on whose behalf they acted."""

    account: Any

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        said = {"name": self.account, "person": self.acts_for}
        return _("%(name)s (on behalf of %(person)s)") % said

    @property
    def acts_for(self) -> Any:
        return colleague_of(self.account)

    @property
    def email(self) -> str:
        return self.account.email
