"""The list of page types keeps up with the site: every address is on it, or is no page."""

import pytest
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
    "partners:contact_admit",
    "partners:invitation_cancel",
    "partners:contact_refuse",
    "sponsorships:document",
    "conversations:file",
    "sponsorships:partner_logo",
    "progress:file",
    "progress:submit",
    "conversations:read",
    "sponsorships:agreement_document",
    "sponsorships:agreement_signatures",
    "sponsorships:agreement_preview",
    "sponsorships:agreement_code",
    "admin:sponsorships_agreement_code",
    "chairs:suggestions",
    "figures:figure_export",
    "figures:public_export",
    "figures:public_entries_export",
    "figures:partner_export",
    "figures:partner_entries_export",
    "panel_figures:nation_export",
    "panel_figures:nation_entries_export",
    "panel_figures:cluster_export",
    "panel_figures:cluster_entries_export",
    "admin:yearly_yearreport_file",
    "admin:yearly_yearreport_chart",
    "admin:yearly_chairyearreport_remind",
    "yearly:submit",
    "panel_figures:nation_changed_export",
    "panel_figures:cluster_changed_export",
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
    "admin:core_outgoingmail_resend",
    # Nobody in the demonstration keeps a view: a form of one field.
    "admin:saved_view",
    # Both answer a choice of rows, which is posted.
    "admin:at_once",
    "admin:done_at_once",
    "sponsorships:submit",
    "sponsorships:take_back",
}


@pytest.mark.exhaustive
def test_every_address_has_a_page_type_or_is_no_page(demonstration):
    types = page_types()
    listed = {one.view for one in types} | NOT_PAGES | LIKE_ANOTHER
    # The panel's pages of a model are listed for every model (panel_types.pages_of).
    of_models = {f"admin:{key_of(model)}_{page}" for model in admin.site._registry for page in OF_A_RECORD}
    missing = sorted(our_names() - listed - of_models)
    assert not missing, f"give these a line in page_types.py, or say in this file why not: {missing}"
    named = [one.name for one in types]
    assert len(named) == len(set(named)), "two sorts of page have the same name"
