"""Conversions on the command line."""

import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from picking.science.formats import FORMATS
from picking.science.formats.files import whole
from tests.science.convert.conftest import HEIGHT, NAMES, PLACES, Convert, read

STAR = "out.star"


def xy(path: Path, name: str = "Movies/g1/mic_1.mrc") -> np.ndarray:
    return read("relion_particles", path)[name].xy


def test_the_format_is_told_by_content_and_by_the_extension_of_what_is_written(convert: Convert, folder: Path) -> None:
    (folder / "in.csv").rename(folder / "in.dat")
    code, said, _ = convert("--pixel-size", "1.5", "in.dat", STAR)
    assert (code, said) == (
        0,
        "120 coordinates of 3 micrographs are in out.star (RELION particles (particles.star)), "
        "read back and compared.\n",
    )
    np.testing.assert_allclose(xy(folder / STAR), PLACES["g1/mic_1"], atol=1e-5)


def test_bare_numbers_are_said_to_be_in_doubt_and_can_be_read_otherwise(convert: Convert, folder: Path) -> None:
    (folder / "picks").mkdir()
    (folder / "picks" / "bare.txt").write_text("101 20 30 1.5\n102 40 50 0.5\n")
    code, _, notes = convert("--pixel-size", "1.5", "picks", STAR)
    assert (code, "choose that format" in notes) == (0, True)
    assert set(read("relion_particles", folder / STAR)) == {"101.mrc", "102.mrc"}
    code, _, notes = convert("--from", "eman_box", "--size", "330,215", "--pixel-size", "1.5", "picks", "boxes.csv")
    assert (code, notes) == (0, "")
    assert {name: each.xy.tolist() for name, each in read("csv", folder / "boxes.csv").items()} == {
        "bare.txt.mrc": [[101 + 15, 20], [102 + 25, 40]]
    }


@pytest.mark.parametrize("factor", ["4", "1/4", "0.25"])
def test_scale_multiplies(convert: Convert, folder: Path, factor: str) -> None:
    assert convert("--scale", factor, "in.csv", STAR)[0] == 0
    np.testing.assert_allclose(xy(folder / STAR), PLACES["g1/mic_1"] * (4 if factor == "4" else 0.25), atol=1e-5)


@pytest.mark.parametrize("known_by", [("--micrographs", "Movies"), ("--size", "330,215"), ("--size", "330x215")])
def test_rows_are_counted_from_the_other_end(convert: Convert, folder: Path, known_by: tuple[str, str]) -> None:
    assert convert("--flip-y", *known_by, "in.csv", STAR)[0] == 0
    expected = PLACES["g1/mic_1"] * (1, -1) + (0, HEIGHT - 1)
    np.testing.assert_allclose(xy(folder / STAR), expected, atol=1e-5)


def test_a_flip_without_a_height_is_refused(convert: Convert, folder: Path) -> None:
    code, _, complaint = convert("--flip-y", "in.csv", STAR)
    assert code == 1
    assert "Give the size." in complaint
    assert not (folder / STAR).exists()


def test_names_are_matched_by_the_likely_rule_and_it_is_said(convert: Convert, folder: Path) -> None:
    text = (folder / "in.csv").read_text().replace(".mrc", "_patch_aligned_doseweighted.mrc")
    (folder / "in.csv").write_text(text)
    code, _, notes = convert("--micrographs", "Movies", "in.csv", STAR)
    assert code == 0
    assert "Ignore _patch_aligned_doseweighted at the end" in notes
    assert set(read("relion_particles", folder / STAR)) == {f"Movies/{name}.mrc" for name in NAMES}


def test_names_that_match_no_micrograph_are_refused_with_both_sides(convert: Convert, folder: Path) -> None:
    (folder / "in.csv").write_text("micrograph,x,y\nother,1,2\n")
    code, _, complaint = convert("--micrographs", "Movies", "in.csv", STAR)
    assert code == 1
    assert "name other" in complaint
    assert "g1/mic_1" in complaint


def test_coordinates_outside_are_left_out_and_said(convert: Convert, folder: Path) -> None:
    with (folder / "in.csv").open("a") as file:
        file.write("Movies/g1/mic_1.mrc,5,215,0.5\n")
    code, said, notes = convert("--micrographs", "Movies", "in.csv", STAR)
    assert code == 0
    assert said.startswith("120 coordinates")
    assert "1 coordinates lie outside their micrographs and are left out: g1/mic_1 (1)." in notes


def test_a_likely_scale_is_said(convert: Convert) -> None:
    assert "binned by 4. If so, convert with --scale 4." in convert("--size", "1320,860", "in.csv", STAR)[2]
    assert "--scale" not in convert("--size", "330,215", "--overwrite", "in.csv", STAR)[2]


def test_parts_of_a_micrograph_that_lie_apart_come_together(convert: Convert, folder: Path) -> None:
    (folder / "in.csv").write_text("micrograph,x,y\na,1,2\nb,3,4\na,5,6\n")
    assert convert("--to", "eman_box", "--box", "4", "in.csv", "boxes")[0] == 0
    assert (folder / "boxes/boxfiles/a.box").read_text() == "-1\t0\t4\t4\n3\t4\t4\t4\n"


def test_one_file_for_each_micrograph_needs_a_folder_or_a_zip(convert: Convert, folder: Path) -> None:
    code, _, complaint = convert("--box", "40", "in.csv", "out.box")
    assert code == 1
    assert "This makes 3 files, 3 of which could be out.box. Give a folder or .zip." in complaint
    assert convert("--to", "eman_box", "--box", "40", "in.csv", "out.zip")[0] == 0
    assert len(zipfile.ZipFile(folder / "out.zip").namelist()) == 3


def test_the_table_of_cryosparc_may_be_wanted_without_its_group_file(convert: Convert, folder: Path) -> None:
    assert convert("--size", "330,215", "--pixel-size", "1.5", "in.csv", "out.cs")[0] == 0
    assert convert("out.cs", STAR)[1].startswith("120 coordinates of 3 micrographs")
    assert {path.name for path in folder.glob("out.*")} == {"out.cs", STAR}


def test_an_unknown_box_is_refused(convert: Convert) -> None:
    assert "The box size is not known" in convert("--to", "eman_box", "in.csv", "boxes")[2]


def test_what_is_there_is_replaced_only_if_asked_for(convert: Convert, folder: Path) -> None:
    (folder / STAR).write_text("precious")
    assert convert("in.csv", STAR)[0] == 1
    assert (folder / STAR).read_text() == "precious"
    assert convert("--overwrite", "in.csv", STAR)[0] == 0


def test_nothing_is_left_where_a_file_is_damaged(convert: Convert, folder: Path) -> None:
    before = set(folder.iterdir())
    with (folder / "in.csv").open("a") as file:
        file.write("Movies/g1/mic_1.mrc,nan,1,0.5\n")
    code, _, complaint = convert("in.csv", STAR)
    assert (code, set(folder.iterdir())) == (1, before)
    assert complaint == "Nothing was converted: in.csv, line 122: 'nan' is not a number.\n"


def test_what_is_written_wrong_is_not_kept(convert: Convert, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("picking.science.formats.eman_box.whole", lambda values: whole(values) + 20)
    code, _, complaint = convert("--to", "eman_box", "--box", "40", "in.csv", "boxes")
    assert code == 1
    assert "px from where they should be" in complaint
    assert not (folder / "boxes").exists()


def test_folders_are_read_without_what_is_no_coordinates(convert: Convert, folder: Path) -> None:
    assert convert("--to", "cryolo", "--box", "40", "in.csv", "cbox")[0] == 0
    (folder / "cbox" / "notes.md").write_text("ours")
    (folder / "cbox" / "cryoweb_manifest.json").write_text('{"program": "CryoWeb 1"}')
    (folder / "cbox" / "._mic.cbox").write_text("left by a Mac")
    assert convert("cbox", STAR)[1].startswith("120 coordinates of 3 micrographs")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["in.csv"], "Say what to read and, last, what to write"),
        (["in.csv", "out"], "Say in which format to write"),
        (["in.csv", "out.csv", "--scale", "0"], "is not a number such as 4, 0.25 or 1/4"),
        (["in.csv", "out.csv", "--scale", "1/0"], "is not a number such as 4, 0.25 or 1/4"),
        (["in.csv", "out.csv", "--size", "10"], "is not a width and a height"),
        (["in.csv", "out.csv", "--box", "-3"], "is not a whole number of pixels"),
        (["in.csv", "out.csv", "--pixel-size", "nan"], "is not a positive number"),
        (["in.csv", "out.csv", "--check"], "say where they are with --micrographs"),
    ],
)
def test_wrong_arguments_end_with_2(convert: Convert, arguments: list[str], complaint: str) -> None:
    code, _, said = convert(*arguments)
    assert code == 2
    assert complaint in said


@pytest.mark.parametrize("what", ["nothere.star", "Movies"])
def test_what_cannot_be_read_ends_with_1(convert: Convert, what: str) -> None:
    code, _, said = convert(what, STAR)
    assert code == 1
    assert what in said


def test_what_was_written_is_drawn_on_the_micrographs(convert: Convert, folder: Path) -> None:
    (folder / "in.csv").write_text("micrograph,x,y\ng1/mic_1,100,50\n")
    code, said, _ = convert("--micrographs", "Movies", "--diameter", "60", "--check", "in.csv", STAR)
    assert code == 0
    assert "Drawn: out_check/g1-mic_1.png" in said
    with Image.open(folder / "out_check" / "g1-mic_1.png") as picture:
        pixels = np.asarray(picture, np.int64)[-HEIGHT:]
    green = np.argwhere(pixels[..., 1] - pixels[..., 0] > 60)
    assert green.min(axis=0) == pytest.approx((30, 80), abs=2)
    assert green.max(axis=0) == pytest.approx((70, 120), abs=2)


def test_it_runs_as_a_module_of_its_own_and_lists_every_format(folder: Path) -> None:
    root = Path(__file__).parents[3]
    command = [sys.executable, "-m", "picking.science.convert", "--help"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert all(key in done.stdout for key in FORMATS)
