"""QR codes for print."""

from io import BytesIO

import segno


def qr_svg(address: str) -> str:
    """A QR code as SVG text, black on nothing, without a quiet zone (the print leaves room).

    Error correction M: still read when a seventh of the code is worn away.
    """
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=0, xmldecl=False, svgns=True, nl=False, omitsize=True
    )
    return out.getvalue().decode()
