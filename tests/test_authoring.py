"""What helps an author: the list, a template, a schema for the editor."""

import json
import re

import jsonschema
import pytest
import yaml
from serving import run

from incident_training import library, places
from incident_training.authoring.listing import holds
from incident_training.authoring.new import template
from incident_training.authoring.schema import descriptions, schema
from incident_training.kinds import KINDS

SHIPPED = sorted(places.exercises().glob("*.yaml"))


class Plain(yaml.SafeLoader):
    """YAML 1.2, as editors read it: yes, 09:10 and on are text."""


Plain.yaml_implicit_resolvers = {}
for tag, form in (("int", r"[-+]?\d+$"), ("float", r"[-+]?\d*\.\d+$")):
    Plain.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(form), list("-+.0123456789"))


def faults(text):
    validator = jsonschema.Draft202012Validator(schema())
    return [error.message for error in validator.iter_errors(yaml.load(text, Plain))]


@pytest.fixture
def story():
    return (places.exercises() / "wednesday-practice-rooms.yaml").read_text("utf-8")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_an_editor_finds_nothing_wrong_with_what_ships(path):
    assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title:", "titel:"),
        ("at: 19:30", "at: half past seven"),
        ("channel: change", "channel: fax"),
        ("anomalous: no", "anomalous: maybe"),
        ("anomalous: no", "anomalos: no"),
        ("teams: 1", "teams: one"),
        ("level: practitioner", "level: guru"),
        ("policy: learning", "policy: blame"),
        ("held: untested", "held: perhaps"),
        ("who: log}", "who: mum}"),
        ("id: release\n", "id: The release\n"),
        ("kind: public", "kind: secret"),
    ],
)
def test_an_editor_marks_what_is_mistyped(story, old, new):
    assert old in story

    assert faults(story.replace(old, new, 1))


def test_every_field_is_explained_and_nothing_else():
    found = {"Scenario": schema(), **schema()["$defs"]}
    fields = {name: {*model.get("properties", ())} for name, model in found.items()}
    fields.pop("Clock")

    assert {name: {*told} for name, told in descriptions().items()} == fields


def test_the_schema_is_printed_and_is_one():
    printed = json.loads(run("schema").stdout)

    jsonschema.Draft202012Validator.check_schema(printed)
    assert printed == schema()
    assert not {"id", "edition"} & {*printed["properties"]}


# The list


def test_the_list_says_what_each_scenario_is():
    said = run("list").stdout

    for name, scenario in library.shipped().items():
        [line] = [line for line in said.splitlines() if line.startswith(f"{name} ")]
        assert holds(scenario) in line
        assert scenario.domain in line
        assert len(line) <= 120
    assert "gives a shift away" in said


def test_the_class_follows_from_the_story():
    shipped = library.shipped()

    assert holds(shipped["wednesday-practice-rooms"]) == "incident"
    assert holds(shipped["sunday-bike-locks"]) == "near miss"
    assert holds(shipped["monday-laboratory"]) == "benign"


def test_the_list_as_json_holds_all_of_it():
    rows = json.loads(run("list", "--json").stdout)

    row = next(row for row in rows if row["id"] == "wednesday-practice-rooms")
    assert row["kinds"] == ["declaration", "near_miss", "postmortem"]
    assert row["hunt"] == ["hazard", "incident", "near miss"]
    assert "Berkeley" in row["source"]


def test_a_broken_file_is_named_and_hides_nobody(tmp_path, story):
    (tmp_path / "friday-quay.yaml").write_text(story, "utf-8")
    (tmp_path / "broken.yaml").write_text("title: [", "utf-8")

    listed = run("list", str(tmp_path))

    assert listed.returncode == 1
    assert "friday-quay" in listed.stdout
    assert "broken.yaml: 1 fault; see check" in listed.stderr


def test_a_path_that_is_not_there_is_one_sentence():
    refused = run("list", "nowhere")

    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1


# A template


@pytest.mark.parametrize("kind", [None, *KINDS])
def test_a_new_scenario_is_sound_as_it_is_and_editors_agree(tmp_path, kind):
    path = tmp_path / "friday-quay.yaml"
    made = run("new", str(path), *(["--kind", kind] if kind else []))

    assert made.returncode == 0
    assert f"incident-training check {path}" in made.stdout
    checked = library.checked([path])
    assert list(checked.faults) == []
    assert checked.exercises == (1 if kind else 3)
    assert faults(path.read_text("utf-8")) == []


def test_a_new_scenario_explains_each_of_its_parts():
    text = template()

    for field in ("title", "policy", "injects", "evidence", "hazard", *KINDS):
        [above] = re.findall(rf"^(.*)\n{field}:", text, re.MULTILINE)
        assert above.startswith("#"), field


def test_a_file_that_is_there_stays_as_it_is(tmp_path):
    path = tmp_path / "friday-quay.yaml"
    path.write_text("mine", "utf-8")

    refused = run("new", str(path))

    assert refused.returncode == 1
    assert "is there already" in refused.stderr
    assert path.read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("the-outage.yaml", "holds 'outage'"),
        ("Friday Quay.yaml", "Name it friday-quay.yaml"),
        ("friday-quay.txt", "ends in .yaml"),
        ("nowhere/friday-quay.yaml", "make it first"),
    ],
)
def test_a_name_that_will_not_do_is_one_sentence_and_leaves_no_file(tmp_path, name, says):
    refused = run("new", str(tmp_path / name))

    assert refused.returncode == 1
    assert says in refused.stderr
    assert [*tmp_path.iterdir()] == []
