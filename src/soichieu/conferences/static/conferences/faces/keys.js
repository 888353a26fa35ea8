// Keys: shown where they act, never while something is typed.
(() => {
  "use strict";
  const desk = window.soiChieuFace;
  if (!desk) return;
  const { $, all } = desk;
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
  if (desk.kind === "chair") {
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
        const button = /^[a-z0-9]$/.test(key) ? $(`:is(button, summary)[data-key='${key}']`, desk.node) : null;
        if (button) button.click(); else done = false;
      }
      if (done) event.preventDefault();
    });
  }
  desk.drawn.push((part) => { if (part.id === "p-conclusions") lit(chosen, false); });
})();
