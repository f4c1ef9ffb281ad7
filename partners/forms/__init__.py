from partners.forms.investigator import ActivityForm, PageTextForm
from partners.forms.partner import DetailsForm, JoinForm, PartnerForm
from partners.forms.sponsorship import SponsorshipForm

__all__ = ["ActivityForm", "DetailsForm", "JoinForm", "PageTextForm", "PartnerForm", "SponsorshipForm"]
