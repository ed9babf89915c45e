"""Prints the path of a Chromium; with --install, gets one: Playwright's, else the system's package.

Its headless shell comes first: a new context costs it 0.2 s of CPU, and a whole Chromium, which opens a window for it, 1 s.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_chromium() -> str | None:
    """CHROMIUM where it is set, else a headless shell, else a whole Chromium; of each the system's before Playwright's."""
    named = os.environ.get("CHROMIUM")
    return named or find_shell() or _on_path(NAMES) or _playwrights()


def find_shell() -> str | None:
    """The headless shell of the system or of Playwright, which keeps it beside its Chromium."""
    browsers, version = _playwrights_path().parents[2], _playwrights_path().parents[1].name.rpartition("-")[2]
    names = ("headless_shell", *SHELLS, "chrome-headless-shell.exe", "headless_shell.exe")
    inside = (path for path in browsers.glob(f"chromium_headless_shell-{version}/*/*") if path.name in names)
    return _on_path(SHELLS) or next((str(path) for path in inside), None)


def _on_path(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _playwrights() -> str | None:
    path = _playwrights_path()
    return str(path) if path.exists() else None


def _playwrights_path() -> Path:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def install_shell() -> None:
    """Playwright's headless shell; where its download is not reachable, the package of a Debian system.

    What the installers say goes to standard error: standard output is for the path.
    """

    def run(*command: str) -> bool:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(command, check=False, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr)
        return done.returncode == 0

    if run(sys.executable, "-m", "playwright", "install", "--only-shell", "chromium") and find_shell():
        return
    root = not hasattr(os, "geteuid") or os.geteuid() == 0
    if not shutil.which("apt-get") or (not root and find_chromium()):
        return  # what is there is slower, and does
    apt = ("apt-get",) if root else ("sudo", "apt-get")
    package = (*apt, "install", "-y", "-qq", "--no-install-recommends")
    if run(*apt, "update", "-qq") and not run(*package, "chromium-headless-shell") and not find_chromium():
        run(*package, "chromium")


if __name__ == "__main__":
    if "--install" in sys.argv and not os.environ.get("CHROMIUM") and not find_shell():
        install_shell()
    path = find_chromium()
    if not path:
        sys.exit("no Chromium was found: install one, or name it in CHROMIUM")
    print(path)
