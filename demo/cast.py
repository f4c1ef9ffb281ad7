"""The accounts of the demonstration. All have the same password, which is printed after loading."""

from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import User
from clusters.enums import Role
from clusters.models import Cluster, StaffRole
from demo.tally import Tally

PASSWORD = "cathedra-demo"

MANAGERS = {
    "3ia-cote-dazur": ("Lauriane Estérelle", "fr"),
    "aniti": ("Guilhem Castelnavet", "fr"),
    "dataia": ("Mireille Vauhallan", "fr"),
    "enact": ("Jean-Loup Wissembach", "fr"),
    "hi-paris": ("Priscilla Northwoode", "en"),
    "miai": ("Anne-Cécile Belledonnet", "fr"),
    "postgenai-paris": ("Bérénice Jussieu-Lamy", "fr"),
    "prairie-psai": ("Marc-Aurèle Contrescarpe", "fr"),
    "sequoia": ("Goulven Kerampuil", "fr"),
}
# Days until an office first answers a proposal.
ANSWERS_WITHIN = 15
# Clusters with complete staff. They have a second manager, who approves the chairs that the first one registers.
OFFICES = {
    "postgenai-paris": {
        "manager2": (Role.MANAGER, "Alistair Penhallow", "en"),
        "editor": (Role.EDITOR, "Rosine Fabliaud", "fr"),
        "finance": (Role.FINANCE, "Thierno Lescaillier", "fr"),
        "reader": (Role.READER, "Judith Amberlain", "en"),
    },
    "dataia": {
        "manager2": (Role.MANAGER, "Foulques Orsayan", "fr"),
        "editor": (Role.EDITOR, "Marguerite Yvettoise", "fr"),
        "finance": (Role.FINANCE, "Désiré Palaisot", "fr"),
        "reader": (Role.READER, "Charlotte Whitmoor", "en"),
    },
}
NATION = {
    "coordinator@example.org": (Role.COORDINATOR, "Edmée Saint-Clairval", "fr"),
    "auditor@example.org": (Role.AUDITOR, "Norbert Quincampoix-Adler", "fr"),
}


@dataclass
class Cast:
    """The accounts of the demonstration, by address."""

    tally: Tally
    hashed: str = field(default_factory=lambda: make_password(PASSWORD))
    users: dict[str, User] = field(default_factory=dict)
    # Pairs of address and description, printed at the end.
    told: list[tuple[str, str]] = field(default_factory=list)

    def account(self, email: str, name: str, language: str, what: str = "", **fields) -> User:
        """Return the account with this address, created with a verified address if it is missing."""
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create(email=email, name=name, language=language, password=self.hashed, **fields)
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
            self.tally["accounts"] += 1
        self.users[email] = user
        if what:
            self.told.append((email, what))
        return user

    def employ(self, email: str, role: Role, name: str, language: str, cluster: Cluster | None = None) -> bool:
        """Give a member of staff an account and a role. Return whether the role is new."""
        what = f"{role.label}, {cluster}" if cluster else str(role.label)
        user = self.account(email, name, language, what, is_staff=True)
        return StaffRole.objects.get_or_create(user=user, cluster=cluster, role=role)[1]

    def manager(self, cluster: Cluster) -> User:
        return self.users[f"manager.{cluster.slug}@example.org"]

    def second_manager(self, cluster: Cluster) -> User:
        """Return the second manager, for what one manager may not do alone; in a small office, with four eyes off, the manager."""
        return self.users.get(f"manager2.{cluster.slug}@example.org") or self.manager(cluster)

    def editor(self, cluster: Cluster) -> User:
        """Return who registers chairs: the editor, or in a small office the manager."""
        return self.users.get(f"editor.{cluster.slug}@example.org") or self.manager(cluster)


def gather(clusters: dict[str, Cluster], tally: Tally) -> Cast:
    cast = Cast(tally)
    for email, (role, name, language) in NATION.items():
        cast.employ(email, role, name, language)
    for slug, (name, language) in MANAGERS.items():
        _answer_partners(clusters[slug], name)
        is_new = cast.employ(f"manager.{slug}@example.org", Role.MANAGER, name, language, clusters[slug])
        if is_new and slug not in OFFICES:
            _switch_off_four_eyes(clusters[slug])
        for place, (role, colleague, tongue) in OFFICES.get(slug, {}).items():
            cast.employ(f"{place}.{slug}@example.org", role, colleague, tongue, clusters[slug])
    return cast


def _answer_partners(cluster: Cluster, name: str) -> None:
    """Set whom partners contact, if the cluster has nobody: an invented person, whose name says so."""
    if cluster.office_contact:
        return
    cluster.office_contact, cluster.answers_within = f"{name} (démonstration)", ANSWERS_WITHIN
    cluster.office_email = f"partenaires.{cluster.slug}@example.org"
    cluster.save(update_fields=["office_contact", "office_email", "answers_within"])


def _switch_off_four_eyes(cluster: Cluster) -> None:
    """Switch the four-eyes rule off: a single manager could not approve the chairs that they register."""
    cluster.needs_four_eyes = False
    cluster.save(update_fields=["needs_four_eyes"])
