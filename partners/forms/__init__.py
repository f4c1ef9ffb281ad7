from partners.forms.investigator import ActivityForm, PageTextForm
from partners.forms.partner import JoinForm, PartnerForm
from partners.forms.sponsorship import SponsorshipForm

__all__ = ["ActivityForm", "JoinForm", "PageTextForm", "PartnerForm", "SponsorshipForm"]
