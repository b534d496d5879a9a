"""Ways to break a form: what is replaced by what, the line that is at fault, and the words that mend it."""

from pathlib import Path

FOLDER = Path(__file__).parents[2] / "resources" / "forms"
FULL = (FOLDER / "six-domains-4.toml").read_text(encoding="utf-8")
SHORT = (FOLDER / "dip-sample.toml").read_text(encoding="utf-8")


def a_section(text: str, heading: str, start: str) -> str:
    """The section with this heading whose text begins with ``start``, up to the next blank line."""
    return text[text.index(f"{heading}\n{start}") :].split("\n\n", 1)[0]


VISITS = 'text = "Visits are written up in time'
BREAKS = {
    # keys
    "a misspelt key": (
        VISITS,
        'txetxt = "Visits',
        "txetxt",
        "“txetxt” is not a key here; did you mean “text”?",
    ),
    "a key of another place": (
        VISITS,
        f'colour = "red"\n{VISITS}',
        "colour",
        "“colour” is not a key here; known here: id, text, help, dated",
    ),
    "a hash of its own": (
        "version = 1",
        'version = 1\ncontent_hash = "00"',
        "content_hash",
        "“content_hash” is not a key here; known here: id, version",
    ),
    "a misspelt section": ("[requires]", "[requiers]", "[requiers]", "did you mean “requires”?"),
    "a missing text": (
        "[[domains.standards]]\n",
        '[[domains.standards]]\nid = "extra"\n\n[[domains.standards]]\n',
        "[[domains.standards]]",
        '“text” is missing here; add: text = "…"',
    ),
    "a missing version": (
        "version = 1\n",
        "",
        "# A questionnaire",
        "“version” is missing here; add: version = 1",
    ),
    "a missing section": (
        a_section(FULL, "[asks]", "texts"),
        "",
        "# A questionnaire",
        "“asks” is missing here; add a section [asks]",
    ),
    "a missing key in a section": (
        'success = "good"\n',
        "",
        "[scale]",
        '“success” is missing here; add: success = "…"',
    ),
    # types
    "a number as text": (
        "version = 1",
        'version = "1"',
        'version = "1"',
        "“version” must be a whole number, without quotation marks",
    ),
    "a truth as a number": (
        "version = 1",
        "version = true",
        "version = true",
        "“version” must be a whole number",
    ),
    "text as a number": (
        'title = "Voice"',
        "title = 7",
        "title = 7",
        "“title” must be text in quotation marks",
    ),
    "a truth as text": (
        "feedback = true",
        'feedback = "yes"',
        "feedback =",
        "“feedback” must be true or false, without quotation marks",
    ),
    "text as a list": (
        'people = ["worker", "child", "parent", "carer"]',
        'people = "worker"',
        'people = "worker"',
        '“people” must be a list such as ["one", "two"]',
    ),
    "a number in a list": (
        'texts = ["evidence", ',
        'texts = [\n"evidence",\n7,',
        "7,",
        "“texts” must be text in quotation marks",
    ),
    "one section where there are several": (
        a_section(FULL, "[[case_questions]]", 'id = "age"'),
        a_section(FULL, "[[case_questions]]", 'id = "age"') + '\noptions = "none"',
        'options = "none"',
        "“options” must be given as [[case_questions.options]] sections",
    ),
    "an unknown shape": (
        'shape = "circle"',
        'shape = "hexagon"',
        "hexagon",
        "“shape” must be one of “circle”, “triangle”, “square”, “star”",
    ),
    "a prompt without quotation marks round its key": (
        '"audit.due"',
        "audit.due",
        "audit.due =",
        "“audit” must be text in quotation marks; for “audit.due” put quotation marks around the whole key",
    ),
    # text
    "an id with capitals": (
        'id = "visits"',
        'id = "Visits"',
        'id = "Visits"',
        "“id” must be made of lower case",
    ),
    "an id with a dot": (
        'id = "visits"',
        'id = "visits.own"',
        "visits.own",
        "“id” must be made of lower case",
    ),
    "an empty id": ('id = "visits"', 'id = ""', 'id = ""', "“id” must be made of lower case"),
    "a long id": (
        'id = "visits"',
        f'id = "{"v" * 41}"',
        "vvv",
        "“id” is too long: 41 characters, and 40 is the most",
    ),
    "a long standard": (
        VISITS,
        f'text = "{"Long " * 20}Visits',
        "Long Long",
        "“text” is too long: 143 characters, and 90 is the most",
    ),
    "a long short form": (
        'short = "Outst"',
        'short = "Outstanding"',
        'short = "Outstanding"',
        "“short” is too long: 11 characters, and 8 is the most",
    ),
    "a blank text": (
        'asks = "Is the child seen',
        'asks = ""  # "Is the child seen',
        'asks = ""',
        "“asks” is blank; write something between the quotation marks",
    ),
    "a blank descriptor": (
        'good = "The child is seen',
        'good = " " # "The child is seen',
        'good = " "',
        "“good” is blank",
    ),
    "a control character": (
        VISITS,
        'text = "Visits\\u0007 are',
        "\\u0007",
        "“text” holds a character that cannot be",
    ),
    "a hidden turn of direction": (
        VISITS,
        'text = "Visits\u202e are',
        "\u202e",
        "“text” holds a character that cannot",
    ),
    "a line break": (
        'asks = "Is the child seen',
        'asks = """Is\nthe child seen"""  # "',
        'asks = """Is',
        "“asks” holds a line break; put it on one line",
    ),
    "a space at the end": (
        'title = "Planning"',
        'title = "Planning "',
        "Planning ",
        "“title” starts or ends with a space; take it out",
    ),
    # the scale
    "version nought": ("version = 1", "version = 0", "version = 0", "“version” starts at 1"),
    "a digit twice": ("key = 3", "key = 2", ("key = 2", 2), "“2” is used twice; give each grade its own key"),
    "a grade twice": (
        'id = "inadequate"',
        'id = "good"',
        ('id = "good"', 2),
        "“good” is used twice; give each grade its own id",
    ),
    "a shape twice": (
        'shape = "square"',
        'shape = "circle"',
        ('shape = "circle"', 2),
        "“circle” is used twice; give each grade its own shape",
    ),
    "Good on another digit": (
        "key = 1",
        "key = 5",
        "key = 5",
        "“key” must be 1 here: that digit is always Good",
    ),
    "another grade on Good's digit": (
        "key = 4",
        "key = 1",
        "key = 1",
        "1 is always Good; give Outstanding another digit",
    ),
    "the digit of not graded": ("key = 4", "key = 0", "key = 0", "“key” must be a digit from 1 to 9"),
    "a grade called not graded": (
        'id = "inadequate"',
        'id = "not_graded"',
        'id = "not_graded"',
        "“not_graded” is kept for domains without a grade; choose another id",
    ),
    "success outside the scale": (
        'success = "good"',
        'success = "goood"',
        "goood",
        "“goood” is not a grade of this scale; did you mean “good”?",
    ),
    # the rule
    "a limit on an unknown grade": (
        'grade = "inadequate"',
        'grade = "inadequat"',
        '"inadequat"',
        "“inadequat” is not a grade of this scale; did you mean “inadequate”?",
    ),
    "a limit that gives an unknown grade": (
        'gives = "inadequate"',
        'gives = "poor"',
        '"poor"',
        "“poor” is not a grade of this scale; known here: outstanding, good, requires_improvement, inad",
    ),
    "a limit without an unknown grade": (
        'none_of = ["requires_improvement", ',
        'none_of = ["ri",',
        '"ri"',
        "“ri” is not a grade of this scale",
    ),
    "an unknown grade otherwise": (
        'otherwise = "good"',
        'otherwise = "average"',
        '"average"',
        "“average” is not a grade",
    ),
    "a limit no form can reach": (
        "at_least = 4",
        "at_least = 7",
        "at_least = 7",
        "“at_least” must be from 1 to 6, the number of domains",
    ),
    # what is asked and required
    "an unknown text": (
        'texts = ["evidence", ',
        'texts = ["evidense", ',
        "evidense",
        "“evidense” is not a text that can be asked; did you mean “evidence”?",
    ),
    "an unknown person": (
        'people = ["worker", ',
        'people = ["teacher", ',
        "teacher",
        "“teacher” is not someone whose views are sought; known here: worker, child, parent, carer",
    ),
    "a person twice": (
        'people = ["worker", ',
        'people = ["worker", "worker", ',
        "people =",
        "“worker” is there twice; take one out",
    ),
    "required and not asked": (
        "actions = true",
        "actions = false",
        "action_below = true",
        "“action_below” needs actions = true under [asks], or action_below = false here",
    ),
    # domains
    "an unknown domain": (
        'id = "planning"',
        'id = "planing"',
        "planing",
        "“planing” is not one of the six domains; did you mean “planning”?",
    ),
    "a domain twice": ('id = "voice"', 'id = "planning"', ('"planning"', 2), "“planning” is used twice"),
    "a domain left out": (
        FULL[FULL.index('[[domains]]\nid = "voice"') : FULL.index('[[domains]]\nid = "outcomes"')],
        "",
        "[[domains]]",
        "the domain “voice” is missing; add a [[domains]] section for it",
    ),
    "a standard twice": (
        'id = "visits"',
        'id = "up_to_date"',
        ('"up_to_date"', 2),
        "“up_to_date” is used twice; give each standard of a domain its own id",
    ),
    "a descriptor for no grade": (
        'good = "The record',
        'goood = "The record',
        "goood",
        "“goood” is not a grade of this scale; did you mean “good”?",
    ),
    "a descriptor missing": (
        'inadequate = "Key events',
        '# inadequate = "Key events',
        "[domains.descriptors]",
        '“recording” has no descriptor for a grade; add: inadequate = "…"',
    ),
    "an unknown prompt of a domain": (
        'strengths = "What in this record',
        'strenghts = "What in this record',
        "strenghts",
        "“strenghts” is not a text that this form asks; did you mean “strengths”?",
    ),
    "an unknown prompt": (
        '"audit.date" =',
        '"audit.dte" =',
        "audit.dte",
        "“audit.dte” is not a field of this form; did you mean “audit.date”?",
    ),
    # questions about the case
    "a question twice": ('id = "age"', 'id = "gender"', ('id = "gender"', 2), "“gender” is used twice"),
    "a question every form has": (
        'id = "manager"',
        'id = "worker"',
        'id = "worker"',
        "“worker” is asked on every form already; take this question out",
    ),
    "an unknown kind": (
        'kind = "date"',
        'kind = "day"',
        'kind = "day"',
        "“day” is not a kind of question; known here: choice, date, line, text",
    ),
    "a choice of nothing": (
        'kind = "date"',
        'kind = "choice"',
        ("[[case_questions]]", 9),
        "“into_care” is a choice, so it needs two options or more",
    ),
    "options of a date": (
        'label = "Gender"\nkind = "choice"',
        'label = "Gender"\nkind = "date"',
        ("options = [", 2),
        '“gender” has options; write kind = "choice", or take them out',
    ),
    "an option twice": (
        '{ id = "boy"',
        '{ id = "girl"',
        ('id = "girl"', 2),
        "“girl” is used twice; give each option its own id",
    ),
    # not TOML at all
    "a missing quotation mark": (
        'title = "Voice"',
        'title = "Voice',
        'title = "Voice',
        "a quotation mark is missing at the end of this line",
    ),
    "text without quotation marks": (
        'title = "Voice"',
        "title = Voice",
        "title = Voice",
        "this is not a value; put text in quotation marks",
    ),
    "a quotation mark inside text": (
        'title = "Voice"',
        'title = "The "Voice""',
        'The "Voice',
        "something stands after the value; is a quotation mark missing?",
    ),
    "no equals sign": (
        'title = "Voice"',
        'title "Voice"',
        'title "Voice"',
        "an equals sign is missing after the key",
    ),
    "a key twice": (
        'title = "Voice"',
        'title = "Voice"\ntitle = "Voice"',
        ('title = "Voice"', 2),
        "this key is there already; keep one of the two",
    ),
    "a section twice": (
        "[requires]",
        "[asks]",
        ("[asks]", 2),
        "this section is there already; keep one, or write [[ ]] where there are several",
    ),
    "a backslash": (
        'title = "Voice"',
        'title = "Vo\\ice"',
        "Vo\\ice",
        "a backslash has a meaning of its own here",
    ),
}
