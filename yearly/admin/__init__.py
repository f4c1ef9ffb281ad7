from yearly.admin import chair_report, indicator, year_report  # noqa: F401  (they register themselves)
