"""Prints the path of a Chromium; with --install, gets one where there is none: Playwright's, else the system's package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_chromium() -> str | None:
    """CHROMIUM where it is set, else one on the path, else the one that Playwright has installed."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install_chromium() -> None:
    """Playwright's own browser; where its download is not reachable, the package of a Debian system.

    What the installers say goes to standard error: standard output is for the path.
    """

    def run(*command: str, check: bool) -> int:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        return subprocess.run(
            command, check=check, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr
        ).returncode

    if run(sys.executable, "-m", "playwright", "install", "chromium", check=False) == 0 and _playwrights():
        return
    apt = ("apt-get",) if os.geteuid() == 0 else ("sudo", "apt-get")
    run(*apt, "update", "-qq", check=True)
    run(*apt, "install", "-y", "-qq", "chromium", check=True)


if __name__ == "__main__":
    if not find_chromium() and "--install" in sys.argv:
        install_chromium()
    path = find_chromium()
    if not path:
        sys.exit("no Chromium was found: install one, or name it in CHROMIUM")
    print(path)
