// The reading page: moving through the list, keys, marks in the text, selecting a sentence. All of it works
// without this file, only slower.
"use strict";
(() => {
  const root = document.querySelector("[data-reading]");
  if (!root) return;
  const list = root.querySelector("[data-passages]");
  const pinned = document.getElementById("pinned");
  const paper = root.querySelector("[data-paper]");
  const all = () => [...root.querySelectorAll("#pinned [data-passage], [data-passages] [data-passage]")];
  let current = null;

  // --- the item in hand: its buttons take the keys
  const choose = (item, { scroll = true, mark = true } = {}) => {
    for (const button of root.querySelectorAll("[data-act][data-key]")) button.removeAttribute("data-key");
    for (const one of root.querySelectorAll(".is-current")) one.classList.remove("is-current");
    current = item ? item.dataset.passage : null;
    if (!item) return;
    item.classList.add("is-current");
    for (const button of item.querySelectorAll("[data-act]")) button.dataset.key = button.dataset.act;
    if (scroll) item.scrollIntoView({ block: "nearest" });
    if (mark) show(current);
  };
  const show = (id, scroll = true) => {
    for (const one of paper.querySelectorAll(".is-chosen")) one.classList.remove("is-chosen");
    const marks = paper.querySelectorAll(`[data-p="${id}"]`);
    for (const one of marks) one.classList.add("is-chosen");
    if (scroll && marks.length) {
      const box = marks[0].getBoundingClientRect();
      if (box.top < 60 || box.bottom > innerHeight - 60) marks[0].scrollIntoView({ block: "center" });
    }
  };
  const itemOf = (id) => all().find((one) => one.dataset.passage === String(id));
  const step = (by) => {
    const items = all();
    if (!items.length) return;
    const at = items.findIndex((one) => one.dataset.passage === current);
    const next = at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + by));
    choose(items[next]);
  };
  root.addEventListener("click", (event) => {
    const stepper = event.target.closest("[data-step]");
    if (stepper) return step(Number(stepper.dataset.step));
    const link = event.target.closest("[data-show]");
    if (link) {
      event.preventDefault();
      choose(link.closest("[data-passage]"), { scroll: false });
      history.replaceState(null, "", "#p" + link.dataset.show);
      return;
    }
    const item = event.target.closest("[data-passage]");
    if (item && item.dataset.passage !== current && !event.target.closest("a, button, input, select, textarea, summary")) {
      choose(item, { scroll: false });
    }
  });

  // --- while correcting: Escape leaves, Ctrl+Enter saves and accepts; the hands stay on the keys
  root.addEventListener("keydown", (event) => {
    const item = event.target.closest?.(".passage--editing");
    if (!item || event.isComposing) return;
    const saves = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    const found = item.querySelector(saves ? "[data-save]" : event.key === "Escape" ? "[data-act=Escape]" : "none");
    if (!found) return;
    event.preventDefault();
    document.activeElement.blur();
    found.click();
  });

  // --- from a mark in the text to its item; fetched when the list has not reached it
  const openItem = (id) => {
    const known = itemOf(id);
    if (known) return choose(known, { mark: true });
    const address = root.dataset.itemUrl.replace("/0/", `/${id}/`);
    fetch(address, { headers: { "HX-Request": "true" } })
      .then((answer) => (answer.ok ? answer.text() : ""))
      .then((html) => {
        if (!html) return;
        const items = document.createElement("ul");
        items.className = "passages";
        items.innerHTML = html;
        pinned.replaceChildren(items);
        window.htmx?.process(pinned);
        choose(itemOf(id));
      });
  };
  paper.addEventListener("click", (event) => {
    if (!getSelection().isCollapsed) return;
    const mark = event.target.closest("[data-p]");
    if (mark) openItem(mark.dataset.p);
  });
  const atHash = () => {
    const found = /^#[pi](\d+)$/.exec(location.hash);
    if (found) openItem(found[1]);
  };
  addEventListener("hashchange", atHash);

  // --- after a decision: the mark changes, the hand moves on
  document.body.addEventListener("passage", (event) => {
    const { id, state } = event.detail;
    for (const mark of paper.querySelectorAll(`[data-p="${id}"]`)) {
      mark.classList.remove("is-proposed", "is-accepted", "is-dropped");
      mark.classList.add("is-" + state);
    }
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (!root.contains(event.detail.elt) && event.detail.elt !== root) return;
    const item = current && itemOf(current);
    if (!item) return;
    if (item.classList.contains("passage--editing")) {
      choose(item, { mark: false });
      item.querySelector("[aria-invalid], textarea, input:not([type=hidden])")?.focus({ preventScroll: true });
      item.scrollIntoView({ block: "nearest" });
    } else if (!item.classList.contains("is-proposed") && item.closest("[data-passages]")) {
      const items = all();
      const rest = items.slice(items.indexOf(item) + 1);
      choose(rest.find((one) => one.classList.contains("is-proposed")) || item);
    } else choose(item, { scroll: false });
  });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const item = event.detail.elt.closest?.("[data-passage]");
    if (item) current = item.dataset.passage;
  });

  // --- a sentence selected in the text becomes a passage
  const bar = root.querySelector("[data-selection]");
  const offsetOf = (node, within) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const line = element.closest("[data-start]");
    if (!line || !paper.contains(line)) return null;
    const range = document.createRange();
    range.selectNodeContents(line);
    range.setEnd(node, within);
    return Number(line.dataset.start) + [...range.toString()].length;
  };
  const offer = () => {
    const selection = getSelection();
    if (!bar || !selection.rangeCount || selection.isCollapsed || !paper.contains(selection.anchorNode)) {
      if (bar) bar.hidden = true;
      return;
    }
    const range = selection.getRangeAt(0);
    const start = offsetOf(range.startContainer, range.startOffset);
    const end = offsetOf(range.endContainer, range.endOffset);
    if (start === null || end === null || end - start < 8) {
      bar.hidden = true;
      return;
    }
    bar.elements.start.value = start;
    bar.elements.end.value = end;
    const box = range.getBoundingClientRect();
    bar.hidden = false;
    bar.style.left = `${Math.max(8, box.left + scrollX)}px`;
    bar.style.top = `${box.bottom + scrollY + 6}px`;
  };
  if (bar) {
    document.body.append(bar);
    document.addEventListener("selectionchange", () => {
      clearTimeout(offer.timer);
      offer.timer = setTimeout(offer, 250);
    });
  }

  if (location.hash) atHash();
  else if (pinned.querySelector("[data-passage]")) choose(pinned.querySelector("[data-passage]"));
  else choose(list.querySelector("[data-passage]"), { scroll: false, mark: false });
})();
