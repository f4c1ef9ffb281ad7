from allauth.mfa.utils import is_mfa_enabled

from accounts.models import User


def has_second_factor(user: User) -> bool:
    """Whether this person signs in with more than a password."""
    return is_mfa_enabled(user)
