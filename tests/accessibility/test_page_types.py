"""The list of page types keeps up with the site: every address is on it, or is no page."""

import pytest
from django.contrib import admin

from tests.accessibility.panel_types import key_of, page_types
from tests.matrix.rows_api import API
from tests.matrix.walk import OF_A_RECORD, our_names

# What a person never looks at: answers for programs, verbs that only POST, addresses that lead elsewhere.
NOT_PAGES = {
    "healthz",
    "readyz",
    "robots_txt",
    "security_txt",
    "short_link",
    "open_data_zip",
    "open_data_catalogue",
    "sitemap",
    "lists:file",
    "photographs:file",
    "lists:opensearch",
    "sitemap_section",
    *(row.name for row in API),
    "set_language",
    "transparency_machines:checkpoint",
    "transparency_machines:tile",
    "transparency_machines:partial_tile",
    "transparency_machines:proof",
    "transparency_machines:add_checkpoint",
    "panel_audit:file",
    "after_login",
    "identity_begin",
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
    "admin:imports_import_file",
    "admin:imports_import_portfolio",
    "admin:imports_import_progress",
    "admin:imports_import_template",
    "desk:ics",
    "panel_desk:act_for",
    "panel_desk:calendar_address",
    "panel_desk:end_stand_in",
    "panel_desk:give_back",
    "panel_desk:note",
    "panel_desk:stop_acting",
    "panel_desk:take",
    "panel_mails:default",
    "panel_rights:file_json",
    "panel_rights:file_xlsx",
    "panel_team:mine",
}
# Their look is another page's: the same template, met on the way in or after a step that only a person takes.
LIKE_ANOTHER = {
    # Both are for who comes from a provider, which the demonstration has none of: forms like those around them.
    "identity_end",
    "socialaccount_signup",
    # Shown once, right after the codes are made; the panel's answers to a search while typing are data.
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "admin:autocomplete",
    # The demonstration sends no mail while it is loaded; the page is a verb's.
    "admin:core_outgoingmail_resend",
    # The office's contacts of the demonstration have accounts; the page is that of anonymising, without a list.
    "panel_rights:forget_contact",
    # Nobody in the demonstration keeps a view: a form of one field.
    "admin:saved_view",
    # Both answer a choice of rows, which is posted.
    "admin:at_once",
    "admin:done_at_once",
    "sponsorships:submit",
    "sponsorships:take_back",
    # The demonstration has nothing that waits for these: each is the page on which an act is confirmed.
    "admin:clusters_changerequest_decide",
    "admin:imports_import_act",
    "admin:partners_partner_invite",
    "admin:rights_correctionrequest_answer",
    "panel_team:cancel",
    # The demonstration invites nobody to a team: a partner's invitation looks the same.
    "clusters:team_invitation",
}
# One template serves these pages of every model that has them: one model's page stands for the others.
ONE_STANDS_FOR_ALL = {
    "as_of": "admin:chairs_chair_as_of",
    "restore": "admin:chairs_chair_restore",
    "ask": "admin:chairs_chair_ask",
    "duplicates": "admin:clusters_person_duplicates",
    "duplicates_of": "admin:clusters_person_duplicates_of",
    "merge": "admin:clusters_person_merge",
    # Nothing was merged in the demonstration: an act is confirmed, as everywhere.
    "undo_merge": "admin:chairs_chair_verb",
}


@pytest.mark.exhaustive
def test_every_address_has_a_page_type_or_is_no_page(demonstration):
    types = page_types()
    shown = {one.view for one in types}
    assert shown.issuperset(ONE_STANDS_FOR_ALL.values())
    # The panel's pages of a model are listed for every model (panel_types.pages_of), or for one that looks like all.
    pages = (*OF_A_RECORD, *ONE_STANDS_FOR_ALL)
    of_models = {f"admin:{key_of(model)}_{page}" for model in admin.site._registry for page in pages}
    missing = sorted(our_names() - shown - NOT_PAGES - LIKE_ANOTHER - of_models)
    assert not missing, f"give these a line in page_types.py, or say in this file why not: {missing}"
    named = [one.name for one in types]
    assert len(named) == len(set(named)), "two sorts of page have the same name"
