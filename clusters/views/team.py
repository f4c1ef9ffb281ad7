"""The team page of the panel: roles in the cluster, invitations, and the log of role changes."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters import team as acts
from clusters.enums import InvitationState, Role
from clusters.models import Cluster, StaffInvitation, StaffRole
from clusters.models.staff_invitation import CLUSTER_ROLES
from clusters.scopes import clusters_of
from core.admin.confirmation import Act, confirm
from core.admin.panel_page import panel_page
from core.past_addresses import record_at

LINES_OF_THE_LOG = 30
WHO = gettext_lazy("Managers of the cluster, and the national coordinator.")


class InviteForm(forms.Form):
    """The address to invite, and the role to give."""

    template_name = "admin/act_form.html"

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        help_text=gettext_lazy("The invitation is valid for this address alone, for 14 days."),
        widget=forms.EmailInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=CLUSTER_ROLES,
        help_text=gettext_lazy(
            "Readers only look; editors register and submit; managers also decide; finance officers follow the money."
        ),
    )


class RoleForm(forms.Form):
    """The new role of a member of the team."""

    template_name = "admin/act_form.html"

    role = InviteForm.base_fields["role"]


@panel_page
def team(request):
    """Redirect to the first of the user's clusters; its page links to the others."""
    mine = _mine(request.user)
    if not mine:
        raise PermissionDenied
    return redirect("panel_team:cluster", mine[0].slug)


@panel_page
def cluster_team(request, slug):
    mine = _mine(request.user)
    cluster = next((one for one in mine if one.slug == slug), None) or _cluster(request, slug)
    context = {
        **admin.site.each_context(request),
        "title": _("Team of %(cluster)s") % {"cluster": cluster},
        "cluster": cluster,
        "others": mine if len(mine) > 1 else [],
        "people": _people(cluster),
        "invitations": cluster.staff_invitations.filter(state=InvitationState.INVITED).select_related("invited_by"),
        "may": acts.can_manage_team(request.user, cluster),
        "log": _log(cluster),
    }
    return render(request, "clusters/admin/team.html", context)


@panel_page
def invite(request, slug):
    cluster = _cluster(request, slug)
    act = Act(
        label=_("Invite somebody"),
        effect=_(
            "They get a link by e-mail, and their role once they accept. An account is opened then, if they have none."
        ),
        do=lambda form, note: acts.invite(cluster, by=request.user, **form.cleaned_data),
        done=lambda invitation: _("%(email)s is invited by e-mail.") % {"email": invitation.email},
        form=lambda data, record: InviteForm(data),
        **_usual(cluster),
    )
    return confirm(_page(), request, cluster, act)


@panel_page
def cancel(request, slug, pk):
    cluster = _cluster(request, slug)
    found = get_object_or_404(StaffInvitation, cluster=cluster, pk=pk)
    act = Act(
        label=_("Cancel an invitation"),
        effect=_("The link that was sent to %(email)s stops working.") % {"email": found.email},
        do=lambda form, note: acts.cancel(found, by=request.user),
        done=_("The invitation of %(email)s is cancelled.") % {"email": found.email},
        button=_("Cancel the invitation"),
        **_usual(cluster),
    )
    return confirm(_page(), request, cluster, act)


@panel_page
def change(request, slug, pk):
    cluster = _cluster(request, slug)
    role = _role(cluster, pk)
    act = Act(
        label=_("Change a role"),
        subtitle=str(role),
        effect=_("The new role takes the place of this one at once. The person is told by e-mail."),
        do=lambda form, note: acts.change(role, by=request.user, to=form.cleaned_data["role"]),
        done=lambda changed: (
            _("%(user)s: the role is now “%(role)s”.") % {"user": changed.user, "role": changed.get_role_display()}
        ),
        form=lambda data, record: RoleForm(data, initial={"role": role.role}),
        **_usual(cluster, role),
    )
    return confirm(_page(), request, cluster, act)


@panel_page
def end(request, slug, pk):
    cluster = _cluster(request, slug)
    role = _role(cluster, pk)
    act = Act(
        label=_("End a role"),
        subtitle=str(role),
        effect=_("It ends at once. The person’s name stays beside what they did, and they are told by e-mail."),
        do=lambda form, note: acts.end(role, by=request.user),
        done=_("The role of %(user)s has ended.") % {"user": role.user},
        button=_("End the role"),
        **_usual(cluster, role),
    )
    return confirm(_page(), request, cluster, act)


def _usual(cluster: Cluster, role: StaffRole | None = None) -> dict:
    there = reverse("panel_team:cluster", args=[cluster.slug])
    return {
        "may": lambda cluster, user: acts.can_manage_team(user, cluster),
        "who": WHO,
        "why_not": lambda cluster, user: acts.why_not_lower(role, user) if role else [],
        "goes_to": lambda done: there,
        "shows": lambda record: {"record_url": there},
    }


def _page():
    """Return the panel's page of the cluster, which frames the confirmations."""
    return admin.site.get_model_admin(Cluster)


def _mine(user: User) -> list[Cluster]:
    """Return the clusters whose teams the user sees: their own, or all."""
    scope = clusters_of(user)
    clusters = Cluster.objects.order_by("name")
    return list(clusters if user.is_superuser or scope.is_national else clusters.filter(pk__in=scope.pks))


def _cluster(request, slug) -> Cluster:
    return record_at(Cluster.objects.filter(pk__in=[one.pk for one in _mine(request.user)]), slug)


def _role(cluster: Cluster, pk) -> StaffRole:
    return get_object_or_404(StaffRole.objects.select_related("user", "cluster"), cluster=cluster, pk=pk)


def _people(cluster: Cluster):
    """Return the members of the team, with their roles in it."""
    roles = StaffRole.objects.filter(cluster=cluster)
    people = User.objects.filter(pk__in=roles.order_by().values("user")).order_by("name", "pk")
    # The name of a role includes its cluster.
    named = roles.select_related("cluster").order_by("role")
    return people.prefetch_related(Prefetch("staff_roles", named, to_attr="roles_here"))


def _log(cluster: Cluster) -> list[dict]:
    """Return the changes of the cluster's roles, latest first: who gave, changed or ended which role."""
    lines = StaffRole.history.filter(cluster=cluster.pk).order_by("-history_date", "-history_id")
    said = {"+": _("given"), "~": _("changed"), "-": _("ended")}
    return [
        {
            "at": line.history_date,
            "by": line.history_user,
            "whom": line.user,
            "role": Role(line.role).label,
            "what": said[line.history_type],
        }
        for line in lines.select_related("history_user", "user")[:LINES_OF_THE_LOG]
    ]
