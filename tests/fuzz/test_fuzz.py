"""A sample of the fuzzer with fixed seeds, what it has found before, and that each of its checks can fail."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.conftest import ROOT
from tests.fuzz.markup import dangers
from tests.fuzz.minimise import minimise
from tests.fuzz.mutants import from_text, mutate_bytes, read, to_text, write
from tests.fuzz.run import KINDS, again, fuzz, mutant

SAMPLE = {"structure": 24, "bytes": 8, "reports": 20}
REGRESSIONS = sorted((ROOT / "tests" / "fuzz" / "regressions").glob("*.txt"))


@pytest.mark.parametrize("kind", SAMPLE)
def test_no_mutant_of_a_sample_fails(kind: str) -> None:
    figures = fuzz(kind, 0, SAMPLE[kind])
    assert figures.failures == {}
    assert kind != "structure" or figures.packages * 2 >= figures.mutants, figures


@pytest.mark.parametrize("path", REGRESSIONS, ids=[path.stem for path in REGRESSIONS])
def test_what_the_fuzzer_has_found_stays_fixed(path: Path) -> None:
    assert again(path) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_always_gives_the_same_mutant(kind: str) -> None:
    assert mutant(kind, 7) == mutant(kind, 7)
    assert mutant(kind, 7) != mutant(kind, 8)


def test_a_workspace_as_text_is_the_same_workspace(tmp_path: Path) -> None:
    files = {"a/b.md": b"\xff\r\n=== \n", "a/link": b"-> ../x", "c": b"", "\udcff.md": b"Text"}
    assert from_text(to_text(files)) == files
    write(files, tmp_path)
    assert read(tmp_path) == files


def test_the_minimiser_leaves_what_makes_it_fail() -> None:
    files = {"a.md": b"one\n\ntwo bad three\nfour\n", "b.md": b"other\n", "c.md": b"needed"}
    assert minimise(files, lambda files: b"bad" in files.get("a.md", b"") and "c.md" in files) == {
        "a.md": b"bad",
        "c.md": b"d",
    }


def test_bytes_are_mutated_and_stay_in_bounds() -> None:
    assert all(len(mutate_bytes(b"abc" * 9, Random(seed))) < 10_000 for seed in range(200))
    assert mutate_bytes(b"", Random(1)) is not None


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ('<p onclick="x">', ["<p onclick>"]),
        ("<script>x</script>", ["<script>"]),
        ('<a href="java\nscript:x">', ["<a href>"]),
        ('<img src="//other.example/x">', ["<img src> of another host"]),
        (
            '<script src="player/player.js"></script><a href="https://example.org">x</a><img src="a.png" alt="onclick=x">',
            [],
        ),
    ],
)
def test_dangers_are_seen_in_a_page(page: str, found: list[str]) -> None:
    assert list(dangers(page)) == found
