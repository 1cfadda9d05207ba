"""One widget a page, against the same screen composed of small ones: opening, a step, messages.

Both pages are served by our own server to one browser, which has its files already, and stand at
the same step of the same shift, eight items in the feed. Opening ends when the first choice can be
seen; a step ends in the first frame in which every part of the new screen stands.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from benchmarks import CannotMeasure, Figure, figure, in_turns
from benchmarks.composed import arrived, playing
from incident_training import places
from incident_training.store import Store
from incident_training.widgets.play import Play

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

ROUNDS, STEPS = 7, 3
SHIFT = "monday-laboratory"
CROWD = 8  # items in the feed when a page is opened
GIVEN = {"choice": "triage", "who": "log"}
SETTLED = 300  # milliseconds in which the last messages of a step have come

CLONE = Path(__file__).parents[1]
SIDES = {
    "ours": 'from incident_training.widgets import practice\n\npractice("declaration")',
    "baseline": "from benchmarks.composed import page\n\npage()",
}
SERVE = """
import sys
from pathlib import Path
from incident_training import places
from incident_training.pages.server import serve
places.notebooks = lambda: Path(sys.argv[1])
serve(port=0, open_browser=False)
"""
COUNT = """
import ipywidgets
{page}
print(len(ipywidgets.Widget.get_manager_state()["state"]))
"""
# Radios are emptied without a change to the document, so each frame is looked at.
WATCH = """([clock, newest, alt, says, saved]) => {
  const all = (part) => [...document.querySelectorAll(part)];
  const stands = () =>
    all(".it-clock").some((node) => node.textContent.endsWith(clock)) &&
    all(".it-feed > li").at(-1)?.textContent.includes(newest) &&
    (!alt || all("svg").some((node) => node.getAttribute("aria-label") === alt)) &&
    all("[role=status]").some((node) => node.textContent === says) &&
    all(".it-line").some((node) => node.textContent === saved) &&
    all("input[type=radio]").length > 0 && all("input:checked").length === 0;
  const standing = (since) => new Promise((done) => {
    const look = () => stands() ? done(performance.now() - since) : requestAnimationFrame(look);
    requestAnimationFrame(look);
  });
  if (!saved) return standing(0);
  window.step = new Promise((done) => {
    const click = ({ timeStamp }) => standing(timeStamp).then(done);
    addEventListener("click", click, { capture: true, once: true });
  });
}"""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Sample = dict[str, list[float]]


def measure() -> list[Figure]:
    """Return seconds, milliseconds and counts of both pages; raise CannotMeasure."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        env = {"INCIDENT_TRAINING_DATA": str(data), "PYTHONPATH": str(CLONE)}
        store = Store(data / places.database().name)
        samples: dict[str, Sample] = {side: defaultdict(list) for side in SIDES}
        with _browser() as context, _served(_notebooks(Path(folder)), env) as address:
            for counts, side in in_turns(list(SIDES), ROUNDS):
                taken = _visit(context, f"{address}voila/render/{side}.ipynb", store)
                for name, values in taken.items() if counts else ():
                    samples[side][name] += values
        models = {side: [_models(code, env)] for side, code in SIDES.items()}
    figures = [figure(f"one-widget: {n}", v, samples["baseline"][n]) for n, v in samples["ours"].items()]
    return [*figures, figure("one-widget: widget models", models["ours"], models["baseline"])]


def _visit(context: "BrowserContext", url: str, store: Store) -> Sample:
    """Open the page as somebody new, standing at the step, and go on for STEPS."""
    token = uuid4().hex
    ahead = _prepare(playing(token, store))
    page = context.new_page()
    heard = _listen(page)
    before = time.perf_counter()
    page.goto(f"{url}?me={token}", wait_until="commit")
    page.locator(".it-option").first.wait_for()
    taken: Sample = defaultdict(list, {"open, s": [time.perf_counter() - before]})
    page.evaluate(WATCH, _expected(ahead.screen(), ""))
    for _ in range(STEPS):
        page.wait_for_timeout(SETTLED)
        heard.clear()
        ahead.take({"do": "answer", "values": GIVEN}) 
        ...
    return taken
