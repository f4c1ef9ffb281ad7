"""Addresses made from names, so that nobody has to invent one."""

from django.utils.text import slugify

SHORTEST_CUT = 8


def free_slug(name: str, taken, max_length: int) -> str:
    """Answer an address made from `name` that no record of the queryset `taken` has."""
    base = slugify(name)[: max_length - SHORTEST_CUT].strip("-") or "record"
    used = set(taken.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 2
    while slug in used:
        slug, number = f"{base}-{number}", number + 1
    return slug
