"""Launches packages in an LMS's page, and tells what the LMS was asked and what its server holds.

The conduct "strict" is scorm-again's SCORM 1.2 runtime; "moodle" and "openedx" are those of scormgen's simulator, replayed against the
recordings of the real ones by tests/preview/traces.test.js.
"""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Literal, NamedTuple

from lxml import etree
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Frame, Page

from tests.lms.server import POLICY, Fault, Site

_ADLCP = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
# Whatever a content security policy stops in a page of any test is a fault; the browser's own message may be of another page.
_TELL_VIOLATIONS = (
    "addEventListener('securitypolicyviolation', e => console.error('violation', e.effectiveDirective, e.blockedURI))"
)
_IMS = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"


@dataclass(frozen=True, slots=True)
class Package:
    """An unzipped package: its folder and the SCOs of its manifest."""

    name: str
    folder: Path
    scos: tuple[tuple[str, str, str], ...]  # title, href, mastery score


def unpack(archive: Path, folder: Path) -> Package:
    """Unzips a package and reads its manifest as an LMS would."""
    with zipfile.ZipFile(archive) as found:
        found.extractall(folder)
    return read_package(archive.name.removesuffix("-scorm12.zip"), folder)


def read_package(name: str, folder: Path) -> Package:
    """A package that is unzipped already."""
    manifest = etree.parse(folder / "imsmanifest.xml")
    hrefs = {r.get("identifier"): r.get("href") for r in manifest.iter(f"{_IMS}resource")}
    scos = tuple(
        (
            item.findtext(f"{_IMS}title") or "",
            hrefs[item.get("identifierref")] or "",
            item.findtext(f"{_ADLCP}masteryscore") or "",
        )
        for item in manifest.iter(f"{_IMS}item")
    )
    return Package(name, folder, scos)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the API: its name and words, what the LMS answered, and the error code after it."""

    name: str
    args: tuple[str, ...]
    result: Any
    error: str


Conduct = Literal["strict", "moodle", "openedx"]


class Database(NamedTuple):
    """What the LMS's server holds of an attempt; what was never stored is empty."""

    status: str
    score: str
    location: str
    suspend_data: str
    exit: str
    total_time: str
    interactions: list[dict[str, str]]  # in the order of their indexes; the rest of each name, such as student_response
    objectives: list[dict[str, str]]
    elements: dict[str, str]  # all of it, by the names of SCORM


def _database(elements: dict[str, str]) -> Database:
    def entries(array: str) -> list[dict[str, str]]:
        found: dict[int, dict[str, str]] = {}
        for name, value in elements.items():
            if name.startswith(f"cmi.{array}."):
                index, _, rest = name.removeprefix(f"cmi.{array}.").partition(".")
                found.setdefault(int(index), {})[rest] = value
        return [found[index] for index in sorted(found)]

    names = ("lesson_status", "score.raw", "lesson_location")
    status, score, location = (elements.get(f"cmi.core.{name}", "") for name in names)
    return Database(
        status=status,
        score=score,
        location=location,
        suspend_data=elements.get("cmi.suspend_data", ""),
        exit=elements.get("cmi.core.exit", ""),
        total_time=elements.get("cmi.core.total_time", ""),
        interactions=entries("interactions"),
        objectives=entries("objectives"),
        elements=elements,
    )


def elements(value: Any, name: str) -> dict[str, str]:
    """The elements of a data model as scorm-again hands it over."""
    if not isinstance(value, dict):
        return {name: str(value)}
    return {key: text for part, inner in value.items() for key, text in elements(inner, f"{name}.{part}").items()}


@dataclass(slots=True)
class Session:
    """A launched SCO."""

    context: BrowserContext
    page: Page
    attempt: str
    site: Site
    origin: str
    conduct: Conduct = "strict"
    faults: list[str] = field(default_factory=list)  # console errors, page errors, requests that leave the package

    @property
    def frame(self) -> Frame:
        return next(f for f in self.page.frames if "/pkg/" in f.url)

    @property
    def calls(self) -> list[Call]:
        found = self.page.evaluate("lms.calls")
        return [Call(c["name"], tuple(c["args"]), c["result"], c["error"]) for c in found]

    @property
    def errors(self) -> list[Any]:
        """Everything that went wrong: calls with an error code, and `faults`."""
        return [call for call in self.calls if call.error != "0" or call.result == "false"] + self.faults

    @property
    def cmi(self) -> dict[str, Any]:
        """The data model that the LMS's server holds: what outlives a crash."""
        cmi: dict[str, Any] = self.site.commits[self.attempt][-1]["cmi"]
        return cmi

    @property
    def database(self) -> Database:
        """What has reached the server: what the next launch gets. Of every conduct alike."""
        if self.conduct != "strict":
            return _database(dict(self.site.databases.get(self.attempt, {})))
        commits = self.site.commits.get(self.attempt, [])
        return _database(elements(commits[-1]["cmi"], "cmi") if commits else {})

    def interactions(self) -> list[dict[str, Any]]:
        found = self.cmi["interactions"]
        return [found[str(index)] for index in range(len(found))]

    def fault(self, name: str | None, milliseconds: int = 0) -> None:
        self.page.evaluate("([name, ms]) => { lms.fault = name; lms.pauseMs = ms; }", [name, milliseconds])

    def server_fault(self, name: Fault | Literal["offline"] | None) -> None:
        """What becomes of requests to the LMS's server from now on, of this session and the next; `offline` is the browser itself."""
        self.context.set_offline(name == "offline")
        self.site.fault = None if name == "offline" else name

    def wait_for_server(self) -> None:
        """Waits until all that the LMS has sent so far is answered."""
        self.page.wait_for_function("() => lms.runtime.isIdle?.() ?? true")

    def leave(self) -> None:
        """Closes as a learner does: the LMS takes the frame away."""
        self.page.evaluate("document.getElementById('sco').src = 'about:blank'")
        self.page.wait_for_function("lms.hasEnded()")
        self.context.close()

    def kill(self) -> None:
        """The page's process dies: no event reaches the page."""
        with self.page.expect_event("crash"), suppress(Error):
            self.page.goto("chrome://crash")
        self.context.close()


@dataclass(slots=True)
class Lms:
    """Launches and relaunches SCOs; each learner has one attempt at each."""

    browser: Browser
    site: Site
    # A page that closes late may still commit: no other test may take that for its own learner's attempt.
    number: int = field(default_factory=count().__next__)

    def launch(
        self,
        package: Package,
        sco: int = 0,
        *,
        conduct: Conduct = "strict",
        learner: str = "L1",
        mode: str = "normal",
        credit: str = "credit",
        api: bool = True,
        fault: str | None = None,
        viewport: tuple[int, int] = (1280, 900),
        headers: dict[str, str] | None = None,
        clock: bool = False,
        stored: dict[str, Any] | None = None,
        **context: Any,
    ) -> Session:
        """Opens a SCO; what an earlier session committed (or `stored`) is given back to it.

        The faults of single calls "drop" and "late", and `credit`, are for the strict conduct alone.
        """
        self.site.packages[package.name] = package.folder
        self.site.headers = {"Content-Security-Policy": POLICY} | (headers or {})
        width, height = viewport
        opened = self.browser.new_context(viewport={"width": width, "height": height}, **context)
        if clock:  # the test may turn it forward
            opened.clock.install()
        opened.add_init_script(_TELL_VIOLATIONS)
        page = opened.new_page()
        page.set_default_timeout(15_000)
        title, href, mastery = package.scos[sco]
        attempt = f"{self.number}/{learner}/{package.name}/{title}"
        session = Session(opened, page, attempt, self.site, self.site.origin, conduct)
        page.on("console", lambda m: session.faults.append(f"console: {m.text}") if _is_fault(m) else None)
        page.on("pageerror", lambda e: session.faults.append(f"page error: {e}"))
        page.on(
            "request",
            lambda r: None if _inside(r.url, self.site.origin) else session.faults.append(f"request: {r.url}"),
        )
        page.goto(f"{self.site.origin}/lms/frame.html")
        options = {
            "href": f"/pkg/{package.name}/{href}", "attempt": attempt, "learner": learner, "mode": mode, "credit": credit,
            "mastery": mastery, "api": api, "settings": {}, "conduct": conduct, "stored": stored or self.stored(attempt, conduct),
        }  # fmt: skip
        page.evaluate("([options, fault]) => { lms.fault = fault; return lms.start(options); }", [options, fault])
        page.frame_locator("#sco").locator("#sg-place").filter(has_text=re.compile(r"\d")).wait_for(state="attached")
        return session

    def stored(self, attempt: str, conduct: Conduct = "strict") -> dict[str, Any] | None:
        """What the LMS gives back on a relaunch; to the strict one without exit and session time, which are spent by then."""
        if conduct != "strict":
            return self.site.databases.get(attempt)
        commits = self.site.commits.get(attempt)
        if not commits:
            return None
        cmi = commits[-1]["cmi"]
        return {"cmi": cmi, "exit": cmi["core"]["exit"], "total_time": "0000:00:00"}


def _is_fault(message: ConsoleMessage) -> bool:
    """Whether a message of the console is the course's own, and not that of a request which the LMS's server refused."""
    return message.type in ("error", "warning") and "/lms/" not in message.location["url"]


def _inside(url: str, origin: str) -> bool:
    return url.startswith((origin, "data:", "about:", "blob:"))
