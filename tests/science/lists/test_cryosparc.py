"""Exposures of cryoSPARC."""

from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest

from picking.science.lists import UnreadableList, read_list

UIDS = [2**63 + 5, 17, 400]
NAMES = [b"J2/motioncorrected/17_a.mrc", b">J2/motioncorrected/b.mrc", "J2/motioncorrected/ä.mrc".encode()]
BLOB: dict[str, Any] = {
    "uid": ("u8", UIDS),
    "micrograph_blob/path": ("S40", NAMES),
    "micrograph_blob/psize_A": ("f4", [0.885, 1.0, 72.0]),
    "micrograph_blob/shape": ("u4", (2,), [[3710, 3838]] * 3),
    "micrograph_blob_non_dw/path": ("S40", [b"J2/motioncorrected/17_a_nodw.mrc", b"", b""]),
}
CTF: dict[str, Any] = {
    "uid": ("u8", UIDS),
    "ctf/accel_kv": ("f4", [300] * 3),
    "ctf/cs_mm": ("f4", [2.7] * 3),
    "ctf/amp_contrast": ("f4", [0.1] * 3),
    "ctf/df1_A": ("f4", [15000, 16000, -5]),
    "ctf/df2_A": ("f4", [14000, 15000, 14000]),
    "ctf/df_angle_rad": ("f4", [np.pi / 4] * 3),
    "ctf/phase_shift_rad": ("f4", [np.pi / 2] * 3),
    "ctf_stats/ctf_fit_to_A": ("f4", [3.5, np.inf, 4.0]),
}


def save(
    path: Path, columns: dict[str, Any], rows: list[int] | None = None, order: Literal["=", "<", ">"] = "="
) -> Path:
    """A data set as cryoSPARC writes it."""
    dtype = np.dtype([(name, *spec[:-1]) for name, spec in columns.items()]).newbyteorder(order)
    count = len(columns["uid"][-1])
    table = np.zeros(count, dtype)
    for name, spec in columns.items():
        table[name] = spec[-1]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.save(file, table[rows] if rows is not None else table)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableList) as refused:
        read_list(path)
    return str(refused.value)


@pytest.mark.parametrize("order", ["<", ">"])
def test_exposures_have_their_path_below_the_project_uid_and_pixel_size(
    tmp_path: Path, order: Literal["<", ">"]
) -> None:
    found = read_list(save(tmp_path / "exposures.cs", BLOB, order=order)).micrographs
    assert [each.path for each in found] == [
        "J2/motioncorrected/17_a.mrc",
        "J2/motioncorrected/b.mrc",
        "J2/motioncorrected/ä.mrc",
    ]
    assert [each.uid for each in found] == [str(uid) for uid in UIDS]
    assert [each.pixel_size for each in found] == [0.885, 1.0, None]
    assert [each.undosed for each in found] == ["J2/motioncorrected/17_a_nodw.mrc", "", ""]


def test_ctf_values_have_degrees_and_the_unusable_are_named(tmp_path: Path) -> None:
    found = read_list(save(tmp_path / "exposures.cs", BLOB | CTF))
    first, second, third = (each.ctf for each in found.micrographs)
    assert first and (first.defocus_u, first.defocus_v, first.resolution) == (15000, 14000, 3.5)
    assert first and (first.spherical_aberration, first.amplitude_contrast) == (2.7, 0.1)
    assert first and [first.astigmatism_angle, first.phase_shift] == pytest.approx([45, 90])
    assert second and second.resolution is None
    assert third is None
    assert list(found.no_ctf) == ["J2/motioncorrected/ä.mrc"]


def test_a_passthrough_file_is_joined_by_uid_whatever_its_order_and_its_other_rows(tmp_path: Path) -> None:
    chosen = save(tmp_path / "exposures_ctf_estimated.cs", CTF, [2, 0])
    save(tmp_path / "J7_passthrough_exposures.cs", BLOB, [0, 1, 2])
    found = read_list(chosen).micrographs
    assert [each.path for each in found] == ["J2/motioncorrected/ä.mrc", "J2/motioncorrected/17_a.mrc"]
    assert found[1].ctf and found[1].ctf.defocus_u == 15000


def test_a_file_of_other_exposures_is_not_joined(tmp_path: Path) -> None:
    chosen = save(tmp_path / "exposures.cs", CTF)
    save(tmp_path / "passthrough_exposures.cs", BLOB | {"uid": ("u8", [1, 2, 3])})
    assert "neither has a passthrough file" in refusal(chosen)


def test_particles_are_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "picked.cs", {"uid": ("u8", [1]), "location/micrograph_path": ("S9", [b"a.mrc"])})
    assert "lists particles" in refusal(path)


def test_defoci_of_nought_are_no_estimate(tmp_path: Path) -> None:
    found = read_list(save(tmp_path / "exposures.cs", BLOB | CTF | {"ctf/df1_A": ("f4", [0, 0, 0])}))
    assert not found.no_ctf
    assert {each.ctf for each in found.micrographs} == {None}


def test_pickled_objects_are_never_opened(tmp_path: Path) -> None:
    table = np.zeros(1, [("uid", "u8"), ("micrograph_blob/path", "O")])
    np.save(tmp_path / "a.npy", table, allow_pickle=True)
    (tmp_path / "a.npy").rename(tmp_path / "exposures.cs")
    assert "Python objects" in refusal(tmp_path / "exposures.cs")


def test_a_header_that_promises_more_than_the_file_holds_is_refused_before_memory_is_taken(tmp_path: Path) -> None:
    path = save(tmp_path / "exposures.cs", BLOB)
    path.write_bytes(path.read_bytes().replace(b"(3,), }      ", b"(9999999,), }"))
    assert "Copy the file again" in refusal(path)


def test_the_packed_format_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.cs").write_bytes(b"\x94CSDAT" + bytes(100))
    assert "save" in refusal(tmp_path / "a.cs")
