// Verdicts from the keyboard: 1 keep, 2 adjust, 3 replace, 4 stop. Without script the radio buttons do the same.
(() => {
  "use strict";
  const form = document.querySelector("form[data-judging]");
  if (!form) return;
  const rows = () => [...form.querySelectorAll("[data-held]")];
  const radios = (row) => [...row.querySelectorAll(".picks input")];
  const enter = (row) => {
    if (!row) { form.querySelector("button.main").focus(); return; }
    const all = radios(row);
    (all.find((one) => one.checked) || all[0]).focus();
    row.scrollIntoView({ block: "nearest" });
  };
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-held]");
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    const typing = event.target.matches("input:not([type=radio]), textarea, select");
    if (!typing && /^[1-4]$/.test(event.key)) {
      event.preventDefault();
      const picked = radios(row)[Number(event.key) - 1];
      picked.checked = true;
      picked.dispatchEvent(new Event("change", { bubbles: true }));
      if (picked.value === "keep") enter(rows()[rows().indexOf(row) + 1]);
      else row.querySelector(".act input").focus();
    }
  });
  form.querySelector("[data-keys]").hidden = false;
})();
