"""What a learner is told of a result: points, what is still missing for the course, how the LMS shows it, the certificate."""

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


def go_to(learner: Learner, page: str) -> None:
    learner.press(learner.frame.locator('[data-action="menu"]'))
    learner.frame.locator(f'.sg-menu-link[href="#{page}"]').click()


def panel(learner: Learner) -> Locator:
    return learner.frame.locator(".sg-completion:visible")


COURSE: dict[str, str | bytes] = {
    "courses/c/course.yml": "title: Doors\ncertificate: yes\n",
    "courses/c/01-locks.md": "---\ntitle: Locks\n---\n\n" + "".join(f"# Lock {n}\n\nText.\n\n" for n in "ABCD"),
    "courses/c/02-keys.md": "# Keys\n\nText.\n\n" + "".join(f"## Key {n}\n\nText.\n\n" for n in "ABCDE"),
    "courses/c/90-test.md": quiz("Test", "pass: 80, attempts: 2", 12),
}


def test_a_pass_says_which_pages_are_missing_until_the_last_of_them_is_opened(lms: Lms, build: Build) -> None:
    package = build(COURSE)
    session = lms.launch(package)
    learner = Learner(session.frame)
    go_to(learner, "test")
    assert "You need 10 of 12 to pass." in learner.page.inner_text()
    learner.take_assessment(10)
    assert lines(learner.page.locator(".sg-result")) == ["Passed", "10 of 12 (83 %), you needed 10.", "Try again"]
    missing = [
        "The course is not complete yet", "Open 9 more pages:", "Locks", "Lock B", "Lock C", "Lock D", "Keys", "Key A",
        "and 4 more pages", "Until then, the learning system shows it as incomplete. What you have done is kept.",
    ]  # fmt: skip
    assert lines(panel(learner)) == missing
    assert session.cmi["core"]["lesson_status"] == "incomplete"
    go_to(learner, "sg-certificate")
    assert lines(learner.page)[1:] == ["When you have completed this course, your certificate is here.", *missing]
    session.leave()
    again = lms.launch(package)
    learner = Learner(again.frame)
    assert lines(panel(learner)) == missing
    panel(learner).get_by_role("link", name="Lock B").click()
    assert learner.title() == "Lock B"
    for _ in range(6):
        learner.next()
    assert panel(learner).count() == 0
    go_to(learner, "test")
    assert lines(panel(learner))[1:4] == ["Open 2 more pages:", "Key D", "Key E"]
    panel(learner).get_by_role("link", name="Key E").click()
    go_to(learner, "test")
    assert lines(panel(learner))[1:3] == ["Open one more page:", "Key D"]
    panel(learner).get_by_role("link", name="Key D").click()
    complete = ["The course is complete", "The learning system shows it as passed.", "Your certificate"]
    assert lines(panel(learner)) == complete
    assert again.frame.locator('[role="status"]:has(.sg-completion)').is_visible()
    assert again.cmi["core"]["lesson_status"] == "passed"
    learner.next()
    assert panel(learner).count() == 0  # told once, and where the result is
    learner.next()
    assert lines(panel(learner)) == complete
    panel(learner).get_by_role("link", name="Your certificate").click()
    assert lines(learner.page.locator(".sg-certificate"))[1:3] == ["has passed", "Doors"]
    assert "Best score: 10 of 12" in lines(learner.page)
    again.leave()
    last = lms.launch(package)
    assert lines(panel(Learner(last.frame))) == complete
    assert last.errors == []


def test_a_fail_says_that_the_assessment_is_missing_and_how_the_lms_shows_the_course(lms: Lms, build: Build) -> None:
    files = COURSE | {"courses/c/course.yml": "title: Doors\ncompletion: {on_fail: failed}\n"}
    files["courses/c/01-locks.md"] = "# Lock\n\nText.\n"
    session = lms.launch(build(files))
    learner = Learner(session.frame)
    learner.take_pages()
    learner.take_assessment(9)
    assert lines(learner.page.locator(".sg-result")) == [
        "Not passed this time", "9 of 12 (75 %), you needed 10.", "You have one attempt left.", "Try again",
    ]  # fmt: skip
    assert lines(panel(learner)) == [
        "The course is not complete yet", "Pass the assessment:", "Test",
        "Until then, the learning system shows it as incomplete. What you have done is kept.",
    ]  # fmt: skip
    learner.take_assessment(8)
    assert "Your best score so far is 9 of 12. It is the one that counts." in lines(learner.page)
    lost = ["You have not passed the course", "You have no attempts left for:", "Test"]
    assert lines(panel(learner)) == [*lost, "The learning system shows it as failed."]
    assert session.cmi["core"]["lesson_status"] == "failed"
    assert session.errors == []
    files["courses/c/course.yml"] = "title: Doors\n"
    files["courses/c/90-test.md"] = quiz("Test", "pass: 80, attempts: 1", 1)
    session = lms.launch(build(files), learner="L2")
    learner = Learner(session.frame)
    go_to(learner, "test")
    learner.take_assessment(0)  # the page that is not seen would not help
    assert lines(panel(learner)) == [*lost, "The learning system shows it as incomplete."]


def test_the_next_page_comes_first_and_locked_ones_are_no_links(lms: Lms, build: Build) -> None:
    files: dict[str, str | bytes] = {
        "courses/c/course.yml": "title: Doors\nnavigation: guided\n",
        "courses/c/01-first.md": quiz("First", "pass: 100", 1),
        "courses/c/02-pages.md": "# Page A\n\nText.\n\n# Page B\n\nText.\n\n",
        "courses/c/03-second.md": quiz("Second", "pass: 50", 3, " points=2"),
    }
    package = build(files)
    session = lms.launch(package)
    learner = Learner(session.frame)
    learner.take_assessment(1)
    assert lines(panel(learner)) == [
        "The course is not complete yet", "Open 2 more pages:", "Page A", "Page B", "Pass the assessment:", "Second",
        "Until then, the learning system shows it as incomplete. What you have done is kept.",
    ]  # fmt: skip
    assert panel(learner).locator("a").all_inner_texts() == ["Page A"]
    for _ in range(3):
        learner.next()
    assert "You need 3 of 6 points to pass." in learner.page.inner_text()
    learner.take_assessment(2)
    assert lines(learner.page.locator(".sg-result-score")) == ["4 of 6 points (67 %), you needed 3."]
    assert lines(panel(learner)) == ["The course is complete", "The learning system shows it as passed."]
    assert session.errors == []
    files["courses/c/course.yml"] = "title: Doors\n"
    session = lms.launch(build(files), learner="L2")
    learner = Learner(session.frame)
    learner.next()
    go_to(learner, "second")
    learner.take_assessment(2)
    assert lines(panel(learner))[1:-1] == ["Open one more page:", "Page B", "Pass the assessment:", "First"]
    assert panel(learner).locator("a").all_inner_texts() == ["Page B", "First"]


def test_the_last_page_says_what_is_missing_and_claims_of_the_lms_only_what_it_has(lms: Lms, build: Build) -> None:
    pages = "# A\n\nText.\n\n# B\n\nText.\n\n# C\n\nText.\n"
    package = build({"courses/c/course.yml": "title: Doors\n", "courses/c/01-pages.md": pages})
    session = lms.launch(package, api=False)
    learner = Learner(session.frame)
    assert panel(learner).count() == 0
    go_to(learner, "pages/c")
    assert lines(panel(learner)) == ["The course is not complete yet", "Open one more page:", "B"]
    panel(learner).get_by_role("link", name="B").click()
    assert lines(panel(learner)) == ["The course is complete"]
    session.leave()
    session = lms.launch(package)
    learner = Learner(session.frame)
    learner.next()
    session.fault("refuse")
    learner.next()
    session.frame.get_by_text("Not saved", exact=True).wait_for()
    assert lines(panel(learner)) == ["The course is complete"]
    session.fault(None)
    session.frame.get_by_text("The learning system shows it as completed.").wait_for()
    assert session.cmi["core"]["lesson_status"] == "completed"


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
    assert lines(panel(learner)) == [
        "This part of the course is complete", "The learning system shows it as passed.", "Your certificate",
    ]  # fmt: skip
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
