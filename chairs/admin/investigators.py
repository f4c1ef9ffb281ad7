"""The page where staff ask to change the investigators of a running chair."""

from functools import partial

from django import forms
from django.contrib import messages
from django.forms.models import inlineformset_factory
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chairs.admin.inlines import AppointmentForm, AppointmentInline
from chairs.enums import PI_ROLES, AppointmentRole
from chairs.investigators import ASKED, as_row
from chairs.models import Appointment, Chair
from chairs.perms import changes_by_two
from clusters.admin.second_person import WHO, WhyForm
from clusters.second_person import ask, consequences_of
from core.admin.confirmation import Act, confirm
from core.admin.formsets import OwnRowsFormSet

NEW_PLACES = 1


class PlaceForm(AppointmentForm):
    """The wanted state of an investigator's appointment."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Only investigator roles: a row with another role would leave the request. Who leaves gets a last day.
        self.fields["role"].choices = [(role.value, role.label) for role in AppointmentRole if role in PI_ROLES]


class InvestigatorsForm(WhyForm):
    """The investigators' appointments of a chair, an empty row to add one, and the reason."""

    template_name = "chairs/admin/_places.html"

    def __init__(self, data, *, chair, page, request):
        super().__init__(data)
        inline = AppointmentInline(Chair, page.admin_site)
        form = type("Place", (PlaceForm,), {"user": request.user})
        make = inlineformset_factory(
            Chair,
            Appointment,
            form=form,
            formset=OwnRowsFormSet,
            fields=ASKED,
            extra=NEW_PLACES,
            can_delete=False,
            formfield_callback=partial(inline.formfield_for_dbfield, request=request),
        )
        self.rows = make(data, instance=chair, queryset=chair.appointments.investigators().order_by("pk"))

    @property
    def media(self):
        return self.rows.media

    def is_valid(self):
        return all([super().is_valid(), self.rows.is_valid()])

    def clean(self):
        cleaned = super().clean()
        if not self.rows.has_changed():
            self.add_error(None, forms.ValidationError(_("Nothing differs from what the record says."), code="same"))
        return cleaned

    def asked(self) -> list[dict]:
        """Return all appointments as the change request stores them."""
        kept = [row for row in self.rows.forms if row.instance.pk is not None or row.has_changed()]
        return [as_row(row.instance) for row in kept]


class InvestigatorsAdmin:
    """Adds to the chair's page the request to change its investigators."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.investigators_view)
        return [path("<int:object_id>/investigators/", view, name="chairs_chair_investigators"), *super().get_urls()]

    def investigators_view(self, request, object_id):
        """Ask for other investigators (POST): the chair keeps its present ones until a colleague confirms."""
        chair = self.get_object(request, str(object_id))
        return confirm(self, request, chair, Act(
            label=gettext_lazy("Change the investigators"),
            effect=gettext_lazy("The chair keeps its investigators until a colleague confirms the change. Give a last day to whoever leaves, and add whoever joins below."),
            may=lambda record, user: self.guarding_cluster(record, user) is not None,
            who=WHO,
            why_not=lambda record, user: [] if changes_by_two(record) else [_("This can be changed on the record’s page, by one person.")],
            do=lambda form, note: self._ask_for_investigators(request, chair, form),
            done=_("The change waits for a colleague."),
            form=lambda data, record: InvestigatorsForm(data, chair=record, page=self, request=request),
            button=gettext_lazy("Ask for it"),
            template="chairs/admin/investigators.html",
        ))  # fmt: skip

    def _ask_for_investigators(self, request, chair, form):
        asked = ask(
            chair,
            {"investigators": form.asked()},
            why=form.cleaned_data["why"],
            cluster=self.guarding_cluster(chair, request.user),
            by=request.user,
        )
        if broken := consequences_of(asked):
            rules = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in broken))
            messages.warning(
                request,
                format_html("{}<ul>{}</ul>", _("With these investigators a composition rule is broken:"), rules),
            )
