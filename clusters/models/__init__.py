from clusters.models.address import Addressed, PastAddress
from clusters.models.cluster import Cluster, Director, Figure, Membership, Phase, Theme
from clusters.models.institution import Institution, InstitutionAlias
from clusters.models.person import Person
from clusters.models.staff import StaffRole

__all__ = [
    "Addressed",
    "Cluster",
    "Director",
    "Figure",
    "Institution",
    "InstitutionAlias",
    "Membership",
    "PastAddress",
    "Person",
    "Phase",
    "StaffRole",
    "Theme",
]
