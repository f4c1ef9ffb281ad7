"""JSON-LD in the public pages: as much as they show, and nothing of whom or what they do not."""

import datetime
import json
import re
from html import unescape

import pytest
from django.utils.dateformat import format as date_format
from django.utils.html import strip_tags

from clusters.enums import InstitutionKind, MembershipRole, Origin
from clusters.models import Membership
from tests import factories
from tests.output_factory import make_output

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
# What schema.org lets these types say; https://schema.org/docs/full.html.
THING = {
    "@context",
    "@type",
    "@id",
    "name",
    "url",
    "description",
    "disambiguatingDescription",
    "alternateName",
    "sameAs",
}
THING |= {"identifier"}
ORGANISATION = {"parentOrganization", "foundingDate", "dissolutionDate", "knowsAbout", "member", "memberOf", "funder"}
ORGANISATION |= {"funding", "location", "keywords"}
WORK = {"author", "datePublished", "isPartOf", "sourceOrganization"}
SAID_BY = {
    "ResearchProject": ORGANISATION,
    "Project": ORGANISATION,
    "Organization": ORGANISATION,
    "CollegeOrUniversity": ORGANISATION,
    "Person": {"affiliation", "memberOf"},
    "Course": {"educationalLevel", "learningResourceType", "provider", "sourceOrganization"},
    "OrganizationRole": {"roleName", "startDate", "endDate", "member", "memberOf"},
    "MonetaryGrant": {"amount", "funder", "fundedItem"},
    "MonetaryAmount": {"currency", "value"},
    "EducationalOccupationalProgram": {"provider", "startDate", "applicationStartDate", "applicationDeadline"},
    "ScholarlyArticle": WORK,
    "CreativeWork": set(),
    "Place": set(),
    "PropertyValue": {"propertyID", "value"},
}
# The page of each record, by the name of its resource; a theme has none, an activity and an output stand on their chair's.
PAGES = ("chairs", "clusters", "institutions", "people", "partners", "training", "start-ups", "collaborations")


def page_of(records, name):
    record = records[name]
    return f"/en/partners/{record.slug}/" if name == "partners" else record.get_absolute_url()


def block_of(client, address):
    """Return what a page says to programs; nothing where there is no block."""
    found = BLOCK.findall(client.get(address).text)
    assert len(found) <= 1
    return json.loads(found[0]) if found else {"@graph": []}


def said_on(client, address):
    """Return the nodes in a page."""
    content = block_of(client, address)
    return content.get("@graph", [content])


def assert_known(said):
    """Every type is known, and says only what schema.org has for it."""
    if isinstance(said, list):
        for one in said:
            assert_known(one)
    elif isinstance(said, dict) and "@type" in said:
        assert set(said) <= THING | SAID_BY[said["@type"]], said
        for value in said.values():
            assert_known(value)


@pytest.mark.exhaustive(counted=True)
def test_every_public_page_of_a_record_says_it_to_programs(client, records):
    main = {name: said_on(client, page_of(records, name)) for name in PAGES}
    for name, nodes in main.items():
        assert nodes, name
        assert_known(nodes)
        page = page_of(records, name)
        assert nodes[0]["@id"].endswith(page.removeprefix("/en")) and nodes[0]["url"].endswith(page)
    chair, article = main["chairs"]
    assert (chair["@type"], chair["name"], article["@type"]) == (
        "ResearchProject",
        "Robots that listen",
        "ScholarlyArticle",
    )
    assert chair["member"]["member"]["@id"] == main["people"][0]["@id"]
    assert chair["funder"]["@id"] == main["partners"][0]["@id"]
    assert chair["funding"]["amount"] == {"@type": "MonetaryAmount", "currency": "EUR", "value": 100_000.0}
    assert main["partners"][1]["fundedItem"]["@id"] == chair["@id"] == article["sourceOrganization"]["@id"]
    assert main["training"][0]["@type"] == "EducationalOccupationalProgram"
    french = said_on(client, records["chairs"].get_absolute_url().replace("/en/", "/fr/"))[0]
    assert (french["name"], french["@id"]) == ("Des robots qui écoutent", chair["@id"])


def test_a_museum_belongs_to_its_cluster(client, search_index):
    """The museum of schema.org is a building, which cannot."""
    museum = factories.make_institution(kind=InstitutionKind.MUSEUM)
    cluster = factories.make_cluster()
    Membership.objects.create(cluster=cluster, institution=museum, role=MembershipRole.FOUNDING)
    said = said_on(client, museum.get_absolute_url())[0]
    assert said["@type"] == "Organization" and said["memberOf"]["memberOf"]["name"] == cluster.name


def test_programs_read_of_nobody_whom_the_page_does_not_name(client, search_index):
    chair = factories.make_chair("active")
    for slug in ("unnamed", "hidden", "named"):
        consent = {"consent_given_on": None} if slug == "unnamed" else {}
        person = factories.make_person(slug=slug, name=f"Ada {slug.title()}")
        factories.make_appointment(chair, person=person, **consent)
        person.is_hidden = slug == "hidden"
        person.save()
    make_output(chair, authors=["Ada Hidden", "Bo"], hidden_authors=["Ada Hidden"])
    text = json.dumps(said_on(client, chair.get_absolute_url()))
    assert "Ada Named" in text and '"Bo"' in text
    assert "Unnamed" not in text and "Hidden" not in text


def test_no_text_ends_the_block(client, search_index):
    chair = factories.make_chair("active", title_en="</script><b>& <!--")
    assert said_on(client, chair.get_absolute_url())[0]["name"] == "</script><b>& <!--"
    assert "</script><b>" not in client.get(chair.get_absolute_url()).text


@pytest.mark.parametrize("is_demonstration", [False, True])
def test_what_is_made_up_is_told_on_a_demonstration_only_and_marked(client, settings, search_index, is_demonstration):
    settings.DEMONSTRATION = is_demonstration
    chair = factories.make_chair("active", origin=Origin.DEMONSTRATION)
    cluster = said_on(client, chair.cluster.get_absolute_url())
    assert cluster[0]["@type"] == "Organization"
    nodes = said_on(client, chair.get_absolute_url())
    assert len(nodes) == is_demonstration
    assert all("Demonstration" in one["disambiguatingDescription"] for one in nodes)


def scalars_of(said, name=""):
    """Yield each value that a node says, with the property that it stands under."""
    if isinstance(said, dict):
        for key, value in said.items():
            yield from scalars_of(value, key)
    elif isinstance(said, list):
        for value in said:
            yield from scalars_of(value, name)
    else:
        yield name, said


def is_shown(name, value, text, links):
    """Return whether a reader of the page meets a value: in its words, or as where a link of it leads."""
    if name in {"@type", "@context", "currency"}:
        return True
    if name in {"@id", "url", "sameAs", "identifier"} and str(value).startswith("http"):
        return any(link.endswith(re.sub(r"^https?://(?:localhost)?", "", value)) for link in links) or value in text
    if name == "value" and not isinstance(value, str):
        return f"{value:,.0f}" in text
    if name in {"startDate", "endDate", "applicationStartDate", "applicationDeadline"} and value.count("-") == 2:
        return date_format(datetime.date.fromisoformat(value), "j F Y") in text
    return str(value).casefold() in text.casefold()


@pytest.mark.exhaustive(counted=True)
def test_a_page_says_to_programs_only_what_a_reader_meets(client, records):
    chair, person = records["chairs"], records["people"]
    factories.make_teaching(chair, title_en="Ears of machines", level="Doctorate", institution=records["institutions"])
    post = chair.appointments.first()
    post.starts_on = datetime.date(2025, 3, 9)
    post.save()
    looked_at = 0
    for name in PAGES:
        address = page_of(records, name)
        page = client.get(address).text
        links = [address, *(unescape(link) for link in re.findall(r'(?:href|content|value)="([^"]*)"', page))]
        links += [f"{address}#{place}" for place in re.findall(r' id="([^"]*)"', page)]
        links += [re.sub(r"^(?:https?://localhost)?/en", "", link) for link in links]
        text = " ".join(unescape(strip_tags(BLOCK.sub("", page))).replace("\xa0", " ").split())
        said = list(scalars_of(said_on(client, address)))
        looked_at += len(said)
        assert [one for one in said if not is_shown(*one, text, links)] == [], name
    assert looked_at > 100
    courses = {one["name"]: one for one in said_on(client, chair.get_absolute_url()) if one["@type"] == "Course"}
    assert courses["Ears of machines"]["educationalLevel"] == "Doctorate"
    assert courses["Ears of machines"]["provider"]["name"] == str(records["institutions"])
    assert person.name in json.dumps(said_on(client, chair.get_absolute_url()))
