from core.models.data_version import DataChange, DataVersion
from core.models.duplicate import Merge, NotTheSame
from core.models.heartbeat import Heartbeat
from core.models.lists import ActAtOnce, HeldDecision, ListExport, SavedView
from core.models.mail import OutgoingMail
from core.models.mail_opt_out import MailOptOut
from core.models.mail_wording import MailSubject, MailWording
from core.models.past_address import Addressed, PastAddress

__all__ = [
    "ActAtOnce",
    "Addressed",
    "DataChange",
    "DataVersion",
    "Heartbeat",
    "Merge",
    "NotTheSame",
    "HeldDecision",
    "ListExport",
    "MailOptOut",
    "MailSubject",
    "MailWording",
    "OutgoingMail",
    "PastAddress",
    "SavedView",
]
