from chairs.models.activity import Activity, ActivityTransition, TeachingElement
from chairs.models.appointment import Appointment, Discipline
from chairs.models.chair import Chair, ChairTransition, StatedPartner
from chairs.models.consent import ConsentEvent
from chairs.models.kind import ChairKind, CompositionRule
from chairs.models.search import SearchEntry, SearchWord

__all__ = [
    "Activity",
    "ActivityTransition",
    "Appointment",
    "Chair",
    "ChairKind",
    "ChairTransition",
    "CompositionRule",
    "ConsentEvent",
    "Discipline",
    "SearchEntry",
    "SearchWord",
    "StatedPartner",
    "TeachingElement",
]
