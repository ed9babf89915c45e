"""The courses' pictures: each is built of the same few parts and the default theme's colours. `make pictures` writes them.

Every picture is 640 units wide, has its own ground, and changes with the reader's light or dark scheme; in print it is light.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from scormgen.checking.rules.contrast import read_tokens
from scormgen.files.source import source_from

HERE = Path(__file__).parent
THEME = HERE.parent.parent / "themes" / "default" / "style.css"
WIDTH = 640
TOKENS = (
    "paper",
    "ground",
    "ink",
    "ink-soft",
    "line",
    "edge",
    "accent",
    "accent-ink",
    "accent-wash",
    "good",
    "good-wash",
    "bad",
    "bad-wash",
    "amber",
    "amber-wash",
)
PICTURES: dict[str, Callable[[], Picture]] = {}


def style() -> str:
    """The theme's colours as classes: f-accent fills, s-accent strokes."""
    light, dark = read_tokens(source_from("style.css", THEME.read_text("utf-8")))

    def values(tokens: dict[str, object]) -> str:
        return ";".join(f"--{name}:{_hex(tokens[name].colour)}" for name in TOKENS)  # type: ignore[attr-defined]

    classes = "".join(f".f-{name}{{fill:var(--{name})}}.s-{name}{{stroke:var(--{name})}}" for name in TOKENS)
    return f"svg{{{values(dict(light))}}}@media (prefers-color-scheme:dark){{svg{{{values(dict(light | dark))}}}}}{classes}"


def _hex(colour: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


class Picture:
    """A picture that grows by its parts; positions are in units from the top left."""

    def __init__(self, height: int) -> None:
        self.height = height
        self.root = Element("svg", {
            "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {height}",
            "font-family": "system-ui, 'Segoe UI', Roboto, Arial, sans-serif", "text-anchor": "middle",
        })  # fmt: skip
        SubElement(self.root, "style").text = style()
        self.add("rect", "f-ground", width=WIDTH, height=height, rx=16)

    def add(self, tag: str, classes: str, **attributes: object) -> Element:
        named = {
            name.replace("_", "-"): f"{value:g}" if isinstance(value, float) else str(value)
            for name, value in attributes.items()
        }
        return SubElement(self.root, tag, {"class": classes, **named})

    def text(
        self, x: float, y: float, *lines: str, size: int = 18, weight: int = 400, fill: str = "ink", gap: float = 1.3
    ) -> None:
        for number, line in enumerate(lines):
            self.add(
                "text", f"f-{fill}", x=x, y=y + number * size * gap, font_size=size, font_weight=weight
            ).text = line

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        title: str = "",
        *lines: str,
        fill: str = "paper",
        edge: str = "accent",
        size: int = 22,
    ) -> None:
        """A card with a title and lines; `size` is the title's."""
        self.add("rect", f"f-{fill} s-{edge}", x=x, y=y, width=width, height=height, rx=12, stroke_width=3)
        middle = x + width / 2
        top = y + (height - (30 if title else 0) - len(lines) * 22) / 2
        if title:
            self.text(middle, top + 24, title, size=size, weight=700, fill=edge if edge != "edge" else "ink")
        self.text(middle, top + (52 if title else 18), *lines, size=16, gap=22 / 16)

    def badge(self, x: float, y: float, label: str, *, fill: str = "accent", radius: int = 20) -> None:
        self.add("circle", f"f-{fill}", cx=x, cy=y, r=radius)
        self.text(x, y + radius * 0.36, label, size=radius, weight=700, fill="accent-ink")

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = "accent", width: int = 4, dash: str = ""
    ) -> None:
        self.add(
            "line",
            f"s-{stroke}",
            x1=x1,
            y1=y1,
            x2=x2,
            y2=y2,
            stroke_width=width,
            stroke_linecap="round",
            **({"stroke_dasharray": dash} if dash else {}),
        )

    def arrow(self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = "accent") -> None:
        """A line with a head; level or upright."""
        self.line(x1, y1, x2, y2, stroke=stroke)
        dx, dy = (x2 > x1) - (x2 < x1), (y2 > y1) - (y2 < y1)
        side = (12 * dy, 12 * dx)
        for sign in (1, -1):
            self.line(x2, y2, x2 - 12 * dx + sign * side[0], y2 - 12 * dy + sign * side[1], stroke=stroke)

    def path(self, d: str, *, fill: str = "paper", stroke: str = "ink", width: int = 3) -> None:
        self.add(
            "path", f"f-{fill} s-{stroke}", d=d, stroke_width=width, stroke_linejoin="round", stroke_linecap="round"
        )

    def person(self, x: float, y: float, *, fill: str = "accent", size: float = 1.0) -> None:
        """A standing figure; x, y are where the feet are. Nothing in it says who it is."""
        self.add("circle", f"f-{fill}", cx=x, cy=y - 88 * size, r=14 * size)
        self.add("rect", f"f-{fill}", x=x - 18 * size, y=y - 70 * size, width=36 * size, height=42 * size, rx=14 * size)
        for side in (-9, 9):
            self.add(
                "rect",
                f"f-{fill}",
                x=x + (side - 7) * size,
                y=y - 36 * size,
                width=14 * size,
                height=36 * size,
                rx=6 * size,
            )

    def bag(self, x: float, y: float, *, fill: str = "amber") -> None:
        """A holdall; x, y are the middle of its foot."""
        self.path(f"M{x - 14} {y - 30}q14 -20 28 0", fill="ground", stroke=fill, width=4)
        self.add("rect", f"f-{fill}", x=x - 32, y=y - 32, width=64, height=32, rx=8)

    def ground(self, y: float) -> None:
        self.line(24, y, WIDTH - 24, y, stroke="edge", width=3)

    def door(self, x: float, y: float, *, fill: str = "paper") -> None:
        """A door with a handle; x, y are the middle of its foot."""
        self.path(f"M{x - 34} {y}v-120h68v120z", fill=fill, stroke="ink")
        self.add("circle", "f-ink", cx=x + 22, cy=y - 56, r=5)

    def wall(self, x: float, y: float, width: float, height: float) -> None:
        """A wall of bricks."""
        self.path(f"M{x} {y}h{width}v{height}h-{width}z", fill="bad-wash", stroke="bad")
        for row in range(1, int(height // 20)):
            self.line(x, y + row * 20, x + width, y + row * 20, stroke="bad", width=2)

    def speech(self, x: float, y: float, width: float, *lines: str, tail: int = 1, edge: str = "accent") -> None:
        """A speech bubble above x; its tail points down, to the left (-1) or the right (1)."""
        height = 24 + 22 * len(lines)
        self.add("rect", f"f-paper s-{edge}", x=x - width / 2, y=y, width=width, height=height, rx=14, stroke_width=3)
        self.path(f"M{x - 8 * tail} {y + height - 2}l{18 * tail} 22l{4 * tail} -22", stroke=edge)
        self.text(x, y + 28, *lines, size=16, gap=22 / 16)

    def tick(self, x: float, y: float) -> None:
        self.path(f"M{x - 10} {y}l8 9l14 -18", fill="ground", stroke="good", width=5)

    def cross(self, x: float, y: float) -> None:
        self.line(x - 9, y - 9, x + 9, y + 9, stroke="bad", width=5)
        self.line(x - 9, y + 9, x + 9, y - 9, stroke="bad", width=5)

    def svg(self) -> str:
        indent(self.root)
        return tostring(self.root, encoding="unicode") + "\n"


def picture(draw: Callable[[], Picture]) -> Callable[[], Picture]:
    PICTURES[draw.__name__.replace("_", "-")] = draw
    return draw


def cards(p: Picture, y: float, height: float, *rows: tuple[str, ...], arrows: bool = False, size: int = 22) -> None:
    """Cards side by side over the whole width."""
    gap = 26 if arrows else 16
    width = (WIDTH - 48 - gap * (len(rows) - 1)) / len(rows)
    for number, row in enumerate(rows):
        x = 24 + number * (width + gap)
        p.box(x, y, width, height, *row, size=size)
        if arrows and number:
            p.arrow(x - gap + 3, y + height / 2, x - 4, y + height / 2)


@picture
def contest() -> Picture:
    p = Picture(200)
    cards(
        p,
        28,
        144,
        ("Pursue", "stop attacks", "being planned"),
        ("Prevent", "stop people", "becoming", "terrorists"),
        ("Protect", "make attacks", "harder"),
        ("Prepare", "cope", "and recover"),
    )
    return p


@picture
def layers() -> Picture:
    p = Picture(330)
    for radius, fill in ((148, "accent-wash"), (104, "paper"), (60, "accent-wash")):
        p.add("circle", f"f-{fill} s-accent", cx=180, cy=165, r=radius, stroke_width=4)
    p.path("M150 185v-34l30 -22l30 22v34z", fill="amber-wash", stroke="ink")
    for y, title, words in (
        (60, "People who notice", "a hello, a report"),
        (165, "Doors, passes, cameras", "closed, worn, working"),
        (270, "Plans and practice", "everyone knows what to do"),
    ):
        p.text(488, y, title, size=20, weight=700, fill="accent")
        p.text(488, y + 25, words, size=16)
    p.line(270, 48, 350, 54, stroke="edge", width=2)
    p.line(270, 160, 345, 162, stroke="edge", width=2)
    p.line(222, 200, 345, 266, stroke="edge", width=2)
    return p


@picture
def gaps() -> Picture:
    p = Picture(240)
    p.ground(200)
    p.door(110, 200)
    p.path("M150 200l26 0l-26 -14z", fill="bad", stroke="bad")
    p.text(110, 226, "a wedge", size=16)
    p.person(270, 200)
    p.person(312, 200, fill="edge")
    p.text(290, 226, "somebody follows", size=16)
    p.path("M420 110l50 -18l10 28l-50 18z", fill="paper")
    p.line(480, 106, 520, 98, stroke="bad", width=3, dash="2 8")
    p.add("circle", "f-good-wash s-good", cx=560, cy=96, r=30, stroke_width=3)
    p.line(560, 126, 560, 200, stroke="good", width=6)
    p.text(500, 226, "a camera that sees a tree", size=16)
    p.text(320, 40, "Small gaps, mostly habits", size=22, weight=700, fill="accent")
    return p


@picture
def normal() -> Picture:
    p = Picture(230)
    p.ground(190)
    for number in range(6):
        p.person(60 + number * 70, 190, fill="edge")
    p.add("rect", "f-paper s-ink", x=540, y=74, width=76, height=116, stroke_width=3)
    p.text(578, 104, "Staff", "only", size=16)
    p.line(548, 142, 562, 142, stroke="ink")
    p.person(512, 190, fill="amber")
    p.line(526, 148, 546, 142, stroke="amber")
    p.text(320, 40, "Know what is normal, and the unusual stands out", size=22, weight=700, fill="accent")
    p.text(512, 216, "what is this one doing?", size=16)
    return p


@picture
def hello() -> Picture:
    p = Picture(270)
    p.ground(240)
    p.person(120, 240, size=1.1)
    p.person(470, 240, fill="edge", size=1.1)
    p.speech(190, 24, 250, "Hello, can I help you?", tail=-1)
    p.speech(470, 24, 270, "Honest: “Yes, please!”", "Hostile: “I have been seen.”", edge="amber")
    return p


@picture
def hot() -> Picture:
    p = Picture(270)
    for number, (letter, one, two) in enumerate(
        (("H", "Hidden", "on purpose?"), ("O", "Obviously", "suspicious?"), ("T", "Typical", "of this place?"))
    ):
        x = 24 + number * 204
        p.add("rect", "f-paper s-accent", x=x, y=24, width=184, height=156, rx=12, stroke_width=3)
        p.text(x + 92, 96, letter, size=64, weight=700, fill="accent")
        p.text(x + 92, 134, one, two, size=18)
    p.text(320, 222, "No, no, yes: lost property", size=20, weight=700, fill="good")
    p.text(320, 250, "Still suspicious? Do not touch it: the 4 Cs.", size=18)
    return p


@picture
def four_cs() -> Picture:
    p = Picture(220)
    cards(
        p,
        48,
        140,
        ("Confirm", "the signs"),
        ("Clear", "100 metres", "and more"),
        ("Communicate", "call 999"),
        ("Control", "keep", "people out"),
        arrows=True,
        size=15,
    )
    for number in range(4):
        p.badge(88 + number * 154.5, 46, str(number + 1))
    return p


@picture
def distances() -> Picture:
    p = Picture(250)
    p.ground(190)
    p.bag(70, 190)
    p.line(120, 80, 120, 190, stroke="bad", dash="6 8")
    p.line(470, 60, 470, 190, stroke="good", dash="6 8")
    p.wall(500, 90, 26, 100)
    p.person(570, 190, fill="good")
    p.arrow(76, 216, 118, 216, stroke="bad")
    p.text(178, 66, "15 metres: no radio, no mobile phone", size=16, weight=600, fill="bad")
    p.arrow(76, 236, 466, 236, stroke="good")
    p.text(330, 118, "at least 100 metres", "out of sight of it, behind", "hard cover, away from glass", size=18)
    return p


@picture
def bomb_call() -> Picture:
    p = Picture(270)
    p.path("M60 170v-60q0 -40 40 -40h80q40 0 40 40v60z", fill="accent-wash", stroke="accent")
    p.path("M52 96q0 -40 88 -40t88 40l-36 14q-6 -24 -52 -24t-52 24z", fill="paper", stroke="accent")
    p.add("circle", "f-paper s-accent", cx=140, cy=130, r=24, stroke_width=4)
    for number, (one, two) in enumerate(
        (("Listen", "and stay calm"), ("Signal", "a colleague calls 999"), ("Write", "the exact words"))
    ):
        p.badge(300, 60 + number * 62, str(number + 1))
        p.text(450, 58 + number * 62, one, size=20, weight=700, fill="accent")
        p.text(450, 80 + number * 62, two, size=16)
    p.text(320, 252, "When the call has ended: 1471", size=16)
    return p


@picture
def bomb_decide() -> Picture:
    p = Picture(250)
    p.box(170, 20, 300, 76, "", "The person responsible", "for the site decides")
    for x in (122, 320, 518):
        p.line(320, 96, x, 138, stroke="edge", width=3)
    cards(p, 140, 82, ("", "move people out"), ("", "lock the doors"), ("", "stay in and search"))
    return p


@picture
def run_hide_tell() -> Picture:
    p = Picture(260)
    cards(p, 24, 210, (), (), (), arrows=True)
    for x, title in ((114, "Run"), (320, "Hide"), (526, "Tell")):
        p.text(x, 66, title, size=26, weight=700, fill="accent")
    p.person(96, 218, fill="good", size=0.7)
    p.arrow(124, 190, 176, 190, stroke="good")
    p.wall(282, 160, 20, 58)
    p.person(330, 218, size=0.7)
    p.path("M520 172h30v46h-30z", fill="accent-wash", stroke="accent")
    p.text(535, 202, "999", size=14, weight=700, fill="accent")
    p.text(114, 96, "if there is", "a safe route", size=16)
    p.text(320, 96, "if you cannot run", size=16)
    p.text(526, 96, "when it is safe", size=16)
    return p


@picture
def cover() -> Picture:
    p = Picture(240)
    p.ground(190)
    p.path("M70 190v-120h120v120", fill="amber-wash", stroke="amber")
    for x in (94, 118, 142, 166):
        p.line(x, 74, x, 188, stroke="amber", width=2)
    p.person(230, 190, fill="edge")
    p.cross(290, 100)
    p.text(170, 222, "a curtain hides, and stops nothing", size=16)
    p.wall(390, 70, 60, 120)
    p.person(500, 190, fill="good")
    p.tick(560, 100)
    p.text(480, 222, "a thick wall protects better", size=16)
    p.text(320, 40, "Cover, not just out of sight", size=22, weight=700, fill="accent")
    return p


@picture
def lockdown() -> Picture:
    p = Picture(250)
    for number, (title, words) in enumerate(
        (
            ("Evacuation", "out, to safety"),
            ("Invacuation", "to a safer place inside"),
            ("Lockdown", "doors shut, danger outside"),
        )
    ):
        x = 118 + number * 202
        p.path(f"M{x - 70} 190v-100h140v100z", fill="paper")
        p.text(x, 52, title, size=20, weight=700, fill="accent")
        p.text(x, 226, words, size=15)
        p.person(x - 30 if number != 2 else x, 186, fill="good", size=0.7)
        if number == 0:
            p.arrow(x - 4, 150, x + 92, 150, stroke="good")
        elif number == 1:
            p.arrow(x - 4, 150, x + 40, 150, stroke="good")
            p.line(x + 52, 110, x + 52, 188, stroke="ink")
        else:
            p.line(x - 70, 120, x - 70, 190, stroke="bad", width=8)
            p.cross(x - 92, 150)
    return p


@picture
def remove() -> Picture:
    p = Picture(190)
    cards(
        p,
        36,
        130,
        ("Remove", "yourself from", "the area"),
        ("Remove", "outer clothing,", "if affected"),
        ("Remove", "it from the skin:", "dry first, rinse", "if it hurts"),
        arrows=True,
    )
    return p


@picture
def report_routes() -> Picture:
    p = Picture(300)
    p.person(80, 200)
    p.text(80, 228, "You", size=18, weight=700)
    rows = (
        ("Danger now", "999", "bad"),
        ("Not urgent", "gov.uk/ACT or the hotline", "accent"),
        ("On the railway, not urgent", "text British Transport Police", "accent"),
        ("At work", "security, control room, manager", "good"),
    )
    for number, (when, how, edge) in enumerate(rows):
        y = 20 + number * 67
        p.box(232, y, 388, 58, "", f"{when}:", how, edge=edge)
        p.line(112, 160, 222, y + 29, stroke=edge, width=3)
    return p


@picture
def report_parts() -> Picture:
    p = Picture(250)
    words = ("What?", "Where?", "When?", "Who?", "Vehicle?", "Why odd?", "Which way?")
    for number, word in enumerate(words):
        column, row = number % 4, number // 4
        p.box(24 + column * (205 if row else 152), 70 + row * 84, 182 if row else 136, 64, word)
    p.text(320, 44, "A report that helps", size=22, weight=700, fill="ink")
    return p


@picture
def tiers() -> Picture:
    p = Picture(230)
    p.line(40, 150, 600, 150, stroke="edge")
    for x, label in ((160, "200"), (430, "800")):
        p.line(x, 136, x, 164, stroke="ink")
        p.text(x, 192, label, size=20, weight=700)
    p.box(170, 40, 250, 80, "Standard tier", "200 to 799 people")
    p.box(440, 40, 176, 80, "Enhanced", "800 or more", edge="amber")
    p.text(320, 218, "people who can reasonably be expected at a time", size=16)
    return p


@picture
def stages() -> Picture:
    p = Picture(230)
    p.line(70, 90, 570, 90)
    for number, (one, two) in enumerate((("Gather", "information"), ("Choose", "and prepare"), ("Act", ""))):
        x = 110 + number * 210
        p.badge(x, 90, str(number + 1), fill="accent" if number else "amber", radius=26)
        p.text(x, 142, one, two, size=17, weight=400 if number else 700)
    p.text(216, 206, "Here they come close, and can be seen", size=18, weight=700, fill="amber")
    p.arrow(110, 186, 110, 170, stroke="amber")
    p.text(320, 36, "A plan, from the first thought to the act", size=18)
    return p


@picture
def questions() -> Picture:
    p = Picture(270)
    words = ("Which target?", "Which weak spots?", "How much security?", "Which way in?", "What time?", "Will it work?")
    for number, word in enumerate(words):
        p.box(24 + (number % 3) * 202, 24 + (number // 3) * 84, 188, 66, "", word)
    p.text(320, 236, "And the one they fear: will anybody notice?", size=20, weight=700, fill="amber")
    return p


@picture
def ddd() -> Picture:
    p = Picture(270)
    for number, (title, one, two) in enumerate(
        (("Deny", "the", "information"), ("Detect", "them while", "they look"), ("Deter", "show that", "you are alert"))
    ):
        x = 120 + number * 200
        p.path(f"M{x - 84} 40h168v80q0 76 -84 116q-84 -40 -84 -116z", fill="paper", stroke="accent", width=4)
        p.text(x, 98, title, size=28, weight=700, fill="accent")
        p.text(x, 136, one, two, size=17)
    return p


@picture
def give_away() -> Picture:
    p = Picture(230)
    cards(
        p,
        30,
        150,
        ("Online", "plans, rotas,", "names, photos"),
        ("On site", "boards, screens,", "codes on walls"),
        ("From people", "a chat,", "a friendly call"),
    )
    p.text(320, 212, "Before you share: who else could use it?", size=18, weight=700)
    return p


@picture
def pieces() -> Picture:
    p = Picture(250)
    for number, (day, words) in enumerate(
        (("Monday", "times the lift"), ("Wednesday", "passes four times"), ("Friday", "stands at the fence"))
    ):
        p.box(24, 24 + number * 72, 274, 60, "", f"{day}: {words}")
        p.arrow(310, 54 + number * 72, 376, 54 + number * 72)
    p.box(390, 44, 226, 160, "A picture", "that nobody", "saw alone", edge="amber")
    return p


@picture
def unpredictable() -> Picture:
    p = Picture(220)
    p.line(50, 120, 590, 120, stroke="edge")
    for x, label in ((90, "dogs"), (170, "uniform"), (330, "plain clothes"), (400, ""), (550, "vehicle checks")):
        p.add("circle", "f-accent", cx=x, cy=120, r=16)
        p.text(x, 160 if x != 330 else 90, label, size=16)
    p.text(320, 46, "Never the same place, time or kind", size=22, weight=700, fill="accent")
    p.text(320, 200, "A plan needs certainty. This takes it away.", size=18)
    return p


@picture
def scan() -> Picture:
    p = Picture(250)
    p.line(120, 110, 520, 110, width=6)
    for x, title, words in (
        (120, "See", "what is normal?"),
        (320, "Check", "a friendly word"),
        (520, "Notify", "tell, at once"),
    ):
        p.add("circle", "f-paper s-accent", cx=x, cy=110, r=80, stroke_width=4)
        p.text(x, 108, title, size=30, weight=700, fill="accent")
        p.text(x, 136, words, size=16)
    p.text(320, 228, "Behaviour, never appearance", size=18)
    return p


@picture
def roles() -> Picture:
    p = Picture(230)
    p.ground(170)
    for number, (job, sees) in enumerate(
        (
            ("Reception", "who comes"),
            ("Shop floor", "who waits"),
            ("Cleaning", "what moved"),
            ("CCTV", "who returns"),
            ("Office", "who follows"),
        )
    ):
        x = 76 + number * 122
        p.person(x, 170, fill="accent" if number % 2 else "good")
        p.text(x, 196, job, size=17, weight=700)
        p.text(x, 217, sees, size=15)
    p.text(320, 48, "Each job sees what the others do not", size=22, weight=700, fill="accent")
    return p


@picture
def scene_barrier() -> Picture:
    p = Picture(250)
    p.ground(215)
    for x in (180, 280, 380):
        p.path(f"M{x} 215v-74h34v74z", fill="paper", stroke="accent")
        p.line(x + 34, 160, x + 62, 160, stroke="bad", width=7)
    p.bag(500, 215)
    p.path("M452 215v-74h34v74z", fill="paper", stroke="accent")
    p.person(80, 215, fill="edge")
    p.person(245, 215, fill="edge")
    p.person(575, 215, fill="good")
    p.path("M60 30h240v40h-240z", fill="accent-wash", stroke="accent")
    p.text(180, 57, "Platforms 1 to 4", size=18, weight=600)
    return p


@picture
def scene_reception() -> Picture:
    p = Picture(250)
    p.ground(215)
    p.person(250, 205)
    p.path("M150 215v-70h260v70z", fill="paper", stroke="accent")
    p.path("M284 96q14 -6 18 10l-4 26q-8 8 -16 0", fill="accent-wash", stroke="ink")
    p.path("M330 140l40 0l0 -8l-40 0z", fill="amber-wash", stroke="amber")
    p.door(530, 215)
    p.person(470, 215, fill="good")
    p.text(210, 190, "Reception", size=18, weight=600)
    return p


@picture
def scene_photographer() -> Picture:
    p = Picture(260)
    p.ground(225)
    p.path("M40 225v-24h40v-24h40v-24h40v-24h40v-24h40v120", fill="paper", stroke="ink")
    p.person(360, 225, fill="amber")
    p.path("M338 168h30v20h-30z", fill="paper")
    p.add("circle", "f-ink", cx=353, cy=178, r=6)
    p.door(520, 225)
    p.path("M572 150h22v34h-22z", fill="accent-wash", stroke="accent")
    p.text(583, 140, "pass", size=14)
    return p


@picture
def scene_office() -> Picture:
    p = Picture(250)
    p.ground(215)
    for x in (70, 200, 330):
        p.path(f"M{x} 215v-50h90v50", fill="paper", stroke="edge")
        p.path(f"M{x + 22} 160v-34h46v34z", fill="accent-wash", stroke="accent")
    p.person(455, 215, fill="amber")
    p.person(575, 215, fill="good")
    p.speech(560, 24, 130, "Hello?", tail=1)
    return p


def main(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, draw in PICTURES.items():
        (folder / f"{name}.svg").write_text(draw().svg(), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "assets")
