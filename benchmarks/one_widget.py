"""One widget a page, against the same screen composed of small ones: opening, a step, messages.

Both pages are served by our own server to one browser, which has its files already, and stand at
the same step of the same shift, eight items in the feed. Opening and a step end in the first frame
in which every part of the new screen stands.
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
from incident_training import library, places
from incident_training.store import Store
from incident_training.widgets.play import Play

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

ROUNDS, STEPS = 7, 3
SHIFT = "monday-laboratory"
CROWD = 8  # items in the feed when a page is opened
GIVEN = {"choice": "triage", "who": "log"}
SETTLED = 300  # milliseconds in which the last messages of a step have come

DATA = "INCIDENT_TRAINING_DATA"
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
# Radios are emptied without a change to the document, so each frame is looked at, once it is made.
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
    const look = (frame) => setTimeout(() => stands() ? done(frame - since) : wait());
    const wait = () => requestAnimationFrame(look);
    wait();
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
Expected = list[str]  # the clock, the newest item, its picture's name, what is announced, "Saved."


def measure() -> list[Figure]:
    """Return seconds, milliseconds and counts of both pages; raise CannotMeasure."""
    with tempfile.TemporaryDirectory() as folder:
        env = {DATA: str(Path(folder, "data")), "PYTHONPATH": str(CLONE)}
        store, scenarios = Store(Path(folder, "data", "training.sqlite")), library.shipped()
        screens = _expected(_ready(playing(uuid4().hex, store, scenarios)))
        taken: dict[str, Sample] = {side: defaultdict(list) for side in SIDES}
        with _browser() as context, _served(_notebooks(Path(folder)), env) as address:
            for counts, side in in_turns(list(SIDES), ROUNDS):
                token = uuid4().hex
                _ready(playing(token, store, scenarios))
                url = f"{address}voila/render/{side}.ipynb?me={token}"
                visited = _visit(context, url, screens)
                for name, values in visited.items() if counts else ():
                    taken[side][name] += values
        for side, code in SIDES.items():
            taken[side]["widget models"] = [_models(code, env)]
    return [
        figure(f"one-widget: {name}", values, taken["baseline"][name])
        for name, values in taken["ours"].items()
    ]


def _visit(context: "BrowserContext", url: str, screens: list[Expected]) -> Sample:
    """Open the page, go on for STEPS, and leave it so that its kernel ends."""
    page = context.new_page()
    heard = _listen(page)
    before = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator(".it-option:visible").first.wait_for()
    page.evaluate(WATCH, screens[0])
    taken: Sample = defaultdict(list, {"open, s": [time.perf_counter() - before]})
    for screen in screens[1:]:
        page.wait_for_timeout(SETTLED)
        heard.clear()
        for name, value in GIVEN.items():
            page.locator(f"input:visible[name*={name}][value={value}]").check(force=True)
        page.wait_for_timeout(SETTLED)
        chosen = len(heard)
        page.evaluate(WATCH, screen)
        page.get_by_role("button", name="Save and go on").click()
        taken["click to whole new screen, ms"].append(page.evaluate("window.step"))
        page.wait_for_timeout(SETTLED)
        taken["updates after the click"].append(heard[chosen:].count("comm_msg"))
        taken["all messages of a step, choosing too"].append(len(heard))
    page.goto("about:blank")
    page.close()
    return taken


def _listen(page: "Page") -> list[str]:
    """Return the types of the messages that kernels send to this page, as they come."""
    heard: list[str] = []

    def hear(message: str | bytes) -> None:
        text = message if isinstance(message, str) else message.decode("utf-8", "replace")
        kind = re.search(r'"msg_type": ?"(\w+)"', text)  # the header's comes first
        heard.append(kind[1] if kind else "")

    page.on("websocket", lambda channel: channel.on("framereceived", hear))
    return heard


def _ready(play: Play) -> Play:
    """Choose the shift and play until the feed is full, so that a page opened resumes there."""
    play.take({"do": "choose", "name": SHIFT})
    for evidence in play.scenarios[SHIFT].evidence:
        play.take({"do": "look", "at": evidence.id})
    while len(arrived(play.screen())) < CROWD:
        play.take({"do": "answer", "values": {"choice": "watch"}})
    return play


def _expected(play: Play) -> list[Expected]:
    """Return what tells that each screen stands: the first, then one for each step."""
    screens = [play.screen()]
    for _ in range(STEPS):
        play.take({"do": "answer", "values": GIVEN})
        screens.append(play.screen())
    assert all(screen["stage"] == "play" for screen in screens), "the shift is too short"
    return [_tells(screen, "Saved." if at else "") for at, screen in enumerate(screens)]


def _tells(screen: dict[str, Any], saved: str) -> Expected:
    items = arrived(screen)
    pictures = [item["alt"] for item in items if item["picture"]]
    return [screen["clock"], items[-1]["text"], pictures[-1], screen["says"], saved]


def _models(code: str, env: dict[str, str]) -> int:
    command = [sys.executable, "-c", COUNT.format(page=code)]
    said = subprocess.run(command, env=os.environ | env, check=True, stdout=subprocess.PIPE)
    return int(said.stdout)


def _notebooks(folder: Path) -> Path:
    """Return a folder with one notebook for each side: ours, and a copy with another cell."""
    notebook = json.loads((places.notebooks() / "declare.ipynb").read_text("utf-8"))
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    for side, code in SIDES.items():
        cell["source"] = code
        (folder / f"{side}.ipynb").write_text(json.dumps(notebook), "utf-8")
    return folder


@contextmanager
def _served(notebooks: Path, env: dict[str, str]) -> Iterator[str]:
    """Serve the folder as `incident-training serve` does; yields the address."""
    command = [sys.executable, "-c", SERVE, str(notebooks)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | env | {"PYTHONUNBUFFERED": "1"}
    )
    assert process.stdout
    try:
        address = re.search(r"http://\S+", process.stdout.readline())
        if not address:
            raise CannotMeasure("the server ended before it served")
        yield address[0]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


@contextmanager
def _browser() -> Iterator["BrowserContext"]:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise CannotMeasure("no Chromium was found: install it (Debian: apt install chromium)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise CannotMeasure("Playwright was not found: pip install playwright") from error
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=found, args=QUIET)
        yield browser.new_context(viewport={"width": 1280, "height": 720})
        browser.close()
