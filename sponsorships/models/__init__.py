from sponsorships.models.agreement import Agreement, AgreementTransition, Signature
from sponsorships.models.clause import Clause, ClauseVersion
from sponsorships.models.closed_year import ClosedYear, LateEntry
from sponsorships.models.conflict import ConflictResolution
from sponsorships.models.document import SupportingDocument
from sponsorships.models.endorsement import Endorsement
from sponsorships.models.instalment import Instalment, InstalmentTransition
from sponsorships.models.kept_sum import CountedSponsorship, KeptSum, UncountedChange
from sponsorships.models.ledger import LedgerEntry, LedgerHead
from sponsorships.models.reference import ReferenceCounter
from sponsorships.models.signing import SigningCode
from sponsorships.models.sponsorship import Sponsorship
from sponsorships.models.sponsorship_transition import SponsorshipTransition
from sponsorships.models.submission import FieldRemark, SponsorshipSubmission

__all__ = [
    "Agreement",
    "AgreementTransition",
    "Clause",
    "ClauseVersion",
    "ClosedYear",
    "ConflictResolution",
    "CountedSponsorship",
    "Endorsement",
    "FieldRemark",
    "Instalment",
    "InstalmentTransition",
    "KeptSum",
    "LateEntry",
    "LedgerEntry",
    "LedgerHead",
    "ReferenceCounter",
    "Signature",
    "SigningCode",
    "Sponsorship",
    "SponsorshipSubmission",
    "SponsorshipTransition",
    "SupportingDocument",
    "UncountedChange",
]
