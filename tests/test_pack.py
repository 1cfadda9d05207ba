"""Scenarios from strangers: a folder, a zip or a file, and the images in it."""

import io
import logging
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from browserless import Visitor
from PIL import Image
from test_library import STORY, written

from incident_training import library, places, widgets
from incident_training.library import ContentError, NoSuchExercise
from incident_training.library.pack import open_pack

PLAIN = (("counter.yaml", STORY),)


def image(kind="PNG", size=(8, 6), **options):
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, **options)
    return made.getvalue()


def zipped(path, *members, change=lambda info: None):
    """Write a zip of (name, content), the names exactly as given."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo("x")
            info.filename, info.compress_type = name, zipfile.ZIP_DEFLATED
            change(info)
            archive.writestr(info, content)
    return path


def refused(path):
    """The one fault for which a whole pack is refused."""
    with pytest.raises(ContentError) as caught:
        library.scenarios(path)
    [fault] = caught.value.faults
    assert fault.fix
    return fault


def broken(path):
    """What is wrong with the one scenario of a folder."""
    with pytest.raises(ContentError) as caught:
        library.load(path)
    return [(fault.field, fault.message) for fault in caught.value.faults]


def test_the_same_scenarios_come_from_a_folder_a_zip_and_a_file(tmp_path):
    (tmp_path / "folder").mkdir()
    path = written(tmp_path / "folder")
    archive = zipped(tmp_path / "pack.zip", *PLAIN)

    from_folder, from_zip, from_file = map(library.scenarios, (path.parent, archive, path))

    assert list(from_folder) == ["counter"]
    assert from_folder == from_zip == from_file


def test_a_member_is_shown_as_a_path_into_its_pack(tmp_path, monkeypatch, caplog):
    monkeypatch.chdir(tmp_path)
    zipped(Path("pack.zip"), *PLAIN, ("second.yaml", "title: ["))

    found = library.check(["pack.zip"])

    assert [fault.file for fault in found if fault.weight == "error"] == ["pack.zip/second.yaml"]
    assert list(library.scenarios(Path("pack.zip"))) == ["counter"]
    assert "pack.zip/second.yaml" in caplog.text


def test_a_single_top_folder_is_left_away_and_what_goes_beside_is_passed_over(tmp_path):
    archive = zipped(
        tmp_path / "pack.zip",
        ("week/", ""),
        ("week/counter.yaml", STORY),
        ("week/decks/all.yaml", "title: All"),
        ("week/queue.png", image()),
        ("week/README.md", "# Read"),
        ("week/NOTES.MD", "# Read"),
        ("week/scenario.schema.json", "{}"),
        ("week/LICENSE", "Free"),
        ("week/notes/why.txt", "Because"),
        ("__MACOSX/week/._counter.yaml", "\0"),
        ("week/.DS_Store", "\0"),
    )

    pack = open_pack(archive)

    assert [file.id for file in pack.scenarios] == ["counter"]
    assert [file.name for file in pack.decks] == ["decks/all.yaml"]
    assert pack.decks[0].content() == b"title: All"
    assert pack.images == ["queue.png"]


NAMES = {
    "P32 out of it": ("../evil.yaml", "leads out of the pack"),
    "P32 out from within": ("a/../../evil.yaml", "leads out of the pack"),
    "P32 absolute": ("/etc/evil.yaml", "leads out of the pack"),
    "P32 backslash": ("..\\evil.yaml", "holds a backslash"),
    "P32 drive": ("C:evil.yaml", "holds a colon"),
    "P32 NUL": ("evil.yaml\0.png", "cannot be seen"),
    "P32 300 letters": ("x" * 300 + ".yaml", "longer than 100"),
    "P32 turned": ("evil\u202elmay.yaml", "cannot be seen"),
    "P32 CON": ("CON.yaml", "for a device"),
    "P32 com1 in a folder": ("com1/evil.yaml", "for a device"),
    "P32 dot at the end": ("evil.yaml.", "ends in a dot or a space"),
    "P32 empty part": ("a//evil.yaml", "is empty, or a dot"),
    "P33 nested": ("more.zip", "a zip inside a zip"),
    "P28 svg": ("queue.svg", "no scenario, no card"),
    "P28 html": ("queue.html", "no scenario, no card"),
    "P28 no ending": ("evil", "no scenario, no card"),
    "a folder too far down": ("decks/more/evil.yaml", "no scenario, no card"),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_zip_with_such_a_member_is_refused_whole_and_names_it(tmp_path, name):
    raw, words = NAMES[name]

    fault = refused(zipped(tmp_path / "pack.zip", *PLAIN, (raw, "title: Evil")))

    assert words in fault.message
    shown = fault.file.partition("pack.zip/")[2]
    assert shown.isprintable()
    assert shown[:4].strip("'") in raw


@pytest.mark.parametrize(
    "other",
    ["counter.yaml", "Counter.yaml", "counter.yml", "ｃounter.yaml"],  # the last is full-width
    ids=["twice", "case", "ending", "normal form"],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused(tmp_path, other):
    fault = refused(zipped(tmp_path / "pack.zip", *PLAIN, (other, STORY)))

    assert (fault.rule, fault.file) == ("twice", f"{tmp_path}/pack.zip/{other}")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK])
def test_a_link_or_device_in_a_zip_is_refused(tmp_path, kind):
    def special(info):
        info.external_attr = (kind | 0o644) << 16

    fault = refused(zipped(tmp_path / "pack.zip", ("counter.yaml", "/etc/passwd"), change=special))

    assert fault.message == "this is a link or a device"


def test_an_encrypted_zip_is_refused(tmp_path):
    path = zipped(tmp_path / "pack.zip", *PLAIN)
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)

    assert "encrypted" in refused(path).message


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    many = [(f"x{number}.yaml", "title: X") for number in range(501)]
    wide = zipped(tmp_path / "wide.zip", *many)
    deep = zipped(tmp_path / "deep.zip", *PLAIN, ("big.yaml", b" " * 25_000_000))

    assert "more than 500 files" in refused(wide).message
    assert "larger than 20,971,520 bytes" in refused(deep).message


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_unpacks_without_a_bound_is_refused(tmp_path, method):
    def packed(info):
        info.compress_type = method

    fault = refused(zipped(tmp_path / "pack.zip", *PLAIN, change=packed))

    assert "compressed in a way" in fault.message


def test_a_zip_that_announces_less_than_it_holds_is_refused_or_its_file_is(tmp_path):
    path = zipped(tmp_path / "pack.zip", *PLAIN, ("big.yaml", b"a" * 3_000_000))
    size = (3_000_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (9).to_bytes(4, "little")))

    with pytest.raises(ContentError):
        library.scenarios(path)


def test_a_damaged_zip_is_one_sentence_whatever_is_damaged(tmp_path):
    path = zipped(tmp_path / "pack.zip", *PLAIN, ("queue.png", image()))
    content = path.read_bytes()
    said = set()
    for at in range(0, len(content), 3):
        path.write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
        try:
            library.scenarios(path)
        except (ContentError, NoSuchExercise) as error:
            said.add(str(error).partition(": ")[2])
    path.write_bytes(b"no zip at all")

    assert refused(path).message == "the zip is damaged, or is none"
    assert "the zip is damaged, or is none. Make it again." in said


def test_a_folder_with_a_link_that_leads_out_is_refused(tmp_path):
    secret = tmp_path / "secret.yaml"
    secret.write_text("title: Secret", "utf-8")
    (tmp_path / "folder").mkdir()
    written(tmp_path / "folder")
    (tmp_path / "folder" / "evil.yaml").symlink_to(secret)

    fault = refused(tmp_path / "folder")

    assert fault.file == f"{tmp_path}/folder/evil.yaml"
    assert fault.message == "the link leads out of the folder"


def test_a_link_within_the_folder_is_followed(tmp_path):
    written(tmp_path)
    (tmp_path / "again.yaml").symlink_to("counter.yaml")

    assert list(library.scenarios(tmp_path)) == ["again", "counter"]


def test_a_folder_with_a_pipe_for_a_scenario_is_refused_without_waiting(tmp_path):
    written(tmp_path)
    os.mkfifo(tmp_path / "evil.yaml")

    assert refused(tmp_path).message == "this is no file"


def test_a_folder_that_holds_too_much_is_refused_unread(tmp_path):
    written(tmp_path)
    (tmp_path / "big.png").touch()
    os.truncate(tmp_path / "big.png", 21_000_000)
    assert refused(tmp_path).message == "the files here hold more than 20,971,520 bytes"

    os.truncate(tmp_path / "big.png", 0)
    for number in range(500):
        (tmp_path / f"q{number}.png").touch()

    assert refused(tmp_path).message == "502 files are here; at most 500 are read"


def test_two_files_of_one_id_in_a_folder_are_refused(tmp_path):
    written(tmp_path)
    written(tmp_path, name="counter.yml")

    assert refused(tmp_path).rule == "twice"


def test_load_raises_nothing_but_content_error(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "ring.yaml").symlink_to("ring.yaml")
    written(tmp_path)
    names = ("gone.yaml", "pipe.yaml", "ring.yaml", ".", "counter.yaml/inside.yaml", "a\0b.yaml")
    paths = [tmp_path / name for name in (*names, "\ud800.yaml", "x" * 5000, "a\nb.yaml")]

    said = {}
    for path in (*paths, "", "/", "/dev/null", "~", "~nobody-at-all/x.yaml"):
        with pytest.raises(ContentError) as caught:
            library.load(path)
        said[str(path)] = caught.value.faults[0]

    assert all(fault.fix and fault.file.isprintable() for fault in said.values())
    assert said[str(tmp_path / "pipe.yaml")].message == "this is no file but a pipe or a device"
    assert said["/"].message == "this is a folder"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read_is_one_sentence(tmp_path):
    written(tmp_path).chmod(0)

    with pytest.raises(ContentError, match="cannot be read"):
        library.load(tmp_path / "counter.yaml")


def test_where_one_stands_may_be_gone(tmp_path):
    code = f"""
import os
os.mkdir({str(tmp_path / "here")!r}); os.chdir({str(tmp_path / "here")!r}); os.rmdir(os.getcwd())
from incident_training import library
try:
    library.load("x.yaml")
except library.ContentError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "x.yaml:1: there is no such file. Name a file that you may read.\n"


@pytest.fixture
def shared(tmp_path, monkeypatch):
    """A zip in the place of the exercises that ship."""
    path = zipped(tmp_path / "pack.zip", *PLAIN)
    monkeypatch.setenv("INCIDENT_TRAINING_EXERCISES", str(path))
    return path


def test_the_exercises_in_use_may_be_a_zip(shared):
    assert places.exercises() == shared
    assert list(library.shipped()) == ["counter"]
    assert library.exercise("counter", "declaration").scenario.title == "The counter"
    with pytest.raises(NoSuchExercise, match="choose from counter"):
        library.exercise("tuesday", "declaration")
    library.refuse_bad_pack()

    cards = Visitor(widgets.practice("declaration")).blocks("cards")[0]["items"]
    assert [card["label"] for card in cards] == ["The counter"]


def test_a_card_comes_only_in_decks(shared):
    (name, content), *_ = PLAIN
    zipped(shared, (name, content), ("cards/till.yaml", content))

    assert [(id, one.card) for id, one in library.shipped().items()] == [
        ("counter", False),
        ("till", True),
    ]
    for page in (widgets.practice("declaration"), widgets.whole_shift()):
        blocks = Visitor(page).blocks("cards")
        assert "till" not in str(blocks)


def test_a_card_and_a_shift_of_one_name_are_refused(shared):
    (name, content), *_ = PLAIN
    zipped(shared, (name, content), (f"cards/{name}", content))

    with pytest.raises(ContentError, match="has the same name"):
        library.refuse_bad_pack()


def test_exercises_that_cannot_be_opened_are_refused_before_a_page_is_shown(shared):
    shared.write_bytes(b"")
    with pytest.raises(ContentError, match="damaged"):
        library.refuse_bad_pack()

    shared.unlink()
    with pytest.raises(NoSuchExercise, match="there is no such file or folder"):
        library.refuse_bad_pack()

    zipped(shared, ("README.md", "Nothing yet"))
    with pytest.raises(NoSuchExercise, match="there is no scenario"):
        library.refuse_bad_pack()


PICTURED = STORY.replace(
    "    text: no\n", "    text: no\n    image: queue.png\n    alt: The queue, with 40 in it\n"
)


def pictured(folder, content, name="queue.png"):
    (folder / name).write_bytes(content)
    return written(folder, PICTURED.replace("queue.png", name))


@pytest.mark.parametrize(
    ("name", "kind"), [("q.png", "PNG"), ("q.jpg", "JPEG"), ("q.jpeg", "JPEG"), ("q.webp", "WEBP")]
)
def test_an_image_is_part_of_its_scenario_and_of_its_edition(tmp_path, name, kind):
    content = image(kind)
    scenario = library.load(pictured(tmp_path, content, name))

    assert scenario.images == {name: content}
    again = library.load(pictured(tmp_path, image(kind, size=(9, 6)), name))
    assert again.edition != scenario.edition


def test_without_images_the_edition_is_that_of_the_text_alone(tmp_path):
    path = written(tmp_path)
    before = library.load(path).edition
    (tmp_path / "other.png").write_bytes(image())

    assert library.load(path).edition == before


def test_an_image_in_a_zip_is_found_there(tmp_path):
    members = (("counter.yaml", PICTURED), ("queue.png", image()))

    [scenario] = library.scenarios(zipped(tmp_path / "pack.zip", *members)).values()

    assert list(scenario.images) == ["queue.png"]


OUTSIDE = (
    *("../../etc/passwd", "../queue.png", "/etc/passwd", "/queue.png", "~/x.png", "C:\\x.png"),
    *("C:x.png", "\\\\host\\x.png", "file:///x.png", "https://example.org/x.png", "decks/x.png"),
    *("queue.svg", "queue.html", "queue.js", "queue.gif", "queue", "data:image/png;base64,AA=="),
)


@pytest.mark.parametrize("name", OUTSIDE)
def test_an_image_from_elsewhere_or_of_another_kind_is_refused(tmp_path, name):  # P27, P28
    path = written(tmp_path, PICTURED.replace("queue.png", name))

    assert broken(path) == [("injects.0.image", "an image must be a picture inside the pack")]


def test_an_image_that_is_a_link_out_of_the_folder_is_refused(tmp_path):  # P27
    (tmp_path / "secret.png").write_bytes(image())
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "queue.png").symlink_to(tmp_path / "secret.png")

    path = written(tmp_path / "folder", PICTURED)

    assert [message for _, message in broken(path)] == ["the link leads out of the folder"]


def test_a_missing_image_is_named_with_the_nearest(tmp_path):
    (tmp_path / "qeue.png").write_bytes(image())

    with pytest.raises(ContentError, match=r"no image of this name.*Did you mean qeue\.png\?"):
        library.load(written(tmp_path, PICTURED))


def frames():
    made = io.BytesIO()
    first, second = Image.new("RGB", (4, 4), "red"), Image.new("RGB", (4, 4), "blue")
    first.save(made, "PNG", save_all=True, append_images=[second])
    return made.getvalue()


def claimed(width, height):
    """A png that says it is so large; its size stands at a fixed place (PNG, 11.2.2)."""
    import zlib

    content = bytearray(image())
    content[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)


WRONG_IMAGES = {  # P28
    "html": (b"<html><script>alert(1)</script>", "cannot be read as PNG"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be read as PNG"),
    "empty": (b"", "cannot be read as PNG"),
    "cut short": (image(size=(300, 300))[:-60], "cannot be read as PNG"),
    "a jpg": (image("JPEG"), "its name says PNG, and it is JPEG"),
    "a gif": (image("GIF"), "cannot be read as PNG"),
    "50 MB": (image() + b"\0" * 50_000_000, "larger than 500,000 bytes"),
    "30,000 x 30,000": (claimed(30_000, 30_000), "more than 4,000,000 pixels"),
    "10,000 x 10,000": (claimed(10_000, 10_000), "more than 4,000,000 pixels"),
    "2,001 x 2,000": (image(size=(2001, 2000)), "more than 4,000,000 pixels"),
    "moving": (frames(), "the image moves"),
}


@pytest.mark.parametrize("name", WRONG_IMAGES)
def test_what_is_no_small_still_image_is_refused(tmp_path, name):
    content, words = WRONG_IMAGES[name]

    [(field, message)] = broken(pictured(tmp_path, content))

    assert field == "injects.0.image"
    assert words in message


def test_an_image_needs_its_text_twin_and_a_place_of_its_own(tmp_path):
    without = PICTURED.replace("    alt: The queue, with 40 in it\n", "")
    pictured(tmp_path, image())
    assert broken(written(tmp_path, without)) == [
        ("injects.0.alt", "is missing for this image"),
    ]

    both = STORY.replace("    alt: Errors climb", "    image: queue.png\n    alt: Errors climb")
    assert broken(written(tmp_path, both)) == [
        ("injects.2.image", "a series and an image are here together"),
    ]


def test_a_jpg_that_is_drawn_again_and_again_is_refused(tmp_path):
    """Half a megabyte of the last pass, of a few bytes each, once took more than a minute."""
    content = image("JPEG", progressive=True)
    assert library.load(pictured(tmp_path, content, "queue.jpg"))
    again = content[content.rindex(b"\xff\xda") : -2] * 100

    said = broken(pictured(tmp_path, content[:-2] + again + content[-2:], "queue.jpg"))

    assert said == [("injects.0.image", "the image is drawn in more than 64 passes")]


def many(folder, count, content):
    """A scenario that shows so many images."""
    for number in range(count):
        (folder / f"q{number}.png").write_bytes(content)
    injects = "".join(
        f"  - {{id: q{n}, at: 14:20, channel: log, text: A, image: q{n}.png, alt: A}}\n"
        for n in range(count)
    )
    return written(folder, STORY.replace("evidence:\n", f"{injects}evidence:\n", 1))


def test_a_scenario_shows_twelve_images_at_most(tmp_path):
    assert len(library.load(many(tmp_path, 12, image())).images) == 12

    [(_, message)] = broken(many(tmp_path, 13, image()))

    assert message == "12 other images are shown, and no more are read"


def test_the_images_of_a_scenario_are_small_together(tmp_path):
    noise = io.BytesIO()
    Image.frombytes("RGB", (400, 400), os.urandom(480_000)).save(noise, "PNG")
    assert len(library.load(many(tmp_path, 4, noise.getvalue())).images) == 4

    [(field, message)] = broken(many(tmp_path, 6, noise.getvalue()))

    assert message == "with this image they are larger than 2,000,000 bytes together"
    assert field.endswith("image")


def test_images_cannot_be_authored(tmp_path):
    path = written(tmp_path, f"images: {{queue.png: abc}}\n{STORY}")

    assert broken(path) == [
        ("images", "a scenario does not list its images: injects and evidence name them")
    ]


def test_an_image_reaches_the_screen_as_data_with_its_words(tmp_path, monkeypatch):
    pictured(tmp_path, image())
    monkeypatch.setenv("INCIDENT_TRAINING_EXERCISES", str(tmp_path))
    visitor = Visitor(widgets.practice("declaration"))

    visitor.send({"do": "choose", "name": "counter"})

    [item] = visitor.blocks("feed")[0]["items"]
    assert item["image"]["source"].startswith("data:image/png;base64,iVBOR")
    assert item["image"]["alt"] == "The queue, with 40 in it"
    assert "The queue, with 40 in it" in visitor.screen["says"]


def test_a_jpg_is_named_as_browsers_know_it(tmp_path, monkeypatch):
    pictured(tmp_path, image("JPEG"), "queue.jpg")
    monkeypatch.setenv("INCIDENT_TRAINING_EXERCISES", str(tmp_path))
    visitor = Visitor(widgets.practice("declaration"))

    visitor.send({"do": "choose", "name": "counter"})

    [item] = visitor.blocks("feed")[0]["items"]
    assert item["image"]["source"].startswith("data:image/jpeg;base64,/9j/")


def test_pillow_is_loaded_only_where_there_is_an_image():
    code = (
        "import sys; from incident_training import library; library.shipped(); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "PIL" not in done.stdout.split()


def test_a_broken_file_is_left_out_and_said_in_the_log(tmp_path, caplog):
    caplog.set_level(logging.WARNING)
    written(tmp_path)
    (tmp_path / "huge.yaml").write_bytes(b"x" * 1_100_000)

    assert list(library.scenarios(tmp_path)) == ["counter"]
    assert "huge.yaml:1: the file is too large" in caplog.text
