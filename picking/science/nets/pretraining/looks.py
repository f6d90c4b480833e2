"""Simulated micrographs made to look more like real ones (docs/method.md, 8 and 21)."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.spatial import cKDTree

from picking.science.imaging.network_input import InputSettings, normalised
from picking.science.nets.pretraining.scenes import Floats, Scene
from picking.science.picks import Points

Random = np.random.Generator
Pixels = NDArray[np.float32]

INPUT = InputSettings()
OVERLAID = 0.5
"""The part of the scenes that are two superimposed ones: real particles overlap, and lie in coarse ice."""
TOO_NEAR = 0.5
"""Particles of two superimposed scenes that are nearer than so many diameters are on top of one another."""
TEXTURE = 1.2
"""The most that coarse texture is added, in standard deviations of the image."""
STEEPEST = 2.0
"""Amplitudes of the texture fall with the frequency to this power at most."""
LOW_PASSED = 0.7
"""The part of the scenes of which fine detail is taken, as real input has hardly any beyond a fifth of a cycle."""
CUT_OFF = (0.1, 0.3)
"""Cycles per input pixel."""
UNEVEN = 0.4
"""Standard deviation of the logarithm by which the spectrum is changed, smoothly."""


def looked_at(scene: Scene, other: Scene, random: Random) -> Scene:
    """The scene, perhaps with another superimposed, in coarse texture and through a filter of its own."""
    both = overlaid(scene, other, float(random.uniform(0.5, 1))) if random.random() < OVERLAID else scene
    pixels = both.image.pixels
    pixels = pixels + random.uniform(0, TEXTURE) * texture(pixels.shape, random)
    pixels = normalised(filtered(pixels, gain_of(pixels.shape, random)), INPUT.clamp)
    return replace(both, image=replace(both.image, pixels=pixels))


def overlaid(one: Scene, other: Scene, part: float) -> Scene:
    """The sum of one and of a part of the other where both are; contamination hides what lies under it."""
    ny, nx = np.minimum(one.image.pixels.shape, other.image.pixels.shape)
    pixels = one.image.pixels[:ny, :nx] + np.float32(part) * other.image.pixels[:ny, :nx]

    def joined(name: str) -> NDArray[np.float64]:
        every = np.concatenate([getattr(one, name), getattr(other, name)])
        return np.asarray(every[(every[:, :2] < (nx - 1, ny - 1)).all(axis=1)], np.float64)

    pairs = _pairs(one.particles, other.particles, TOO_NEAR * one.image.diameter)
    overlapping = np.concatenate([joined("overlapping"), pairs])
    return Scene(replace(one.image, pixels=pixels), joined("particles"), joined("spots"), overlapping)


def _pairs(some: Points, others: Points, reach: float) -> Floats:
    """(n, 3): where a particle lies on one of the others, with a radius of `reach`."""
    if not len(some) or not len(others):
        return np.zeros((0, 3))
    away, nearest = cKDTree(others).query(some)
    near = away < reach
    places = (some[near] + others[np.asarray(nearest)[near]]) / 2
    return np.column_stack([places, np.full(len(places), reach)])


def texture(shape: tuple[int, ...], random: Random) -> Pixels:
    """Noise of standard deviation 1 whose amplitudes fall with a random power of the frequency: coarse ice."""
    amplitude = np.maximum(frequencies(shape), 1 / 48) ** -random.uniform(0.5, STEEPEST)
    high = 1 - np.exp(-0.5 * (frequencies(shape) * INPUT.high_pass_diameters * INPUT.working_diameter) ** 2)
    noise = filtered(random.standard_normal(shape).astype(np.float32), amplitude * high)
    return np.asarray(noise / noise.std(), np.float32)


def gain_of(shape: tuple[int, ...], random: Random) -> Floats:
    """What each frequency is multiplied by: smooth and random, and in most scenes falling steeply somewhere."""
    frequency = frequencies(shape)
    knots = np.linspace(0, np.sqrt(0.5), 8)
    gain = np.exp(np.interp(frequency, knots, random.normal(0, UNEVEN, len(knots))))
    if random.random() < LOW_PASSED:
        gain = gain / np.sqrt(1 + (frequency / random.uniform(*CUT_OFF)) ** random.uniform(2, 12))
    return np.asarray(gain)


def frequencies(shape: tuple[int, ...]) -> Floats:
    """Cycles per pixel of each coefficient of a cosine transform of this shape."""
    fy, fx = (np.arange(n) / (2 * n) for n in shape)
    return np.hypot(fy[:, None], fx[None])


def filtered(pixels: Pixels, gain: Floats) -> Pixels:
    """The image with each frequency multiplied by the gain. A cosine transform, as borders are not to be joined."""
    return np.asarray(fft.idctn(fft.dctn(pixels, norm="ortho") * gain.astype(np.float32), norm="ortho"), np.float32)
