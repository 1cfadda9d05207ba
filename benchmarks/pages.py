"""What benchmarks of pages share: our server, stock Voila's, and one browser for both.

Stock Voila is its own command with its own defaults, on a notebook of one button. Its page asks
another computer for two style sheets; this browser finds no other computer, so that the network
plays no part. Both servers rest before a page is opened, so that neither pays for the other.
"""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import uuid4

import psutil  # type: ignore[import-untyped]  # it ships no types; ipykernel brings it

from benchmarks import CannotMeasure

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

ADDRESS = "declare"  # of our page, behind the server's
SERVE = (sys.executable, "-m", "incident_training.cli", "serve")
STOCK = (sys.executable, "-m", "voila", "button.ipynb", "--no-browser", "--Voila.ip=127.0.0.1")
BUTTON = """\
import ipywidgets{more}
label, button = ipywidgets.Label(), ipywidgets.Button(description="Count")
button.on_click(lambda _: setattr(label, "value", str(int(label.value or 0) + 1)))
display(label, button)
"""
PATIENCE = 60  # seconds, on a busy machine
STILL = 3  # seconds in a row: longer than our server waits until it starts a spare kernel
IDLE = 0.1  # seconds of computing in a second: more than servers and kernels without work need
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@dataclass(frozen=True)
class Side:
    """A server and its page: the button clicked `first`, then `again`; an answer is in `shows`."""

    server: psutil.Process
    url: str
    first: str
    again: str
    shows: str

    def address(self) -> str:
        """Return the page's address, for somebody who has never been here."""
        return f"{self.url}#me={uuid4().hex}"

    def kernels(self) -> dict[str, psutil.Process]:
        """Return the kernels that are alive, by id."""
        children = self.server.children(recursive=True)
        return {found[1]: child for child in children if (found := _kernel(child))}


@contextmanager
def ours(serve: Sequence[str] = SERVE) -> Iterator[Side]:
    """Serve our pages, by the command `serve` or another that takes its options."""
    with TemporaryDirectory() as folder:
        command = [*serve, "--no-browser", "--port", "0", "--data", folder]
        with _running(command, stdout=subprocess.PIPE) as process:
            assert process.stdout
            said = re.search(r"http://\S+/", process.stdout.readline().decode())
            if not said:
                raise CannotMeasure("our server ended before it served")
            server, url = psutil.Process(process.pid), said[0] + ADDRESS
            yield Side(server, url, "button.it-card", "form [type=submit]", ".it-clock")


@contextmanager
def stock(more: str = "") -> Iterator[Side]:
    """Serve stock Voila's page of one button; `more` is what its kernel imports as well."""
    with TemporaryDirectory() as folder:
        Path(folder, "button.ipynb").write_text(_notebook(BUTTON.format(more=more)), "utf-8")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        with _running([*STOCK, f"--port={port}"], cwd=folder) as process:
            _await_listener(port)
            server, url = psutil.Process(process.pid), f"http://127.0.0.1:{port}/"
            yield Side(server, url, ".widget-button", ".widget-button", ".widget-label")


@contextmanager
def browser() -> Iterator["BrowserContext"]:
    """Open a browser that keeps what it has loaded, as a person's does; raise CannotMeasure."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise CannotMeasure("no Chromium was found: install it (Debian: apt install chromium)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise CannotMeasure("Playwright was not found: pip install playwright") from error
    with sync_playwright() as tool, TemporaryDirectory() as folder:
        context = tool.chromium.launch_persistent_context(folder, executable_path=found, args=QUIET)
        context.set_default_timeout(PATIENCE * 1000)
        yield context
        context.close()


def rest(sides: Collection[Side]) -> None:
    """Wait until servers and kernels have no work; if a spare kernel is kept, it is ready."""
    used, still = _computed(sides), 0
    for _ in range(PATIENCE):
        time.sleep(1)
        before, used = used, _computed(sides)
        still = still + 1 if used - before < IDLE else 0
        if still == STILL:
            return
    raise CannotMeasure("the servers do not come to rest")


def _computed(sides: Collection[Side]) -> float:
    """Return the seconds that servers and kernels, those that ended too, have computed."""
    used = 0.0
    for side in sides:
        used += sum(side.server.cpu_times()[:4])  # its own and its ended children's
        for kernel in side.kernels().values():
            with suppress(psutil.NoSuchProcess):  # it has just ended
                used += sum(kernel.cpu_times()[:2])
    return used


def _kernel(process: psutil.Process) -> re.Match[str] | None:
    try:
        return re.search(r"kernel-([\w-]{36})\.json", " ".join(process.cmdline()))
    except psutil.NoSuchProcess:  # it has just ended
        return None


@contextmanager
def _running(
    command: Sequence[str], cwd: str | None = None, stdout: int = subprocess.DEVNULL
) -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen(command, stdout=stdout, stderr=subprocess.DEVNULL, cwd=cwd) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)


def _await_listener(port: int) -> None:
    for _ in range(PATIENCE * 10):
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise CannotMeasure("stock Voila does not listen")


def _notebook(code: str) -> str:
    cell: dict[str, object] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "button",
        "metadata": {},
        "outputs": [],
        "source": code,
    }
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": [cell], "metadata": {"kernelspec": kernel}}
    return json.dumps({**notebook, "nbformat": 4, "nbformat_minor": 5})
