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
  const ready = () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const pressed of form.querySelectorAll(".btn[aria-busy]")) pressed.removeAttribute("aria-busy");
    }
  };
  // Coming back with the browser's button shows the form ready again.
  window.addEventListener("pageshow", ready);
  // What was typed and not sent is not lost without a question: not to a link, nor to the switches at the foot. The
  // answer to a form that was refused holds what was typed too. Aside stand ticks in a list and forms that keep what is
  // typed themselves.
  const typed = new Set();
  const written = "main form[method=post]:not([data-unasked], [data-keep], .bulk)";
  const field = "input:not([type=hidden]), textarea, select";
  let answered = document.body.hasAttribute("data-answered") &&
    [...document.querySelectorAll(written)].some((form) => form.querySelector(field));
  for (const happens of ["input", "change"]) {
    document.addEventListener(happens, (event) => {
      const form = event.isTrusted && event.target.form;
      if (form && form.matches(written) && !event.target.closest("[data-list]")) typed.add(form);
    });
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented && !form.hasAttribute("hx-post")) return;
    typed.delete(form);
    if (form.matches("main form")) answered = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!answered && ![...typed].some((form) => form.isConnected)) return;
    event.preventDefault();
    // Whoever stays can press again what led away.
    setTimeout(ready);
  });
  // What is copied with a count or a table in it leaves with both dates and its address, as what is printed does.
  document.addEventListener("copy", (event) => {
    const chosen = document.getSelection();
    const dates = document.querySelector(".print-head .row");
    if (event.defaultPrevented || !dates || !chosen.rangeCount || chosen.isCollapsed) return;
    if (event.target.closest && event.target.closest("input, textarea")) return;
    const range = chosen.getRangeAt(0);
    const among = range.commonAncestorContainer;
    const within = among.nodeType === Node.ELEMENT_NODE ? among : among.parentElement;
    const copied = document.createElement("div");
    copied.append(range.cloneContents());
    if (!within.closest(".nof") && !copied.querySelector(".nof, td")) return;
    // A copy has no layout: what the reader does not see is left out by name, and links keep their whole address.
    const unseen = "script, style, svg, input, select, textarea, button, [hidden], .vh, .only-print, " +
      "details:not([open]) > :not(summary)";
    for (const one of copied.querySelectorAll(unseen)) one.remove();
    for (const form of copied.querySelectorAll("form")) form.replaceWith(...form.childNodes);
    for (const link of copied.querySelectorAll("a[href]")) link.setAttribute("href", link.href);
    if (within.closest("table") && copied.querySelector("td")) {
      const table = document.createElement("table");
      table.append(...copied.childNodes);
      copied.append(table);
    }
    const said = [...dates.children].map((one) => one.textContent.trim().replace(/\s+/g, " ")).join(" · ");
    for (const line of [said, location.href]) {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      copied.append(paragraph);
    }
    event.clipboardData.setData("text/plain", `${chosen}\n\n${said}\n${location.href}\n`);
    event.clipboardData.setData("text/html", copied.innerHTML);
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const asked = event.target.closest && event.target.closest("[data-print]");
    if (asked) { event.preventDefault(); window.print(); }
  });
})();
