"""The yearly intakes of training programmes, and the overlaps: people whom several intakes count."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.models.cluster import YEAR_VALIDATORS, Cluster
from clusters.models.training import MAX_PEOPLE, TrainingProgramme
from clusters.scopes import clusters_of

PEOPLE_VALIDATORS = [MinValueValidator(0), MaxValueValidator(MAX_PEOPLE)]
FEWEST_INTAKES = 2
# Numbers that an intake may state besides its number of people.
PARTS = ("completed", "women", "continuing")


class IntakeQuerySet(models.QuerySet):
    def published(self):
        """Return the intakes of public programmes."""
        return self.filter(programme__in=TrainingProgramme.objects.published().order_by().values("pk"))

    def visible_to(self, user):
        """Return the intakes of the programmes that this member of staff sees, including other clusters' intakes there."""
        return self.filter(programme__in=TrainingProgramme.objects.visible_to(user).order_by().values("pk"))


class Intake(models.Model):
    """The number of people that a cluster counts in a programme in the academic year that begins in `year`."""

    programme = models.ForeignKey(
        TrainingProgramme, on_delete=models.PROTECT, related_name="intakes", verbose_name=_("training programme")
    )
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="intakes", verbose_name=_("cluster"))
    year = models.PositiveSmallIntegerField(
        _("academic year"), validators=YEAR_VALIDATORS, help_text=_("The year in which it begins: 2025 for 2025–2026.")
    )
    enrolled = models.PositiveIntegerField(_("enrolled"), validators=PEOPLE_VALIDATORS)
    completed = models.PositiveIntegerField(
        pgettext_lazy("people of an intake", "completed"), null=True, blank=True, validators=PEOPLE_VALIDATORS
    )
    women = models.PositiveIntegerField(
        _("women"), null=True, blank=True, validators=PEOPLE_VALIDATORS, help_text=_("Empty where it is not stated.")
    )
    continuing = models.PositiveIntegerField(
        _("in continuing education"), default=0, validators=PEOPLE_VALIDATORS, help_text=_("Of those enrolled.")
    )
    source = models.URLField(_("source"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        ordering = ["-year", "programme", "pk"]
        indexes = [models.Index(fields=["year", "cluster"], name="clusters_intake_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "cluster", "year"],
                name="clusters_intake_once",
                violation_error_message=_("This cluster’s intake of this year is already there."),
            ),
            models.CheckConstraint(
                condition=Q(completed=None) | Q(completed__lte=F("enrolled")),
                name="clusters_intake_completed_of_enrolled",
                violation_error_message=_("More people completed it than enrolled."),
            ),
            models.CheckConstraint(
                condition=Q(women=None) | Q(women__lte=F("enrolled")),
                name="clusters_intake_women_of_enrolled",
                violation_error_message=_("More women than people enrolled."),
            ),
            models.CheckConstraint(
                condition=Q(continuing__lte=F("enrolled")),
                name="clusters_intake_continuing_of_enrolled",
                violation_error_message=_("More people in continuing education than enrolled."),
            ),
        ]

    def __str__(self):
        return f"{self.programme}, {self.academic_year} ({self.cluster})"

    def clean(self) -> None:
        """Refuse a future year, and a number below the people in the intake's overlaps."""
        if self.year and self.year > timezone.localdate().year:
            raise ValidationError({"year": ValidationError(_t("This year has not come yet."), code="to_come")})
        overlapping = self.overlaps.aggregate(sum=Sum("people"))["sum"] if self.pk else None
        if self.enrolled is not None and overlapping and self.enrolled < overlapping:
            sentence = _t("The overlaps of this intake count %(people)d of its people: change them first.")
            error = ValidationError(sentence, code="overlaps_larger", params={"people": overlapping})
            raise ValidationError({"enrolled": error})

    @property
    def academic_year(self) -> str:
        return f"{self.year}–{self.year + 1}"


class IntakeOverlapQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Return the overlaps with an intake of this member of staff's clusters."""
        scope = clusters_of(user)
        if user.is_superuser or scope.is_national:
            return self
        parts = OverlapPart.objects.filter(intake__cluster__in=scope.pks).order_by()
        return self.filter(pk__in=parts.values("overlap"))


class IntakeOverlap(models.Model):
    """People whom exactly these intakes of one year count; in a total they are counted once.

    A person in three intakes is in one overlap of the three, and in no overlap of two of them. So the overlaps of an
    intake share nobody, and a total is the sum of the intakes less the repeats in their overlaps.
    """

    intakes = models.ManyToManyField(
        Intake, through="OverlapPart", related_name="overlaps", verbose_name=_("intakes that count them")
    )
    people = models.PositiveIntegerField(
        _("people"),
        validators=[MinValueValidator(1), MaxValueValidator(MAX_PEOPLE)],
        help_text=_("Those whom each of these intakes counts, and no other."),
    )
    # The people of the overlap who are also in these numbers of each intake; if not stated, nothing is subtracted.
    completed = models.PositiveIntegerField(
        _("of whom completed it"), null=True, blank=True, validators=PEOPLE_VALIDATORS
    )
    women = models.PositiveIntegerField(_("of whom women"), null=True, blank=True, validators=PEOPLE_VALIDATORS)
    continuing = models.PositiveIntegerField(
        _("of whom in continuing education"), null=True, blank=True, validators=PEOPLE_VALIDATORS
    )
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("How you know."))

    objects = IntakeOverlapQuerySet.as_manager()

    class Meta:
        verbose_name = _("overlap of intakes")
        verbose_name_plural = _("overlaps of intakes")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gte=1),
                name="clusters_overlap_of_somebody",
                violation_error_message=_("Enter at least one person."),
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{part: None}) | Q(**{f"{part}__lte": F("people")}),
                    name=f"clusters_overlap_{part}_of_people",
                    violation_error_message=_("More than the people of the overlap."),
                )
                for part in PARTS
            ),
        ]

    def __str__(self):
        """Return the programmes by name, each once, with the clusters whose intakes are in the overlap."""
        clusters: dict[str, list[str]] = {}
        for part in self.parts.all() if self.pk else ():
            of = f"{part.intake.programme}, {part.intake.academic_year}"
            clusters.setdefault(of, []).append(str(part.intake.cluster))
        named = " / ".join(f"{of} ({', '.join(names)})" for of, names in clusters.items())
        return named or str(_("overlap of intakes"))


class OverlapPart(models.Model):
    """An intake in an overlap."""

    overlap = models.ForeignKey(
        IntakeOverlap, on_delete=models.CASCADE, related_name="parts", verbose_name=_("overlap of intakes")
    )
    # An intake in an overlap cannot be deleted: totals were computed with it.
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="overlap_parts", verbose_name=_("intake"))

    class Meta:
        verbose_name = _("intake in an overlap")
        verbose_name_plural = _("intakes in overlaps")
        ordering = ["overlap", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["overlap", "intake"],
                name="clusters_overlap_part_once",
                violation_error_message=_("This intake is already in the overlap."),
            )
        ]

    def __str__(self):
        return str(self.intake)


def obstacles_of_overlap(
    overlap: IntakeOverlap, intakes: list[Intake]
) -> Iterator[tuple[Intake | None, ValidationError]]:
    """Yield each error that prevents an overlap of these intakes, with the intake that it is about, or None."""
    if len(intakes) < FEWEST_INTAKES:
        yield None, ValidationError(_t("Choose the intakes that count these people: two at least."), code="too_few")
        return
    if len({intake.year for intake in intakes}) > 1:
        yield None, ValidationError(_t("The intakes are of different years."), code="different_years")
    for intake in intakes:
        yield from ((intake, error) for error in _too_large_for(overlap, intake))
    if _same_intakes(overlap, intakes):
        sentence = _t("The overlap of these intakes is already declared: correct that one.")
        yield None, ValidationError(sentence, code="declared_twice")


def _too_large_for(overlap: IntakeOverlap, intake: Intake) -> Iterator[ValidationError]:
    others = intake.overlaps.exclude(pk=overlap.pk)
    already = others.aggregate(sum=Sum("people"))["sum"] or 0
    values: dict[str, Any] = {"intake": intake, "enrolled": intake.enrolled, "already": already}
    if overlap.people > intake.enrolled:
        sentence = _t("%(intake)s has %(enrolled)d people: the overlap cannot be larger.")
        yield ValidationError(sentence, code="larger_than_a_part", params=values)
    elif overlap.people + already > intake.enrolled:
        sentence = _t(
            "%(intake)s has %(enrolled)d people, and its other overlaps count %(already)d of them: "
            "somebody in several intakes stands in one overlap only."
        )
        yield ValidationError(sentence, code="more_than_enrolled", params=values)
    for part in PARTS:
        mine, theirs = getattr(overlap, part), getattr(intake, part)
        if mine is not None and theirs is not None and mine > theirs:
            sentence = _t("%(intake)s counts fewer: %(number)d (%(part)s).")
            named = intake._meta.get_field(part).verbose_name
            yield ValidationError(
                sentence, code="more_than_a_part", params={"intake": intake, "number": theirs, "part": named}
            )


def _same_intakes(overlap: IntakeOverlap, intakes: Iterable[Intake]) -> bool:
    wanted = {intake.pk for intake in intakes}
    others = IntakeOverlap.objects.filter(intakes__in=wanted).exclude(pk=overlap.pk).distinct()
    return any({part.intake_id for part in other.parts.all()} == wanted for other in others.prefetch_related("parts"))
