"""Links an account to a person when its owner signs in with the address that staff entered, or with the person's ORCID iD.

Linking at once would reveal whether such an account exists. An iD opens no account that a person has already: whoever may
change the record would choose who opens it.
"""

from allauth.core.exceptions import ImmediateHttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.identities.joined import orcids_of, providers
from accounts.identities.known import Kind
from accounts.identities.refusals import refuse
from clusters.models import Person

NOBODY = _(
    "No person here has the ORCID iD that %(provider)s confirms. Ask your cluster’s office to enter it in your record, or sign in another way."
)
HAS_AN_ACCOUNT = _(
    "The person with this ORCID iD has an account here already. Sign in to it as you usually do, then join %(provider)s on your account’s page."
)
SOMEBODY_ELSE = _(
    "Your account belongs to a person here whose record does not have the ORCID iD that %(provider)s confirms."
)


def claim_at_sign_in(sender, request, user, **kwargs) -> None:
    """Link the account that signs in to the one person whose record names its address or iD, unless it is somebody's already."""
    if Person.objects.filter(user=user).exists():
        return
    named = list(Person.objects.filter(user=None, account_address=user.email.lower())[:2])
    if len(named) != 1:
        named = list(Person.objects.filter(user=None, orcid__in=orcids_of(user))[:2])
    if len(named) == 1:
        named[0].user = user
        named[0].save(update_fields=["user"])


def claim_when_joined(sender, request, sociallogin, **kwargs) -> None:
    """Link an account to the person whose ORCID iD its owner has just proved."""
    claim_at_sign_in(sender, request, sociallogin.user)


def meet_orcid(sender, request, sociallogin, **kwargs) -> None:
    """Refuse an ORCID iD that signs nobody in yet, unless a person here has it and may be given an account by it."""
    provider = providers()[sociallogin.account.provider]
    if provider.kind != Kind.ORCID or sociallogin.is_existing:
        return
    person = Person.objects.filter(orcid=sociallogin.account.uid).first()
    mine = Person.objects.filter(user=request.user).first() if request.user.is_authenticated else None
    if mine is not None and mine != person:
        sentence = SOMEBODY_ELSE
    elif person is None:
        sentence = NOBODY
    elif person.user_id is not None and person != mine:
        sentence = HAS_AN_ACCOUNT
    else:
        return
    raise ImmediateHttpResponse(refuse(request, provider, sentence, 403))
