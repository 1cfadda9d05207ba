"""From a click that Python answers to the frame that shows its answer, once that is made.

Ours is a call in the drill, kept before it is answered with a whole new screen; the baseline is
stock Voila's button, whose click changes a label.
"""

from typing import TYPE_CHECKING

from benchmarks import Figure, figure, in_turns
from benchmarks.opening import leave, opened
from benchmarks.pages import Side, browser, ours, rest, stock

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROUNDS, CLICKS = 10, 5
PAUSE = 200  # milliseconds between clicks, so that each finds a kernel without work
WATCH = """(shows) => {
  const answer = () => document.querySelector(shows).textContent;
  window.answered = new Promise((done) => {
    const click = ({ timeStamp }) => {
      const before = answer();
      const made = () => done(performance.now() - timeStamp);
      const look = (_, observer) => {
        if (answer() === before) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(made));
      };
      const parts = { subtree: true, childList: true, characterData: true };
      new MutationObserver(look).observe(document, parts);
    };
    addEventListener("click", click, { capture: true, once: true });
  });
}"""


def measure() -> list[Figure]:
    """Return milliseconds."""
    taken: dict[str, list[float]] = {"ours": [], "baseline": []}
    with ours() as our_side, stock() as baseline, browser() as context:
        sides = {"ours": our_side, "baseline": baseline}
        for counts, name in in_turns(list(sides), ROUNDS):
            rest(sides.values())
            page, _ = opened(context, sides[name])
            times = [click(page, sides[name]) for _ in range(CLICKS)]
            leave(page)
            taken[name] += times if counts else []
    return [figure("click: answered, ms", taken["ours"], taken["baseline"])]


def click(page: "Page", side: Side) -> float:
    """Click once more, choosing first where that is asked; return the milliseconds it took."""
    choice = page.locator("input[type=radio][value=watch]")
    if choice.count():
        choice.check(force=True)
    page.wait_for_timeout(PAUSE)
    page.evaluate(WATCH, side.shows)
    page.locator(side.again).click()
    return float(page.evaluate("window.answered"))
