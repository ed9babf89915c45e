"""course.lock: what learners' progress hangs on stays the same over edits."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from scormgen.files.source import source_from
from scormgen.problems.report import Report
from scormgen.reading.lock import Entry, Lock, format_lock, parse_lock
from tests.conftest import Write, scormgen
from tests.lms.harness import Lms, unpack
from tests.lms.learner import Learner

YML = "title: Course\n"
FIRST = """# One

Text.

## Two

### Q: Why is the sky blue?

- [x] Because of scattered light
- [ ] Because of the sea
- [ ] It is painted

## Three

### Q: Which? {#which}

- [x] This
- [ ] That
"""
ONE: dict[str, str | bytes] = {"courses/c/course.yml": YML, "courses/c/01-one.md": FIRST}


def lock(root: Path) -> list[str]:
    return (root / "courses/c/course.lock").read_text().splitlines()[2:]


def build(write: Write, page: str) -> list[str]:
    root = write(ONE | {"courses/c/01-one.md": page})
    run = scormgen("build", cwd=root)
    assert run.code == 0, run.err
    return lock(root)


def test_slots_and_letters_are_given_in_order(workspace: Write) -> None:
    assert build(workspace, FIRST) == [
        "page 0 one | One",
        "page 1 one/two | Two",
        "page 2 one/three | Three",
        "question 0 why-is-the-sky-blue | Why is the sky blue?",
        "option 0 a | Because of scattered light",
        "option 0 b | Because of the sea",
        "option 0 c | It is painted",
        "question 1 which | Which?",
        "option 1 a | This",
        "option 1 b | That",
    ]


def test_an_edit_keeps_every_slot_and_letter(workspace: Write) -> None:
    build(workspace, FIRST)
    edited = FIRST.replace("## Two", "## Two things").replace("Why is the sky blue?", "Why does the sky look blue?")
    edited = edited.replace("Because of the sea", "It mirrors the ocean below it")
    assert build(workspace, edited) == [
        "page 0 one | One",
        "page 1 one/two-things | Two things",
        "page 2 one/three | Three",
        "question 0 why-is-the-sky-blue | Why does the sky look blue?",
        "option 0 a | Because of scattered light",
        "option 0 b | It mirrors the ocean below it",
        "option 0 c | It is painted",
        "question 1 which | Which?",
        "option 1 a | This",
        "option 1 b | That",
    ]


def test_what_is_new_gets_new_ones_wherever_it_stands(workspace: Write) -> None:
    build(workspace, FIRST)
    grown = FIRST.replace("## Two", "## Inserted\n\nNew.\n\n## Two").replace(
        "- [x] This", "- [ ] Neither of them\n- [x] This"
    )
    found = build(workspace, grown)
    assert "page 3 one/inserted | Inserted" in found
    assert [line for line in found if line.startswith("option 1")] == [
        "option 1 a | This",
        "option 1 b | That",
        "option 1 c | Neither of them",
    ]


def test_what_is_gone_is_retired_and_comes_back_as_itself(workspace: Write) -> None:
    build(workspace, FIRST)
    without = FIRST.replace("- [ ] It is painted\n", "")
    assert "option 0 c retired | It is painted" in build(workspace, without)
    replaced = build(
        workspace, without.replace("- [ ] Because of the sea\n", "- [ ] Because of the sea\n- [ ] A trick\n")
    )
    assert "option 0 d | A trick" in replaced
    assert "option 0 c | It is painted" in build(workspace, FIRST)


def test_a_translation_keeps_letters_by_place(workspace: Write) -> None:
    build(workspace, FIRST)
    german = FIRST.replace("This", "Dies hier").replace("That", "Jenes")
    assert build(workspace, german)[-2:] == ["option 1 a | Dies hier", "option 1 b | Jenes"]


def test_options_put_in_another_order_keep_their_letters(workspace: Write) -> None:
    before = build(workspace, FIRST)
    turned = FIRST.replace(
        "- [ ] Because of the sea\n- [ ] It is painted\n", "- [ ] It is painted\n- [ ] Because of the sea\n"
    )
    assert build(workspace, turned) == before


def test_state_of_an_old_version_resumes_in_the_new(workspace: Write, tmp_path: Path, lms: Lms) -> None:
    root = workspace(ONE)
    assert scormgen("build", cwd=root).code == 0
    old = unpack(root / "dist" / "c-1.0.0-scorm12.zip", tmp_path / "old")
    session = lms.launch(old)
    Learner(session.frame).take_pages(stop=3)
    session.leave()
    new_text = FIRST.replace("## Two", "## Inserted\n\nNew.\n\n## Two").replace(
        "- [x] This", "- [ ] Neither\n- [x] This"
    )
    new_text = new_text.replace("Because of the sea", "Because it mirrors the sea")
    workspace({"courses/c/01-one.md": new_text, "courses/c/course.yml": YML + "version: 2.0.0\n"})
    assert scormgen("build", cwd=root).code == 0
    new = unpack(root / "dist" / "c-2.0.0-scorm12.zip", tmp_path / "new")
    stored = lms.stored(session.attempt)
    again = lms.launch(new, stored=stored)
    learner = Learner(again.frame)
    assert learner.title() == "Three"
    assert again.frame.locator(".sg-menu-link:has(.sg-tick)").all_inner_texts() == [
        "One (done)",
        "Two (done)",
        "Three (done)",
    ]
    checked = again.frame.locator("input:checked").evaluate_all("boxes => boxes.map(b => [b.name, b.value])")
    assert checked == [["why-is-the-sky-blue", "a"], ["which", "a"]]
    assert again.errors == []


entries = st.builds(
    lambda key, text, retired: Entry(key, text, retired=retired),
    key=st.from_regex(r"[a-z][a-z0-9/-]{0,20}", fullmatch=True),
    text=st.from_regex(r"[A-Za-z|?' ]{0,30}", fullmatch=True).map(str.strip),
    retired=st.booleans(),
)
slots = st.dictionaries(st.integers(0, 999), entries, max_size=6)


@given(slots, slots, slots)
def test_a_lock_reads_as_it_was_written(
    pages: dict[int, Entry], questions: dict[int, Entry], assessments: dict[int, Entry]
) -> None:
    report = Report()
    options = {slot: (Entry("a", "One"), Entry("b", "Two", "given", retired=True)) for slot in questions}
    before = Lock(pages, assessments, questions, options)
    assert parse_lock(source_from("course.lock", format_lock(before)), report) == before
    assert report.problems == []


@given(st.text(max_size=200))
def test_any_text_as_a_lock_is_told_and_not_thrown(text: str) -> None:
    report = Report()
    parse_lock(source_from("course.lock", text), report)
    assert all(re.fullmatch(r"C011", problem.code) for problem in report.problems)


def warned(root: Path, *words: str) -> tuple[int, list[tuple[str, str, str, int]]]:
    run = scormgen("build", "--format", "json", *words, cwd=root)
    return run.code, [(p["code"], p["severity"], p["path"], p["line"]) for p in run.json["problems"]]


def test_another_id_of_the_course_is_a_warning_until_the_lock_agrees(workspace: Write) -> None:
    root = workspace(ONE)
    assert warned(root) == (0, [])
    lock, yml = root / "courses/c/course.lock", root / "courses/c/course.yml"
    assert lock.read_text("utf-8").splitlines()[1] == "course c"
    yml.write_text(YML + "id: other\n")
    for _ in range(2):  # a build does not take the new id for meant
        assert warned(root) == (0, [("C020", "warning", "courses/c/course.yml", 2)])
    assert warned(root, "--locked") == (1, [("C020", "error", "courses/c/course.yml", 2)])
    told = scormgen("check", cwd=root).err
    assert "the course's id is “other”, but course.lock says “c”" in told
    assert "write id: c in course.yml. If the new id is intended, delete the line “course c” in course.lock" in told
    lock.write_text(lock.read_text("utf-8").replace("course c\n", ""))
    assert warned(root, "--locked") == (0, [])
    assert warned(root) == (0, [])
    assert lock.read_text("utf-8").splitlines()[1] == "course other"
    workspace({"scormgen.yml": "rules: {C020: off}\n", "courses/c/course.yml": YML})
    assert warned(root, "--locked") == (0, [])


def test_a_renamed_folder_is_another_id(workspace: Write) -> None:
    root = workspace(ONE)
    assert warned(root) == (0, [])
    (root / "courses/c").rename(root / "courses/d")
    assert warned(root) == (0, [("C020", "warning", "courses/d/course.lock", 2)])
    (root / "courses/d/course.yml").write_text(YML + "id: c\n")
    assert warned(root, "--locked") == (0, [])


def test_a_lock_of_an_older_version_gains_the_id(workspace: Write) -> None:
    root = workspace(ONE)
    assert warned(root) == (0, [])
    lock = root / "courses/c/course.lock"
    new = lock.read_text("utf-8")
    old = new.replace("course c\n", "")
    lock.write_text(old)
    assert warned(root, "--locked") == (0, [])
    assert lock.read_text("utf-8") == old  # --locked never writes it
    assert warned(root) == (0, [])
    assert lock.read_text("utf-8") == new
    lock.write_text(new.replace("course c\n", "course c\ncourse d\n"))
    assert warned(root) == (1, [("C011", "error", "courses/c/course.lock", 3)])
