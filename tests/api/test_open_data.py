"""The file of all public data, and the catalogue by which it is harvested."""

import csv
import hashlib
import io
import json
from zipfile import ZipFile

import pytest
from django.core.management import call_command

from api import dump
from api.service import RESOURCES
from chairs.hiding import hide
from sponsorships.models import Sponsorship
from tests import factories
from tests.output_factory import make_output

pytestmark = pytest.mark.django_db
ADDRESS, CATALOGUE = "/data/cathedra.zip", "/data/catalogue.jsonld"


def downloaded(response):
    """Return the bytes of the file, read to its end: it is closed there."""
    assert response.status_code == 200
    return b"".join(response)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A place of this test's own."""
    published = {**settings.STORAGES["published"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "published": published}
    return tmp_path


@pytest.mark.exhaustive(counted=True)
def test_the_file_has_every_public_record_twice_and_no_other(api, records, folder):
    factories.make_chair("draft", title_en="A secret plan")
    factories.make_chair("active", title_en="An invented chair", origin="demonstration", with_pi=False)
    assert api.ask(ADDRESS).status_code == 404
    call_command("dump_public_data", verbosity=0)
    response = api.ask(ADDRESS)
    content = downloaded(response)
    with ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    assert "secret" not in "".join(files.values()) and "invented" not in "".join(files.values())
    for resource in RESOURCES:
        said = [json.loads(line) for line in files[f"{resource.name}.jsonl"].splitlines()]
        assert api.get(f"{resource.name}/{records[resource.name].pk}") in said
        rows = list(csv.DictReader(io.StringIO(files[f"{resource.name}.csv"])))
        assert [row["id"] for row in rows] == [str(one["id"]) for one in said]
    chair = next(csv.DictReader(io.StringIO(files["chairs.csv"])))
    assert chair["title_fr"] == "Des robots qui écoutent" and chair["cluster_name"] == str(records["chairs"].cluster)

    assert response["ETag"] == f'"{hashlib.sha256(content).hexdigest()}"' and response["Last-Modified"]
    call_command("dump_public_data", verbosity=0)
    assert api.ask(ADDRESS, if_none_match=response["ETag"]).status_code == 304
    records["chairs"].title_en = "Robots that sing"
    records["chairs"].save()
    call_command("dump_public_data", verbosity=0)
    assert downloaded(api.ask(ADDRESS, if_none_match=response["ETag"])) != content
    assert len(list(folder.iterdir())) == 2


@pytest.mark.exhaustive(counted=True)
def test_a_file_that_tells_of_somebody_who_is_hidden_since_is_made_again_first(api, records):
    call_command("dump_public_data", verbosity=0)
    assert downloaded(api.ask(ADDRESS))
    person = records["people"]
    person.is_hidden = True
    person.save()
    waiting = api.ask(ADDRESS)
    assert waiting.status_code == 503 and waiting["Retry-After"] == "600", waiting.content
    call_command("dump_public_data", verbosity=0)
    response = api.ask(ADDRESS)
    with ZipFile(io.BytesIO(downloaded(response))) as archive:
        assert "chairs.csv" in archive.namelist()
        assert person.name.encode() not in b"".join(map(archive.read, archive.namelist()))


@pytest.mark.exhaustive(counted=True)
def test_a_file_with_an_amount_that_became_a_band_is_made_again_first(api, records):
    sponsorship = Sponsorship.objects.get()
    call_command("dump_public_data", verbosity=0)
    assert downloaded(api.ask(ADDRESS))
    sponsorship.confidentiality = "band"
    sponsorship.save()
    assert api.ask(ADDRESS).status_code == 503
    call_command("dump_public_data", verbosity=0)
    assert downloaded(api.ask(ADDRESS))


@pytest.mark.exhaustive(counted=True)
def test_a_file_that_names_an_author_who_is_hidden_since_is_made_again_first(api, records):
    person = factories.make_person(name="Ada Author")
    factories.make_appointment(records["chairs"], person=person, consent_given_on=None)
    make_output(records["chairs"], authors=["Ada Author", "Grace Another"])
    call_command("dump_public_data", verbosity=0)
    assert downloaded(api.ask(ADDRESS))
    hide(person)
    assert api.ask(ADDRESS).status_code == 503
    call_command("dump_public_data", verbosity=0)
    with ZipFile(io.BytesIO(downloaded(api.ask(ADDRESS)))) as archive:
        outputs = archive.read("outputs.jsonl").decode()
    assert "Grace Another" in outputs and "Ada Author" not in outputs


@pytest.mark.exhaustive(counted=True)
def test_the_catalogue_describes_the_file_as_harvesters_read_it(api, records, settings):
    call_command("dump_public_data", verbosity=0)
    response = api.ask(CATALOGUE)
    assert response["Content-Type"] == "application/ld+json" and response["ETag"] == api.ask(CATALOGUE)["ETag"]
    catalogue = response.json()
    (dataset,) = catalogue["dcat:dataset"]
    needed = {"dct:title", "dct:description", "dct:publisher", "dct:license", "dct:identifier", "dct:modified"}
    assert needed <= set(dataset) and catalogue["@type"] == "dcat:Catalog"
    whole, *lists = dataset["dcat:distribution"]
    made = dump.current()
    assert whole["spdx:checksum"]["spdx:checksumValue"]["@value"] == made.sha256
    assert whole["dcat:byteSize"]["@value"] == str(made.size)
    addresses = [one["dcat:downloadURL"]["@id"] for one in (whole, *lists)]
    assert len(set(addresses)) == len(addresses) and all(one["dct:license"] for one in (whole, *lists))
    for address in addresses:
        assert downloaded(api.ask(address)), address
    page = api.client.get("/en/data/").text
    assert ADDRESS in page and CATALOGUE in page and settings.DATA_LICENCE in page
