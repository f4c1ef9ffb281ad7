"""Links an account to a person when its owner signs in with the address that staff entered.

Linking at once would reveal whether such an account exists.
"""

from clusters.models import Person


def claim_at_sign_in(sender, request, user, **kwargs) -> None:
    """Link the account that signs in to the one person whose record names its address, unless it is somebody's already."""
    if Person.objects.filter(user=user).exists():
        return
    named = list(Person.objects.filter(user=None, account_address=user.email.lower())[:2])
    if len(named) == 1:
        named[0].user = user
        named[0].save(update_fields=["user"])
