from itertools import islice

from django import forms
from django.utils import timezone
from django.utils.choices import BaseChoiceIterator
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from chairs.models import Chair
from clusters.models import Cluster
from core.form_fields import DayField, EuroField
from core.primary_keys import any_of
from core.text import fold
from sponsorships.enums import Regime
from sponsorships.matching.candidates import Candidates, candidates
from sponsorships.matching.criteria import ANY_SUBJECT, Wish, theme_key

MAX_TYPED_LENGTH = 500
# How many example titles the form shows, and among how many chairs it looks for short ones.
EXAMPLES, LOOKED_THROUGH = 2, 200


class Choices(BaseChoiceIterator):
    """Choices that are made once for many forms: as a list, Django would look through them for each field and widget."""

    def __init__(self, choices: list):
        self.choices = choices

    def __iter__(self):
        return iter(self.choices)


class ManyBoxes(forms.CheckboxSelectMultiple):
    """Many checkboxes: their HTML is rendered once and cached, and the ticks are inserted into it."""

    # The cache, which must live only as long as the choices, and the form's key in it.
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
    """Return the HTML with the box of this value ticked, if there is one."""
    place = html.find(f' value="{escape(value)}"')
    end = html.find(">", place)
    return html if place < 0 else f"{html[:end]} checked{html[end:]}"


class WishForm(forms.Form):
    """The form “What do you want to support?”. Nothing is required, and nothing typed is stored."""

    q = forms.CharField(
        label=_("In your own words"),
        max_length=MAX_TYPED_LENGTH,
        required=False,
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
            known.kept[name] = [Choices(one) for one in _choices(known)], _example(known)
        every_choice, example = known.kept[name]
        self.fields["q"].help_text = example
        for field, choices in zip(("theme", "region"), every_choice, strict=True):
            self.fields[field].choices = choices
            self.fields[field].widget.kept, self.fields[field].widget.kept_as = known.kept, name

    def wish(self) -> Wish:
        """Return the wish from the valid values; each invalid one has an error beside its field."""
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
    """Return the choices: themes grouped by cluster, and regions with something to support today.

    A cluster without themes is offered as a whole.
    """
    chairs = known.not_over(timezone.localdate())
    clusters = sorted(Cluster.objects.prefetch_related("themes__phase"), key=lambda cluster: fold(str(cluster)))
    by_cluster = [(str(cluster), _themes(cluster, known, chairs) or [_whole(cluster)]) for cluster in clusters]
    regions = Cluster.objects.order_by("region").values_list("region", flat=True).distinct()
    return by_cluster, [(region, region) for region in regions if known.in_regions([region]) & chairs]


def _themes(cluster: Cluster, known: Candidates, chairs) -> list[tuple[str, str]]:
    """Return a cluster's themes as choices: those of the current phase, and others on which something can be supported."""
    named = [(theme_key(cluster.slug, theme.slug), theme) for theme in cluster.themes.all()]
    offered = [
        (key, str(theme))
        for key, theme in named
        if theme.phase is None or theme.phase.is_current or known.on_theme(key) & chairs
    ]
    return sorted(offered, key=lambda choice: fold(choice[1]))


def _whole(cluster: Cluster) -> tuple[str, str]:
    return theme_key(cluster.slug, ANY_SUBJECT), _t("Any subject of %(cluster)s") % {"cluster": cluster}


def _example(known: Candidates) -> str:
    """Return the help text for the words: what to type, with short titles of existing chairs as examples."""
    oldest = known.not_over(timezone.localdate())[:LOOKED_THROUGH]
    titles = sorted({chair.title for chair in Chair.objects.filter(pk__in=any_of(oldest)).only("title")}, key=len)
    telling = list(islice((title for title in titles if len(Wish(words=title).words_looked_for) > 1), EXAMPLES))
    if not telling:
        return _t("Subjects, methods, uses.")
    said = ", ".join(_t("“%(words)s”") % {"words": title} for title in telling)
    return _t("Subjects, methods, uses: for example %(examples)s.") % {"examples": said}
