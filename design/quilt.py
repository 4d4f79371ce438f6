"""The quilt: one square for each organisation, the awarded ones laid as an open door."""

COLUMNS = 13


def quilt(total: int, marked: int, columns: int = COLUMNS) -> list[bool]:
    """For each square, in reading order, whether it is marked.

    Marked squares follow the house mark: outer frame, inner frame (two squares in between), then
    from outside in. 143 squares with 54 marked are exactly the two frames.
    """
    rows = -(-total // columns)

    def order(place: int) -> tuple[int, int]:
        row, column = divmod(place, columns)
        if row < rows - 0 and _on_frame(row, column, 0, rows, columns):
            return 0, place
        if _on_frame(row, column, 3, rows, columns):
            return 1, place
        return 2 + min(row, column, columns - 1 - column), place

    laid = set(sorted(range(total), key=order)[:marked])
    return [place in laid for place in range(total)]


def _on_frame(row: int, column: int, inset: int, rows: int, columns: int) -> bool:
    """A door frame: left post, top beam, right post; open at the bottom."""
    left, right = inset, columns - 1 - inset
    if not (left <= column <= right and row >= inset):
        return False
    return column in (left, right) or row == inset
