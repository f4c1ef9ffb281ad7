from django import forms
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster, Theme
from core.form_fields import DayField, EuroField
from core.text import fold
from sponsorships.enums import Regime
from sponsorships.matching.candidates import Candidates, candidates
from sponsorships.matching.criteria import Wish, theme_key

MAX_TYPED_LENGTH = 500


class ManyBoxes(forms.CheckboxSelectMultiple):
    """Boxes of which there are many: their HTML is made once, and what is ticked is written into it."""

    # Where it is kept as long as the choices are what they are, and by which name.
    kept: dict[object, str] = {}
    kept_as: object = None

    def render(self, name, value, attrs=None, renderer=None):
        key = (self.kept_as, name, *sorted((attrs or {}).items()))
        if key not in self.kept:
            self.kept[key] = super().render(name, [], attrs, renderer)
        html = self.kept[key]
        for ticked in set(self.format_value(value)):
            html = _ticked(html, ticked)
        return mark_safe(html)


def _ticked(html: str, value: str) -> str:
    """Return boxes with the one of this value ticked, if it is among them."""
    place = html.find(f' value="{escape(value)}"')
    end = html.find(">", place)
    return html if place < 0 else f"{html[:end]} checked{html[end:]}"


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
        widget=ManyBoxes,
        help_text=_("Any one of the themes that you choose is enough."),
    )
    region = forms.MultipleChoiceField(label=_("Regions"), required=False, widget=ManyBoxes)
    budget = EuroField(
        label=_("Budget (€)"), required=False, help_text=_("In cash, net of VAT, over the whole period.")
    )
    start = DayField(label=_("Start date"), required=False)
    regime = forms.ChoiceField(
        label=_("In which way"), required=False, choices=[("", _("Not decided")), *Regime.choices]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known, name = candidates(), ("choices", get_language(), timezone.localdate())
        if name not in known.kept:
            known.kept[name] = _choices(known)
        for field, choices in zip(("theme", "region"), known.kept[name], strict=True):
            self.fields[field].choices = choices
            self.fields[field].widget.kept, self.fields[field].widget.kept_as = known.kept, name

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


def _choices(known: Candidates) -> tuple[list, list]:
    """Return the themes, by cluster, and the regions of what can be supported today."""
    chairs = known.not_over(timezone.localdate())
    by_cluster: dict[str, list] = {}
    themes = Theme.objects.select_related("cluster")
    for theme in sorted(themes, key=lambda theme: (fold(theme.cluster.name), fold(str(theme)))):
        key = theme_key(theme.cluster.slug, theme.slug)
        if known.on_theme(key) & chairs:
            by_cluster.setdefault(theme.cluster.name, []).append((key, str(theme)))
    regions = Cluster.objects.order_by("region").values_list("region", flat=True).distinct()
    return list(by_cluster.items()), [(region, region) for region in regions if known.in_regions([region]) & chairs]
