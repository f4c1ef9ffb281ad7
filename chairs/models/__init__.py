from chairs.models.activity import Activity, ActivityTransition, TeachingElement
from chairs.models.appointment import Appointment, Discipline
from chairs.models.card import ActivityCard, ChairCard
from chairs.models.chair import Chair
from chairs.models.chair_transition import ChairTransition
from chairs.models.concept import Concept
from chairs.models.consent import ConsentEvent
from chairs.models.kind import ChairKind, CompositionRule
from chairs.models.meaning import ChairMeaning
from chairs.models.organisation import ChairOrganisation
from chairs.models.output import Output
from chairs.models.search import SearchEntry, SearchWord, StaleMark
from chairs.models.share import ClusterShare
from chairs.models.start_up import CountedOutput, StartUp
from chairs.models.stated_partner import StatedPartner

__all__ = [
    "Activity",
    "ActivityCard",
    "ActivityTransition",
    "Appointment",
    "Chair",
    "ChairCard",
    "ChairKind",
    "ChairMeaning",
    "ChairOrganisation",
    "ChairTransition",
    "ClusterShare",
    "CompositionRule",
    "Concept",
    "ConsentEvent",
    "CountedOutput",
    "Discipline",
    "Output",
    "SearchEntry",
    "SearchWord",
    "StaleMark",
    "StartUp",
    "StatedPartner",
    "TeachingElement",
]
