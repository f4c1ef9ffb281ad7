"""Read the fields of an invented proposal from its text."""

from decimal import Decimal

from demo.texts import first_of_month, last_before

# Months from now to the start, and duration, if the text has no others.
STARTS, MONTHS = 3, 12


def proposed(text: dict) -> dict:
    """Return the fields of a proposal that its partner may revise."""
    months = text.get("starts", STARTS)
    return {
        "proposal": text.get("proposal", ""),
        "regime": text["regime"],
        "cash_amount": _euros(text, "cash"),
        "in_kind_amount": _euros(text, "in_kind"),
        "skills_amount": _euros(text, "skills"),
        "in_kind_description": text.get("in_kind_description", ""),
        "is_cifre": text.get("cifre", False),
        "is_exclusive": text.get("exclusive", False),
        "starts_on": first_of_month(months),
        "ends_on": last_before(months + text.get("months", MONTHS)),
        "purpose": text["purpose"],
    }


def one_page_pdf(title: str) -> bytes:
    """Return a one-page PDF that shows its title and says that it is made up."""
    shown = title.encode("cp1252", "replace").replace(b"(", b"[").replace(b")", b"]")
    words = b"BT /F 14 Tf 60 760 Td (" + shown + b") Tj 0 -24 Td (Demonstration: this document is made up.) Tj ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(content))
        content += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table) + trailer


def _euros(text: dict, name: str) -> Decimal | None:
    return Decimal(text[name]) if name in text else None
