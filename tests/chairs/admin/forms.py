"""What a browser posts when staff register a chair."""

import datetime

from chairs.models import Chair
from tests import factories

ADD = "/admin/chairs/chair/add/?step=all"


def change_url(chair) -> str:
    return f"/admin/chairs/chair/{chair.pk}/change/?step=all"


def rows(prefix: str, lines: list[dict], initial: int = 0) -> dict:
    """Return an inline formset's fields, its management form included."""
    data = {
        f"{prefix}-TOTAL_FORMS": len(lines),
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for number, line in enumerate(lines):
        data |= {f"{prefix}-{number}-{name}": value for name, value in line.items()}
    return data


def of_innovation(organisations=(), counted=(), initial=0) -> dict:
    """Return the rows of organisations and of what is counted: none, unless some are given."""
    return rows("organisations", list(organisations), initial) | rows("counted_outputs", list(counted), initial)


def investigator(**overrides) -> dict:
    """One principal investigator's line, of an institution of their own."""
    values = {"role": "pi", "starts_on": "", "ends_on": "", **overrides}
    values.setdefault("affiliation", factories.make_institution().pk)
    if "person" not in values:
        values["person"] = factories.make_person(origin="sourced").pk
    return values


def course(**overrides) -> dict:
    return {"kind": "course", "title_en": "A course", "title_fr": "", **overrides}


def cap_data(cluster, kind, people=None, teaching=None, activities=(), **overrides) -> dict:
    """Return what registers a CAP that obeys its rule."""
    people = [investigator(), investigator()] if people is None else people
    return {
        "cluster": cluster.pk,
        "kind": kind.pk,
        "phase": factories.make_phase().pk,
        "title_en": "Digital twins",
        "title_fr": "Jumeaux numériques",
        "slug": "",
        **rows("appointments", people),
        **rows("teaching", [course()] if teaching is None else teaching),
        **rows("activities", list(activities)),
        **rows("shares", []),
        **of_innovation(),
        **overrides,
    }


def make_what_a_cap_needs(cluster):
    """Two investigators, two institutions, a phase, and the kind whose rule wants them."""
    factories.make_phase()
    factories.make_kind(factories.CAP_RULE, name_en="CAP", name_fr="CAP")
    for name in ("Noëlle Vautrin", "Ambroise Kellec"):
        factories.make_person(name=name, registered_in=cluster)
    for name in ("Université du Ponant", "École des Mines du Levant"):
        factories.make_institution(name=name)


def make_cap_kind():
    return factories.make_kind({**factories.CAP_RULE, "valid_from": datetime.date(2024, 1, 1)})


def errors_of(response) -> str:
    """Return every error of the page, as text."""
    form = response.context["adminform"].form
    found = [str(form.errors)]
    for inline in response.context["inline_admin_formsets"]:
        found += [str(inline.formset.errors), str(inline.formset.non_form_errors())]
    return " ".join(found)


def only_chair() -> Chair:
    return Chair.objects.get()
