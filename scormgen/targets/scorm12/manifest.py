"""`imsmanifest.xml` from the final list of files (SCORM 1.2 content aggregation, with LOM 1.2 metadata).

The prefix is literally `adlcp` and the IMS namespace is the default one, because LMSs search for these strings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from lxml import etree

from scormgen.model.course import Settings
from scormgen.targets.base.contents import Contents, Document
from scormgen.text import slug

IMS = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADLCP = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
IMSMD = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NAME = "imsmanifest.xml"
_LOCATIONS = f"{IMS} imscp_rootv1p1p2.xsd {IMSMD} imsmd_rootv1p2p1.xsd {ADLCP} adlcp_rootv1p2.xsd"
_SHARED = "shared"
_PREFIXES: Any = {None: IMS, "adlcp": ADLCP, "imsmd": IMSMD, "xsi": XSI}


def _child(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{IMS}}}{name}", attributes)
    element.text = text
    return element


def _lom(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{IMSMD}}}{name}")
    element.text = text
    return element


def render_manifest(contents: Contents, schemas: Sequence[str] = ()) -> bytes:
    """The manifest's bytes. It lists every file of the package; identifiers depend only on ids, not on the version."""
    settings = contents.course.settings
    root = etree.Element(f"{{{IMS}}}manifest", nsmap=_PREFIXES)
    root.set("identifier", settings.id)
    root.set("version", settings.version[:20])
    root.set(f"{{{XSI}}}schemaLocation", _LOCATIONS)
    metadata = _child(root, "metadata")
    _child(metadata, "schema", "ADL SCORM")
    _child(metadata, "schemaversion", "1.2")
    _render_lom(metadata, settings)
    organizations = _child(root, "organizations", default=f"{settings.id}-organization")
    organization = _child(organizations, "organization", identifier=f"{settings.id}-organization")
    _child(organization, "title", settings.title)
    resources = _child(root, "resources")
    for sco in contents.documents:
        name = _identifier(sco, settings)
        item = _child(organization, "item", identifier=f"{name}-item", identifierref=f"{name}-sco", isvisible="true")
        _child(item, "title", sco.unit.title)
        if sco.mastery_score is not None:
            score = etree.SubElement(item, f"{{{ADLCP}}}masteryscore")
            score.text = f"{sco.mastery_score:g}"
    _render_resources(resources, contents, schemas)
    etree.indent(root, "  ")
    # UTF-8 everywhere, because some LMSs escape numeric character references twice.
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _identifier(sco: Document, settings: Settings) -> str:
    return (
        sco.unit.id
        if sco.unit.id == settings.id
        else f"{settings.id}.{slug(sco.unit.id.removeprefix(settings.id + '.'))}"
    )


def _render_resources(resources: etree._Element, contents: Contents, schemas: Sequence[str]) -> None:
    """A resource for each SCO; files that several SCOs need, or that none needs, are in one asset."""
    settings = contents.course.settings
    single = len(contents.documents) == 1
    uses = [path for sco in contents.documents for path in sco.files]
    shared = {*contents.shared, *(path for path in uses if uses.count(path) > 1)}
    known = {*uses, *(sco.unit.href for sco in contents.documents)}
    rest = [path for path in contents.files if path not in known]
    common = sorted({*shared, *rest, *schemas})
    for sco in contents.documents:
        name = _identifier(sco, settings)
        resource = _resource(resources, f"{name}-sco", "sco", sco.unit.href)
        own = sorted(set(sco.files) - shared)
        _render_files(resource, [sco.unit.href, *(common if single else ()), *own])
        if not single:
            _child(resource, "dependency", identifierref=f"{settings.id}-{_SHARED}")
    if not single:
        _render_files(_resource(resources, f"{settings.id}-{_SHARED}", "asset", None), common)


def _resource(resources: etree._Element, identifier: str, kind: str, href: str | None) -> etree._Element:
    resource = _child(resources, "resource", identifier=identifier, type="webcontent")
    resource.set(f"{{{ADLCP}}}scormtype", kind)
    if href:
        resource.set("href", quote(href))
    return resource


def _render_files(resource: etree._Element, paths: Iterable[str]) -> None:
    for path in dict.fromkeys(paths):
        _child(resource, "file", href=quote(path))


def _render_lom(metadata: etree._Element, settings: Settings) -> None:
    """LOM of the package: general, lifecycle, metametadata, technical, educational, rights, classification."""
    language = settings.language

    def langstring(parent: etree._Element, text: str) -> None:
        element = _lom(parent, "langstring", text)
        element.set("{http://www.w3.org/XML/1998/namespace}lang", language)

    def vocabulary(parent: etree._Element, name: str, value: str) -> None:
        term = _lom(parent, name)
        for part, text in (("source", "LOMv1.0"), ("value", value)):
            element = _lom(_lom(term, part), "langstring", text)
            element.set("{http://www.w3.org/XML/1998/namespace}lang", "x-none")

    lom = _lom(metadata, "lom")
    general = _lom(lom, "general")
    _lom(general, "identifier", settings.id)
    langstring(_lom(general, "title"), settings.title)
    catalog = _lom(general, "catalogentry")
    _lom(catalog, "catalog", "scormgen")
    langstring(_lom(catalog, "entry"), settings.id)
    _lom(general, "language", language)
    langstring(_lom(general, "description"), settings.description or settings.title)
    for keyword in settings.keywords or (settings.title,):
        langstring(_lom(general, "keyword"), keyword)
    lifecycle = _lom(lom, "lifecycle")
    langstring(_lom(lifecycle, "version"), settings.version)
    vocabulary(lifecycle, "status", "Final")
    _lom(_lom(lom, "metametadata"), "metadatascheme", "ADL SCORM 1.2")
    technical = _lom(lom, "technical")
    _lom(technical, "format", "text/html")
    location = _lom(technical, "location", ".")
    location.set("type", "URI")
    educational = _lom(lom, "educational")
    if settings.duration:
        hours, minutes = divmod(settings.duration, 60)
        time = f"PT{f'{hours}H' if hours else ''}{f'{minutes}M' if minutes or not hours else ''}"
        _lom(_lom(educational, "typicallearningtime"), "datetime", time)
    else:
        vocabulary(educational, "learningresourcetype", "Exercise")
    rights = _lom(lom, "rights")
    vocabulary(rights, "cost", "no")
    vocabulary(rights, "copyrightandotherrestrictions", "yes" if settings.rights else "no")
    if settings.rights:
        langstring(_lom(rights, "description"), settings.rights)
    classification = _lom(lom, "classification")
    vocabulary(classification, "purpose", "Educational Objective")
    audience = f"{settings.description or settings.title} {f'For: {settings.audience}' if settings.audience else ''}"
    langstring(_lom(classification, "description"), audience.strip())
    for keyword in settings.keywords or (settings.title,):
        langstring(_lom(classification, "keyword"), keyword)
