"""What helps an author: the list, a template, a schema for the editor."""

import json
import re
import shutil

import jsonschema
import pytest
import yaml
from serving import run

from incident_training import library, places
from incident_training.authoring.listing import holds
from incident_training.authoring.new import template
from incident_training.authoring.schema import schema
from incident_training.doctrine.facts import vocabulary

EXPLAINED = ("declaration", "near_miss", "postmortem")  # the kinds that the template shows
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
        ("who: oncall,", "who: mum,"),
        ("id: release\n", "id: The release\n"),
        ("kind: public", "kind: secret"),
        ("  url: ", "  # url: "),
        ("    alt: ", "    # alt: "),
        ("    action: >-\n      Something", "    actions: >-\n      Something"),
        ("hazard:\n", "danger:\n"),
    ],
)
def test_an_editor_marks_what_is_mistyped(story, old, new):
    assert old in story

    assert faults(story.replace(old, new, 1))


def test_an_editor_asks_for_the_hazard_of_a_postmortem(story):
    without = re.sub(r"^hazard:\n(?:[ ].*\n|\n)+", "", story, flags=re.MULTILINE)
    assert "\nhazard:" not in without

    assert faults(without) == ["'hazard' is a dependency of 'postmortem'"]


def test_every_field_is_explained():
    assert [*unexplained(schema())] == []


def test_a_field_without_an_explanation_is_found():
    bare = {"because": {"type": "string"}}

    assert [*unexplained({"$defs": {"Guess": {"properties": bare}}})] == ["because"]


def unexplained(part):
    if isinstance(part, list):
        part = dict(enumerate(part))
    if isinstance(part, dict):
        fields = part.get("properties", {})
        yield from (name for name, field in fields.items() if not field.get("description"))
        asked = {name: inner for name, inner in part.items() if name not in ("properties", "if")}
        for inner in (*fields.values(), *asked.values()):
            yield from unexplained(inner)


def test_facts_are_explained_where_they_are_written():
    facts = schema()["$defs"]["Facts"]["properties"]

    assert {name: fact["description"] for name, fact in facts.items()} == {
        name: kind.means for name, kind in vocabulary().items()
    }


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
        assert scenario.domain[:12] in line
        assert scenario.source.kind in line
    assert max(map(len, said.splitlines())) <= 100
    assert "gives a shift away" in said


def test_the_class_follows_from_the_story():
    shipped = library.shipped()

    assert holds(shipped["wednesday-practice-rooms"]) == "incident"
    assert holds(shipped["sunday-bike-locks"]) == "near miss"
    assert holds(shipped["monday-laboratory"]) == "benign"


@pytest.mark.parametrize(
    ("before", "after", "becomes"),
    [
        ("    state: resolved", "    state: resolved", "near miss"),
        ("      teams: 2", "      teams: 2\n      customer_hit: yes", "incident"),
        ("      teams: 2", "      teams: 2\n      data_lost: yes", "incident"),
        ("      found_by_hand: yes", "      customer_hit: yes", "incident"),
    ],
)
def test_the_class_follows_from_who_is_hurt(tmp_path, before, after, becomes):
    path = tmp_path / "friday-quay.yaml"
    assert before in template()
    path.write_text(template().replace(before, after, 1), "utf-8")

    assert holds(library.load(path)) == becomes


@pytest.mark.parametrize(
    "fact",
    [
        "      found_by_hand: yes\n",
        "      worth_review:\n        value: yes\n        because: The books are there",
    ],
    ids=["inject", "evidence"],
)
def test_harm_that_an_inject_takes_back_makes_no_incident(tmp_path, fact):
    path = tmp_path / "friday-quay.yaml"
    assert fact in template()
    text = template().replace(fact, f"      customer_hit: yes\n{fact}", 1)
    path.write_text(text.replace("      teams: 2", "      customer_hit: no", 1), "utf-8")

    assert holds(library.load(path)) == "near miss"


def test_a_yes_without_a_way_to_harm_is_a_hazard(tmp_path):
    path = tmp_path / "friday-quay.yaml"
    path.write_text(template("declaration"), "utf-8")

    assert holds(library.load(path)) == "hazard"


def test_the_list_as_json_holds_all_of_it():
    rows = json.loads(run("list", "--json").stdout)

    row = next(row for row in rows if row["id"] == "wednesday-practice-rooms")
    assert row["kinds"] == ["declaration", "near_miss", "postmortem", "clinic"]
    assert row["hunt"] == ["hazard", "incident", "near miss"]
    assert "Berkeley" in row["source"]


@pytest.mark.parametrize("zipped", [False, True])
def test_a_broken_file_is_named_and_hides_nobody(tmp_path, story, zipped):
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "friday-quay.yaml").write_text(story, "utf-8")
    (pack / "broken.yaml").write_text("title: [", "utf-8")

    listed = run("list", shutil.make_archive(pack, "zip", pack) if zipped else str(pack))

    assert listed.returncode == 1
    assert "friday-quay" in listed.stdout
    assert "broken.yaml: 1 fault; see check" in listed.stderr


def test_where_all_is_broken_there_is_no_empty_table(tmp_path):
    (tmp_path / "broken.yaml").write_text("title: [", "utf-8")

    assert run("list", str(tmp_path)).stdout == ""


def test_a_path_that_is_not_there_is_one_sentence():
    refused = run("list", "nowhere")

    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1


# A template


@pytest.mark.parametrize("kind", [None, *EXPLAINED])
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

    for field in ("title", "policy", "injects", "evidence", "hazard", *EXPLAINED):
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
        ("Friday Quay.txt", "friday-quay.yaml"),
        ("", "ends in .yaml"),
        ("con.yaml", "Windows keeps this name"),
        ("friday\nquay.yaml", "cannot be seen"),
        ("nowhere/friday-quay.yaml", "make it first"),
        (f"{'a' * 300}/friday-quay.yaml", "cannot be written"),
    ],
)
def test_a_name_that_will_not_do_is_one_sentence_and_leaves_no_file(tmp_path, name, says):
    refused = run("new", str(tmp_path / name))

    assert refused.returncode == 1
    assert says in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert [*tmp_path.iterdir()] == []


def test_no_name_at_all_is_one_sentence():
    refused = run("new", "")

    assert refused.returncode == 1
    assert "name it friday-quay.yaml" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_a_kind_that_the_template_does_not_show_names_those_it_does(tmp_path):
    refused = run("new", str(tmp_path / "friday-quay.yaml"), "--kind", "drill")

    assert refused.returncode == 1
    assert "choose from declaration, near_miss, postmortem" in refused.stderr
    assert [*tmp_path.iterdir()] == []


def test_the_folder_one_writes_in_is_not_told_to_those_one_shares_with(tmp_path):
    folder = tmp_path / "two words\nstory: mine"
    folder.mkdir()
    path = folder / "friday-quay.yaml"

    made = run("new", str(path))

    assert made.returncode == 0
    assert "two words" not in path.read_text("utf-8")
    assert "preview friday-quay.yaml" in path.read_text("utf-8")
    assert list(library.checked([path]).faults) == []


def test_a_path_with_a_space_can_be_typed_as_it_is_printed(tmp_path):
    path = tmp_path / "two words" / "friday-quay.yaml"
    path.parent.mkdir()

    assert f'incident-training check "{path}"' in run("new", str(path)).stdout


# What check says


def said(folder, *changes):
    """What check says of the template with these changes: rule and message of each fault."""
    path = folder / "friday-quay.yaml"
    text = template()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    return {fault.rule: fault for fault in library.check([path])}


def test_a_comma_between_braces_is_said_to_need_quotes(tmp_path):
    fault = said(tmp_path, ("text: The list of owners,", "text: The list, of owners,"))["comma"]

    assert "'of owners' is taken for another field" in fault.message
    assert "in quotes" in fault.fix


def test_a_public_source_has_a_name(tmp_path):
    changed = "kind: public\n  url: https://example.org\n  changed: All of it\n  #"

    faults_ = said(tmp_path, ("kind: invented", changed))

    assert [fault.field for fault in faults_.values()] == ["source.name"]
    assert faults((tmp_path / "friday-quay.yaml").read_text("utf-8")) == [
        "'name' is a required property"
    ]


@pytest.mark.parametrize("office", ["Storage", "Sluice"])
def test_a_desk_that_signs_with_one_word_is_no_person(tmp_path, office):
    signed = ("from: Ruth, systems", f"from: {office}, house services")
    seen = ("Tidied the shared disk", "By the sluice: tidied the shared disk")
    factor = ("- No alert looks", f"- {office} has no alert that looks")

    assert said(tmp_path, signed, seen, factor) == {}


def test_a_person_who_is_called_like_a_word_is_still_one(tmp_path):
    signed = ("from: Ruth, systems", "from: May, systems")
    factor = ("- No alert looks", "- May had no alert that looks")

    assert [*said(tmp_path, signed, factor)] == ["names-a-person"]
