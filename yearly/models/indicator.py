from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from yearly.enums import CountName, Operation, Unit
from yearly.models.units import UNITS


class IndicatorQuerySet(models.QuerySet):
    def active(self):
        """Return the indicators that reports show."""
        return self.filter(is_active=True)


class Indicator(models.Model):
    """A figure in reports: a name, a definition, and a formula of one or two of the named counts."""

    slug = models.SlugField(
        _("code"), max_length=60, unique=True, help_text=_("Names its sheet and its charts. It stays as it is.")
    )
    name = models.CharField(_("name"), max_length=150)
    definition = models.TextField(
        _("definition"),
        max_length=1000,
        blank=True,
        help_text=_("What is counted, on which day, and what is not: as the report prints it."),
    )
    first = models.CharField(_("count"), max_length=30, choices=CountName)
    operation = models.CharField(_("operation"), max_length=10, choices=Operation, blank=True)
    second = models.CharField(_("second count"), max_length=30, choices=CountName, blank=True)
    unit = models.CharField(
        _("unit"),
        max_length=10,
        choices=Unit,
        blank=True,
        help_text=_("That of the counts when left empty. A division may be a ratio or per cent."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100, help_text=_("Reports follow this order."))
    is_active = models.BooleanField(_("in reports"), default=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(operation="", second="") | (~Q(operation="") & ~Q(second="")),
                name="yearly_indicator_two_counts",
                violation_error_message=_("An operation needs a second count, and a second count an operation."),
            )
        ]

    def __str__(self):
        return self.name or self.slug

    def clean(self):
        if self.operation and not self.second:
            raise _error("second", _t("Choose what to add, or what to divide by."))
        if self.second and not self.operation:
            raise _error("operation", _t("Say what is done with the second count: it is added, or divides the first."))
        if not self.first or self.first not in UNITS or (self.second and self.second not in UNITS):
            return
        self._check_units()

    def _check_units(self):
        """Refuse a sum of different units, and a unit that does not fit the result; fill in an empty unit."""
        if self.second and self.first == self.second:
            raise _error("second", _t("Both counts are the same."))
        if self.operation == Operation.PER:
            possible = [Unit.RATIO, Unit.PERCENT]
        else:
            possible = [UNITS[self.first]]
            if self.second and UNITS[self.second] != UNITS[self.first]:
                said = {"first": UNITS[self.first].label, "second": UNITS[self.second].label}
                raise _error("second", _t("%(first)s and %(second)s cannot be added up.") % said)
        if self.unit and self.unit not in possible:
            labels = ", ".join(str(unit.label) for unit in possible)
            raise _error("unit", _t("The result is in: %(units)s.") % {"units": labels})
        self.unit = self.unit or possible[0]


def _error(field: str, sentence: str) -> ValidationError:
    return ValidationError({field: ValidationError(sentence, code="formula")})
