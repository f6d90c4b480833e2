"""A damaged file is an error that says where, or gives the right values; a harmless change gives the same ones."""

import re
from random import Random

import numpy as np
import pytest

from picking.science.formats import FORMATS, Coordinate, MatchedCoordinates, NoMicrographMatches, UnreadableCoordinates
from tests.science.formats import mutations
from tests.science.formats.exports import export, micrograph, places, read, written

PICKS = {
    "a b": [Coordinate(10.0 + 7 * i, 3000.0 - 11 * i, (i + 1) / 16, 0.25, "network") for i in range(8)],
    "größe": [Coordinate(1000.0, 20.0, 0.5, 0.5, "network")],
    "c.1": [Coordinate(5.0, 6.0, source="label", author="Ann"), Coordinate(4000.0, 7.0, 0.5, 0.0, "network")],
}
KINDS = {
    **dict.fromkeys(("relion", "relion_particles", "relion_manual", "cryolo"), "STAR"),
    **dict.fromkeys(("csv", "topaz"), "TABLE"),
    "cryosparc": "ARRAY",
}


def files_of(key: str) -> dict[str, bytes]:
    files = written(key, export(*(micrograph(name, picks) for name, picks in PICKS.items())))
    files.pop("picks.csg", None)
    return files


def mutation_of(key: str, which: str, seed: int) -> mutations.Mutation:
    choices: tuple[mutations.Mutation, ...] = getattr(mutations, f"{KINDS.get(key, 'TEXT')}_{which}")
    return choices[seed % len(choices)]


def mutated(key: str, which: str, seed: int) -> tuple[str, str, dict[str, bytes]]:
    """Name of the mutation, path of the file that it changed, and all files."""
    random, files = Random(seed), files_of(key)
    mutation = mutation_of(key, which, seed)
    path = random.choice(list(files))
    files[path] = mutation(files[path], random)
    return mutation.__name__, path, files


def places_in(found: MatchedCoordinates) -> dict[str, list[tuple[float, float]]]:
    return {name: places(each) for name, each in found.coordinates.items()}


@pytest.mark.parametrize("key", FORMATS)
def test_a_harmless_change_gives_the_same_values(key: str) -> None:
    meant = read(key, files_of(key), PICKS).coordinates
    for seed in range(40):
        name, path, files = mutated(key, "SAME", seed)
        if key == "eman2_json" and name == "windows_lines":
            assert b"\n" not in files[path]
        found = read(key, files, PICKS).coordinates
        assert found.keys() == meant.keys(), (name, path)
        for each, coordinates in meant.items():
            assert places(found[each]) == places(coordinates), (name, path)
            np.testing.assert_array_equal(found[each].particle_score, coordinates.particle_score, err_msg=name)


@pytest.mark.parametrize("key", FORMATS)
def test_damage_is_an_error_that_names_the_file_and_nothing_else_happens(key: str) -> None:
    for seed in range(120):
        name, _, files = mutated(key, "WORSE", seed)
        try:
            found = read(key, files, PICKS)
        except NoMicrographMatches:
            continue
        except UnreadableCoordinates as error:
            assert re.search("|".join(map(re.escape, files)), str(error)), (name, seed, str(error))
            continue
        xy = [each for coordinates in found.coordinates.values() for each in coordinates.xy]
        assert np.isfinite(xy).all(), (name, seed)


SURE = {"not_a_number", "not_a_number_in_array", "a_word_too_few", "a_column_of_star_too_few"} | {
    "a_column_of_table_too_few",
    "a_column_of_array_too_few",
}
"""Damage that can be told from what was meant: no value may be another one."""


@pytest.mark.parametrize("key", FORMATS)
def test_what_is_no_number_or_not_there_is_never_another_value(key: str) -> None:
    meant = places_in(read(key, files_of(key), PICKS))
    tried = 0
    for seed in range(200):
        if mutation_of(key, "WORSE", seed).__name__ not in SURE:
            continue
        name, path, files = mutated(key, "WORSE", seed)
        alone = key == "coords" and files[path].count(b"\n") == 1  # x and z look like x and y
        if alone:
            continue
        tried += 1
        try:
            found = places_in(read(key, files, PICKS))
        except UnreadableCoordinates:
            continue
        assert all(each in meant[micrograph] for micrograph, every in found.items() for each in every), (name, seed)
    assert tried > 20


def test_a_table_of_cryosparc_that_was_cut_off_is_refused_with_the_byte() -> None:
    whole = files_of("cryosparc")["picks.cs"]
    for end in range(0, len(whole), 97):
        with pytest.raises(UnreadableCoordinates, match=r"picks\.cs.*byte"):
            read("cryosparc", {"picks.cs": whole[:end]}, PICKS)


@pytest.mark.parametrize("key", [key for key in FORMATS if KINDS.get(key) != "ARRAY"])
def test_a_text_that_was_cut_off_gives_no_place_but_its_last_another_value(key: str) -> None:
    meant = places_in(read(key, files_of(key), PICKS))
    for seed in range(60):
        random, files = Random(seed), files_of(key)
        path = random.choice(list(files))
        files[path] = mutations.truncated(files[path], random)
        try:
            found = places_in(read(key, files, PICKS))
        except UnreadableCoordinates:
            continue
        for name, every in found.items():
            assert every[:-1] == meant[name][: len(every)][:-1], (seed, path)
