from partners.models.document import SupportingDocument
from partners.models.endorsement import Endorsement
from partners.models.partner import Contact, Partner
from partners.models.sponsorship import Sponsorship, SponsorshipTransition
from partners.models.submission import FieldRemark, SponsorshipSubmission

__all__ = [
    "Contact",
    "Endorsement",
    "FieldRemark",
    "Partner",
    "Sponsorship",
    "SponsorshipSubmission",
    "SponsorshipTransition",
    "SupportingDocument",
]
