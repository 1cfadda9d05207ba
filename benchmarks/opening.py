"""From a page's address to the answer to its first click; ours with its spare kernel, and without.

The page itself clicks, in the first frame in which its button can be reached, and notes the frame
that shows the answer; so no tool's waiting is counted. The browser has the files of all pages.
"""

import json
import sys
from typing import TYPE_CHECKING

from benchmarks import Figure, figure, in_turns
from benchmarks.pages import Side, browser, ours, rest, stock

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

ROUNDS = 10
SPARELESS = """
import sys
from incident_training.cli import main
from incident_training.pages.kernels import Kernels
Kernels.keep_spare = lambda self: None
sys.exit(main(["serve", *sys.argv[1:]]))
"""
CLICK = """(first, shows) => {
  let clicked = false;
  const reached = (node) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    return node.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  };
  const look = () => {
    const button = document.querySelector(first);
    if (!clicked && button && reached(button)) {
      clicked = true;
      button.click();
    }
    if (clicked && document.querySelector(shows)?.textContent)
      document.documentElement.dataset.answered = performance.now() / 1000;
    else requestAnimationFrame(look);
  };
  look();
}"""


def measure() -> list[Figure]:
    """Return seconds; the baseline is stock Voila's page of one button."""
    taken: dict[str, list[float]] = {"spare kernel ready": [], "no spare kernel": [], "stock": []}
    spareless = [sys.executable, "-c", SPARELESS]
    with ours() as ready, ours(spareless) as cold, stock() as baseline, browser() as context:
        sides = dict(zip(taken, (ready, cold, baseline), strict=True))
        for counts, name in in_turns(list(sides), ROUNDS):
            rest(sides.values())
            page, seconds = opened(context, sides[name])
            leave(page)
            if counts:
                taken[name].append(seconds)
    times = taken.pop("stock")
    return [figure(f"open: {name}, s", values, times) for name, values in taken.items()]


def opened(context: "BrowserContext", side: Side) -> tuple["Page", float]:
    """Open the page and click; return it and the seconds until the click was answered."""
    page = context.new_page()
    page.add_init_script(f"({CLICK})(...{json.dumps([side.first, side.shows])})")
    page.goto(side.address(), wait_until="commit")
    answered = page.locator("[data-answered]").get_attribute("data-answered")
    return page, float(answered or 0)


def leave(page: "Page") -> None:
    """Go away as a person does: a page that is closed by its tool tells its server nothing."""
    page.goto("about:blank")
    page.close()
