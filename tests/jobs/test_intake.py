"""Every kind of file by every way in: micrographs are taken, all else is refused with what to do instead."""

import bz2
import gzip
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from django.test import override_settings
from django.utils import timezone

from picking.actions.micrographs.watched import start_watching
from picking.jobs import watch
from picking.jobs.tasks import run_job
from picking.models import Job, WatchedFolder
from picking.queries.projects.watched import watched_detail
from tests.conftest import noisy_discs
from tests.people import People
from tests.science.imaging.test_read import mrc_bytes

IMAGE = noisy_discs(centres=np.array([[60, 60]]), side=128)
MRC = mrc_bytes(IMAGE, 2, "<", 4.0)
STAR = "data_micrographs\n\nloop_\n_rlnMicrographName\n_rlnOpticsGroup\n{name} 1\n"


def stack(sections: int, side: int, volume: int = 0) -> bytes:
    head = bytearray(MRC[:1024])
    struct.pack_into("<3i", head, 0, side, side, sections)
    struct.pack_into("<i", head, 88, volume)
    return bytes(head) + bytes(4096)


def claims(width: int, height: int) -> bytes:
    """The header of an image of that size, and next to nothing after it."""
    head = bytearray(MRC[:1024])
    struct.pack_into("<2i", head, 0, width, height)
    return bytes(head) + bytes(4096)


def eer(file: Path) -> None:
    tifffile.imwrite(file, np.zeros((3, 80, 100), "u1"), bigtiff=True, metadata=None)
    with tifffile.TiffFile(file, mode="r+") as tiff:
        for page in tiff.pages:
            page.aspage().tags["Compression"].overwrite(65001)


def tiff(**how: Any) -> Callable[[Path], object]:
    return lambda file: tifffile.imwrite(file, IMAGE, **how)


def movie(file: Path) -> None:
    tifffile.imwrite(file, np.zeros((5, 2048, 1100), "u1"), compression="lzw")


Made = bytes | Callable[[Path], object]

MICROGRAPHS: dict[str, Made] = {
    "plain.mrc": MRC,
    "packed.mrc.gz": gzip.compress(MRC),
    "packed.mrc.bz2": bz2.compress(MRC),
    "one-frame.mrcs": MRC,
    "lzw.tif": tiff(compression="lzw"),
    "deflate.tiff": tiff(compression="zlib"),
    "big.tif": tiff(bigtiff=True),
}
OTHERS: dict[str, tuple[Made, str]] = {
    "movie.mrc": (stack(40, 4096), "Import the motion-corrected micrograph instead"),
    "movie.mrcs": (stack(40, 4096), "Import the motion-corrected micrograph instead"),
    "movie.mrc.gz": (gzip.compress(stack(40, 4096)), "Import the motion-corrected micrograph instead"),
    "movie.tif": (movie, "Import the motion-corrected micrograph instead"),
    "movie.eer": (eer, "import the motion-corrected micrograph"),
    "eer.tif": (eer, "import the motion-corrected micrograph"),
    "particles.mrcs": (stack(500, 256), "Import the whole micrographs"),
    "volume.mrc": (stack(300, 300, 1), "import the motion-corrected micrographs"),
    "tomogram.rec": (stack(300, 928, 1), "single micrographs, not in tomograms"),
    "volume.map": (stack(300, 300, 1), "import those that it was made from"),
    "image.mrc.mdoc": (b"PixelSpacing = 1.3\n[ZValue = 0]\n", "Import the image itself"),
    "bomb.mrc.gz": (gzip.compress(claims(16_000, 16_000)), "truncated"),
    "huge.mrc.gz": (gzip.compress(claims(160_000, 160_000)), "bin it first"),
    "empty.mrc": (b"", "empty"),
}


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    root = tmp_path / "raw"
    root.mkdir()
    with override_settings(CRYOWEB_DATA_ROOTS={root: ["*"]}):
        yield root


def put(root: Path, name: str, made: Made) -> Path:
    file = root / name
    if isinstance(made, bytes):
        file.write_bytes(made)
    else:
        made(file)
    return file


def ended() -> list[str]:
    """Runs the imports that are queued, and returns their errors: empty for a micrograph."""
    queued = list(Job.objects.filter(kind=Job.Kind.IMPORT, status=Job.Status.QUEUED))
    for job in queued:
        run_job(job.pk)
        job.refresh_from_db()
    return [job.error for job in queued]


def uploaded(people: People, file: Path) -> list[str]:
    client: Any = people.client("manager")
    address = f"/api/v1/projects/{people.project.pk}/uploads"
    started = client.post(address, {"name": file.name, "size": file.stat().st_size}, format="json")
    if started.status_code == 400:
        return [started.json()["detail"]]
    address, kind = f"/api/v1/uploads/{started.json()['id']}", "application/offset+octet-stream"
    client.generic("PATCH", address, file.read_bytes(), content_type=kind, headers={"Upload-Offset": "0"})
    return ended()


def placed(people: People, place: str) -> list[str]:
    address = f"/api/v1/projects/{people.project.pk}/imports"
    answer = people.client("manager").post(address, {"path": place}, format="json")
    return ended() if answer.status_code == 200 else [answer.json()["detail"]]


def listed(people: People, file: Path) -> list[str]:
    star = file.parent / "micrographs.star"
    star.write_text(STAR.format(name=file.name))
    return placed(people, str(star))


def watched(people: People, file: Path) -> list[str]:
    folder = start_watching(people.project.pk, people.manager, str(file.parent), subfolders=False)
    for _ in range(2):
        WatchedFolder.objects.update(scan_at=timezone.now())
        watch.scan_due()
    detail = watched_detail(WatchedFolder.objects.get(pk=folder.pk))
    return [each["reason"] for each in (*detail["waiting"], *detail["left_out"])] or ended()


WAYS: dict[str, Callable[[People, Path], list[str]]] = {
    "upload": uploaded,
    "folder": lambda people, file: placed(people, str(file.parent)),
    "pattern": lambda people, file: placed(people, f"{file.parent}/*"),
    "list": listed,
    "watched": watched,
}


@pytest.mark.parametrize("name", MICROGRAPHS)
def test_a_micrograph_is_taken_whichever_way_it_comes(people: People, root: Path, name: str) -> None:
    for way, come in WAYS.items():
        folder = root / way
        folder.mkdir()
        assert come(people, put(folder, f"{way}-{name}", MICROGRAPHS[name])) == [""], way
    sizes = people.project.micrographs.values_list("width", "height")
    assert list(sizes) == [(128, 128)] * len(WAYS)


@pytest.mark.parametrize("name", OTHERS)
def test_anything_else_is_refused_with_what_to_do_whichever_way_it_comes(people: People, root: Path, name: str) -> None:
    made, said = OTHERS[name]
    for way, come in WAYS.items():
        folder = root / way
        folder.mkdir()
        [reason] = come(people, put(folder, name, made))
        assert said.lower() in reason.lower(), way
    assert not people.project.micrographs.exists()
