"""What we change inside Voila, all of it here; tests/test_pages.py fails when Voila moves.

Voila offers no setting for these: which handlers it serves, how it listens, where templates are.
"""

import os
import shutil
import signal
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.web import RedirectHandler
from traitlets import List, Unicode
from voila.app import Voila
from voila.tornado.contentshandler import VoilaContentsHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.tornado.treehandler import TornadoVoilaTreeHandler

from incident_training import front

HERE = Path(__file__).parent


class Page(TornadoVoilaHandler):  # type: ignore[misc]  # Voila ships no types
    """A page that sets the `_xsrf` cookie, and keeps a person's token to the browser.

    Without the cookie leaving a page leaves its kernel behind: the browser ends the kernel with a
    POST that is refused without it (voila#1458). And Voila hands the address to the kernel.
    """

    async def prepare(self) -> None:
        await super().prepare()
        _ = self.xsrf_token  # asking for the token sets the cookie
        self.request.uri, self.request.query = self.request.path, ""


class Channel(VoilaKernelWebsocketHandler):  # type: ignore[misc]  # Voila ships no types
    """A kernel's WebSocket that sends at once: collecting small packets cost 40 ms a click."""

    async def open(self, kernel_id: str) -> None:
        self.set_nodelay(True)
        await super().open(kernel_id)


OURS = {TornadoVoilaHandler: Page, VoilaKernelWebsocketHandler: Channel}
NOT_SERVED = {TornadoVoilaTreeHandler, VoilaContentsHandler}  # no listing of files


class Course(Voila):  # type: ignore[misc]  # Voila ships no types
    """Voila with our handlers and template, listening on sockets bound beforehand."""

    home = Unicode(help="The notebook that `/` leads to.")
    sockets: List[Any] = List(help="Bound, so that a taken port is known before anything starts.")

    def setup_template_dirs(self) -> None:
        """Find our template first; it extends Voila's by its full name."""
        super().setup_template_dirs()
        self.template_paths: list[str] = [str(HERE / "template"), *self.template_paths]
        self.voila_configuration.config.VoilaConfiguration.resources = {
            "incident_training": {"style": front.style() + (HERE / "page.css").read_text("utf-8")}
        }

    def init_handlers(self) -> list[Any]:
        home = rf"{self.server_url}voila/render/{self.home}"
        served = [(self.server_url, RedirectHandler, {"url": home, "permanent": False})]
        for path, handler, *rest in super().init_handlers():
            if handler not in NOT_SERVED:
                served.append((path, OURS.get(handler, handler), *rest))
        return served

    def listen(self) -> None:
        """Serve until a signal says stop, then end every kernel."""
        HTTPServer(self.app).add_sockets(self.sockets)
        self.ip, self.port = self.sockets[0].getsockname()[:2]
        self.ioloop = IOLoop.current()
        signal.signal(signal.SIGINT, self._handle_signal_stop)
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
