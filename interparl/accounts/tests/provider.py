"""A small provider of OpenID Connect on this machine, for tests: discovery, authorisation, token, keys, person."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

CLIENT, SECRET = "interparl", "a secret for tests only"


@dataclass
class Provider:
    """What the provider says of the person before it; a test changes it as it likes."""

    base: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    answer: dict[str, Any] | None = None
    token: dict[str, Any] = field(default_factory=dict)
    signing_key: RSAPrivateKey | None = None
    fails: bool = False
    asked: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = generate_private_key(public_exponent=65537, key_size=2048)

    def discovery(self) -> dict[str, Any]:
        """The document that names everything else."""
        ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        found: dict[str, Any] = {f"{name}_endpoint": f"{self.base}/{end}" for name, end in ends.items()}
        return found | {
            "issuer": self.base,
            "jwks_uri": f"{self.base}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        """The public key that tokens are checked with."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "one", "alg": "RS256", "use": "sig"}]}

    def tokens(self, given: dict[str, str]) -> dict[str, Any]:
        """The tokens for a code; raises ValueError unless the asker is the one whom the code was given to."""
        proof = base64.urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest()).decode()
        if (given["client_secret"], proof.rstrip("=")) != (SECRET, self.asked["code_challenge"]):
            raise ValueError(given)
        now = int(time.time())
        said = {"iss": self.base, "aud": CLIENT, "iat": now, "exp": now + 60, **self.claims, **self.token}
        signed = jwt.encode(said, self.signing_key or self.key, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": "access", "token_type": "Bearer", "id_token": signed}


class Served(ThreadingHTTPServer):
    """The provider as a server."""

    daemon_threads = True

    def __init__(self, provider: Provider) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.provider = provider
        provider.base = f"http://127.0.0.1:{self.server_port}"
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Ends the server."""
        self.shutdown()
        self.thread.join()
        self.server_close()


class Answering(BaseHTTPRequestHandler):
    """One request to the provider."""

    server: Served

    def do_GET(self) -> None:
        """Discovery, keys, the person, and the page where somebody would sign in: here it sends him back at once."""
        provider, place = self.server.provider, urlsplit(self.path)
        if place.path == "/authorize":
            provider.asked = {name: values[0] for name, values in parse_qs(place.query).items()}
            said = {"error": "server_error"} if provider.fails else {"code": "a code"}
            self.send_response(302)
            back = urlencode(said | {"state": provider.asked["state"]})
            self.send_header("Location", f"{provider.asked['redirect_uri']}?{back}")
            self.end_headers()
            return
        person = provider.claims if provider.answer is None else provider.answer
        pages = {
            "/.well-known/openid-configuration": provider.discovery(),
            "/keys": provider.keys(),
            "/userinfo": person,
        }
        self._say(pages[place.path])

    def do_POST(self) -> None:
        """Tokens for a code."""
        length = int(self.headers["Content-Length"])
        given = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        self._say(self.server.provider.tokens(given))

    def _say(self, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  named by the library
        """Says nothing."""
