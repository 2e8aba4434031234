"""How well colours stand apart: to every reader, and to readers who see fewer of them.

>>> from helpers.charts.style import COLOURS
>>> contrast(COLOURS.text, COLOURS.background) > 4.5
True
>>> difference(COLOURS.focus, COLOURS.context, "deuteranopia") > 15
True

Contrast is WCAG 2.2's ratio of relative luminances. The three deficiencies are simulated in full with the matrices of
Machado, Oliveira and Fernandes (2009), *A Physiologically-based Model for Simulation of Color Vision Deficiency*,
applied in linear light. Differences are CIEDE2000 (Sharma, Wu and Dalal 2005), in which 1 is about the least that is
noticed and focus must stand from context by 15.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

__all__ = ["DEFICIENCIES", "contrast", "difference", "difference_of_labs", "over"]

Deficiency = Literal["protanopia", "deuteranopia", "tritanopia"]
DEFICIENCIES = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
# sRGB to XYZ and the white of D65, of IEC 61966-2-1.
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours ``#rrggbb``, from 1 to 21; a text needs 4.5, a mark 3."""
    low, high = sorted(float(_XYZ[1] @ _linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def over(colour: str, background: str, opacity: float) -> str:
    """The colour that is seen where one is drawn over another at some opacity, as ``#rrggbb``."""
    mixed = opacity * _channels(colour) + (1 - opacity) * _channels(background)
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in mixed)


def difference(one: str, other: str, deficiency: Deficiency | None = None) -> float:
    """How far two colours ``#rrggbb`` lie apart in CIEDE2000, as seen with a deficiency where one is named."""
    return difference_of_labs(_lab(one, deficiency), _lab(other, deficiency))


def _channels(colour: str) -> np.ndarray:
    return np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])


def _linear(colour: str) -> np.ndarray:
    channels = _channels(colour)
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def _lab(colour: str, deficiency: Deficiency | None) -> tuple[float, float, float]:
    light = _linear(colour)
    if deficiency is not None:
        light = np.clip(np.array(DEFICIENCIES[deficiency]) @ light, 0, 1)
    share = _XYZ @ light / _WHITE
    x, y, z = np.where(share > (6 / 29) ** 3, np.cbrt(share), share / (3 * (6 / 29) ** 2) + 4 / 29)
    return float(116 * y - 16), float(500 * (x - y)), float(200 * (y - z))


def difference_of_labs(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """CIEDE2000 of two colours in CIELAB, by the steps of Sharma, Wu and Dalal (2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * math.sqrt(mean**7 / (mean**7 + 25**7))
    c1, c2 = math.hypot(stretch * a1, b1), math.hypot(stretch * a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, stretch * a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    # A half turn exactly is measured upwards, as in the publication.
    turn = 180.0 if c1 * c2 != 0 and abs(h2 - h1) == 180 and h2 > h1 else turn
    hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn) / 2)
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    if c1 * c2 == 0:
        angle = h1 + h2
    elif abs(h1 - h2) <= 180:
        angle = (h1 + h2) / 2
    else:
        angle = (h1 + h2 + (360 if h1 + h2 < 360 else -360)) / 2
    wave = (
        1
        - 0.17 * math.cos(math.radians(angle - 30))
        + 0.24 * math.cos(math.radians(2 * angle))
        + 0.32 * math.cos(math.radians(3 * angle + 6))
        - 0.20 * math.cos(math.radians(4 * angle - 63))
    )
    by_light = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    by_chroma, by_hue = 1 + 0.045 * chroma, 1 + 0.015 * chroma * wave
    bend = 30 * math.exp(-(((angle - 275) / 25) ** 2))
    rotation = -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7)) * math.sin(math.radians(2 * bend))
    parts = ((l2 - l1) / by_light, (c2 - c1) / by_chroma, hue / by_hue)
    return math.sqrt(max(sum(part**2 for part in parts) + rotation * parts[1] * parts[2], 0.0))
