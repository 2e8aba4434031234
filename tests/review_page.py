"""The review widget in a page of its own: its real face, its real kernel side, and loopback HTTP for the wire between.

What a Jupyter server would carry, a small HTTP server carries here: the page's model sends a message, the widget's
`answer` makes the reply, and the state comes back with it. So clicks and keys can be tested without a Jupyter server.
"""

from __future__ import annotations

import base64
import itertools
import json
import threading
import wave
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.footage import review as reviews
from helpers.footage.review import widget as widgets
from helpers.footage.sound import open_clip
from tests import loopback

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Review</title>
<link rel="stylesheet" href="/widget.css"></head><body style="margin:0"><main><h1 style="font-size:16px">Review</h1><h2
style="font-size:14px">Widget</h2><div id="here"></div></main>
<script type="module">
import widget from "/widget.js";
const heard = {};
const asked = [];
let newest = 0;
const model = {
  state: STATE,
  get(name) { return this[name]; },
  on(name, act) { (heard[name] = heard[name] || []).push(act); },
  off(name, act) { heard[name] = (heard[name] || []).filter((one) => one !== act); },
  async send(message) {
    asked.push(message);
    const answer = await (await fetch("/ask", { method: "POST", body: JSON.stringify(message) })).json();
    const part = (text) => new DataView(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer);
    const buffers = answer.buffers.map(part);
    // A Jupyter server's wire keeps the order; of answers that overtake each other here, the older state is dropped.
    const newer = answer.number > newest;
    newest = Math.max(newest, answer.number);
    if (newer && JSON.stringify(answer.state) !== JSON.stringify(model.state)) {
      model.state = answer.state;
      (heard["change:state"] || []).forEach((act) => act());
    }
    (heard["msg:custom"] || []).forEach((act) => act(answer.reply, buffers));
  },
};
window.asked = asked;
window.leave = widget.render({ model, el: document.getElementById("here") });
window.ready = true;
</script></body></html>"""


def write_wav(path: Path, seconds: float, bangs, rate: int = 16000, seed: int = 7, echo_s: float = 0.0) -> Path:
    """A simulated recording: bursts of noise that decay over low noise; the truth is ``bangs``, in seconds."""
    draw = np.random.default_rng(seed)
    sound = draw.normal(0, 0.004, int(seconds * rate)).astype("float32")
    blast = (draw.normal(0, 1, int(0.2 * rate)) * np.exp(-np.arange(int(0.2 * rate)) / (0.02 * rate))).astype("float32")
    for bang in bangs:
        for delay, gain in ((0.0, 0.6), *(((echo_s, 0.2),) if echo_s else ())):
            at = round((bang + delay) * rate)
            sound[at : at + len(blast)] += gain * blast[: max(0, len(sound) - at)]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def session(folder: Path, *, seconds: float = 30.0, bangs=(3.0, 3.4, 5.0, 8.2), reviewer: str = "Ana Ortiz", cameras=2):
    """A widget on simulated recordings: the bangs proposed, with one false proposal; returns it and its review."""
    clips, recordings = [], []
    for number, (name, offset) in enumerate((("car.wav", 0.0), ("body.wav", 1.5))[:cameras]):
        path = folder / name
        if not path.exists():
            write_wav(path, seconds, [bang - offset for bang in bangs], seed=number, echo_s=0.0 if number else 0.11)
        clip = open_clip(path)
        clips.append(clip)
        recordings.append(
            reviews.Recording(name, clip.sha256, clip.rate, clip.start_s, clip.stop_s, offset, 0.002 * number,
                              officer=("", "Officer A")[number])
        )  # fmt: skip
    times = sorted([*bangs, 6.5])
    proposals = pd.DataFrame(
        {"t_s": times, "u_s": 0.001, "score": 0.9, "confidence": "possible",
         "reasons": [("38 dB over the noise, rises 30 dB",)] * len(times), "clip": "car.wav"}
    )  # fmt: skip
    review = reviews.start(folder, reviewer, recordings, proposals, simulated=True)
    return widgets.ReviewWidget(review, clips, title="Rehearsal"), review


@contextmanager
def served(widget):
    """The address of a page that shows the widget."""
    lock, sent, numbers = threading.Lock(), [], itertools.count(1)
    widget.send = lambda reply, buffers=None: sent.append((reply, buffers or []))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            name = self.path.strip("/")
            if name in ("widget.js", "widget.css"):
                kind = {"widget.js": "text/javascript", "widget.css": "text/css"}[name]
                self._give((Path(widgets.__file__).parent / name).read_bytes(), kind)
            elif not name:
                state = json.dumps(widgets.state_of(widget.review, widget.title))
                self._give(PAGE.replace("STATE", state).encode(), "text/html")
            else:
                self.send_error(404)

        def do_POST(self):
            message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                widget.answer(message)
                reply, buffers = sent.pop()
                answer = {"reply": reply, "number": next(numbers)}
                answer["state"] = widgets.state_of(widget.review, widget.title)
            answer["buffers"] = [base64.b64encode(part).decode() for part in buffers]
            self._give(json.dumps(answer).encode(), "application/json")

        def _give(self, body: bytes, kind: str):
            self.send_response(200)
            self.send_header("Content-Type", kind + "; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    try:
        with loopback.serving(Handler) as server:
            yield f"{server.at}/"
    finally:
        widget.close()
