"""Serve the course: our notebooks as pages, on this computer unless told otherwise."""

import logging
import os
import socket
import threading
import webbrowser
from pathlib import Path

from traitlets.config import Config

from incident_training import places
from incident_training.pages import files
from incident_training.pages.gate import ALONE, Door
from incident_training.pages.internals import Course, Told, Visitor
from incident_training.pages.kernels import Kernels, Prepared
from incident_training.pages.port import number, take

SHORT = "/tmp"  # a socket's path holds about a hundred characters; not every folder fits
LIMIT = 60  # seconds until a page that does not open is given up
EVERYWHERE = ("", "0.0.0.0", "::")
HARMLESS = ("websocket_ping_timeout", "Culling '")  # said again and again, of no use to anyone


def serve(
    *,
    port: int,
    open_browser: bool,
    door: Door = ALONE,
    limit: float = LIMIT,
    page: str = "",
) -> None:
    """Serve the notebooks until Ctrl-C, then end every kernel; raise CannotServe if it cannot.

    Kernels keep a person's data where `places.data_folder` says. A page that has not opened after
    `limit` seconds is given up. `page` is the one that is opened first.
    """
    door.check()
    sockets = take(port, door.host)
    files.module(), files.style()
    told = configuration(places.notebooks())
    url = address(door, number(sockets), page)

    def announce() -> None:
        print(f"Incident training: {url}  (Ctrl-C ends it)", flush=True)
        if open_browser:
            _open(url)

    course = Course(config=told, door=door, limit=limit, sockets=sockets, announce=announce)
    for log in (course.log, *map(logging.getLogger, ("tornado.access", "tornado.general"))):
        log.addFilter(_is_worth_saying)
    course.initialize([])
    course.start()


def address(door: Door, port: int, page: str = "") -> str:
    """Return the link to give to whoever may come in."""
    host = socket.gethostname() if door.host in EVERYWHERE else door.host
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{port}/{page}" + (f"?token={door.token}" if door.token else "")


def configuration(notebooks: Path) -> Config:
    """Return what Voila is told; its own defaults are not repeated here."""
    told = Config(
        Voila={
            "root_dir": str(notebooks),
            "config_file_paths": [],  # a voila.json that happens to lie about is not ours
            "identity_provider_class": Visitor,
            "kernel_websocket_connection_class": Told,
            "log_level": "WARN",
        },
        VoilaConfiguration={
            "kernel_spec_manager_class": Prepared,
            "multi_kernel_manager_class": Kernels,
        },
        # A page keeps its kernel while it is open, and half a minute longer to come back to.
        MappingKernelManager={"cull_idle_timeout": 30, "cull_interval": 10},
        # Started anew, a kernel would be empty behind a page that looks alive.
        KernelRestarter={"restart_limit": 0, "time_to_dead": 1.0},
    )
    if os.access(SHORT, os.W_OK):  # sockets only their owner can open, where the system has them
        told.KernelManager.transport = "ipc"
        told.Voila.connection_dir_root = SHORT
    return told


def _is_worth_saying(record: logging.LogRecord) -> bool:
    return not any(harmless in record.getMessage() for harmless in HARMLESS)


def _open(url: str) -> None:
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        print("No browser was found here: open the address yourself.", flush=True)
        return
    threading.Thread(target=browser.open, args=(url,), daemon=True).start()
