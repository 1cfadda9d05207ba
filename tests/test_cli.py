"""What the commands promise to whoever types them."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from shutil import make_archive

import psutil
import pytest
from serving import run, served, until

from incident_training import __version__, cli, places
from incident_training.doctrine.facts import vocabulary
from incident_training.pages.lab import copy
from incident_training.places import CannotKeep


def test_version_is_said():
    assert run("--version").stdout == f"incident-training {__version__}\n"


def test_loading_the_commands_loads_nothing_they_may_not_need():
    code = "import sys; import incident_training.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout

    heavy = {"voila", "jupyterlab", "tornado", "ipywidgets", "pandas", "pydantic", "yaml"}
    assert heavy.isdisjoint(loaded.split())


@pytest.mark.parametrize("command", [[], ["serve"], ["lab"]], ids=["", "serve", "lab"])
def test_a_taken_port_is_one_sentence_with_a_way_out(command, data):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = run(*command, "--port", str(port), "--no-browser", "--data", str(data))

    assert refused.returncode == 1
    assert refused.stdout == ""
    assert refused.stderr.splitlines() == [
        f"Port {port} is taken. Name another: --port {port + 1}, or --port 0 for any free one"
    ]


@pytest.mark.parametrize("command", ["serve", "lab"])
def test_an_unwritable_data_folder_is_one_sentence_with_a_way_out(command, tmp_path):
    (tmp_path / "file").touch()
    refused = run(command, "--no-browser", "--data", str(tmp_path / "file" / "data"))

    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert str(tmp_path / "file" / "data") in refused.stderr
    assert "--data DIR" in refused.stderr


def test_a_missing_exercise_is_one_sentence():
    for command in (
        ["check", "nowhere.yaml"],
        ["play", "nowhere", "--kind", "declaration", "--exemplar"],
    ):
        refused = run(*command)

        assert refused.returncode == 1
        assert len(refused.stderr.splitlines()) == 1
        assert "nowhere" in refused.stderr


def test_a_file_that_is_left_out_is_said_at_the_start(tmp_path):
    pack = tmp_path / "two words"
    (pack / "decks").mkdir(parents=True)
    story = places.exercises() / "wednesday-practice-rooms.yaml"
    (pack / story.name).write_bytes(story.read_bytes())
    (pack / "broken.yaml").write_text("title: [", "utf-8")
    (pack / "decks" / "week.yaml").write_text("title: x\nlead: y\nbefore: [gone, lost]", "utf-8")
    broken, week = pack / "broken.yaml", pack / "decks" / "week.yaml"

    with served("--no-browser", "--exercises", str(pack), data=tmp_path / "data") as course:
        assert course.said.splitlines()[:-1] == [
            f'left out: {broken}: 1 error; see `incident-training check "{broken}"`',
            f'left out: {week}: 2 errors; see `incident-training check "{week}"`',
        ]

    zipped = make_archive(tmp_path / "team", "zip", pack)
    with served("--no-browser", "--exercises", zipped, data=tmp_path / "data") as course:
        [first, _, _] = course.said.splitlines()
        assert first == (
            f"left out: {zipped}/broken.yaml: 1 error; see `incident-training check {zipped}`"
        )


def test_where_nothing_could_be_read_the_count_is_of_files(tmp_path):
    (tmp_path / "team.zip").write_bytes(b"no zip")

    assert run("check", str(tmp_path / "team.zip")).stdout.endswith("1 error in 1 file.\n")


def test_facts_are_said_with_their_values_and_who_reads_them():
    said = run("check", "--facts").stdout
    told = json.loads(run("check", "--facts", "--json").stdout)

    assert [row["fact"] for row in told] == [*vocabulary()]
    for row in told:
        [line] = [line for line in said.splitlines() if line.startswith(f"{row['fact']} ")]
        assert row["values"] in line
        assert row["means"] in line
    assert {row["fact"]: row["read_by"] for row in told if row["read_by"]} == {
        "unplanned": ["customers"],
        "disrupted": ["customers"],
        "customer_hit": ["customers"],
        "teams": ["coordination"],
        "minutes_unsolved": ["coordination"],
        "worth_review": ["learning"],
    }
    assert "coordination: teams >= 2 or minutes_unsolved >= 60" in said


def test_help_names_the_kinds_to_start_from():
    for kind in ("declaration", "near_miss", "postmortem"):
        assert kind in run("new", "--help").stdout


@pytest.mark.parametrize("port", ["eight", "-1", "70000"])
def test_a_port_that_is_none_is_refused(port, capsys):
    with pytest.raises(SystemExit):
        cli.main([f"--port={port}"])

    assert f"should be a number from 0 to 65535; got '{port}'" in capsys.readouterr().err


def test_report_of_an_empty_folder_makes_nothing(data):
    assert run("report", "--data", str(data)).returncode == 0
    assert run("report", "--json", "--data", str(data)).stdout == ""
    assert not data.exists()


def test_ctrl_c_ends_the_server_and_its_kernels(data):
    with served("--no-browser", data=data) as course:
        assert "<title>Incident training</title>" in course.get("/").text
        until(lambda: len(course.kernels()) == 2)  # the page's, and the next one's
        kernels = course.kernels()
        status = course.interrupt()
        rest = course.process.stdout.read()

    assert status == 0
    assert course.said == f"Incident training: http://127.0.0.1:{course.port}/  (Ctrl-C ends it)\n"
    assert rest == ""
    assert psutil.wait_procs(kernels, timeout=5)[1] == []
    assert (data / "training.sqlite").exists()


def test_the_browser_opens_on_the_address(data, tmp_path):
    opened = tmp_path / "opened"
    script = tmp_path / "browser.py"
    script.write_text(f"import pathlib, sys; pathlib.Path({str(opened)!r}).write_text(sys.argv[1])")
    with served("serve", data=data, BROWSER=f"{sys.executable} {script} %s") as course:
        until(lambda: opened.exists() and opened.read_text())

        assert opened.read_text() == f"http://127.0.0.1:{course.port}/"


def test_a_data_folder_named_from_here_is_the_same_for_kernels(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with served("--no-browser", data=Path("mine")) as course:
        kernel, _ = course.open()

        environment = course.kernel(kernel).environ()
        assert environment["INCIDENT_TRAINING_DATA"] == str(tmp_path / "mine")


@pytest.mark.skipif(os.name == "nt", reason="Windows always has a browser to open")
def test_a_missing_browser_is_said_and_the_course_served_all_the_same(data):
    nothing = {"PATH": "", "BROWSER": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    with served("serve", data=data, **nothing) as course:
        assert course.process.stdout.readline().startswith("No browser was found")
        assert course.get("/nothing").status == 404


def test_lab_opens_a_copy_and_leaves_what_was_edited(tmp_path):
    installed, mine = tmp_path / "installed", tmp_path / "mine"
    installed.mkdir()
    for name in ("index.ipynb", "shift.ipynb"):
        (installed / name).write_text("as shipped")
    mine.mkdir()
    (mine / "shift.ipynb").write_text("edited")

    copy(installed, mine)

    texts = {path.name: path.read_text() for path in mine.iterdir()}
    assert texts == {"index.ipynb": "as shipped", "shift.ipynb": "edited"}


def test_a_copy_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "index.ipynb").touch()
    (tmp_path / "file").touch()

    with pytest.raises(CannotKeep, match="your copy cannot be kept here") as refused:
        copy(tmp_path, tmp_path / "file" / "notebooks")
    assert str(refused.value).endswith("Name a folder you can write to: --data DIR")


def test_lab_serves_the_copy_on_this_computer(data):
    with served("lab", "--no-browser", data=data) as lab:
        folder = data / f"notebooks-{__version__}"

        assert lab.get("/lab").status in (200, 302)
        assert (folder / "index.ipynb").exists()
        assert (data / "training.sqlite").exists()
        assert [Path(c.laddr.ip) for c in _listening(lab)] == [Path("127.0.0.1")]


def _listening(server):
    found = psutil.Process(server.process.pid).net_connections(kind="tcp")
    return [c for c in found if c.status == psutil.CONN_LISTEN and c.laddr.port == server.port]


@pytest.mark.parametrize("command", [["report"], ["report", "--json"], ["serve", "--no-browser"]])
def test_a_file_in_place_of_the_data_folder_is_said(command, tmp_path):
    (tmp_path / "data").write_text("not a folder")

    done = run(*command, "--data", str(tmp_path / "data"))

    assert done.returncode == 1
    assert "--data DIR" in done.stderr
    assert "Traceback" not in done.stderr
