"""The public lists that can be exported, by the names in their addresses."""

from lists.catalogue.chairs import ChairList, OpportunityList, OutputList, StartUpList
from lists.catalogue.others import CollaborationList, PartnerList, TrainingList
from lists.catalogue.people import InstitutionList, PersonList
from lists.public_list import PublicList

PUBLIC_LISTS: dict[str, PublicList] = {
    one.name: one
    for one in (
        ChairList(),
        PersonList(),
        InstitutionList(),
        PartnerList(),
        OpportunityList(),
        TrainingList(),
        StartUpList(),
        OutputList(),
        CollaborationList(),
    )
}
BY_VIEW = {one.view: one for one in PUBLIC_LISTS.values()}
