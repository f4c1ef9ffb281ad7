from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.admin.phase import ReferenceAdmin
from core.languages import columns_of
from yearly.indicators import formula
from yearly.models import Indicator


class IndicatorForm(ModelForm):
    class Meta:
        model = Indicator
        fields = [
            "name_en",
            "name_fr",
            "definition_en",
            "definition_fr",
            "slug",
            "first",
            "operation",
            "second",
            "unit",
            "position",
            "is_active",
        ]

    def clean(self):
        """Require the name in both languages, because reports come in both."""
        values = super().clean()
        for name in ("name_en", "name_fr"):
            if not values.get(name):
                self.add_error(name, ValidationError(_("Enter the name in both languages."), code="required"))
        return values


@admin.register(Indicator)
class IndicatorAdmin(ReferenceAdmin):
    """The indicators of reports. The coordinator activates them; an accepted report keeps what it had."""

    form = IndicatorForm
    add_title = gettext_lazy("Add an indicator")
    list_display = ["__str__", "counted", "unit", "position", "is_active"]
    list_filter = ["is_active"]
    search_fields = [*columns_of("name"), "slug"]
    search_help_text = gettext_lazy("Name or code.")
    fieldsets = [
        (
            None,
            {
                "description": gettext_lazy(
                    "The official list of indicators is not public: these are the site’s own, to be replaced by it."
                ),
                "fields": [("name_en", "name_fr"), ("definition_en", "definition_fr"), "slug"],
            },
        ),
        (gettext_lazy("How it is counted"), {"fields": [("first", "operation", "second"), "unit"]}),
        (gettext_lazy("Where it stands"), {"fields": [("position", "is_active")]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        """Make the slug read-only: reports, their sheets and their charts are named by it."""
        return ["slug"] if obj else []

    @admin.display(description=gettext_lazy("counted as"))
    def counted(self, indicator):
        return formula(indicator)
