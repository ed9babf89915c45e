"""What the tests share: a browser, the LMS, the repository's courses as packages, and small workspaces."""

from __future__ import annotations

import gc
import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from scormgen.cli import main
from scormgen.files.staging import only_writer
from tests.find_chromium import find_chromium
from tests.lms.harness import Lms, Package, read_package, unpack
from tests.lms.server import Site, serve
from tests.lms.wagtail import Wagtail, run_wagtail

ROOT = Path(__file__).parent.parent
NPM = ROOT / "tests" / "node_modules"
# Background requests of the browser itself are refused on closed networks and would look like ours.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Examples enough for every run; `make soak` asks for many: --hypothesis-profile=soak.
settings.register_profile("scormgen", deadline=None, max_examples=40, derandomize=bool(os.environ.get("CI")))
settings.register_profile("soak", deadline=None, max_examples=2000)
settings.load_profile("scormgen")

# The marker of a test, by the fixture that it asks for: here alone.
MARKS = {"browser": "browser", "wagtail": "browser", "npm": "node", "processes": "process"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for name in {MARKS[name] for name in getattr(item, "fixturenames", ()) if name in MARKS}:
            item.add_marker(name)


@pytest.fixture(scope="session")
def npm() -> Path:
    """Node.js, and what the tests have from npm."""
    assert NPM.is_dir(), "no npm packages: run make test"
    return NPM


@pytest.fixture(scope="session")
def processes() -> None:
    """Asked for by tests that start many processes or a slow one: `make fast` leaves them out."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


def scormgen(*words: str, cwd: Path | None = None, **environment: str) -> Run:
    """Runs the command in this process, with its own folder, environment and streams: a start of Python costs more than most builds.

    Warnings of libraries fail the test here, as in all other code.
    """
    written = io.BytesIO(), io.BytesIO()
    out, err = (io.TextIOWrapper(stream, encoding="utf-8", newline="\n", write_through=True) for stream in written)
    with pytest.MonkeyPatch.context() as patch:
        if cwd:
            patch.chdir(cwd)
        for name, value in environment.items():
            patch.setenv(name, value)
        for name, stream in (("stdin", io.StringIO()), ("stdout", out), ("stderr", err)):
            patch.setattr(sys, name, stream)
        patch.setattr(sys, "argv", ["scormgen", *words])
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            gc.enable()  # a build turns it off: its process would end soon
    if code == 130:  # Ctrl-C is meant for the tests
        raise KeyboardInterrupt
    return Run(code, *(stream.getvalue().decode() for stream in written))


def scormgen_process(*words: str, cwd: Path | None = None, **environment: str) -> Run:
    """Runs the command in a process of its own, where start-up, encodings, locales, patches or the end of the process are what is tested."""
    done = subprocess.run(
        [sys.executable, "-m", "scormgen", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    return Run(done.returncode, done.stdout, done.stderr)


Write = Callable[[dict[str, str | bytes]], Path]


@pytest.fixture
def workspace(tmp_path: Path) -> Write:
    """Makes a workspace of files given by path and content; a course needs no course.yml of its own."""

    def make(files: dict[str, str | bytes]) -> Path:
        write_files(tmp_path, files)
        return tmp_path

    return make


def write_files(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    site = Site()
    server = serve(site)
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    assert path, "no Chromium: run make test, or python tests/find_chromium.py --install"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def lms(browser: Browser, site: Site) -> Iterator[Lms]:
    site.requests.clear()
    site.fault = None
    lms = Lms(browser, site)
    yield lms
    for context in browser.contexts:
        context.close()


@pytest.fixture(scope="session")
def wagtail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wagtail]:
    """An LMS server with a database of its own."""
    with run_wagtail(tmp_path_factory.mktemp("wagtail")) as wagtail:
        yield wagtail


Make = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Makes a folder by name once in a run of the tests: the worker that asks first makes it, the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def make(name: str, fill: Callable[[Path], None]) -> Path:
        lock, folder = base / f"{name}.lock", base / name
        lock.mkdir(exist_ok=True)
        with only_writer([lock], patience=600):
            if not folder.exists():
                part = tmp_path_factory.mktemp(name)
                fill(part)
                with suppress(FileExistsError):  # where there are no locks, the first is as good
                    part.rename(folder)
        return folder

    return make


@pytest.fixture(scope="session")
def dist(made_once: Make) -> Path:
    """The repository's courses, built. Of all tests: to be read alone."""

    def fill(folder: Path) -> None:
        run = scormgen("build", "-o", str(folder), cwd=ROOT)
        assert run.code == 0, run.err

    return made_once("dist", fill)


@pytest.fixture(scope="session")
def packages(dist: Path, made_once: Make) -> dict[str, Package]:
    """The repository's courses, unzipped, by the id of each. Of all tests: to be read alone."""

    def fill(folder: Path) -> None:
        for archive in dist.glob("*.zip"):
            unpack(archive, folder / archive.name.removesuffix("-scorm12.zip"))

    unzipped = made_once("packages", fill)
    return {folder.name.rpartition("-")[0]: read_package(folder.name, folder) for folder in unzipped.iterdir()}


@pytest.fixture(scope="session")
def build(made_once: Make) -> Callable[[dict[str, str | bytes]], Package]:
    """Builds a workspace of one course given as files, and unzips its package; the same files once for all tests, to be read alone."""

    def make(files: dict[str, str | bytes]) -> Package:
        def fill(folder: Path) -> None:
            write_files(folder / "workspace", files)
            run = scormgen("build", cwd=folder / "workspace")
            assert run.code == 0, run.err
            (archive,) = (folder / "workspace/dist").glob("*.zip")
            unpack(archive, folder / "unzipped" / archive.name.removesuffix("-scorm12.zip"))

        name = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:16]
        (unzipped,) = (made_once(f"built-{name}", fill) / "unzipped").iterdir()
        return read_package(unzipped.name, unzipped)

    return make


def document(files: Mapping[str, object], name: str = "index.html") -> str:
    """A document among the files of a package that is not packed yet."""
    content = files[name]
    assert isinstance(content, bytes)
    return content.decode()
