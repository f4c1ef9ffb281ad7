"""Numbers and days are read by us, on every form of the site: never by a browser, never beyond reason."""

import importlib
import pkgutil
from decimal import Decimal

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.test import RequestFactory
from django.utils import translation

from core.form_fields import DayField, EuroField, Typed, WholeField
from tests import factories
from tests.personas import EDITOR, MANAGER

APPS = (
    "core",
    "accounts",
    "clusters",
    "chairs",
    "partners",
    "sponsorships",
    "conversations",
    "progress",
    "figures",
    "imports",
    "portal",
    "desk",
    "config",
)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history")]


def forms_of_ours() -> list[type[forms.BaseForm]]:
    for app in APPS:
        for module in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if ".migrations" not in module.name and ".management" not in module.name:
                importlib.import_module(module.name)
    return [form for form in _below(forms.BaseForm) if form.__module__.split(".")[0] in APPS]


def _below(kind: type) -> list[type]:
    """Return every class that stands below one."""
    found = {below for one in kind.__subclasses__() for below in (one, *_below(one))}
    return sorted(found, key=lambda one: (one.__module__, one.__qualname__))


def wrong(fields: dict[str, forms.Field]) -> list[str]:
    """Return the visible fields that a browser, or Django alone, would read."""
    found = []
    for name, field in fields.items():
        if field.widget.is_hidden:
            continue
        is_number = isinstance(field, forms.IntegerField | forms.FloatField | forms.DecimalField)
        if isinstance(field.widget, forms.NumberInput) or (is_number and not isinstance(field, Typed)):
            found.append(f"{name}: a number that {type(field.widget).__name__} reads")
        if isinstance(field, forms.DateField | forms.DateTimeField) and not isinstance(field, DayField):
            found.append(f"{name}: a day of any year")
    return found


def test_every_form_of_ours_reads_numbers_and_days_by_the_same_fields():
    every = forms_of_ours()
    assert len(every) > 30
    # The panel gives its forms fields of its own, below.
    by_panel = {page.form for page in admin.site._registry.values()}
    by_panel |= {inline.form for inline in _below(InlineModelAdmin)}
    every = [form for form in every if form not in by_panel]
    found = {f"{form.__module__}.{form.__name__}": wrong(getattr(form, "base_fields", {})) for form in every}
    assert {name: fields for name, fields in found.items() if fields} == {}


def test_so_does_every_form_of_the_panel(cast):
    request = RequestFactory().get("/admin/")
    request.user = factories.make_user(is_superuser=True, is_staff=True)
    found, seen = {}, 0
    for model, page in admin.site._registry.items():
        classes = [page.get_form(request, change=False, fields=None)]
        for inline_class in page.inlines or page.get_inlines(request, None):
            inline = inline_class(model, admin.site)
            classes.append(inline.get_formset(request, None, fields=None).form)
        for form in classes:
            seen += len(form.base_fields)
            if fields := wrong(form.base_fields):
                found[f"{model.__name__}: {form.__name__}"] = fields
    assert seen > 100
    assert found == {}


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [
        ("en", "180 000,50", "180000.50"),
        ("en", "180\u202f000,5", "180000.5"),
        ("en", "180,000.50", "180000.50"),
        ("fr", "180 000,50", "180000.50"),
        ("en", "180000,50", None),
        ("en", "180 00,50", None),
        ("en", "180,00", None),
        ("fr", "180,000.50", None),
        ("en", "180 000,500", None),
    ],
)
def test_an_amount_is_what_was_meant_or_refused(language, typed, read):
    with translation.override(language):
        if read is None:
            with pytest.raises(forms.ValidationError, match="1"):
                EuroField().clean(typed)
        else:
            assert EuroField().clean(typed) == Decimal(read)


def test_a_whole_number_has_no_decimals():
    assert WholeField().clean("2 026") == 2026
    for typed in ("2.5", "x", "-1"):
        with pytest.raises(forms.ValidationError):
            WholeField(min_value=1).clean(typed)


@pytest.mark.parametrize("typed", ["0027-01-01", "9999-12-31", "1989-12-31", "2101-01-01"])
def test_a_day_of_another_age_is_refused(typed):
    with pytest.raises(forms.ValidationError, match="from 1990 to 2100"):
        DayField().clean(typed)
    assert DayField().clean("2100-12-31")


def raise_to(client, activity, verb, target, **more):
    return client.post(
        f"/admin/chairs/activity/{activity.pk}/verb/{verb}/", {"target": target, "note": "A reason.", **more}
    )


def test_a_tenfold_target_asks_first(client, cast):
    activity = factories.make_activity(cast.chair, target=Decimal("18000"))
    client.force_login(cast[EDITOR])
    page = raise_to(client, activity, "raise_target", "180 000,50").content.decode()
    assert "This was €18,000, and would be €180,000.50" in page
    assert 'name="target-sure" value="180000.50"' in page
    activity.refresh_from_db()
    assert activity.target == 18000
    raise_to(client, activity, "raise_target", "190000", **{"target-sure": "180000.50"})
    activity.refresh_from_db()
    assert activity.target == 18000, "what is confirmed is this amount, not any"
    raise_to(client, activity, "raise_target", "180000.50", **{"target-sure": "180000.50"})
    activity.refresh_from_db()
    assert activity.target == Decimal("180000.50")


@pytest.mark.exhaustive(counted=True)
def test_a_target_typed_too_high_is_put_right_while_nothing_rests_on_it(client, cast):
    activity = factories.make_activity(cast.chair, target=Decimal("100000"))
    client.force_login(cast[MANAGER])
    assert raise_to(client, activity, "lower_target", "60000").status_code == 302
    activity.refresh_from_db()
    assert (activity.target, activity.transitions.get().done) == (60000, "target corrected from €100,000 to €60,000")
    assert "give less, or raise it" in raise_to(client, activity, "lower_target", "70000").content.decode()
    factories.make_sponsorship("in_review", chair=cast.chair, activity=activity, cash_amount=Decimal("40000"))
    page = raise_to(client, activity, "lower_target", "39999.99").content.decode()
    assert "Agreements and proposals worth €40,000 depend on this target" in page
    assert raise_to(client, activity, "lower_target", "40000").status_code == 302
    assert (
        "it cannot be changed"
        in client.get(f"/admin/chairs/activity/{activity.pk}/verb/lower_target/").content.decode()
    )
