"""How much of a stranger's spreadsheet is read before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file. Sizes are in bytes, lengths in characters.

    ``rows`` counts rows with something in them below the headings; ``grid_rows`` counts blank ones too and is
    the height of an Excel sheet. ``ratio`` is how many times larger than packed a part of a workbook may be,
    once it is larger than ``ratio_from``: sheets come to 10 to 30, a bomb to 1,000. ``xml_token`` bounds one
    tag or comment: the XML parser of Python 3.11 takes quadratic time over longer ones (CVE-2023-52425).
    """

    file_bytes: int = 64 * 1024 * 1024
    rows: int = 100_000
    grid_rows: int = 1_048_576
    columns: int = 200
    grid_columns: int = 16_384
    cells: int = 4_000_000
    cell_length: int = 32_767
    csv_row_length: int = 2_000_000
    zip_entries: int = 2_000
    zip_directory_bytes: int = 1024 * 1024
    unpacked_bytes: int = 256 * 1024 * 1024
    small_part_bytes: int = 16 * 1024 * 1024
    ratio: int = 100
    ratio_from: int = 10 * 1024 * 1024
    xml_token: int = 512 * 1024
    xml_depth: int = 100
    shared_strings: int = 2_000_000
    merges: int = 10_000


DEFAULT_LIMITS = Limits()
