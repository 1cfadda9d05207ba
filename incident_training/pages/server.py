"""Serve the course: our notebooks as Voila pages, on this computer only."""

import logging
import os
import re
import threading
import webbrowser
from pathlib import Path

from traitlets.config import Config

from incident_training import places
from incident_training.pages import HOME
from incident_training.pages.internals import Course
from incident_training.pages.kernels import OurPython
from incident_training.pages.port import ADDRESS, number, take

SHORT = "/tmp"  # a socket's path holds about a hundred characters; not every folder fits
HARMLESS = ("is not trusted", "websocket_ping_timeout")  # said at each page, of no use to anyone
_TOKEN = re.compile(r"\b(me=)[^&\s]+")
EXTENSIONS = [  # what our pages use; others installed here stay out of them
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
]


def serve(*, port: int, open_browser: bool) -> None:
    """Serve the notebooks until Ctrl-C, then end every kernel; raise CannotServe if it cannot.

    Kernels keep a person's data where `places.data_folder` says.
    """
    sockets = take(port)
    course = Course(config=configuration(places.notebooks()), home=HOME, sockets=sockets)
    for log in (course.log, *map(logging.getLogger, ("tornado.access", "tornado.general"))):
        log.addFilter(_worth_saying)
    course.initialize([])
    url = f"http://{ADDRESS}:{number(sockets)}/"
    print(f"Incident training: {url}  (Ctrl-C ends it)", flush=True)
    if open_browser:
        _open(url)
    course.start()


def configuration(notebooks: Path) -> Config:
    """Return what Voila is told; its own defaults are not repeated here."""
    told = Config(
        Voila={
            "root_dir": str(notebooks),
            "config_file_paths": [],  # a voila.json that happens to lie about is not ours
            "log_level": "WARN",
            "tornado_settings": {"allow_remote_access": False},  # other Host names are refused
        },
        VoilaConfiguration={
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "extension_allowlist": EXTENSIONS,
            "file_allowlist": [],
            "kernel_spec_manager_class": OurPython,
            "http_keep_alive_timeout": 60,
            "show_tracebacks": False,
            "strip_sources": True,
        },
        # An open page keeps its kernel; a closed one's goes after a quarter of an hour at most.
        MappingKernelManager={"cull_idle_timeout": 900, "cull_interval": 60},
    )
    if os.access(SHORT, os.W_OK):  # sockets only their owner can open, where the system has them
        told.KernelManager.transport = "ipc"
        told.Voila.connection_dir_root = SHORT
    return told


def _worth_saying(record: logging.LogRecord) -> bool:
    """Whether a line helps anyone; a personal link in it loses its token."""
    said = record.getMessage()
    record.msg, record.args = _TOKEN.sub(r"\1…", said), ()
    return not any(harmless in said for harmless in HARMLESS)


def _open(url: str) -> None:
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        print("No browser was found here: open the address yourself.", flush=True)
        return
    threading.Thread(target=browser.open, args=(url,), daemon=True).start()
