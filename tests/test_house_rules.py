"""The rules of this house that a machine can check. Each says what to do instead, and is tried on a planted fault."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
MADE_BY_TOOLS = {"build", "dist", "screenshots", "bench-results"}
CONTRACT_BROKEN = re.compile(r"^(.+) BROKEN", re.MULTILINE)
MEGABYTE = 1_000_000

Rule = Callable[[str, str], Iterator[str]]


def files() -> list[str]:
    """Every file of the project, as its path from the project's folder; what tools make is left out."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        hidden = {name for name in folders if name.startswith(".") and name != ".ci"}
        made = MADE_BY_TOOLS if Path(folder) == ROOT else set()
        folders[:] = sorted(set(folders) - hidden - made - {"__pycache__"})
        found += [(Path(folder) / name).relative_to(ROOT).as_posix() for name in sorted(names)]
    return found


def texts() -> dict[str, str]:
    """Every file that is text, by its path."""
    found = {}
    for path in files():
        try:
            found[path] = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


# -- The rules: each is given a path and a text, and yields what is wrong with what to do instead ----


def is_ours(path: str) -> bool:
    """Whether a path is code of the program itself."""
    return path.startswith("audit_app/") and path.endswith(".py")


def lines_matching(pattern: str, text: str) -> Iterator[str]:
    """The numbers of the lines on which something that matches begins."""
    for match in re.finditer(pattern, text, re.MULTILINE):
        yield f"line {text.count(chr(10), 0, match.start()) + 1}"


def files_fit_in_the_head(path: str, text: str) -> Iterator[str]:
    lines = text.count("\n")
    if is_ours(path) and lines > 400:
        yield f"{lines} lines: look for the second thing it does and move that to a file of its own (300 or so; 400 at most)"


def modules_say_what_they_are(path: str, text: str) -> Iterator[str]:
    if is_ours(path) or (path.startswith("tests/") and path.endswith(".py")):
        docstring = ast.get_docstring(ast.parse(text)) or ""
        if not docstring.partition("\n\n")[0].rstrip().endswith((".", "?")):
            yield "no sentence on top: begin the module with a docstring of one sentence that says what it is"


def imports(text: str) -> Iterator[tuple[int, str]]:
    """Every module that a text imports, with its line."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def core_stands_alone(path: str, text: str) -> Iterator[str]:
    if not path.startswith("audit_app/core/"):
        return
    for line, module in imports(text):
        room = module.partition(".")[0]
        if room in {"os", "io", "shutil", "tempfile", "socket", "subprocess", "logging", "sqlite3"}:
            yield f"line {line} imports {module}: core does no I/O; do it in the room that does"
        elif room not in sys.stdlib_module_names and not module.startswith("audit_app.core"):
            yield f"line {line} imports {module}: core stands on the standard library alone"
    for line in lines_matching(r"(?<![\w.])open\(", text):
        yield f"{line} opens a file: core does no I/O; do it in forms, storage, exchange or reports"


def project() -> dict[str, Any]:
    """What pyproject.toml says of the project."""
    stated: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return stated


def names_of(requirements: Iterable[str]) -> set[str]:
    """The names in lines of requirements, written as imports are."""
    return {re.split(r"[^\w-]", line)[0].replace("-", "_") for line in requirements if re.match(r"\w", line)}


def packages_declared() -> set[str]:
    """What the program may import, by pyproject.toml: its own dependencies, never those of development."""
    names = {name.removesuffix("_Essentials") for name in names_of(project()["dependencies"])}
    return names | {"audit_app", "shiboken6"}


def packages_are_declared(path: str, text: str) -> Iterator[str]:
    if is_ours(path):
        for line, module in imports(text):
            if module.partition(".")[0] not in packages_declared() | sys.stdlib_module_names:
                yield f"line {line} imports {module}: add its package to dependencies in pyproject.toml, and lock it"


def banned(pattern: str, instead: str, *, within: str = "audit_app/", but: tuple[str, ...] = ()) -> Rule:
    """A rule that a pattern is nowhere in the code under ``within``, but in paths that begin as ``but`` says."""

    def rule(path: str, text: str) -> Iterator[str]:
        if path.startswith(within) and path.endswith(".py") and not path.startswith(but):
            for line in lines_matching(pattern, text):
                yield f"{line}: {instead}"

    return rule


def children_are_children(path: str, text: str) -> Iterator[str]:
    if is_ours(path) or path.startswith("resources/"):
        for line in lines_matching(r"(?i)\bclients?\b", text):
            yield f"{line}: say child or children, or the child's reference"


def no_addresses_of_this_machine(path: str, text: str) -> Iterator[str]:
    # Put together here, so that this file does not match itself.
    index = "|".join(("--(?:extra-)?index" + "-url", "--find" + "-links", "--trusted" + "-host"))
    hosts = "|".join(
        ("pythonhosted" + r"\.org", r"//pypi\." + "org", r"registry\." + "npmjs", "/simp" + "le/")
    )
    folders = "|".join(("/wo" + r"rk/(?:main|shared)", "/ro" + "ot/", r"/ho" + r"me/\w"))
    for line in lines_matching(f"{index}|{hosts}", text):
        yield f"{line} names where packages come from: leave it out, each machine has its own settings"
    for line in lines_matching(folders, text):
        yield f"{line} names a folder of one machine: count paths from the project's folder"
    if path.rpartition("/")[2] in {"uv.lock", "poetry.lock", "Pipfile.lock", "pip.conf"}:
        yield "holds the address of a package index: requirements.txt is the lock"


RULES: dict[str, Rule] = {
    "files fit in the head": files_fit_in_the_head,
    "modules say what they are": modules_say_what_they_are,
    "core stands alone": core_stands_alone,
    "packages are declared": packages_are_declared,
    "tables have models": banned(
        r"\bQ(Table|Tree)Widget\b", "write a model in audit_app/ui/models and show it in a QTableView or QTreeView"
    ),
    "events are not pumped": banned(
        r"\bprocessEvents\b", "hand slow work to audit_app/ui/background.py; its result comes back as an event"
    ),
    "message boxes have one home": banned(
        r"\bQMessageBox\b",
        "call a method of Messages in audit_app/ui/messages.py, or add one there",
        but=("audit_app/ui/messages.py",),
    ),
    "threads have one home": banned(
        r"\b(QThread|QThreadPool|QRunnable|ThreadPoolExecutor|ProcessPoolExecutor)\b|\bthreading\.(Thread|Timer)\b",
        "hand the job to audit_app/ui/background.py, the only place with threads",
        but=("audit_app/ui/background.py",),
    ),
    "slots are named": banned(
        r"\.connect\(\s*(lambda|partial\b|functools\.partial\b)",
        "connect a method with @Slot: a lambda or partial that holds self leaks the widget and may run in the worker",
    ),
    "SQL stays in storage": banned(
        r"\b(SELECT\s[^\"']*\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET|CREATE\s+TABLE|PRAGMA\s)",
        "give the store in audit_app/storage a method that does it",
        but=("audit_app/storage/",),
    ),
    "licences stay clean": banned(
        r"\bQt(Charts|Graphs|DataVisualization|VirtualKeyboard|Quick3D)\b",
        "this module of Qt is GPL; draw charts with reportlab.graphics and show them through SVG",
    ),
    "no connection is opened": banned(
        r"\bQtNetwork\b|\bQtWebEngine\w*|^\s*(import|from) (socket|http|urllib\.request|ssl|requests|httpx)\b",
        "the program opens no connection: what travels is files",
    ),
    "translations can find their text": banned(r"\btr\(\s*f[\"']", "use tr('... {}').format(...): tr() looks the text up as written"),
    "colours follow the theme": banned(
        r"#[0-9a-fA-F]{6}\b|[\"':]\s?#[0-9a-fA-F]{3}\b|\bQt\.GlobalColor\.(?!transparent)",
        "take a palette role, or add a pair for light and dark to audit_app/ui/colours.py",
        within="audit_app/ui/",
        but=("audit_app/ui/colours.py", "audit_app/ui/theme"),
    ),
    "children are children": children_are_children,
    "no addresses of this machine": no_addresses_of_this_machine,
}  # fmt: skip

PLANTED = [
    ("files fit in the head", "audit_app/core/long.py", '"""Long."""\n' + "x = 1\n" * 400),
    ("modules say what they are", "audit_app/core/mute.py", "x = 1\n"),
    ("modules say what they are", "tests/core/test_mute.py", '"""no sentence"""\n'),
    ("core stands alone", "audit_app/core/fat.py", '"""Fat."""\nimport msgspec\n'),
    ("core stands alone", "audit_app/core/fat.py", '"""Fat."""\nfrom audit_app.forms import loader\n'),
    ("core stands alone", "audit_app/core/fat.py", '"""Fat."""\nimport os.path\n'),
    ("core stands alone", "audit_app/core/fat.py", '"""Fat."""\nx = open("x").read()\n'),
    ("packages are declared", "audit_app/services/x.py", "import pypdf.errors\n"),
    ("tables have models", "audit_app/ui/x.py", "from PySide6.QtWidgets import QTableWidget\n"),
    ("events are not pumped", "audit_app/ui/x.py", "app.processEvents()\n"),
    ("message boxes have one home", "audit_app/ui/screens/x.py", "QtWidgets.QMessageBox.warning(self)\n"),
    ("threads have one home", "audit_app/services/x.py", "threading.Thread(target=job).start()\n"),
    ("threads have one home", "audit_app/ui/x.py", "class Job(QRunnable): ...\n"),
    ("slots are named", "audit_app/ui/x.py", "button.clicked.connect(\n    lambda: self.go())\n"),
    ("slots are named", "audit_app/ui/x.py", "button.clicked.connect(functools.partial(self.go, 1))\n"),
    ("SQL stays in storage", "audit_app/services/x.py", 'db.execute("SELECT id FROM audit")\n'),
    ("SQL stays in storage", "audit_app/ui/x.py", 'db.execute("UPDATE audit SET state = 1")\n'),
    ("licences stay clean", "audit_app/ui/x.py", "from PySide6 import QtCharts\n"),
    ("no connection is opened", "audit_app/exchange/x.py", "import urllib.request\n"),
    ("no connection is opened", "audit_app/exchange/x.py", "x = 1\nfrom socket import create_connection\n"),
    ("translations can find their text", "audit_app/ui/x.py", 'self.tr(f"{n} audits")\n'),
    ("colours follow the theme", "audit_app/ui/widgets/x.py", 'QColor("#ff0000")\n'),
    ("colours follow the theme", "audit_app/ui/widgets/x.py", 'setStyleSheet("color: #fff")\n'),
    ("children are children", "resources/forms/x.toml", 'text = "The client was seen"\n'),
    ("no addresses of this machine", "requirements.txt", "--extra-index" + "-url x\n"),
    ("no addresses of this machine", "docs/x.md", "https://pypi." + "org/x\n"),
    ("no addresses of this machine", "tests/x.py", 'open("/wo' + 'rk/shared/data/x")\n'),
    ("no addresses of this machine", "uv.lock", ""),
]
ALLOWED = [
    ("message boxes have one home", "audit_app/ui/messages.py", "QMessageBox(parent)\n"),
    ("threads have one home", "audit_app/ui/background.py", "pool = QThreadPool(self)\n"),
    ("threads have one home", "audit_app/services/x.py", "cancelled: threading.Event\n"),
    ("slots are named", "audit_app/ui/x.py", "button.clicked.connect(self._go)\n"),
    ("core stands alone", "audit_app/core/x.py", '"""X."""\nfrom audit_app.core.form import Form\n'),
    (
        "packages are declared",
        "audit_app/ui/x.py",
        "import font_source_sans_pro, msgspec, PySide6.QtCore, re\n",
    ),
    ("colours follow the theme", "audit_app/ui/x.py", '"""Number #12 of 345 is no colour."""\n'),
    ("no addresses of this machine", "requirements.txt", "# made with --no-emit-index" + "-url\n"),
]


@pytest.mark.parametrize("name", RULES)
def test_the_project_keeps(name: str) -> None:
    """Every file of the project keeps the rule; a failure lists each place and what to do there."""
    broken = [f"{path}: {wrong}" for path, text in texts().items() for wrong in RULES[name](path, text)]
    assert not broken, "\n".join(["", *broken])


@pytest.mark.parametrize(("name", "path", "text"), PLANTED)
def test_a_planted_fault_is_found(name: str, path: str, text: str) -> None:
    assert list(RULES[name](path, text))


@pytest.mark.parametrize(("name", "path", "text"), ALLOWED)
def test_what_is_right_is_left_alone(name: str, path: str, text: str) -> None:
    assert not list(RULES[name](path, text))


def test_every_rule_was_tried_on_a_fault() -> None:
    assert {name for name, _, _ in PLANTED} == set(RULES)


def test_the_lock_holds_every_dependency() -> None:
    wanted = names_of(project()["dependencies"] + project()["optional-dependencies"]["dev"])
    locked = names_of((ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines())
    assert {name.lower() for name in wanted} <= locked, "make requirements.txt anew, as its first lines say"


def too_large(root: Path, paths: list[str]) -> list[str]:
    """The files over a megabyte."""
    return [path for path in paths if (root / path).stat().st_size > MEGABYTE]


def test_no_file_is_over_a_megabyte() -> None:
    assert not too_large(ROOT, files()), "make large data in the test that needs it, from a seed"


def test_a_large_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "large.bin").write_bytes(bytes(MEGABYTE + 1))
    assert too_large(tmp_path, ["large.bin"]) == ["large.bin"]


# -- Import direction, by the contracts in pyproject.toml ----


def contracts_broken(project: Path) -> tuple[set[str], str]:
    """The names of the import contracts that a project breaks, and all that import-linter says."""
    linted = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as lint; lint()",
            "--no-cache",
        ],
        cwd=project,
        env={**os.environ, "COLUMNS": "200", "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    said = linted.stdout + linted.stderr
    broken = set(CONTRACT_BROKEN.findall(said))
    assert (linted.returncode == 0) == (not broken), said
    return broken, said


def test_imports_go_down() -> None:
    broken, said = contracts_broken(ROOT)
    assert not broken, said


def test_each_import_contract_catches_its_fault(tmp_path: Path) -> None:
    """The project, copied, with one wrong import per contract."""
    shutil.copytree(ROOT / "audit_app", tmp_path / "audit_app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = {
        "core/planted.py": "import audit_app.services",
        "ui/planted.py": "import audit_app.storage",
        "services/planted.py": "def later():\n    import PySide6.QtCore, sqlcipher3, reportlab.pdfgen",
        "ui/screens/planted_a.py": "import audit_app.ui.screens.planted_b",
        "ui/screens/planted_b.py": "",
    }
    for path, text in planted.items():
        (tmp_path / "audit_app" / path).write_text(text)
    broken, said = contracts_broken(tmp_path)
    names = re.findall(
        r'^name = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert broken == {name for name in names if name not in {"audit-app", "audit_app"}}, said


# -- What the command line and the window load before anybody asked for anything ----

HEAVY = ("reportlab", "openpyxl", "numpy", "PIL", "pypdf", "hypothesis", "pytest")


def heavy_after(code: str, folder: Path = ROOT) -> list[str]:
    """The heavy libraries that are loaded once some code has run, in a process of its own."""
    code += f"\nimport sys; print(*[name for name in {HEAVY} if name in sys.modules])"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.split()


@pytest.mark.parametrize("module", ["audit_app.cli", "audit_app.app", "audit_app.ui.main_window"])
def test_starting_up_loads_nothing_heavy(module: str) -> None:
    assert not heavy_after(f"import {module}"), "import it in the function that needs it"


def test_a_heavy_import_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text("import openpyxl")
    assert "openpyxl" in heavy_after("import planted", tmp_path)


def test_ruff_says_what_to_use_instead() -> None:
    """The names banned in pyproject.toml reach code of the program, with their sentence."""
    planted = "import sqlite3\nfrom PySide6.QtWidgets import QMessageBox\nprint(sqlite3, QMessageBox)\n"
    linted = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--stdin-filename", "audit_app/ui/planted.py", "-"],
        input=planted,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "use sqlcipher3" in linted.stdout
    assert "audit_app/ui/messages.py" in linted.stdout
    assert "T201" in linted.stdout
