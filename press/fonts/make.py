"""Makes the static fonts of print from the site's own: `python -m press.fonts.make`.

typst does not read woff2 and takes only the thinnest weight of a variable font, so the cuts that
print needs are written as static TTF. Run it again when `static/fonts` changes; the files are
committed beside this one. Needs fontTools with brotli, which only developers have.
"""

from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).parent
SITE_FONTS = HERE.parents[1] / "static" / "fonts"
# File, source, position on the weight axis (None: the source is static), family, style.
CUTS = (
    ("NoddfaText-Regular.ttf", "text.woff2", 400, "Noddfa Text", "Regular"),
    ("NoddfaText-Bold.ttf", "text.woff2", 700, "Noddfa Text", "Bold"),
    ("NoddfaTextExt-Regular.ttf", "text-ext.woff2", 400, "Noddfa Text Ext", "Regular"),
    ("NoddfaTextExt-Bold.ttf", "text-ext.woff2", 700, "Noddfa Text Ext", "Bold"),
    ("NoddfaDisplay-Regular.ttf", "display.woff2", None, "Noddfa Display", "Regular"),
)


def static_cut(source: Path, weight: int | None, family: str, style: str) -> bytes:
    """One static font as bytes, named `family` and `style`, equal on every run."""
    font = TTFont(source, recalcTimestamp=False)
    if weight is not None:
        font = instancer.instantiateVariableFont(font, {"wght": weight})
    font.flavor = None
    names = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}
    font["name"].names = [
        record for record in font["name"].names if record.nameID not in {3, 16, 17, 25, *names}
    ]
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    bold = style == "Bold"
    font["OS/2"].usWeightClass = 700 if bold else 400
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    font["head"].macStyle = 1 if bold else 0
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def main() -> None:
    for file_name, source, weight, family, style in CUTS:
        (HERE / file_name).write_bytes(static_cut(SITE_FONTS / source, weight, family, style))


if __name__ == "__main__":
    main()
