"""What the networks learn from people's marks."""

from typing import Any

import pytest

from picking.models import Micrograph
from picking.queries.micrographs.marks import examples, label_counts
from tests.api.marks.test_operations import put_label, put_verdict, send
from tests.people import People


@pytest.mark.parametrize(
    ("judged", "kind", "weight"),
    [
        ({"kind": "accept"}, "particle", 1.0),
        ({"kind": "accept", "fit": 0.4}, "particle", 0.4),
        ({"kind": "reject"}, "background", 1.0),
        ({"kind": "reject", "fit": 0.4}, "contamination", 0.4),
    ],
)
def test_what_was_judged_with_its_class_counts_as_much_as_it_fits(
    people: People, micrograph: Micrograph, judged: dict[str, Any], kind: str, weight: float
) -> None:
    send(people, put_verdict(micrograph, **judged))
    taught = {kind: rows[micrograph.pk].tolist() for kind, rows in examples(people.project).items() if rows}
    assert taught == {kind: [[10.0, 20.0, weight, 1.0]]}
    counts = label_counts(people.project)
    assert (counts[kind], sum(counts.values())) == (1, 1)


def test_a_label_counts_whole_and_is_no_judged_pick(people: People, micrograph: Micrograph) -> None:
    send(people, put_label(micrograph, kind="contamination"))
    assert examples(people.project)["contamination"][micrograph.pk].tolist() == [[100.25, 50.5, 1.0, 0.0]]
