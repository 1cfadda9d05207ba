"""The commands, run as a person runs them."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from asyncio import wait_for
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from uuid import uuid4

import psutil
from tornado.websocket import WebSocketClientConnection, websocket_connect

COMMAND = (sys.executable, "-m", "incident_training.cli")
PATIENCE = 60  # seconds, on a busy machine
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "MDEyMzQ1Njc4OTAxMjM0NQ==",
}
SERVE = """
import sys
from pathlib import Path
from incident_training import places
from incident_training.pages import server
folder, limit, idle = sys.argv[1:]
told = server.configuration(Path(folder))
told.MappingKernelManager.update(cull_idle_timeout=int(idle), cull_interval=1)
server.configuration = lambda notebooks: told
server.serve(port=0, open_browser=False, limit=float(limit))
"""


def run(*args: str, **environment: str) -> subprocess.CompletedProcess:
    """A command that ends by itself."""
    env = os.environ | environment
    return subprocess.run(
        [*COMMAND, *args], capture_output=True, text=True, timeout=PATIENCE, env=env
    )


def until(condition: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait until it holds; other processes make it so, so there is nothing else to wait for."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.05)


@dataclass
class Served:
    """A command that serves pages until it is told to stop."""

    process: subprocess.Popen
    said: str
    port: int

    def get(self, path: str, host: str = "127.0.0.1", method: str = "GET", **headers: str):
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request(method, path, headers={"Host": f"{host}:{self.port}", **headers})
            response: HTTPResponse = connection.getresponse()
            response.text = response.read().decode()
            return response

    def open(self, path: str = "/") -> tuple[str, str]:
        """The kernel and the widget's model of a page that opens."""
        text = self.get(path).text
        return re.search(r'data-kernel="(.+?)"', text)[1], re.search(r'data-model="(.+?)"', text)[1]

    def leave(self, kernel: str, **headers: str) -> int:
        return self.get(f"/voila/api/shutdown/{kernel}", method="POST", **headers).status

    def kernels(self) -> list[psutil.Process]:
        with suppress(psutil.NoSuchProcess):
            found = psutil.Process(self.process.pid).children(recursive=True)
            return [kernel for kernel in found if "ipykernel_launcher" in _line(kernel)]
        return []

    def kernel(self, id: str) -> psutil.Process | None:
        return next((kernel for kernel in self.kernels() if id in _line(kernel)), None)

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    async def socket(self, kernel: str) -> WebSocketClientConnection:
        """A kernel's WebSocket, as a script opens it: no browser stands between."""
        return await websocket_connect(f"ws://127.0.0.1:{self.port}{_channels(kernel)}")

    def knock(self, kernel: str, host: str = "127.0.0.1", **headers: str) -> int:
        """The status that a kernel's WebSocket is opened or refused with."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            asked = {"Host": f"{host}:{self.port}", **UPGRADE, **headers}
            connection.request("GET", _channels(kernel), headers=asked)
            return connection.getresponse().status


def message(kind: str, content: object = None, channel: str = "shell", **over: object) -> str:
    """A message to a kernel, as it goes over a WebSocket."""
    header = {"msg_id": uuid4().hex, "msg_type": kind, "session": "raw", "username": ""}
    return json.dumps(
        {
            "channel": channel,
            "header": {**header, "version": "5.3", "date": "2026-01-01T00:00:00Z"},
            "parent_header": {},
            "metadata": {},
            "content": content or {},
            **over,
        }
    )


async def replies(line: WebSocketClientConnection, last: str) -> list[str]:
    """The kinds of the messages that come, up to one of kind `last`."""
    kinds: list[str] = []
    while last not in kinds:
        said = await wait_for(line.read_message(), PATIENCE)
        kinds.append(json.loads(said)["header"]["msg_type"])
    return kinds


@contextmanager
def served(
    *args: str,
    data: Path,
    port: int = 0,
    command: Sequence[str] = COMMAND,
    wait: bool = True,
    **environment: str,
) -> Iterator[Served]:
    options = ("--port", str(port), "--data", str(data)) if command is COMMAND else ()
    process = subprocess.Popen(
        [*command, *args, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | environment,
    )
    try:
        said = ""
        while not (address := re.search(r"http://(\S+):(\d+)/", said)):
            line = process.stdout.readline()
            assert line, f"it ended before it served: {said}"
            said += line
        host, port = address[1].strip("[]"), int(address[2])
        if wait:
            _await_listener(host, port)  # JupyterLab says where it is before it listens
        yield Served(process, said, port)
    finally:
        process.terminate()
        process.wait(PATIENCE)
        process.stdout.close()


@contextmanager
def serving(
    folder: Path, cells: dict[str, str], limit: int = 60, idle: int = 60, **environment: str
) -> Iterator[Served]:
    """Notebooks of one cell each, served as the course is."""
    for name, code in cells.items():
        write_notebook(folder / f"{name}.ipynb", {"cell_type": "code", "source": code})
    command = (sys.executable, "-c", SERVE, str(folder), str(limit), str(idle))
    environment["INCIDENT_TRAINING_DATA"] = data = str(folder / "data")
    with served(data=Path(data), command=command, **environment) as course:
        yield course


def write_notebook(path: Path, *cells: dict) -> None:
    empty = {"code": {"outputs": [], "execution_count": None}, "markdown": {}}
    whole = [
        {"id": f"c{at}", "metadata": {}, **empty[cell["cell_type"]], **cell}
        for at, cell in enumerate(cells)
    ]
    notebook = {"cells": whole, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), "utf-8")


def _channels(kernel: str) -> str:
    return f"/api/kernels/{kernel}/channels?session_id=raw"


def _line(process: psutil.Process) -> str:
    with suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


def _await_listener(host: str, port: int) -> None:
    def listens() -> bool:
        with suppress(ConnectionRefusedError), socket.create_connection((host, port)):
            return True
        return False

    until(listens)
