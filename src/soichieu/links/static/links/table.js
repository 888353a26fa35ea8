// The light table with a script: threads between the letters, keys, and the pair exchanged without the page.
// Without it everything works: links lead to a pair, forms decide.
(() => {
  "use strict";
  const NS = "http://www.w3.org/2000/svg";
  const desk = document.getElementById("lt");
  if (!desk) return;
  const svg = desk.querySelector(".threads");
  const order = desk.querySelector(".lt-order");
  const answer = desk.querySelector(".lt-answer");
  const said = document.getElementById("lt-said");
  const lamp = () => document.getElementById("lamp");
  const at = (id) => (id ? document.getElementById(id) : null);
  const wide = window.matchMedia("(min-width: 68.01rem)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  // --- Threads: from a line's letter to the sentence, clipped to what of both sheets is in view -----------------
  // Where an end is seen: its letter's place, or null when it is scrolled away.
  const end = (row, letter, sheet, box) => {
    const knots = [...row.querySelectorAll(".knot")];
    const mark = knots.find((one) => one.textContent === letter) || row.querySelector(".no");
    const place = mark.getBoundingClientRect();
    const seen = sheet.getBoundingClientRect();
    const y = place.top + place.height / 2;
    if (y < seen.top + 6 || y > seen.bottom - 6) return null;
    // A thread leaves beside the last letter of its row, so that it crosses none.
    const edge = sheet === order ? Math.max(place.right, ...knots.map((one) => one.getBoundingClientRect().right)) : place.left;
    return { x: edge - box.left, y: y - box.top };
  };
  const draw = () => {
    svg.replaceChildren();
    if (!wide.matches) return;
    const box = desk.getBoundingClientRect();
    const glass = lamp().getBoundingClientRect();
    const x1 = glass.left - box.left;
    const x2 = glass.right - box.left;
    const low = Math.max(0, glass.bottom - box.top);
    const paths = [];
    const thread = (line, sentence, kind) => {
      const letter = line.dataset.letter;
      const a = end(sentence, letter, order, box);
      const b = end(line, letter, answer, box);
      if (!a || !b) return false;
      const half = (x1 + x2) / 2;
      const turn = (half + x1) / 2;
      const back = (half + x2) / 2;
      paths.push([kind === "on" ? 1 : 0, kind, kind === "on" && a.y < low && b.y < low
        ? `M${a.x} ${a.y}H${x1}M${x2} ${b.y}H${b.x}`
        : `M${a.x} ${a.y}H${x1 - 24}C${turn} ${a.y} ${back} ${b.y} ${x2 + 24} ${b.y}H${b.x}`]);
      return true;
    };
    let lit = false;
    for (const row of answer.querySelectorAll(".line:not([hidden])")) {
      for (const tie of row.querySelectorAll("[data-to]")) {
        const sentence = at(tie.dataset.to);
        if (!sentence || sentence.hidden) continue;
        const on = row.classList.contains("on") && sentence.classList.contains("on");
        const kind = on ? "on" : tie.querySelector(".stamp.drift") ? "drift" : tie.classList[1];
        lit = (thread(row, sentence, kind) && on) || lit;
      }
    }
    const pair = [desk.querySelector(".line.on"), desk.querySelector(".sent.on")];
    if (!lit && pair[0] && pair[1]) thread(pair[0], pair[1], "on");
    for (const [, kind, d] of paths.sort((a, b) => a[0] - b[0])) {
      const path = document.createElementNS(NS, "path");
      path.setAttribute("class", kind);
      path.setAttribute("d", d);
      svg.append(path);
    }
  };
  let waiting = false;
  const redraw = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; draw(); });
  };

  // --- The pair under the lamp is lit on both sheets and brought to the same height -----------------------------
  const light = (smooth) => {
    const here = lamp();
    for (const one of desk.querySelectorAll(".knot.at")) one.classList.remove("at");
    for (const one of desk.querySelectorAll(".line.on, .sent.on")) {
      one.classList.remove("on");
      const hit = one.querySelector(".hit");
      if (hit) hit.removeAttribute("aria-current");
    }
    for (const [id, sheet] of [[`s-${here.dataset.with}`, order], [`l-${here.dataset.item}`, answer]]) {
      const row = at(id);
      if (!row) continue;
      row.classList.add("on");
      const hit = row.querySelector(".hit");
      if (hit) hit.setAttribute("aria-current", "true");
      if (row.hidden) continue;
      const top = row.offsetTop - Math.min(120, sheet.clientHeight / 4);
      sheet.scrollTo({ top, behavior: smooth && !calm.matches ? "smooth" : "instant" });
    }
    const line = at(`l-${here.dataset.item}`);
    for (const ghost of desk.querySelectorAll(".knot.ghost")) ghost.remove();
    const sentence = desk.querySelector(".sent.on");
    if (line && sentence) {
      const knots = [...sentence.querySelectorAll(".knot")];
      for (const knot of knots) knot.classList.toggle("at", knot.textContent === line.dataset.letter);
      if (!knots.some((knot) => knot.classList.contains("at"))) {
        // Nothing ties them yet: the letter stands here only while the pair lies under the lamp.
        const ghost = document.createElement("span");
        ghost.className = "knot ghost at";
        ghost.setAttribute("aria-hidden", "true");
        ghost.textContent = line.dataset.letter;
        sentence.querySelector(".no .end").append(ghost);
      }
    }
    redraw();
  };

  // Where the lamp stands above the sheets (a small screen), what comes under it is read from its head.
  const show = () => {
    if (wide.matches) return;
    const { top } = lamp().getBoundingClientRect();
    if (top >= 0 && top < window.innerHeight / 3) return;
    lamp().scrollIntoView({ block: "start", behavior: calm.matches ? "instant" : "smooth" });
  };

  // A row of filters that is wider than the screen starts at the one that is on.
  const showFilter = () => {
    const row = document.getElementById("lt-filters");
    const on = row.querySelector("[aria-current]");
    if (on) row.scrollLeft += on.getBoundingClientRect().left - row.getBoundingClientRect().left - 24;
  };

  // --- Keys. They can be turned off, and never act while somebody types -----------------------------------------
  const KEPT = "soi-chieu-keys";
  let keys = true;
  try { keys = localStorage.getItem(KEPT) !== "off"; } catch { keys = true; }
  const showKeys = () => {
    const box = document.getElementById("lt-keys-on");
    if (box) box.checked = keys;
  };
  document.addEventListener("change", (event) => {
    if (event.target.id !== "lt-keys-on") return;
    keys = event.target.checked;
    try { localStorage.setItem(KEPT, keys ? "on" : "off"); } catch { /* kept for this page only */ }
  });
  let quick = false;
  const press = (selector) => {
    const button = lamp().querySelector(selector);
    if (!button) return false;
    quick = true;
    button.click();
    return true;
  };
  const go = (item, place) => {
    if (!item) return;
    quick = true;
    const query = new URLSearchParams({ item });
    if (place) query.set("with", place);
    const url = desk.dataset.base + query.toString();
    window.htmx.ajax("GET", url, { target: "#lamp", swap: "outerHTML", source: lamp() })
      .then(() => history.replaceState(history.state, "", url));
  };
  const beside = (step) => {
    const ways = [...lamp().querySelectorAll(".lt-others a")];
    const now = ways.findIndex((one) => one.getAttribute("aria-current"));
    const next = ways[now + step];
    if (next) { quick = true; next.click(); }
  };
  const typing = (node) => node.closest("textarea, select, [contenteditable]") ||
    (node.matches("input") && !["radio", "checkbox"].includes(node.type));
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const node = event.target;
    if (event.key === "Escape" && node.id === "lt-reason") { lamp().focus(); return; }
    if (!keys || typing(node)) return;
    const away = node.closest("a, button, summary, label") && !desk.contains(node);
    // Among the relations arrows choose, on a sheet that has the focus they scroll, as everywhere.
    if (event.key.startsWith("Arrow") && node.matches("input[type='radio'], .sheet")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "Enter") {
      // On a link or another button Enter does what it says there.
      const own = node.closest("a, button, summary");
      if (own && !own.matches("[data-key='Enter']")) return;
      if (press("[data-key='Enter']")) event.preventDefault();
      return;
    }
    if (away) return;
    let done = true;
    if (key === "j" || key === "ArrowDown") go(lamp().dataset.after);
    else if (key === "k" || key === "ArrowUp") go(lamp().dataset.before);
    else if (key === "ArrowRight") beside(1);
    else if (key === "ArrowLeft") beside(-1);
    else if (/^[1-5]$/.test(key)) {
      const choice = lamp().querySelector(`input[data-key='${key}']`);
      if (choice) { choice.checked = true; (lamp().querySelector("[data-key='Enter']") || choice).focus({ preventScroll: true }); }
    } else if (key === "x") done = press("[data-key='x']");
    else if (key === "u") done = press("[data-key='u']");
    else if (key === "o") {
      const open = document.getElementById("lt-open");
      if (open) { open.open = true; (open.querySelector("input[name='reason'], button") || open).focus(); }
    } else if (key === "/") { document.getElementById("lt-q").focus(); }
    else done = false;
    if (done) event.preventDefault();
  });

  // --- A row that is clicked anywhere comes under the lamp; a sentence with the line that lies there ------------
  desk.addEventListener("click", (event) => {
    const sentence = event.target.closest(".sent");
    const line = event.target.closest(".line");
    const link = event.target.closest("a");
    if (link && !link.matches(".sent .hit")) return;
    if (!link && String(window.getSelection())) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (sentence) { event.preventDefault(); go(lamp().dataset.item, sentence.dataset.key); }
    else if (line) { event.preventDefault(); go(line.id.slice(2)); }
  });

  // --- After an exchange: say it, light it, and leave the focus where the next key acts ---------------------------
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target && event.detail.target.id && event.detail.target.id !== "lamp") return;
    const here = lamp();
    light(true);
    showKeys();
    showFilter();
    if (said.textContent !== here.dataset.said) said.textContent = here.dataset.said;
    const wrong = here.querySelector("[aria-invalid='true']");
    const main = here.querySelector("[data-key='Enter']");
    if (wrong) wrong.focus();
    else if (quick || document.activeElement === document.body) (main || here).focus({ preventScroll: true });
    if (!wrong) show();
    quick = false;
  });
  document.addEventListener("submit", (event) => { if (event.target.closest("#lamp")) quick = true; });
  for (const sheet of [order, answer]) sheet.addEventListener("scroll", redraw, { passive: true });
  window.addEventListener("resize", redraw);
  wide.addEventListener("change", () => light(false));
  document.addEventListener("toggle", redraw, true);
  showKeys();
  showFilter();
  light(false);
})();
