"""Links an account to a person at sign-in, by the address that staff entered or by the person's ORCID iD.

Linking when staff enter the address would reveal whether an account exists. An iD gives no access to a person who
already has an account: else editors of the record could choose who signs in. For the same reason, an iD counts only if
it comes from a source or from a user who may link accounts: editors may enter iDs, but not link accounts.
"""

from allauth.core.exceptions import ImmediateHttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.identities.joined import orcids_of, providers
from accounts.identities.known import Kind
from accounts.identities.refusals import refuse
from clusters.models import Person
from clusters.perms import may_link_accounts

NOBODY = _(
    "No person here has the ORCID iD that %(provider)s confirms. Ask your cluster’s office to enter it in your record, or sign in another way."
)
HAS_AN_ACCOUNT = _(
    "The person with this ORCID iD has an account here already. Sign in to it as you usually do, then join %(provider)s on your account’s page."
)
UNCONFIRMED = _(
    "A person here has the ORCID iD that %(provider)s confirms, but it was not entered by somebody who may give them an account. Ask a manager of your cluster to enter your account’s address in the record."
)
SOMEBODY_ELSE = _(
    "Your account belongs to a person here whose record does not have the ORCID iD that %(provider)s confirms."
)


def claim_at_sign_in(sender, request, user, **kwargs) -> None:
    """Link the account that signs in to the one unlinked person with its address or iD, if it is not linked yet."""
    if Person.objects.filter(user=user).exists():
        return
    named = list(Person.objects.filter(user=None, account_address=user.email.lower())[:2])
    if len(named) != 1:
        named = list(filter(is_confirmed, Person.objects.filter(user=None, orcid__in=orcids_of(user))[:2]))
    if len(named) == 1:
        named[0].user = user
        named[0].save(update_fields=["user"])


def is_confirmed(person: Person) -> bool:
    """Return whether the iD in a record may link an account.

    It may if a source stated it, or if the user who entered its present value may link accounts.
    """
    writer = None
    for line in person.history.select_related("history_user").order_by("-history_date", "-history_id"):
        if line.orcid != person.orcid:
            break
        writer = line.history_user
    return writer is None or may_link_accounts(writer, person)


def claim_when_joined(sender, request, sociallogin, **kwargs) -> None:
    """Link an account to the person whose ORCID iD its owner has just proved."""
    claim_at_sign_in(sender, request, sociallogin.user)


def meet_orcid(sender, request, sociallogin, **kwargs) -> None:
    """Refuse an ORCID iD that is not linked yet, unless a person here has it and it may link their account."""
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
    elif person.user_id is None and not is_confirmed(person):
        sentence = UNCONFIRMED
    else:
        return
    raise ImmediateHttpResponse(refuse(request, provider, sentence, 403))
