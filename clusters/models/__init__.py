from clusters.models.change_request import ChangeRequest
from clusters.models.cluster import Cluster, Director, Figure, Membership, Phase, Theme
from clusters.models.delegation import Delegation
from clusters.models.institution import Institution, InstitutionAlias
from clusters.models.intake import Intake, IntakeOverlap, OverlapPart
from clusters.models.person import Person
from clusters.models.photograph import Photograph
from clusters.models.staff import StaffRole
from clusters.models.staff_invitation import StaffInvitation
from clusters.models.training import StatedCount, TrainingProgramme

__all__ = [
    "ChangeRequest",
    "Cluster",
    "Delegation",
    "Director",
    "Figure",
    "Institution",
    "InstitutionAlias",
    "Intake",
    "IntakeOverlap",
    "Membership",
    "OverlapPart",
    "Person",
    "Phase",
    "Photograph",
    "StaffInvitation",
    "StaffRole",
    "StatedCount",
    "Theme",
    "TrainingProgramme",
]
