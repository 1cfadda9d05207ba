"""Who may come in, asked of every request before any handler sees it: its host, and its token."""

import hmac
import re
import secrets
import socket
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlencode

from tornado.httputil import HTTPMessageDelegate, HTTPServerRequest
from tornado.routing import Router
from tornado.web import Application, HTTPError

from incident_training.pages.answers import POLICY, Answer
from incident_training.pages.port import ADDRESS, CannotServe

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,}")
NOT_OURS = "This course is not served under that name. Ask whoever runs it for its address."
NO_TOKEN = "This course needs its link. Ask whoever runs it."


@dataclass(frozen=True)
class Door:
    """Where the course listens, the names it goes by there, and the token it wants, if any."""

    host: str = ADDRESS
    token: str = ""
    names: tuple[str, ...] = ()

    def check(self) -> None:
        """Raise CannotServe where others could come in without a token that is hard to guess."""
        if (self.token or self.is_open) and not TOKEN.fullmatch(self.token):
            host = self.host or "Every address"
            needs = f"{host} can be reached from other computers, so it needs a token of"
            raise CannotServe(
                f"{needs if self.is_open else '--token should be'} at least 16 letters,"
                f" digits, - or _; for example: --token {secrets.token_hex(16)}"
            )

    @property
    def is_open(self) -> bool:
        """Whether other computers can reach it."""
        return self.host != "localhost" and not (
            _is_address(self.host) and ip_address(self.host).is_loopback
        )

    def goes_by(self, name: str) -> bool:
        """Whether `name` is ours. Any name can be made to lead here, so others are refused."""
        if name in LOOPBACK or name in self.names:
            return True
        return self.is_open and (name == socket.gethostname().lower() or _is_address(name))

    def lets(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self.token.encode())


ALONE = Door()  # this computer only


class Gate(Router):
    """Stands around the application; what follows the ? of an address goes no further."""

    def __init__(self, application: Application, door: Door, port: int) -> None:
        self.application, self.door = application, door
        self.cookie = f"incident-training-{port}"  # browsers share cookies between ports

    def find_handler(self, request: HTTPServerRequest, **_: object) -> HTTPMessageDelegate | None:
        query, request.query, request.uri = request.query, "", request.path  # neither is logged
        if not self.door.goes_by(request.host_name):
            return self._to(request, Refused, says=NOT_OURS)
        if self.door.token:
            given = dict(parse_qsl(query))
            if self.door.lets(given.pop("token", "")):
                page = f"/{request.path.lstrip('/')}"
                return self._to(
                    request,
                    Enter,
                    cookie=self.cookie,
                    token=self.door.token,
                    address="?".join(filter(None, (page, urlencode(given)))),
                )
            kept = request.cookies.get(self.cookie)
            known = kept is not None and self.door.lets(kept.value)
            if not known and not request.path.startswith("/front/"):  # a refusal is styled too
                return self._to(request, Refused, says=NO_TOKEN)
        return self.application.find_handler(request)

    def _to(
        self, request: HTTPServerRequest, answer: type[Answer], **told: str
    ) -> HTTPMessageDelegate:
        return self.application.get_handler_delegate(request, answer, dict(told))


class Refused(Answer):
    """A request that does not come in."""

    def initialize(self, says: str) -> None:
        self.says = says

    def set_default_headers(self) -> None:
        super().set_default_headers()  # but a name that is not ours is not repeated
        self.set_header("Content-Security-Policy", POLICY.format(socket=""))

    def prepare(self) -> None:
        raise HTTPError(403)


class Enter(Answer):
    """The link was right: the browser keeps the token, and the address loses it."""

    def initialize(self, cookie: str, token: str, address: str) -> None:
        self.cookie, self.token, self.address = cookie, token, address

    def prepare(self) -> None:
        self.set_cookie(self.cookie, self.token, httponly=True, samesite="Lax")
        self.redirect(self.address)


def _is_address(name: str) -> bool:
    try:
        ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True
