"""The cast: one person of each sort that the design names, all looking at the same small world."""

import copy
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from accounts.models import User
from chairs.models import Chair
from clusters.enums import Role
from clusters.models import Cluster
from partners.models import Partner
from tests import factories

ANONYMOUS = "anonymous"
PARTNER, RIVAL, PI = "partner", "rival", "pi"
READER, FINANCE, EDITOR = "reader", "finance", "editor"
MANAGER, SECOND_MANAGER, OTHER_MANAGER = "manager", "second_manager", "other_manager"
AUDITOR, COORDINATOR, SUPERUSER = "auditor", "coordinator", "superuser"

PERSONAS = (
    ANONYMOUS,
    PARTNER,
    RIVAL,
    PI,
    READER,
    FINANCE,
    EDITOR,
    MANAGER,
    SECOND_MANAGER,
    OTHER_MANAGER,
    AUDITOR,
    COORDINATOR,
    SUPERUSER,
)
CLUSTER_ROLES = {
    READER: Role.READER,
    FINANCE: Role.FINANCE,
    EDITOR: Role.EDITOR,
    MANAGER: Role.MANAGER,
    SECOND_MANAGER: Role.MANAGER,
}


@dataclass
class Cast:
    """The people by name, the cluster and chair that they look at, the partner whose files these are, and its rival."""

    cluster: Cluster
    elsewhere: Cluster
    chair: Chair
    company: Partner
    competitor: Partner
    users: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, name: str) -> User:
        return self.users[name]

    def contact(self, name: str):
        return self.users[name].contacts.get()


def make_cast() -> Cast:
    """Make everybody, afresh: what a person may do is read once and kept on the user object."""
    cast = Cast(
        cluster=factories.make_cluster(slug="here", name="Cluster of the cast"),
        elsewhere=factories.make_cluster(slug="elsewhere", name="Another cluster"),
        chair=None,
        company=factories.make_partner(name="Partner of the cast", slug="partner-of-the-cast"),
        competitor=factories.make_partner(name="Rival of the cast", slug="rival-of-the-cast"),
    )
    users = {
        name: factories.make_staff(cast.cluster, role, email=f"{name}@example.org")
        for name, role in CLUSTER_ROLES.items()
    }
    users[OTHER_MANAGER] = factories.make_staff(cast.elsewhere, Role.MANAGER, email="other_manager@example.org")
    users[AUDITOR] = factories.make_staff(None, Role.AUDITOR, email="auditor@example.org")
    users[COORDINATOR] = factories.make_staff(None, Role.COORDINATOR, email="coordinator@example.org")
    users[SUPERUSER] = factories.make_user("superuser@example.org", is_staff=True, is_superuser=True)
    users[PI] = factories.make_user("pi@example.org")
    users[PARTNER] = factories.make_contact(cast.company, factories.make_user("partner@example.org")).user
    users[RIVAL] = factories.make_contact(cast.competitor, factories.make_user("rival@example.org")).user
    users[ANONYMOUS] = AnonymousUser()
    cast.users = users
    cast.chair = factories.make_chair("active", cluster=cast.cluster, slug="chair-of-the-cast", with_pi=False)
    appoint_investigator(cast, cast.chair)
    return cast


def appoint_investigator(cast: Cast, chair: Chair) -> None:
    """Make the cast's investigator the principal investigator of a chair."""
    person = getattr(cast[PI], "person", None) or factories.make_person(name="Ada of the cast", user=cast[PI])
    factories.make_appointment(chair, person=person)


@pytest.fixture(scope="module")
def whole_cast(django_db_setup, django_db_blocker):
    """Everybody, once for a module that asks for it: making them takes longer than what most of its tests try."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)


@pytest.fixture
def cast(request, db) -> Cast:
    """Everybody: a copy of the module's, if it asks for `whole_cast`. What a person may do is kept on the user object."""
    return copy.deepcopy(request.getfixturevalue("whole_cast")) if "whole_cast" in request.fixturenames else make_cast()
