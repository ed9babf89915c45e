"""Learners, attempts and their calls in a SQLite file: what the simulated LMS remembers between runs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from scormgen.problems.report import Failure

How = Literal["resume", "first", "review", "browse"]
HOWS: tuple[How, ...] = get_args(How)
Lms = Literal["strict", "moodle", "openedx"]
LMSS: tuple[Lms, ...] = get_args(Lms)
_FIRST_LEARNERS = ("Example, Alex", "Sample, Sam")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS learner (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS attempt (
  id INTEGER PRIMARY KEY, course TEXT NOT NULL, sco TEXT NOT NULL, learner INTEGER NOT NULL REFERENCES learner,
  mode TEXT NOT NULL, sessions INTEGER NOT NULL, data TEXT NOT NULL, lms TEXT NOT NULL DEFAULT 'strict');
CREATE TABLE IF NOT EXISTS call (
  attempt INTEGER NOT NULL REFERENCES attempt, session INTEGER NOT NULL, number INTEGER NOT NULL, call TEXT NOT NULL,
  PRIMARY KEY (attempt, session, number));
"""
# Records from before there was more than one LMS.
_ADD_LMS = "ALTER TABLE attempt ADD COLUMN lms TEXT NOT NULL DEFAULT 'strict'"
# Elements that a session leaves for itself only.
_SPENT = ("cmi.core.exit", "cmi.core.session_time", "cmi.core.entry")


@dataclass(frozen=True, slots=True)
class Launch:
    """A session about to begin: what the LMS gives to the SCO."""

    attempt: int
    session: int
    data: Mapping[str, str]
    learner: Mapping[str, str]  # id, name, mastery score and mode, for an LMS that works out the rest of the data


_PATIENCE = 1.0  # seconds to wait for another preview of the same records: the page of the learner waits, too


class Store:
    """The LMS's records. Raises Failure if the file cannot be used, and sqlite3.Error if that comes later."""

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            ignore = path.parent / ".gitignore"
            if not ignore.exists():
                ignore.write_bytes(b"*\n")
            self._db = sqlite3.connect(path, _PATIENCE, isolation_level=None, check_same_thread=False)
            # A commit of a course must not wait for the disk; after a power cut, the last seconds may be lost.
            self._db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;" + _SCHEMA)
            if "lms" not in {row[1] for row in self._db.execute("PRAGMA table_info(attempt)")}:
                self._db.execute(_ADD_LMS)
            if not self.learners():
                for name in _FIRST_LEARNERS:
                    self.add_learner(name)
        except (OSError, sqlite3.Error) as error:
            # A full disk or a lock is temporary; a damaged file, or one that is not a database, is not.
            damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
            raise Failure(f"{path} cannot be used: {error}{'; delete it to start again' if damaged else ''}") from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Several statements in one transaction: no other preview writes between them, and if one fails, none has an
        effect.
        """
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # SQLite has already ended it if the disk is full
                self._db.execute("ROLLBACK")
            raise

    def learners(self) -> list[dict[str, Any]]:
        return [{"id": row[0], "name": row[1]} for row in self._db.execute("SELECT id, name FROM learner ORDER BY id")]

    def add_learner(self, name: str) -> dict[str, Any]:
        number = self._db.execute("INSERT INTO learner (name) VALUES (?)", (name,)).lastrowid
        return {"id": number, "name": name}

    def launch(
        self, course: str, sco: str, learner: int, how: How, mastery: str, suspend_data: str | None, lms: Lms = "strict"
    ) -> Launch:
        """Begins a session: in the last attempt that counts in this LMS, or in a new one. `suspend_data` replaces
        the stored one.
        """
        with self._writing():
            return self._begin(course, sco, learner, how, mastery, suspend_data, lms)

    def _begin(
        self, course: str, sco: str, learner: int, how: How, mastery: str, suspend_data: str | None, lms: Lms
    ) -> Launch:
        name = self._db.execute("SELECT name FROM learner WHERE id = ?", (learner,)).fetchone()
        if name is None:
            raise LookupError(f"there is no learner {learner}")
        row = None
        if how in ("resume", "review"):
            row = self._db.execute(
                "SELECT id, sessions, data FROM attempt WHERE course = ? AND sco = ? AND learner = ? AND lms = ? AND"
                " mode != 'browse' ORDER BY id DESC",
                (course, sco, learner, lms),
            ).fetchone()
        mode = how if how in ("review", "browse") else "normal"
        if row is None:
            attempt = self._db.execute(
                "INSERT INTO attempt (course, sco, learner, mode, sessions, data, lms) VALUES (?, ?, ?, ?, 0, '{}', ?)",
                (course, sco, learner, mode, lms),
            ).lastrowid
            row = (attempt, 0, "{}")
        attempt, sessions, kept = int(row[0] or 0), int(row[1]) + 1, _data(row[2])
        who = {"id": f"learner-{learner}", "name": name[0], "mastery": mastery, "mode": mode}
        if lms == "strict":
            data = _concluded(kept, who, sessions, suspend_data)
        else:
            handed_in = (
                {"cmi.suspend_data": suspend_data, "cmi.core.exit": "suspend"} if suspend_data is not None else {}
            )
            data = ({"cmi.core.lesson_status": "incomplete"} if handed_in else {}) | kept | handed_in
        self._db.execute(
            "UPDATE attempt SET sessions = ?, data = ? WHERE id = ?", (sessions, json.dumps(data), attempt)
        )
        return Launch(attempt, sessions, data, who)

    def commit(self, attempt: int, changes: Mapping[str, str]) -> None:
        """Stores the values of a commit. Raises LookupError if there is no such attempt."""
        with self._writing():
            row = self._db.execute("SELECT data FROM attempt WHERE id = ?", (attempt,)).fetchone()
            if row is None:
                raise LookupError(f"there is no attempt {attempt}")
            data = json.dumps(_data(row[0]) | dict(changes))
            self._db.execute("UPDATE attempt SET data = ? WHERE id = ?", (data, attempt))

    def add_calls(self, attempt: int, session: int, calls: Sequence[Mapping[str, Any]]) -> None:
        rows = [(attempt, session, int(call["number"]), json.dumps(call)) for call in calls]
        with self._writing():
            self._db.executemany("INSERT OR REPLACE INTO call VALUES (?, ?, ?, ?)", rows)

    def attempt(self, attempt: int) -> dict[str, Any] | None:
        """All of an attempt, for a download: its data model and the calls of its sessions."""
        row = self._db.execute(
            "SELECT course, sco, learner, mode, sessions, data FROM attempt WHERE id = ?", (attempt,)
        ).fetchone()
        if row is None:
            return None
        calls = self._db.execute(
            "SELECT session, call FROM call WHERE attempt = ? ORDER BY session, number", (attempt,)
        ).fetchall()
        return {
            "attempt": attempt,
            "course": row[0],
            "sco": row[1],
            "learner": row[2],
            "mode": row[3],
            "sessions": row[4],
            "data": _data(row[5]),
            "calls": [{"session": session, **_data(call)} for session, call in calls],
        }

    def standing(self, course: str, sco: str, learner: int) -> dict[str, str]:
        """Status and score of a learner's last attempt that counts, as a catalogue shows them."""
        row = self._db.execute(
            "SELECT data FROM attempt WHERE course = ? AND sco = ? AND learner = ? AND mode != 'browse' ORDER BY id"
            " DESC",
            (course, sco, learner),
        ).fetchone()
        data = _data(row[0]) if row else {}
        return {
            "status": data.get("cmi.core.lesson_status", "not attempted"),
            "score": data.get("cmi.core.score.raw", ""),
            "total_time": data.get("cmi.core.total_time", ""),
        }

    def close(self) -> None:
        self._db.close()


def _data(text: str) -> dict[str, Any]:
    """The values of a record. Raises sqlite3.DatabaseError if the file is damaged, or was written by another
    program.
    """
    try:
        data = json.loads(text)
    except (ValueError, TypeError):
        data = None
    if not isinstance(data, dict):
        raise sqlite3.DatabaseError("a record in it is damaged")
    return data


def _concluded(kept: dict[str, str], who: Mapping[str, str], sessions: int, suspend_data: str | None) -> dict[str, str]:
    """The data that the strict LMS gives to a session, based on what the last session left."""
    entry = kept.get("cmi.core.entry", "") if sessions > 1 else "ab-initio"
    if suspend_data is not None:
        kept = {"cmi.core.lesson_status": "incomplete"} | kept | {"cmi.suspend_data": suspend_data}
        entry = "resume"
    return {key: value for key, value in kept.items() if key not in _SPENT} | {
        "cmi.core.student_id": who["id"],
        "cmi.core.student_name": who["name"],
        "cmi.core.entry": entry,
        "cmi.core.lesson_mode": who["mode"],
        "cmi.core.credit": "credit" if who["mode"] == "normal" else "no-credit",
        "cmi.student_data.mastery_score": who["mastery"],
    }
