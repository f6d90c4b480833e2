"""Files of CTF values."""

from contextlib import suppress
from pathlib import Path

import pytest
import starfile
from hypothesis import given
from hypothesis import strategies as st

from picking.science.ctf_file import UnreadableCtf, match_ctf, read_ctf
from picking.science.imaging.ctf import CtfValues

FIRST = CtfValues(15234.5, 14890.25, 34.5, 300.0, 2.7, 0.1, 0.0, 4.25)
OTHER = CtfValues(20000, 20000, 0, 300, 2.7, 0.1)
HEAD = "micrograph,defocus_u,voltage,spherical_aberration,amplitude_contrast"


def grouped(optics: str = "opticsGroup1 1 300 2.7 0.1", row: str = "15234.5 14890.25 34.5 4.25") -> bytes:
    """As RELION 3.1 and later write it."""
    return f"""
# version 30001

data_optics

loop_
_rlnOpticsGroupName #1
_rlnOpticsGroup #2
_rlnVoltage #3
_rlnSphericalAberration #4
_rlnAmplitudeContrast #5
{optics}


# version 30001

data_micrographs

loop_
_rlnMicrographName #1
_rlnOpticsGroup #2
_rlnDefocusU #3
_rlnDefocusV #4
_rlnDefocusAngle #5
_rlnCtfMaxResolution #6
MotionCorr/job002/Movies/m_1.mrc 1 {row}
""".encode()


def old(row: str = "Micrographs/m_1.mrc 15234.5 14890.25 34.5 300 2.7 0.1 4.25") -> bytes:
    """As RELION 3.0 and before: one table."""
    names = ("MicrographName", "DefocusU", "DefocusV", "DefocusAngle", "Voltage", "SphericalAberration")
    columns = "\n".join(f"_rln{name}" for name in (*names, "AmplitudeContrast", "CtfMaxResolution"))
    return f"data_\n\nloop_\n{columns}\n{row}\n".encode()


def table(row: str = "m_1.mrc,15000,300,2.7,0.1", head: str = HEAD) -> bytes:
    return f"{head}\n{row}\n".encode()


def values_of(content: bytes) -> CtfValues:
    """Of the first row."""
    _, values = read_ctf("x", content)[0]
    assert isinstance(values, CtfValues)
    return values


@pytest.mark.parametrize("content", [grouped(), old()], ids=["with optics", "one table"])
def test_a_star_file_of_either_form_is_read(content: bytes) -> None:
    ((name, values),) = read_ctf("micrographs_ctf.star", content)
    assert (name.rsplit("/")[-1], values) == ("m_1.mrc", FIRST)


def test_each_micrograph_has_the_voltage_of_its_own_optics_group() -> None:
    content = grouped("a 7 200 1.4 0.07\nb 1 300 2.7 0.1")
    assert values_of(content).voltage == 300
    with pytest.raises(UnreadableCtf, match="there is no optics group 1"):
        read_ctf("x.star", grouped("a 7 200 1.4 0.07"))


def test_a_table_needs_only_the_columns_without_which_there_is_no_ring() -> None:
    assert read_ctf("x.csv", table()) == [("m_1.mrc", CtfValues(15000, 15000, 0, 300, 2.7, 0.1))]


def test_a_table_may_say_all() -> None:
    head = f"{HEAD},defocus_v,astigmatism_angle,phase_shift,resolution"
    values = values_of(table("m_1.mrc,15234.5,300,2.7,0.1,14890.25,34.5,90,4.25", head))
    assert (values.defocus_v, values.astigmatism_angle, values.phase_shift, values.resolution) == (
        14890.25,
        34.5,
        90,
        4.25,
    )


def test_what_the_starfile_package_writes_is_read_as_it_reads_it(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    (tmp_path / "in.star").write_bytes(grouped("one 1 300 2.7 0.1\ntwo 2 200 1.4 0.07"))
    blocks = starfile.read(tmp_path / "in.star")
    rows = [("a b.mrc", 2, 21000.5), ("c.mrc", 1, 9000.0)]
    columns = ("rlnMicrographName", "rlnOpticsGroup", "rlnDefocusU")
    blocks["micrographs"] = pandas.DataFrame([dict(zip(columns, row, strict=True)) for row in rows])
    starfile.write(blocks, tmp_path / "out.star")
    matched = match_ctf(read_ctf("out.star", (tmp_path / "out.star").read_bytes()), ["a b.mrc", "c.mrc"])
    assert [(name, v.defocus_u, v.voltage) for name, v in matched.values.items()] == [
        ("a b.mrc", 21000.5, 200),
        ("c.mrc", 9000.0, 300),
    ]


def test_a_fit_that_reaches_nowhere_is_no_resolution() -> None:
    assert values_of(grouped(row="15234.5 14890.25 34.5 inf")).resolution is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00\x01", "not a text file"),
        (b"", "neither a STAR file nor a table"),
        (b"just words\n", "neither a STAR file nor a table"),
        (b"data_\nloop_\n_rlnCoordinateX\n1\n", "no table with _rlnMicrographName and _rlnDefocusU"),
        (b"data_\n_rlnMicrographName a.mrc\n_rlnDefocusU\n", "no column _rlnVoltage"),
        (old().replace(b"_rlnVoltage", b"_rlnOther"), "has no column _rlnVoltage"),
        (old().replace(b"_rlnDefocusAngle", b"_rlnOther"), "has no column _rlnDefocusAngle"),
        (old("m 1 2"), "line 12: expected 8 values, found 3"),
        (old("m nan 14890 34 300 2.7 0.1 4"), "m: defocus_u: 'nan' is not a number"),
        (old("m 15000 14890 34 -300 2.7 0.1 4"), "m: voltage is -300 kV; it must be from 50 to 1500 kV"),
        (table("m,1.5,300,2.7,0.1"), "m: defocus_u is 1.5 Å; it must be from 100 to 200000 Å"),
        (table("m,15000,300000,2.7,0.1"), "voltage is 300000 kV"),
        (table("m,,300,2.7,0.1"), "m: defocus_u is empty"),
        (table("m,15000,300"), "line 2: expected 5 values, found 3"),
        (table("m,15000", "micrograph,defocus_u"), "no column voltage and no column spherical_aberration"),
        (table("m,15000,300,2.7,0.1,x", f"{HEAD},resolution"), "resolution: 'x' is not a number"),
        (HEAD.encode(), "does not name any micrograph"),
        (b"x" * 200_000, "neither a STAR file nor a table"),
        (table("x" * 200_000 + ",1,2,3,4"), "field larger than"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableCtf) as refused:
        read_ctf("x.star", content)
    assert said in str(refused.value)


@given(st.binary(max_size=200), st.sampled_from([b"", b"data_\nloop_\n_rlnMicrographName\n_rlnDefocusU\n", table()]))
def test_whatever_the_bytes_no_other_error_comes(content: bytes, start: bytes) -> None:
    with suppress(UnreadableCtf):
        read_ctf("x.star", start + content)


def test_names_are_matched_by_what_remains_without_folder_and_extension() -> None:
    found = [("MotionCorr/job002/Movies/m_1.mrc", FIRST), ("theirs.mrc", FIRST), ("m.2", FIRST)]
    matched = match_ctf(found, ["m_1", "m.2", "left_out"])
    assert list(matched.values) == ["m_1", "m.2"]
    assert (matched.unmatched, matched.missing) == (["theirs.mrc"], ["left_out"])


def test_when_no_name_fits_both_sides_are_told() -> None:
    with pytest.raises(UnreadableCtf, match=r"names a\.mrc, b\.mrc, c\.mrc and 1 more; the project has ours"):
        match_ctf([(f"{letter}.mrc", FIRST) for letter in "abcd"], ["ours"])


def test_rows_that_agree_about_a_micrograph_are_one() -> None:
    assert match_ctf([("a/m.mrc", FIRST), ("b/m.mrc", FIRST)], ["m"]).values == {"m": FIRST}


def test_rows_that_disagree_about_a_micrograph_are_left_out_and_the_others_count() -> None:
    rows = [("m.mrc", FIRST), ("other.mrc", FIRST), ("m.mrc", OTHER), ("m.mrc", FIRST)]
    matched = match_ctf(rows, ["m", "other"])
    assert (list(matched.values), list(matched.left_out), matched.missing) == (["other"], ["m"], [])
    assert "different values" in matched.left_out["m"]
    with pytest.raises(UnreadableCtf, match=r"m: The file has several different values.*micrographs_ctf\.star"):
        match_ctf(rows, ["m"])


@pytest.mark.parametrize(
    ("column", "written", "reason"),
    [
        (1, "nan", "defocus_u: 'nan' is not a number."),
        (1, "", "defocus_u is empty."),
        (1, "-5", "defocus_u is -5 Å; it must be from 100 to 200000 Å."),
        (4, "7%", "amplitude_contrast: '7%' is not a number."),
    ],
)
def test_a_row_that_cannot_be_used_is_left_out_and_the_others_count(column: int, written: str, reason: str) -> None:
    bad = ["bad.mrc", "15000", "300", "2.7", "0.1"]
    bad[column] = written
    content = table(f"m_1.mrc,15000,300,2.7,0.1\n{','.join(bad)}\nm_2.mrc,16000,300,2.7,0.1")
    matched = match_ctf(read_ctf("x.csv", content), ["m_1", "bad", "m_2", "none"])
    assert {name: each.defocus_u for name, each in matched.values.items()} == {"m_1": 15000, "m_2": 16000}
    assert (matched.left_out, matched.unmatched, matched.missing) == ({"bad.mrc": reason}, [], ["none"])


def test_when_no_row_of_the_project_can_be_used_the_first_reason_is_said() -> None:
    found = read_ctf("x.csv", table("m.mrc,nan,300,2.7,0.1\ntheirs.mrc,15000,300,2.7,0.1"))
    with pytest.raises(UnreadableCtf, match=r"No row could be used.*m\.mrc: defocus_u: 'nan' is not a number"):
        match_ctf(found, ["m"])


def test_a_name_that_fits_two_micrographs_is_left_out() -> None:
    matched = match_ctf([("001.mrc", FIRST), ("x/g2/001.mrc", OTHER)], ["g1/001", "g2/001"])
    assert (matched.values, matched.missing) == ({"g2/001": OTHER}, ["g1/001"])
    assert "g1/001, g2/001" in matched.left_out["001.mrc"]


@pytest.mark.parametrize("first", ["data_1/m.mrc", "loop_1/m.mrc", "_m.mrc", "#m.mrc", "data_"])
def test_names_of_a_table_may_begin_like_keywords_of_star(first: str) -> None:
    ((name, _),) = read_ctf("x.csv", table(f"{first},15000,300,2.7,0.1"))
    assert name == first


@pytest.mark.parametrize("first", ["data_20210101/m.mrc", "loop_grid/m.mrc", "_m/m.mrc", "data_"])
def test_names_of_a_star_file_may_begin_like_keywords(first: str) -> None:
    (one, two) = read_ctf("x.star", old(f"{first} 15234.5 14890.25 34.5 300 2.7 0.1 4.25\nb 2e4 2e4 0 300 2.7 0.1 4"))
    assert (one, two[0]) == ((first, FIRST), "b")


def test_a_name_that_was_escaped_for_spreadsheets_is_read_without_its_apostrophe() -> None:
    assert read_ctf("x.csv", table("'=m.mrc,15000,300,2.7,0.1"))[0][0] == "=m.mrc"


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_a_table_may_end_its_lines_as_other_systems_do(end: str) -> None:
    content = table().replace(b"\n", end.encode())
    assert read_ctf("x.csv", content) == read_ctf("x.csv", table())


@pytest.mark.parametrize("written", ["nan", "-nan", "inf", "-1", ""])
def test_a_resolution_that_nobody_knows_is_none(written: str) -> None:
    content = table(f"m,15000,300,2.7,0.1,{written}", f"{HEAD},resolution")
    assert values_of(content).resolution is None


def test_two_defocus_values_without_the_angle_between_them_are_refused() -> None:
    head = f"{HEAD},defocus_v,astigmatism_angle"
    with pytest.raises(UnreadableCtf, match=r"m_1\.mrc: astigmatism_angle is empty"):
        read_ctf("ctf.csv", table("m_1.mrc,15000,300,2.7,0.1,14000,", head))
