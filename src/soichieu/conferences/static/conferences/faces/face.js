// What the scripts of a conference's faces share: the face, how far its page has come, the server's clock, small helpers.
// Each other script here does one thing and works without the others; without any of them every face works by buttons
// and by loading the page again.
(() => {
  "use strict";
  const node = document.getElementById("face");
  if (!node) return;
  const desk = {
    node,
    kind: node.dataset.face,
    // What the page has seen of the book, and the moment it last heard of it.
    position: Number(node.dataset.position) || 0,
    heard: Date.now(),
    // The server's clock, as far off as the page knows.
    offset: Number(node.dataset.now) - Date.now(),
    now: () => Date.now() + desk.offset,
    $: (selector, within = document) => within.querySelector(selector),
    all: (selector, within = document) => [...within.querySelectorAll(selector)],
    write: (one, text) => { if (one.textContent !== text) one.textContent = text; },
    length: (seconds) => {
      const rest = Math.floor(Math.abs(seconds));
      const h = Math.floor(rest / 3600);
      const m = Math.floor(rest / 60) % 60;
      const s = String(rest % 60).padStart(2, "0");
      return h ? `${h}:${String(m).padStart(2, "0")}:${s}` : `${m}:${s}`;
    },
    hour: (moment) => {
      const parts = Object.fromEntries(zone.formatToParts(moment).map((one) => [one.type, one.value]));
      return `${parts.hour}:${parts.minute}`;
    },
    // What others do every second, and whenever a part was drawn anew.
    every: [],
    drawn: [],
    tick: () => { for (const one of desk.every) one(); },
    redrawn: (part) => { for (const one of desk.drawn) one(part); desk.tick(); },
  };
  const zone = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh" });
  window.soiChieuFace = desk;
  document.addEventListener("DOMContentLoaded", () => {
    desk.tick();
    window.setInterval(desk.tick, 1000);
  });
})();
