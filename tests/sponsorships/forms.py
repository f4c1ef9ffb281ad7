"""What a browser would post from the partner's pages."""

import uuid


def proposal(**overrides) -> dict:
    """A complete proposal, as typed on an English page."""
    return {
        "reference": str(uuid.uuid4()),
        "revision": "0",
        "proposal": "A thesis on touch.",
        "purpose": "Safer tools.",
        "regime": "partnership",
        "cash_amount": "1,234.56",
        "in_kind_amount": "",
        "skills_amount": "",
        "in_kind_description": "",
        "starts_on": "2027-01-01",
        "ends_on": "2029-12-31",
        "confidentiality": "public",
        "act": "save",
        **overrides,
    }


def organisation(**overrides) -> dict:
    """A complete registration of a French company."""
    return {
        "name": "Aciers du Rhône",
        "country": "FR",
        "siren": "732 829 320",
        "sector": "manufacturing",
        "size": "mid",
        "website": "",
        "job_title": "",
        "next": "",
        "act": "register",
        **overrides,
    }
