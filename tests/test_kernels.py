"""The Python behind a page: one ready before it is asked for, gone when its page is, and shut."""

import asyncio
import json
import os
import signal
import time
from contextlib import asynccontextmanager

import psutil
import pytest
from serving import PATIENCE, message, replies, served, serving, until

WIDGET = "import ipywidgets\nipywidgets.IntSlider()"
REFUSED = {
    "execute_request": {"code": "{code}", "silent": False, "store_history": False},
    "inspect_request": {"code": "print", "cursor_pos": 5, "detail_level": 0},
    "complete_request": {"code": "pri", "cursor_pos": 3},
    "history_request": {"hist_access_type": "tail", "n": 5, "raw": True, "output": False},
    "is_complete_request": {"code": "1"},
    "debug_request": {"type": "request", "command": "debugInfo", "seq": 1},
    "comm_info_request": {},
    "comm_open": {"comm_id": "a", "target_name": "jupyter.widget", "data": {}},
    "comm_close": {"comm_id": "a", "data": {}},
    "input_reply": {"value": "x"},
    "interrupt_request": {},
    "shutdown_request": {"restart": False},
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    with served("--no-browser", data=tmp_path_factory.mktemp("kernels")) as course:
        yield course


def spare(course) -> psutil.Process:
    """The one kernel of a course that nobody has opened a page of."""
    until(lambda: len(course.kernels()) == 1)
    return course.kernels()[0]


@asynccontextmanager
async def connected(course, kernel):
    line = await course.socket(kernel)
    try:
        yield line
    finally:
        line.close()
        while await line.read_message() is not None:
            pass  # what was still on its way


def test_a_page_gets_the_kernel_that_was_ready_and_another_takes_its_place(course):
    ready = spare(course)

    kernel, _ = course.open("/declare")

    assert course.kernel(kernel) == ready
    until(lambda: len(course.kernels()) == 2)
    assert course.leave(kernel) == 204
    assert spare(course) != ready


def test_a_spare_that_dies_is_replaced(course):
    dead = spare(course)
    dead.kill()

    until(lambda: course.kernels() not in ([], [dead]))
    kernel, _ = course.open()

    assert course.kernel(kernel)
    course.leave(kernel)


def test_a_page_opens_though_the_spare_has_just_died(course):
    dead = spare(course)
    dead.kill()
    until(lambda: not dead.is_running() or dead.status() == psutil.STATUS_ZOMBIE)

    kernel, _ = course.open()

    assert course.kernel(kernel)
    course.leave(kernel)


def test_a_page_whose_kernel_dies_while_it_opens_gets_another_once(tmp_path):
    died = tmp_path / "died"
    dies = f"import os, pathlib\nif not os.path.exists({str(died)!r}):\n"
    dies += f"    pathlib.Path({str(died)!r}).touch()\n    os.kill(os.getpid(), 9)\n{WIDGET}"
    always = "import os\nos.kill(os.getpid(), 9)"
    with serving(tmp_path, {"index": dies, "always": always}) as course:
        kernel, _ = course.open()

        assert course.kernel(kernel)
        course.leave(kernel)
        assert "This page could not be opened" in course.get("/always").text


def test_leaving_a_page_ends_its_kernel_without_a_cookie(course):
    spare(course)
    kernel, _ = course.open()

    assert course.leave(kernel, Origin=f"http://127.0.0.1:{course.port}") == 204

    assert course.kernel(kernel) is None
    assert course.leave(kernel) == 204  # gone is gone


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:1", "https://[::1]"])
def test_another_site_cannot_end_a_kernel(course, origin):
    kernel, _ = course.open()

    assert course.leave(kernel, Origin=origin) == 403

    assert course.kernel(kernel)
    assert course.leave(kernel, Origin="null") == 204  # as Firefox says it of our own page


def test_pages_opened_and_left_leave_just_the_spare(course):
    for _ in range(5):  # tests/test_never_lost.py reloads twenty times, in a browser
        kernel, _ = course.open("/declare")
        assert course.leave(kernel) == 204

    until(lambda: len(course.kernels()) == 1)


def test_pages_opened_at_once_each_get_a_kernel_of_their_own(course):
    async def opened():
        return await asyncio.gather(*(asyncio.to_thread(course.open) for _ in range(4)))

    kernels = {kernel for kernel, _ in asyncio.run(opened())}

    assert len(kernels) == 4
    assert {course.leave(kernel) for kernel in kernels} == {204}


def test_a_kernel_learns_nothing_of_who_asks(course):
    secret = "0123456789abcdef"
    before = os.environ.keys()

    kernel, _ = course.open(f"/declare?me={secret}")

    environment = course.kernel(kernel).environ()
    assert secret not in str(environment)
    assert {name for name in environment if name not in before} <= {
        "INCIDENT_TRAINING_DATA",
        "INCIDENT_TRAINING_EXERCISES",
        "JPY_PARENT_PID",
        "JPY_SESSION_NAME",
        "MPLBACKEND",
        "PYDEVD_USE_FRAME_EVAL",
    }
    course.leave(kernel)


@pytest.mark.parametrize("channel", ["shell", "control", "stdin"])
def test_a_page_can_run_nothing_on_its_kernel(course, tmp_path, channel):
    kernel, _ = course.open()
    marker = tmp_path / "ran"
    code = f"open({str(marker)!r}, 'w').close()"

    async def heard():
        async with connected(course, kernel) as line:
            for kind, content in REFUSED.items():
                said = content | ({"code": code} if kind == "execute_request" else {})
                await line.write_message(message(kind, said, channel))
            await line.write_message(message("kernel_info_request"))
            return await replies(line, "kernel_info_reply")

    assert set(asyncio.run(heard())) <= {"status", "kernel_info_reply"}
    assert not marker.exists()
    assert course.kernel(kernel).is_running()
    course.leave(kernel)


@pytest.mark.parametrize("said", ["comm_msg", "execute_request"])
def test_a_message_of_two_kinds_runs_nothing(course, tmp_path, said):
    kernel, _ = course.open()
    marker = tmp_path / "ran"
    other = {"comm_msg": "execute_request", "execute_request": "comm_msg"}[said]
    content = {"code": f"open({str(marker)!r}, 'w').close()", "comm_id": "a", "data": {}}

    async def heard():
        async with connected(course, kernel) as line:
            await line.write_message(message(said, content, msg_type=other))
            await line.write_message(message("kernel_info_request"))
            return await replies(line, "kernel_info_reply")

    assert "execute_reply" not in asyncio.run(heard())
    assert not marker.exists()
    course.leave(kernel)


def test_a_page_s_widget_answers_on_its_socket(course):
    kernel, model = course.open("/declare")
    hello = {"method": "custom", "content": {"do": "hello", "token": "f" * 32}}

    async def heard():
        async with connected(course, kernel) as line:
            await line.write_message(message("comm_msg", {"comm_id": model, "data": hello}))
            return await replies(line, "comm_msg")

    assert asyncio.run(heard())[-1] == "comm_msg"
    course.leave(kernel)


@pytest.mark.parametrize("data", [{"method": "update", "state": {"width": {}}}, {"bent": 1}, [1]])
def test_a_bent_message_to_a_part_of_the_widget_brings_no_traceback(course, data):
    kernel, model = course.open("/declare")

    async def heard():
        async with connected(course, kernel) as line:
            await line.write_message(comm(model, {"method": "request_state"}))
            state = (await said(line, "comm_msg"))["content"]["data"]["state"]
            await line.write_message(comm(state["layout"].removeprefix("IPY_MODEL_"), data))
            await line.write_message(message("kernel_info_request"))
            return await replies(line, "kernel_info_reply")

    assert set(asyncio.run(heard())) <= {"status", "comm_msg", "kernel_info_reply"}
    course.leave(kernel)


def comm(model, data):
    return message("comm_msg", {"comm_id": model, "data": data})


async def said(line, kind):
    """The first message of that kind to come."""
    while True:
        heard = json.loads(await asyncio.wait_for(line.read_message(), PATIENCE))
        if heard["header"]["msg_type"] == kind:
            return heard


def test_another_site_cannot_open_a_socket(course):
    kernel, _ = course.open()

    assert course.knock(kernel) == 101
    assert course.knock(kernel, Origin=f"http://127.0.0.1:{course.port}") == 101
    assert course.knock(kernel, Origin="http://evil.example") == 403
    course.leave(kernel)


def test_a_dead_kernel_is_told_to_its_page_and_not_started_anew(course):
    kernel, _ = course.open()

    async def heard():
        async with connected(course, kernel) as line:
            course.kernel(kernel).kill()
            while (await said(line, "status"))["content"]["execution_state"] != "dead":
                pass

    asyncio.run(asyncio.wait_for(heard(), PATIENCE))
    assert course.kernel(kernel) is None


def test_a_kernel_nobody_is_connected_to_goes_but_an_open_page_s_and_the_spare_stay(tmp_path):
    with serving(tmp_path, {"index": WIDGET}, idle=4) as course:
        kept, _ = course.open()

        async def left_alone():
            async with connected(course, kept) as line:
                left, _ = await asyncio.to_thread(course.open)
                await asyncio.to_thread(until, lambda: course.kernel(left) is None)
                await asyncio.to_thread(until, lambda: len(course.kernels()) == 2)
                before = course.kernels()
                await asyncio.sleep(7)  # what must not happen needs the time to happen
                assert course.kernels() == before
                await line.write_message(message("kernel_info_request"))
                return await replies(line, "kernel_info_reply")

        assert asyncio.run(left_alone())
        time.sleep(1.5)  # a connection that broke may be made again
        assert course.knock(kept) == 101
        until(lambda: course.kernel(kept) is None)


def test_a_kernel_that_is_slow_to_start_does_not_go(tmp_path):
    slow = "import sys, time\nif 'ipykernel_launcher' in sys.orig_argv: time.sleep(4)"
    (tmp_path / "sitecustomize.py").write_text(slow)
    with serving(tmp_path, {"index": WIDGET}, idle=1, PYTHONPATH=str(tmp_path)) as course:
        first = spare(course)
        kernel, _ = course.open()

        assert course.kernel(kernel) == first


def test_a_kernel_that_is_busy_opening_its_page_does_not_go(tmp_path):
    slow = f"import time; time.sleep(5)\n{WIDGET}"
    with serving(tmp_path, {"index": slow}, idle=1) as course:
        kernel, _ = course.open()

        assert course.kernel(kernel)


def test_whoever_leaves_before_a_page_has_opened_leaves_no_kernel(tmp_path):
    go = tmp_path / "go"
    waits = f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.02)"
    with serving(tmp_path, {"index": waits}) as course:
        taken = spare(course)
        asyncio.run(_ask_and_leave(course.port))
        until(lambda: len(course.kernels()) == 2)  # the page's, and a new spare

        go.touch()

        until(lambda: taken not in course.kernels(), PATIENCE)


async def _ask_and_leave(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    await reader.readuntil(b"Reading the shifts.")
    writer.close()


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_the_moment_the_address_is_said_ends_it_whole(tmp_path, end):
    with served("--no-browser", data=tmp_path / "data", wait=False) as course:
        course.process.send_signal(end)

        assert course.process.wait(PATIENCE) == 0


def test_ctrl_c_while_the_spare_is_on_its_way_ends_quietly(tmp_path):
    with served("--no-browser", data=tmp_path / "data") as course:
        until(lambda: course.kernels())
        kernels = course.kernels()

        assert course.interrupt() == 0
        assert course.process.stdout.read() == ""
    assert psutil.wait_procs(kernels, timeout=5)[1] == []
