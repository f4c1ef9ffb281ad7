from collaborations.models.collaboration import Collaboration, Participant

__all__ = ["Collaboration", "Participant"]
