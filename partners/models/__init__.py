from partners.models.agreement import Agreement, AgreementTransition, Signature
from partners.models.document import SupportingDocument
from partners.models.endorsement import Endorsement
from partners.models.instalment import Instalment, InstalmentTransition
from partners.models.ledger import LedgerEntry, LedgerHead
from partners.models.partner import Contact, Partner
from partners.models.sponsorship import Sponsorship, SponsorshipTransition
from partners.models.submission import FieldRemark, SponsorshipSubmission

__all__ = [
    "Agreement",
    "AgreementTransition",
    "Contact",
    "Endorsement",
    "FieldRemark",
    "Instalment",
    "InstalmentTransition",
    "LedgerEntry",
    "LedgerHead",
    "Partner",
    "Signature",
    "Sponsorship",
    "SponsorshipSubmission",
    "SponsorshipTransition",
    "SupportingDocument",
]
