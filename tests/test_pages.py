"""What our configuration, template and changes to Voila promise."""

import asyncio
import re

import pytest
from serving import served
from voila.app import Voila

from incident_training import places
from incident_training.pages import internals
from incident_training.pages.server import configuration


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    with served("--no-browser", data=tmp_path_factory.mktemp("pages")) as course:
        yield course


@pytest.fixture(scope="module")
def home(course):
    return course.get("/voila/render/index.ipynb")


def test_the_root_leads_home_and_keeps_the_link_of_the_person(course):
    answer = course.get("/?me=abc")

    assert (answer.status, answer.headers["Location"]) == (
        302,
        "/voila/render/index.ipynb?me=abc",
    )


def test_a_page_names_its_language_its_title_and_its_main_part(home):
    assert '<html lang="en">' in home.text
    assert "<title>Incident training</title>" in home.text
    assert home.text.count("<main") == home.text.count("</main>") == 1
    assert "body.it-page" in home.text


def test_a_page_and_an_error_ask_no_other_host_for_anything(course, home):
    for page in (home.text, course.get("/voila/render/nothing.ipynb").text):
        assert re.findall(r"""(?:src|href)=["']?(?:https?:)?//[^"'\s>]+""", page) == []
        assert re.findall(r"import\(?.{0,30}https?://", page) == []


def test_a_page_does_not_show_the_code_behind_it(home):
    assert "incident_training.widgets" not in home.text


def test_leaving_a_page_ends_its_kernel(course):
    page = course.get("/voila/render/index.ipynb")
    before = len(course.kernels())
    kernel = re.search(r'"kernelId": ?"([\w-]+)"', page.text)[1]
    cookies = [line.split(";")[0] for line in page.headers.get_all("Set-Cookie")]
    token = next(cookie for cookie in cookies if cookie.startswith("_xsrf=")).partition("=")[2]

    ended = course.get(
        f"/voila/api/shutdown/{kernel}",
        method="POST",
        Cookie="; ".join(cookies),
        **{"X-XSRFToken": token},
    )

    assert ended.status == 204
    assert len(course.kernels()) == before - 1


def test_another_host_name_is_refused(course):
    assert course.get("/voila/render/index.ipynb", host="evil.example").status == 403


@pytest.mark.parametrize(
    "path",
    ["voila/tree", "voila/api/contents/", "api/contents", "voila/files/index.ipynb", "api/kernels"],
)
def test_nothing_but_pages_is_served(course, path):
    assert course.get(f"/{path}").status in (403, 404)


def test_voila_still_has_what_we_change(tmp_path):
    ours, theirs = (_handlers(of, tmp_path) for of in (internals.Course, Voila))

    changed = {*internals.OURS, *internals.NOT_SERVED}
    assert changed <= theirs
    assert changed.isdisjoint(ours)
    assert {*internals.OURS.values()} <= ours


def test_a_kernel_s_messages_are_sent_at_once(monkeypatch):
    done = []

    async def opened(self, kernel_id):
        done.append(kernel_id)

    monkeypatch.setattr(internals.VoilaKernelWebsocketHandler, "open", opened)
    channel = internals.Channel.__new__(internals.Channel)
    monkeypatch.setattr(channel, "set_nodelay", done.append)

    asyncio.run(channel.open("kernel"))

    assert done == [True, "kernel"]


def _handlers(kind, tmp_path):
    app = kind(config=configuration(places.notebooks()))
    app.initialize([])
    app.connection_dir = str(tmp_path)
    app.init_settings()
    return {handler for _, handler, *_ in app.init_handlers()}


def test_a_kernel_never_learns_the_token_from_the_address(course):
    token = "0123456789abcdef0123456789abcdef"
    before = {kernel.pid for kernel in course.kernels()}

    course.get(f"/voila/render/index.ipynb?me={token}")

    [kernel] = [
        k for k in course.kernels() if k.pid not in before and "ipykernel" in str(k.cmdline())
    ]
    assert token not in str(kernel.environ())
