from partners.models.invitation import Invitation
from partners.models.partner import Contact, Partner

__all__ = [
    "Contact",
    "Invitation",
    "Partner",
]
