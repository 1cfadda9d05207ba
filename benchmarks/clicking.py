"""From a click that Python answers to its answer: on the heels of another click, and at leisure.

Ours is a call in the drill: committed, then answered with a whole new screen. The baseline is stock
Voila's button, whose click changes a label. On the heels of another click stock Voila's answer
waits for the browser to acknowledge a small packet; at leisure nothing waits, and the figure is the
price of committing and of a whole screen. The page itself clicks, so no tool's time is counted.
"""

from typing import TYPE_CHECKING

from benchmarks import Figure, figure, in_turns
from benchmarks.opening import leave, opened
from benchmarks.pages import PATIENCE, Side, browser, ours, rest, stock

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROUNDS, CLICKS = 8, 6
PACES = {"on the heels of another": 0, "at leisure": 500}  # milliseconds after a frame is made
CLICK = """async ([clicks, pause, again, shows, patience]) => {
  const shown = () => document.querySelector(shows)?.textContent;
  const sleep = (wait) => new Promise((done) => setTimeout(done, wait));
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const answered = (before) => new Promise((done, fail) => {
    const giveUp = setTimeout(() => fail(new Error("a click was not answered")), patience);
    const look = (_, observer) => {
      if (shown() === before) return;
      observer.disconnect();
      clearTimeout(giveUp);
      done(performance.now());
    };
    const parts = { subtree: true, childList: true, characterData: true };
    new MutationObserver(look).observe(document, parts);
  });
  const times = [];
  for (let click = 0; click <= clicks; click += 1) {
    document.querySelector("input[type=radio][value=watch]")?.click();
    const [before, since] = [answered(shown()), performance.now()];
    document.querySelector(again).click();
    times.push((await before) - since);
    await frame();
    await sleep(pause);
  }
  return times.slice(1);
}"""


def measure() -> list[Figure]:
    """Return milliseconds until the document has changed."""
    taken: dict[tuple[str, str], list[float]] = {}
    with ours() as our_side, stock() as baseline, browser() as context:
        sides = {"ours": our_side, "baseline": baseline}
        for pace, pause in PACES.items():
            for counts, name in in_turns(list(sides), ROUNDS):
                rest(sides.values())
                page, _ = opened(context, sides[name])
                times = clicked(page, sides[name], CLICKS, pause)
                leave(page)
                taken.setdefault((pace, name), []).extend(times if counts else [])
    return [
        figure(f"click: {pace}, ms", taken[pace, "ours"], taken[pace, "baseline"]) for pace in PACES
    ]


def clicked(page: "Page", side: Side, clicks: int, pause: int = 0) -> list[float]:
    """Click so often, and once before; return the milliseconds each answer took."""
    told = [clicks, pause, side.again, side.shows, PATIENCE * 1000]
    return [float(took) for took in page.evaluate(CLICK, told)]
