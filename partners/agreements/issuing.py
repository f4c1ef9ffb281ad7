"""What an agreement's verbs make of its papers: the document when it is issued, its fingerprint, the signature page."""

from django.core.files.base import ContentFile
from django.dispatch import receiver
from django.utils.translation import gettext as _

from clusters.lifecycle import Refused, verb_performed
from partners.agreements import document, signature_page
from partners.agreements.kept import Altered, fingerprint, read, read_document
from partners.agreements.typesetting import Unprintable, typeset, unprintable
from partners.models import Agreement


@receiver(verb_performed, sender=Agreement, dispatch_uid="make_papers")
def make_papers(sender, record, verb, by, details, at, **kwargs):
    """In the verb's transaction: where a paper cannot be made, nothing has happened."""
    try:
        match verb:
            case "issue":
                _issue(record, at)
                _keep(record, by, verb, ["frozen", "file", "sha256"])
            case "record":
                record.frozen, record.sha256 = document.terms(record), fingerprint(read(record.file))
                _keep(record, by, verb, ["frozen", "sha256"])
            case "sign":
                _refuse_unprintable(details.get("name", ""))
                read_document(record)
            case "countersign":
                read_document(record)
                page = typeset(signature_page.contents(record), at)
                record.signature_page = ContentFile(page, "signature-page.pdf")
                _keep(record, by, verb, ["signature_page"])
    except Altered as error:
        raise Refused(
            [_("The document is not the one that was kept: nobody can sign it. Tell who runs this site.")]
        ) from error
    except Unprintable as refusal:
        raise Refused([document.cannot_print(refusal.signs)]) from refusal


def _issue(agreement: Agreement, at) -> None:
    agreement.frozen = document.contents(agreement)
    content = typeset(agreement.frozen, at)
    agreement.file, agreement.sha256 = ContentFile(content, "agreement.pdf"), fingerprint(content)


def _keep(agreement: Agreement, by, verb: str, fields: list[str]) -> None:
    # The field history says who, as it does of the verb itself.
    agreement._history_user, agreement._change_reason = by, verb
    agreement.save(update_fields=fields)


def _refuse_unprintable(name: str) -> None:
    if signs := unprintable(name):
        raise Unprintable(signs)
