"""The steps of the proposal form: their fields, which are complete, and where to go next.

Each step is saved by itself.
"""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sponsorships.enums import Regime
from sponsorships.models import Sponsorship
from sponsorships.proposals.conditions import missing_fields


@dataclass(frozen=True)
class Step:
    """A part of the form; `number` is the one shown to the user."""

    name: str
    number: int
    label: str | Promise
    fields: frozenset[str]
    template: str


WHAT, HOW_MUCH, HOW, WHO, SEND = STEPS = (
    Step(
        "what", 1, _("What"), frozenset({"partner", "activity", "proposal", "purpose"}), "sponsorships/_step_what.html"
    ),
    Step(
        "how-much",
        2,
        _("How much and when"),
        frozenset({"cash_amount", "in_kind_amount", "skills_amount", "in_kind_description", "starts_on", "ends_on"}),
        "sponsorships/_step_how_much.html",
    ),
    Step("how", 3, _("How"), frozenset({"regime", "is_cifre"}), "sponsorships/_step_how.html"),
    Step(
        "who",
        4,
        _("Who signs, and what is said of it"),
        frozenset({"is_exclusive", "signatory", "confidentiality"}),
        "sponsorships/_step_who.html",
    ),
    Step("send", 5, _("Read and send"), frozenset(), "sponsorships/my/sponsorship_verb.html"),
)
# The steps with fields: the last step, SEND, is a page that shows the whole proposal and sends it.
WRITTEN = STEPS[:-1]
BY_NAME = {step.name: step for step in STEPS}


@dataclass(frozen=True)
class StepInBar:
    """A step in the progress bar; `url` is empty until the proposal is saved."""

    step: Step
    url: str
    is_current: bool
    is_done: bool


def bar(sponsorship: Sponsorship, current: Step) -> list[StepInBar]:
    """Return all steps, marking those in which nothing is missing."""
    missing = missing_fields(sponsorship) if sponsorship.pk else None
    return [
        StepInBar(
            step=step,
            url=address(sponsorship, step) if missing is not None else "",
            is_current=step == current,
            is_done=missing is not None and step != SEND and not step.fields & missing.keys(),
        )
        for step in STEPS
    ]


def address(sponsorship: Sponsorship, step: Step) -> str:
    """Return the address of a saved proposal's step; SEND leads to the sending page, or to the first incomplete step."""
    return f"{reverse('sponsorships:edit', args=[sponsorship.reference])}?step={step.name}"


def unfinished(sponsorship: Sponsorship) -> Step | None:
    """Return the first step in which something is missing, or None."""
    missing = missing_fields(sponsorship)
    return next((step for step in WRITTEN if step.fields & missing.keys()), None)


def beside(step: Step, by: int) -> Step:
    """Return the step `by` places further (1) or back (-1)."""
    return STEPS[max(0, min(len(STEPS) - 1, step.number - 1 + by))]


def asked_in(data: QueryDict) -> Step | None:
    """Return the step named in the request's data, or None if the form is the whole proposal."""
    return BY_NAME.get(data.get("step", ""))


def fields_in(data: QueryDict, step: Step | None, every: frozenset[str]) -> frozenset[str] | None:
    """Return the form's fields: those of its step and any others posted; None for all."""
    return step.fields | (every & data.keys()) if step else None


def as_shown(data: QueryDict, step: Step | None) -> QueryDict:
    """Return the step's posted data without the Cifre box, which the form hides for a gift."""
    if step != HOW or data.get("regime") != Regime.PATRONAGE or "is_cifre" not in data:
        return data
    shown = data.copy()
    del shown["is_cifre"]
    return shown
