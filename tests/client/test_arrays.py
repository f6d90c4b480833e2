"""Labels and picks as arrays."""

import numpy as np
import pytest

from cryoweb_client import CryoWebError
from cryoweb_client import project as client
from cryoweb_client.arrays import numpy
from picking.models import Micrograph
from tests.client.served import served
from tests.people import People


def test_labels_go_and_come_as_arrays_and_count_among_the_picks(
    people: People, micrograph: Micrograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "AT_ONCE", 2)
    points = np.array([(10.5, 20), (30, 40.25), (9999, 5)])
    with served(people) as project:
        added, refused = project.label_array(micrograph.pk, points)
        assert (added, list(refused.values())) == (2, [1])
        labels, picks = project.labels_of(micrograph.pk), project.final_picks()
    assert sorted(labels[["x", "y", "kind"]].tolist()) == [(10.5, 20, "particle"), (30, 40.25, "particle")]
    assert sorted(picks["x"].tolist()) == [10.5, 30]
    assert set(picks["micrograph"]) == {micrograph.pk}


def test_without_numpy_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "numpy", None)
    with pytest.raises(CryoWebError, match=r"cryoweb-client\[arrays\]"):
        numpy()
