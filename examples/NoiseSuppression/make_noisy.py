"""Makes noisy.wav: 3.5 s of the speech of the example VoiceActivity, with a pause, and the noise of a fan over it, 8 dB below the speech.

    python make_noisy.py
"""

import wave
from pathlib import Path

import numpy as np

RATE = 16_000
here = Path(__file__).parent
with wave.open(str(here / "../VoiceActivity/speech.wav")) as file:
    speech = np.frombuffer(file.readframes(file.getnframes()), "<i2")[int(1.1 * RATE) : int(4.6 * RATE)] / 32768

# White noise through a low-pass of the first order, and a hum of 120 Hz.
white = np.random.default_rng(42).standard_normal(len(speech))
fan = np.zeros(len(speech))
for k in range(1, len(fan)):
    fan[k] = 0.8 * fan[k - 1] + white[k]
fan += 0.5 * np.sin(2 * np.pi * 120 * np.arange(len(fan)) / RATE)
noisy = speech + fan * np.sqrt(np.mean(speech**2) / np.mean(fan**2) / 10**0.8)

with wave.open(str(here / "noisy.wav"), "wb") as file:
    file.setparams((1, 2, RATE, 0, "NONE", None))
    file.writeframes(np.clip(np.round(noisy * 32768), -32768, 32767).astype("<i2").tobytes())
