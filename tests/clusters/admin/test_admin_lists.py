"""What the address of a panel's list may say: its own filters, words, an order and a page; nothing reads a hidden column."""

import pytest
from django.contrib import admin
from django.http import QueryDict

from core.exceptions import BadAddress
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]
LOOKUPS = ["startswith", "regex", "iregex", "gt", "isnull", "in", "contains", "exact"]
FAR = [
    "cluster__staff_roles__user__password__startswith",
    "chair__cluster__staff_roles__user__password__startswith",
    "sponsorship__chair__cluster__staff_roles__user__password__regex",
    "user__password__startswith",
    "registered_in__staff_roles__user__email__startswith",
    "pk__in",
    "pk__gt",
    "_selected",
    "+",
    "__",
    "\x00",
]
each_list = pytest.mark.parametrize("page", admin.site._registry.values(), ids=lambda page: page.opts.model_name)


@pytest.fixture
def national(db):
    return factories.make_user("national@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def ask(national, rf):
    """Return whether a list takes an address, without drawing its page."""

    def taken(page, parameters) -> bool:
        request = rf.get("/", parameters)
        request.user = national
        try:
            page.get_changelist_instance(request)
        except BadAddress:
            return False
        return True

    return taken


def own_parameters(page) -> set[str]:
    """Return what the filters of a list may take."""
    named = [
        declared if isinstance(declared, str | tuple) else declared.parameter_name for declared in page.list_filter
    ]
    names = {name if isinstance(name, str) else name[0] for name in named}
    return names | {f"{name}__{end}" for name in names for end in ("exact", "isnull")}


@each_list
def test_no_list_takes_a_column_for_a_filter(ask, page):
    columns = [field.name for field in page.model._meta.get_fields() if not field.auto_created or field.concrete]
    asked = {f"{column}__{lookup}" for column in columns for lookup in LOOKUPS} | {*columns, *FAR}
    assert [name for name in sorted(asked - own_parameters(page)) if ask(page, {name: "a"})] == []


@each_list
def test_no_list_reads_what_cannot_be_meant(ask, page):
    asked = [{"p": value} for value in ("x", "0", "-1", "99", "9" * 30)]
    asked += [{"o": value} for value in ("zz", "99", "1.x", "-password")]
    asked += [{"pk": "x"}, {"pk": "9" * 30}, {"q": "\x00"}, {"\x00": "q"}]
    assert [parameters for parameters in asked if ask(page, parameters)] == []


@each_list
def test_every_list_takes_words_an_order_and_a_page(ask, page):
    asked = ["", "q=a", "o=0", "o=-0", "o=", "p=1", "all=", "e=1", "_popup=1", "_facets=True", "pk=1", "q=a&q=b"]
    assert [query for query in asked if not ask(page, QueryDict(query).dict())] == []


@each_list
def test_a_filter_takes_what_it_offers_and_nothing_else(national, rf, ask, page):
    request = rf.get("/")
    request.user = national
    shown = page.get_changelist_instance(request)
    for spec in shown.filter_specs:
        offered = [QueryDict(choice["query_string"].removeprefix("?")) for choice in spec.choices(shown)]
        assert [query for query in offered if not ask(page, query.dict())] == []
        assert [name for name in spec.expected_parameters() if ask(page, {name: "no such thing"})] == []


@each_list
def test_a_filter_without_a_value_chooses_nothing(national, rf, page):
    def shown(parameters):
        request = rf.get("/", parameters)
        request.user = national
        return page.get_changelist_instance(request)

    everything = shown({})
    for spec in everything.filter_specs:
        names = [*spec.expected_parameters(), getattr(spec, "field_path", spec.expected_parameters()[0])]
        for changes in (shown({name: ""}) for name in names):
            assert changes.get_filters_params() == {}
            assert [*chosen(changes)] == [*chosen(everything)]


def chosen(changes):
    """Yield what each filter of a list shows as selected."""
    for spec in changes.filter_specs:
        yield [str(choice["display"]) for choice in spec.choices(changes) if choice["selected"]]


def test_a_period_that_is_no_choice_is_shown_as_one(client, national):
    client.force_login(national)
    there = "/admin/core/outgoingmail/"
    for language, period in (("en", "1 May 2026 to 31 May 2026"), ("fr", "du 1er mai 2026 au 31 mai 2026")):
        client.cookies["django_language"] = language
        page = client.get(
            there, {"created_at__gte": "2026-05-01 00:00:00+02:00", "created_at__lt": "2026-06-01 00:00:00+02:00"}
        )
        assert [*chosen(page.context["cl"])][-1] == [period]
    assert client.get(there, {"created_at__gte": "yesterday"}).status_code == 400
    assert client.get(there, {"created_at": "2026-05-01"}).status_code == 400


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "This list has no filter “text__regex”."), ("fr", "Cette liste n’a pas de filtre « text__regex ».")],
)
def test_the_refusal_is_a_sentence_with_a_way_back(client, national, language, sentence):
    national.language = language
    national.save()
    client.force_login(national)
    answer = client.get("/admin/core/outgoingmail/", {"text__regex": "(a+)+$"})
    assert answer.status_code == 400
    page = answer.content.decode().replace("\xa0", " ")
    assert sentence in page and 'href="/admin/core/outgoingmail/"' in page


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("name", ["sponsorship", "agreement", "instalment"])
def test_a_record_that_is_not_there_and_one_of_another_cluster_make_one_empty_list(client, name):
    theirs = factories.make_running(parts=["50000.00"])
    instalment = theirs.instalments.get()
    numbers = {"sponsorship": theirs.pk, "agreement": instalment.agreement_id, "instalment": instalment.pk}
    client.force_login(factories.make_staff(factories.make_cluster()))
    for number in (numbers[name], 99999, "9" * 18):
        page = client.get("/admin/sponsorships/ledgerentry/", {name: number})
        assert (page.status_code, page.context["cl"].result_count) == (200, 0)
        assert "None that you can see" in page.content.decode()
    client.force_login(factories.make_staff(theirs.chair.cluster))
    assert (
        "None that you can see"
        not in client.get("/admin/sponsorships/ledgerentry/", {name: numbers[name]}).content.decode()
    )


def test_a_filter_is_understood_by_the_name_of_its_field_and_shows_what_it_chooses(client, national, ask):
    chairs = next(page for model, page in admin.site._registry.items() if model.__name__ == "Chair")
    here = factories.make_chair("draft").cluster
    factories.make_chair("active")
    assert not ask(chairs, {"status": "nowhere"}) and not ask(chairs, {"cluster": "x"})
    assert not ask(chairs, {"cluster": here.pk + 999})
    client.force_login(national)
    for query, choice in (({"status": "draft"}, "Draft"), ({"cluster": here.pk}, str(here))):
        changes = client.get("/admin/chairs/chair/", query).context["cl"]
        assert changes.result_count == 1 and [choice] in [*chosen(changes)]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["0 held decisions", "1 chair", "2 chairs"]),
        ("fr", ["0 décision en attente d’annonce", "1 chaire", "2 chaires"]),
    ],
)
def test_a_list_counts_its_rows_as_its_language_does(client, national, language, said):
    national.language = language
    national.save()
    client.force_login(national)

    def counted(page):
        text = client.get(f"/admin/{page}/").text
        return " ".join(text[text.index('class="paginator">') :].split("</p>")[0].split(">")[-1].split())

    found = [counted("core/helddecision")]
    for _time in range(2):
        factories.make_chair("draft")
        found.append(counted("chairs/chair"))
    assert [text.replace("\xa0", " ") for text in found] == said
