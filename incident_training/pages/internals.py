"""What we change inside Voila, all of it here; tests/test_pages.py fails when Voila moves.

Voila offers no setting for these: which handlers it serves, how it listens, what a page is told.
"""

import os
import shutil
import signal
from pathlib import Path
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop, PeriodicCallback
from traitlets import Callable, Float, Instance, List
from voila.app import Voila
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from incident_training.pages.answers import Answer, Front, Leave, Missing
from incident_training.pages.gate import Door, Gate
from incident_training.pages.opening import Page
from incident_training.pages.port import number

KERNEL = r"(?P<kernel_id>[\w-]+)"
TOLD = ("comm_msg", "status", "kernel_info_reply")


class Channel(Answer, VoilaKernelWebsocketHandler):  # type: ignore[misc]  # Voila ships no types
    """A kernel's WebSocket that sends at once: collecting small packets cost 40 ms a click."""

    async def open(self, kernel_id: str) -> None:
        self.set_nodelay(True)
        await super().open(kernel_id)


class Told(ZMQChannelsWebsocketConnection):
    """What a kernel tells a page: what its widgets say, and how it is; no traceback, no print."""

    def handle_outgoing_message(self, stream: str, outgoing_msg: list[Any]) -> None:
        _, parts = self.session.feed_identities(outgoing_msg)
        if self.session.unpack(parts[1])["msg_type"] in TOLD:
            super().handle_outgoing_message(stream, outgoing_msg)


class Visitor(IdentityProvider):
    """Whom the gate let in; Jupyter would give each a made-up name and a cookie to keep it."""

    def get_user(self, handler: Any) -> User:
        return User("visitor")


class Course(Voila):  # type: ignore[misc]  # Voila ships no types
    """Voila with our routes and nothing else, behind our gate, on sockets bound beforehand."""

    door = Instance(Door, (), help="Who may come in.")
    limit = Float(60, help="Seconds until a page that does not open is given up.")
    sockets: List[Any] = List(help="Bound, so that a taken port is known before anything starts.")
    announce = Callable(help="Called once a signal can end what is served.")

    def initialize(self, argv: list[str] | None = None) -> None:
        """Leave signals as they are until the loop hears them: Voila's handler would lose one."""
        before = signal.getsignal(signal.SIGTERM)
        super().initialize(argv)
        signal.signal(signal.SIGTERM, before)

    def init_handlers(self) -> list[Any]:
        """Return every route there is; the notes, which tell all, are for this computer only."""
        page = {"notebooks": Path(self.root_dir), "limit": self.limit}
        return [
            *([(r"/notes", Missing)] if self.door.token else []),
            (r"/([\w-]*)", Page, page),
            (r"/front/(.*)", Front),
            (rf"/api/kernels/{KERNEL}/channels", Channel),
            (rf"/voila/api/shutdown/{KERNEL}", Leave),
            (r".*", Missing),
        ]

    def listen(self) -> None:
        """Serve until a signal says stop, then end every kernel."""
        HTTPServer(Gate(self.app, self.door, number(self.sockets))).add_sockets(self.sockets)
        self.ioloop = IOLoop.current()
        self.ioloop.add_callback(self.announce)
        self.ioloop.add_callback(self.kernel_manager.keep_spare)
        for end in (signal.SIGINT, signal.SIGTERM):
            signal.signal(end, self._handle_signal_stop)
        if os.name == "nt":  # there, signals wait until the loop wakes
            PeriodicCallback(lambda: None, 500).start()
        try:
            self.ioloop.start()
        finally:
            self.stop()

    def stop(self) -> None:
        """End every kernel, then take away the folder its sockets were in."""
        self.ioloop.run_sync(self.kernel_manager.shutdown_all)
        shutil.rmtree(self.connection_dir, ignore_errors=True)
