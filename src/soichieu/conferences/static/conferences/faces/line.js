// Connected or not, how old the state is, and what to do where the line is gone.
(() => {
  "use strict";
  const desk = window.soiChieuFace;
  if (!desk) return;
  const { all, write, length } = desk;
  const link = document.getElementById("link");
  let state = "page";
  const show = (next) => {
    if (next === state || !link) return;
    state = next;
    link.dataset.state = next;
    for (const one of all("[data-when]", link)) one.hidden = one.dataset.when !== next;
  };
  desk.every.push(() => {
    if (state !== "lost" && state !== "poll") return;
    for (const one of all("[data-age]", link)) write(one, length((Date.now() - desk.heard) / 1000));
  });
  let lost = 0;
  const gone = () => {
    if (!lost) lost = window.setTimeout(() => { lost = -1; show("lost"); }, 3500);
  };
  const found = () => {
    if (lost > 0) window.clearTimeout(lost);
    lost = 0;
    hear();
    show("live");
  };
  // A cable that is pulled tells the browser nothing: the server says every 15 s that the line lives, and a line on
  // which nothing came for three times as long is given up and made anew.
  const SILENCE = 45_000;
  let spoke = Date.now();
  const hear = () => { spoke = desk.heard = Date.now(); };
  const watch = (source, again) => {
    const timer = window.setInterval(() => {
      if (source.readyState === EventSource.CLOSED) { window.clearInterval(timer); return; }
      if (source.readyState !== EventSource.OPEN || Date.now() - spoke < SILENCE) return;
      source.close();
      window.clearInterval(timer);
      if (lost > 0) window.clearTimeout(lost);
      lost = -1;
      show("lost");
      again(new Event("error"));
    }, 5000);
  };
  // The extension tries again by itself where the browser does not; a break of the line is no error of the page.
  const make = (url) => {
    const source = new EventSource(url, { withCredentials: true });
    source.addEventListener("open", found);
    source.addEventListener("change", changed);
    source.addEventListener("alive", hear);
    source.addEventListener("error", gone);
    let mend = null;
    source.addEventListener("error", (event) => { if (source.readyState === EventSource.CLOSED && mend) mend(event); });
    Object.defineProperty(source, "onerror", { set: (handler) => { mend = handler; }, get: () => mend });
    watch(source, (event) => { if (mend) mend(event); });
    return source;
  };
  if (window.htmx) {
    window.htmx.createEventSource = make;
    // A button that was drawn anew acts at once: a key pressed in between would send its form as a whole page.
    window.htmx.config.defaultSettleDelay = 0;
  }
  // Whatever the line: after half a minute without it the page asks by itself, now and then.
  window.setInterval(() => {
    if (lost !== -1 || Date.now() - desk.heard < 15_000 || !window.htmx) return;
    window.htmx.ajax("GET", `${desk.node.dataset.url}?part=all`, { source: desk.node, swap: "none" }).then(() => {}, () => {});
  }, 20_000 + Math.random() * 4000);

  const changed = (event) => {
    hear();
    let said = {};
    try { said = JSON.parse(event.data); } catch { return; }
    if (said.position > desk.position) desk.position = said.position;
    if (said.kind === "roll" && desk.kind === "chair") again();
  };
  let waiting = 0;
  const again = () => {
    if (waiting) return;
    waiting = window.setTimeout(() => { waiting = 0; window.htmx.trigger(document.body, "roll-again"); }, 600);
  };
})();
