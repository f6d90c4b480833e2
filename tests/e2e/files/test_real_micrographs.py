"""The ten real micrographs through the running server: upload, label, train, pick, export, and the referee's score."""

import csv
import importlib.util
import io
import json
from pathlib import Path
from typing import Any

import numpy as np

from picking.science.imaging.read import read_micrograph
from picking.science.imaging.write import write_mrc
from tests.conftest import REAL_DATA, SHARED, needs_real_data
from tests.e2e.client import ApiPerson, all_picked

LABELS = 20


@needs_real_data
def test_ten_real_micrographs_go_through_the_whole_loop(anna: ApiPerson, tmp_path: Path) -> None:
    data = json.loads((REAL_DATA / "dataset.json").read_text())
    project = anna.create_project(data["name"], data["particle_diameter_angstrom"])
    for picture in sorted((REAL_DATA / "micrographs").iterdir()):
        file = tmp_path / f"{picture.stem}.mrc"
        write_mrc(file, read_micrograph(picture).pixels, data["pixel_size_angstrom"], mode=1)
        anna.upload(project, file)
        file.unlink()
    snapshot = anna.wait(project, lambda s: len(s["micrographs"]) == 10, seconds=300)
    assert {round(m["pixel_size"], 4) for m in snapshot["micrographs"]} == {data["pixel_size_angstrom"]}

    anna.label(project, places(data, {m["name"]: m["id"] for m in snapshot["micrographs"]}))
    anna.post(f"/api/v1/projects/{project}/trainings", {})
    anna.wait(project, all_picked, seconds=600)

    score = referee().score(REAL_DATA, final_picks(anna, project), threshold=0.0)
    print(f"referee, final picks at the default thresholds: {score}")
    assert score["F1_at_threshold"] > 0.7


def places(data: dict[str, Any], ids: dict[str, int]) -> list[tuple[int, str, float, float]]:
    """Labels of each kind as a person would place them, all on micrographs of the label pool."""
    random = np.random.default_rng(0)
    particles, dirt = read_points("particles.tsv"), read_points("contamination.tsv")
    far = 0.95 * data["particle_diameter_angstrom"] / data["pixel_size_angstrom"]
    labels: list[tuple[int, str, float, float]] = []
    for name in data["label_pool"][:4]:
        chosen = random.permutation(particles[name])[: LABELS // 4]
        empty = [xy for xy in random.uniform(200, 3900, (500, 2)) if np.hypot(*(particles[name] - xy).T).min() > far]
        for kind, points in (("particle", chosen), ("background", empty[: LABELS // 4])):
            labels += [(ids[name], kind, float(x), float(y)) for x, y in points]
    all_dirt = [(name, *xy) for name in data["label_pool"] for xy in dirt.get(name, [])]
    for index in random.permutation(len(all_dirt))[:LABELS]:
        name, x, y = all_dirt[index]
        labels.append((ids[name], "contamination", float(x), float(y)))
    return labels


def read_points(file: str) -> dict[str, np.ndarray]:
    rows: dict[str, list[tuple[float, float]]] = {}
    with (REAL_DATA / file).open(newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            rows.setdefault(row["image_name"], []).append((float(row["x_coord"]), float(row["y_coord"])))
    return {name: np.array(points) for name, points in rows.items()}


def final_picks(person: ApiPerson, project: int) -> dict[str, np.ndarray]:
    """The downloaded CSV as the referee takes it: name -> (n, 3) of x, y, score."""
    table = person.export(project, "csv", "picks.csv").decode()
    rows: dict[str, list[tuple[float, float, float]]] = {}
    for row in csv.DictReader(io.StringIO(table)):
        score = float(row["particle_score"] or 1) * (1 - float(row["contamination_score"] or 0))
        rows.setdefault(Path(row["micrograph"]).stem, []).append((float(row["x"]), float(row["y"]), score))
    return {name: np.array(picks) for name, picks in rows.items()}


def referee() -> Any:
    """The benchmark's own scoring program."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "bench" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
