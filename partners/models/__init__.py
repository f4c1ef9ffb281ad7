from partners.models.partner import Contact, Partner
from partners.models.sponsorship import Sponsorship, SponsorshipTransition

__all__ = ["Contact", "Partner", "Sponsorship", "SponsorshipTransition"]
