"""Kills a writing process and cuts its power at random moments, and looks for lost edits after each.

    python3 dev.py soak [--kills N] [--cuts N] [--flips] [--seed S] [--first N] [--sync-off]

Each kill is a real SIGKILL. Power cuts are simulated on a record of what SQLite wrote and synced
(soak_disk.py). After each, every acknowledged edit must be there, the one under way be there whole or not at
all, nothing else be there, and ``check`` pass. ``--sync-off`` cuts the power of a writer that syncs nothing,
and must fail. Every round follows from the seed and its number, but for the moment at which a kill meets the
writer: a run that was stopped goes on with ``--seed`` and ``--first``.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import byte_flips
from soak_disk import Event, PowerCut, Recorder, power_cuts
from soak_writer import FILE, Base, Facts, Writer, facts_of, make_base
from workspace_builders import workspaces_in

from audit_app.storage import connection, workspace

ROOT = Path(__file__).resolve().parents[2]
KILLS_ON_ONE = 25  # kills that one workspace lives through, one after the other
CUTS_OF_ONE = 50  # cuts of one record
EDITS_RECORDED = 120
EDITS_BETWEEN_CLOSING = 40
LONGEST_WRITING = 0.2  # seconds
LONGEST_ROUND = 120  # seconds, after which the system ends a run that hangs
_WATCHED = frozenset({FILE, f"{FILE}-wal"})


def say(*lines: str) -> None:
    """Print these lines now."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


@dataclass(slots=True)
class Tally:
    """What was counted: edits acknowledged, and how many kills or cuts met an edit under way."""

    edits: int = 0
    in_the_middle: int = 0

    def add(self, edits: int, under_way: Facts) -> None:
        """One more kill or cut."""
        self.edits += edits
        self.in_the_middle += bool(under_way)

    def __str__(self) -> str:
        return f"{self.in_the_middle} in the middle of an edit, {self.edits} edits acknowledged before"


class Lost(Exception):
    """What a workspace lacks, or has too much, after a kill or a cut."""


def chance_of(*parts: object) -> random.Random:
    """Chance that is the same in every run with the same seed."""
    return random.Random(" ".join(map(str, parts)))


def told(lines: Iterable[str], before: Facts) -> tuple[Facts, Facts]:
    """What must be there by the lines of a writer, and what the edit under way would make true."""
    facts, under_way = dict(before), Facts()
    for line in lines:
        doing: Facts | None = json.loads(line)
        if doing is None:
            facts, under_way = facts | under_way, Facts()
        else:
            under_way = doing
    return facts, under_way


def look(base: Base, facts: Facts, under_way: Facts) -> Facts:
    """Open the workspace again, and see that it holds what it must; returns what it holds. Raises Lost."""
    try:
        session = base.open()
        try:
            found = facts_of(session, base)
            report = workspaces_in(base.app).check(base.path, base.key)
        finally:
            session.close()
    except Exception as error:  # whatever a workspace in disorder leads to
        raise Lost(f"{type(error).__name__}: {error}") from error
    # Opening settles every text that was not: those lines are new, and right if the text is there.
    settled = {f"settled {found[key]}": "there" for key in found if key.endswith(".evidence")}
    candidates = [facts, facts | under_way]
    if not any(found == each | settled for each in candidates):
        raise Lost(
            "; ".join(_differences(found, facts | settled))
            + f"; under way: {sorted(key[:40] for key in under_way)}"
        )
    if not report.ok:
        raise Lost("; ".join(line.sentence for line in report.lines if not line.ok))
    return found


def _differences(found: Facts, facts: Facts) -> list[str]:
    keys = [key for key in facts | found if facts.get(key) != found.get(key)]
    return [
        f"{key[:40]}: {facts.get(key, 'nothing')[:40]} became {found.get(key, 'nothing')[:40]}"
        for key in keys
    ]


# -- Kills -----------------------------------------------------------------------------------------


def _child(deed: Callable[[], None]) -> int:
    """Do something in a process of its own; returns its number."""
    sys.stdout.flush()
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        deed()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _write_on(base: Base, chance: random.Random, number: int, pipe: int) -> NoReturn:
    def tell(facts: Mapping[str, str] | None) -> None:
        line = (json.dumps(facts) + "\n").encode()
        while line:
            line = line[os.write(pipe, line) :]

    for _ in Writer(base.open(), base, chance, number, tell).edits():
        pass
    raise AssertionError("the writer stopped by itself")


def kill_once(base: Base, chance: random.Random, number: int, before: Facts, tally: Tally) -> Facts:
    """Let a process write and kill it; returns what is there then."""
    reading, writing = os.pipe()
    process = _child(lambda: _write_on(base, chance_of(chance.random()), number, writing))
    os.close(writing)
    said = b""
    ends = time.monotonic() + chance.uniform(0, LONGEST_WRITING)
    os.set_blocking(reading, False)
    while (left := ends - time.monotonic()) > 0:
        with suppress(BlockingIOError):
            said += os.read(reading, 1 << 20)
        time.sleep(min(left, 0.002))
    os.kill(process, signal.SIGKILL)
    _, how = os.waitpid(process, 0)
    os.set_blocking(reading, True)
    while more := os.read(reading, 1 << 20):
        said += more
    os.close(reading)
    if how != signal.SIGKILL:
        raise Lost(f"the writer ended by itself ({how})")
    lines = said.decode().splitlines(keepends=True)
    whole = [line for line in lines if line.endswith("\n")]  # the last may be cut: then it was not begun
    facts, under_way = told(whole, before)
    tally.add(whole.count("null\n"), under_way)
    return look(base, facts, under_way)


def kill_rounds(work: Path, first: Base, seed: str, rounds: range) -> Tally:
    """Kill after kill, to the first that loses something."""
    tally = Tally()
    base, facts = first, Facts()
    for number in rounds:
        signal.alarm(LONGEST_ROUND)
        if number == rounds.start or number % KILLS_ON_ONE == 0:
            base = _copied(first, work / "killed")
            facts = _facts_now(base)
        try:
            facts = kill_once(base, chance_of(seed, "kill", number), number * 1_000, facts, tally)
        except Lost as lost:
            raise Lost(f"kill {number} of seed {seed}: {lost} (kept in {base.folder})") from lost
        _say_how_far("kills", number, rounds)
    return tally


def _copied(base: Base, folder: Path) -> Base:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base.folder, folder)
    return base.in_folder(folder)


def _facts_now(base: Base) -> Facts:
    session = base.open()
    try:
        return facts_of(session, base)
    finally:
        session.close()


def _say_how_far(what: str, number: int, rounds: range) -> None:
    if (number + 1 - rounds.start) % 100 == 0:
        say(f"  {number + 1} {what}")


# -- Power cuts ------------------------------------------------------------------------------------


def record(base: Base, chance: random.Random, target: Path, *, sync_off: bool) -> None:
    """Write in this process, which must end after it, recording all that reaches the disk."""
    recorder = Recorder(_WATCHED)

    def planted(conn: Any, *, read_only: bool) -> Any:
        db = connection.database(conn, read_only=read_only)
        conn.execute("PRAGMA wal_autocheckpoint = 40")  # the log is folded into the file often
        if sync_off:
            conn.execute("PRAGMA synchronous = OFF")
        return db

    vars(workspace)["database"] = planted
    seen = b""

    def witness() -> None:
        nonlocal seen
        now = next((base.app / "workspaces").glob("*.json")).read_bytes()
        if now != seen:
            seen = now
            recorder.events.append(Event("witness", data=now))

    def tell(facts: Mapping[str, str] | None) -> None:
        recorder.events.append(
            Event("doing" if facts is not None else "done", data=json.dumps(facts).encode())
        )
        witness()

    witness()
    number = 0
    while number < EDITS_RECORDED:
        session = base.open()
        witness()
        writer = Writer(session, base, chance, number, tell)
        for _ in zip(range(EDITS_BETWEEN_CLOSING), writer.edits(), strict=False):
            number += 1
        writer.close()
    target.write_bytes(msgspec.msgpack.encode(recorder.events))


def _recorded(base: Base, chance: random.Random, target: Path, *, sync_off: bool) -> list[Event]:
    process = _child(lambda: record(base, chance, target, sync_off=sync_off))
    if os.waitpid(process, 0)[1] != 0:
        raise Lost(f"the writer that was to be recorded failed (kept in {base.folder})")
    return msgspec.msgpack.decode(target.read_bytes(), type=list[Event])


def look_after_cut(base: Base, cut: PowerCut, before: Facts, tally: Tally) -> None:
    """Put on the disk what a cut left, and look at it. Raises Lost."""
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
        base.path.with_name(name).unlink(missing_ok=True)
    for name, content in cut.files.items():
        base.path.with_name(name).write_bytes(content)
    witnesses = [event.data for event in cut.told if event.kind == "witness"]
    (target,) = (base.app / "workspaces").glob("*.json")
    target.write_bytes(witnesses[-1])
    facts, under_way = told([event.data.decode() for event in cut.told if event.kind != "witness"], before)
    tally.add(sum(event.kind == "done" for event in cut.told), under_way)
    look(base, facts, under_way)


def cut_rounds(
    work: Path, first: Base, seed: str, rounds: range, *, sync_off: bool
) -> tuple[Tally, list[str]]:
    """Cut after cut, to the last; returns what was lost as well."""
    tally, lost = Tally(), []
    for start in range(rounds.start, rounds.stop, CUTS_OF_ONE):
        signal.alarm(LONGEST_ROUND)
        base = _copied(first, work / "cut")
        before = _facts_now(base)
        files = {FILE: base.path.read_bytes()}
        chance = chance_of(seed, "cuts", start)
        events = _recorded(base, chance, work / "record", sync_off=sync_off)
        count = min(CUTS_OF_ONE, rounds.stop - start)
        moments = [chance.randrange(1, len(events) + 1) for _ in range(count)]
        for number, cut in enumerate(power_cuts(events, files, moments, chance), start):
            try:
                look_after_cut(base, cut, before, tally)
            except Lost as error:
                lost.append(f"cut {number} of seed {seed}: {error}")
            _say_how_far("power cuts", number, rounds)
    return tally, lost


# -- The command -----------------------------------------------------------------------------------


def main() -> int:
    """Do what the command line asks; 1 where an edit was lost or a flipped byte not named rightly."""
    asked = _arguments()
    work: Path = asked.folder / str(os.getpid())
    say(f"seed {asked.seed}")
    try:
        failed = _soak(work, asked)
    except Lost as lost:
        say(f"LOST: {lost}")
        return 1
    if not failed:
        shutil.rmtree(work, ignore_errors=True)
    return int(failed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=1_000, help="how many real kills")
    parser.add_argument("--cuts", type=int, default=1_000, help="how many simulated power cuts")
    parser.add_argument("--flips", action="store_true", help="flip bytes of a closed workspace as well")
    parser.add_argument("--seed", default=str(random.SystemRandom().randrange(1_000_000)))
    parser.add_argument("--first", type=int, default=0, help="the number of the first round")
    parser.add_argument("--sync-off", action="store_true", help="record with nothing synced: this must fail")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "soak", help="where to work")
    return parser.parse_args()


def _soak(work: Path, asked: argparse.Namespace) -> bool:
    """Whether anything is wrong."""
    base = make_base(work / "base")
    failed = False
    began = time.monotonic()
    kills = range(asked.first, asked.kills)
    if kills and not asked.sync_off:
        tally = kill_rounds(work, base, asked.seed, kills)
        say(f"{len(kills)} kills, {tally}, none lost, {time.monotonic() - began:.0f} s")
    began = time.monotonic()
    cuts = range(asked.first, asked.cuts)
    if cuts:
        tally, lost = cut_rounds(work, base, asked.seed, cuts, sync_off=asked.sync_off)
        seconds = time.monotonic() - began
        say(f"{len(cuts)} power cuts, {tally}, {len(lost)} lost, {seconds:.0f} s")
        say(*lost[:10])
        failed = bool(lost)
    signal.alarm(0)
    if asked.flips:
        began = time.monotonic()
        flips, wrong = byte_flips.sweep(work / "flips", chance_of(asked.seed, "flips"))
        say(f"{flips} flipped bytes, {len(wrong)} not named rightly, {time.monotonic() - began:.0f} s")
        say(*wrong[:10])
        failed = failed or bool(wrong)
    return failed


if __name__ == "__main__":
    sys.exit(main())
