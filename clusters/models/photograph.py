from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.enums import PhotographWay
from clusters.models.person import Person
from core.model_fields import PastDayField, acted_for, done_by
from core.models.kept_file import KeptFile, random_path

# In pixels. Pages show pictures at half the size, so that they are sharp on every screen.
LARGE, SMALL = 192, 96


def address_of_picture(person: int, side: int) -> str:
    return reverse("photographs:file", args=[person, side])


class Photograph(KeptFile):
    """A picture of a person. When the person takes the consent back, the row and the files are erased.

    The row also says who agreed, when and how. `rights.photographs` adds and removes pictures; docs/consent.md has the
    rules.
    """

    SIDES = (LARGE, SMALL)
    folder = "photographs"

    # The files must be erased with the row, which a cascade would not do.
    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, related_name="photograph", verbose_name=_("person"), editable=False
    )
    small = models.FileField(_("small file"), upload_to=random_path, max_length=100, editable=False)
    author = models.CharField(
        _("who took the picture"),
        max_length=150,
        blank=True,
        help_text=_("Shown with the picture. Leave it empty where nobody has to be named."),
    )
    way = models.CharField(_("how the agreement came"), max_length=10, choices=PhotographWay, editable=False)
    agreed_on = PastDayField(_("agreed on"), help_text=_("The day on which the person agreed."))
    agreed_how = models.CharField(
        _("who agreed, and how"),
        max_length=300,
        blank=True,
        help_text=_("For example: Ada Lovelace, by the form that she signed, in the office’s folder 12."),
    )
    # Confirmed by the person who adds the picture; required.
    has_rights = models.BooleanField(_("we may publish the picture"), default=False)
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    added_by = done_by(_("added by"))
    on_behalf_of = acted_for("added_by")

    class Meta:
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")
        constraints = [
            models.CheckConstraint(
                condition=Q(has_rights=True),
                name="clusters_photograph_with_rights",
                violation_error_message=_("A picture that we may not publish is not kept."),
            ),
            models.CheckConstraint(
                condition=~Q(way=PhotographWay.STAFF) | ~Q(agreed_how="") & Q(added_by__isnull=False),
                name="clusters_photograph_staff_say_how",
                violation_error_message=_("Say who agreed, and how."),
            ),
        ]

    def __str__(self):
        return str(self.person)

    def address(self, side: int) -> str:
        """Return the public URL of the picture, the same in each language."""
        return address_of_picture(self.person_id, side)

    def file_of(self, side: int):
        return self.file if side == LARGE else self.small

    def erase(self) -> None:
        """Delete the row, and the files in both sizes after the commit."""
        path = self.small.name
        super().erase()
        transaction.on_commit(lambda: default_storage.delete(path), robust=True)
