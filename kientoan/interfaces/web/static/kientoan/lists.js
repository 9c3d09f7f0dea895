// Moving through a list by keyboard: j and k step, Enter opens, x ticks; ticking a whole group at once.
// The mouse and Tab do the same without it.
"use strict";
(() => {
  const rows = () => [...document.querySelectorAll("table[data-rows] tbody tr")];
  const current = () => document.querySelector("table[data-rows] tr.is-current");
  const go = (row) => {
    if (!row) return;
    current()?.classList.remove("is-current");
    row.classList.add("is-current");
    row.querySelector("th a, td a")?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const all = rows();
    const at = all.indexOf(current());
    go(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]);
  };
  const tick = () => {
    const box = current()?.querySelector("td.pick input");
    if (box) box.click();
  };
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-check-all]")) return;
    const group = event.target.closest("[data-check-group]");
    for (const box of group.querySelectorAll("input[name]")) box.checked = event.target.checked;
  });
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
    if (busy || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = { j: () => step(1), k: () => step(-1), x: tick }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
