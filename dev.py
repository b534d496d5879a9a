"""Everything a developer runs, with Python's standard library alone.

    python3 dev.py demo         make the sample workspace and its reports, and open the window
    python3 dev.py test         every check there is; more arguments go to pytest
    python3 dev.py setup        make or renew the environment in .venv, and nothing else
    python3 dev.py build        a folder that runs without Python, in dist/audit-app
    python3 dev.py bench        measure against the limits; names choose which
    python3 dev.py soak         kill a writing program and cut its power 2,000 times, and look for lost
                                edits; --flips flips bytes as well
    python3 dev.py screenshots  every screen as a picture, in screenshots/

Each command first does what setup does, at once when there is nothing to do.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Audit App needs Python 3.11 or newer, and this is %d.%d. Run dev.py with a newer one."
        % sys.version_info[:2]
    )

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sysconfig
import tomllib
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if sys.platform == "win32" else "bin")
EXE = ".exe" if sys.platform == "win32" else ""
PYTHON = BIN / f"python{EXE}"
LOCK = ROOT / "requirements.txt"
PYTHON_SHORT = f"python3.{sys.version_info.minor}"

# The packages of Debian and Ubuntu that hold what Qt is linked to. The first are needed for anything at all,
# the second for a window on a real screen.
QT_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libGLdispatch.so.0": "libglvnd0",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
WINDOW_PACKAGES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def say(sentence: str) -> None:
    """Print a sentence now, before what a started program prints."""
    print(sentence, flush=True)


def run(*command: str | Path, env: dict[str, str] | None = None) -> int:
    """Run a command in the project's folder and return its exit code."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode


# -- The system's own packages ---------------------------------------------------------------------


def is_root() -> bool:
    """Whether this may change the system without asking."""
    return sys.platform != "win32" and os.geteuid() == 0


def install_packages(packages: list[str]) -> bool:
    """Install Debian packages where that is allowed without asking; say whether it was done."""
    if shutil.which("apt-get") is None:
        return False
    if not is_root() and not (shutil.which("sudo") and run_quietly("sudo", "-n", "true")):
        return False
    say(f"Installing {' '.join(packages)} from the system's packages.")
    apt = [*([] if is_root() else ["sudo", "-n"]), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    # A minimal system has no package lists until they are asked for.
    return run_quietly(*install) or (run_quietly(*apt, "update") and run_quietly(*install))


def run_quietly(*command: str) -> bool:
    """Whether a command succeeds; it shows nothing and can ask nothing."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0


def how_to_install(packages: list[str]) -> str:
    """The one line a person runs where this program may not install packages itself."""
    if shutil.which("apt-get") is None:
        return f"Install what your system calls these packages of Debian: {' '.join(packages)}"
    apt = "apt-get" if is_root() else "sudo apt-get"
    line = f"{apt} update && {apt} install -y {' '.join(packages)}"
    return f"Run this line, then the same command again:\n  {line}"


def has_fonts() -> bool:
    """Whether there is a font to write text on the screen with."""
    folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
    return any(any(folder.rglob("*.[to]t[fc]")) for folder in folders)


def packages_missing(holders: dict[str, str]) -> list[str]:
    """The packages of those shared libraries that the system's linker does not know."""
    ldconfig = shutil.which("ldconfig") or shutil.which("ldconfig", path="/sbin:/usr/sbin")
    if ldconfig is None:
        return []
    known = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=False).stdout.split()
    return sorted({package for library, package in holders.items() if library not in known})


def set_up_system(*, on_screen: bool) -> None:
    """See that there is what pip cannot bring: ensurepip, Qt's libraries and, for a real screen, a font."""
    needed: list[str] = []
    wished: list[str] = []
    if importlib.util.find_spec("ensurepip") is None and not PYTHON.exists():
        needed.append(f"{PYTHON_SHORT}-venv")
    if sys.platform.startswith("linux"):
        needed += packages_missing(QT_PACKAGES)
        wished += packages_missing(WINDOW_PACKAGES) if on_screen else []
        wished += ["fonts-dejavu-core"] if on_screen and not has_fonts() else []
    if not (needed or wished) or install_packages(needed + wished):
        return
    if needed and not install_packages(needed):
        sys.exit(f"\nThe system lacks what this stands on. {how_to_install(needed + wished)}")
    if wished:
        say(f"\nA window on a real screen needs more of the system. {how_to_install(wished)}\n")


# -- The environment -------------------------------------------------------------------------------


def make_venv() -> None:
    """Make an empty .venv, unless there is one for this Python or it is the one running this."""
    if Path(sys.prefix).resolve() == VENV:
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    usable = PYTHON.exists() and run_quietly(
        str(PYTHON), "-c", f"import pip, sys; sys.exit('%d.%d' % sys.version_info[:2] != '{version}')"
    )
    if not usable and run(sys.executable, "-m", "venv", "--clear", VENV) != 0:
        sys.exit("The environment in .venv could not be made; the lines above say why.")


def setup(_arguments: list[str]) -> int:
    """Make .venv as the lock says, unless it is so already, and see that Qt can run in it."""
    stamp = VENV / "made-from.txt"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    recipe = f"{LOCK.read_text(encoding='utf-8')} {project} {VENV} {PYTHON_SHORT}"
    wanted = hashlib.sha256(recipe.encode()).hexdigest()
    made = PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted
    set_up_system(on_screen=not made)
    if not made:
        stamp.unlink(missing_ok=True)
        say("Making the environment in .venv (nearly a gigabyte; a minute or so).")
        make_venv()
        pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        if run(*pip, "--require-hashes", "-r", LOCK) != 0 or run(
            *pip, "--no-index", "--no-build-isolation", "--no-deps", "--editable", ROOT
        ):
            sys.exit(
                "The environment is not complete; the lines above say why. Run the command again when mended."
            )
        stamp.write_text(wanted)
    return 0


# -- The commands ----------------------------------------------------------------------------------


def demo(arguments: list[str]) -> int:
    """Make the sample workspace and its reports, and open the window; paths count from where one is."""
    return subprocess.run([PYTHON, "-m", "audit_app", "demo", *arguments], check=False).returncode


def test(arguments: list[str]) -> int:
    """Run every check, all of them even when one fails; arguments go to pytest."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    checks: dict[str, list[str]] = {
        "ruff check": ["ruff", "check", "."],
        "ruff format (mend it with: .venv/bin/ruff format .)": ["ruff", "format", "--check", "."],
        "mypy --strict": ["mypy"],
        "mypy --strict, as on Windows": ["mypy", "--platform", "win32", "--cache-dir", ".mypy_cache/windows"],
        "pytest": ["pytest", *arguments],
    }
    failed = []
    for name, command in checks.items():
        say(f"\n== {name}")
        if run(PYTHON, "-m", *command, env=env) != 0:
            failed.append(name)
    say(f"\nFailed: {'; '.join(failed)}." if failed else "\nEvery check passed.")
    return 1 if failed else 0


def build(_arguments: list[str]) -> int:
    """Make dist/audit-app by build.spec, and let what was built check itself."""
    if sys.platform.startswith("linux"):
        packages = ["binutils"] if shutil.which("objdump") is None else []
        library = sysconfig.get_config_var("INSTSONAME")
        if not Path(sysconfig.get_config_var("LIBDIR"), library).exists():
            packages += packages_missing({library: f"lib{PYTHON_SHORT}"})
        if packages and not install_packages(packages):
            sys.exit(f"\nPyInstaller needs more of the system. {how_to_install(packages)}")
    if run(PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "build.spec") != 0:
        return 1
    built = ROOT / "dist" / "audit-app"
    size = sum(file.stat().st_size for file in built.rglob("*") if file.is_file() and not file.is_symlink())
    say(f"Built {built} ({size / 1_000_000:.0f} MB); it now checks itself.")
    return run(built / f"audit-app{EXE}", "self-check")


def bench(arguments: list[str]) -> int:
    """Measure against the limits."""
    return run(PYTHON, ROOT / "tests" / "benchmarks" / "run.py", *arguments)


def soak(arguments: list[str]) -> int:
    """Kill a writing program and cut its power, and look for lost edits."""
    return run(PYTHON, ROOT / "tests" / "soak" / "soak.py", *arguments)


def screenshots(arguments: list[str]) -> int:
    """Take a picture of every screen."""
    return run(PYTHON, ROOT / "tests" / "screenshots" / "take.py", *arguments)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    command.__name__: command for command in (demo, test, setup, build, bench, soak, screenshots)
}


def main() -> int:
    """Do what the command line asks; the exit code of what was run."""
    name, arguments = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("", [])
    if name not in COMMANDS:
        print(__doc__)
        return 0 if name in ("-h", "--help") else 2
    if name != "setup":
        setup([])
    return COMMANDS[name](arguments)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
