"""A provider of OpenID Connect that runs beside the tests: a server on this machine, with keys of its own.

It does what a real one does, code flow with PKCE, tokens that it signs, userinfo as JSON or as a signed token, until a test
tells it to lie (`Provider.lies`).
"""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

KID = "2026"
KEY, OTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _key in range(2))
PUBLIC_PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
JWKS = {"keys": [{**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())), "kid": KID, "use": "sig"}]}


def signed(claims: dict, key=KEY, alg: str = "RS256", kid: str = KID) -> str:
    return jwt.encode(claims, key, algorithm=alg, headers={"kid": kid})


def forged(claims: dict, alg: str, key: bytes) -> str:
    """Return a token as an attacker writes it, whom no library keeps from using a public key as a secret."""
    parts = [{"alg": alg, "kid": KID, "typ": "JWT"}, claims]
    text = b".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    mac = b"" if alg == "none" else __import__("hmac").digest(key, text, "sha256")
    return (text + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()


class Provider:
    """What the server knows: who is at its page, and the codes and tokens that it has given."""

    def __init__(self, url: str, slug: str) -> None:
        self.issuer, self.slug = f"{url}/{slug}", slug
        self.known = settings.IDENTITY_PROVIDERS[slug]
        self.start_afresh()

    def start_afresh(self) -> None:
        # Who has signed in at its page, and how.
        self.person = {"sub": "of-ada", "given_name": "Ada", "family_name": "Martin"}
        self.said: dict = {}
        # What a test has it answer wrongly, by the name of the answer.
        self.lies: dict = {}
        self.codes: dict = {}
        self.tokens: dict = {}
        self.asked: dict = {}

    def authorize(self, address: str) -> str:
        """Return where the browser is sent back to, as somebody who has just signed in here."""
        self.asked = dict(parse_qsl(urlsplit(address).query))
        assert self.asked["client_id"] == self.known.client_id and self.asked["response_type"] == "code"
        assert self.asked["code_challenge_method"] == "S256" and len(self.asked["nonce"]) >= 32 <= len(
            self.asked["state"]
        )
        code = token_urlsafe(16)
        self.codes[code] = self.asked
        return f"{self.asked['redirect_uri']}?code={code}&state={self.asked['state']}"

    def answer(self, path: str, form: dict, authorization: str) -> tuple[int, str, str]:
        if path in self.lies:
            return self.lies[path]
        if path == "/.well-known/openid-configuration":
            return self._json(self._description())
        if path == "/authorize":
            return 302, self.authorize(f"?{form['asked']}"), ""
        if path == "/jwks":
            return self._json(JWKS)
        if path == "/token":
            return self._token(form, authorization)
        if path == "/userinfo" and (person := self.tokens.get(authorization.removeprefix("Bearer "))):
            if self.slug != "proconnect":
                return self._json(person)
            claims = {**person, "iss": self.issuer, "aud": self.known.client_id, **self.lies.get("userinfo", {})}
            return 200, "application/jwt", self.lies.get("sign", signed)(claims)
        return 404, "text/plain", "no"

    def _description(self) -> dict:
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
        names |= {"jwks_uri": "jwks", "end_session_endpoint": "session/end"}
        found = {name: f"{self.issuer}/{path}" for name, path in names.items()}
        if self.slug != "campus":
            found["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
        return {"issuer": self.issuer, **found, **self.lies.get("description", {})}

    def _token(self, form: dict, authorization: str) -> tuple[int, str, str]:
        asked = self.codes.pop(form.get("code"), None)  # good for once
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).decode().rstrip("=")
        if authorization:
            name, _colon, secret = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        else:
            name, secret = form.get("client_id"), form.get("client_secret")
        if not asked or (name, secret, challenge, form["redirect_uri"]) != (
            self.known.client_id,
            self.known.secret,
            asked["code_challenge"],
            asked["redirect_uri"],
        ):
            return 400, "application/json", json.dumps({"error": "invalid_grant"})
        access, now = token_urlsafe(16), int(time.time())
        self.tokens[access] = self.person
        claims = {"iss": self.issuer, "aud": name, "sub": self.person["sub"], "iat": now, "exp": now + 60}
        claims |= {"nonce": asked["nonce"], **self.said, **self.lies.get("claims", {})}
        token = self.lies.get("sign_id", signed)(claims)
        return self._json({"access_token": access, "token_type": "Bearer", "id_token": token})

    def _json(self, answer: dict) -> tuple[int, str, str]:
        return 200, "application/json", json.dumps(answer)


@contextmanager
def running() -> Iterator[dict[str, Provider]]:
    """Run one server for all the providers of the settings; yield them by name."""
    providers: dict[str, Provider] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._answer({})

        def do_POST(self):
            length = int(self.headers["Content-Length"])
            self._answer({name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()})

        def _answer(self, form):
            slug, _slash, path = urlsplit(self.path).path[1:].partition("/")
            form["asked"] = urlsplit(self.path).query
            answer = providers[slug].answer(f"/{path}", form, self.headers.get("Authorization", ""))
            self.send_response(answer[0])
            self.send_header("Location" if answer[0] == 302 else "Content-Type", answer[1])
            self.end_headers()
            self.wfile.write(answer[2].encode())

        def log_message(self, *said):
            """Say nothing: what it answers is what the tests look at."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    url = f"http://127.0.0.1:{server.server_port}"
    providers |= {slug: Provider(url, slug) for slug in settings.IDENTITY_PROVIDERS}
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield providers
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def origin(provider: Provider) -> str:
    return provider.issuer.rpartition("/")[0]


def known_at(providers: dict[str, Provider]) -> dict:
    """Return the settings of the site, with these providers in the place of those that nobody runs."""
    return {slug: replace(known, issuer=providers[slug].issuer) for slug, known in settings.IDENTITY_PROVIDERS.items()}
