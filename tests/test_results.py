"""What a learner is told of a result: points, and the certificate."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator

from tests.lms.harness import Lms, Package
from tests.lms.learner import Learner

Build = Callable[[dict[str, str | bytes]], Package]
RIGHT = "- [x] Yes\n- [ ] No\n\n"


def quiz(title: str, settings: str, count: int, attributes: str = "", right: str = RIGHT) -> str:
    questions = "".join(f"### Q: {title} {n}? {{#{title.lower()}-{n}{attributes}}}\n\n{right}" for n in range(count))
    return f"---\ntitle: {title}\nassessment: {{{settings}}}\n---\n\n{questions}"


def lines(place: Locator) -> list[str]:
    """The lines that are seen, without the signs before them."""
    return [line.strip().replace("\u00a0", " ") for line in place.inner_text().split("\n") if line.strip()]


def test_partial_marks_are_told_in_points_where_they_come_out_even(lms: Lms, build: Build) -> None:
    several = "- [x] A\n- [x] B\n- [x] C\n- [ ] D\n\n"
    quiz_ = quiz("Test", "pass: 80", 2, " score=partial", several)
    session = lms.launch(build({"courses/c/course.yml": "title: Doors\n", "courses/c/90-test.md": quiz_}))
    learner = Learner(session.frame)
    assert "You need 1.6 of 2 points to pass." in learner.page.inner_text()
    for second, told in (
        (["a", "b"], "83.3 %, you needed 80 %."),
        (["d"], "1 of 2 (50 %), you needed 1.6."),
        (["a", "b", "c"], "2 of 2 (100 %), you needed 1.6."),
    ):
        learner.start()
        for letters in (["a", "b", "c"], second):
            learner.choose(learner.question, letters)
            learner.next_question()
        learner.submit()
        assert lines(learner.page.locator(".sg-result-score")) == [told]
    assert session.errors == []


def test_a_certificate_lists_each_assessment_and_claims_no_more_than_its_sco_knows(lms: Lms, build: Build) -> None:
    files: dict[str, str | bytes] = {
        "courses/c/course.yml": "title: Doors\ndescription: All of them.\ncertificate: yes\nversion: 2.1\n",
        "courses/c/01-locks.md": quiz("Locks", "pass: 50", 3),
        "courses/c/02-keys.md": quiz("Keys", "pass: 50", 2),
    }
    session = lms.launch(build(files))
    learner = Learner(session.frame)
    learner.take_assessment(2)
    learner.next()
    learner.take_assessment(1)
    learner.next()
    sheet = lines(learner.page.locator(".sg-certificate"))
    assert sheet[:5] == ["Learner, Test", "has passed", "Doors", "All of them.", "Version 2.1"]
    assert sheet[6:] == ["Locks: 2 of 3", "Keys: 1 of 2", "Print this certificate"]
    session.leave()
    files["courses/c/course.yml"] = str(files["courses/c/course.yml"]) + "structure: multi\n"
    files["courses/c/02-keys.md"] = "# Keys\n\nText.\n"
    package = build(files)
    session = lms.launch(package, learner="L2")
    learner = Learner(session.frame)
    learner.take_assessment(2)
    learner.next()
    sheet = lines(learner.page.locator(".sg-certificate"))
    assert sheet[:6] == [
        "Learner, Test",
        "has passed the assessment",
        "Locks",
        "of the course",
        "Doors",
        "All of them.",
    ]
    assert sheet[8] == "Best score: 2 of 3"
    assert session.errors == []
