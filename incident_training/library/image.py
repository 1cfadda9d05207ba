"""The images that a scenario shows: in its pack, small, and what their names say they are."""

import warnings
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import accumulate, islice

from incident_training.library.faults import ContentError, Fault, meant
from incident_training.library.naming import IMAGES, is_image
from incident_training.library.node import Node
from incident_training.library.pack import Pack

MOST_IMAGE_BYTES = 500_000
MOST_PIXELS = 4_000_000
MOST_IMAGES = 12  # of one scenario
MOST_BYTES_TOGETHER = 2_000_000  # they are sent with what is on the screen
_MOST_PASSES = 64  # of a jpg; cameras and programs make one to ten, and each goes over all of it
_NEXT_PASS = b"\xff\xda"  # start of scan (ITU-T T.81, B.1.1.3)
_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}


def images(root: Node, pack: Pack) -> tuple[dict[str, bytes], list[Fault]]:
    """Return the images that injects and evidence name, by name, and what is wrong with them."""
    every = (*root.get("injects").items, *root.get("evidence").items)
    faults = [*_set_by_us(root.get("images"))]
    faults += [fault for shown in every for fault in _told(shown, shown.get("image"))]
    first: dict[str, Node] = {}
    for shown in every:
        if name := shown.get("image").text:
            first.setdefault(name, shown.get("image"))
    found: dict[str, bytes] = {}
    for name, named in islice(first.items(), MOST_IMAGES):
        try:
            found[name] = _image(named, name, pack)
        except ContentError as error:
            faults += error.faults
    return found, [*faults, *_too_much(first, found)]


def _too_much(first: Mapping[str, Node], found: Mapping[str, bytes]) -> Iterator[Fault]:
    for named in islice(first.values(), MOST_IMAGES, MOST_IMAGES + 1):
        message = f"{MOST_IMAGES} other images are shown, and no more are read"
        yield named.fault("image", message, "Keep those that matter.")
    for name, size in zip(found, accumulate(map(len, found.values())), strict=True):
        if size > MOST_BYTES_TOGETHER:
            message = f"with this image they are larger than {MOST_BYTES_TOGETHER:,} bytes together"
            yield first[name].fault("image", message, "Make them smaller.")
            return


def _set_by_us(listed: Node) -> Iterator[Fault]:
    if listed.there:
        message = "a scenario does not list its images: injects and evidence name them"
        yield listed.fault("set-by-us", message, "Write “image: …” where it is shown.")


def _told(shown: Node, named: Node) -> Iterator[Fault]:
    if named.there and not shown.get("alt").there:
        fix = "Say in words what the image shows; not everyone sees it."
        yield shown.get("alt").fault("missing", "is missing for this image", fix)
    if named.there and shown.get("series").there:
        fix = "Keep one; “alt” says in words what one picture shows."
        yield named.fault("two-pictures", "a series and an image are here together", fix)


def _image(named: Node, name: str, pack: Pack) -> bytes:
    """Return the bytes of an image that may be shown, or raise ContentError."""
    if not is_image(name) or not name.isprintable() or "\\" in name or ":" in name:
        fix = f"Put it beside the scenario, and write its name alone, ending in {_endings()}."
        raise _wrong(named, "image", "an image must be a picture inside the pack", fix)
    if name not in pack.images:
        fix = meant(name, pack.images, "Put it beside the scenario.")
        raise _wrong(named, "image", "there is no image of this name in the pack", fix)
    content = pack.read(name, MOST_IMAGE_BYTES)
    if len(content) > MOST_IMAGE_BYTES:
        message = f"the image is larger than {MOST_IMAGE_BYTES:,} bytes"
        raise _wrong(named, "image", message, "Make it smaller; a screen shows no more.")
    if said := _undrawable(content, _FORMATS[name[name.rindex(".") :]]):
        raise _wrong(named, "image", *said)
    return content


def _undrawable(content: bytes, format: str) -> tuple[str, str] | None:
    """Return why an image cannot be shown, and the fix; it is decoded whole."""
    from PIL import Image  # here: few scenarios show an image

    again = "Save it again from a program that draws."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(BytesIO(content), formats=("PNG", "JPEG", "WEBP"))
        with opened as image:
            if image.format != format:
                return f"its name says {format}, and it is {image.format}", "Name it as what it is."
            if image.width * image.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            if getattr(image, "n_frames", 1) > 1:
                return "the image moves", "Save one picture of it; what moves cannot be read."
            if format == "JPEG" and content.count(_NEXT_PASS) > _MOST_PASSES:
                return f"the image is drawn in more than {_MOST_PASSES} passes", again
            image.load()
    except Image.DecompressionBombError:
        message = f"the image has more than {MOST_PIXELS:,} pixels"
        return message, "Make it smaller; a screen shows no more."
    except Exception:  # Pillow's decoders raise many kinds for what is damaged, or no image
        return f"this cannot be read as {format}", again
    return None


def edition_of(content: bytes, shown: Mapping[str, bytes]) -> Iterator[bytes]:
    """Yield what makes an edition: the text of the file, then each image it shows."""
    yield content
    for name in sorted(shown):
        yield name.encode() + b"\0" + shown[name]


def _endings() -> str:
    return ", ".join(IMAGES[:-1]) + f" or {IMAGES[-1]}"


def _wrong(named: Node, rule: str, message: str, fix: str) -> ContentError:
    return ContentError([named.fault(rule, message, fix)])
