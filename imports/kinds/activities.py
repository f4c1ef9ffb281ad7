from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from chairs.admin.inlines import ActivityForm
from chairs.enums import AcceptedRegime
from chairs.models import Activity
from chairs.perms import can_edit
from clusters.enums import Origin
from core.exceptions import Refused
from core.text import name_key
from imports.columns import Choice, Column, Day, Euros, Reference
from imports.forms import LineForm, RecordField
from imports.kinds.base import Kind
from imports.kinds.chairs import Chairs


class ActivityLine(LineForm, ActivityForm):
    """An activity, validated like a row on its chair's page."""

    chair = RecordField()

    class Meta:
        model = Activity
        fields = [
            *("chair", "title_en", "title_fr", "description_en", "description_fr"),
            *("counterparts_en", "counterparts_fr", "target", "regime", "deadline"),
        ]

    def __init__(self, run, instance, given):
        super().__init__(run, instance, given)
        for name in ("title_en", "title_fr", "description_en", "description_fr"):
            self.fields[name].required = False


class Activities(Kind):
    code = "activities"
    label = _("Activities")
    help = _("Extra research inside a chair that partners can fund, or have funded.")
    who = Chairs.who
    form = ActivityLine
    named_in = ("title_en", "title_fr")
    told_in = ("title_en", "title_fr", "chair")
    columns = (
        Reference("chair", _("Chair"), _("Its title or address."), is_required=True, of_kind="chairs", example="Trustworthy AI"),
        Column("title_en", _("Title (English)"), _("The title in one language is enough."), example="Proofs for planes"),
        Column("title_fr", _("Title (French)")),
        Column("description_en", _("Description (English)"), _("The description in one language is enough."), example="Two engineers for two years."),
        Column("description_fr", _("Description (French)")),
        Column("counterparts_en", _("What the partner gets (English)")),
        Column("counterparts_fr", _("What the partner gets (French)")),
        Euros("target", _("Target (€)"), _("In euros, net of VAT."), is_required=True, example="120000"),
        Choice("regime", _("How it can be funded"), choices=tuple(AcceptedRegime.choices)),
        Day("deadline", _("Deadline"), _("The last day for sending a proposal. It may be past.")),
    )  # fmt: skip

    def visible(self, run) -> Any:
        mine = Activity.objects.filter(chair__cluster=run.cluster).exclude(chair__origin=Origin.SOURCED)
        return mine.select_related("chair__cluster").order_by("chair", "pk")

    def keys_of(self, record):
        return []

    def names_of(self, record):
        return [record.title_en, record.title_fr]

    def new(self, run, line):
        return Activity(posted_by=run.by)

    def find(self, run, line):
        chair, known = line.given["chair"], run.known(self.code)
        titles = [line.given[name] for name in ("title_en", "title_fr") if line.given.get(name)]
        same = {
            one.pk: one
            for title in titles
            for one in known.by_name.get(name_key(title), ())
            if one.chair_id == chair.pk
        }
        if len(same) > 1:
            raise Refused([_t("The chair has several activities with this title: change them on its page.")])
        return next(iter(same.values()), None)

    def why_not_change(self, run, record):
        return "" if can_edit(record.chair, run.by) else str(self.who)
