"""What the demo answers to a visitor without a browser: each address is asked once in a process."""

import re
from functools import cache
from urllib.error import HTTPError
from urllib.request import urlopen


@cache
def answer(address: str) -> tuple[int, bytes]:
    """Status and body; a refusal has a body too."""
    try:
        with urlopen(address) as given:
            return given.status, given.read()
    except HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read()


def addresses(origin: str) -> list[str]:
    """Every address of the sitemap, with threshold, search, gallery and refusals."""
    sitemap = answer(origin + "/sitemap.xml")[1].decode()
    found = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", sitemap)
    extra = ["/", "/en/search/?q=welcome", "/cy/chwilio/?q=croeso", "/en/no/", "/cy/na/"]
    extra += ["/en/gallery/", "/cy/gallery/", "/-/health", "/no-language/"]
    extra += ["/en/?a=%00", "/cy/?a=%00"]  # 400
    return found + extra
