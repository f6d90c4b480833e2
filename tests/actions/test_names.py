"""What is taken as a name."""

from pathlib import PurePath

import pytest

from picking.actions.names import fit_name, require_fit_file
from picking.refusals import Refused


def test_a_name_is_kept_composed_and_without_spaces_around_it() -> None:
    assert fit_name(" jo\u0308rg ") == "jörg"


@pytest.mark.parametrize("path", ["folder/.mic.mrc", "fol\u200bder/mic.mrc"])
def test_a_file_that_begins_with_a_dot_or_whose_path_does_not_show_is_refused(path: str) -> None:
    require_fit_file(PurePath("folder/mic.mrc"))
    with pytest.raises(Refused):
        require_fit_file(PurePath(path))
