"""Sheets of crops, asked for as the gallery does."""

import base64
import io
import struct
from collections.abc import Callable
from uuid import UUID, uuid4

import numpy as np
import pytest
from channels.db import database_sync_to_async
from PIL import Image

from picking.models import Job, Micrograph
from picking.tiles import crops, members
from picking.tiles.render import NoSuchTile, micrograph_level
from tests.conftest import DISCS, noisy_discs
from tests.people import People, make_people
from tests.tiles.test_application import base, get

pytestmark = pytest.mark.django_db(transaction=True)
SIDE, BOX = 64, 80


@pytest.fixture(autouse=True)
def nobody_remembered() -> None:
    members.forget()


def packed(key: UUID, places: list[tuple[float, float]], box: int = BOX) -> str:
    data = struct.pack("<16sHB", key.bytes, box, len(places)) + b"".join(struct.pack("<ff", *xy) for xy in places)
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def sheet_of(
    micrograph: Micrograph, places: list[tuple[float, float]], box: int = BOX, smooth: bool = False
) -> np.ndarray:
    body = crops.render_sheet(micrograph.project_id, SIDE, packed(micrograph.key, places, box), smooth)
    return np.asarray(Image.open(io.BytesIO(body)), float)


def test_each_crop_is_centred_on_its_place(micrograph: Micrograph) -> None:
    sheet = sheet_of(micrograph, [(x, y) for x, y in DISCS[:10].tolist()])
    assert sheet.shape == (2 * SIDE, 8 * SIDE)
    middle, half = SIDE // 2, 18 * SIDE / BOX
    for row, column in [(0, 0), (0, 7), (1, 1)]:
        crop = sheet[row * SIDE : (row + 1) * SIDE, column * SIDE : (column + 1) * SIDE]
        y, x = np.mgrid[:SIDE, :SIDE] - middle + 0.5
        disc = np.hypot(x, y) < half
        assert crop[disc].mean() < crop[~disc].mean() - 20
        dark = np.where(disc | (crop < crop.mean()), crop.max() - crop, 0.0)
        assert abs(np.average(x, weights=dark)) < 2 and abs(np.average(y, weights=dark)) < 2


def test_a_smoothed_crop_shows_the_particle_and_less_noise(micrograph: Micrograph) -> None:
    raw, smooth = (sheet_of(micrograph, [(80.0, 80.0)], smooth=each)[:SIDE, :SIDE] for each in (False, True))
    y, x = np.mgrid[:SIDE, :SIDE] - SIDE // 2 + 0.5
    inside, around = np.hypot(x, y) < 12, np.hypot(x, y) > 20
    contrast_to_noise = [(crop[around].mean() - crop[inside].mean()) / crop[around].std() for crop in (raw, smooth)]
    assert contrast_to_noise[1] > 1.4 * contrast_to_noise[0] > 0


def test_a_crop_beyond_the_edge_is_grey_there(micrograph: Micrograph) -> None:
    sheet = sheet_of(micrograph, [(0.0, 0.0)])
    assert sheet[: SIDE // 2 - 4, : SIDE // 2 - 4].std() < 3
    assert sheet[SIDE // 2 + 4 : SIDE, SIDE // 2 + 4 : SIDE].std() > 10


def test_micrographs_of_different_greys_look_alike(people: People, import_file: Callable[..., Job]) -> None:
    uneven = noisy_discs(seed=1)
    uneven[:, :250] += 12  # a carbon edge takes half of the pyramid's range
    sheets = []
    for name, image in (("even", noisy_discs(seed=1)), ("uneven", uneven)):
        import_file(f"{name}.mrc", image)
        sheets.append(sheet_of(Micrograph.objects.get(name=name), [(500.0, 500.0)])[:SIDE, :SIDE])
    assert abs(sheets[0].mean() - sheets[1].mean()) < 25


def test_particles_beside_ice_crystals_keep_their_contrast(people: People, import_file: Callable[..., Job]) -> None:
    icy = noisy_discs(seed=1)
    icy[-40:] -= 60  # a sixteenth of the micrograph
    contrasts = []
    for name, image in (("clear", noisy_discs(seed=1)), ("icy", icy)):
        import_file(f"{name}.mrc", image)
        contrasts.append(sheet_of(Micrograph.objects.get(name=name), [(80.0, 80.0)], smooth=True)[:SIDE, :SIDE].std())
    assert contrasts[1] > 0.7 * contrasts[0]


def test_a_wide_crop_comes_from_a_coarse_level(micrograph: Micrograph, monkeypatch: pytest.MonkeyPatch) -> None:
    levels = []

    def noting(project_id: int, key: str, level: int) -> np.ndarray:
        levels.append(level)
        return micrograph_level(project_id, key, level)

    monkeypatch.setattr("picking.tiles.crops.micrograph_level", noting)
    sheet_of(micrograph, [(320.0, 320.0)], box=300)
    assert set(levels) == {1}


@pytest.mark.parametrize(
    "places",
    [
        pytest.param(packed(uuid4(), [(10.0, 10.0)]), id="unknown micrograph"),
        pytest.param("AAAA", id="cut off"),
        pytest.param("A", id="no base64"),
    ],
)
def test_what_cannot_be_read_is_no_sheet(people: People, places: str) -> None:
    with pytest.raises(NoSuchTile):
        crops.render_sheet(people.project.pk, SIDE, places)


@pytest.mark.parametrize(
    ("side", "box", "place", "count"),
    [
        (SIDE, BOX, (float("nan"), 10.0), 1),
        (SIDE, BOX, (641.0, 10.0), 1),
        (SIDE, 0, (10.0, 10.0), 1),
        (SIDE, 4000, (10.0, 10.0), 1),
        (16, BOX, (10.0, 10.0), 1),
        (999, BOX, (10.0, 10.0), 1),
        (SIDE, BOX, (10.0, 10.0), 65),
        (SIDE, BOX, (10.0, 10.0), 0),
    ],
)
def test_what_is_asked_is_bounded(
    micrograph: Micrograph, side: int, box: int, place: tuple[float, float], count: int
) -> None:
    with pytest.raises(NoSuchTile):
        crops.render_sheet(micrograph.project_id, side, packed(micrograph.key, [place] * count, box))


@pytest.mark.parametrize("smooth", ["", "smooth/"])
@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("member", 200), ("viewer", 200), ("outsider", 403)])
async def test_members_alone_see_crops(
    people: People, micrograph: Micrograph, who: str, status: int, smooth: str
) -> None:
    path = f"{base(people, who)}/crops/{SIDE}/{smooth}{packed(micrograph.key, [(80.0, 80.0)])}.jpg"
    assert (await get(path))[0] == status


async def test_nobody_sees_crops_without_a_signature(people: People, micrograph: Micrograph) -> None:
    unsigned = base(people)[:-32] + "0" * 32
    assert (await get(f"{unsigned}/crops/{SIDE}/{packed(micrograph.key, [(80.0, 80.0)])}.jpg"))[0] == 403


async def test_the_crops_of_another_project_are_not_found(people: People, micrograph: Micrograph) -> None:
    other = await database_sync_to_async(make_people)("Another")
    path = f"{base(other, 'owner')}/crops/{SIDE}/{packed(micrograph.key, [(80.0, 80.0)])}.jpg"
    assert (await get(path))[0] == 404
