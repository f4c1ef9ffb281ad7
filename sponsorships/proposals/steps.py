"""The steps in which a partner writes a proposal: what each asks, what is done, where to go next. Each is saved by itself."""

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
    """A part of the form. `number` is what the reader counts."""

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
# The last one is a page of its own: it shows the whole and sends it.
WRITTEN = STEPS[:-1]
BY_NAME = {step.name: step for step in STEPS}


@dataclass(frozen=True)
class StepInBar:
    """A step as the bar shows it. `url` is empty while nothing is saved: there is nowhere to go yet."""

    step: Step
    url: str
    is_current: bool
    is_done: bool


def bar(sponsorship: Sponsorship, current: Step) -> list[StepInBar]:
    """Return all steps, with what is still missing in each known from the record."""
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
    """Return where a saved proposal's step is; the last leads to the page that sends it, or to what is missing."""
    return f"{reverse('sponsorships:edit', args=[sponsorship.reference])}?step={step.name}"


def unfinished(sponsorship: Sponsorship) -> Step | None:
    """Return the first step in which something is missing, or None."""
    missing = missing_fields(sponsorship)
    return next((step for step in WRITTEN if step.fields & missing.keys()), None)


def beside(step: Step, by: int) -> Step:
    """Return the step after (1) or before (-1) another."""
    return STEPS[max(0, min(len(STEPS) - 1, step.number - 1 + by))]


def asked_in(data: QueryDict) -> Step | None:
    """Return the step that an address or a form names, or None: it is about the whole proposal."""
    return BY_NAME.get(data.get("step", ""))


def fields_in(data: QueryDict, step: Step | None, every: frozenset[str]) -> frozenset[str] | None:
    """Return the fields that a form has: those of its step and any other that it sends; None for all of them."""
    return step.fields | (every & data.keys()) if step else None


def as_shown(data: QueryDict, step: Step | None) -> QueryDict:
    """Return what a step's form sends without what it no longer showed: a gift has no Cifre thesis."""
    if step != HOW or data.get("regime") != Regime.PATRONAGE or "is_cifre" not in data:
        return data
    shown = data.copy()
    del shown["is_cifre"]
    return shown
