"""Where pages are served: one port, out of reach of other computers unless told otherwise."""

import errno
import socket

from tornado.netutil import bind_sockets

ADDRESS = "127.0.0.1"


class CannotServe(Exception):
    """The port or the address asked for cannot be used."""


def take(port: int, address: str = ADDRESS) -> list[socket.socket]:
    """Return sockets holding the port, 0 for a free one, or raise CannotServe saying what to do."""
    try:
        return bind_sockets(port, address)
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise CannotServe(
                f"This computer has no address {address}. Name another: --host {ADDRESS}"
            ) from error
        why = "is taken" if error.errno == errno.EADDRINUSE else f"is not ours ({error.strerror})"
        raise CannotServe(
            f"Port {port} {why}. Name another: --port {port + 1}, or --port 0 for any free one"
        ) from error


def number(sockets: list[socket.socket]) -> int:
    """Return the port that the sockets hold."""
    return int(sockets[0].getsockname()[1])
