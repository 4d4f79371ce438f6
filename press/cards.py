"""Share cards: one sentence on a cloth, in three shapes, as PNG and as SVG.

Set by typst like the prints, so that letters, line breaks and colours are the same on both.
"""

import io
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import typst
from PIL import Image as Pillow

from design.weave import quarter
from press.pdf import ROOM, fonts

# Pixels: links in messengers, squares in feeds, stories on a phone.
SHAPES = {"link": (1200, 630), "square": (1080, 1080), "tall": (1080, 1920)}
MOST_BYTES = 100 * 1024  # of a PNG: V4, a phone with little data
REPEATS = 13  # of the cloth in the strip: enough for the widest card
COLOURS_OF_A_PNG = 64  # flat colours and the greys of the letters' edges


@dataclass(frozen=True)
class ShareCard:
    """What a card of one language says, in all three shapes.

    `colours` are those of the cloth: its light and its dark ground, its two coloured yarns.
    `link` is printed as it is; the link shape has none, because it is the picture of a link.
    """

    language: str
    text: str
    kicker: str
    by: str
    seed: str
    colours: tuple[str, str, str, str]
    link: str = ""
    qr: str = ""
    sample: str = ""


def cards_png(card: ShareCard) -> dict[str, bytes]:
    """Each shape as a PNG of at most `MOST_BYTES`.

    Raises:
        typst.TypstError: the data cannot be set.
    """
    return _each_shape(card, "png", _few_colours)


def cards_svg(card: ShareCard) -> dict[str, bytes]:
    """Each shape as an SVG without text elements: letters are shapes, no font is needed.

    Raises:
        typst.TypstError: the data cannot be set.
    """
    return _each_shape(card, "svg", bytes)


def _each_shape(card: ShareCard, format: Any, finish: Callable[[bytes], bytes]) -> dict[str, bytes]:
    data = {
        **asdict(card),
        "shapes": [[name, *size] for name, size in SHAPES.items()],
        "cloth": strip_svg(card.seed, card.colours, turned=card.language == "cy"),
    }
    made = typst.compile(
        ROOM / "templates" / "share.typ",
        root=ROOM,
        font_paths=fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format=format,
        ppi=72,  # a point is a pixel
    )
    pages = made if isinstance(made, list) else [made]
    return {name: finish(page) for name, page in zip(SHAPES, pages, strict=True)}


def _few_colours(png: bytes) -> bytes:
    out = io.BytesIO()
    with Pillow.open(io.BytesIO(png)) as drawn:
        # Three times as fast as the default and as near to every colour; level 9 would take three
        # times as long again, for a twentieth less.
        flat = drawn.convert("RGB").quantize(
            COLOURS_OF_A_PNG, Pillow.Quantize.MAXCOVERAGE, dither=Pillow.Dither.NONE
        )
        flat.save(out, "PNG", compress_level=8)
    return out.getvalue()


def strip_svg(seed: str, colours: tuple[str, str, str, str], turned: bool = False) -> str:
    """A strip of `REPEATS` repeats of the cloth with its colours; `turned` shows its other face.

    Drawn once and used again, so that the strip weighs as much as one repeat.
    """
    light, dark, warp, weft = colours
    if turned:
        light, dark, warp, weft = dark, light, weft, warp
    paths, size = quarter(seed)
    fills = {"l": light, "a": warp, "b": weft}
    body = f'<path fill="{dark}" d="M0 0H{size}V{size}H0z"/>' + "".join(
        f'<path fill="{fills[yarn]}" d="{path}"/>' for yarn, path in paths.items() if path
    )
    mirrored = "".join(
        f'<use href="#q" transform="scale({x} {y})"/>' for x in (1, -1) for y in (1, -1)
    )
    strip = "".join(f'<use href="#r" x="{2 * size * number}"/>' for number in range(REPEATS))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" shape-rendering="crispEdges" '
        f'viewBox="{-size} {-size} {2 * size * REPEATS} {2 * size}"><defs><g id="q">{body}</g>'
        f'<g id="r">{mirrored}</g></defs>{strip}</svg>'
    )
