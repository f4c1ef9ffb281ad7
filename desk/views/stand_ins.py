"""Stand-ins: a user names a colleague for some days; the colleague chooses when to act on their behalf."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from clusters import standing_in
from clusters.models import Cluster, Delegation
from clusters.perms import has_role
from clusters.scopes import READERS, clusters_of
from core.admin.confirmation import Act, confirm
from core.admin.panel_page import panel_page
from core.exceptions import Refused
from core.form_fields import DayField
from core.past_addresses import record_at

PAST_SHOWN = 20


class StandInForm(forms.Form):
    """The stand-in, and the days."""

    template_name = "admin/act_form.html"

    to = forms.ChoiceField(
        label=gettext_lazy("Stand-in"),
        help_text=gettext_lazy(
            "A colleague with a role in the same cluster. They get your roles there for these days."
        ),
    )
    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(label=pgettext_lazy("of a stand-in", "Last day"))

    def __init__(self, data, people):
        super().__init__(data, initial={"starts_on": timezone.localdate()})
        self.people = {str(person.pk): person for person in people}
        self.fields["to"].choices = [(key, str(person)) for key, person in self.people.items()]

    def given(self) -> dict:
        return {**self.cleaned_data, "to": self.people[self.cleaned_data["to"]]}


@panel_page
@require_safe
def stand_ins(request):
    user, today = request.user, timezone.localdate()
    known = Delegation.objects.filter(Q(delegator=user) | Q(stand_in=user))
    known = known.select_related("delegator", "stand_in", "cluster")
    context = {
        **admin.site.each_context(request),
        "title": _("Stand-ins"),
        "running": list(standing_in.running_for(user)),
        "given": [one for one in known.standing(today) if one.delegator_id == user.pk],
        "received": [one for one in known.standing(today) if one.stand_in_id == user.pk],
        "past": known.exclude(pk__in=known.standing(today).order_by().values("pk"))[:PAST_SHOWN],
        "clusters": Cluster.objects.filter(pk__in=clusters_of(user).pks).order_by("name"),
    }
    return render(request, "desk/admin/stand_ins.html", context)


@panel_page
def name(request, slug):
    """Name a stand-in, in a cluster where the user has a role."""
    user = request.user
    cluster = record_at(Cluster.objects.filter(pk__in=clusters_of(user).pks), slug)
    people = standing_in.stand_ins_of(user, cluster)
    act = Act(
        label=_("Name a stand-in"),
        effect=_(
            "On these days they see your tasks and can act on your behalf, with your roles in this cluster and never more. "
            "Each act says so. They are no second person beside you: what needs two, needs somebody else."
        ),
        may=lambda cluster, user: has_role(user, cluster.pk, READERS),
        who=gettext_lazy("Whoever has a role in the cluster."),
        why_not=lambda cluster, user: [] if people else [_("You have no colleague in this cluster yet.")],
        do=lambda form, note: standing_in.delegate(cluster, by=user, **form.given()),
        done=lambda made: _("%(person)s stands in for you. They are told by e-mail.") % {"person": made.stand_in},
        form=lambda data, record: StandInForm(data, people),
        goes_to=lambda done: reverse("panel_desk:stand_ins"),
        shows=lambda record: {"record_url": reverse("panel_desk:stand_ins")},
    )
    return confirm(admin.site.get_model_admin(Cluster), request, cluster, act)


@panel_page
@require_POST
def end(request, pk):
    found = get_object_or_404(Delegation.objects.select_related("delegator", "stand_in"), pk=pk)
    if not standing_in.can_end(found, request.user):
        raise Http404
    try:
        standing_in.end(found, by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(refused.reasons))
    else:
        messages.success(request, _("%(stand_in)s no longer stands in.") % {"stand_in": found.stand_in})
    return redirect("panel_desk:stand_ins")


@panel_page
@require_POST
def act(request, pk):
    """Begin to act on somebody's behalf, for this session."""
    found = get_object_or_404(standing_in.running_for(request.user), pk=pk)
    request.session[standing_in.SESSION_KEY] = found.pk
    messages.success(request, _("You now act on behalf of %(person)s.") % {"person": found.delegator})
    return redirect("panel_desk:mine")


@panel_page
@require_POST
def stop(request):
    request.session.pop(standing_in.SESSION_KEY, None)
    messages.success(request, _("You act in your own name again."))
    return redirect("panel_desk:mine")
