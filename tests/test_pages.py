"""What a served page promises: its address, its headers, its opening, its end."""

import re
import socket
import time

import pytest
from serving import PATIENCE, served, serving, until, write_notebook

from incident_training import places
from incident_training.pages import files

NOTEBOOKS = sorted(path.stem for path in places.notebooks().glob("*.ipynb"))
KERNEL = "4f6da12a-c2c4-410c-96ef-d03129a60a2a"  # of nobody
NOT_SERVED = [
    "/index.ipynb",
    "/nothing",
    "/declare/",
    "/favicon.ico",
    "/front/",
    "/front/page.js",
    "/front/page.css",
    "/front/../pyproject.toml",
    "/..%2fpyproject",
    "/%2e%2e/exercises",
    "//evil.example/",
    "/api",
    "/api/contents",
    "/api/kernels",
    f"/api/kernels/{KERNEL}",
    f"/api/kernels/{KERNEL}/channels",
    "/api/sessions",
    "/files/index.ipynb",
    "/login",
    "/lab",
    "/static/etc/passwd",
    "/voila/api/contents/",
    "/voila/api/themes/@jupyterlab/theme-light-extension/index.css",
    "/voila/files/index.ipynb",
    "/voila/labextensions/anywidget/package.json",
    "/voila/render/index.ipynb",
    "/voila/static/voila.js",
    "/voila/templates/lab/static/index.css",
    "/voila/tree",
]
FRONT = [files.module().address, files.style().address]
OUTPUTS = """
from IPython.display import HTML, SVG, Image, display
import base64, sys
display(HTML("<b>bold</b>"))
display(SVG('<svg xmlns="http://www.w3.org/2000/svg"><title>drawn</title></svg>'))
display(Image(base64.b64decode("iVBORw0KGgo="), format="png", alt="a picture"))
print("said <aloud>")
print("muttered", file=sys.stderr)
"ready: " + str("incident_training.widgets" in sys.modules)
"""
BAD = {
    "raises": "1 / 0",
    "dies": "import os; os._exit(1)",
    "hangs": "import time; time.sleep(600)",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    with served("--no-browser", data=tmp_path_factory.mktemp("pages")) as course:
        yield course


@pytest.fixture(scope="module")
def home(course):
    return course.get("/")


@pytest.fixture(scope="module")
def bad(tmp_path_factory):
    """A course of notebooks that go wrong; a page is given up after four seconds."""
    with serving(tmp_path_factory.mktemp("bad"), BAD, limit=4) as course:
        yield course


def answers(course, bad):
    """One answer of every sort."""
    yield course.get("/")
    yield course.get("/nothing")
    yield course.get("/", method="POST")
    yield course.get("/", host="evil.example")
    yield course.get(f"/api/kernels/{KERNEL}/channels")
    yield course.get(f"/voila/api/shutdown/{KERNEL}", method="POST")
    yield course.get(f"/voila/api/shutdown/{KERNEL}", method="POST", Origin="http://evil.example")
    yield from map(course.get, FRONT)
    yield bad.get("/raises")
    yield bad.get("/unreadable")


@pytest.fixture(scope="module")
def every(course, bad, tmp_path_factory):
    folder = next(path for path in tmp_path_factory.getbasetemp().glob("bad*"))
    (folder / "unreadable.ipynb").write_text("{")
    return list(answers(course, bad))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_each_notebook_is_a_page_at_its_own_name(course, name):
    page = course.get(f"/{name}")

    assert page.status == 200
    assert page.text.count('class="it-widget"') == 1


def test_the_home_page_is_at_the_root_itself(home):
    assert home.status == 200
    assert "<title>Incident training</title>" in home.text
    assert "data-kernel" in home.text


@pytest.mark.parametrize("path", NOT_SERVED)
def test_nothing_else_is_served(course, path):
    missing = course.get(path)

    assert missing.status == 404
    assert "There is no such page here." in missing.text


def test_what_a_person_might_ask_of_voila_is_ignored(course):
    page = course.get('/?template=reveal&theme="><script>&token=abc')

    assert page.status == 200
    assert "reveal" not in page.text
    assert '"><script>' not in page.text


def test_the_answers_looked_at_are_of_every_sort(every):
    assert [answer.status for answer in every] == [
        200, 404, 405, 403, 404, 204, 403, 200, 200, 200, 500,
    ]  # fmt: skip


def test_every_answer_keeps_a_page_to_itself(every):
    for answer in every:
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert "blob:" not in policy
        assert "evil" not in policy
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_page_may_connect_to_its_own_socket_and_nowhere_else(course, home):
    policy = home.headers["Content-Security-Policy"]

    assert f"connect-src 'self' ws://127.0.0.1:{course.port};" in policy


def test_no_answer_asks_another_host_for_anything(every):
    for answer in every:
        assert (
            re.findall(r"""(?:src|href|url\()=?["']?(?:https?:)?//[^"'\s>]+""", answer.text) == []
        )
        assert re.findall(r"import\(?.{0,30}https?://", answer.text) == []


def test_no_page_has_code_or_style_between_its_lines(every):
    pages = [each.text for each in every if "text/html" in each.headers.get("Content-Type", "")]

    assert len(pages) == len(every) - len(FRONT) - 1  # one is empty
    for page in pages:
        assert not re.search(r"<script(?![^>]* src=)|<style|\bstyle=|\bon\w+=|javascript:", page)


def test_no_answer_sets_a_cookie(every):
    assert [answer for answer in every if "Set-Cookie" in answer.headers] == []


def test_a_page_loads_one_module_and_one_style_sheet_which_browsers_may_keep(course, home):
    scripts = re.findall(r'<script type="module" src="(.+?)"></script>', home.text)
    styles = re.findall(r'<link rel="stylesheet" href="(.+?)">', home.text)

    assert [*scripts, *styles] == FRONT
    assert f'<link rel="modulepreload" href="{scripts[0]}">' in home.text
    for address, kind in zip(FRONT, ("text/javascript", "text/css"), strict=True):
        answer = course.get(address)
        assert answer.headers["Content-Type"].startswith(kind)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_page_names_its_language_its_title_and_its_main_part(home):
    assert '<html lang="en" data-base="/">' in home.text
    assert re.search(r'<a class="it-skip" href="#main">', home.text)
    assert home.text.count('<main id="main" tabindex="-1"') == home.text.count("</main>") == 1


def test_a_page_does_not_show_the_code_behind_it(home):
    assert "incident_training.widgets" not in home.text


def test_a_page_s_beginning_comes_before_its_kernel_has_done_its_part(tmp_path):
    go = tmp_path / "go"
    waits = (
        f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.02)\nprint('went')"
    )
    with serving(tmp_path, {"index": waits}) as course, _asked(course, "/") as line:
        begun = _read_until(line, b"Reading the shifts.")
        assert b"Starting Python for this page." in begun
        assert b'rel="stylesheet"' in begun
        assert b"<main" not in begun

        go.touch()

        assert b"<pre>went" in _read_until(line, b"</html>")


def test_what_an_author_wrote_and_drew_is_on_the_page(tmp_path):
    write_notebook(
        tmp_path / "index.ipynb",
        {"cell_type": "markdown", "source": "# For *all*"},
        {"cell_type": "markdown", "source": "in Lab", "metadata": {"tags": ["lab"]}},
        {"cell_type": "code", "source": OUTPUTS},
    )
    with serving(tmp_path, {}) as course:
        page = course.get("/").text

    assert "For <em>all</em>" in page
    assert "in Lab" not in page
    assert "<b>bold</b>" in page
    assert "<title>drawn</title>" in page
    assert '<img src="data:image/png;base64,iVBORw0KGgo=" alt="a picture">' in page
    assert "<pre>said &lt;aloud&gt;" in page
    assert "muttered" not in page
    assert "ready: True" in page  # imported before anybody asked


@pytest.mark.parametrize(("name", "seconds"), [("raises", 5), ("dies", 5), ("hangs", 4 + 5)])
def test_a_page_that_cannot_open_says_so_soon_and_leaves_no_kernel(bad, name, seconds):
    until(lambda: len(bad.kernels()) == 1)  # the spare
    began = time.monotonic()

    page = bad.get(f"/{name}").text

    assert time.monotonic() - began < seconds
    assert page.count('role="alert"') == 1
    assert "This page could not be opened." in page
    assert 'href="">Try again</a>' in page
    assert 'href="/">Home</a>' in page
    assert "</html>" in page
    assert not re.search(r"Traceback|Error|site-packages|data-kernel", page)
    until(lambda: len(bad.kernels()) == 1)


def test_a_page_that_cannot_open_is_told_to_whoever_serves(tmp_path):
    with serving(tmp_path, {"index": "1 / 0"}) as course:
        course.get("/?me=0123456789abcdef")
        course.interrupt()
        said = course.process.stdout.read()

    assert "ZeroDivisionError" in said
    assert "0123456789abcdef" not in said


def test_a_page_opens_where_the_folder_for_passing_things_has_a_long_name(tmp_path):
    long = tmp_path / ("x" * (62 - len(str(tmp_path)))) if len(str(tmp_path)) < 60 else tmp_path
    long.mkdir(exist_ok=True)
    assert len(str(long)) >= 60
    with served("--no-browser", data=tmp_path / "data", TMPDIR=str(long)) as course:
        assert course.open("/declare")


class _asked:
    """A request made over a plain socket, so that what has come can be read before the rest."""

    def __init__(self, course, path):
        self.line = socket.create_connection(("127.0.0.1", course.port), timeout=PATIENCE)
        self.line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())

    def __enter__(self):
        return self.line

    def __exit__(self, *_):
        self.line.close()


def _read_until(line, mark):
    text = b""
    while mark not in text:
        came = line.recv(65536)
        assert came, text
        text += came
    return text
