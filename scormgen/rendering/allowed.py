"""The HTML that a course may have: one list of elements, their attributes, and the addresses in them. Anything else is
an error.

The list is used twice. Each tag and each attribute list in an author's text is compared with it, so that a problem
has its line. Then the resulting HTML of a page, after Markdown and variables, is parsed by an HTML5
parser as a browser would, and compared again: this finds whatever has passed the first check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from scormgen.problems.report import Place, Report
from scormgen.text import did_you_mean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# Elements that run or load something, that send forms, or that end the page around them.
_REFUSED = frozenset(
    """
    applet audioscope base basefont bgsound body button dialog embed form frame frameset head html iframe input
    isindex keygen link
    listing main meta noembed noframes noscript object option optgroup param plaintext script select slot style
    template textarea
    xmp animate animatecolor animatemotion animatetransform set discard foreignobject handler listener
    """.split()
)
# Attributes of every element, and those that begin with aria-. `markdown` has no effect, which M020 reports.
_EVERYWHERE = "id class title lang dir role translate tabindex markdown"
# Elements with further attributes: HTML, obsolete ones that browsers still show, then SVG and MathML.
_HTML = """
    a: href name target rel hreflang type download
    area: href alt coords shape target rel
    audio: src controls loop muted autoplay preload
    bdo blockquote: cite
    br: clear
    caption: align
    col colgroup: span width align valign
    data: value
    del ins: cite datetime
    details: open name
    div p h1 h2 h3 h4 h5 h6 legend: align
    fieldset: disabled
    font: color face size
    hr: align width size noshade color
    img: src alt width height loading decoding ismap usemap align border hspace vspace fetchpriority
    label: for
    li: value type
    map: name
    meter: value min max low high optimum
    ol: start type reversed compact
    output: for
    pre: width
    progress: value max
    q: cite
    source: src type media
    table: border cellpadding cellspacing width align summary bgcolor rules frame
    td th: colspan rowspan headers scope abbr align valign width height nowrap bgcolor
    thead tbody tfoot tr: align valign bgcolor
    time: datetime
    track: src kind srclang label default
    ul dl dir: type compact
    video: src poster controls width height loop muted autoplay preload playsinline
    abbr acronym address article aside b bdi big center cite code dd dfn dt em figcaption figure footer header hgroup
    i kbd mark nav
    nobr picture rb rp rt rtc ruby s samp search section small span strike strong sub summary sup tt u var wbr:
"""
_SVG = """
    svg g path circle ellipse rect line polyline polygon text tspan textpath defs desc use symbol marker mask pattern
    clippath
    lineargradient radialgradient stop filter image
    feblend fecolormatrix fecomponenttransfer fecomposite feconvolvematrix fedisplacementmap fedropshadow feflood
    fefunca fefuncb
    fefuncg fefuncr fegaussianblur femerge femergenode femorphology feoffset feturbulence
"""
# The words for a drawing and its parts. Only in a drawing: outside, <title> makes all up to its end text. They hold
# text alone, for
# HTML in them would go on behind their ends.
_WORDS = ("title", "desc")
_SVG_ATTRIBUTES = """
    alignment-baseline amplitude basefrequency baseline-shift bias clip-path clip-rule clippathunits color
    color-interpolation-filters cx cy d direction display divisor dominant-baseline dx dy edgemode exponent fill
    fill-opacity fill-rule
    filter filterunits flood-color flood-opacity font-family font-size font-style font-variant font-weight fr fx fy
    gradienttransform
    gradientunits height href in in2 intercept k1 k2 k3 k4 kernelmatrix lengthadjust letter-spacing marker-end
    marker-mid marker-start markerheight markerunits
    markerwidth mask maskcontentunits maskunits mode numoctaves offset opacity operator order orient overflow
    paint-order pathlength patterncontentunits
    patterntransform patternunits points preservealpha preserveaspectratio primitiveunits r radius refx refy result
    rotate rx ry scale
    seed shape-rendering slope spreadmethod startoffset stddeviation stitchtiles stop-color stop-opacity stroke
    stroke-dasharray stroke-dashoffset stroke-linecap
    stroke-linejoin stroke-miterlimit stroke-opacity stroke-width tablevalues targetx targety text-anchor
    text-decoration text-rendering textlength transform
    transform-origin type values vector-effect version viewbox visibility width word-spacing writing-mode x x1 x2
    xlink:href xml:lang xml:space
    xchannelselector ychannelselector xmlns xmlns:xlink y y1 y2 focusable
"""
_MATH = """
    math maction menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace
    msqrt mstyle
    msub msubsup msup mtable mtd mtext mtr munder munderover semantics annotation
"""
_MATH_ATTRIBUTES = """
    accent accentunder actiontype alttext columnalign columnlines columnspacing columnspan depth display displaystyle
    encoding fence
    form frame height linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits
    notation
    rowalign rowlines rowspacing rowspan rspace scriptlevel selection separator stretchy symmetric voffset width xmlns
"""
# Attributes of our own elements in the HTML of a page; not allowed in an author's tags and attribute lists.
_OURS = {
    "button": "type class data-module data-action data-definition aria-expanded",
    "div": "data-module",
    "figure": "data-module",
    "img": "loading",
    "input": "type disabled checked aria-label class",
    "script": "type class",
    "section": "data-module",
    "sg-question": "",
}
# Attributes that run, load, style or move something beyond the page's HTML, and those that begin with on.
_ACTIVE = frozenset(
    """
    style srcdoc srcset imagesrcset autofocus formaction action ping background manifest lowsrc dynsrc is slot nonce
    http-equiv
    contenteditable accesskey popover popovertarget commandfor attributionsrc
    """.split()
)
_ADDRESSES = ("href", "src", "poster", "cite")
_ADDRESS = "write an address that begins with https:, or the name of a file of the course"
_FRAGMENTS = ("xlink:href", "usemap")  # may only lead to something on the same page
_TARGETS = ("_blank", "_self")
# What to do about one of them.
_INSTEAD = {
    "style": "remove it; a theme can style a class",
    "srcset": "use src with one picture",
    "imagesrcset": "use src with one picture",
    "autofocus": "remove it: the player controls the keyboard focus",
}
RESOLVED = ("href", "src", "poster")  # the attributes whose addresses `links` resolves, and reports
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
_LINKED = ("http:", "https:", "mailto:", "tel:", "sms:")
_LOADS = re.compile(r"\\|(?:url|src|image|image-set|cross-fade|element|paint)\s*\((?!\s*[\"']?#)", re.I)
_IGNORED = re.compile(r"[\0-\x20\x7f-\x9f]")  # characters that browsers ignore in a scheme


def _read(table: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of a table: names, a colon, attributes. A row may go over several lines."""
    for row in re.findall(r"([a-z0-9\s]+):([a-z \t]*)\n", table):
        for name in row[0].split():
            yield name, row[1].split()


_FREE = ("class", "id", "title", "alt", "rel")  # these may have any value
_IN_PICTURES = frozenset(_SVG.split())
FOREIGN = frozenset((*_SVG.split(), *_MATH.split()))  # whose tags may close themselves
_EACH = frozenset(_EVERYWHERE.split())
ELEMENTS: Mapping[str, frozenset[str]] = {
    **{name: _EACH.union(own) for name, own in _read(_HTML)},
    **dict.fromkeys(_SVG.split(), _EACH.union(_SVG_ATTRIBUTES.split())),
    "title": _EACH,
    **dict.fromkeys(_MATH.split(), _EACH.union(_MATH_ATTRIBUTES.split())),
}
_MADE = {
    **ELEMENTS,
    **{name: ELEMENTS.get(name, frozenset()).union(own.split()) for name, own in _OURS.items()},
}


class Refusal(NamedTuple):
    """Something that is not allowed in a course: its code, the attribute's name as written, a description, and what
    to do.
    """

    code: str
    name: str
    what: str
    hint: str

    def tell(self, place: Place, report: Report) -> None:
        """Adds the problem."""
        report.add(self.code, place, tag=self.what, what=self.what, hint=self.hint)


def is_refused(tag: str) -> bool:
    """Whether an element runs or loads something, or ends the page around it. Browsers show no other element that is
    not in `ELEMENTS`.
    """
    return tag in _REFUSED


def refuse_attributes(tag: str, attributes: Iterable[tuple[str, str | None]]) -> Iterator[Refusal]:
    """The problems of an author's attributes for an element, whose name is in lower case; values as in HTML.

    Addresses in `RESOLVED` are checked by the function that resolves them.
    """
    allowed = ELEMENTS.get(tag, _EACH)
    for written, value in attributes:
        name = written.lower()
        if name in _ACTIVE or name.startswith("on"):
            yield Refusal("M010", written, f"the attribute “{written}”", _INSTEAD.get(name, "remove it"))
        elif name.startswith("aria-"):
            pass
        elif name not in allowed:
            hint = did_you_mean(name, allowed, _instead_of_unknown(name))
            yield Refusal("M026", written, f"the attribute “{written}” of <{tag}>", hint)
        elif name in ("class", "id") and any(word.startswith("sg-") for word in (value or "").split()):
            hint = "use another name: names that begin with sg- belong to the player"
            yield Refusal("M026", written, f"the {name} “{value}”", hint)
        elif (name not in RESOLVED or _names_part(tag, name)) and (hint := _wrong_value(tag, name, value or "")):
            yield Refusal("M026", written, f"the value “{unescape(value or '')}” of {written}", hint)


def _instead_of_unknown(name: str) -> str:
    """The hint for an attribute that is not in the list."""
    if name == "hidden":
        return "remove it; put text that learners open in <details>, and your own notes in a comment, <!-- … -->"
    return "remove it: nothing in a course reads it" if name.startswith("data-") else "remove it"


def _names_part(tag: str, name: str) -> bool:
    """Whether an attribute names a part of the same page, and no file."""
    return name in _FRAGMENTS or (name == "href" and tag not in ("a", "area", "image"))


def _wrong_value(tag: str, name: str, value: str) -> str:
    """The hint for the value of an allowed attribute; '' if the value is allowed."""
    if _names_part(tag, name):
        return "" if value.startswith("#") else "it may only refer to something on the same page, as in #name"
    if name in _ADDRESSES:
        return (
            ""
            if _is_address(unescape(value), is_link=name == "cite" or (name == "href" and tag != "image"))
            else _ADDRESS
        )
    if name == "target" and value.lower() not in _TARGETS:
        return "write _blank, or remove it: the course stays open when a link is followed"
    if name == "tabindex" and value not in ("0", "-1"):
        return "write 0, or remove it: the keyboard follows the order of the page"
    if tag in _IN_PICTURES and _LOADS.search(unescape(value)):
        return "it may only refer to something in the same picture, as in url(#name)"
    return ""


def _is_address(value: str, *, is_link: bool) -> bool:
    """Whether an address is allowed: links lead to the web, or to a file or page of the course; all others to a file
    of the course.
    """
    address = _IGNORED.sub("", value).lower()
    if _SCHEME.match(address):
        return address.startswith(_LINKED if is_link else "data:image/")
    return is_link or not address.startswith(("/", "\\"))


def find_refused(html: str) -> Iterator[tuple[str, str, str]]:
    """What a browser would find in a page's HTML that is not allowed in a course: element, attribute ('' for the
    element itself), value (of an element that is not allowed in another: this other one)."""
    root = LexborHTMLParser(html, is_fragment=True, scripting=True).root
    for node in root.traverse() if root else ():
        tag = _tag(node)
        allowed = _MADE.get(tag)
        if allowed is None:
            if not tag.startswith("-"):  # a comment
                yield tag, "", ""
            continue
        if (around := _tag(node.parent)) in _WORDS or (tag == "title" and not _is_in_picture(node.parent)):
            yield tag, "", around if around in _WORDS else ""
            continue
        for written, value in node.attributes.items():
            name, text = written.lower(), value or ""
            known = name in allowed or name.startswith("aria-")
            if not known or (name not in _FREE and _wrong_value(tag, name, text)):
                yield tag, name, text
        if tag == "script" and node.attributes.get("type") != "application/json":
            yield tag, "type", node.attributes.get("type") or ""


def _tag(node: LexborNode | None) -> str:
    """The name of a parsed element in lower case, as SVG has some that are not; '' for none."""
    return (node.tag or "").lower() if node else ""


def _is_in_picture(node: LexborNode | None) -> bool:
    """Whether an element is part of a drawing: nothing but its parts and links are around it, up to <svg>. What is HTML
    there has come in by a <desc> or <title>, which may hold no elements."""
    while (tag := _tag(node)) != "svg":
        if node is None or (tag not in _IN_PICTURES and tag != "a"):
            return False
        node = node.parent
    return True
