"""What Python writes of a form is what Django's templates write."""

import re

import pytest
from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from core.form_renderer import PARTS, WIDGETS, FormRenderer

CHOICES = [
    ("", "---------"),
    ("a", 'A & "B"'),
    (3, _("Yes")),
    ("Group <1>", [("c", "C"), ("d", mark_safe("<b>D</b>"))]),
]
SPOKEN = "l’été & l'«hiver» <script> \" é"


class Every(forms.Form):
    text = forms.CharField(label="Name & <more>", help_text="Help", max_length=1500, initial=SPOKEN)
    number = forms.IntegerField(initial=12345, required=False, min_value=1)
    amount = forms.DecimalField(localize=True, initial=1234.5, disabled=True)
    long = forms.CharField(widget=forms.Textarea(attrs={"lang": "fr", "rows": 4}), initial=f"\n{SPOKEN}")
    address = forms.URLField(assume_scheme="https")
    mail = forms.EmailField(label=_("Yes"))
    day = forms.DateField(initial="2026-02-03", widget=AdminDateWidget)
    ticked = forms.BooleanField(initial=True)
    hidden = forms.CharField(widget=forms.HiddenInput, initial="0")
    secret = forms.CharField(widget=forms.PasswordInput)
    one = forms.ChoiceField(choices=CHOICES, initial=3, widget=forms.Select(attrs={"class": "wide", "autofocus": True}))
    several = forms.MultipleChoiceField(choices=CHOICES, initial=["a", "d"])
    boxes = forms.MultipleChoiceField(choices=CHOICES, initial=["a"], widget=forms.CheckboxSelectMultiple)
    radio = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect(attrs={"class": "radiolist"}))
    maybe = forms.NullBooleanField()
    file = forms.FileField(required=False)


def written(renderer, data) -> str:
    form = Every(data, renderer=renderer, prefix="every")
    parts = [[field.label_tag(), field, field.errors, field.errors.as_ul()] for field in form]
    text = "\n".join(str(part) for row in parts for part in row)
    # An included template ends with a line of its own.
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", text)


@pytest.mark.parametrize("data", [None, {}, {"every-text": SPOKEN, "every-one": "x", "every-boxes": ["a", "q"]}])
def test_it_writes_what_the_templates_write(data):
    assert written(FormRenderer(), data) == written(TemplatesSetting(), data)


@pytest.mark.parametrize("part", [*PARTS, *WIDGETS])
def test_it_stands_for_templates_that_are_nobodys_own(part):
    """A template that we wrote under one of these names would never be read."""
    origin = TemplatesSetting().get_template(part).origin.name
    assert "django/forms/templates" in origin or "django/contrib/admin/templates" in origin


def test_a_widget_with_a_template_of_its_own_keeps_it():
    class Own(forms.Select):
        option_template_name = "django/forms/widgets/multiwidget.html"

    own = Own(choices=[("a", "A")])
    assert own.render("x", "a", renderer=FormRenderer()) == own.render("x", "a", renderer=TemplatesSetting())
