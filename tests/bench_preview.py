"""How long it takes from saving a file to the new text in the preview's page: `make bench` prints milliseconds, of the largest course."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.conftest import FLAGS, ROOT
from tests.find_chromium import find_chromium

RUNS = 12
# Notes, frame by frame, when a mark is first in the course.
WATCH = """() => {
  window.seen = {};
  const look = () => {
    const mark = document.querySelector("#content").contentDocument?.querySelector("main")?.textContent.match(/MARK\\d+/)?.[0];
    if (mark) seen[mark] ??= Date.now();
    requestAnimationFrame(look);
  };
  look();
}"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        shutil.copytree(ROOT / "courses", Path(name) / "courses")
        command = [sys.executable, "-m", "scormgen", "preview", "act-awareness", "--port", "0", "--format", "json"]
        process = subprocess.Popen(command, cwd=name, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert process.stdout
        url = json.loads("".join(process.stdout.readline() for _ in range(3)))["url"]
        page = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS).new_page()
        page.goto(url)
        page.frame_locator("#content").locator("#sg-place").filter(has_text="1").wait_for(state="attached")
        page.evaluate(WATCH)
        file = Path(name) / "courses/act-awareness/01-introduction.md"
        text, took = file.read_text("utf-8"), []
        for number in range(RUNS):
            start = time.time() * 1000
            file.write_text(text.replace("After this module", f"MARK{number} After this module"), "utf-8")
            page.wait_for_function(f"() => 'MARK{number}' in seen")
            took.append(page.evaluate("seen")[f"MARK{number}"] - start)
            page.wait_for_timeout(1000)
        process.terminate()
        print(f"preview, from saving to the new text: median {statistics.median(took):.0f} ms, most {max(took):.0f} ms")


if __name__ == "__main__":
    main()
