from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chairs.models import ChairKind, CompositionRule, Discipline
from clusters.admin.phase import ReferenceAdmin
from core.admin.base import ScopedStackedInline
from core.languages import columns_of


class RuleForm(forms.ModelForm):
    """A version of a rule. It is read-only once a chair was approved under it: a change needs a new version."""

    class Meta:
        model = CompositionRule
        fields = ["version", "valid_from"]

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and self.has_changed() and self.instance.chairs.exists():
            raise ValidationError(
                _("Chairs were approved under version %(version)d. Leave it as it is and add a new version."),
                code="rule_in_use",
                params={"version": self.instance.version},
            )
        return cleaned


class RuleInline(ScopedStackedInline):
    model = CompositionRule
    form = RuleForm
    can_delete = False
    fields = [
        ("version", "valid_from"),
        ("min_pis", "max_pis", "min_institutions", "min_disciplines"),
        ("needs_junior_and_senior", "needs_teaching", "is_open_to_partners"),
        ("source", "note"),
    ]


@admin.register(ChairKind)
class ChairKindAdmin(ReferenceAdmin):
    add_title = gettext_lazy("Add a kind of chair")
    inlines = [RuleInline]
    list_display = ["name", "acronym"]
    search_fields = columns_of("name", "acronym")
    fieldsets = [
        (
            None,
            {
                "description": gettext_lazy(
                    "A kind says what a call asks of a chair. Its rules are versioned: a chair keeps the version it was approved under."
                ),
                "fields": [
                    ("name_en", "name_fr"),
                    ("acronym_en", "acronym_fr"),
                    ("description_en", "description_fr"),
                    "slug",
                    "clusters",
                ],
            },
        )
    ]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Discipline)
class DisciplineAdmin(ReferenceAdmin):
    add_title = gettext_lazy("Add a discipline")
    fields = [("name_en", "name_fr"), "slug"]
    list_display = ["name"]
    search_fields = columns_of("name")
