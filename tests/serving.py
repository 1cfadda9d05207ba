"""The commands, run as a person runs them."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import psutil

COMMAND = (sys.executable, "-m", "incident_training.cli")
PATIENCE = 60  # seconds, on a busy machine


def run(*args: str, **environment: str) -> subprocess.CompletedProcess:
    """A command that ends by itself."""
    env = os.environ | environment
    return subprocess.run(
        [*COMMAND, *args], capture_output=True, text=True, timeout=PATIENCE, env=env
    )


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

    def kernels(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@contextmanager
def served(*args: str, data: Path, **environment: str) -> Iterator[Served]:
    command = [*COMMAND, *args, "--port", "0", "--data", str(data)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | environment,
    )
    try:
        said = ""
        while not (address := re.search(r"http://127\.0\.0\.1:(\d+)/", said)):
            line = process.stdout.readline()
            assert line, f"it ended before it served: {said}"
            said += line
        _await_listener(int(address[1]))  # JupyterLab says where it is before it listens
        yield Served(process, said, int(address[1]))
    finally:
        process.terminate()
        process.wait(PATIENCE)
        process.stdout.close()


def _await_listener(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, f"nobody listens on port {port}"
            time.sleep(0.05)  # another process: there is nothing else to wait for
