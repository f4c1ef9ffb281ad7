"""Outputs for tests; apart from the other records (tests/factories.py), which are many."""

from django.utils import timezone

from chairs.models import Output
from tests.factories import numbers


def make_output(chair, is_confirmed=True, **overrides) -> Output:
    number = next(numbers)
    values = {
        "title": f"Output {number}",
        "authors": ["Ada Nombre"],
        "year": 2025,
        "doi": f"10.1000/output.{number}",
        "completed_at": timezone.now(),
        "confirmed_at": timezone.now() if is_confirmed else None,
        **overrides,
    }
    return Output.objects.create(chair=chair, **values)
