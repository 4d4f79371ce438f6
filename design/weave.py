"""The weave: one cloth for every page, drawn from its slug.

A Welsh blanket (carthen) is a double cloth: two layers woven at once, which change places to make
the pattern. It has no wrong side. Each face shows the same design with its colours exchanged, and
so do the Welsh and the English version of a page.

The module follows the weaver's own method, a block draft:

  1. the slug is hashed to a stream of bytes: the only source of choice, so the cloth never changes;
  2. `profile`: a sequence of (block, threads) from the middle outwards, mirrored, used both for the
     warp (columns) and the weft (rows), "woven as drawn in";
  3. `tie_up`: a symmetric 4 x 4 table saying which layer is on top where two blocks cross; block 0
     crosses itself with the light layer on top, so every cloth keeps an open door at its centre;
  4. two blocks carry a coloured yarn: one in the warp of the light layer, one in the weft of the dark;
  5. a draft that is too dark, too plain or too loud is thrown away, and the next one is tried.

Only a quarter of the repeat is written; three mirrored <use> elements make the rest.
A cloth costs about 1 KB of HTML (about 0.4 KB compressed) and needs no request.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import TypeVar

Choice = TypeVar("Choice")
LIGHT, DARK, WARP, WEFT = "l", "d", "a", "b"
SHARES = {LIGHT: (0.34, 0.50), DARK: (0.34, 0.50), WARP: (0.05, 0.15), WEFT: (0.04, 0.13)}


class Yarn:
    """An endless stream of choices, the same for the same slug on every machine."""

    def __init__(self, slug: str) -> None:
        self.slug, self.turn, self.bytes = slug, 0, b""

    def byte(self) -> int:
        if not self.bytes:
            self.bytes = sha256(f"{self.slug}:{self.turn}".encode()).digest()
            self.turn += 1
        first, self.bytes = self.bytes[0], self.bytes[1:]
        return first

    def pick(self, options: Sequence[Choice]) -> Choice:
        return options[self.byte() % len(options)]


def profile(yarn: Yarn) -> list[tuple[int, int]]:
    """Half of the mirrored sequence, from the middle outwards: [(block, threads), ...]."""
    half = [(0, yarn.pick((3, 4, 5)))]
    for _ in range(yarn.pick((5, 6, 7))):
        block = yarn.pick([b for b in range(4) if b != half[-1][0]])
        half.append((block, yarn.pick((1, 1, 1, 2, 3, 4))))
    return half


def tie_up(yarn: Yarn) -> list[list[int]]:
    """Which layer is on top where two blocks cross: a symmetric table of bits."""
    table = [[0] * 4 for _ in range(4)]
    for i in range(4):
        for j in range(i, 4):
            table[i][j] = table[j][i] = yarn.byte() & 1
    table[0][0] = 1
    return table


def draft(slug: str) -> tuple[list[int], list[str]]:
    """The quarter of the repeat, as (bands, rows): thread counts and one string of yarns per band."""
    yarn = Yarn(slug)
    while True:
        half, table = profile(yarn), tie_up(yarn)
        warp, weft = yarn.pick((1, 2, 3)), yarn.pick((1, 2, 3))
        rows = [
            "".join(
                (WARP if x == warp and tx < 3 else LIGHT)
                if table[x][y]
                else (WEFT if y == weft and ty < 3 else DARK)
                for x, tx in half
            )
            for y, ty in half
        ]
        bands = [threads for _, threads in half]
        if balanced(bands, rows):
            return bands, rows


def balanced(bands: list[int], rows: list[str]) -> bool:
    """Neither too dark, nor too plain, nor too loud."""
    total = sum(bands) ** 2
    share = dict.fromkeys("ldab", 0.0)
    for y, row in enumerate(rows):
        for x, yarn in enumerate(row):
            share[yarn] += bands[x] * bands[y] / total
    if any(not low <= share[k] <= high for k, (low, high) in SHARES.items()):
        return False
    longest = max(sum(bands[i] for i in run) for row in rows for run in runs(row))
    return len(set(rows)) >= 4 and longest <= 0.5 * sum(bands)


def runs(row: str) -> Iterator[range]:
    """Stretches of one yarn in a row."""
    start = 0
    for x in range(1, len(row) + 1):
        if x == len(row) or row[x] != row[start]:
            yield range(start, x)
            start = x


@lru_cache(maxsize=2048)
def quarter(slug: str) -> tuple[dict[str, str], int]:
    """The quarter as SVG paths, its first column and row on the mirror axes; and its size."""
    bands, rows = draft(slug)
    # The middle band is split in two by the mirror, so measure in half threads: every band doubles,
    # the middle one counts once.
    size = [bands[0]] + [2 * b for b in bands[1:]]
    edge = [sum(size[:i]) for i in range(len(size) + 1)]
    paths = {LIGHT: "", WARP: "", WEFT: ""}
    for y, row in enumerate(rows):
        for run in runs(row):
            if row[run[0]] in paths:
                left, right = edge[run[0]], edge[run[-1] + 1]
                paths[row[run[0]]] += f"M{left} {edge[y]}H{right}V{edge[y + 1]}H{left}z"
    return paths, edge[-1]


def svg(slug: str, css: str = "weave", thread: float | None = None, uid: str = "") -> str:
    """Inline SVG. `thread` is the width of one thread in px (a field that fills its box); without it,
    exactly one repeat is shown (a swatch). Colours come from CSS: --yarn-l, -d, -a and -b."""
    paths, q = quarter(slug)
    uid = uid or f"w-{slug}"
    n = 2 * q
    body = f'<path class="y-d" d="M0 0H{q}V{q}H0z"/>' + "".join(
        f'<path class="y-{k}" d="{d}"/>' for k, d in paths.items() if d
    )
    cloth = (
        f'<g id="{uid}-q">{body}</g>'
        f'<use href="#{uid}-q" transform="scale(-1 1)"/>'
        f'<use href="#{uid}-q" transform="scale(1 -1)"/>'
        f'<use href="#{uid}-q" transform="scale(-1)"/>'
    )
    if thread is None:
        return f'<svg class="{css}" viewBox="{-q} {-q} {n} {n}" aria-hidden="true" focusable="false">{cloth}</svg>'
    return (
        f'<svg class="{css}" aria-hidden="true" focusable="false"><defs>'
        f'<pattern id="{uid}" viewBox="{-q} {-q} {n} {n}" width="{q * thread:g}" height="{q * thread:g}" '
        f'patternUnits="userSpaceOnUse">{cloth}</pattern></defs>'
        f'<rect width="100%" height="100%" fill="url(#{uid})"/></svg>'
    )
