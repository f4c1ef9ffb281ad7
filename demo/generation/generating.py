"""Generate the whole directory, in one transaction."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chairs.enums import ChairStatus
from chairs.imports.loading import Files, load_directory
from chairs.imports.report import Report
from chairs.models import Appointment
from chairs.search.index import rebuilt_afterwards
from clusters.models import Cluster, Person
from core.mail.queue import muted
from demo.cast import Cast, gather
from demo.chairs import INVESTIGATOR, INVESTIGATOR_EMAIL
from demo.generation.chairs import make_chairs
from demo.generation.companies import make_companies
from demo.generation.programme import make_programme
from demo.generation.sponsorships import make_sponsorships
from demo.generation.surroundings import Surroundings, make_surroundings
from demo.generation.words import COMMON, COMMON_SHARE, RARE, RARE_SHARE
from demo.tally import Tally

DATA = settings.BASE_DIR / "data"
# Chairs in memory at a time.
BATCH_SIZE = 500
INVESTIGATORS_CHAIRS = 2


def generate(chairs: int, seed: int, say: Callable[[str], object] = lambda line: None) -> Cast:
    """Create this number of chairs and their related records in an empty database. Return the accounts.

    The kept sums are the caller's to rebuild, once it has changed what they depend on.
    """
    with translation.override("en"), transaction.atomic(), rebuilt_afterwards(), muted():
        load_directory(Files(DATA / "reference.json", DATA / "clusters.json"), Report(say=lambda line: None))
        cast = gather({cluster.slug: cluster for cluster in Cluster.objects.all()}, Tally())
        around = make_surroundings(chairs, seed, timezone.localdate(), cast)
        contacts = make_companies(chairs, around)
        planted = _planted(chairs, around)
        for start in range(0, chairs, BATCH_SIZE):
            stop = min(start + BATCH_SIZE, chairs)
            make_sponsorships(make_chairs(range(start, stop), planted, around), contacts, around)
            say(_("%(number)d of %(all)d chairs") % {"number": stop, "all": chairs})
        make_programme(chairs, around)
        _give_account_to_investigator(cast)
    return cast


def _planted(chairs: int, around: Surroundings) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return the words to plant in chairs, by the chair's place: each word in an exact share of them."""
    planted: dict[int, tuple[tuple[str, str], ...]] = {}
    for word, share in ((COMMON, COMMON_SHARE), (RARE, RARE_SHARE)):
        for place in around.chance.sample(range(chairs), chairs * share // 100):
            planted[place] = (*planted.get(place, ()), word)
    return planted


def _give_account_to_investigator(cast: Cast) -> None:
    """Link the demonstration's investigator account to a person who holds running chairs."""
    account = cast.account(INVESTIGATOR_EMAIL, INVESTIGATOR, "fr", _("Principal investigator"))
    running = Appointment.objects.filter(chair__status=ChairStatus.ACTIVE).order_by("pk")
    people = list(running.values_list("person", flat=True)[:BATCH_SIZE])
    if people:
        chosen = next((person for person in people if people.count(person) >= INVESTIGATORS_CHAIRS), people[0])
        Person.objects.filter(pk=chosen).update(user=account)
