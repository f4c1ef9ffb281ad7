"""The page shown when a sign-in at a provider fails: a sentence, a status and a link to go on."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts.identities.known import IdentityProvider

logger = logging.getLogger("accounts")

EXPIRED = _("This sign-in took too long, was used already, or was not begun in this browser. Begin again.")
DENIED = _("You did not let %(provider)s tell us who you are. Nothing has changed.")
FAILED = _("%(provider)s does not answer as it should. Try again in a while, or sign in another way.")
LEVEL = _(
    "%(provider)s did not confirm the level of assurance that this site asks for. Set up two-factor sign-in there, or ask your organisation for it, then try again."
)
SLOWED = _("Too many attempts. Wait a minute, then try again.")
NO_ADDRESS = _("%(provider)s did not say who you are in a form that this site can keep.")


def refuse(
    request: HttpRequest, provider: IdentityProvider, sentence: object, status: int, reason: object = ""
) -> HttpResponse:
    """Return the page that explains the failure. `reason` goes to the log, for the site's operators."""
    if reason:
        logger.warning("Sign-in by %s failed: %s", provider.slug, reason)
    context = {"provider": provider, "sentence": str(sentence) % {"provider": provider.name}}
    return render(request, "accounts/identities/refused.html", context, status=status)
