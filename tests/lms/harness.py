"""Launches packages in scorm-again's SCORM 1.2 runtime, in a frame, and tells what the LMS was asked and what it holds."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from lxml import etree
from playwright.sync_api import Browser, BrowserContext, Error, Frame, Page

from tests.lms.server import POLICY, Site

_ADLCP = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
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
    return Package(archive.name.removesuffix("-scorm12.zip"), folder, scos)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the API: its name and words, what the LMS answered, and the error code after it."""

    name: str
    args: tuple[str, ...]
    result: Any
    error: str


@dataclass(slots=True)
class Session:
    """A launched SCO."""

    context: BrowserContext
    page: Page
    attempt: str
    site: Site
    origin: str
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

    def interactions(self) -> list[dict[str, Any]]:
        found = self.cmi["interactions"]
        return [found[str(index)] for index in range(len(found))]

    def fault(self, name: str | None, milliseconds: int = 0) -> None:
        self.page.evaluate("([name, ms]) => { lms.fault = name; lms.pauseMs = ms; }", [name, milliseconds])

    def leave(self) -> None:
        """Closes as a learner does: the LMS takes the frame away."""
        self.page.evaluate("document.getElementById('sco').src = 'about:blank'")
        self.page.wait_for_function("!lms.runtime.isInitialized()")
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
        """Opens a SCO; what an earlier session committed (or `stored`) is given back to it."""
        self.site.packages[package.name] = package.folder
        self.site.headers = {"Content-Security-Policy": POLICY} | (headers or {})
        width, height = viewport
        opened = self.browser.new_context(viewport={"width": width, "height": height}, **context)
        if clock:  # the test may turn it forward
            opened.clock.install()
        page = opened.new_page()
        page.set_default_timeout(15_000)
        title, href, mastery = package.scos[sco]
        attempt = f"{self.number}/{learner}/{package.name}/{title}"
        session = Session(opened, page, attempt, self.site, self.site.origin)
        page.on(
            "console", lambda m: session.faults.append(f"console: {m.text}") if m.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda e: session.faults.append(f"page error: {e}"))
        page.on(
            "request",
            lambda r: None if _inside(r.url, self.site.origin) else session.faults.append(f"request: {r.url}"),
        )
        page.goto(f"{self.site.origin}/lms/frame.html")
        options = {
            "href": f"/pkg/{package.name}/{href}", "attempt": attempt, "learner": learner, "mode": mode, "credit": credit,
            "mastery": mastery, "api": api, "stored": stored or self.stored(attempt), "settings": {},
        }  # fmt: skip
        page.evaluate("([options, fault]) => { lms.fault = fault; lms.start(options); }", [options, fault])
        page.frame_locator("#sco").locator("#sg-place").filter(has_text=re.compile(r"\d")).wait_for(state="attached")
        return session

    def stored(self, attempt: str) -> dict[str, Any] | None:
        """What the LMS gives back on a relaunch; exit and session time are spent by then."""
        commits = self.site.commits.get(attempt)
        if not commits:
            return None
        cmi = commits[-1]["cmi"]
        return {"cmi": cmi, "exit": cmi["core"]["exit"], "total_time": "0000:00:00"}


def _inside(url: str, origin: str) -> bool:
    return url.startswith((origin, "data:", "about:", "blob:"))
