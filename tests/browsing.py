"""A real browser on the course as it is served, and what a person does with it."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Page

from incident_training import library
from incident_training.kinds.run import Call, Look, evidence_of
from incident_training.kinds.scenario import Choice
from incident_training.kinds.vocabulary import CHOICES, OVER, RUNG

SHIFT = "wednesday-practice-rooms"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))),
    None,
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000  # milliseconds, on a busy machine
NOTES = """
window.said = [];
const before = new WeakMap();
new MutationObserver(() => {
  for (const node of document.querySelectorAll(".it-news, .it-line")) {
    const text = node.textContent;
    if (text && text !== before.get(node)) said.push([Date.now(), text]);
    before.set(node, text);
  }
}).observe(document, { subtree: true, childList: true, characterData: true });
"""


def watched(page: Page) -> Page:
    """Note every request a page makes and everything it raises or has refused."""
    page.set_default_timeout(PATIENCE)
    page.asked, page.raised = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.raised.append(str(error)))
    page.on("console", lambda said: page.raised.append(said.text) if _refused(said.text) else None)
    return page


def _refused(said: str) -> bool:
    return "Content Security Policy" in said


def asked_outside(page: Page) -> list[str]:
    """Return the requests to any host but our own."""
    return [u for u in page.asked if not re.match(r"(https?://127\.0\.0\.1|data:|blob:)", u)]


def choose(page: Page, name: str) -> None:
    """Click what a person clicks: the label, of which the radio is a part."""
    page.locator(".it-option:visible", has_text=re.compile(f"^{re.escape(name)}")).first.click()


def go(page: Page, button: str) -> None:
    """Click a button or a link and wait until the page has moved on."""
    with moved_on(page):
        way = page.get_by_role("button", name=button).or_(page.get_by_role("link", name=button))
        way.first.click()


GIVEN = ("who", "to", "owner", "minutes", "severity", "impact")  # chosen beside a call


def call(page: Page, act: Call | Look) -> None:
    """Open evidence, give a call, or answer at the end, with the mouse; and go on."""
    if isinstance(act, Look):
        go(page, evidence_of(library.shipped()[SHIFT], act.evidence).label)
        return
    if act.over:
        choose(page, OVER[act.over])
    elif act.choice:
        label = {**RUNG, **CHOICES}[act.choice]
        rung = page.get_by_text("Your triage rings").count()
        choose(page, RUNG[act.choice] if rung else label)
    for name in GIVEN if act.choice else ():
        if value := getattr(act, name):
            page.locator(f"input:visible[name^='it-{name}-'][value='{value}']").check(force=True)
    if act.would:
        page.get_by_label("What would make you declare?").fill(act.would)
    go(page, "Save" if act.over else "Save and go on" if act.choice else "Go on")


def to_the_end(page: Page, choice: Choice | None = None) -> None:
    """Let a shift go on, after its declaration or with one call, and say that it is over."""
    while page.locator(".it-verdict").count() == 0:
        over = page.get_by_role("group", name="Is it over?").count()
        call(page, Call(at=0, over="over") if over else Call(at=0, choice=choice))


@contextmanager
def moved_on(page: Page) -> Iterator[None]:
    """Wait, after what is done in here, until the page shows something else."""
    before = page.locator(".it").inner_text()
    yield
    page.wait_for_function(
        "was => document.querySelector('.it')?.innerText !== was"
        " && !document.querySelector('.it[data-waiting]')",
        arg=before,
    )


def begun(page: Page, address: str, name: str, shift: str = SHIFT) -> None:
    """Open a page of the course and take a shift on it."""
    page.goto(f"{address}{name}")
    page.get_by_role("button", name=library.shipped()[shift].title).click()
    page.locator("form").wait_for()


def drafting(page: Page, address: str) -> None:
    """Live through a shift, then stand before its draft."""
    begun(page, address, "declare")
    to_the_end(page, "watch")
    begun(page, address, "postmortem")


def token(page: Page) -> str:
    """Return who the visitor is, as this browser keeps it."""
    return page.evaluate("localStorage.getItem('incident-training.me')")


def noting(context: BrowserContext) -> BrowserContext:
    """Have each page note what it says of the line and of the work, and when."""
    context.add_init_script(NOTES)
    return context


def said(page: Page) -> list[str]:
    """Return all that a page has said since it was opened, in order."""
    return [text for _, text in page.evaluate("said")]


def seconds_until(page: Page, text: str, since: float) -> float:
    """Wait until a page says it; return how long after `since`, a time as `time.time` has it."""
    found = page.wait_for_function(
        "([text, since]) => said.find(([at, said]) => at >= since && said.includes(text))?.[0]",
        arg=[text, since * 1000],
        polling=50,
    )
    return found.json_value() / 1000 - since
