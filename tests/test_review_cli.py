"""What `incident-training review` promises to whoever types it."""

import json
import re
import subprocess

import pytest
from serving import COMMAND, PATIENCE, run

from incident_training.authoring.reviewing import NOTHING
from incident_training.kinds.base import plural
from incident_training.language.harvest import MOST
from incident_training.language.review import alike, review, rules

SLIP = "It was human error."
NIGHT = f"""# A night

Nobody was hurt.

## Root cause

🙂 The disk was full. {SLIP}

## Action items

- Be more careful.
"""


@pytest.fixture
def night(tmp_path):
    file = tmp_path / "night.md"
    file.write_text(NIGHT, "utf-8")
    return file


def piped(content: bytes, *args: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*COMMAND, "review", *args], input=content, capture_output=True, timeout=PATIENCE
    )


def counted(files: str = "1 file") -> str:
    found = review(NIGHT)
    flags = sum(one.outcome == "flag" for one in found)
    kinds = f"{plural(flags, 'flag', 'flags')}, {plural(len(found) - flags, 'ask', 'asks')}"
    places = plural(len(found), "place", "places")
    return f"{plural(len(alike(found)), 'question', 'questions')} at {places} in {files}: {kinds}."


def lines(done: subprocess.CompletedProcess) -> list[str]:
    return done.stdout.splitlines()


def test_each_place_is_said_with_its_sentence_question_reason_and_source(night):
    done = run("review", str(night))
    told = lines(done)
    heads = [line for line in told if line.startswith(f"{night}:")]
    at = next(nth for nth, line in enumerate(told) if line.startswith(f"{night}:7:"))

    assert done.returncode == 0
    assert done.stderr == ""
    assert len(heads) == len(review(NIGHT))
    assert all(re.fullmatch(r".*:\d+:\d+: (?:flag|ask): “.*”", head) for head in heads)
    assert told[at].endswith(f"“{SLIP}”")
    assert re.fullmatch(r"    .*\?", told[at + 1])
    assert re.fullmatch(r"    .*\)", told[at + 2])


def test_what_one_question_asks_about_stands_above_it_once(tmp_path):
    plan = tmp_path / "plan.md"
    plan.write_text("# Actions\n\n- Investigate.\n- Add alerts by 1 May.\n- Improve monitoring.\n")

    told = lines(run("review", str(plan)))

    assert [line.split(":")[1] for line in told[:2]] == ["3", "5"]
    assert told[2].endswith("?")
    assert len(told) == 6
    assert told[-1].startswith("1 question at 2 places in 1 file: 2 flags, 0 asks.")


def test_the_last_line_counts_and_says_that_they_are_questions(night):
    last = lines(run("review", str(night)))[-1]

    assert last.startswith(counted())
    assert "nothing was changed" in last


def test_json_gives_places_in_code_points_that_are_the_words(night):
    told, found = json.loads(run_json(night)), review(NIGHT)

    assert {name for one in told for name in one} == {
        *("file", "line", "column", "length", "section", "rule", "outcome", "question")
    }
    source = NIGHT.split("\n")
    words = [source[o["line"] - 1][o["column"] - 1 :][: o["length"]] for o in told]
    assert words == [NIGHT[one.start : one.end] for one in found]
    assert "human error" in words
    assert {one["section"] for one in told} == {"factors", "actions"}
    assert {one["file"] for one in told} == {str(night)}


def test_a_byte_order_mark_and_carriage_returns_move_no_place(night):
    want = [(one["line"], one["column"]) for one in json.loads(run_json(night))]
    night.write_bytes(b"\xef\xbb\xbf" + NIGHT.replace("\n", "\r\n").encode())

    assert [(one["line"], one["column"]) for one in json.loads(run_json(night))] == want


def run_json(file) -> str:
    return run("review", "--json", str(file)).stdout


def test_standard_input_is_read_where_a_file_is_a_dash():
    done = piped(NIGHT.encode(), "-")

    assert done.returncode == 0
    assert "\n-:7:" in f"\n{done.stdout.decode()}"
    assert done.stdout.decode().splitlines()[-1].startswith(counted())


def test_nothing_to_ask_is_not_called_good(tmp_path):
    (tmp_path / "calm.md").write_text("The pump stopped at 09:10.\n", "utf-8")
    done = run("review", str(tmp_path / "calm.md"))

    assert done.returncode == 0
    assert lines(done) == [f"Nothing to ask in 1 file. {NOTHING}"]
    assert "for a reader to say" in NOTHING
    assert run("review", "--json", str(tmp_path / "calm.md")).stdout == "[]\n"


def test_strict_ends_with_one_if_and_only_if_there_is_a_flag(night, tmp_path):
    (tmp_path / "calm.md").write_text("The pump stopped at 09:10.\n", "utf-8")

    assert run("review", "--strict", str(night)).returncode == 1
    assert run("review", "--strict", str(tmp_path / "calm.md")).returncode == 0


def test_strict_lets_an_ask_pass():
    examples = (text for rule in rules().values() for text in rule.must)
    asks = next(text for text in examples if {one.outcome for one in review(text)} == {"ask"})

    done = piped(asks.encode(), "--strict", "--json", "-")

    assert {one["outcome"] for one in json.loads(done.stdout)} == {"ask"}
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no such file"),
        (b"One.\nTw\xff.\n", "not UTF-8"),
        (b"a" * 2_000_000, f"the {MOST // 1000} KB that are read at once"),
        (b"a" * (MOST + 1), f"the {MOST // 1000} KB that are read at once"),
    ],
    ids=["missing", "latin", "huge", "long"],
)
def test_what_cannot_be_reviewed_is_one_sentence_and_the_rest_is(content, said, night, tmp_path):
    file = tmp_path / "other.md"
    if content is not None:
        file.write_bytes(content)
    done = run("review", str(file), str(night))

    assert done.returncode == 2
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith(f"{file}:")
    assert said in sentence
    assert lines(done)[-1].startswith(counted())
    assert content is None or file.read_bytes() == content


def test_a_place_that_is_not_utf_8_is_named_by_its_line(tmp_path):
    (tmp_path / "old.txt").write_bytes(b"One.\nTw\xff.\n")

    assert f"{tmp_path / 'old.txt'}:2: " in run("review", str(tmp_path / "old.txt")).stderr


def test_as_much_as_is_read_at_once_is_read(tmp_path):
    (tmp_path / "long.md").write_text("a\n" * (MOST // 2), "utf-8")

    assert run("review", str(tmp_path / "long.md")).returncode == 0


def test_a_folder_is_refused_with_what_to_type(tmp_path):
    refused = run("review", str(tmp_path))

    assert refused.returncode == 2
    assert refused.stdout == ""
    assert (
        refused.stderr
        == f"{tmp_path}: a folder. Name the files in it, such as {tmp_path / '*.md'}\n"
    )


def test_what_a_terminal_would_obey_is_not_printed():
    done = piped(f"\x1b[31m{SLIP[:-1]}\x07 \x9b2J\u202e.\n".encode(), "-")

    assert b"human error" in done.stdout
    assert not [sign for sign in done.stdout.decode() if sign != "\n" and not sign.isprintable()]


def test_without_a_file_it_says_what_it_wants():
    refused = run("review")

    assert refused.returncode == 2
    assert "FILE" in refused.stderr
