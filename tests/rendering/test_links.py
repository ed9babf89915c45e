"""Where links may lead: first pages of folders, raw HTML with an id, and addresses from the top of a site."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from lxml import html

from tests.conftest import Write, scormgen
from tests.lms.harness import Lms, unpack

YML = "title: The course\n"


def pages(root: Path) -> dict[str, str]:
    """The ids of the pages of a built course, with their titles."""
    run = scormgen("build", cwd=root)
    assert run.code == 0, run.err
    with zipfile.ZipFile(next((root / "dist").glob("*.zip"))) as archive:
        document: Any = html.document_fromstring(archive.read("index.html"))
    return {
        page.get("id"): page.find_class("sg-page-title")[0].text_content() for page in document.find_class("sg-page")
    }


def test_a_readme_is_the_first_page_of_a_folder_without_an_index(workspace: Write) -> None:
    root = workspace({
        "courses/c/course.yml": YML,
        "courses/c/README.md": "For authors.\n",
        "courses/c/01-two-doors/README.md": "See [the locks](02-locks.md) and [this](README.md).\n",
        "courses/c/01-two-doors/02-locks.md": "# Locks\n\nBack to [the start](README.md) or [its folder](../01-two-doors).\n",
        "courses/c/02-stairs/index.md": "---\npages: one\n---\n\nUp.\n",
        "courses/c/02-stairs/README.md": "For authors.\n",
        "courses/c/03-roof/readme.md": "---\ntitle: On top\n---\n\n# The roof\n\nAir.\n",
    })  # fmt: skip
    assert pages(root) == {
        "two-doors": "Two doors", "two-doors/locks": "Locks", "stairs": "Stairs", "roof": "The roof",
    }  # fmt: skip


def test_an_index_beside_course_yml_is_named_by_the_course(workspace: Write) -> None:
    root = workspace({"courses/c/course.yml": YML, "courses/c/index.md": "Text.\n\n## More\n\nText.\n"})
    assert pages(root) == {"index": "The course", "index/more": "More"}


ANCHORS = """\
<a name="top"></a>

# Doors

Go to [the lock](#lock), [the key](02-more.md#key), [keys](#keys), [row](#row), [Setup](#setup), [Q](#ask) or [the top](#top).

<div id="lock" role="group" aria-labelledby="lock-name other">

<b id=lock-name>The lock</b> &ndash; `<a id="lock">` is code.

</div>

| A | B |
| --- | --- |
| <span title="an id=row" id="row">x</span> | y |

<a id="setup"></a>
## Setup

More.

<a id='keys'></a>

## All keys

Keys.

### Q: Which? {#which}

- [x] Yes
- [ ] No

<a id="ask"></a>

### Q: Other? {#other}

- [x] Yes
- [ ] No
"""
MORE = '# More\n\n<p><a id="key"></a>The key, and <a href="01-doors.md#lock">the lock</a>.</p>\n\n<a id="lock"></a>Another lock.\n'


def test_links_lead_to_ids_in_raw_html(workspace: Write, tmp_path: Path, lms: Lms) -> None:
    root = workspace({"courses/c/course.yml": YML, "courses/c/01-doors.md": ANCHORS, "courses/c/02-more.md": MORE})
    assert list(pages(root)) == ["doors", "doors/setup", "doors/all-keys", "more"]
    checked = scormgen("check", "--format", "json", cwd=root).json["problems"]
    assert {problem["code"] for problem in checked} <= {"Q101"}
    session = lms.launch(unpack(next((root / "dist").glob("*.zip")), tmp_path / "unzipped"))
    frame = session.frame
    assert (
        frame.evaluate(
            "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, n, all) => all.indexOf(id) !== n)"
        )
        == []
    )
    for link, title, target in (
        ("the lock", "Doors", "doors--lock"), ("the key", "More", "more--key"), ("keys", "All keys", "doors/all-keys--keys"),
        ("row", "Doors", "doors--row"), ("Setup", "Setup", "doors/setup"), ("Q", "All keys", "doors/all-keys--ask"),
        ("the top", "Doors", "doors--top"),
    ):  # fmt: skip
        frame.evaluate("document.querySelector('.sg-menu-link').click()")
        frame.locator(".sg-page:visible").get_by_role("link", name=link, exact=True).click()
        assert frame.locator(".sg-page:visible .sg-page-title").inner_text() == title
        page_or_target = "closest('.sg-page').id" if title == "Setup" else "id"
        assert frame.evaluate(f"document.activeElement.{page_or_target}") == target
    assert frame.locator("#doors--row").get_attribute("title") == "an id=row"
    assert frame.locator("#doors--lock").get_attribute("aria-labelledby") == "doors--lock-name other"
    assert frame.locator("#q-other #doors\\/all-keys--ask").count() == 1
    assert session.errors == []


LEAVE = """\
See *<a href="https://example.org/1">one *and*</a>* and <a rel="opener author" href='//example.org/2'>two</a>,
<a target=_blank href="https://example.org/3">three</a>, [Markdown](https://example.org/4), a <a href="plan.pdf">plan</a>.

<div><a href="https://example.org/5">five</a>
<map name="m"><area alt="Six" href="https://example.org/6"></map>
<svg viewBox="0 0 9 9"><a href="https://example.org/7"><text>seven</text></a></svg></div>

<a href="https://example.org/8">

eight

</a>

Not <a href="mailto:a@example.org">mail</a>, <a target="_self" href="https://example.org/9">nine</a> or <a href="#page">here</a>.
"""


def test_raw_links_leave_the_course_open_as_those_of_markdown_do(workspace: Write) -> None:
    root = workspace(
        {"courses/c/course.yml": YML, "courses/c/01-page.md": f"# Page\n\n{LEAVE}", "courses/c/plan.pdf": "x"}
    )
    run = scormgen("build", cwd=root)
    assert run.code == 0, run.out
    with zipfile.ZipFile(next((root / "dist").glob("*.zip"))) as archive:
        document: Any = html.document_fromstring(archive.read("index.html"))
    page = document.get_element_by_id("page")
    links = {" ".join(link.text_content().split()) or link.get("alt"): link for link in page.xpath(".//*[@href]")}
    note = "(opens in a new tab)"
    names = ["one and", "two", "three", "Markdown", "five", "Six", "seven", "eight"]
    assert [name for name, link in links.items() if link.get("target") == "_blank"] == [
        f"{name}{note}" if name == "seven" else f"{name} {note}" for name in names
    ]
    assert {name: links[name].get("target") for name in links if note not in name} == {
        "plan": None, "mail": None, "nine": "_self", "here": None,
    }  # fmt: skip
    assert {link.get("rel") for name, link in links.items() if note in name} == {
        "noopener noreferrer", "author noopener noreferrer",
    }  # fmt: skip
    assert links["plan"].get("download") == ""
    assert page.xpath("string(.//svg/a/desc)") == note
    assert len(page.xpath(".//a/span[@class='sg-visually-hidden']")) == 6


def test_an_id_that_stands_in_a_file_twice_is_an_error(workspace: Write) -> None:
    page = '# A {#a}\n\n<a id="x"></a>One.\n\n## B {#b}\n\n<i id="x">Two.</i>\n\n<i id="b">Three.</i>\n'
    root = workspace(
        {"courses/c/course.yml": YML, "courses/c/01-a.md": page, "courses/c/02-c.md": '<i id="x">A.</i>\n'}
    )
    found = scormgen("build", "--format", "json", cwd=root).json["problems"]
    assert [(p["code"], p["line"], p["column"], p["message"]) for p in found] == [
        ("M006", 7, 8, "the id “x” is used twice; first in courses/c/01-a.md:3"),
        ("M006", 9, 8, "the id “b” is used twice; first in courses/c/01-a.md:5"),
    ]


def test_an_address_from_the_top_of_a_site_names_the_file_that_it_may_mean(workspace: Write) -> None:
    targets = {
        "/assets/exit.svg": "../assets/exit.svg", "/courses/c/assets/exit.svg": "../assets/exit.svg", "/docs/two-doors/": "../01-two-doors/index.md",
        "/two-doors/locks#x": "../01-two-doors/02-locks.md", "/Two-Doors/locks.html": "../01-two-doors/02-locks.md", "/roof/locks/": "03-locks.md",
        "/plan.pdf": "../../_shared/plan.pdf", "/en/exit.svg": "../assets/exit.svg", "/locks": "03-locks.md",
    }  # fmt: skip
    root = workspace({
        "courses/c/course.yml": YML, "courses/c/assets/exit.svg": "<svg/>", "courses/_shared/plan.pdf": "x",
        "courses/c/01-two-doors/index.md": "# Doors\n\nText.\n", "courses/c/01-two-doors/02-locks.md": "# Locks\n\nText.\n",
        "courses/c/02-roof/03-locks.md": "# Locks\n\nText.\n",
        "courses/c/02-roof/01-start.md": "# Start\n\n" + "".join(f"[a]({target})\n\n" for target in targets) + "[b](/nothing/x.png)\n",
    })  # fmt: skip
    problems = scormgen("build", "--format", "json", cwd=root).json["problems"]
    assert [(p["code"], p["line"], p["column"]) for p in problems] == [("L014", line, 5) for line in range(3, 23, 2)]
    assert [p["hint"] for p in problems[:-1]] == [f"did you mean {near}?" for near in targets.values()]
    assert "write the address relative to this file" in problems[-1]["hint"]
