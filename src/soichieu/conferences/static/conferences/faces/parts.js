// A part that changes: never under somebody's hands; and what is sent, with what this page had seen.
(() => {
  "use strict";
  const desk = window.soiChieuFace;
  if (!desk) return;
  const { $, all } = desk;
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
  desk.busy = busy;
  desk.asking = asking;
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
    desk.redrawn(part);
  };
  document.addEventListener("htmx:sseBeforeMessage", (event) => {
    const part = event.target;
    if (!part.dataset || !part.dataset.part) return;
    event.preventDefault(); // put in its place below, or held
    desk.heard = Date.now();
    const html = event.detail.data;
    if (last.get(part.id) === html) return;
    if (busy(part) || asking(part)) { hold(part, html, desk.position); return; }
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
    if (part.dataset && part.dataset.part) desk.redrawn(part);
  });
  document.addEventListener("focusout", (event) => {
    const part = event.target.closest && event.target.closest("[data-part]");
    if (part && held.has(part.id)) window.setTimeout(() => settle(part), 50);
  });

  // --- What is sent: what this page had seen goes with it ---------------------------------------------------------
  let pressed = null;
  let answered = 0;
  document.addEventListener("htmx:configRequest", (event) => {
    pressed = event.detail.elt;
    if (event.detail.verb === "post") event.detail.parameters.set ? event.detail.parameters.set("seen", String(desk.position)) : (event.detail.parameters.seen = String(desk.position));
  });
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    answered = Number(event.detail.xhr.getResponseHeader("X-Position")) || 0;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    window.setTimeout(() => { for (const id of [...held.keys()]) settle(document.getElementById(id)); });
    const xhr = event.detail.xhr;
    if (!xhr) return;
    const at = Number(xhr.getResponseHeader("X-Position"));
    if (at > desk.position) desk.position = at;
    const then = Number(xhr.getResponseHeader("X-Now"));
    if (then) desk.offset = then - Date.now();
    if (event.detail.successful) desk.heard = Date.now();
  });
  // Focus stays where one pressed, also when the button was drawn anew.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const on = document.activeElement;
    desk.node.dataset.focus = on && on.id && desk.node.contains(on) && event.detail.elt.contains(on) ? on.id : "";
  });
  document.addEventListener("htmx:afterSettle", () => {
    const id = desk.node.dataset.focus;
    if (!id || (document.activeElement && document.activeElement !== document.body)) return;
    const node = document.getElementById(id);
    if (node) node.focus({ preventScroll: true });
  });
})();
