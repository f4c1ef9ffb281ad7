from tests.personas import cast  # noqa: F401
