"""Every list of the site, and which rows it shows."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.matrix.collaborations import collaboration, participant
from tests.matrix.growing import (
    a_year,
    asked,
    asked_change,
    asked_here,
    chair,
    chair_here,
    chair_year,
    clause,
    cluster,
    concept,
    correction,
    employed,
    everything_that_waits,
    export,
    file_here,
    held,
    held_back,
    imported,
    imported_line,
    in_chair,
    in_cluster,
    indicator,
    mail,
    money,
    money_here,
    money_of_one,
    money_of_ours,
    our_colleague,
    our_file,
    our_payable,
    output,
    programme_part,
    proposed_to_me,
    reported,
    said,
    said_elsewhere,
    saved_again,
    shared_money,
    sponsor,
    staff,
    stated_count,
    theme,
    training,
    year_report,
)
from tests.personas import COORDINATOR, FINANCE, MANAGER, PARTNER, PI, READER


@dataclass(frozen=True)
class List:
    """An address that shows `grow`'s rows to a persona (to everybody if None)."""

    name: str
    grow: Callable
    who: str | None = None
    args: Callable = lambda world: []
    about: str = ""
    query: str = ""
    # Whoever first reads new rows notes them once (api/publication.py): that visit is not counted.
    notes: bool = False

    def __str__(self):
        return f"{self.name} ({self.about})" if self.about else self.name


PUBLIC = [
    List("chairs:home", chair),
    List("clusters:training_list", training),
    List("clusters:training_list", training, about="searched", query="?q=programme&language=fr"),
    List("clusters:training_detail", programme_part, args=lambda w: [w.programme.slug]),
    List("clusters:detail", training, args=lambda w: ["here"], about="training"),
    List("chairs:list", chair),
    List("chairs:detail", in_chair, args=lambda w: ["here", w.chair.slug]),
    List("chairs:opportunities", chair),
    List("chairs:output_list", output),
    List("chairs:chair_output_list", output, args=lambda w: ["here", w.chair.slug]),
    List("chairs:detail", output, args=lambda w: ["here", w.chair.slug], about="outputs"),
    List("collaborations:list", collaboration),
    List("collaborations:detail", participant, args=lambda w: [w.collaboration.slug]),
    List("clusters:detail", collaboration, args=lambda w: ["here"], about="collaborations"),
    List("chairs:detail", collaboration, args=lambda w: ["here", w.chair.slug], about="collaborations"),
    List("clusters:list", cluster),
    List("chairs:compare_clusters", cluster),
    List("clusters:detail", in_cluster, args=lambda w: ["here"]),
    List("chairs:person_list", chair),
    List("chairs:person_detail", held, args=lambda w: [w.person.slug]),
    List("sponsorships:partner_list", sponsor),
    List("sponsorships:partner_detail", sponsor, args=lambda w: [w.company.slug]),
    List("chairs:institution_list", employed),
    List("chairs:institution_list", cluster, about="members"),
    List("chairs:institution_detail", employed, args=lambda w: [w.institution.slug]),
]
PUBLIC += [
    List("figures:public", money),
    List("figures:figure", money, args=lambda w: ["partners-money"], about="money"),
    List("figures:figure", chair, args=lambda w: ["chairs-by-theme"], about="chairs"),
    List("figures:figure", cluster, args=lambda w: ["map"], about="clusters"),
    List("figures:public_entries", money),
    List("figures:public_entries", shared_money, args=lambda w: [], query="?cluster=here", about="of a cluster"),
]
OWN = [
    List("figures:partner", money_of_ours, PARTNER, lambda w: [w.company.slug]),
    List("figures:partner_entries", money_of_ours, PARTNER, lambda w: [w.company.slug]),
    List("portal:home", our_file, PARTNER, about="files"),
    List("portal:home", our_colleague, PARTNER, about="colleagues"),
    List("portal:home", held, PI, about="chairs"),
    List("chairs:outputs_keep", output, PI, lambda w: ["here", w.chair.slug]),
    List("portal:home", proposed_to_me, PI, about="proposals"),
    List("sponsorships:chair_proposals", proposed_to_me, PI),
    List("portal:home", asked, PI, about="consents"),
    List("portal:home", our_payable, PARTNER, about="payments"),
    List(
        "sponsorships:detail",
        money_of_one,
        PARTNER,
        lambda w: [w.sponsorships["active"].reference],
        about="instalments",
    ),
    List("partners:detail", our_colleague, PARTNER, lambda w: [w.company.slug]),
    List("portal:home", said_elsewhere, PARTNER, about="messages"),
    List("conversations:thread", said, PARTNER, lambda w: [w.sponsorships["in_review"].reference]),
]
STAFF = [
    List("panel_figures:nation", shared_money, COORDINATOR),
    List("panel_figures:nation_entries", money_here, COORDINATOR),
    List("panel_figures:nation_changed", money_here, COORDINATOR),
    List("panel_figures:cluster_changed", shared_money, READER, lambda w: ["here"]),
    List("panel_figures:cluster", shared_money, READER, lambda w: ["here"]),
    List("panel_figures:cluster_entries", shared_money, READER, lambda w: ["here"]),
    List("panel_desk:mine", everything_that_waits, MANAGER),
    List("panel_desk:team", everything_that_waits, READER),
    List("panel_desk:changes", everything_that_waits, MANAGER),
    List("panel_desk:calendar", money_here, MANAGER),
    List("panel_team:cluster", staff, MANAGER, lambda w: ["here"]),
    List("admin:index", everything_that_waits, MANAGER),
    List("admin:chairs_chair_changelist", chair_here, MANAGER),
    List("admin:chairs_chair_change", asked_here, READER, lambda w: [w.chairs["suspended"].pk], about="consents"),
    List("admin:chairs_chair_history", saved_again, MANAGER, lambda w: [w.chairs["draft"].pk]),
    List("admin:chairs_output_changelist", output, MANAGER),
    List("admin:collaborations_collaboration_changelist", collaboration, MANAGER),
    List("admin:collaborations_collaboration_change", participant, MANAGER, lambda w: [w.collaboration.pk]),
    List("admin:chairs_chair_outputs", output, MANAGER, lambda w: [w.chair.pk]),
    List("admin:chairs_activity_changelist", file_here, MANAGER),
    List("admin:chairs_chairkind_changelist", chair, COORDINATOR),
    List("admin:chairs_concept_changelist", concept, COORDINATOR),
    List("admin:chairs_discipline_changelist", chair, COORDINATOR),
    List("admin:clusters_cluster_changelist", cluster, COORDINATOR),
    List("admin:clusters_theme_changelist", theme, MANAGER),
    List("admin:clusters_phase_changelist", theme, COORDINATOR),
    List("admin:clusters_institution_changelist", employed, MANAGER),
    List("admin:clusters_person_changelist", chair_here, MANAGER),
    List("admin:clusters_staffrole_changelist", staff, MANAGER),
    List("admin:clusters_changerequest_changelist", asked_change, MANAGER),
    List("admin:rights_correctionrequest_changelist", correction, MANAGER),
    List("admin:clusters_trainingprogramme_changelist", training, MANAGER),
    List("admin:clusters_intake_changelist", training, MANAGER),
    List("admin:clusters_intakeoverlap_changelist", training, MANAGER),
    List("admin:clusters_statedcount_changelist", stated_count, COORDINATOR),
    List("admin:partners_partner_changelist", file_here, MANAGER),
    List("admin:partners_contact_changelist", file_here, MANAGER),
    List("admin:sponsorships_sponsorship_changelist", file_here, MANAGER),
    List("admin:sponsorships_clause_changelist", clause, COORDINATOR),
    List("admin:sponsorships_agreement_changelist", money_here, MANAGER),
    List("admin:sponsorships_instalment_changelist", money_here, FINANCE),
    List("admin:progress_progressreport_changelist", reported, MANAGER),
    List("admin:yearly_chairyearreport_changelist", chair_year, MANAGER),
    List("admin:yearly_chairyearreport_missing", chair_here, MANAGER),
    List("admin:imports_import_changelist", imported, MANAGER),
    List("admin:imports_import_change", imported_line, MANAGER, lambda w: [w.batch.pk], about="lines"),
    List("admin:yearly_indicator_changelist", indicator, COORDINATOR),
    List("admin:yearly_yearreport_changelist", year_report, MANAGER),
    List("admin:yearly_yearreport_read", a_year, MANAGER, lambda w: [w.year_report.pk]),
    List("admin:yearly_yearreport_records", a_year, MANAGER, lambda w: [w.year_report.pk, "publications"]),
    List("admin:sponsorships_ledgerentry_changelist", money_here, FINANCE),
    List(
        "admin:sponsorships_sponsorship_change",
        money_of_one,
        MANAGER,
        lambda w: [w.sponsorships["active"].pk],
        about="account",
    ),
    List("admin:accounts_user_changelist", staff, COORDINATOR),
    List("admin:core_outgoingmail_changelist", mail, COORDINATOR),
    List("admin:core_helddecision_changelist", held_back, MANAGER),
    List("admin:core_listexport_changelist", export, COORDINATOR),
    List(
        "admin:sponsorships_sponsorship_messages",
        said,
        MANAGER,
        lambda w: [w.sponsorships["in_review"].pk],
    ),
]
LISTS = [*PUBLIC, *OWN, *STAFF]

# Names that do not end like a list's, and are lists all the same.
ALSO_LISTS = {
    "chairs:home",
    "chairs:opportunities",
    "chairs:outputs_keep",
    "admin:chairs_chair_outputs",
    "portal:home",
    "partners:detail",
    "admin:index",
    "chairs:detail",
    "clusters:detail",
    "clusters:training_detail",
    "chairs:person_detail",
    "chairs:institution_detail",
    "sponsorships:partner_detail",
    "sponsorships:chair_proposals",
}
