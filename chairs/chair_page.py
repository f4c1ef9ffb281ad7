"""What a chair's public page shows: the chair and its rows, each kind of row in one prepared query, skipped if there are none."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, SlugField, Window
from django.http import Http404
from django.template.loader import render_to_string

from chairs.citation import citation_of
from chairs.models import (
    Activity,
    Appointment,
    Chair,
    ChairOrganisation,
    ClusterShare,
    CountedOutput,
    Output,
    StartUp,
    StatedPartner,
    TeachingElement,
)
from chairs.outputs.entries import by_kind
from chairs.past import past_of, say_as_of, taught_by
from chairs.related import related_chairs
from clusters.models import Theme
from core.as_of import TODAY, AsOf
from core.fetched import give
from core.languages import columns_of
from core.prepared import Argument, Prepared

# The other half of the columns are not on the page, and reading them would double the time.
SHOWN = (
    *columns_of("title", "summary", "description", "topic"),
    *("cluster", "slug", "acronym", "kind", "phase", "axis", "programme", "website", "origin", "status", "rule"),
    *("starts_on", "ends_on", "start_year", "end_year", "sources", "notes", "conflicts", "stated_funding"),
    "adopted_at",
    *("public_grant", "public_grant_source", "public_grant_on"),
    *("cluster__slug", "cluster__name", "cluster__acronym", "rule__is_open_to_partners", "kind__slug"),
    *("cluster__office_contact", "cluster__office_email", "cluster__answers_within"),
    *columns_of("phase__name", "kind__name", "kind__acronym", "kind__description"),
)
SHOWN_IN_HEAD = (
    *("cluster", "slug", "cluster__slug", "cluster__name", "cluster__acronym"),
    *columns_of("title", "summary"),
)
POSTS_SHOWN = (
    *("chair", "role", "laboratory", "seniority", "starts_on", "ends_on", "consent_given_on"),
    "named_by_source",
    *("person", "person__name", "person__family_name", "person__slug", "person__is_hidden", "person__origin"),
    *("person__photograph__person", "person__photograph__author"),
    *("affiliation", "affiliation__name", "affiliation__slug", "affiliation__kind", "affiliation__origin"),
    *("other_affiliation", "other_affiliation__name", "other_affiliation__slug"),
    *("other_affiliation__kind", "other_affiliation__origin"),
    *("discipline", *columns_of("discipline__name")),
)
# The chair's page shows the latest outputs; its page of outputs shows all.
OUTPUTS_SHOWN = 10


def chair_at(cluster_slug: str, slug: str) -> Chair | None:
    """Return the published chair at this address, with the columns of its page's head; None if there is none."""
    return next(iter(_chairs_at(cluster_slug=cluster_slug, slug=slug)), None)


def content_of(pk: int, as_of: AsOf = TODAY) -> str:
    """Return the HTML of a published chair's page, today's or of a past day. Raise Http404 if it is not published."""
    for chair in _chairs(pk=pk):
        return content_then(chair, as_of) if as_of.day else _content_today(chair, as_of)
    raise Http404


def _content_today(chair: Chair, as_of: AsOf) -> str:
    _give_all(chair)
    context = {"chair": chair, "as_of": as_of, "related": related_chairs(chair), "citation": citation_of(chair)}
    context["output_groups"] = by_kind(chair.outputs.all())
    return render_to_string("chairs/_chair_content.html", context)


def content_then(chair: Chair, as_of: AsOf) -> str:
    """Return the HTML of a past day, with what has dates; or the notice that the chair was not public or had not begun."""
    past = past_of(chair, as_of.day)
    context = {"chair": chair, "as_of": as_of, "since": past.public_since, "begins": past.begins}
    if not past.was_public:
        give(chair, "appointments", [])
        return render_to_string("chairs/_chair_not_then.html", context)
    _give_composition(chair)
    say_as_of(chair, past, as_of.day)
    context["teaching"] = taught_by(chair.teaching.all(), as_of.day)
    return render_to_string("chairs/_chair_then.html", context)


def _give_composition(chair: Chair) -> None:
    posts = _posts(chair=chair.pk)
    for post in posts:
        post.chair = chair
    give(chair, "appointments", posts)
    give(chair, "teaching", _teaching(chair=chair.pk) if chair.has_teaching else [])
    give(chair, "organisations", _organisations(chair=chair.pk) if chair.has_organisations else [])


def _give_all(chair: Chair) -> None:
    _give_composition(chair)
    give(chair, "themes", _themes(chair=chair.pk))
    give(chair, "stated_partners", _stated_partners(chair=chair.pk) if chair.has_stated_partners else [])
    give(chair, "activities", _activities(chair=chair.pk) if chair.has_activities else [])
    give(chair, "start_ups", _start_ups(chair=chair.pk) if chair.has_start_ups else [])
    give(chair, "counted_outputs", _counted(chair=chair.pk) if chair.has_counted else [])
    give(chair, "outputs", _outputs(chair=chair.pk) if chair.has_outputs else [])


@Prepared
def _chairs_at() -> Any:
    at_address = {"cluster__slug": Argument("cluster_slug", SlugField()), "slug": Argument("slug", SlugField())}
    return Chair.objects.published().filter(**at_address).select_related("cluster").only(*SHOWN_IN_HEAD)


@Prepared
def _chairs() -> Any:
    return (
        Chair.objects.published()
        .filter(pk=Argument("pk"))
        .select_related("cluster", "kind", "phase", "rule")
        .only(*SHOWN)
        .annotate(
            has_teaching=_any(TeachingElement),
            has_stated_partners=_any(StatedPartner),
            has_activities=_any(Activity),
            has_shares=_any(ClusterShare),
            has_organisations=_any(ChairOrganisation),
            has_start_ups=Exists(StartUp.chairs.through.objects.filter(chair=OuterRef("pk"))),
            has_counted=_any(CountedOutput),
            has_outputs=Exists(Output.objects.confirmed().filter(chair=OuterRef("pk"))),
        )
    )


def _any(model: Any) -> Exists:
    return Exists(model.objects.filter(chair=OuterRef("pk")))


@Prepared
def _posts() -> Any:
    posts = Appointment.objects.filter(chair=Argument("chair"))
    posts = posts.select_related("person__photograph", "affiliation", "other_affiliation", "discipline")
    return posts.only(*POSTS_SHOWN).order_by("pk")


@Prepared
def _themes() -> Any:
    return Theme.objects.filter(chairs=Argument("chair"))


@Prepared
def _teaching() -> Any:
    return TeachingElement.objects.filter(chair=Argument("chair")).select_related("institution", "programme")


@Prepared
def _stated_partners() -> Any:
    return StatedPartner.objects.filter(chair=Argument("chair"))


@Prepared
def _organisations() -> Any:
    return ChairOrganisation.objects.filter(chair=Argument("chair")).select_related("institution").order_by("pk")


@Prepared
def _start_ups() -> Any:
    return StartUp.objects.published().filter(chairs=Argument("chair")).only("name", "slug", "tie", "origin")


@Prepared
def _counted() -> Any:
    return CountedOutput.objects.filter(chair=Argument("chair"))


@Prepared
def _activities() -> Any:
    return Activity.objects.filter(chair=Argument("chair"))


@Prepared
def _outputs() -> Any:
    """Return the latest outputs, each annotated with the number of all."""
    outputs = Output.objects.confirmed().filter(chair=Argument("chair")).annotate(total=Window(Count("pk")))
    return outputs.defer("search_key", "stated_references")[:OUTPUTS_SHOWN]
