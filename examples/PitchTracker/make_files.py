"""Makes scale.wav, a scale that a synthesised flute plays, and recorded.npz of the frames that CREPE's authors recorded.

    python make_files.py FOLDER

FOLDER holds crepe_io.safetensors: `inputs`, 8 frames of 1,024 samples, and `outputs`, 360 probabilities of each.
"""

import json
import sys
import wave
from pathlib import Path

import numpy as np

RATE, LENGTH, GAP = 16_000, 0.42, 0.05  # Hz, seconds of a note, seconds between two
SCALE = [60, 62, 64, 65, 67, 69, 71, 72]  # C4 to C5, as MIDI counts
TUNING = [0, 5, -15, 0, 5, -15, -10, 20]  # cents; no player is exact
HARMONICS = [1, 0.4, 0.25, 0.1, 0.05]

here = Path(__file__).parent
random = np.random.default_rng(42)
t = np.arange(int(LENGTH * RATE)) / RATE
sound = [np.zeros(int(GAP * RATE))]
for key, cents in zip(SCALE, TUNING):
    vibrato = 25 * np.sin(2 * np.pi * 5.5 * t) * np.minimum(1, t / 0.2)  # cents, deeper as the note goes on
    phase = 2 * np.pi * np.cumsum(440 * 2 ** ((key - 69 + (cents + vibrato) / 100) / 12)) / RATE
    swell = np.minimum(1, np.minimum(t / 0.03, (LENGTH - t) / 0.06))
    tone = sum(a * np.sin((n + 1) * phase) for n, a in enumerate(HARMONICS))
    sound += [swell * (0.3 * tone + 0.01 * random.standard_normal(len(t))), np.zeros(int(GAP * RATE))]
sound = np.concatenate(sound)
sound += 0.0005 * random.standard_normal(len(sound))
with wave.open(str(here / "scale.wav"), "wb") as file:
    file.setparams((1, 2, RATE, 0, "NONE", None))
    file.writeframes(np.round(sound * 32767).astype("<i2").tobytes())

data = (Path(sys.argv[1]) / "crepe_io.safetensors").read_bytes()
begin = 8 + int.from_bytes(data[:8], "little")
tensors = {name: t for name, t in json.loads(data[8:begin]).items() if name != "__metadata__"}
np.savez(here / "recorded.npz", **{name: np.frombuffer(data[begin:][slice(*t["data_offsets"])], "<f4").reshape(t["shape"]) for name, t in tensors.items()})
