"""What an assessment does beyond its questions: time limits, pretests, weights, hidden answers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable

import pytest
from lxml import etree

from tests.conftest import Write, scormgen
from tests.kinds import QUESTIONS
from tests.lms.harness import Lms, Package
from tests.lms.learner import Learner

Build = Callable[[dict[str, str | bytes]], Package]
GOOD = "- [x] Yes\n- [ ] No\n\n"


def module(settings: str, *questions: str) -> str:
    return f"---\ntitle: Test\nassessment: {{{settings}}}\n---\n\n" + "".join(
        f"### Q: {name}? {{#{name}}}\n\n{GOOD}" for name in questions
    )


def course(**modules: str) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {"courses/c/course.yml": "title: Course\n"}
    for name, text in modules.items():
        files[f"courses/c/{name.removeprefix('m')}.md"] = text
    return files


def test_an_attempt_ends_when_its_time_is_over(lms: Lms, build: Build) -> None:
    package = build(course(m1="# One\n\nText.\n", m9=module("pass: 60, time: 20 min", "first", "second")))
    session = lms.launch(package, clock=True)
    learner = Learner(session.frame)
    learner.next()
    assert "Time limit in minutes: 20." in learner.page.inner_text()
    learner.start()
    learner.answer_one(right=True)
    session.page.clock.run_for("14:30")
    assert re.fullmatch(r"5:[23]\d", learner.page.locator(".sg-clock").inner_text())
    session.page.clock.run_for("01:00")
    assert learner.page.locator('.sg-assessment-time [role="status"]').inner_text() == "Minutes left: 5"
    session.leave()
    again = lms.launch(package, clock=True)
    learner = Learner(again.frame)
    assert re.fullmatch(r"4:[123]\d", learner.page.locator(".sg-clock").inner_text())
    again.page.clock.run_for("05:00")
    learner.page.locator(".sg-result").wait_for()
    assert "Time is up" in learner.page.inner_text()
    assert learner.page.locator(".sg-clock").is_hidden()
    assert [(i["id"], i["result"]) for i in again.interactions()] == [("first", "correct"), ("second", "wrong")]
    again.page.clock.run_for("30:00")
    assert len(again.interactions()) == 2
    assert again.errors == []


def test_a_passed_pretest_marks_modules_as_known_and_nothing_else(lms: Lms, build: Build) -> None:
    package = build(course(
        m0=module("pass: 100, role: pretest, covers: [one]", "before"),
        m1_one="# One\n\nText.\n\n## More of one\n\nText.\n", m2_two="# Two\n\nText.\n", m9=module("pass: 50", "after"),
    ))  # fmt: skip
    session = lms.launch(package)
    learner = Learner(session.frame)
    learner.take_assessment(0)
    assert session.frame.locator(".sg-tick").count() == 1
    learner.take_assessment(1)
    assert "marked as done" in learner.page.locator(".sg-result").inner_text()
    ticked = session.frame.locator(".sg-menu-link:has(.sg-tick)").all_inner_texts()
    assert [text.split("\n")[0].replace(" (done)", "") for text in ticked] == ["Test", "One", "More of one"]
    core = session.cmi["core"]
    assert (core["lesson_status"], core["score"]["raw"], core["exit"]) == ("incomplete", "", "suspend")
    assert [(i["id"], i["result"]) for i in session.interactions()] == [("before", "wrong"), ("before", "correct")]
    session.leave()
    again = lms.launch(package)
    assert again.frame.locator(".sg-tick").count() == 3
    assert again.errors == []


def test_several_assessments_count_by_weight(lms: Lms, build: Build, workspace: Write) -> None:
    files = course(
        m1="# One\n\nText.\n", m8=module("pass: 50, weight: 3", "a", "b"), m9=module("pass: 100, weight: 1", "c")
    )
    package = build(files)
    manifest = etree.parse(package.folder / "imsmanifest.xml")
    scores = manifest.findall(".//{http://www.adlnet.org/xsd/adlcp_rootv1p2}masteryscore")
    assert [score.text for score in scores] == ["62.5"]
    session = lms.launch(package)
    learner = Learner(session.frame)
    learner.next()
    learner.take_assessment(1)
    assert session.cmi["core"]["score"]["raw"] == ""
    learner.next()
    learner.take_assessment(0)
    assert session.cmi["core"]["lesson_status"] == "incomplete"
    learner.take_assessment(1)
    core = session.cmi["core"]
    assert (core["lesson_status"], core["score"]["raw"]) == ("passed", "62.5")
    assert session.errors == []


def test_questions_are_drawn_anew_in_each_attempt_and_never_twice(lms: Lms, build: Build) -> None:
    names = [f"q{n}" for n in range(12)]
    text = module("pass: 100, shuffle: [questions, options], review: none", *names)
    text = text.replace("### Q: q0?", "## Pool: All {draw=4}\n\n### Q: q0?")
    session = lms.launch(build(course(m9=text)))
    learner = Learner(session.frame)
    draws = []
    for attempt in range(4):
        learner.take_assessment(0)
        asked = [i["id"] for i in session.interactions()][4 * attempt :]
        assert len(asked) == len(set(asked)) == 4
        draws.append(tuple(asked))
    assert len(set(draws)) > 1
    assert session.errors == []


def test_a_reload_keeps_the_draw_and_the_order(lms: Lms, build: Build) -> None:
    names = [f"q{n}" for n in range(12)]
    text = module("pass: 100, shuffle: [questions, options]", *names)
    text = text.replace("### Q: q0?", "## Pool: All {draw=6}\n\n### Q: q0?").replace(
        GOOD, GOOD[:-1] + "- [ ] Or\n- [ ] Nor\n- [ ] All {pin}\n\n"
    )
    package = build(course(m9=text))
    session = lms.launch(package)
    learner = Learner(session.frame)
    learner.start()

    def seen() -> list[tuple[str, list[str]]]:
        found = []
        while learner.question.count():
            form = learner.question
            options = form.locator(".sg-option label").all_inner_texts()
            assert options[-1] == "All"
            found.append((form.locator(".sg-question-title").inner_text(), options))
            learner.press(learner.page.locator('[data-action="next-question"]'))
        return found

    before = seen()
    session.leave()
    session = lms.launch(package)
    learner = Learner(session.frame)
    while learner.page.locator('[data-action="previous-question"]').is_visible():
        learner.press(learner.page.locator('[data-action="previous-question"]'))
    assert seen() == before
    assert len({tuple(options) for _, options in before}) > 1


@pytest.mark.parametrize(
    "words",
    ["Service Desk", "95", "Asking is quick", "Colour", "112", '"right":[', "Well said", "Move people away -&gt;"],
)
def test_the_page_shows_no_answer_as_text(workspace: Write, words: str) -> None:
    root = workspace({
        "courses/c/course.yml": "title: Course\n",
        "courses/c/01-a.md": "# All\n\n" + QUESTIONS.replace("P-", ""),
    })  # fmt: skip
    assert scormgen("build", cwd=root).code == 0
    with zipfile.ZipFile(next((root / "dist").glob("*.zip"))) as archive:
        html = archive.read("index.html").decode()
    assert words not in html
    order = re.findall(r'<li class="sg-order-item" data-option="(\w)"', html)
    assert order == sorted(order)


@pytest.mark.parametrize(("answers", "responses"), [("all", ["b", "a", "b", "a"]), ("last", ["a", "a"]), ("none", [])])
def test_answers_are_reported_as_a_journal_or_as_a_state(
    lms: Lms, build: Build, answers: str, responses: list[str]
) -> None:
    files = course(m1="# One\n\n### Q: check? {#check}\n\n" + GOOD, m9=module("pass: 100", "test"))
    files["courses/c/course.yml"] = f"title: Course\nreport: {{answers: {answers}}}\n"
    session = lms.launch(build(files))
    learner = Learner(session.frame)
    learner.take_page(right=False)
    learner.page.locator('[data-action="again"]').click()
    learner.take_page()
    learner.next()
    learner.take_assessment(0)
    learner.take_assessment(1)
    assert [i["student_response"] for i in session.interactions()] == responses
    assert session.cmi["core"]["lesson_status"] == "passed"
    assert session.errors == []


def test_the_latency_is_the_time_spent_on_each_question(lms: Lms, build: Build) -> None:
    session = lms.launch(build(course(m9=module("pass: 100", "first", "second"))), clock=True)
    learner = Learner(session.frame)
    learner.start()
    session.page.clock.run_for("00:40")
    learner.answer_one(right=True)
    session.page.clock.run_for("02:00")
    learner.press(learner.page.locator('[data-action="previous-question"]'))
    session.page.clock.run_for("00:20")
    learner.press(learner.page.locator('[data-action="next-question"]'))
    learner.answer_one(right=True)
    session.page.clock.run_for("10:00")
    learner.submit()
    latencies = [i["latency"] for i in session.interactions()]
    assert re.fullmatch(r"00:01:0\d", latencies[0])
    assert re.fullmatch(r"00:02:0\d", latencies[1])
    assert session.errors == []


def test_the_certificate_names_who_passed_what_when_and_is_there_again(lms: Lms, build: Build) -> None:
    yml = "title: Doors & <keys>\nversion: 2.1\nlanguage: en-GB\ncertificate: yes\nobjectives: {a: Doors, b: Keys}\n"
    quiz = "---\nassessment: {pass: 50}\n---\n\n# Test\n\n" + "".join(
        f"### Q: {name}? {{#{name} objective={name[0]}}}\n\n{GOOD}" for name in ("apple", "bean")
    )
    page = "---\nobjectives: [b]\n---\n\n# One\n\nText.\n"
    package = build({"courses/c/course.yml": yml, "courses/c/01-a.md": page, "courses/c/02-b.md": quiz})
    session = lms.launch(package, clock=True)
    learner = Learner(session.frame)
    for _ in range(2):
        learner.next()
    assert "When you have completed this course" in learner.page.inner_text()
    assert session.cmi["core"]["lesson_location"] == "b"  # the page itself is no place
    session.frame.locator('[data-action="back"]').click()
    learner.take_assessment(1)
    learner.next()
    sheet = learner.page.locator(".sg-certificate")
    today = str(session.page.evaluate("new Date().toLocaleDateString('en-GB', {dateStyle: 'long'})"))
    lines = [line for line in sheet.inner_text().split("\n") if line]
    assert lines == [
        "Learner, Test", "has passed", "Doors & <keys>", "Version 2.1", today, "Best score: 1 of 2", "Print this certificate",
    ]  # fmt: skip
    assert "Keys" in learner.page.locator('[data-field="revisit"]').inner_text()
    assert session.cmi["core"]["lesson_status"] == "passed"
    session.leave()
    again = lms.launch(package, clock=True)
    again.page.clock.fast_forward(72 * 3600 * 1000)
    learner = Learner(again.frame)
    learner.next()
    lines = [line for line in learner.page.locator(".sg-certificate").inner_text().split("\n") if line]
    assert (lines[0], lines[1], lines[4]) == ("Learner, Test", "has passed", today)
    assert again.errors == []


def test_a_course_without_an_assessment_has_a_certificate_of_completion(lms: Lms, build: Build) -> None:
    package = build({
        "courses/c/course.yml": "title: Doors\ncertificate: yes\nstructure: multi\n", "courses/c/01-a.md": "# A\n\nText.\n",
        "courses/c/02-b.md": "# B\n\nText.\n",
    })  # fmt: skip
    first = lms.launch(package, 0)
    assert first.frame.locator("#sg-certificate").count() == 0
    last = lms.launch(package, 1)
    learner = Learner(last.frame)
    learner.next()
    assert "has completed" in learner.page.locator(".sg-certificate").inner_text()
    nameless = lms.launch(package, 1, api=False)
    learner = Learner(nameless.frame)
    learner.next()
    assert learner.page.locator(".sg-certificate-name").inner_text() == ""
