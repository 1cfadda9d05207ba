"""How many kernels there are after a page was reloaded: one page needs one.

Kernels that were there before the page was opened, such as our spare one, do not count.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from benchmarks import Figure, figure
from benchmarks.opening import leave
from benchmarks.pages import PATIENCE, Side, browser, ours, rest, stock

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

PATIENT, IMPATIENT = 20, 5
AGAIN = 300  # milliseconds until somebody impatient reloads once more


def measure() -> list[Figure]:
    """Return kernels, counted once; each count waits a minute for those still to end."""
    figures = []
    with ours() as our_side, stock() as baseline, browser() as context:
        for name, reload in (
            (f"{PATIENT} reloads", _patiently),
            (f"{IMPATIENT} impatient reloads", _impatiently),
        ):
            rest([our_side, baseline])
            left = [_left(context, side, reload) for side in (our_side, baseline)]
            figures.append(figure(f"reloads: kernels after {name}", left[:1], left[1:]))
    return figures


def _left(context: "BrowserContext", side: Side, reload: Callable[["Page", str], None]) -> int:
    """Return how many kernels more there are with the page open and reloaded."""
    before = len(side.kernels())
    page = context.new_page()
    page.goto(side.address())
    page.locator(side.first).first.wait_for()
    reload(page, side.first)
    rest([side])
    until = time.monotonic() + PATIENCE
    while len(side.kernels()) > before + 1 and time.monotonic() < until:
        time.sleep(1)
    left = len(side.kernels()) - before
    leave(page)
    return left


def _patiently(page: "Page", drawn: str) -> None:
    for _ in range(PATIENT):
        page.reload(wait_until="commit")
        page.locator(drawn).first.wait_for()


def _impatiently(page: "Page", drawn: str) -> None:
    key = page.context.new_cdp_session(page)  # as the key does, it waits for nothing
    for _ in range(IMPATIENT):
        key.send("Page.reload")
        page.wait_for_timeout(AGAIN)
    page.locator(drawn).first.wait_for()
