"""The preview's addresses: the catalogue, a course in the LMS, its files, the LMS's records, and events of new
editions.
"""

from __future__ import annotations

import asyncio
import json
import mimetypes
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from scormgen.files.source import Asset, Content
from scormgen.preview.asked import read_asked, whole
from scormgen.preview.editions import Catalogue, Edition
from scormgen.preview.store import HOWS, LMSS, Store
from scormgen.problems.formats import cut_excerpt, format_json, problem_dicts
from scormgen.rendering.media import media_type

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
_PIECE = 1 << 18  # bytes of a file that are sent at a time
_STATIC = Path(__file__).parent / "static"
# Python's own table: that of the machine may have nothing for .vtt, and on Windows text/plain for .js, which browsers
# then do not run.
_MIME = mimetypes.MimeTypes()
_MORE_TYPES = {
    ".js": "text/javascript",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".vtt": "text/vtt",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
for _ending, _type in _MORE_TYPES.items():
    _MIME.add_type(_type, _ending)


class Feed:
    """Hands each event to every page that listens."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[str]] = set()
        self.closed = asyncio.Event()

    def send(self, event: dict[str, Any]) -> None:
        for queue in self._queues:
            queue.put_nowait(json.dumps(event))

    async def listen(self) -> AsyncIterator[str]:
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield "retry: 500\n\n"
            while not self.closed.is_set():
                try:
                    yield f"data: {await asyncio.wait_for(queue.get(), 1.0)}\n\n"
                except TimeoutError:
                    yield ": alive\n\n"
        finally:
            self._queues.discard(queue)


def describe(edition: Edition) -> dict[str, Any]:
    """An edition as the pages get it."""
    cut = [(cut_excerpt(problem.place), problem.place.width) for problem in edition.problems]
    excerpts = [{"excerpt": text, "start": column - 1, "width": width} for (text, column), width in cut]
    problems = [fields | more for fields, more in zip(problem_dicts(edition.problems), excerpts, strict=True)]
    return {
        "name": edition.name,
        "title": edition.title or edition.name,
        "version": edition.version,
        "revision": edition.revision,
        "broken": edition.broken,
        "problems": problems,
        "scos": [{"id": sco.unit.id, "title": sco.unit.title} for sco in edition.scos],
    }


class Lms:
    """The responses of the simulated LMS. It serves from memory: the last good editions and its own pages, but not the
    author's files.

    A separate thread reads and writes the records, one request after the other, because a disk or another process may
    block. `trouble` receives an error with the records once, until they work again.
    """

    def __init__(self, catalogue: Catalogue, store: Store, feed: Feed, trouble: Callable[[str], None]) -> None:
        self.catalogue, self.store, self.feed = catalogue, store, feed
        files = (path for path in _STATIC.rglob("*") if path.is_file())
        self.pages = {path.relative_to(_STATIC).as_posix(): path.read_bytes() for path in files}
        self._clerk = ThreadPoolExecutor(1, "records")
        self._trouble, self._told = trouble, ""

    async def _records(self, work: Callable[..., Any], *given: Any) -> Any:
        """Runs a function that reads or writes the records. Raises sqlite3.Error if they cannot be used."""
        try:
            done = await asyncio.get_running_loop().run_in_executor(self._clerk, partial(work, *given))
        except sqlite3.Error as error:
            if str(error) != self._told:
                self._told = str(error)
                self._trouble(f"the records cannot be used, so nothing is saved: {error}")
            raise
        self._told = ""
        return done

    def app(self) -> Starlette:
        def post(path: str, endpoint: Any) -> Route:
            return Route(path, endpoint, methods=["POST"])

        return Starlette(
            routes=[
                Route("/", self.index),
                Route("/course/{course}", self.course),
                Route("/static/{path:path}", self.static),
                Route("/content/{course}/{path:path}", self.content),
                Route("/events", self.events),
                Route("/api/courses", self.courses),
                Route("/api/attempts/{attempt}", self.attempt),
                post("/api/launch", self.launch),
                post("/api/commit", self.commit),
                post("/api/calls", self.calls),
                post("/api/learners", self.learners),
            ],
            exception_handlers={
                LookupError: _wrong,
                ValueError: _wrong,
                sqlite3.Error: _not_kept,
                ClientDisconnect: _wrong,
            },
        )

    async def index(self, request: Request) -> Response:
        return _file(self.pages, "index.html")

    async def course(self, request: Request) -> Response:
        known = request.path_params["course"] in self.catalogue.editions
        return _file(self.pages, "course.html" if known else "")

    async def static(self, request: Request) -> Response:
        return _file(self.pages, request.path_params["path"])

    async def content(self, request: Request) -> Response:
        edition = self.catalogue.editions.get(request.path_params["course"])
        return _file(edition.files if edition else {}, request.path_params["path"], request.headers.get("range", ""))

    async def events(self, request: Request) -> Response:
        return StreamingResponse(self.feed.listen(), media_type="text/event-stream")

    async def courses(self, request: Request) -> Response:
        learners = await self._records(self.store.learners)
        learner = whole(request.query_params.get("learner", learners[0]["id"]), "learner")
        editions = list(self.catalogue.editions.values())

        def standings() -> list[list[dict[str, str]]]:
            return [[self.store.standing(one.name, sco.unit.id, learner) for sco in one.scos] for one in editions]

        records = await self._records(standings)
        rows = [describe(edition) | {"standings": rows} for edition, rows in zip(editions, records, strict=True)]
        problems = problem_dicts(self.catalogue.problems)
        return _json({"courses": rows, "learners": learners, "problems": problems})

    async def launch(self, request: Request) -> Response:
        asked = await read_asked(request)
        edition, how, lms = (
            self.catalogue.editions[asked.text("course")],
            asked.text("how"),
            asked.text("lms", "strict"),
        )
        if how not in HOWS or lms not in LMSS:
            raise ValueError(f"unknown: {how}, {lms}")
        sco = edition.scos[asked.number("sco")]
        mastery = "" if sco.mastery_score is None else f"{sco.mastery_score:g}"
        given = edition.name, sco.unit.id, asked.number("learner"), how, mastery, asked.suspend_data(), lms
        begun = await self._records(self.store.launch, *given)
        return _json(
            {
                "attempt": begun.attempt,
                "session": begun.session,
                "data": dict(begun.data),
                "learner": dict(begun.learner),
                "href": f"/content/{edition.name}/{sco.unit.href}",
            }
        )

    async def commit(self, request: Request) -> Response:
        asked = await read_asked(request)
        await self._records(self.store.commit, asked.number("attempt"), asked.changes())
        return _json({})

    async def calls(self, request: Request) -> Response:
        asked = await read_asked(request)
        await self._records(self.store.add_calls, asked.number("attempt"), asked.number("session"), asked.calls())
        return _json({})

    async def learners(self, request: Request) -> Response:
        name = (await read_asked(request)).text("name").strip()[:255]
        if not name:
            raise ValueError("a learner needs a name")
        return _json(await self._records(self.store.add_learner, name))

    async def attempt(self, request: Request) -> Response:
        """All of an attempt, as a file to keep."""
        record = await self._records(self.store.attempt, whole(request.path_params["attempt"], "attempt"))
        if record is None:
            return _file({}, "")
        name = f"{record['course']}-attempt-{record['attempt']}.json"
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
        return Response(format_json(record), media_type="application/json", headers=headers)


def _json(content: object, status: int = 200) -> Response:
    """JSON in ASCII: suspend data may have half a surrogate pair, which JSON can express and UTF-8 cannot."""
    return Response(json.dumps(content), status, media_type="application/json")


def _file(files: Mapping[str, Content], name: str, wanted: str = "") -> Response:
    """A file, or the part of it that a browser asks for to play a video from the middle (RFC 9110, section 14)."""
    content = files.get(name)
    # If a link has replaced an author's file, it may lead out of the workspace.
    if content is None or (
        isinstance(content, Asset) and not (content.file.is_file() and content.file.resolve() == content.file)
    ):
        return Response("There is no such page.\n", 404, media_type="text/plain")
    kind = media_type(name) or _MIME.guess_type(name)[0] or "application/octet-stream"
    size = content.file.stat().st_size if isinstance(content, Asset) else len(content)
    headers, start, end, status = {"Accept-Ranges": "bytes"}, 0, size, 200
    match = _RANGE.fullmatch(wanted.strip())
    # Other forms of ranges must be ignored.
    if match and (match[1] or match[2]) and not (match[1] and match[2] and int(match[1]) > int(match[2])):
        start = int(match[1]) if match[1] else max(0, size - int(match[2]))
        end, status = min(size, int(match[2]) + 1) if match[1] and match[2] else size, 206
        if start >= end:
            return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    if isinstance(content, Asset):
        headers["Content-Length"] = str(end - start)
        return StreamingResponse(_pieces(content.file, start, end), status, headers, kind)
    return Response(content[start:end], status, headers, kind)


def _pieces(file: Path, start: int, end: int) -> Iterator[bytes]:
    """The bytes of a file from `start` to before `end`, which may be more than memory holds."""
    with file.open("rb") as opened:
        opened.seek(start)
        while start < end and (piece := opened.read(min(_PIECE, end - start))):
            start += len(piece)
            yield piece


async def _wrong(request: Request, error: Exception) -> Response:
    return _json({"error": str(error)}, 400)


async def _not_kept(request: Request, error: Exception) -> Response:
    """The response of an LMS whose database is full, locked or damaged: the course then says that it is not saved."""
    return _json({"error": f"the records cannot be used: {error}"}, 503)
