"""Who answers for the site, for the pages that French law asks of it: read from the environment, and what lacks is said.

Legal notice: law 2004-575 of 21 June 2004, article 1-1. Privacy: articles 13 and 14 of the GDPR. Nothing stops the start:
a site that runs without them tells its operator (`manage.py check --deploy`) and its readers.
"""

from dataclasses import dataclass, fields
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from config.environment import CONTROL, contact, read


@dataclass(frozen=True)
class LegalNotice:
    """What stands on the pages; a text that nobody has stated is empty."""

    publisher_name: str
    publisher_address: str
    publisher_phone: str
    publisher_registration: str
    publisher_contact: str
    publication_director: str
    host_name: str
    host_address: str
    host_phone: str
    data_controller: str
    data_protection_contact: str

    @property
    def missing(self) -> list[str]:
        """Return the names of the variables that the law asks for and that are not set."""
        return [name.upper() for name in REQUIRED if not getattr(self, name)]


# A public body has no trade registration, and the controller is the publisher unless another is named.
REQUIRED = [one.name for one in fields(LegalNotice) if one.name not in {"publisher_registration", "data_controller"}]
CONTACTS = ("publisher_contact", "data_protection_contact")


def legal_notice() -> LegalNotice:
    """Return what the environment states; raise ImproperlyConfigured for what is not one line, or no address."""
    stated = {one.name: _line(one.name.upper()) for one in fields(LegalNotice)}
    for name in CONTACTS:
        if stated[name]:
            stated[name] = contact(name.upper(), default="")
    stated["data_controller"] = stated["data_controller"] or stated["publisher_name"]
    return LegalNotice(**stated)


def _line(name: str) -> str:
    text: str = read("str", name, default="").strip()
    if CONTROL.search(text):
        raise ImproperlyConfigured(f"{name} must be one line of text.")
    return text


def check_legal_notice(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Tell the operator which of them are not stated; it is no error, so that no start depends on it."""
    missing = settings.LEGAL_NOTICE.missing
    if not missing or settings.DEMONSTRATION:
        return []
    return [
        checks.Info(
            f"The legal notice and the privacy page lack {', '.join(missing)}.",
            hint="French law asks for them: see docs/settings.md. Until they are set, the pages say what is missing.",
            id="config.I001",
        )
    ]
