"""The list of page types keeps up with the site: every address is on it, or is no page."""

from django.contrib import admin

from tests.accessibility.panel_types import key_of, page_types
from tests.matrix.walk import OF_A_RECORD, our_names

# What a person never looks at: answers for programs, verbs that only POST, addresses that lead elsewhere.
NOT_PAGES = {
    "healthz",
    "readyz",
    "robots_txt",
    "security_txt",
    "sitemap",
    "sitemap_section",
    "set_language",
    "after_login",
    "contact_admit",
    "invitation_cancel",
    "contact_refuse",
    "sponsorship_document",
    "message_file",
    "partner_logo",
    "report_file",
    "report_submit",
    "messages_read",
    "agreement_document",
    "agreement_signatures",
    "agreement_preview",
    "agreement_code",
    "admin:partners_agreement_code",
    "chair_suggestions",
    "figures_export",
    "figures_entries_export",
    "my_figures_export",
    "my_figures_entries_export",
    "desk_figures_export",
    "desk_figures_entries_export",
    "cluster_figures_export",
    "cluster_figures_entries_export",
    "admin_login",
    "admin:chairs_chair_composition",
    "admin:chairs_chair_add_composition",
}
# Their look is another page's: the same template, met on the way in or after a step that only a person takes.
LIKE_ANOTHER = {
    # Shown once, right after the codes are made; the panel's answers to a search while typing are data.
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "admin:autocomplete",
    # The demonstration sends no mail while it is loaded; the page is a verb's.
    "admin:accounts_outgoingmail_resend",
    "sponsorship_submit",
    "endorsement_take_back",
}


def test_every_address_has_a_page_type_or_is_no_page(demonstration):
    types = page_types()
    listed = {one.view for one in types} | NOT_PAGES | LIKE_ANOTHER
    # The panel's pages of a model are listed for every model (panel_types.pages_of).
    of_models = {f"admin:{key_of(model)}_{page}" for model in admin.site._registry for page in OF_A_RECORD}
    missing = sorted(our_names() - listed - of_models)
    assert not missing, f"give these a line in page_types.py, or say in this file why not: {missing}"
    named = [one.name for one in types]
    assert len(named) == len(set(named)), "two sorts of page have the same name"
