from core.models.data_version import DataChange, DataVersion
from core.models.heartbeat import Heartbeat
from core.models.mail import OutgoingMail
from core.models.past_address import Addressed, PastAddress

__all__ = [
    "Addressed",
    "DataChange",
    "DataVersion",
    "Heartbeat",
    "OutgoingMail",
    "PastAddress",
]
