from clusters.models.cluster import Cluster, Director, Figure, Membership, Phase, Theme
from clusters.models.institution import Institution, InstitutionAlias
from clusters.models.person import Person
from clusters.models.staff import StaffRole

__all__ = [
    "Cluster",
    "Director",
    "Figure",
    "Institution",
    "InstitutionAlias",
    "Membership",
    "Person",
    "Phase",
    "StaffRole",
    "Theme",
]
