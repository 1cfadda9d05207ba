"""The images that a scenario shows: in its pack, small, and what their names say they are."""

import warnings
from collections.abc import Iterator, Mapping
from io import BytesIO

from incident_training.library.faults import ContentError, Fault, meant
from incident_training.library.naming import IMAGES, is_image
from incident_training.library.node import Node
from incident_training.library.pack import Pack

MOST_IMAGE_BYTES = 500_000
MOST_PIXELS = 4_000_000
_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}


def images(root: Node, pack: Pack) -> tuple[dict[str, bytes], list[Fault]]:
    """Return the images that injects and evidence name, by name, and what is wrong with them."""
    found: dict[str, bytes] = {}
    faults = [*_set_by_us(root.get("images"))]
    for shown in (*root.get("injects").items, *root.get("evidence").items):
        named = shown.get("image")
        faults += _told(shown, named)
        if named.text is None or named.text in found:
            continue
        try:
            found[named.text] = _image(named, named.text, pack)
        except ContentError as error:
            faults += error.faults
    return found, faults


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
