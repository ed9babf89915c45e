"""Runs the preview: serves on loopback, watches the workspace, and builds saved courses."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import uvicorn
from watchfiles import DefaultFilter, awatch

from scormgen.files.source import Root
from scormgen.preview.app import Feed, Lms, describe
from scormgen.preview.editions import Catalogue, Edition, checked, edit
from scormgen.preview.guard import Guard
from scormgen.preview.store import Store
from scormgen.problems.report import Failure

_LOOK_ROUND = 1000  # milliseconds: how often to look for new courses
_BEFORE_RULES = 0.5  # seconds: the rules run later, so that they do not delay the pages
_DEBOUNCE, _STEP = 20, 5  # milliseconds: an editor's several writes of one save are one change


def open_socket(port: int) -> socket.socket:
    """A socket on loopback; another free port where `port` is taken. Raises Failure if there is none."""
    for wanted in (port, 0):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        # On Windows SO_REUSEADDR would let two previews listen on one port.
        listener.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR), 1)
        try:
            listener.bind(("127.0.0.1", wanted))
            listener.listen()  # early requests wait
        except OSError as error:
            listener.close()
            if wanted == 0:
                raise Failure(f"no port can be opened: {error.strerror or error}") from error
        else:
            return listener
    raise AssertionError


class Tell(NamedTuple):
    """Messages for the terminal: each edition that was built, internal errors, and errors with the records."""

    built: Callable[[Edition], None]
    bug: Callable[[Exception], None]
    trouble: Callable[[str], None]


def serve(catalogue: Catalogue, store_path: Path, listening: socket.socket, tell: Tell) -> None:
    """Serves until Ctrl-C."""
    store = Store(store_path)
    try:
        asyncio.run(_serve(catalogue, store, listening, tell))
    finally:
        store.close()


async def _serve(catalogue: Catalogue, store: Store, listening: socket.socket, tell: Tell) -> None:
    feed = Feed()
    checks = {name: await _rebuild(catalogue, name, feed, tell) for name in list(catalogue.editions)}
    app = Guard(Lms(catalogue, store, feed, tell.trouble).app(), listening.getsockname()[1])
    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    watching = asyncio.create_task(_watch(catalogue, feed, tell, checks))
    try:
        await server.serve(sockets=[listening])
    finally:
        feed.closed.set()
        watching.cancel()


class _Filter(DefaultFilter):
    """Leaves out files that are not sources: packages, our records, hidden files, files of editors and version
    control.
    """

    ignore_dirs = (*DefaultFilter.ignore_dirs, "dist", ".scormgen")


def watched(root: Root) -> tuple[list[Path], bool]:
    """What to watch, and whether with all folders in it.

    A watch follows links, even to the whole disk, and would then never start: if a link leads out of the workspace,
    each folder is watched separately. Changes in folders that are created later are then not seen.
    """
    wanted = [root.folder / name for name in ("courses", "themes", "strings", "scormgen.yml")]
    paths = [path for path in wanted if path.exists() and root.holds(path)]
    paths = paths if (root.folder / "courses").is_dir() else [root.folder]
    folders, leads_out = [path for path in paths if not path.is_dir()], False
    for path in paths:
        for folder, inner, _ in os.walk(path):  # follows no links
            folders.append(Path(folder))
            leads_out = leads_out or not all(root.holds(Path(folder, name)) for name in inner)
    return (folders, False) if leads_out else (paths, True)


async def _watch(catalogue: Catalogue, feed: Feed, tell: Tell, checks: dict[str, asyncio.Task[None] | None]) -> None:
    """Builds saved courses. `checks` has each course's pending check, which a newer edition cancels."""
    paths, recursive = watched(catalogue.workspace.root)
    watch = awatch(
        *paths,
        recursive=recursive,
        watch_filter=_Filter(),
        debounce=_DEBOUNCE,
        step=_STEP,
        rust_timeout=_LOOK_ROUND,
        yield_on_timeout=True,
    )
    async for changes in watch:
        changed = [Path(path) for _, path in changes]
        before = set(catalogue.editions)
        if not changed or any(path.name in ("course.yml", "scormgen.yml") for path in changed):
            catalogue.reread()  # changes in a new folder may not be reported
        for name in dict.fromkeys([*catalogue.touched(changed), *(set(catalogue.editions) - before)]):
            if before_it := checks.get(name):
                before_it.cancel()
            checks[name] = await _rebuild(catalogue, name, feed, tell)
        if set(catalogue.editions) != before:
            feed.send({"catalogue": True})


async def _rebuild(catalogue: Catalogue, name: str, feed: Feed, tell: Tell) -> asyncio.Task[None] | None:
    """Builds a course and notifies the pages. The rules run after the pages have been served."""
    if name not in catalogue.editions:
        return None
    try:
        edition, compiled = await asyncio.to_thread(edit, catalogue.workspace, catalogue.editions[name])
    except Exception as error:  # the preview continues after a bug in scormgen, with the last good edition
        tell.bug(error)
        return None
    catalogue.editions[name] = edition
    feed.send(describe(edition))
    if edition.broken:
        tell.built(edition)
        return None

    async def check() -> None:
        await asyncio.sleep(_BEFORE_RULES)
        try:
            found = await asyncio.to_thread(checked, catalogue.workspace, edition, compiled)
        except Exception as error:
            tell.bug(error)
            return
        if catalogue.editions.get(name) is edition:
            catalogue.editions[name] = found
            feed.send(describe(found))
            tell.built(found)

    return asyncio.create_task(check())
