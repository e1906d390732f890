"""The step that packs: a verified site with its report and spec in one zip, the same to the byte every time."""

import io
import json
import zipfile
from collections.abc import Mapping

from pydantic import BaseModel

from generation.artifacts import FileStore
from generation.contracts import FileRef, Package, SiteFiles, SiteReport, SiteSpec
from generation.report_page import report_page, report_style

ABOUT = ".sitebuilder"
REPORT, SPEC, MANIFEST = f"{ABOUT}/report.json", f"{ABOUT}/spec.json", f"{ABOUT}/manifest.json"
REPORT_PAGE, REPORT_STYLE = f"{ABOUT}/report.html", f"{ABOUT}/report.css"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can hold
READABLE_FILE = 0o100644 << 16
UNIX = 3


def package(spec: SiteSpec, files: SiteFiles, report: SiteReport, store: FileStore) -> Package:
    """The package: the site at its root, and under ``.sitebuilder`` what it was made of and how it was checked."""
    about = {
        REPORT: _json(report),
        REPORT_PAGE: report_page(report),
        REPORT_STYLE: report_style(),
        SPEC: _json(spec),
        MANIFEST: _manifest(files.files),
    }
    listed = {**files.files, **{path: store.put(data) for path, data in about.items()}}
    manifest = dict(sorted(listed.items()))
    return Package(
        zip=store.put(_zip(manifest, store)),
        report=manifest[REPORT],
        spec=manifest[SPEC],
        manifest=manifest,
    )


def _json(model: BaseModel) -> bytes:
    return model.model_dump_json(indent=1).encode() + b"\n"


def _manifest(files: Mapping[str, FileRef]) -> bytes:
    listed = {path: ref.model_dump() for path, ref in sorted(files.items())}
    return json.dumps(listed, ensure_ascii=False, indent=1).encode() + b"\n"


def _zip(manifest: Mapping[str, FileRef], store: FileStore) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, ref in manifest.items():
            entry = zipfile.ZipInfo(path, EPOCH)
            entry.create_system, entry.external_attr = UNIX, READABLE_FILE
            archive.writestr(entry, store.get(ref.sha256), zipfile.ZIP_DEFLATED, compresslevel=9)
    return packed.getvalue()
