"""What a page's kernel holds in the middle of a shift, against one that shows a button.

Both have ipywidgets and networkx, and are alive at once. Memory is PSS, in which what processes
share is divided among them (proc_pid_smaps(5)).
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import CannotMeasure, Figure, figure
from benchmarks.clicking import clicked
from benchmarks.opening import leave, opened
from benchmarks.pages import Side, browser, ours, rest, stock

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

ROUNDS, CLICKS = 5, 4
SMAPS = "/proc/{}/smaps_rollup"


def measure() -> list[Figure]:
    """Return MiB; raise CannotMeasure where the system does not tell."""
    if not Path(SMAPS.format("self")).exists():
        raise CannotMeasure("this system does not say what processes share; Linux does")
    taken: dict[str, list[float]] = {"ours": [], "baseline": []}
    with ours() as our_side, stock(", networkx") as baseline, browser() as context:
        sides = {"ours": our_side, "baseline": baseline}
        for _ in range(ROUNDS):
            rest(sides.values())
            played = {name: _played(context, side) for name, side in sides.items()}
            rest(sides.values())
            for name, (_, kernel) in played.items():
                taken[name].append(_mebibytes(sides[name].kernels()[kernel].pid))
            for page, _ in played.values():
                leave(page)
    return [figure("memory: a page's kernel (PSS), MiB", taken["ours"], taken["baseline"])]


def _played(context: "BrowserContext", side: Side) -> tuple["Page", str]:
    """Open the page, click a few times, and return it with its kernel's id."""
    addresses: list[str] = []

    def listen(page: "Page") -> None:
        page.on("websocket", lambda channel: addresses.append(channel.url))

    context.once("page", listen)
    page, _ = opened(context, side)
    clicked(page, side, CLICKS)
    kernel = re.search(r"/kernels/([\w-]+)", addresses[0])
    assert kernel
    return page, kernel[1]


def _mebibytes(pid: int) -> float:
    said = Path(SMAPS.format(pid)).read_text("utf-8")
    pss = re.search(r"^Pss: +(\d+) kB$", said, re.MULTILINE)
    assert pss
    return int(pss[1]) / 1024
