// Choosing many rows of a list at once; without script each is ticked by hand.
(() => {
  "use strict";
  const form = document.querySelector("form[data-choose]");
  if (!form) return;
  const boxes = () => [...document.querySelectorAll(`input[type="checkbox"][name="${form.dataset.choose}"]`)];
  const said = form.querySelector("[data-chosen]");
  const tell = () => {
    const n = boxes().filter((box) => box.checked).length;
    said.textContent = n ? `(${n})` : "";
  };
  const all = (on) => { for (const box of boxes()) box.checked = on; tell(); };
  form.querySelector("[data-all]").hidden = false;
  form.querySelector("[data-all-on]").addEventListener("click", () => all(true));
  form.querySelector("[data-all-off]").addEventListener("click", () => all(false));
  document.addEventListener("change", tell);
  document.addEventListener("htmx:afterSettle", tell);
  tell();
})();
