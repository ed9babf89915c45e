"""Two built courses whose sources have changed since, and what must hold of them wherever the next build is stopped.

`python -m tests.soak` plays many such builds; test_atomic.py a sample.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.crash import Trial, Zygote

State = Mapping[str, bytes]  # of dist/ and of the locks, without temporaries
_ONE = "# One\n\nText.\n\n### Q: Which? {#which}\n\n- [x] Yes\n  > Right.\n- [ ] No\n  > Wrong.\n"
_NEW = "# New\n\nText.\n"


def parts(root: Path) -> list[str]:
    """The temporaries in a workspace."""
    return sorted(path.name for path in root.rglob("*.part"))


def state(root: Path) -> State:
    files = [path for path in (*(root / "dist").glob("*"), *root.glob("courses/*/course.lock")) if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files if path.suffix != ".part"}


class Sample(NamedTuple):
    """A workspace that was built and has other sources since; what it held, and what it holds after the next build.

    An older version of one course is in dist/ too.
    """

    root: Path
    before: State
    after: State

    def copy(self, to: Path) -> Path:
        return Path(shutil.copytree(self.root, to))


def make_sample(zygote: Zygote, folder: Path) -> Sample:
    root = folder / "sample"
    for name in ("a", "b"):
        course = root / "courses" / name
        course.mkdir(parents=True)
        (course / "course.yml").write_text(f"title: Course {name}\nversion: 0.9\n")
        (course / "02-one.md").write_text(_ONE)
    for version in ("0.9", "1.0"):
        (root / "courses/a/course.yml").write_text(f"title: Course a\nversion: {version}\n")
        assert zygote.run(root).code == 0
    for name in ("a", "b"):
        (root / "courses" / name / "01-new.md").write_text(_NEW)
    sample = Sample(root, state(root), {})
    built = sample.copy(folder / "built")
    assert zygote.run(built).code == 0
    return sample._replace(after=state(built))


def assert_whole(root: Path, sample: Sample) -> bool:
    """What holds at every moment: no half of a file; with SHA256SUMS one build's packages and locks; never a package ahead of its lock.

    Returns whether SHA256SUMS is there.
    """
    now, before, after = state(root), sample.before, sample.after
    for name, content in now.items():
        assert content in (before.get(name), after.get(name)), name
    for course in ("a-1.0", "b-0.9"):
        if now[f"dist/{course}-scorm12.zip"] != before[f"dist/{course}-scorm12.zip"]:
            lock = f"courses/{course[0]}/course.lock"
            assert now[lock] == after[lock], course
    sums = now.get("dist/SHA256SUMS")
    if sums is None:
        return False
    for line in sums.decode().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256(now[f"dist/{name}"]).hexdigest() == digest, name
    assert now in (before, after)
    return True


def kill_and_build(zygote: Zygote, sample: Sample, folder: Path, how: str, at: float) -> str:
    """A build that is killed, what `list` says then, and the next build, which must put everything right.

    Returns what the killed one left: `old`, `new`, or `unfinished`; `done` where it was done before.
    """
    root = sample.copy(folder)
    trial = zygote.run(root, "build", how, at)
    assert trial.code <= 0, trial.err
    whole = assert_whole(root, sample)
    left = (
        "done" if trial.code == 0 else "unfinished" if not whole else "old" if state(root) == sample.before else "new"
    )
    listed = zygote.run(root, "list")
    assert (listed.code, "error[S015]" in listed.err) == ((0, False) if whole else (1, True)), listed
    again = zygote.run(root)
    assert again.code == 0, again.err
    assert (state(root), parts(root)) == (sample.after, [])
    shutil.rmtree(root)
    return left


def refuse(zygote: Zygote, sample: Sample, folder: Path, error: str, at: int) -> Trial:
    """A build that is refused one call. Before the first file is in place nothing has changed; else what is said is what is there."""
    root = sample.copy(folder)
    trial = zygote.run(root, "build", error, at)
    refused = trial.steps[at - 1]
    assert "Traceback" not in trial.err
    if trial.code == 0:  # the names could not be put on the disk: not every file system can
        assert (refused, parts(root)) == ("fsync", [])
        assert state(root) == sample.after
    elif "put in place" in trial.err:
        assert refused == "replace"
        kept = not parts(root)  # no file of dist/ was new, and SHA256SUMS is back
        assert kept or (len(parts(root)), assert_whole(root, sample)) == (1, False)
        new = trial.err.partition("New are: ")[2].partition(". As before")[0]
        assert changed(state(root), sample.before) <= {*_names(new, root)}
        assert zygote.run(root, "list").code == (0 if kept else 1)
    else:
        assert trial.err.startswith(f"scormgen: {root.resolve()}/"), trial.err
        assert (trial.code, parts(root)) == (1, [])
        assert state(root) == sample.before
    assert zygote.run(root).code == 0
    assert (state(root), parts(root)) == (sample.after, [])
    shutil.rmtree(root)
    return trial


def changed(now: State, before: State) -> set[str]:
    return {name for name in now if now[name] != before.get(name)}


def _names(text: str, root: Path) -> Iterator[str]:
    for name in text.split(", "):
        if name != "none":
            yield Path(name).relative_to(root.resolve()).as_posix()
