"""Small pictures of micrographs, for programs."""

import io
import shutil

from PIL import Image

from picking import storage
from picking.models import Micrograph
from tests.people import People


def test_a_program_gets_the_whole_micrograph_small(people: People, micrograph: Micrograph) -> None:
    answer = people.client("viewer").get(
        f"/api/v1/micrographs/{micrograph.pk}/picture", headers={"Accept": "image/jpeg"}
    )
    assert answer["Content-Type"] == "image/jpeg"
    width, height = Image.open(io.BytesIO(answer.content)).size
    assert width == height <= 512


def test_a_picture_that_is_gone_is_said(people: People, micrograph: Micrograph) -> None:
    shutil.rmtree(storage.micrograph_folder(micrograph.project_id, micrograph.key))
    answer = people.client("viewer").get(f"/api/v1/micrographs/{micrograph.pk}/picture")
    assert (answer.status_code, answer.json()["detail"]) == (400, "The picture of first no longer exists.")
