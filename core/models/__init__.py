from core.models.heartbeat import Heartbeat
from core.models.mail import OutgoingMail
from core.models.past_address import Addressed, PastAddress

__all__ = [
    "Addressed",
    "Heartbeat",
    "OutgoingMail",
    "PastAddress",
]
