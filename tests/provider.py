"""An OpenID Connect provider of the tests' own: authorization code flow, signed identity tokens.

It is on this machine alone and asks no password: whoever comes is who ``Provider.account`` says.
"""

from __future__ import annotations

import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, CLIENT_SECRET = "zone-outlook", "only for tests"


class Provider:
    """Who signs in, and what is said of them.

    Attributes
    ----------
    account
        The email address of the next who signs in.
    age
        How many seconds ago the next identity token says it was issued.
    ended
        How many have signed out.
    """

    def __init__(self, issuer: str) -> None:
        self.issuer, self.account, self.age, self.ended = issuer, "", 0, 0
        self._key = RSAKey.generate_key(2048, {"kid": "tests"}, private=True)
        self._codes: dict[str, dict[str, Any]] = {}

    def routes(self) -> list[Route]:
        return [
            Route("/.well-known/openid-configuration", self._metadata),
            Route("/authorize", self._authorize),
            Route("/token", self._token, methods=["POST"]),
            Route("/keys", self._keys),
            Route("/end", self._end),
        ]

    async def _metadata(self, _: Request) -> Response:
        places = {"authorization": "authorize", "token": "token", "end_session": "end"}
        return JSONResponse(
            {
                "issuer": self.issuer,
                "jwks_uri": f"{self.issuer}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
                **{f"{name}_endpoint": f"{self.issuer}/{at}" for name, at in places.items()},
            }
        )

    async def _authorize(self, request: Request) -> Response:
        asked = request.query_params
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code, now = secrets.token_urlsafe(), int(time.time())
        self._codes[code] = {
            "iss": self.issuer, "sub": self.account, "aud": CLIENT, "nonce": asked["nonce"],
            "iat": now - self.age, "exp": now + 3600, "email": self.account,
            "email_verified": True,
        }  # fmt: skip
        answer = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{answer}", 303)

    async def _token(self, request: Request) -> Response:
        async with request.form() as form:
            claims = self._codes.pop(str(form["code"]))
        token = jwt.encode({"alg": "RS256", "kid": "tests"}, claims, self._key)
        return JSONResponse(
            {"access_token": "x", "token_type": "Bearer", "expires_in": 3600, "id_token": token}
        )

    async def _keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def _end(self, request: Request) -> Response:
        self.ended += 1
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], 303)


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Serve a provider while the caller needs it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    provider = Provider(f"http://127.0.0.1:{port}")
    app = Starlette(routes=provider.routes())
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield provider
    finally:
        server.should_exit = True
        thread.join()


def secrets_file(provider: Provider, app: str, cookie_secret: str) -> str:
    """Return what the secrets of an app say of a provider."""
    return (
        f'[auth]\nredirect_uri = "{app}/oauth2callback"\ncookie_secret = "{cookie_secret}"\n'
        f'client_id = "{CLIENT}"\nclient_secret = "{CLIENT_SECRET}"\n'
        f'server_metadata_url = "{provider.issuer}/.well-known/openid-configuration"\n'
    )
