from django import forms
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster, Theme
from core.form_fields import DayField, EuroField
from core.text import fold
from sponsorships.enums import Regime
from sponsorships.matching.criteria import Wish, theme_key
from sponsorships.matching.offers import supportable

MAX_TYPED_LENGTH = 500


class WishForm(forms.Form):
    """The form “What do you want to support?”. Nothing is required, and nothing typed is stored."""

    q = forms.CharField(
        label=_("In your own words"),
        max_length=MAX_TYPED_LENGTH,
        required=False,
        help_text=_("Subjects, methods, uses: for example “batteries”, “medical images”."),
    )
    theme = forms.MultipleChoiceField(
        label=_("Themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Any one of the themes that you choose is enough."),
    )
    region = forms.MultipleChoiceField(label=_("Regions"), required=False, widget=forms.CheckboxSelectMultiple)
    budget = EuroField(
        label=_("Budget (€)"), required=False, help_text=_("In cash, net of VAT, over the whole period.")
    )
    start = DayField(label=_("Start date"), required=False)
    regime = forms.ChoiceField(
        label=_("In which way"), required=False, choices=[("", _("Not decided")), *Regime.choices]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chairs = supportable()
        themes = Theme.objects.filter(chairs__in=chairs).select_related("cluster").distinct()
        by_cluster: dict[str, list] = {}
        for theme in sorted(themes, key=lambda theme: (fold(theme.cluster.name), fold(str(theme)))):
            choice = (theme_key(theme.cluster.slug, theme.slug), str(theme))
            by_cluster.setdefault(theme.cluster.name, []).append(choice)
        self.fields["theme"].choices = list(by_cluster.items())
        regions = (
            Cluster.objects.filter(chairs__in=chairs).order_by("region").values_list("region", flat=True).distinct()
        )
        self.fields["region"].choices = [(region, region) for region in regions]

    def wish(self) -> Wish:
        """Return what was asked, without invalid values: each error is shown beside its field."""
        values = self.cleaned_data
        return Wish(
            themes=frozenset(values.get("theme") or ()),
            words=values.get("q") or "",
            regions=frozenset(values.get("region") or ()),
            budget=values.get("budget"),
            starts_on=values.get("start"),
            regime=values.get("regime") or "",
        )
