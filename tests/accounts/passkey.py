"""A passkey in software: makes and uses a key as a browser and a telephone do together (W3C Web Authentication, level 2)."""

import json
import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

F = AuthenticatorData.FLAG


class Passkey:
    """One key, for one account of one site."""

    def __init__(self):
        self.private, self.credential, self.used = ec.generate_private_key(ec.SECP256R1()), os.urandom(16), 0
        self.holder = b""

    def make(self, options: dict) -> str:
        """Return what a browser posts for the options of a new key."""
        asked = options["publicKey"]
        self.holder = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.private.public_key())
        kept = AttestedCredentialData.create(Aaguid.NONE, self.credential, public)
        data = AuthenticatorData.create(sha256(asked["rp"]["id"].encode()), F.UP | F.UV | F.AT, 0, kept)
        answer = {"attestationObject": websafe_encode(AttestationObject.create("none", data, {}))}
        return self._posted("webauthn.create", asked["challenge"], answer)

    def use(self, options: dict) -> str:
        """Return what a browser posts for the options of a sign-in."""
        asked = options["publicKey"]
        self.used += 1
        data = AuthenticatorData.create(sha256(asked["rpId"].encode()), F.UP | F.UV, self.used)
        signed = bytes(data) + self._said("webauthn.get", asked["challenge"]).hash
        answer = {
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(self.private.sign(signed, ec.ECDSA(SHA256()))),
            "userHandle": websafe_encode(self.holder),
        }
        return self._posted("webauthn.get", asked["challenge"], answer)

    def _said(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(type=kind, challenge=challenge, origin=settings.SITE_URL)

    def _posted(self, kind: str, challenge: str, answer: dict) -> str:
        name = websafe_encode(self.credential)
        response = {"clientDataJSON": websafe_encode(self._said(kind, challenge)), **answer}
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
        )
