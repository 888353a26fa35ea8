// What the shell does with a script; without it everything still works.
(() => {
  "use strict";
  // A menu closes when the reader goes elsewhere or presses Escape.
  const close = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open], details.picker[open]:not(.flow)")) {
      if (menu !== except && !menu.contains(except)) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => close(event.target));
  document.addEventListener("focusin", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest && event.target.closest("details.menu[open], details.picker[open]");
    close(null);
    if (open) open.querySelector("summary").focus();
  });
  // A form that is being sent says so, and is not sent twice.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent === "yes") { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    const pressed = event.submitter;
    if (pressed && pressed.classList.contains("btn")) pressed.setAttribute("aria-busy", "true");
  });
  // Coming back with the browser's button shows the form ready again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const pressed of form.querySelectorAll(".btn[aria-busy]")) pressed.removeAttribute("aria-busy");
    }
  });
  document.addEventListener("click", (event) => {
    const asked = event.target.closest && event.target.closest("[data-print]");
    if (asked) { event.preventDefault(); window.print(); }
  });
})();
