"""What is wrong with a line is said at once, whatever can and cannot be read of it, and nothing that is right is blamed."""

import pytest
from django.utils.text import capfirst

from clusters.models import Person
from imports.enums import ImportStatus as S
from imports.kinds import KINDS
from imports.kinds.base import Kind
from tests.factories import PDF, make_chair, make_institution, make_kind, make_person, make_running
from tests.imports.test_import_money import portfolio
from tests.imports.workbooks import said, upload, workbook
from tests.personas import EDITOR, FINANCE, MANAGER
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_cast")]


def columns_of(batch) -> set[tuple]:
    return {(number, column) for _sheet, number, column, _sentence in said(batch)}


@pytest.mark.parametrize(
    ("kind", "cells", "columns"),
    [
        ("people", {"Name": "Ada Lovelace", "ORCID iD": "0000-0002-1825-0098", "Language of the e-mails": "klingon"}, {"ORCID iD", "Language of the e-mails"}),
        ("people", {"Name": None, "Private e-mail address": "nobody", "Language of the e-mails": "klingon"}, {"Name", "Private e-mail address", "Language of the e-mails"}),
        ("institutions", {"Name": "School", "Kind": "nonsense", "ROR id": "03xjwb504"}, {"Kind", "ROR id"}),
        ("partners", {"Name": "Acme", "Country": "France", "Sector": "nonsense", "Size": "large"}, {"Sector", "SIREN"}),
        ("partners", {"Name": "Acme", "Country": "Atlantis", "Sector": "energy", "Size": "large", "Web page": "nothing"}, {"Country", "Web page"}),
        ("contacts", {"Partner": "Nobody", "Name": "Grace Hopper", "E-mail address": "nobody"}, {"Partner", "E-mail address"}),
        ("chairs", {"Title (English)": "Proofs", "Kind": "nonsense", "Starts on": "2029-01-01", "Ends on": "2025-01-01"}, {"Kind", "Ends on"}),
        ("chairs", {"Title (English)": "Proofs", "Kind": "", "Starts on": "someday", "Web page": "nothing"}, {"Kind", "Starts on", "Web page"}),
        ("activities", {"Chair": "Nothing", "Title (English)": "Proofs", "Description (English)": "Two.", "Target (€)": -5}, {"Chair", "Target (€)"}),
        ("activities", {"Chair": "Nothing", "Title (English)": "Proofs", "Target (€)": 5, "Deadline": "someday"}, {"Chair", "Deadline", "Description (English)"}),
        ("chair_people", {"Chair": "Nothing", "Person": "Nobody", "Role": "holder", "From": "2026-01-01", "Until": "2025-01-01"}, {"Person", "Until"}),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_hides_no_other_mistake(cast, bring, kind, cells, columns):
    make_kind()
    batch = bring(cast.cluster, cast[EDITOR], **{kind: [list(cells), list(cells.values())]})
    assert batch.status == S.TO_CORRECT
    assert {column for _number, column in columns_of(batch)} == columns


def test_a_payment_too(cast, bring):
    instalment = make_running(chair=make_chair("active", cluster=cast.cluster), parts=[30_000]).instalments.get()
    perform(instalment, "fall_due", by=cast[FINANCE])
    paid = {
        **{"Sponsorship": instalment.sponsorship.short_reference, "Number": 1, "Received on": "2040-01-01"},
        **{"What the bank shows (€)": "much", "Reference of the payment": "VIR 1"},
    }
    batch = bring(cast.cluster, cast[FINANCE], payments=[list(paid), list(paid.values())])
    assert columns_of(batch) == {(2, "Received on"), (2, "What the bank shows (€)")}


def test_a_record_that_is_here_already_is_not_its_own_double(cast, bring):
    make_person(name="Marie Curie", orcid="0000-0002-1825-0097", registered_in=cast.cluster)
    line = {"Name": "Marie Curie", "ORCID iD": "0000-0002-1825-0097", "Language of the e-mails": "klingon"}
    nameless = {**line, "Name": None, "Language of the e-mails": None}
    batch = bring(cast.cluster, cast[EDITOR], people=[list(line), list(line.values()), list(nameless.values())])
    assert columns_of(batch) == {(2, "Language of the e-mails"), (3, "Name")}
    assert Person.objects.get(name="Marie Curie")


UNREADABLE = [(kind, column) for kind in KINDS for column in kind.columns if type(column).__name__ != "Column"]


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize(("kind", "column"), UNREADABLE, ids=lambda one: getattr(one, "code", getattr(one, "name", "")))
def test_one_cell_that_cannot_be_read_is_the_only_thing_said_of_its_line(cast, bring, kind: Kind, column):
    """Nothing is concluded from what could not be read."""
    make_institution(name="School of Trials")
    sheets = {"Institutions": [["Name", "Kind"], ["School", "University"]], **portfolio(kind=make_kind().slug)}
    for name, lines in sheets.items():
        if name in map(str, (kind.label,)):
            title = str(column.label)
            if title not in lines[0]:
                for row in lines:
                    row.append(title if row is lines[0] else None)
            lines[1][lines[0].index(title)] = "?!"
    batch = bring(cast.cluster, cast[MANAGER], upload(workbook(**sheets)), upload(PDF, "2024-17.pdf"))
    own = [(number, found) for sheet, number, found, _words in said(batch) if sheet == str(kind.label)]
    assert own == [(2, capfirst(str(column.label)))] or (own == [] and column.name == "activity"), said(batch)
