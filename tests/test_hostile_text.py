"""Text of a scenario that is markup, script or a template: shown as it stands, and never run."""

import os

import pytest
import yaml
from browsing import go, to_the_end
from serving import served

from incident_training import library
from incident_training.authoring.new import template

pytestmark = pytest.mark.browser

BAD = (
    "<svg/onload=fired=1>",
    "<img/src/onerror=fired=1>",
    "<iframe/srcdoc='<script>top.fired=1</script>'>",
    "[x](javascript:fired=1)",
    "{{7*7}} ${7*7} {0.__class__}",
    "<base/href=//evil.example>",
    "<style>*{display:none}</style>",
)
TEXTS = ("title", "teaches", "domain", "briefing", "from", "text", "label", "alt", "hint")
TEXTS += ("because", "ending", "luck", "name", "changed", "customers", "impact")
MADE = "svg, img, iframe, base, style, script, [href^='javascript:' i], [onload], [onerror]"


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    """A sound scenario with something bad at the end of every text, in turn."""
    count = iter(range(10_000))

    def bad(node, name=""):
        if isinstance(node, dict):
            return {key: bad(value, key) for key, value in node.items()}
        if isinstance(node, list):
            return [bad(value, name) for value in node]
        return f"{node} {BAD[next(count) % len(BAD)]}" if name in TEXTS and " " in node else node

    folder = tmp_path_factory.mktemp("pack")
    text = yaml.safe_dump(bad(yaml.load(template(), yaml.BaseLoader)), allow_unicode=True)
    (folder / "friday-quay.yaml").write_text(text, "utf-8")
    return folder


def test_nothing_a_scenario_says_is_run_or_formatted(pack, page, tmp_path):
    scenario = library.load(pack / "friday-quay.yaml")
    said = set()
    page.set_default_timeout(15_000)
    with served("--no-browser", "--exercises", os.path.relpath(pack), data=tmp_path) as course:
        page.goto(f"http://127.0.0.1:{course.port}/shift")
        go(page, scenario.title)
        while page.get_by_role("button", name="Go on: draft").count() == 0:
            said |= looked_at(page)
            if (
                page.locator(".it-verdict").count()
                and page.get_by_role("button", name="Go on: read").count()
            ):
                go(page, "Go on: read the log")
            elif page.get_by_role("button", name="Raise these flags").count():
                page.get_by_role("button", name="Raise these flags").click()
                page.get_by_role("button", name="Raise these flags").click()
                page.get_by_role("button", name="Go on: draft").wait_for()
            elif page.get_by_role("group", name="Is it over?").count():
                to_the_end(page)
            else:
                page.keyboard.press("3")
                go(page, "Save and go on")
        said |= looked_at(page)
        page.goto(f"http://127.0.0.1:{course.port}/preview")
        page.goto(f"http://127.0.0.1:{course.port}/")
        page.locator("body[data-ready]").wait_for()
        said |= looked_at(page)

    assert len(said) > 5  # they were all to be seen, as text


def looked_at(page):
    """What of the bad stands on the page as text; nothing of it may have become anything else."""
    page.wait_for_timeout(100)  # that nothing is run cannot be waited for
    assert page.evaluate("window.fired") is None
    made = page.locator(f".it :is({MADE}):not(.it-picture *, .it-spark, .it-spark *)")
    assert made.count() == 0
    text = page.locator("body").inner_text()
    return {bad for bad in BAD if bad in text}
