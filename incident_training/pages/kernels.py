"""Which Python runs behind a page: ours, and one is always ready before anybody asks."""

# jupyter_server says only half of its types.
# mypy: disable-error-code="no-untyped-call"

from asyncio import Task, create_task, wait
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import IOLoop

PATIENCE = 60  # seconds until a kernel that does not answer is given up
LATER = 2  # seconds until a new spare is started, so that it does not hold up the page being opened
ALLOWED = ["comm_msg", "kernel_info_request"]  # all that a page of ours says to its kernel


class OurPython(KernelSpecManager):
    """Kernels run on the Python that serves them, whatever `python3` a person has installed."""

    def _kernel_dirs_default(self) -> list[str]:
        return []  # nothing to look through: what is left is the interpreter's own kernel


class Prepared(OurPython):
    """Our Python, with what a page needs imported before it says that it is ready."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        spec = super().get_kernel_spec(kernel_name)
        spec.argv = [*spec.argv, "--IPKernelApp.exec_lines=import incident_training.widgets"]
        return spec


@dataclass(frozen=True)
class Ready:
    """A kernel that answers, and a line to it."""

    id: str
    client: AsyncKernelClient


class Kernels(AsyncMappingKernelManager):
    """Kernels of pages; they get the server's own environment and nothing of a visitor's."""

    _spare: Task[Ready] | None = None
    _over = False

    def __init__(self, **told: Any) -> None:
        super().__init__(**told | {"allowed_message_types": ALLOWED})  # Voila would allow more

    async def take(self) -> Ready:
        """Return a kernel that answers: the spare, even if it is still on its way, else another."""
        spare, self._spare = self._spare, None
        IOLoop.current().call_later(LATER, self.keep_spare)
        if spare:
            with suppress(Exception):
                ready = await spare
                if await self.lives(ready.id):
                    self._touch(ready.id)
                    return ready
        return await self._start()

    def keep_spare(self) -> None:
        """See to it that one kernel is ready, or on its way."""
        if self._spare is None and not self._over:
            self._spare = create_task(self._start())
            self._spare.add_done_callback(self._watch)

    async def lives(self, id: str) -> bool:
        """Whether a kernel is there, and runs."""
        return id in self and bool(await self._manager(id).is_alive())

    async def end(self, id: str) -> None:
        """End a kernel at once, if it is still there."""
        if id in self:
            await ensure_async(self.shutdown_kernel(id, now=True))

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        starting = self._manager(kernel_id).execution_state == "starting"
        if not starting and not self._is_spare(kernel_id):
            await super().cull_kernel_if_idle(kernel_id)

    def notify_disconnect(self, kernel_id: str) -> None:
        """Let a page whose connection broke come back: from here on its kernel is idle."""
        super().notify_disconnect(kernel_id)
        self._touch(kernel_id)

    async def shutdown_all(self, now: bool = False) -> None:  # type: ignore[override]  # see above
        self._over = True
        if self._spare:  # interrupted on its way, it would complain aloud
            await wait([self._spare])
        await super().shutdown_all(now=now)

    async def _start(self) -> Ready:
        id = await self.start_kernel(cwd=self.root_dir)
        client = self._manager(id).client()
        client.start_channels(stdin=False, hb=False)
        try:
            await client.wait_for_ready(timeout=PATIENCE)
        except BaseException:
            client.stop_channels()
            await self.end(id)
            raise
        self._touch(id)
        return Ready(id, client)

    def _watch(self, spare: Task[Ready]) -> None:
        """Replace a spare that could not start, or that dies while it waits."""
        if spare.exception():
            self._replace(spare)
        else:
            self.add_restart_callback(spare.result().id, lambda: self._replace(spare), "dead")

    def _replace(self, spare: Task[Ready]) -> None:
        if self._spare is spare:
            self._spare = None
            IOLoop.current().call_later(LATER, self.keep_spare)

    def _is_spare(self, id: str) -> bool:
        spare = self._spare
        return bool(spare and spare.done() and not spare.exception() and spare.result().id == id)

    def _touch(self, id: str) -> None:
        if id in self:
            self._manager(id).last_activity = datetime.now(UTC)

    def _manager(self, id: str) -> Any:
        return self.get_kernel(id)
