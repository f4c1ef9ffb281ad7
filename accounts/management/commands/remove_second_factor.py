from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User


class Command(BaseCommand):
    help = "Remove the second factor of a user who lost it and the recovery codes. The user is told by mail."

    def add_arguments(self, parser):
        parser.add_argument("email")

    @transaction.atomic
    def handle(self, *, email, **options):
        user = User.objects.at_address(email).first()
        if user is None:
            raise CommandError(f"No account has the address {email}.")
        removed, _by_model = Authenticator.objects.filter(user=user).delete()
        if not removed:
            raise CommandError(f"{email} has no second factor.")
        get_adapter().tell_owner(user, "account/factor_removed")
        self.stdout.write(
            f"The second factor of {email} is removed. A mail says so; staff are asked to set up another."
        )
