from partners.models.agreement import Agreement, AgreementTransition, Signature
from partners.models.clause import Clause, ClauseVersion
from partners.models.conflict import ConflictResolution
from partners.models.document import SupportingDocument
from partners.models.endorsement import Endorsement
from partners.models.instalment import Instalment, InstalmentTransition
from partners.models.invitation import Invitation
from partners.models.ledger import LedgerEntry, LedgerHead
from partners.models.message import Message, MessageFile, MessageReading
from partners.models.partner import Contact, Partner
from partners.models.progress import ProgressReport, ProgressReportTransition, ReportFile
from partners.models.reminder import Reminder
from partners.models.signing import SigningCode
from partners.models.sponsorship import Sponsorship
from partners.models.sponsorship_transition import SponsorshipTransition
from partners.models.submission import FieldRemark, SponsorshipSubmission

__all__ = [
    "Agreement",
    "AgreementTransition",
    "Clause",
    "ClauseVersion",
    "ConflictResolution",
    "Contact",
    "Endorsement",
    "FieldRemark",
    "Instalment",
    "InstalmentTransition",
    "Invitation",
    "LedgerEntry",
    "LedgerHead",
    "Message",
    "MessageFile",
    "MessageReading",
    "Partner",
    "Reminder",
    "ProgressReport",
    "ProgressReportTransition",
    "ReportFile",
    "Signature",
    "SigningCode",
    "Sponsorship",
    "SponsorshipSubmission",
    "SponsorshipTransition",
    "SupportingDocument",
]
