"""What the tests share: a browser, the LMS, the repository's courses as packages, and small workspaces."""

from __future__ import annotations

import gc
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from scormgen.cli import main
from tests.find_chromium import find_chromium
from tests.lms.harness import Lms, Package, unpack
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

settings.register_profile("scormgen", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("scormgen")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--python-only", action="store_true", help="Leave out the tests that need a browser or Node.js.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--python-only"):
        items[:] = [
            item
            for item in items
            if "browser" not in getattr(item, "fixturenames", ()) and not item.get_closest_marker("node")
        ]


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
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return make


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


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's courses, built."""
    folder = tmp_path_factory.mktemp("dist")
    run = scormgen("build", "-o", str(folder), cwd=ROOT)
    assert run.code == 0, run.err
    return folder


@pytest.fixture(scope="session")
def packages(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Package]:
    """The repository's courses, unzipped, by the id of each."""
    found = {}
    for archive in sorted(dist.glob("*.zip")):
        package = unpack(archive, tmp_path_factory.mktemp("package"))
        found[archive.name.rpartition("-scorm12")[0].rpartition("-")[0]] = package
    return found


@pytest.fixture
def build(tmp_path: Path, workspace: Write) -> Callable[[dict[str, str | bytes]], Package]:
    """Builds a workspace of one course given as files, and unzips its package."""

    def make(files: dict[str, str | bytes]) -> Package:
        root = workspace(files)
        run = scormgen("build", cwd=root)
        assert run.code == 0, run.err
        archive = next((root / "dist").glob("*.zip"))
        return unpack(archive, tmp_path / "unzipped")

    return make


def document(files: Mapping[str, object], name: str = "index.html") -> str:
    """A document among the files of a package that is not packed yet."""
    content = files[name]
    assert isinstance(content, bytes)
    return content.decode()
