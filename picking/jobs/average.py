"""Sort a project's picks into classes, and show what each looks like while they sharpen."""

from collections.abc import Iterator
from concurrent.futures import Future

import numpy as np

from picking import wire
from picking.actions.jobs import jobs
from picking.actions.jobs.averages import Round, finish_averages, keep_round, take_picks
from picking.in_place import read_source
from picking.jobs.refusal import CannotDo
from picking.jobs.unfit import left_out
from picking.models import Averages, Job, Micrograph
from picking.queries.jobs.averages import ChosenPicks, averages_of, chosen_picks
from picking.queries.micrographs.micrographs import ctf_values
from picking.science.averages.averages import Averages as Sorted
from picking.science.averages.classify import BadPicks, classify
from picking.science.averages.crops import Crops, bright, crop_pixel_size, cut_crops
from picking.science.averages.export import ACROSS, class_files
from picking.science.averages.settings import CropSettings
from picking.science.class_members import FILE, ClassMembers
from picking.science.extract.boxes import Boxes
from picking.science.formats.coordinates import Coordinates
from picking.science.imaging.read import UnreadableMicrograph
from picking.science.nets import DeviceMemory, at_once, best_device, overlapped


def run(claimed: jobs.Claim, job: Job) -> None:
    """Each round is kept, so that who stops it has the last. Micrographs that cannot be read are left out and named."""
    row = averages_of(job.project).filter(job=job).first()
    if row is None:
        raise jobs.Cancelled  # it was deleted
    jobs.report_progress(claimed, 0, 0, "Choosing picks")
    chosen = chosen_picks(row)
    if not chosen.count:
        raise CannotDo("No picks match what was asked for. Lower the thresholds, or choose other micrographs.")
    take_picks(claimed, chosen.count, chosen.of)
    boxes, picks, problems = _cut_all(claimed, row, chosen)
    memory = DeviceMemory(best_device(), in_parts=False)
    rounds = Rounds(claimed, memory, picks, crop_pixel_size(row.diameter, CropSettings()))
    try:
        memory.fitted(
            lambda device, _: classify(
                boxes,
                rounds.pixel_size,
                classes=row.made_from["classes"],
                watch=rounds,
                seed=row.number,
                device=device,
            )
        )
    except BadPicks as reason:
        raise CannotDo(f"{reason} {left_out(problems)}".rstrip()) from reason
    part = f"A random part: {chosen.count:,} of {chosen.of:,} picks. " if chosen.count < chosen.of else ""
    finish_averages(claimed, f"{part}{left_out(problems)}".rstrip())


def _cut_all(claimed: jobs.Claim, row: Averages, chosen: ChosenPicks) -> tuple[Boxes, ClassMembers, list[str]]:
    """The crops, the picks that they are of, and what had to be left out. Each micrograph is read once."""
    size = CropSettings().size
    boxes = np.empty((chosen.count, size, size), np.float32)
    parts, problems, filled = [], list[str](), 0
    for number, (micrograph, picks, crops) in enumerate(_each_cut(row, chosen)):
        jobs.report_progress(claimed, number, len(chosen.micrographs), f"Reading {micrograph.name}")
        try:
            cut = crops.result()
        except (UnreadableMicrograph, OSError) as reason:
            problems.append(f"{micrograph.name} ({reason})")
            continue
        boxes[filled : filled + len(cut.kept)] = cut.boxes
        filled += len(cut.kept)
        parts.append(_members(micrograph, picks.chosen(cut.kept)))
    if not parts:
        raise CannotDo(f"No micrograph could be read. {left_out(problems)}")
    return bright(boxes[:filled]), ClassMembers.joined(parts), problems


def _each_cut(row: Averages, chosen: ChosenPicks) -> Iterator[tuple[Micrograph, Coordinates, Future[Crops]]]:
    def cut(item: tuple[Micrograph, Coordinates]) -> Crops:
        """Runs in a thread of its own."""
        micrograph, picks = item
        assert micrograph.pixel_size, "final picks are of micrographs whose pixel size is known"
        pixels = read_source(micrograph).pixels
        return cut_crops(pixels, micrograph.pixel_size, picks.xy, row.diameter, ctf=ctf_values(micrograph))

    largest = max((each.width * each.height for each, _ in chosen.micrographs), default=1)
    many = at_once(best_device(), largest)
    for (micrograph, picks), crops in overlapped(cut, chosen.micrographs, many):
        yield micrograph, picks, crops


def _members(micrograph: Micrograph, picks: Coordinates) -> ClassMembers:
    """In no class yet."""
    n = len(picks)
    return ClassMembers(
        micrograph=np.full(n, micrograph.pk),
        x=picks.xy[:, 0],
        y=picks.xy[:, 1],
        particle=picks.particle_score,
        contamination=picks.contamination_score,
        number=np.zeros(n, np.int64),
        fit=np.zeros(n),
    )


class Rounds:
    """Keeps what `classify` tells of each round. Raises Cancelled or LostClaim to stop it."""

    def __init__(self, claimed: jobs.Claim, memory: DeviceMemory, picks: ClassMembers, pixel_size: float) -> None:
        self._claimed, self._memory, self._picks, self.pixel_size = claimed, memory, picks, pixel_size

    def __call__(self, found: Sorted, done: float) -> None:
        members = self._picks.sorted_into(found.members + 1, np.clip(found.fits, 0, 1).astype(np.float64))
        made = Round(
            classes=_classes(found, members),
            files={**class_files(found, self.pixel_size), FILE: members.as_bytes()},
            done=round(done, 3),
            size=found.images.shape[-1],
            pixel_size=self.pixel_size,
            columns=ACROSS,
        )
        keep_round(self._claimed, made)
        message = self._memory.told("Sorting picks into classes")
        jobs.report_progress(self._claimed, round(100 * done), 100, message)


def _classes(found: Sorted, members: ClassMembers) -> list[wire.AverageClassWire]:
    particle, contamination = (members.means(scores) for scores in (members.particle, members.contamination))
    return [
        {
            "number": k + 1,
            "count": count,
            "particle_score": particle[k],
            "contamination_score": contamination[k],
            "resolution": None if np.isnan(angstrom) else round(angstrom, 2),
        }
        for k, (count, angstrom) in enumerate(zip(found.counts.tolist(), found.resolutions.tolist(), strict=True))
    ]
