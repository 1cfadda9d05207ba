"""A notebook on its way to being a page: a kernel, the cells it ran, then the screen's own code."""

from asyncio import get_running_loop, timeout_at
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient.exceptions import DeadKernelError
from nbconvert.filters.markdown import markdown2html_mistune
from tornado.iostream import StreamClosedError
from tornado.log import app_log
from tornado.web import HTTPError
from voila.execute import VoilaExecutor

from incident_training.pages import HOME
from incident_training.pages.answers import TEMPLATES, Answer
from incident_training.pages.kernels import Kernels, Ready

PROGRESSIVE = TEMPLATES.overlay(enable_async=True)
PROGRESSIVE.filters = {**TEMPLATES.filters, "markdown": markdown2html_mistune}


@dataclass
class Opening:
    """What a page is made of, as far as it has come."""

    notebook: nbformat.NotebookNode
    kernels: Kernels
    kernel: Ready | None = None
    failed: bool = False

    async def start(self) -> None:
        self.kernel = await self.kernels.take()

    async def run(self) -> None:
        """Run the cells, and leave the kernel to the page; raises what a cell raises.

        A kernel that dies on the way is replaced once: the spare may have died unnoticed.
        """
        try:
            await self._run()
        except (DeadKernelError, KeyError):  # what nbclient says of a time-out too
            assert self.kernel
            if await self.kernels.lives(self.kernel.id):
                raise
            await self.start()
            await self._run()

    async def _run(self) -> None:
        assert self.kernel
        executor = VoilaExecutor(self.notebook, km=self.kernels.get_kernel(self.kernel.id))
        executor.kc = self.kernel.client
        try:
            for index, cell in enumerate(self.notebook.cells):
                await executor.execute_cell(cell, None, index, store_history=False)
        finally:
            self.kernel.client.stop_channels()

    async def give_up(self) -> None:
        self.failed = True
        if self.kernel:
            await self.kernels.end(self.kernel.id)


class Page(Answer):
    """A notebook as a page; its beginning is sent before there is a kernel."""

    def initialize(self, notebooks: Path, limit: float) -> None:
        self.notebooks, self.limit = notebooks, limit

    async def get(self, name: str) -> None:
        file = self.notebooks / f"{name or HOME}.ipynb"
        if not file.is_file():
            raise HTTPError(404)
        self.set_header("Cache-Control", "no-store")
        notebook = nbformat.read(file, as_version=4)  # type: ignore[no-untyped-call]
        opening = Opening(notebook, self.settings["kernel_manager"])
        page = PROGRESSIVE.get_template("page.html")
        async for piece in page.generate_async(opening=opening, steps=self._steps(opening)):
            self.write(piece)

    async def _steps(self, opening: Opening) -> AsyncIterator[str]:
        """Open the page, saying each step before it is taken; a failure ends its kernel."""
        until = get_running_loop().time() + self.limit
        try:
            for says, take in (
                ("Starting Python for this page.", opening.start),
                ("Reading the shifts.", opening.run),
            ):
                yield says
                await self.flush()
                async with timeout_at(until):
                    await take()
            yield "Drawing the page."
            await self.flush()
        except StreamClosedError:  # whoever asked has left
            await opening.give_up()
        except Exception:
            app_log.exception("%s could not be opened", self.request.path)
            await opening.give_up()
