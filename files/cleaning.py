"""Pictures are rewritten before they are stored, so that nothing about a person stays in them.

The parser is the proof of what a file is; its name proves nothing. Only pixels and the colour
profile survive. Limits follow the safety guide, section 4.
"""

import secrets
import warnings
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import pillow_heif
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from files.facts import FileFacts

pillow_heif.register_heif_opener()

PIXEL_LIMIT = 40_000_000  # width × height × frames
IMAGE_FORMATS = {
    "avif": "AVIF",
    "gif": "GIF",
    "heic": "HEIF",
    "jpeg": "JPEG",
    "jpg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
}
STORED_EXTENSIONS = {"heic": "jpg", "jpeg": "jpg"}
SAVE_OPTIONS: dict[str, dict[str, Any]] = {
    "AVIF": {"quality": 90},
    "JPEG": {"quality": 92},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 92},
}


class Refused(Exception):
    """A file that must not be kept. `reason` tells the person what to do next."""

    def __init__(self, reason: "str | _StrPromise") -> None:
        super().__init__(reason)
        self.reason = reason


class CleanedFile(ContentFile):
    """Bytes that came out of a cleaner, or that we made: they are not cleaned a second time.

    `facts` is what a document says about itself; a picture has none.
    """

    def __init__(
        self, content: bytes, name: str | None = None, facts: "FileFacts | None" = None
    ) -> None:
        super().__init__(content, name=name)
        self.facts = facts


def extension_of(name: str) -> str:
    """The extension in small letters without its dot; "" if there is none."""
    return PurePath(name).suffix.lower().lstrip(".")


def token_name(name: str) -> str:
    """A name that says nothing and cannot be guessed (128 random bits), with what it is stored as.

    Phones send HEIC; it is stored as JPEG, so its extension changes too.
    """
    extension = extension_of(name)
    return f"{secrets.token_hex(16)}.{STORED_EXTENSIONS.get(extension, extension)}"


def clean_image(name: str, content: bytes) -> bytes:
    """The picture as pixels and colour profile alone, turned upright; HEIC comes back as JPEG.

    Raises Refused when the content is not what the extension says, when it is damaged, or when
    width × height × frames is above `PIXEL_LIMIT`. The size is read before anything is decoded.
    """
    extension = extension_of(name)
    expected = IMAGE_FORMATS.get(extension)
    if expected is None:
        raise Refused(_("This kind of picture is not accepted. Save it as JPEG, PNG or WebP."))
    try:
        with warnings.catch_warnings():
            # Our own limit is lower than the one Pillow warns about.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=[expected]) as picture:
                return _rewritten(picture, expected)
    except Refused:
        raise
    except Image.DecompressionBombError as error:
        raise Refused(_too_large()) from error
    except UnidentifiedImageError as error:
        raise Refused(
            _("The content of this file is not what its name says. Save the picture again.")
        ) from error
    except (OSError, SyntaxError, ValueError, RuntimeError, EOFError, MemoryError) as error:
        raise Refused(_("This picture is damaged. Save it again and upload the new file.")) from (
            error
        )


def _too_large() -> "_StrPromise":
    return _("This picture is too large: 40 megapixels at most. Make it smaller and try again.")


def _rewritten(picture: Image.Image, expected: str) -> bytes:
    # A phone's JPEG may hold a depth map (MPO), a HEIC a burst: only the first picture is taken.
    first_only = picture.format == "MPO" or expected == "HEIF"
    frames = 1 if first_only else getattr(picture, "n_frames", 1)
    if picture.width * picture.height * frames > PIXEL_LIMIT:
        raise Refused(_too_large())
    if frames > 1 and expected != "GIF":
        raise Refused(_("Only a GIF may move. Save one still picture and upload that."))
    profile = picture.info.get("icc_profile")
    if expected == "GIF":
        return _rewritten_gif(picture)
    upright = ImageOps.exif_transpose(picture)
    pixels = _pixels_only(upright)
    save_as = "JPEG" if expected == "HEIF" else expected
    if save_as == "JPEG" and pixels.mode not in {"L", "RGB", "CMYK"}:
        pixels = pixels.convert("RGB")
    options = dict(SAVE_OPTIONS[save_as])
    if profile:
        options["icc_profile"] = profile
    out = BytesIO()
    pixels.save(out, format=save_as, **options)
    return out.getvalue()


def _pixels_only(picture: Image.Image) -> Image.Image:
    """A new image from the pixels: it has no `info` from which a writer could copy a tag."""
    picture.load()
    if "transparency" in picture.info or picture.mode == "PA":
        picture = picture.convert("RGBA")
    copy = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    if picture.mode == "P":
        copy.putpalette(picture.getpalette("RGB") or [])
    return copy


def _rewritten_gif(picture: Image.Image) -> bytes:
    frames, durations = [], []
    for frame in ImageSequence.Iterator(picture):
        durations.append(frame.info.get("duration", 100))
        frames.append(_pixels_only(frame.convert("RGBA")))
    out = BytesIO()
    options: dict[str, Any] = {"comment": b""}
    if len(frames) > 1:
        options |= {
            "save_all": True,
            "append_images": frames[1:],
            "duration": durations,
            "loop": picture.info.get("loop", 0),
            "disposal": 2,
        }
    frames[0].save(out, format="GIF", **options)
    return out.getvalue()
