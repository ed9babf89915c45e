"""Screenshots of every page of every course, for reviewers: `make sheet` writes sheets of them into build/sheets/.

A sheet a course, width and scheme.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.conftest import FLAGS, ROOT, scormgen
from tests.find_chromium import find_chromium
from tests.lms.harness import Lms, Package, unpack
from tests.lms.server import Site, serve

OUT = ROOT / "build" / "sheets"
VIEWS = (("wide", 1280, "light"), ("wide-dark", 1280, "dark"), ("narrow", 360, "light"), ("narrow-dark", 360, "dark"))
_TALLEST = 2400  # of a page on a sheet: the rest is cut


def fit(image: Image.Image, width: int) -> Image.Image:
    height = round(image.height * width / image.width)
    return image.resize((width, height)).crop((0, 0, width, min(height, _TALLEST)))


def paste(shots: Sequence[bytes], width: int, columns: int, path: Path) -> None:
    """Pictures side by side, each as wide as `width`."""
    images = [fit(Image.open(io.BytesIO(shot)), width) for shot in shots]
    rows = [images[start : start + columns] for start in range(0, len(images), columns)]
    sheet = Image.new("RGB", (columns * (width + 8), sum(max(one.height for one in row) + 8 for row in rows)), "grey")
    top = 0
    for row in rows:
        for column, one in enumerate(row):
            sheet.paste(one, (column * (width + 8), top))
        top += max(one.height for one in row) + 8
    sheet.save(path)


def shoot(lms: Lms, package: Package, width: int, scheme: str) -> list[bytes]:
    """Every page of every SCO, as a learner sees it who opens it first."""
    shots = []
    for sco in range(len(package.scos)):
        session = lms.launch(package, sco, viewport=(width, 900), color_scheme=scheme)
        session.page.evaluate(
            "document.getElementById('sco').style = 'position: fixed; inset: 0; width: 100%; height: 100%; border: 0'"
        )
        pages = session.frame.eval_on_selector_all("[data-page].sg-page", "all => all.map(one => one.id)")
        for number, identifier in enumerate(pages):
            if number:
                session.frame.evaluate("document.querySelector('[data-action=next]').click()")
            session.frame.locator(f'.sg-page[id="{identifier}"]').wait_for()
            session.frame.evaluate("document.querySelectorAll('img').forEach(one => { one.loading = 'eager'; })")
            height = session.frame.evaluate("document.documentElement.scrollHeight")
            session.page.set_viewport_size({"width": width, "height": min(int(height) + 40, 4000)})
            session.page.wait_for_timeout(80)
            shots.append(session.page.screenshot())
            session.page.set_viewport_size({"width": width, "height": 900})
        session.context.close()
    return shots


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        run = scormgen("build", "-o", str(folder / "dist"), cwd=ROOT)
        assert run.code == 0, run.err
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        site = Site()
        server = serve(site)
        for archive in sorted((folder / "dist").glob("*.zip")):
            package = unpack(archive, folder / archive.stem)
            for view, width, scheme in VIEWS:
                shots = shoot(Lms(browser, site), package, width, scheme)
                path = OUT / f"{package.name}-{view}.png"
                paste(shots, 420 if width > 400 else 300, 5 if width > 400 else 7, path)
                print(f"{path.relative_to(ROOT)}: {len(shots)} pages")
        server.shutdown()


if __name__ == "__main__":
    main()
