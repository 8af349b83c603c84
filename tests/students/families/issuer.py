"""A small OpenID Connect issuer over HTTP: it signs somebody in at once, with the claims that it is given."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Issuer:
    """The claims of who signs in next; `for_whom` is the client in the tokens, and `refuses` whether it says no."""

    claims: dict[str, Any] = field(default_factory=dict)
    for_whom: str = "first-bell"
    refuses: bool = False
    address: str = ""

    def token(self) -> str:
        now = datetime.now(UTC)
        standard = {"iss": self.address, "aud": self.for_whom, "iat": now, "exp": now + timedelta(minutes=5)}
        return jwt.encode(standard | self.claims, KEY, algorithm="RS256", headers={"kid": "k"})


@contextmanager
def running() -> Iterator[Issuer]:
    issuer = Issuer()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/authorize":
                return self._authorize({name: values[0] for name, values in parse_qs(asked.query).items()})
            if asked.path == "/userinfo":
                return self._say(issuer.claims)
            at = issuer.address
            return self._say(
                {
                    "issuer": at,
                    "authorization_endpoint": f"{at}/authorize",
                    "token_endpoint": f"{at}/token",
                    "userinfo_endpoint": f"{at}/userinfo",
                    "jwks_uri": f"{at}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self._say({"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": issuer.token()})

        def _authorize(self, asked: dict[str, str]) -> None:
            said = {"error": "access_denied"} if issuer.refuses else {"code": "c"}
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(said | {'state': asked['state']})}")
            self.end_headers()

        def _say(self, what: dict[str, Any]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(what).encode())

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    issuer.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield issuer
    server.shutdown()
    server.server_close()
    thread.join()
