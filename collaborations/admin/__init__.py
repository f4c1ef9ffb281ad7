from collaborations.admin import collaboration  # noqa: F401 - registers the pages
