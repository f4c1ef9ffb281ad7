"""The demonstration's people are made up and have no photograph: one is given one, so that each page that shows it is looked at."""

from django.utils import timezone

from clusters.enums import PhotographWay
from clusters.models import Person, Photograph
from core.pictures import squares_of
from rights.photographs import keep_photograph
from tests.accessibility.page_types import INVESTIGATOR
from tests.pictures import upload


def show_a_face() -> Photograph:
    """Add a photograph of the investigator, with whom it is by, as they would themselves."""
    person = Person.objects.get(user__email=INVESTIGATOR)
    squares = squares_of(upload(), Photograph.SIDES)
    way, today = PhotographWay.LINK, timezone.localdate()
    return keep_photograph(person, squares, way=way, by=None, agreed_on=today, author="Nadia Photographe")
