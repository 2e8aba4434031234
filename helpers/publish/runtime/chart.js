// Draws the chart that the page holds, and gives its tooltips to mouse, touch and keyboard alike.
// Expects `vega` and `expressionInterpreter`, with which Vega needs no `eval`: a strict policy stands.
(() => {
  const NEAR = 24; // pixels from a mark at which a pointer means it
  const holder = document.getElementById("chart");
  const drawing = document.getElementById("drawing");
  const tip = document.getElementById("tip");
  const ring = document.getElementById("ring");
  const spoken = document.getElementById("spoken");
  const figure = JSON.parse(document.getElementById("figure").textContent);
  const fonts = ["16px", "bold 16px", "italic 16px"].map((cut) => `${cut} "${figure.font}"`);
  // Nothing may leave the page, whatever a chart asks for.
  const refused = () => Promise.reject(new Error("an embedded chart loads nothing"));
  const loader = { load: refused, sanitize: refused, http: refused, file: refused };
  let drawn = null; // the layout that stands there
  let view = null;
  let points = [];
  let at = -1;

  vega.formatLocale(figure.locale.number);
  vega.timeFormatLocale(figure.locale.time);

  const layout = () => (holder.clientWidth < figure.breakpoint ? "mobile" : "desktop");

  function spec(name) {
    const whole = structuredClone(figure.layouts[name]);
    // Rows that both layouts draw stand once in the page.
    for (const data of whole.data || []) if (data.rows !== undefined) {
      data.values = structuredClone(figure.rows[data.rows]);
      delete data.rows;
    }
    return whole;
  }

  async function draw() {
    const wanted = layout();
    if (wanted === drawn) return;
    drawn = wanted;
    hide();
    if (view) view.finalize();
    const runtime = vega.parse(spec(wanted), null, { ast: true });
    view = new vega.View(runtime, {
      expr: expressionInterpreter, renderer: "svg", container: drawing, hover: false, loader,
      logLevel: vega.Error, tooltip: () => {},
    });
    await view.runAsync();
    const svg = drawing.querySelector("svg");
    const width = svg.getAttribute("width"), height = svg.getAttribute("height");
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    // Scaled as a whole, so that labels stand as they were placed.
    svg.style.maxWidth = `${Math.round(width * figure.grow)}px`;
    // The frame says what the chart shows; its hundreds of parts are not to be read out one by one.
    svg.setAttribute("aria-hidden", "true");
    points = withTooltips(svg);
    document.getElementById("keys").hidden = points.length === 0;
    // With tooltips it takes the keyboard; a screen reader then hands its arrow keys on.
    const taken = { role: "application", tabindex: "0", "aria-roledescription": holder.dataset.chart, "aria-describedby": "keys" };
    if (points.length) for (const [name, value] of Object.entries(taken)) holder.setAttribute(name, value);
    holder.dataset.drawn = wanted;
    holder.dataset.points = points.length;
  }

  function withTooltips(svg) {
    const found = [];
    const seen = new Set();
    for (const element of svg.querySelectorAll("path, rect, text, line")) {
      const item = element.__data__;
      if (!item || !item.mark || !item.tooltip || ["line", "area", "trail"].includes(item.mark.marktype)) continue;
      const rows = told(item.tooltip);
      const key = rows.join("\n") + Math.round(item.x) + " " + Math.round(item.y);
      if (!rows.length || seen.has(key)) continue;
      seen.add(key);
      found.push({ element, rows });
    }
    const boxes = new Map(found.map((point) => [point, point.element.getBoundingClientRect()]));
    const left = (point) => boxes.get(point).x + boxes.get(point).width / 2;
    return found.sort((one, other) => left(one) - left(other) || boxes.get(one).y - boxes.get(other).y);
  }

  function told(tooltip) {
    if (typeof tooltip !== "object") return [String(tooltip)];
    return Object.entries(tooltip).filter(([, value]) => value !== null && value !== undefined && value !== "")
      .map(([name, value]) => `${name}: ${value}`);
  }

  function show(place, aloud) {
    at = place;
    const point = points[place];
    tip.replaceChildren(...point.rows.map((row) => {
      const line = document.createElement("div");
      line.textContent = row;
      return line;
    }));
    tip.hidden = ring.hidden = false;
    const frame = holder.getBoundingClientRect();
    const box = point.element.getBoundingClientRect();
    const middle = box.x + box.width / 2 - frame.x;
    Object.assign(ring.style, {
      left: `${box.x - frame.x - 4}px`, top: `${box.y - frame.y - 4}px`,
      width: `${box.width + 8}px`, height: `${box.height + 8}px`,
    });
    const left = Math.max(0, Math.min(middle - tip.offsetWidth / 2, frame.width - tip.offsetWidth));
    const above = box.y - frame.y - tip.offsetHeight - 10;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > -frame.y ? above : box.bottom - frame.y + 10}px`;
    if (aloud) spoken.textContent = `${point.rows.join(", ")}. ${place + 1}/${points.length}`;
  }

  function hide() {
    at = -1;
    tip.hidden = ring.hidden = true;
    spoken.textContent = "";
  }

  function nearest(x, y) {
    let best = -1, least = NEAR;
    points.forEach((point, place) => {
      const box = point.element.getBoundingClientRect();
      const across = Math.max(box.left - x, 0, x - box.right), down = Math.max(box.top - y, 0, y - box.bottom);
      const inside = Math.hypot(x - box.x - box.width / 2, y - box.y - box.height / 2) / 1e4;
      const away = Math.hypot(across, down) + inside;
      if (away < least) [best, least] = [place, away];
    });
    return best;
  }

  const point = (event) => {
    const place = nearest(event.clientX, event.clientY);
    if (place < 0) hide();
    else if (place !== at) show(place, false);
  };
  holder.addEventListener("pointermove", point);
  holder.addEventListener("pointerdown", point);
  holder.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") hide(); });
  document.addEventListener("pointerdown", (event) => { if (!holder.contains(event.target)) hide(); });
  holder.addEventListener("blur", hide);
  holder.addEventListener("keydown", (event) => {
    const last = points.length - 1;
    const step = Math.max(1, Math.round(points.length / 10));
    const moves = {
      ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at < 0 ? last : at - 1, ArrowUp: at < 0 ? last : at - 1,
      Home: 0, End: last, PageDown: at + step, PageUp: at - step,
    };
    if (event.key === "Escape") return hide();
    if (last < 0 || !(event.key in moves) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    show(Math.max(0, Math.min(last, moves[event.key])), true);
  });

  // Vega measures its texts by the typeface, which must be there first.
  Promise.all(fonts.map((font) => document.fonts.load(font))).then(draw).then(() => {
    new ResizeObserver(() => { hide(); draw(); }).observe(holder);
  }).catch((error) => {
    // A reader is better served by the picture than by nothing.
    drawing.replaceChildren(...document.getElementById("still").content.cloneNode(true).childNodes);
    holder.dataset.drawn = "still";
    console.error(error);
  });
})();
