from partners.models.invitation import Invitation
from partners.models.office_contact import OfficeContact
from partners.models.partner import Contact, Partner

__all__ = [
    "Contact",
    "Invitation",
    "OfficeContact",
    "Partner",
]
