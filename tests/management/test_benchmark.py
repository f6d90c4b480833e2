from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def test_a_folder_without_a_data_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"no dataset\.json"):
        call_command("benchmark", str(tmp_path), "--labels", "all")


def test_labels_are_a_number_or_all(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="neither a number of labels nor “all”"):
        call_command("benchmark", str(tmp_path), "--labels", "many")
