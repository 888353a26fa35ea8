// The four faces with a script: clocks that run, parts that change by themselves, single keys, what is typed kept.
// Without it every face works by buttons and by loading the page again.
(() => {
  "use strict";
  const face = document.getElementById("face");
  if (!face) return;
  const kind = face.dataset.face;
  let position = Number(face.dataset.position) || 0;
  // The server's clock, as far off as the page knows.
  let offset = Number(face.dataset.now) - Date.now();
  const now = () => Date.now() + offset;
  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // --- Clocks: what is left, or by how much it is over, in words -------------------------------------------------
  const length = (seconds) => {
    const rest = Math.floor(Math.abs(seconds));
    const h = Math.floor(rest / 3600);
    const m = Math.floor(rest / 60) % 60;
    const s = String(rest % 60).padStart(2, "0");
    return h ? `${h}:${String(m).padStart(2, "0")}:${s}` : `${m}:${s}`;
  };
  const write = (node, text) => { if (node.textContent !== text) node.textContent = text; };
  const tick = () => {
    for (const clock of all("[data-run]")) {
      const run = clock.dataset.since ? Math.max(0, (now() - Number(clock.dataset.since)) / 1000) : 0;
      const left = Number(clock.dataset.of) - (Number(clock.dataset.before) + run);
      const over = left < 0;
      clock.classList.toggle("over", over);
      write(clock, over ? `${clock.dataset.over} ${length(left)}` : length(left));
    }
    // Whoever speaks longer than planned moves all that wait.
    const ends = $("[data-ends]");
    const end = ends && Number(ends.dataset.ends);
    const late = end ? Math.max(0, now() - end) : 0;
    for (const at of all("[data-shift]")) {
      const moment = new Date(Number(at.dataset.shift) + late);
      write(at, hour(moment));
    }
    age();
  };
  const zone = new Intl.DateTimeFormat("en-GB", { hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh" });
  const hour = (moment) => {
    const parts = Object.fromEntries(zone.formatToParts(moment).map((one) => [one.type, one.value]));
    return `${Number(parts.hour)}:${parts.minute}`;
  };

  // --- Connected or not, and how old the state is -----------------------------------------------------------------
  const link = document.getElementById("link");
  let heard = Date.now();
  let state = "page";
  const show = (next) => {
    if (next === state || !link) return;
    state = next;
    link.dataset.state = next;
    for (const one of all("[data-when]", link)) one.hidden = one.dataset.when !== next;
  };
  const age = () => {
    if (state !== "lost" && state !== "poll") return;
    for (const one of all("[data-age]", link)) write(one, length((Date.now() - heard) / 1000));
  };
  let lost = 0;
  const gone = () => {
    if (!lost) lost = window.setTimeout(() => { lost = -1; show("lost"); }, 3500);
  };
  const found = () => {
    if (lost > 0) window.clearTimeout(lost);
    lost = 0;
    heard = Date.now();
    show("live");
  };
  // The extension tries again by itself where the browser does not; a break of the line is no error of the page.
  const make = (url) => {
    const source = new EventSource(url, { withCredentials: true });
    source.addEventListener("open", found);
    source.addEventListener("change", changed);
    source.addEventListener("error", gone);
    let mend = null;
    source.addEventListener("error", (event) => { if (source.readyState === EventSource.CLOSED && mend) mend(event); });
    Object.defineProperty(source, "onerror", { set: (handler) => { mend = handler; }, get: () => mend });
    return source;
  };
  if (window.htmx) {
    window.htmx.createEventSource = make;
    // A button that was drawn anew acts at once: a key pressed in between would send its form as a whole page.
    window.htmx.config.defaultSettleDelay = 0;
  }
  // Whatever the line: after half a minute without it the page asks by itself, now and then.
  window.setInterval(() => {
    if (lost !== -1 || Date.now() - heard < 15_000 || !window.htmx) return;
    window.htmx.ajax("GET", `${face.dataset.url}?part=all`, { source: face, swap: "none" }).then(() => {}, () => {});
  }, 20_000 + Math.random() * 4000);

  const changed = (event) => {
    heard = Date.now();
    let said = {};
    try { said = JSON.parse(event.data); } catch { return; }
    if (said.position > position) position = said.position;
    if (said.kind === "roll" && kind === "chair") again();
  };
  let waiting = 0;
  const again = () => {
    if (waiting) return;
    waiting = window.setTimeout(() => { waiting = 0; window.htmx.trigger(document.body, "roll-again"); }, 600);
  };

  // --- A part that changes: never under somebody's hands ------------------------------------------------------------
  const held = new Map();
  const last = new Map();
  const dirty = (part) => all("input, textarea, select", part).some((one) => {
    if (one.type === "hidden") return false;
    if (one.matches("select")) return [...one.options].some((option) => option.selected !== option.defaultSelected);
    return one.type === "checkbox" || one.type === "radio" ? one.checked !== one.defaultChecked : one.value !== one.defaultValue;
  });
  const busy = (part) => {
    const on = document.activeElement;
    const typing = on && part.contains(on) && on.matches("input:not([type='hidden']), textarea, select");
    return typing || dirty(part);
  };
  // A form that waits for its answer stays in the page: an answer to a form that is gone would find no page to change.
  const asking = (part) => $(".htmx-request", part) !== null;
  const hold = (part, html, at) => held.set(part.id, { html, at });
  const settle = (part) => {
    const kept = held.get(part.id);
    if (kept === undefined || busy(part) || asking(part)) return;
    held.delete(part.id);
    put(part, kept.html);
  };
  const put = (part, html) => {
    last.set(part.id, html);
    const open = all("details[open] > summary", part).map((one) => one.textContent);
    const id = document.activeElement && part.contains(document.activeElement) ? document.activeElement.id : "";
    window.htmx.swap(part, html, { swapStyle: "innerHTML" });
    for (const one of all("details:not([open]) > summary", part)) if (open.includes(one.textContent)) one.parentElement.open = true;
    const again = id && document.getElementById(id);
    if (again && document.activeElement !== again) again.focus({ preventScroll: true });
    drawn(part);
  };
  document.addEventListener("htmx:sseBeforeMessage", (event) => {
    const part = event.target;
    if (!part.dataset || !part.dataset.part) return;
    event.preventDefault(); // put in its place below, or held
    heard = Date.now();
    const html = event.detail.data;
    if (last.get(part.id) === html) return;
    if (busy(part) || asking(part)) { hold(part, html, position); return; }
    put(part, html);
  });
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const part = event.detail.target;
    if (!part.dataset || !part.dataset.part) return;
    const sent = pressed;
    const kept = held.get(part.id);
    if (kept && kept.at > answered) event.detail.shouldSwap = false; // what is held is newer than the answer
    else if (busy(part) && !(sent && part.contains(sent))) {
      event.detail.shouldSwap = false;
      hold(part, event.detail.fragment.innerHTML, answered);
    } else {
      last.delete(part.id);
      held.delete(part.id);
    }
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const part = event.detail.target;
    if (part.dataset && part.dataset.part) drawn(part);
  });
  document.addEventListener("focusout", (event) => {
    const part = event.target.closest && event.target.closest("[data-part]");
    if (part && held.has(part.id)) window.setTimeout(() => settle(part), 50);
  });

  // --- What is sent: what this page had seen goes with it ---------------------------------------------------------
  let pressed = null;
  let answered = 0;
  let later = false;
  document.addEventListener("htmx:configRequest", (event) => {
    pressed = event.detail.elt;
    if (event.detail.verb === "post") event.detail.parameters.set ? event.detail.parameters.set("seen", String(position)) : (event.detail.parameters.seen = String(position));
  });
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    answered = Number(event.detail.xhr.getResponseHeader("X-Position")) || 0;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    window.setTimeout(() => { for (const id of [...held.keys()]) settle(document.getElementById(id)); });
    if (later) { later = false; told(); }
    const xhr = event.detail.xhr;
    if (!xhr) return;
    const at = Number(xhr.getResponseHeader("X-Position"));
    if (at > position) position = at;
    const then = Number(xhr.getResponseHeader("X-Now"));
    if (then) offset = then - Date.now();
    if (event.detail.successful) heard = Date.now();
  });
  // Focus stays where one pressed, also when the button was drawn anew.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const on = document.activeElement;
    face.dataset.focus = on && on.id && face.contains(on) && event.detail.elt.contains(on) ? on.id : "";
  });
  document.addEventListener("htmx:afterSettle", () => {
    const id = face.dataset.focus;
    if (!id || (document.activeElement && document.activeElement !== document.body)) return;
    const node = document.getElementById(id);
    if (node) node.focus({ preventScroll: true });
  });

  // --- A site: its own lines are marked, its own part asked for when its own mark changed ---------------------------
  const turn = document.getElementById("turn");
  const ours = () => {
    const key = face.dataset.site;
    if (!key) return;
    const unit = face.dataset.unit;
    const lines = all("#p-queue li[data-site]");
    for (const line of lines) {
      const mine = line.dataset.site === key;
      line.classList.toggle("me", mine);
      $(".us", line).hidden = !mine;
    }
    for (const card of all("#p-concluded [data-units]")) {
      const mine = Boolean(unit) && card.dataset.units.includes(` ${unit} `);
      card.classList.toggle("me", mine);
      $(".ours", card).hidden = !mine;
    }
    if (!turn) return;
    const speaking = $("#p-speaking .speaking");
    const waits = lines.filter((one) => one.classList.contains("waiting"));
    const at = (line) => Number(($("[data-shift]", line) || { dataset: {} }).dataset.shift || 0);
    waits.sort((a, b) => at(a) - at(b));
    const place = waits.findIndex((one) => one.dataset.site === key);
    let words = "";
    if (speaking && speaking.dataset.site === key) words = turn.dataset.nowWord;
    else if (place === 0) words = turn.dataset.nextWord;
    else if (place > 0) words = turn.dataset.laterWord.replace("{n}", String(place)).replace("{t}", hour(new Date(at(waits[place]))));
    write(turn, words);
  };
  const own = document.getElementById("own");
  const fresh = document.getElementById("own-new");
  const askOwn = () => {
    fresh.hidden = true;
    window.htmx.ajax("GET", `${face.dataset.url}?part=own`, { source: own, target: "#own", swap: "innerHTML" });
  };
  const mark = () => {
    const one = all("#p-told i").find((each) => each.dataset.site === face.dataset.site);
    return one ? one.dataset.mark : "";
  };
  const phase = () => ($("#p-told [data-phase]") || { dataset: {} }).dataset.phase || "";
  let marked = own ? mark() : "";
  let stage = own ? phase() : "";
  const told = () => {
    const next = mark();
    if (own && phase() !== stage) {
      // Opened or closed: all sites ask, so not all of them at once.
      stage = phase();
      window.setTimeout(() => { if (busy(own)) fresh.hidden = false; else askOwn(); }, Math.random() * 2500);
    }
    if (!own || next === marked) return;
    if (asking(own)) { later = true; return; }
    marked = next;
    if (busy(own)) fresh.hidden = false;
    else askOwn();
  };
  document.addEventListener("click", (event) => { if (event.target.closest("[data-own-again]")) askOwn(); });

  const drawn = (part) => {
    if (kind === "site") {
      ours();
      if (part.id === "p-told") told();
    }
    if (part.id === "p-conclusions") lit(chosen, false);
    if (part.id === "p-speaking" && kind === "secretary") follow();
    tick();
  };

  // --- Keys: shown where they act, never while something is typed ---------------------------------------------------
  const KEPT = "soi-chieu-desk-keys";
  const switched = document.getElementById("keys-on");
  let keys = true;
  try { keys = localStorage.getItem(KEPT) !== "off"; } catch { keys = true; }
  if (switched) {
    switched.checked = keys;
    switched.addEventListener("change", () => {
      keys = switched.checked;
      try { localStorage.setItem(KEPT, keys ? "on" : "off"); } catch { /* for this page only */ }
    });
  }
  const list = document.getElementById("keys-list");
  const ask = document.getElementById("keys-ask");
  if (ask) ask.addEventListener("click", () => list.showModal());
  let chosen = "";
  const ready = () => all("#p-conclusions .card[data-ready='yes']");
  const lit = (id, focus) => {
    const cards = ready();
    const card = cards.find((one) => one.id === id) || cards[0];
    for (const one of all("#p-conclusions .card.lit")) one.classList.remove("lit");
    chosen = card ? card.id : "";
    if (!card) return null;
    card.classList.add("lit");
    if (focus) card.focus({ preventScroll: false });
    return card;
  };
  const step = (by) => {
    const cards = ready();
    const at = cards.findIndex((one) => one.id === chosen);
    const card = cards[Math.min(cards.length - 1, Math.max(0, at + by))];
    if (card) lit(card.id, true);
    return Boolean(card);
  };
  if (kind === "chair") {
    lit("", false);
    document.addEventListener("keydown", (event) => {
      if (!keys || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
      const node = event.target;
      if (node.closest("textarea, select, dialog, [contenteditable]") || (node.matches("input") && !["checkbox", "radio"].includes(node.type))) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      let done = true;
      if (key === "?") list.showModal();
      else if (key === "/") { const q = document.getElementById("roll-q"); q.focus(); q.scrollIntoView({ block: "center" }); }
      else if (key === "j") done = step(1);
      else if (key === "k") done = step(-1);
      else if (key === "c") {
        const card = lit(chosen, false);
        const button = card && $("[data-conclude]", card);
        if (button) button.click(); else done = false;
      } else {
        const button = /^[a-z0-9]$/.test(key) ? $(`button[data-key='${key}']`, face) : null;
        if (button) button.click(); else done = false;
      }
      if (done) event.preventDefault();
    });
  }

  // --- The secretary: what is typed is kept on this machine until it has been sent ---------------------------------
  const name = (form) => `soi-chieu-${face.dataset.conference}-${form.dataset.keep}`;
  const values = (form) => all("input:not([type='hidden']), textarea, select", form).filter((one) => one.name).map((one) => [
    one.name,
    one.type === "checkbox" || one.type === "radio" ? one.checked : one.multiple ? [...one.selectedOptions].map((option) => option.value) : one.value,
  ]);
  const words = (form) => all("textarea, input[type='text']", form).some((one) => one.value !== one.defaultValue);
  const keep = (form) => {
    try {
      if (words(form)) {
        localStorage.setItem(name(form), JSON.stringify(values(form)));
        const at = $("[data-kept-at]", form);
        if (at) write(at, `${face.dataset.keptWord || ""} ${hour(new Date(now()))}`.trim());
      } else localStorage.removeItem(name(form));
    } catch { /* no room: the words still stand in the field */ }
  };
  const restore = (form) => {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(name(form)) || "null"); } catch { kept = null; }
    if (!kept || words(form)) return;
    for (const [field, value] of kept) {
      const one = form.elements.namedItem(field);
      if (!one || !(one instanceof Element)) continue;
      if (one.type === "checkbox") one.checked = value;
      else if (one.multiple) for (const option of one.options) option.selected = value.includes(option.value);
      else one.value = value;
    }
    const told = document.getElementById("kept");
    if (told && words(form)) told.hidden = false;
  };
  const shape = (form) => {
    const one = $("[name='kind'], [name='conclusion_kind']", form);
    if (!one) return;
    for (const box of all(".only-shortcoming", form)) box.hidden = one.value !== "shortcoming";
    for (const box of all(".only-proposal, .only-upward", form)) box.hidden = one.value !== "proposal";
    for (const box of all(".only-task", form)) box.hidden = one.value !== "task";
  };
  // What is noted belongs to whoever has the floor, until something is typed for another.
  const follow = () => {
    const item = $("#p-speaking .speaking");
    if (!item || !item.dataset.item) return;
    for (const form of all(".kept-form")) {
      const line = form.elements.namedItem("item");
      if (!line || words(form) || line.value === item.dataset.item) continue;
      if (![...line.options].some((option) => option.value === item.dataset.item)) line.add(new Option($("h2", item).textContent, item.dataset.item));
      line.value = item.dataset.item;
    }
  };
  const forms = () => {
    for (const form of all(".kept-form")) { restore(form); shape(form); }
    follow();
  };
  let soon = 0;
  document.addEventListener("input", (event) => {
    const form = event.target.closest(".kept-form");
    if (!form) return;
    shape(form);
    window.clearTimeout(soon);
    soon = window.setTimeout(() => keep(form), 400);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.elt && event.detail.elt.closest && event.detail.elt.closest(".kept-form");
    if (form && event.detail.xhr.status === 200) {
      window.clearTimeout(soon);
      try { localStorage.removeItem(name(form)); } catch { /* nothing was kept */ }
      const told = document.getElementById("kept");
      if (told) told.hidden = true;
    }
  });
  for (const failed of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(failed, (event) => {
      const form = event.detail.elt && event.detail.elt.closest && event.detail.elt.closest("form");
      if (!form) return;
      delete form.dataset.sent;
      const said = document.getElementById("said");
      const words = document.getElementById("not-sent");
      if (said && words) said.replaceChildren(words.content.cloneNode(true));
      if (form.matches(".kept-form")) keep(form);
    });
  }
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt && event.detail.elt.matches && event.detail.elt.matches(".kept-form")) shape(event.detail.elt);
  });

  if (kind === "secretary") { forms(); document.addEventListener("htmx:load", (event) => { if (event.detail.elt.matches && event.detail.elt.matches(".kept-form")) shape(event.detail.elt); }); }
  if (kind === "site") ours();
  tick();
  window.setInterval(tick, 1000);
})();
