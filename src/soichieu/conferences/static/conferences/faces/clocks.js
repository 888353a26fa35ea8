// Clocks: what is left, or by how much it is over, in words.
(() => {
  "use strict";
  const desk = window.soiChieuFace;
  if (!desk) return;
  const { $, all, write, length, hour } = desk;
  desk.every.push(() => {
    for (const clock of all("[data-run]")) {
      const run = clock.dataset.since ? Math.max(0, (desk.now() - Number(clock.dataset.since)) / 1000) : 0;
      const left = Number(clock.dataset.of) - (Number(clock.dataset.before) + run);
      const over = left < 0;
      clock.classList.toggle("over", over);
      write(clock, over ? `${clock.dataset.over} ${length(left)}` : length(left));
    }
    // Whoever speaks longer than planned moves all that wait.
    const ends = $("[data-ends]");
    const end = ends && Number(ends.dataset.ends);
    const late = end ? Math.max(0, desk.now() - end) : 0;
    for (const at of all("[data-shift]")) {
      const moment = new Date(Number(at.dataset.shift) + late);
      write(at, hour(moment));
    }
  });
})();
