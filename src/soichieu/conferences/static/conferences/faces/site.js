// A site: its own lines are marked, its own part asked for when its own mark changed.
(() => {
  "use strict";
  const desk = window.soiChieuFace;
  if (!desk || desk.kind !== "site") return;
  const { $, all, write, hour } = desk;
  const turn = document.getElementById("turn");
  const ours = () => {
    const key = desk.node.dataset.site;
    if (!key) return;
    const unit = desk.node.dataset.unit;
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
    const ourLines = waits.filter((one) => one.dataset.site === key);
    const place = waits.findIndex((one) => one.dataset.site === key && !("written" in one.dataset));
    let words = ourLines.length ? turn.dataset.writtenWord : "";
    if (speaking && speaking.dataset.site === key) words = turn.dataset.nowWord;
    else if (place === 0) words = turn.dataset.nextWord;
    else if (place > 0) words = turn.dataset.laterWord.replace("{n}", String(place)).replace("{t}", hour(new Date(at(waits[place]))));
    write(turn, words);
  };
  const own = document.getElementById("own");
  const fresh = document.getElementById("own-new");
  let owed = 0;
  const askOwn = () => {
    fresh.hidden = true;
    window.clearTimeout(owed);
    // A line that is gone is told by the line itself, and is no failure of a script.
    window.htmx.ajax("GET", `${desk.node.dataset.url}?part=own`, { source: own, target: "#own", swap: "innerHTML" }).then(() => {}, () => {});
  };
  // The own part that was asked for and did not come is asked for again: its mark changed already, nothing else would.
  const missed = () => {
    window.clearTimeout(owed);
    owed = window.setTimeout(() => { if (desk.busy(own)) fresh.hidden = false; else askOwn(); }, 2000 + Math.random() * 2000);
  };
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, xhr, requestConfig } = event.detail;
    if (elt !== own || !requestConfig || requestConfig.verb !== "get") return;
    if (!xhr || xhr.status === 0 || xhr.status >= 500) missed();
  });
  const mark = () => {
    const one = all("#p-told i").find((each) => each.dataset.site === desk.node.dataset.site);
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
      window.setTimeout(() => { if (desk.busy(own)) fresh.hidden = false; else askOwn(); }, Math.random() * 2500);
    }
    if (!own || next === marked) return;
    if (desk.asking(own)) { later = true; return; }
    marked = next;
    if (desk.busy(own)) fresh.hidden = false;
    else askOwn();
  };
  // The own part was being sent when its mark changed: asked for when the answer is there.
  let later = false;
  document.addEventListener("htmx:afterRequest", () => {
    if (!later) return;
    later = false;
    told();
  });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-own-again]")) askOwn(); });
  desk.drawn.push((part) => {
    ours();
    if (part.id === "p-told") told();
  });
  ours();
})();
