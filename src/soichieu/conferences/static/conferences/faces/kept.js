// What is typed is kept on this machine until it has been sent; a form that could not be sent says so.
(() => {
  "use strict";
  const desk = window.soiChieuFace;
  if (!desk) return;
  const { $, all, write, hour } = desk;
  const name = (form) => `soi-chieu-${desk.node.dataset.conference}-${form.dataset.keep}`;
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
        if (at) write(at, `${desk.node.dataset.keptWord || ""} ${hour(new Date(desk.now()))}`.trim());
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

  if (desk.kind === "secretary") {
    desk.drawn.push((part) => { if (part.id === "p-speaking") follow(); });
    forms();
    document.addEventListener("htmx:load", (event) => {
      if (event.detail.elt.matches && event.detail.elt.matches(".kept-form")) shape(event.detail.elt);
    });
  }
})();
