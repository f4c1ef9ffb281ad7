from chairs.admin import activity, chair, kind  # noqa: F401  (they register themselves)
