"""cryoSPARC's tables and group files."""

import io
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import yaml

from picking.science.formats import Coordinate, UnreadableCoordinates
from picking.science.formats.cryosparc import micrograph_uid, parse, particle_uids
from picking.science.formats.files import in_memory
from tests.science.formats.exports import HEIGHT, WIDTH, export, micrograph, places, read, written

PICKS = [Coordinate(1024.0, 768.0, 0.75, 0.5, "network"), Coordinate(2048.5, 1.25, source="label")]


def table(files: dict[str, bytes]) -> Any:
    return np.load(io.BytesIO(files["picks.cs"]), allow_pickle=False)


def saved(rows: Any) -> bytes:
    out = io.BytesIO()
    np.save(out, rows, allow_pickle=False)
    return out.getvalue()


def changed(rows: Any, types: dict[str, str] | None = None, drop: tuple[str, ...] = ()) -> bytes:
    names = [name for name in rows.dtype.names if name not in drop]
    other = np.empty(
        len(rows), [(name, (types or {}).get(name.rpartition("/")[2], rows.dtype[name])) for name in names]
    )
    for name in names:
        other[name] = rows[name]
    return saved(other)


def test_centres_are_fractions_of_the_rows_and_columns_as_they_are_stored() -> None:
    rows = table(written("cryosparc", export(micrograph("a b", PICKS), folder="J7/motioncorrected")))
    assert rows["location/micrograph_path"].tolist() == [b"J7/motioncorrected/a b.mrc"] * 2
    assert rows["location/micrograph_shape"].tolist() == [[HEIGHT, WIDTH]] * 2
    assert rows["location/center_x_frac"].tolist() == [0.25, np.float32(2048.5 / WIDTH)]
    assert rows["location/center_y_frac"].tolist() == [0.25, np.float32(1.25 / HEIGHT)]
    assert rows["pick_stats/ncc_score"].tolist() == [0.375, 1.0]
    assert rows["location/micrograph_psize_A"].tolist() == [1.5, 1.5]


def test_pick_stats_have_every_field_that_cryosparc_gives_them() -> None:
    rows = table(written("cryosparc", export(micrograph("a", PICKS))))
    assert [name for name in rows.dtype.names if name.startswith("pick_stats/")] == [
        f"pick_stats/{field}" for field in ("ncc_score", "power", "template_idx", "angle_rad")
    ]
    assert rows["pick_stats/power"].tolist() == [0.375, 1.0]


def test_a_smaller_image_has_whole_pixels_and_keeps_the_places() -> None:
    files = written("cryosparc", export(micrograph("a", PICKS), scale=3.0))
    assert table(files)["location/micrograph_shape"][0].tolist() == [1024, 1365]
    np.testing.assert_allclose(
        places(read("cryosparc", files, ["a"], scale=3.0).coordinates["a"]), places(PICKS), rtol=0, atol=1e-3
    )


def test_the_group_file_says_where_each_result_is_and_how_many_there_are() -> None:
    group = yaml.safe_load(written("cryosparc", export(micrograph("a", PICKS), micrograph("b")))["picks.csg"])
    assert group["group"]["type"] == "particle"
    assert group["results"] == {
        each: {"metafile": ">picks.cs", "num_items": 3, "type": f"particle.{each}"}
        for each in ("location", "pick_stats")
    }


def test_a_file_says_the_size_and_the_pixel_size_of_its_image() -> None:
    (found,) = parse(in_memory({"x.cs": written("cryosparc", export(micrograph("a", PICKS)))["picks.cs"]}))
    assert (found.name, found.size, found.pixel_size) == ("a.mrc", (WIDTH, HEIGHT), 1.5)


def test_a_particle_has_the_same_uid_in_every_export_and_no_other_has_it() -> None:
    twice = [*PICKS, *PICKS]
    rows = table(written("cryosparc", export(micrograph("a", twice), micrograph("b", twice))))
    assert len(set(rows["uid"].tolist())) == 8
    fewer = table(written("cryosparc", export(micrograph("b", PICKS[1:]))))
    assert fewer["uid"][0] == rows["uid"][5]
    assert fewer["location/micrograph_uid"][0] == rows["location/micrograph_uid"][5]


def test_many_particles_at_one_place_have_uids_of_their_own() -> None:
    assert len(np.unique(particle_uids(1, np.zeros(100_000, np.uint64)))) == 100_000


def test_the_uid_in_a_file_name_of_cryosparc_is_that_of_the_micrograph() -> None:
    assert micrograph_uid("J2/motioncorrected/010364223123456789012_a_patch_aligned.mrc") == 10364223123456789012
    assert micrograph_uid("20240506_a.mrc") != 20240506


def test_two_files_of_one_prefix_are_two_micrographs() -> None:
    prefix = "000123456789012345678"
    rows = table(written("cryosparc", export(micrograph(f"{prefix}_a"), micrograph(f"{prefix}_a_denoised"))))
    assert rows["location/micrograph_uid"][0] == 123456789012345678
    assert rows["location/micrograph_uid"][1] != 123456789012345678


def test_a_micrograph_without_a_size_cannot_be_written() -> None:
    unknown = micrograph("a", PICKS)
    with pytest.raises(UnreadableCoordinates, match="size of a is not known"):
        written("cryosparc", export(type(unknown)("a", "a.mrc", 0, 0, 1.5, PICKS)))


def test_no_picks_are_a_table_without_rows() -> None:
    assert len(table(written("cryosparc", export(micrograph("a", []))))) == 0


@pytest.mark.parametrize("types", [{"every": ">U40"}, {"center_x_frac": ">f8", "center_y_frac": "<f8"}])
def test_other_byte_orders_widths_and_strings_are_read(types: dict[str, str]) -> None:
    rows = table(written("cryosparc", export(micrograph("ö", PICKS))))
    if "every" in types:
        names = [(name, rows.dtype[name].newbyteorder(">")) for name in rows.dtype.names]
        swapped = np.empty(len(rows), names)
        for name in rows.dtype.names:
            swapped[name] = rows[name]
        content = saved(swapped)
    else:
        content = changed(rows, types)
    np.testing.assert_allclose(
        places(read("cryosparc", {"x.cs": content}, ["ö"]).coordinates["ö"]), places(PICKS), atol=1e-3
    )


def test_names_may_be_unicode() -> None:
    rows = table(written("cryosparc", export(micrograph("a", PICKS))))
    content = changed(rows, {"micrograph_path": "<U20"})
    assert list(read("cryosparc", {"x.cs": content}, ["a"]).coordinates) == ["a"]


def test_mixed_rows_are_given_to_their_micrographs() -> None:
    rows = table(written("cryosparc", export(micrograph("a", PICKS), micrograph("b", PICKS))))
    found = read("cryosparc", {"x.cs": saved(rows[[2, 0, 3, 1]])}, ["a", "b"]).coordinates
    assert [places(found[name])[0] for name in "ab"] == [(1024.0, 768.0)] * 2


def test_scores_and_pixel_size_may_be_missing() -> None:
    rows = table(written("cryosparc", export(micrograph("a", PICKS))))
    content = changed(rows, drop=("pick_stats/ncc_score", "location/micrograph_psize_A", "uid"))
    (found,) = parse(in_memory({"x.cs": content}))
    assert found.pixel_size is None
    assert [each.particle_score for each in found.coordinates] == [None, None]


LOCATIONS = ("location/center_x_frac", "location/center_y_frac", "location/micrograph_path")


def test_particles_without_locations_are_refused_with_what_to_export() -> None:
    rows = table(written("cryosparc", export(micrograph("a", PICKS))))
    with pytest.raises(UnreadableCoordinates, match=r"x\.cs holds no particle locations.*export the particles group"):
        read("cryosparc", {"x.cs": changed(rows, drop=LOCATIONS)}, ["a"])


def test_particles_without_locations_are_passed_over_beside_their_passthrough_file() -> None:
    rows = table(written("cryosparc", export(micrograph("a", PICKS))))
    files = {"x.cs": changed(rows, drop=LOCATIONS), "passthrough.cs": saved(rows)}
    assert len(read("cryosparc", files, ["a"]).coordinates["a"]) == 2


def test_a_group_file_alone_asks_for_its_table() -> None:
    files = written("cryosparc", export(micrograph("a", PICKS)))
    with pytest.raises(UnreadableCoordinates, match=r"picks\.csg only says .* Add picks\.cs"):
        read("cryosparc", {"picks.csg": files["picks.csg"]}, ["a"])


def test_a_group_file_of_another_number_is_refused() -> None:
    files = written("cryosparc", export(micrograph("a", PICKS)))
    files["picks.csg"] = files["picks.csg"].replace(b"num_items: 2", b"num_items: 3")
    with pytest.raises(UnreadableCoordinates, match=r"picks\.cs holds 3 particles, but there are 2"):
        read("cryosparc", files, ["a"])


@pytest.mark.parametrize(
    "content",
    [
        b"results: {location: [metafile:]}",
        b"results:\n metafile: [",
        b"results: 3 # metafile:",
        b"results: &a [*a, metafile:]",
    ],
)
def test_a_broken_group_file_is_refused(content: bytes) -> None:
    files = written("cryosparc", export(micrograph("a", PICKS)))
    with pytest.raises(UnreadableCoordinates, match=r"picks\.csg"):
        read("cryosparc", {**files, "picks.csg": content}, ["a"])


def test_a_header_that_promises_a_thousand_million_rows_is_not_believed() -> None:
    content = written("cryosparc", export(micrograph("a", PICKS)))["picks.cs"]
    with pytest.raises(UnreadableCoordinates, match=r"ends at byte \d+, but 1000000000 rows reach"):
        read(
            "cryosparc",
            {"x.cs": content.replace(b"(2,), }", b"(1000000000,), }").replace(b" " * 9 + b"\n", b"\n")},
            ["a"],
        )


def test_python_objects_are_never_read() -> None:
    rows = np.zeros(1, [("uid", "<u8"), ("location/micrograph_path", "O")])
    out = io.BytesIO()
    np.save(out, rows, allow_pickle=True)
    with pytest.raises(UnreadableCoordinates, match=r"x\.cs holds Python objects"):
        read("cryosparc", {"x.cs": out.getvalue()}, ["a"])


def test_the_compressed_kind_is_refused_with_the_way_out() -> None:
    with pytest.raises(UnreadableCoordinates, match=r"cryosparc-tools.*NUMPY_FORMAT"):
        read("cryosparc", {"x.cs": b"\x95CSDAT" + bytes(20)}, ["a"])


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("location/center_y_frac", np.nan, r"row 2, byte \d+: location/center_y_frac is not a number"),
        ("location/micrograph_shape", (0, 0), r"row 2, byte \d+: no micrograph has the size"),
        ("location/micrograph_shape", (5, 5), r"row 2, byte \d+: this row gives its micrograph another size"),
        ("location/micrograph_path", b"", "there is no name"),
        ("location/micrograph_path", b"\xff", "not in UTF-8"),
    ],
)
def test_a_broken_row_is_refused_with_its_byte(column: str, value: object, reason: str) -> None:
    rows = table(written("cryosparc", export(micrograph("a", PICKS)))).copy()
    rows[column][1] = value
    with pytest.raises(UnreadableCoordinates, match=rf"x\.cs.*{reason}"):
        read("cryosparc", {"x.cs": saved(rows)}, ["a"])


def test_a_micrograph_of_a_list_has_the_path_and_the_uid_that_it_has_there() -> None:
    listed = replace(micrograph("a"), listed_as="J2/motioncorrected/a.mrc", cryosparc_uid=2**63 + 5)
    rows = table(written("cryosparc", export(listed)))
    assert rows["location/micrograph_path"].tolist() == [b"J2/motioncorrected/a.mrc"]
    assert rows["location/micrograph_uid"].tolist() == [2**63 + 5]
