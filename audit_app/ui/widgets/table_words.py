"""The words of a table: what it and its rows are called, and what is said when there is none."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableWords:
    """What a table is called, what its rows are, the order at first, and what is said when there is none.

    ``id`` names what is remembered of it; ``sort`` blank is the order in which the rows come; without a
    ``filter_prompt`` there is no filter, and ``typed`` carries the letters that are typed into the table.
    """

    id: str
    title: str
    one: str
    several: str
    sort: str
    empty_heading: str
    empty_sentence: str
    empty_button: str = ""
    filter_prompt: str = ""
    descending: bool = False
