"""Who comes in: hosts by the names the course goes by, people by the link they were given."""

import asyncio
import re
import socket

import pytest
from serving import PATIENCE, run, served

from incident_training.pages import files
from incident_training.pages.gate import ALONE, Door
from incident_training.pages.port import CannotServe
from incident_training.pages.server import address

TOKEN = "a-token-of-some-length"
PAGES = ("demonstrate", "notes")
OPEN = Door("0.0.0.0", TOKEN, ("class.example",))
THIS = socket.gethostname().lower()


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    with served("--no-browser", data=tmp_path_factory.mktemp("gate")) as course:
        yield course


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """A course that wants a token."""
    data = tmp_path_factory.mktemp("closed")
    with served("--no-browser", "--token", TOKEN, data=data) as course:
        yield course


def test_the_facilitators_notes_are_not_served_to_others(course, closed):
    others = {name: closed.get(f"/{name}", Cookie=cookie(closed)).status for name in PAGES}
    alone = {name: course.get(f"/{name}").status for name in PAGES}

    assert (others, alone) == ({"demonstrate": 200, "notes": 404}, dict.fromkeys(PAGES, 200))


def cookie(closed):
    return closed.get(f"/?token={TOKEN}").headers["Set-Cookie"].split(";")[0]


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]"])
def test_a_course_on_this_computer_goes_by_its_names(name):
    assert ALONE.goes_by(name)
    assert OPEN.goes_by(name)


@pytest.mark.parametrize(
    "name", ["evil.example", "localhost.evil.example", "192.168.0.7", "[fe80::1]", "", THIS]
)
def test_a_course_on_this_computer_goes_by_no_other_name(name):
    assert not ALONE.goes_by(name)


@pytest.mark.parametrize("name", ["192.168.0.7", "[2001:db8::1]", THIS, "class.example"])
def test_a_course_open_to_others_goes_by_addresses_and_names_it_was_given(name):
    assert OPEN.goes_by(name)


@pytest.mark.parametrize("name", ["evil.example", "class.example.evil.example", "192.168.0.7.x"])
def test_a_course_open_to_others_goes_by_no_other_name(name):
    assert not OPEN.goes_by(name)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_computer_needs_no_token(host):
    Door(host).check()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.168.0.7", "course.example"])
@pytest.mark.parametrize("token", ["", "short", "fifteen-letters", "sixteen letters!"])
def test_others_are_never_let_in_without_a_token_that_is_hard_to_guess(host, token):
    with pytest.raises(CannotServe, match="at least 16 letters"):
        Door(host, token).check()


def test_a_token_that_is_easy_to_guess_is_refused_on_this_computer_too():
    with pytest.raises(CannotServe, match="--token should be at least 16 letters"):
        Door(token="short").check()


def test_a_refusal_to_be_open_is_one_sentence_with_a_way_out(data):
    refused = run("--host", "0.0.0.0", "--port", "0", "--no-browser", "--data", str(data))

    assert refused.returncode == 1
    assert refused.stdout == ""
    [said] = refused.stderr.splitlines()
    assert said.startswith("0.0.0.0 can be reached from other computers, so it needs")
    assert "--token " in said


def test_an_address_of_another_computer_is_one_sentence_with_a_way_out(data):
    refused = run("--host", "192.0.2.1", "--token", TOKEN, "--no-browser", "--data", str(data))

    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        "This computer has no address 192.0.2.1. Name another: --host 127.0.0.1"
    ]


@pytest.mark.parametrize(
    ("door", "link"),
    [
        (ALONE, "http://127.0.0.1:8866/"),
        (Door("::1"), "http://[::1]:8866/"),
        (Door("127.0.0.1", TOKEN), f"http://127.0.0.1:8866/?token={TOKEN}"),
        (Door("192.168.0.7", TOKEN), f"http://192.168.0.7:8866/?token={TOKEN}"),
        (OPEN, f"http://{socket.gethostname()}:8866/?token={TOKEN}"),
    ],
)
def test_the_printed_address_is_the_link_to_give(door, link):
    assert address(door, 8866) == link


@pytest.mark.parametrize("host", ["localhost", "::1"])
def test_this_computer_can_be_named_otherwise(tmp_path, host):
    if host == "::1" and not _has_ipv6():
        pytest.skip("this computer has no ::1")
    with served("--no-browser", "--host", host, data=tmp_path) as course:
        assert f"http://{'[::1]' if host == '::1' else host}:{course.port}/" in course.said


def test_a_course_open_to_others_serves_by_the_names_it_was_given(tmp_path):
    opened = (
        "--no-browser",
        "--host",
        "0.0.0.0",
        "--token",
        TOKEN,
        "--allow-host",
        "Class.example",
    )
    with served(*opened, data=tmp_path) as course:
        for host in ("class.example", "192.168.0.7", "localhost"):
            assert course.get(f"/?token={TOKEN}", host=host).status == 302
        assert course.get(f"/?token={TOKEN}", host="evil.example").status == 403


def test_a_foreign_name_gets_nothing_whatever_it_asks_for(course):
    kernel, _ = course.open()

    for path in ("/", "/declare", files.module().address, "/nothing"):
        refused = course.get(path, host="evil.example")
        assert refused.status == 403
        assert "not served under that name" in refused.text
    assert course.knock(kernel, host="evil.example") == 403
    refused = course.get(f"/voila/api/shutdown/{kernel}", method="POST", host="evil.example")
    assert refused.status == 403
    assert course.kernel(kernel)


@pytest.mark.parametrize("path", ["/", "/declare", "/?token=wrong", "/x"])
def test_nothing_is_served_without_the_link(closed, path):
    refused = closed.get(path)

    assert refused.status == 403
    assert "This course needs its link. Ask whoever runs it." in refused.text
    assert "Set-Cookie" not in refused.headers
    assert 'href="/"' not in refused.text  # it would lead here again
    assert closed.get(re.search(r'href="(/front/[^"]+)"', refused.text)[1]).status == 200


def test_a_kernel_is_out_of_reach_without_the_link(closed):
    page = closed.get("/", Cookie=cookie(closed))
    kernel = page.text.partition('data-kernel="')[2].partition('"')[0]

    assert closed.knock(kernel) == 403
    assert closed.leave(kernel) == 403
    assert closed.knock(kernel, Cookie=cookie(closed)) == 101
    assert closed.leave(kernel, Cookie=cookie(closed)) == 204


def test_no_kernel_is_started_for_whom_is_not_let_in(closed):
    before = closed.get("/", Cookie=cookie(closed)) and len(closed.kernels())

    for _ in range(20):
        closed.get("/")

    assert len(closed.kernels()) <= before + 1  # the next spare


def test_the_link_is_followed_once_and_leaves_the_address(closed):
    entered = closed.get(f"/declare?token={TOKEN}&me=abc")

    assert entered.status == 302
    assert entered.headers["Location"] == "/declare?me=abc"
    kept = entered.headers["Set-Cookie"]
    assert "HttpOnly" in kept
    assert "SameSite=Lax" in kept
    assert closed.get("/declare?me=abc", Cookie=kept.split(";")[0]).status == 200


@pytest.mark.parametrize("path", ["//evil.example/", "///evil.example"])
def test_the_link_leads_to_no_other_host(closed, path):
    assert closed.get(f"{path}?token={TOKEN}").headers["Location"].startswith("/evil.example")


def test_a_cookie_of_another_course_does_not_let_in(closed):
    name = cookie(closed).partition("=")[0]

    assert name.endswith(str(closed.port))
    for wrong in (f"{name}=wrong", f"{name}=", f"incident-training-1={TOKEN}", name, '="'):
        assert closed.get("/", Cookie=wrong).status == 403


def test_neither_token_nor_personal_link_is_in_what_the_server_says(tmp_path):
    me = "0123456789abcdef"
    with served("--no-browser", "--token", TOKEN, data=tmp_path) as course:
        for path in ("/", "/nothing", "/api/kernels/a-b/channels"):
            course.get(f"{path}?token={TOKEN}x&me={me}")
            course.get(f"{path}?token={TOKEN}&me={me}")
            course.get(f"{path}?me={me}", Cookie=cookie(course))
        course.interrupt()
        said = course.process.stdout.read()

    assert "403" in said
    assert "404" in said
    assert TOKEN not in said
    assert me not in said


def test_half_a_request_holds_nobody_up(course):
    async def opened():
        held = [await asyncio.open_connection("127.0.0.1", course.port) for _ in range(100)]
        for _, writer in held:
            writer.write(b"GET / HTTP/1.1\r\nHost: local")
        page = await asyncio.wait_for(asyncio.to_thread(course.get, "/declare"), PATIENCE)
        for _, writer in held:
            writer.close()
            await writer.wait_closed()
        return page.status

    assert asyncio.run(opened()) == 200


def _has_ipv6():
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False
