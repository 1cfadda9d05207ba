"""A zip of scenarios, read into memory: whatever is wrong with one member refuses it whole.

What to defend against is what unpackers were caught by: names that lead out ("zip slip"), links,
bombs, members twice (Snyk, 2018; Fifield, A better zip bomb, 2019). So nothing is unpacked, names
are read as they are written, and bytes are counted as they come, not as they are announced.
"""

import stat
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from incident_training.library.faults import ContentError, Fault
from incident_training.library.naming import (
    CARDS,
    IMAGES,
    clash,
    is_beside,
    is_deck,
    is_image,
    is_scenario,
    wrong_name,
)
from incident_training.library.read import MOST_BYTES

MOST_MEMBERS = 500
MOST_BYTES_IN_ALL = 20 * 1_048_576
_ENTRY = b"PK\x01\x02"  # begins each entry of the directory of a zip (APPNOTE 4.3.12)
_ENCRYPTED = 0x1 | 0x40 | 0x2000  # APPNOTE 4.4.4
_AGAIN = "Make the zip again, of plain files with plain names."


def unzipped(shown: str, content: bytes) -> dict[str, bytes]:
    """Return the scenarios, decks and images of a zip by name, a single top folder left away.

    Of a member that is too large there are more bytes than may be read, so that its reader says so.
    Raises ContentError naming the member.
    """
    if len(content) > MOST_BYTES_IN_ALL:
        raise refused(shown, "", "too-large", _much(), "Leave some files out.")
    if content.count(_ENTRY) > MOST_MEMBERS:
        message = f"more than {MOST_MEMBERS} files are in it"
        raise refused(shown, "", "too-many", message, "Leave some files out.")
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _members(shown, archive)
    except ContentError:
        raise
    except Exception:  # zipfile and zlib raise some nine kinds for a zip that is damaged
        message, fix = "the zip is damaged, or is none", "Make it again."
        raise refused(shown, "", "zip", message, fix) from None


def refused(shown: str, name: str, rule: str, message: str, fix: str) -> ContentError:
    """Return the error that refuses a pack, naming the member."""
    name = name if len(name) <= 60 else f"{name[:59]}…"
    name = name if name.isprintable() else repr(name)
    return ContentError([Fault(f"{shown}/{name}" if name else shown, 1, "", rule, message, fix)])


def _members(shown: str, archive: ZipFile) -> dict[str, bytes]:
    for info in archive.infolist():
        if wrong := _wrong(info):
            raise refused(shown, info.orig_filename, "member", wrong, _AGAIN)
    if sum(info.file_size for info in archive.infolist()) > MOST_BYTES_IN_ALL:
        raise refused(shown, "", "too-large", _much(), "Leave some files out.")
    if twice := clash(info.filename for info in archive.infolist()):
        raise refused(shown, *twice)
    held = [one for one in archive.infolist() if not one.is_dir() and not is_beside(one.filename)]
    top = _top([info.filename for info in held])
    found: dict[str, bytes] = {}
    left = MOST_BYTES_IN_ALL
    for info in sorted(held, key=lambda one: one.filename):
        name = info.filename.removeprefix(top)
        if wrong := _misplaced(name):
            fix = f"Take it out; scenarios and images ({', '.join(IMAGES)}) are at the top."
            raise refused(shown, info.filename, "member", wrong, fix)
        with archive.open(info) as member:
            found[name] = member.read(min(left, MOST_BYTES) + 1)
        left -= len(found[name])
        if left < 0:
            raise refused(shown, info.filename, "too-large", _much(), "Leave some files out.")
    if twice := clash(found):
        raise refused(shown, *twice)
    return found


def _wrong(info: ZipInfo) -> str | None:
    """Return why a member is refused by what the directory of the zip says of it."""
    mode = stat.S_IFMT(info.external_attr >> 16)
    if wrong := wrong_name(info.orig_filename):
        return wrong
    if info.filename != info.orig_filename:
        return "the member has two names"
    if mode not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "this is a link or a device"
    if info.flag_bits & _ENCRYPTED:
        return "the member is encrypted"
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "it is compressed in a way that is not read here"
    return None


def _misplaced(name: str) -> str | None:
    if is_scenario(name) or is_deck(name) or is_image(name):
        return None
    if name.casefold().endswith(".zip"):
        return "a zip inside a zip is not read"
    return "this is no scenario, no card (cards/….yaml), no deck (decks/….yaml) and no image"


def _top(names: list[str]) -> str:
    """Return the one folder that holds everything, with its slash; "" if there is none."""
    tops = {name.split("/")[0] for name in names}
    if len(tops) == 1 and all("/" in name for name in names) and not tops & {CARDS, "decks"}:
        return f"{tops.pop()}/"
    return ""


def _much() -> str:
    return f"unpacked it would be larger than {MOST_BYTES_IN_ALL:,} bytes"
