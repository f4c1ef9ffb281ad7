"""Every text of every record holds a word of its own; who reads one of a record that is not theirs to see is found out.

A page, a file, an export, a history, an autocomplete: each address of the matrix, as those who stand outside.
"""

import io
import re
import zipfile
from collections import defaultdict

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, models, transaction

from accounts.models import User
from chairs.search.index import rebuild
from clusters.scopes import has_no_role
from partners.models import Contact, Partner
from tests.matrix.canaries import (
    KEPT_PUBLIC,
    NAMED_AT,
    NO_WORDS,
    OF_ONESELF_AT,
    PUBLIC,
    STAFF,
    declared,
    is_of_history,
    our_models,
    texts,
)
from tests.matrix.rows import ROWS
from tests.matrix.visits import address, look
from tests.matrix.wordy import write_words
from tests.personas import ANONYMOUS, COORDINATOR, OTHER_MANAGER, PI, RIVAL

# Each persona asks every address: minutes.
pytestmark = [pytest.mark.django_db, pytest.mark.audit, pytest.mark.usefixtures("search_index", "field_history")]
CANARY = re.compile(r"canary(\d+)x", re.IGNORECASE)
WORDS = "Words of somebody."
# What stands in a column of JSON, where the world leaves it empty.
EMPTY = {
    "authors": [WORDS],
    "conflicts": [{"field": "title", "value": WORDS, "source": "https://example.org/"}],
    "hidden_authors": [WORDS],
    "lines": [{"key": 1, "name": WORDS, "done": False, "reasons": [WORDS]}],
    "moved": {"name": WORDS},
    "notes": [WORDS],
    "problems": [WORDS],
    "sources": ["https://example.org/"],
    "stated_counts": [{"value": 5, "as_of": "2024", "source": "https://example.org/"}],
    "stated_intakes": [{"year": "2024", "people": 5, "source": "https://example.org/"}],
    "stated_references": [WORDS],
}
OUTSIDE = [ANONYMOUS, RIVAL, PI, OTHER_MANAGER]


class Planted:
    """The canaries by their numbers: the field and the record that each was written into."""

    def __init__(self):
        self.places, self.fields = {}, set()
        for model in our_models():
            for field in texts(model):
                if field.model is model and not declared(NO_WORDS, field):
                    for record in list(model._base_manager.all()):
                        self.plant(record, field)

    def plant(self, record, field):
        number = len(self.places) + 1
        was = getattr(record, field.attname)
        said = said_with(f"canary{number}x", field, was)
        # Where it does not fit, or where a value of JSON has only codes.
        if said == was or (field.max_length and len(said) > field.max_length):
            return
        try:
            with transaction.atomic():
                type(record)._base_manager.filter(pk=record.pk).update(**{field.attname: said})
        except DatabaseError:
            # A rule of the database, such as of the ledger's entries, which nobody changes.
            if not (written := CANARY.fullmatch(str(was))):
                return
            number = int(written[1])
        self.places[number] = field, record
        self.fields.add(field)


def said_with(canary, field, was):
    """Return what a field says with a canary in it."""
    if isinstance(field, models.JSONField):
        return in_json(canary, was or EMPTY.get(field.name, was))
    if isinstance(field, models.EmailField):
        return f"{canary}@example.org"
    if isinstance(field, models.URLField):
        return f"https://{canary}.example.org/"
    return canary


def in_json(canary, value):
    """Return a value of JSON with a canary for each text and each web address: codes and days are read by the code, and stay."""
    if isinstance(value, dict):
        return {key: in_json(canary, one) for key, one in value.items()}
    if isinstance(value, list):
        return [in_json(canary, one) for one in value]
    if not isinstance(value, str):
        return value
    if value.startswith("https://"):
        return f"https://{canary}.example.org/"
    return canary if " " in value else value


def words(content: bytes) -> str:
    """Return what a page or a file says; what is packed is unpacked."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(words(archive.read(name)) for name in archive.namelist())
    return content.decode("utf-8", "replace")


def is_visible(user, record, depth=3) -> bool:
    """Return whether the record, or one that it is a part of, is visible to this person."""
    if record is None or not depth:
        return False
    if record == user:
        return True
    if isinstance(record, User):
        speaks_for = Contact.objects.filter(user=record).values("partner")
        return Partner.objects.visible_to(user).filter(pk__in=speaks_for).exists()
    manager = type(record)._default_manager
    if hasattr(manager, "visible_to"):
        return manager.visible_to(user).filter(pk=record.pk).exists()
    return any(is_visible(user, one, depth - 1) for one in parents(record))


def is_published(record) -> bool:
    """Return whether everybody reads of the record: what is a part of others is as public as one of them."""
    manager = type(record)._default_manager
    if hasattr(manager, "published"):
        return manager.published().filter(pk=record.pk).exists()
    wholes = [one for one in parents(record) if hasattr(type(one)._default_manager, "published")]
    return not wholes or any(is_published(one) for one in wholes)


def parents(record):
    if is_of_history(type(record)):
        return [
            record.instance_type._base_manager.filter(pk=getattr(record, record.instance_type._meta.pk.attname)).first()
        ]
    links = [field for field in record._meta.concrete_fields if field.remote_field]
    return [one for link in links if (one := getattr(record, link.name)) is not None]


def may_read(user, field, record, row) -> bool:
    is_of_panel = user.is_authenticated and not has_no_role(user)
    if row.name in NAMED_AT and field.model is User and field.name == "name":
        return True
    if row.name in OF_ONESELF_AT and user.is_authenticated and user.person in parents(record):
        return True
    if user.is_authenticated and (is_visible(user, record) or (is_of_panel and declared(STAFF, field))):
        return True
    if is_of_history(field.model) and not (is_of_panel and row.name.startswith("admin:")):
        return declared(KEPT_PUBLIC, field)
    return declared(PUBLIC, field) and is_published(record)


@pytest.fixture
def planted(world):
    write_words(world)
    planted = Planted()
    rebuild()
    return planted


def test_the_canaries_are_read_by_whom_they_concern(world, planted):
    """Else an empty walk would find nothing."""
    read = set()
    for row in ROWS:
        if row.name.endswith(("_change", "_history")):
            visit = look(world, COORDINATOR, address(row, world))
            read |= {planted.places[int(number)][0] for number in CANARY.findall(visit.text)}
    assert len(read) > 100


@pytest.mark.parametrize("persona", OUTSIDE)
def test_nobody_reads_of_a_record_what_is_not_theirs(world, planted, persona):
    user = AnonymousUser() if persona == ANONYMOUS else world.cast[persona]
    found, judged, answered = defaultdict(set), {}, 0
    for row in ROWS:
        visit = look(world, persona, address(row, world))
        if visit.response.status_code != 200:
            continue
        answered += 1
        for number in map(int, set(CANARY.findall(words(visit.response.getvalue())))):
            field, record = planted.places[number]
            if (number, row.name) not in judged:
                judged[number, row.name] = may_read(user, field, record, row)
            if not judged[number, row.name]:
                found[f"{field.model._meta.label}.{field.name}"].add(f"{row} {record!r}")
    assert answered > 100 and len({planted.places[number][0] for number, _name in judged}) > 50
    assert not found, "\n".join(f"{name}: {sorted(where)}" for name, where in sorted(found.items()))
