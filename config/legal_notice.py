"""Who is responsible for the site, for the pages that French law requires: read from the environment.

Legal notice: law 2004-575 of 21 June 2004, article 1-1. Privacy: articles 13 and 14 of the GDPR. The web server does not
start without publisher and host. Of other missing values the operator (`manage.py check --deploy`) and the readers are told.
"""

from dataclasses import dataclass, fields
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from config.environment import contact, line


@dataclass(frozen=True)
class LegalNotice:
    """The values on these pages; empty texts where nothing is stated."""

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
        """Return the names of the required variables that are not set."""
        return [name.upper() for name in REQUIRED if not getattr(self, name)]


# Not required: a public body has no trade registration, and the controller is the publisher unless another is named.
REQUIRED = [one.name for one in fields(LegalNotice) if one.name not in {"publisher_registration", "data_controller"}]
CONTACTS = ("publisher_contact", "data_protection_contact")
# What a published site must say of its publisher and host, by the same article of law.
NEEDED_TO_START = [name for name in REQUIRED if name not in CONTACTS]


def legal_notice() -> LegalNotice:
    """Return the values in the environment. Raise ImproperlyConfigured for one with a line break, or an invalid contact."""
    stated = {one.name: line(one.name.upper(), default="") for one in fields(LegalNotice)}
    for name in CONTACTS:
        if stated[name]:
            stated[name] = contact(name.upper(), default="")
    stated["data_controller"] = stated["data_controller"] or stated["publisher_name"]
    return LegalNotice(**stated)


def refuse_to_serve_without_publisher() -> None:
    """Raise ImproperlyConfigured on a real site whose publisher or host is not stated."""
    lacking = [name.upper() for name in NEEDED_TO_START if not getattr(settings.LEGAL_NOTICE, name)]
    if lacking and not settings.DEMONSTRATION:
        raise ImproperlyConfigured(
            f"the law asks every public site to name its publisher and its host: set {', '.join(lacking)} (docs/settings.md)."
        )


def check_legal_notice(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Tell the operator which values are missing. It is only for information: a site is installed before all are known."""
    missing = settings.LEGAL_NOTICE.missing
    if not missing or settings.DEMONSTRATION:
        return []
    return [
        checks.Info(
            f"The legal notice and the privacy page lack {', '.join(missing)}.",
            hint="French law asks for them: see docs/settings.md. Without publisher and host the web server does not start.",
            id="config.I001",
        )
    ]
