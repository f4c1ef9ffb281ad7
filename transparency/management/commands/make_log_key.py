import base64
import secrets

from django.core.management.base import BaseCommand

from transparency.heads import origin
from transparency.notes import COSIGNATURE, PrivateKey


class Command(BaseCommand):
    help = (
        "Make a key pair for the transparency log: print the secret for the environment and the public keys for others."
    )

    def handle(self, *args, **options):
        seed = secrets.token_bytes(32)
        key = PrivateKey(origin(), seed)
        self.stdout.write(f"LOG_SIGNING_KEY={base64.b64encode(seed).decode()}")
        self.stdout.write(f"As a log:     {key.public()}")
        self.stdout.write(f"As a witness: {key.public(COSIGNATURE)}")
