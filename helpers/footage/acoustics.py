"""The sounds of a simulated scene: muzzle blast, bullet's crack, what a street does to them, what microphones do.

Simple physics with published shapes, meant to teach and to test, not to recreate an event. Sources: Friedlander's blast
pulse (1946; its use for muzzle blasts in Maher 2007, "Acoustical characterization of gunshots", SAFE), the N-wave of a
supersonic bullet (Whitham 1952), image sources for discrete reflections (Allen & Berkley 1979), an exponentially
decaying noise for the diffuse rest (Moorer 1979).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

__all__ = [
    "SPEED_M_S",
    "background",
    "blast",
    "clipped",
    "coloured",
    "crack",
    "gain_controlled",
    "impulse_response",
    "saturated",
]

SPEED_M_S = 343.0


def blast(
    rng: np.random.Generator, rate: int, *, positive_ms: float = 0.6, decay_ms: float = 1.5, body_ms: float = 10.0,
    body: float = 0.3,
) -> np.ndarray:  # fmt: skip
    """A muzzle blast of peak 1: Friedlander's ``(1 - t/p) exp(-t/d)``, p the positive phase, and a rough body.

    The body is a decaying noise for the gas, the mechanism and what stands close by: near a microphone a shot is heard
    as a roar of some 10 ms rather than as one clean pulse.
    """
    import numpy as np

    t = np.arange(round(max(0.012, 0.006 * body_ms) * rate)) / rate * 1000
    pulse = (1 - t / positive_ms) * np.exp(-t / decay_ms)
    rough = rng.standard_normal(len(t)) * np.exp(-t / body_ms) * np.minimum(t / 0.5, 1)
    pulse = pulse + body * _low_passed(rough, rate, rng.uniform(1500, 9000))
    return pulse / np.abs(pulse).max()


def crack(rate: int, *, length_ms: float = 0.3) -> np.ndarray:
    """A supersonic bullet's N-wave of peak 1."""
    import numpy as np

    n = max(round(length_ms / 1000 * rate), 3)
    return np.linspace(1, -1, n)


def impulse_response(
    rng: np.random.Generator,
    rate: int,
    *,
    distance_m: float,
    walls_m: tuple[float, ...] = (),
    t60_s: float = 1.2,
    direct_over_reverb_db: float = 8.0,
    blocked_db: float = 0.0,
) -> np.ndarray:
    """From a gun to a microphone, direct sound at sample 0: ground and wall reflections and a diffuse tail.

    Parameters
    ----------
    distance_m : float
        From gun to microphone; air takes the high frequencies away over it.
    walls_m : tuple of float
        By how much each wall's reflection travels further than the direct sound.
    t60_s, direct_over_reverb_db : float
        How long the tail takes to fall by 60 dB, and how far its energy lies below that of the direct sound.
    blocked_db : float
        How much a corner between them takes from the direct sound, and not from the reflections.
    """
    import numpy as np
    from scipy import signal

    response = np.zeros(round(min(t60_s, 2.5) * 0.9 * rate) + rate // 2)
    direct = 10 ** (-blocked_db / 20)
    response[0] = direct
    ground = round(rng.uniform(0.3, 4) / 1000 * rate)
    response[ground] += direct * rng.uniform(0.3, 0.7)
    for further in walls_m:
        at, strength = round(further / SPEED_M_S * rate), rng.uniform(0.35, 0.9) * distance_m / (distance_m + further)
        spread = max(round(rng.uniform(0.2, 1.5) / 1000 * rate), 1)
        smear = np.hanning(spread + 2)[1:-1] * rng.choice([1, 1, -1])
        if at + spread < len(response):
            response[at : at + spread] += strength * smear / np.abs(smear).sum() * rng.uniform(1, 1.8)
    t = np.arange(len(response)) / rate
    tail = rng.standard_normal(len(response)) * 10 ** (-3 * t / t60_s) * (1 - np.exp(-t / rng.uniform(0.004, 0.03)))
    tail = _low_passed(tail, rate, rng.uniform(1200, 4500))
    wanted = 10 ** (-direct_over_reverb_db / 10)
    response += tail * np.sqrt(wanted / max((tail**2).sum(), 1e-12))
    # Air takes about 1 dB from 4 kHz over 30 m; a corner takes much more of the high frequencies.
    cutoff = 16000 / (1 + distance_m / 80) / (1 + blocked_db / 4)
    if cutoff < 0.4 * rate:
        response = signal.sosfilt(signal.butter(1, cutoff, fs=rate, output="sos"), response)
    return response


def _low_passed(samples, rate: int, cutoff: float):
    from scipy import signal

    return signal.sosfilt(signal.butter(1, min(cutoff, 0.45 * rate), fs=rate, output="sos"), samples)


def background(rng: np.random.Generator, rate: int, seconds: float) -> np.ndarray:
    """A street's noise of root mean square 1: noise falling with frequency, swelling slowly, with an engine's hum."""
    import numpy as np
    from scipy import fft

    n = round(seconds * rate)
    spectrum = fft.rfft(rng.standard_normal(n))
    frequency = np.maximum(fft.rfftfreq(n, 1 / rate), 40)
    spectrum *= frequency ** -rng.uniform(0.2, 1.0)
    noise = fft.irfft(spectrum, n)
    t = np.arange(n) / rate
    swell = np.interp(t, np.arange(0, seconds + 3, 1.5), rng.uniform(0.5, 1.0, len(np.arange(0, seconds + 3, 1.5))))
    noise = noise / noise.std() * swell
    pitch = rng.uniform(40, 160)
    hum = sum(rng.uniform(0, 1) / k * np.sin(2 * np.pi * k * pitch * t + rng.uniform(0, 6)) for k in range(1, 9))
    noise = noise + rng.uniform(0, 0.6) * hum
    return noise / noise.std()


def coloured(rng: np.random.Generator, samples: np.ndarray, rate: int, *, most_db: float) -> np.ndarray:
    """Samples through a microphone's own response: a smooth random curve of at most ``most_db`` up or down."""
    import numpy as np
    from scipy import fft

    n = fft.next_fast_len(len(samples))
    octave = np.log2(np.maximum(fft.rfftfreq(n, 1 / rate), 20) / 20)
    curve = np.interp(octave, np.arange(0, 12, 1.5), rng.uniform(-most_db, most_db, 8))
    return fft.irfft(fft.rfft(samples, n) * 10 ** (curve / 20), n)[: len(samples)]


def saturated(samples: np.ndarray, over_db: float) -> np.ndarray:
    """Samples through a stage that saturates smoothly, driven ``over_db`` over its full scale."""
    import numpy as np

    drive = 10 ** (over_db / 20)
    return np.tanh(drive * samples / max(float(np.abs(samples).max()), 1e-9)) / np.tanh(drive)


def clipped(samples: np.ndarray, over_db: float) -> np.ndarray:
    """Samples of peak 1 through a microphone that is full ``over_db`` below that peak."""
    import numpy as np

    full = 10 ** (-over_db / 20) * np.abs(samples).max()
    return np.clip(samples, -full, full)


def gain_controlled(samples: np.ndarray, rate: int, *, release_s: float = 0.8, attack_s: float = 0.004) -> np.ndarray:
    """Samples through an automatic gain control: down within milliseconds when it is loud, up again over a second."""
    import numpy as np

    step = max(round(0.001 * rate), 1)
    n = len(samples) // step + 1
    padded = np.concatenate([np.abs(samples), np.zeros(n * step - len(samples))])
    level = padded.reshape(n, step).max(axis=1)
    target = 3.0 * np.sqrt(np.mean(samples**2)) + 1e-9
    down, up = np.exp(-0.001 / attack_s), np.exp(-0.001 / release_s)
    gain, held = np.ones(n), 1.0
    for place in range(n):
        wanted = min(1.0, target / max(level[place], 1e-9))
        rate_of = down if wanted < held else up
        held = wanted + (held - wanted) * rate_of
        gain[place] = held
    return samples * np.interp(np.arange(len(samples)) / step, np.arange(n), gain)
