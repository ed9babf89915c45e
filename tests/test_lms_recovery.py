"""Saves that an LMS loses, seen or unseen: nothing is missing once the course has been opened again."""

from __future__ import annotations

import pytest

from tests.conftest import scormgen
from tests.lms.harness import Conduct, Lms, Package, unpack
from tests.lms.recovery import CONDUCTS, FILES, MOMENTS, ServerFault, play


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    root = tmp_path_factory.mktemp("recovery")
    for name, content in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(str(content), "utf-8")
    run = scormgen("build", cwd=root)
    assert run.code == 0, run.err
    return unpack(next((root / "dist").glob("*.zip")), root / "unzipped")


@pytest.mark.parametrize("conduct", CONDUCTS)
@pytest.mark.parametrize("fault", ("500", "refused", "offline", "303"))
def test_a_fault_at_every_moment_is_told_and_made_up_for(
    lms: Lms, package: Package, conduct: Conduct, fault: ServerFault
) -> None:
    cell = play(lms, package, conduct, fault, MOMENTS)
    # Open edX ends a session before it has sent what it was given: its fault at Exit is not seen any more.
    left = "You have left the course" if conduct == "openedx" else "Not saved yet"
    assert cell.told == {"page": "Not saved", "answer": "Not saved", "submit": "Not saved", "exit": left}
    assert (cell.after_recovery, cell.after_exit, cell.after_relaunch) == ([], [], [])


@pytest.mark.parametrize("conduct", CONDUCTS)
def test_what_an_lms_loses_though_it_answers_true_is_written_at_the_next_launch(
    lms: Lms, package: Package, conduct: Conduct
) -> None:
    cell = play(lms, package, conduct, "lost", ("page", "answer", "submit"))
    assert set(cell.told.values()) == {"Saved"}, "nobody can know"
    assert cell.after_relaunch == []
