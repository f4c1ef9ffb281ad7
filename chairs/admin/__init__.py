from chairs.admin import chair, kind  # noqa: F401  (they register themselves)
