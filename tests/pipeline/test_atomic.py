"""Builds that are stopped, refused, or come two at a time; and files that are larger than memory."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scormgen.files.source import Asset, Content
from scormgen.files.staging import only_writer
from scormgen.packaging.package import write_zip
from scormgen.pipeline.build import Options, Result
from scormgen.pipeline.build import build as run_build
from scormgen.problems.report import Failure, Report
from scormgen.reading.workspace import find_workspace
from tests.conftest import ROOT, Write, scormgen
from tests.crash import Zygote
from tests.kills import Sample, assert_whole, changed, kill_and_build, make_sample, parts, refuse, state

COURSE: dict[str, str | bytes] = {"courses/c/course.yml": "title: Course\n", "courses/c/01-a.md": "# A\n\nText.\n"}
FILM: dict[str, str | bytes] = {**COURSE, "courses/c/01-a.md": "# A\n\n![Film](assets/film.mp4)\n"}


@pytest.fixture(scope="module")
def zygote(processes: None) -> Iterator[Zygote]:
    zygote = Zygote()
    yield zygote
    zygote.close()


@pytest.fixture(scope="module")
def sample(zygote: Zygote, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(zygote, tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def steps(zygote: Zygote, sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a build of the sample does to the disk."""
    return zygote.run(sample.copy(tmp_path_factory.mktemp("steps") / "s")).steps


def build_here(root: Path, progress: Callable[[str], None] = lambda _: None) -> Result:
    """A build in this process; `progress` is called when a course has been read and nothing has been written."""
    report = Report()
    workspace = find_workspace(root, report)
    return run_build(workspace, workspace.folders, Options(workspace.dist, jobs=1), report, progress)


def test_a_build_puts_in_place_what_it_has_staged(steps: list[str]) -> None:
    renames = steps[steps.index("unlink") :]  # SHA256SUMS; two locks, two packages, two questions.csv, SHA256SUMS
    assert renames == ["unlink", "fsync", *["replace", "fsync"] * 2, *["replace"] * 4, "fsync", "replace", "fsync"]
    assert steps[: -len(renames)].count("open") == steps[: -len(renames)].count("fsync") == 7


def test_a_kill_leaves_all_or_none_or_no_checksums(
    zygote: Zygote, sample: Sample, steps: list[str], tmp_path: Path
) -> None:
    renames = steps.index("unlink") + 1
    left = [
        kill_and_build(zygote, sample, tmp_path / "s", "kill", at)
        for at in (steps.index("write") + 2, renames - 1, *range(renames, len(steps), 2), len(steps))
    ]
    assert left == ["old"] * 3 + ["unfinished"] * (len(left) - 4) + ["new"]


def test_a_build_that_is_refused_says_what_and_changes_nothing(
    zygote: Zygote, sample: Sample, steps: list[str], tmp_path: Path
) -> None:
    refused = [("ENOSPC", steps.index("write") + 1), ("ENOSPC", steps.index("unlink") - 2)]
    refused += [("EROFS", steps.index(name) + 1) for name in ("open", "chmod", "fsync", "unlink", "replace")]
    for error, at in refused:
        refuse(zygote, sample, tmp_path / "s", error, at)
    replaces = [at for at, name in enumerate(steps, start=1) if name == "replace"]
    said = refuse(
        zygote, sample, tmp_path / "s", "EACCES", replaces[2]
    ).err  # as Windows does while a package is open elsewhere
    assert "a-1.0-scorm12.zip cannot be put in place: Permission denied. New are: " in said
    assert "SHA256SUMS" in said.partition("As before are: ")[2]
    last = len(steps) - steps[::-1].index("replace")
    said = refuse(zygote, sample, tmp_path / "s", "EIO", last).err
    assert "SHA256SUMS cannot be put in place: Input/output error. New are: " in said


def test_a_kill_of_a_build_of_several_processes(zygote: Zygote, sample: Sample, tmp_path: Path) -> None:
    root = sample.copy(tmp_path / "s")
    assert zygote.run(root, "build --jobs 2", "kill", 20).code == -9
    assert assert_whole(root, sample)
    assert zygote.run(root, "build --jobs 2").code == 0
    assert (state(root), parts(root)) == (sample.after, [])


def test_kills_of_several_builds_lose_no_checksum_of_an_earlier_version(
    zygote: Zygote, sample: Sample, steps: list[str], tmp_path: Path
) -> None:
    root = sample.copy(tmp_path / "s")
    for at in (steps.index("unlink") + 5, 7, steps.index("unlink") + 3):
        assert zygote.run(root, "build", "kill", at).code == -9
        assert not assert_whole(root, sample)
    assert zygote.run(root).code == 0
    assert (state(root), parts(root)) == (sample.after, [])


def test_after_a_kill_a_build_of_one_course_does_not_vouch_for_another(
    zygote: Zygote, sample: Sample, steps: list[str], tmp_path: Path
) -> None:
    root = sample.copy(tmp_path / "s")
    zygote.run(root, "build", "kill", steps.index("unlink") + 8)  # both locks and the package of a are new
    assert zygote.run(root, "build a").code == 0
    sums = (root / "dist/SHA256SUMS").read_text()
    assert [line.split()[1] for line in sums.splitlines()] == [
        "a-0.9-questions.csv", "a-0.9-scorm12.zip", "a-1.0-questions.csv", "a-1.0-scorm12.zip",
    ] + (["b-0.9-questions.csv"] if state(root)["dist/b-0.9-questions.csv"] == sample.after["dist/b-0.9-questions.csv"] else [])  # fmt: skip
    found = zygote.run(root, "list --format json")
    assert found.code == 1
    assert '"dist": "unfinished"' in found.out
    assert "dist/b-0.9-scorm12.zip is not listed in SHA256SUMS" in found.out.replace("“", "").replace("”", "")
    assert zygote.run(root).code == 0
    assert state(root) == sample.after


def test_list_says_what_is_not_whole(zygote: Zygote, workspace: Write) -> None:
    def listed() -> tuple[int, str, list[tuple[str, str]]]:
        run = zygote.run(root, "list --format json")
        found = json.loads(run.out)
        return run.code, found["dist"], [(p["code"], p["path"]) for p in found["problems"]]

    root = workspace(COURSE)
    assert listed() == (0, "empty", [])
    assert zygote.run(root).code == 0
    assert listed() == (0, "whole", [])
    package = root / "dist/c-1.0.0-scorm12.zip"
    package.write_bytes(package.read_bytes() + b"x")
    assert listed() == (1, "unfinished", [("S016", "dist/c-1.0.0-scorm12.zip")])
    package.unlink()
    said = zygote.run(root, "list").err
    assert "error[S016]: “dist/c-1.0.0-scorm12.zip” is listed in SHA256SUMS, but does not exist" in said
    assert zygote.run(root).code == 0
    (root / "dist/SHA256SUMS").unlink()
    assert listed() == (1, "unfinished", [("S015", "dist")])
    run = zygote.run(root, "list")
    assert "error[S015]: “dist/” has packages, but no SHA256SUMS" in run.err
    assert run.out.startswith("c  1.0.0")


@pytest.mark.parametrize(
    ("there", "words"),
    [
        ("dist", "dist cannot be used as a folder: it is a file"),
        ("dist/c-1.0.0-scorm12.zip/x", "c-1.0.0-scorm12.zip cannot be written: there is a folder with this name"),
        ("dist/c-1.0.0-questions.csv/x", "c-1.0.0-questions.csv cannot be written: there is a folder with this name"),
        ("dist/SHA256SUMS/x", "SHA256SUMS cannot be written: there is a folder with this name"),
    ],
)
def test_what_is_in_the_way_is_named(workspace: Write, there: str, words: str) -> None:
    root = workspace({**COURSE, there: "mine"})
    run = scormgen("build", cwd=root)
    assert (run.code, words in run.err, "Traceback" in run.err) == (1, True, False), run.err
    assert [
        path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file() and "courses" not in path.parts
    ] == [there]
    assert not (root / "courses/c/course.lock").exists()


def test_a_build_that_is_refused_makes_no_folder(workspace: Write) -> None:
    root = workspace(FILM | {"courses/c/assets/film.mp4": os.urandom(3_000_000)})
    code = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))\n"
        "from scormgen.cli import main; main()"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "build", "-o", "out/of/here"], cwd=root, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (
        1, f"scormgen: {root.resolve()}/out/of/here/c-1.0.0-scorm12.zip cannot be written: File too large\n",
    )  # fmt: skip
    assert not (root / "out").exists()


def test_temporaries_of_dead_builds_are_swept(workspace: Write) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    living = os.getpid()
    names = {
        "dist/.c-1.0.0-scorm12.zip.{}-01234567.part": (dead.pid, False), "dist/.x.{}-01234567.part": (living, True),
        "dist/.old.{}-01234567.part": (living, False), "courses/c/.course.lock.{}-89abcdef.part": (dead.pid, False),
        "courses/c/02-m/.01-a.md.{}-89abcdef.part": (dead.pid, False), "dist/.mine.part": (0, True),
    }  # fmt: skip
    files = {name.format(process): kept for name, (process, kept) in names.items()}
    root = workspace({**COURSE, **dict.fromkeys(files, "half")})
    for name in files:
        if "/.old." in name:
            os.utime(root / name, (time.time() - 90_000,) * 2)
    assert scormgen("build", cwd=root).code == 0
    assert {name: (root / name).exists() for name in files} == files
    assert scormgen("clean", cwd=root).err == "4 files deleted from dist/\n"
    assert [path.name for path in (root / "dist").iterdir()] == [".mine.part"]


@pytest.mark.usefixtures("processes")
def test_two_builds_at_a_time_end_as_one_after_the_other(sample: Sample, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for number, courses in enumerate((["a", "b"], ["", ""])):
        root = sample.copy(tmp_path / str(number))
        builds = [
            subprocess.Popen([sys.executable, "-m", "scormgen", "build", *name.split()], cwd=root, env=environment, stderr=subprocess.PIPE, text=True, stdout=subprocess.DEVNULL)
            for name in courses
        ]  # fmt: skip
        ended = [(build.communicate()[1], build.returncode) for build in builds]
        # Of two builds of a course the second may find the lock changed; it has then written nothing.
        assert 0 in {code for _, code in ended}
        assert all(code == 0 or "course.lock has changed during the build" in text for text, code in ended), ended
        assert courses != ["a", "b"] or {code for _, code in ended} == {0}
        assert (state(root), parts(root)) == (sample.after, [])


def test_another_writer_is_waited_for_but_not_for_ever(tmp_path: Path) -> None:
    with only_writer([tmp_path, tmp_path / "."]):  # the same folder twice is one
        refused = only_writer([tmp_path], patience=0)
        with pytest.raises(Failure, match="another scormgen is writing to"):
            refused.__enter__()
    code = "import sys, signal, pathlib; from scormgen.files.staging import only_writer\nwith only_writer([pathlib.Path(sys.argv[1])]): print(flush=True); signal.pause()"
    holder = subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, cwd=ROOT)
    assert holder.stdout and holder.stdout.readline()
    with pytest.raises(Failure), only_writer([tmp_path], patience=0):
        raise AssertionError
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with only_writer([tmp_path], patience=0):
        pass


def test_a_lock_that_has_changed_meanwhile_is_not_written_over(workspace: Write) -> None:
    root = workspace(COURSE)
    assert build_here(root).packages
    workspace({"courses/c/02-b.md": "# B\n\nText.\n"})
    before, lock = state(root), root / "courses/c/course.lock"

    def change(_: str) -> None:
        lock.write_text(lock.read_text() + "page 7 later | Later\n")

    with pytest.raises(Failure, match=r"^courses/c/course\.lock has changed during the build, so nothing was written"):
        build_here(root, change)
    assert changed(state(root), before) == {"courses/c/course.lock"}
    assert lock.read_text().endswith("page 7 later | Later\n")


@pytest.mark.parametrize("then", [b"other", b"o", b"longer than before", None])
def test_a_file_that_changes_while_it_is_packed_is_an_error(workspace: Write, then: bytes | None) -> None:
    root = workspace(FILM | {"courses/c/assets/film.mp4": b"first"})
    assert build_here(root).problems == []
    before, film = state(root), root / "courses/c/assets/film.mp4"

    def change(_: str) -> None:
        film.unlink()
        if then is not None:
            film.write_bytes(then)

    result = build_here(root, change)
    assert [(p.code, p.place.path) for p in result.problems] == [("P004", "courses/c/assets/film.mp4")]
    assert (list(result.packages), state(root), parts(root)) == ([], before, [])


def test_a_file_that_becomes_a_pipe_is_not_waited_for(workspace: Write) -> None:
    root = workspace(FILM | {"courses/c/assets/film.mp4": b"first"})

    def swap(_: str) -> None:
        (root / "courses/c/assets/film.mp4").unlink()
        os.mkfifo(root / "courses/c/assets/film.mp4")

    assert [problem.code for problem in build_here(root, swap).problems] == ["P004"]


def test_a_file_that_a_zip_cannot_hold_is_named(workspace: Write) -> None:
    root = workspace(FILM | {"courses/c/assets/film.mp4": ""})
    film = root / "courses/c/assets/film.mp4"
    os.truncate(film, 3_000_000_000)
    [problem] = build_here(root).problems
    assert (problem.code, problem.message) == ("P005", "the files of the package are 3000.0 MB; the limit is 2 GB")
    assert problem.hint.startswith("the largest is “courses/c/assets/film.mp4” with 3000.0 MB")
    os.truncate(film, 0)
    assert build_here(root).problems == []


@pytest.mark.usefixtures("processes")
def test_a_large_file_does_not_fill_the_memory(workspace: Write) -> None:
    root = workspace(FILM | {"courses/c/assets/film.mp4": ""})
    os.truncate(root / "courses/c/assets/film.mp4", 300_000_000)
    # A process begins with the memory of the one that starts it, which here is a small one.
    measured = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run([sys.executable, '-m', 'scormgen', 'build', '-q'])\n"
        "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    run = subprocess.run(
        [sys.executable, "-c", measured], cwd=root, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    code, memory = map(int, run.stdout.split())
    assert code == 0
    assert memory < 150_000  # kB
    with zipfile.ZipFile(root / "dist/c-1.0.0-scorm12.zip") as opened:
        assert opened.getinfo("assets/film.mp4").file_size == 300_000_000
        assert all(entry.extract_version < 45 for entry in opened.infolist())  # 45: ZIP64
    shutil.rmtree(root / "dist")


@pytest.mark.parametrize("name", ["a.pdf", "a.mp4"])
def test_a_file_in_pieces_is_packed_as_in_one(tmp_path: Path, name: str) -> None:
    content = b"".join(f"{number * number} ".encode() for number in range(500_000))
    (tmp_path / name).write_bytes(content)
    zips = []
    for files in ({name: content}, {name: Asset(tmp_path / name, len(content), zlib.crc32(content))}):
        packed: dict[str, Content] = dict(files)
        zips.append(file := io.BytesIO())
        assert write_zip(file, packed, name) == []
    assert zips[0].getvalue() == zips[1].getvalue()


@pytest.mark.parametrize("words", ["check --fix", "new course More", "new strings fr"])
def test_other_commands_write_all_or_nothing(zygote: Zygote, tmp_path: Path, words: str) -> None:
    def make(folder: Path) -> Path:
        page = "---\ntitle: A\nassessment: {}\n---\n\n### Q: Which?\n\n- [x] Yes\n- [ ] No\n"
        for name, text in {"course.yml": "title: Course\n", "90-test.md": page}.items():
            path = folder / "courses/c" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return folder

    def files(folder: Path) -> dict[str, bytes]:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    done = make(tmp_path / "done")
    before, steps = files(done), zygote.run(done, words).steps
    after = files(done)
    assert before != after
    for at in range(1, len(steps) + 1):
        root = make(tmp_path / f"refused-{at}")
        trial = zygote.run(root, words, "ENOSPC", at)
        now = files(root)
        assert "Traceback" not in trial.err
        assert parts(root) == []
        # `new course` writes course.lock in a second go, when the course can be read.
        assert now in (before, after) or now == {
            name: after[name] for name in after if not name.endswith("more/course.lock")
        }
        assert (trial.code == 0) == (now == after), (at, steps[at - 1], trial)
