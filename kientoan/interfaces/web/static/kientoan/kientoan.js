// Everything here only makes quicker what works without it.
"use strict";
(() => {
  const html = document.documentElement;
  html.classList.add("js");
  const words = (name) => document.body.dataset["text" + name] || "";
  const on = (type, selector, act) =>
    document.addEventListener(type, (event) => {
      const found = event.target instanceof Element ? event.target.closest(selector) : null;
      if (found) act(event, found);
    });

  // --- small comforts
  on("change", "[data-submit-on-change]", (_, input) => {
    if (input.validity.valid) input.form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  const focusSummary = () => document.querySelector("[data-focus]")?.focus();

  // --- dialogs: <a data-dialog="id">, [data-close], <form data-confirm="…">
  const ask = (text, okWords, dangerous) =>
    new Promise((resolve) => {
      const dialog = document.createElement("dialog");
      dialog.className = "dialog";
      const question = document.createElement("p");
      question.textContent = text;
      const form = document.createElement("form");
      form.method = "dialog";
      form.className = "actions";
      const button = (value, label, css) => {
        const made = document.createElement("button");
        made.value = value;
        made.textContent = label;
        made.className = css;
        form.append(made);
      };
      button("yes", okWords || words("Ok"), dangerous ? "button button--danger" : "button button--primary");
      button("no", words("Cancel"), "button");
      question.id = "ask-" + Date.now();
      dialog.setAttribute("aria-labelledby", question.id);
      dialog.append(question, form);
      dialog.addEventListener("close", () => {
        resolve(dialog.returnValue === "yes");
        dialog.remove();
      });
      document.body.append(dialog);
      dialog.showModal();
    });
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const asker = event.submitter?.dataset.confirm ? event.submitter : form;
      if (!asker.dataset.confirm || form.dataset.confirmed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(asker.dataset.confirm, asker.dataset.confirmOk, asker.dataset.confirmDanger !== undefined).then((yes) => {
        if (!yes) return;
        form.dataset.confirmed = "yes";
        form.requestSubmit(event.submitter);
        delete form.dataset.confirmed;
      });
    },
    true,
  );
  on("click", "[data-dialog]", (event, opener) => {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
  });
  on("click", "dialog [data-close]", (event, button) => {
    event.preventDefault();
    button.closest("dialog").close();
  });

  // --- keys: data-key="/", data-key="g n"; "?" lists them
  let before = "";
  let beforeAt = 0;
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");
  const shown = (element) => element.offsetParent !== null;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "?") return showKeys();
    const now = Date.now();
    const pair = now - beforeAt < 1200 ? before + " " + event.key : "";
    const elements = [...document.querySelectorAll("[data-key]")].filter(shown);
    const found = elements.find((one) => one.dataset.key === pair) || elements.find((one) => one.dataset.key === event.key);
    before = event.key;
    beforeAt = now;
    if (!found) return;
    event.preventDefault();
    before = "";
    if (found.matches("input, textarea, select")) {
      found.focus();
      found.select?.();
    } else found.click();
  });
  const nameOf = (element) =>
    element.getAttribute("aria-label") || element.labels?.[0]?.textContent.trim() || element.textContent.trim() || element.title;
  const showKeys = () => {
    const dialog = document.createElement("dialog");
    dialog.className = "dialog";
    const title = document.createElement("h2");
    title.textContent = words("Keys");
    title.id = "keys-title";
    dialog.setAttribute("aria-labelledby", title.id);
    const list = document.createElement("dl");
    list.className = "keys";
    for (const element of [...document.querySelectorAll("[data-key]")].filter(shown)) {
      const term = document.createElement("dt");
      for (const key of element.dataset.key.split(" ")) {
        const cap = document.createElement("kbd");
        cap.textContent = key;
        term.append(cap, " ");
      }
      const meaning = document.createElement("dd");
      meaning.textContent = nameOf(element);
      list.append(term, meaning);
    }
    const form = document.createElement("form");
    form.method = "dialog";
    const close = document.createElement("button");
    close.className = "button";
    close.textContent = words("Close");
    form.append(close);
    dialog.append(title, list, form);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };
  on("click", "[data-show-keys]", showKeys);

  // --- days written dd/mm/yyyy, with the browser's calendar beside them: <input data-day>
  const twoDigits = (number) => String(number).padStart(2, "0");
  const addCalendars = (root) => {
    for (const input of root.querySelectorAll("input[data-day]:not([data-ready])")) {
      input.dataset.ready = "yes";
      const around = document.createElement("span");
      around.className = "day-input";
      input.replaceWith(around);
      const calendar = document.createElement("input");
      calendar.type = "date";
      calendar.tabIndex = -1;
      calendar.setAttribute("aria-hidden", "true");
      const button = document.createElement("button");
      button.type = "button";
      button.title = words("Calendar");
      button.setAttribute("aria-label", words("Calendar"));
      around.append(input, calendar, button);
      button.addEventListener("click", () => {
        const [day, month, year] = input.value.split("/").map(Number);
        calendar.value = year ? `${String(year).padStart(4, "0")}-${twoDigits(month)}-${twoDigits(day)}` : "";
        calendar.showPicker?.();
      });
      calendar.addEventListener("change", () => {
        if (!calendar.value) return;
        const [year, month, day] = calendar.value.split("-");
        input.value = `${day}/${month}/${year}`;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.dispatchEvent(new Event("change", { bubbles: true }));
      });
      calendar.addEventListener("input", (event) => event.stopPropagation());
    }
  };
  addCalendars(document);
  document.addEventListener("htmx:load", (event) => addCalendars(event.detail.elt.parentElement || document));

  // --- drop zones: files dropped or pasted anywhere on them
  const showNames = (zone) => {
    const input = zone.querySelector("input[type=file]");
    zone.querySelector(".drop-zone__names").textContent = [...input.files].map((file) => file.name).join(", ");
  };
  on("dragover", "[data-drop-zone]", (event, zone) => {
    event.preventDefault();
    zone.classList.add("drop-zone--over");
  });
  on("dragleave", "[data-drop-zone]", (event, zone) => {
    if (!zone.contains(event.relatedTarget)) zone.classList.remove("drop-zone--over");
  });
  const give = (zone, files) => {
    const input = zone.querySelector("input[type=file]");
    const held = new DataTransfer();
    for (const file of input.multiple ? files : [...files].slice(0, 1)) held.items.add(file);
    input.files = held.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  on("drop", "[data-drop-zone]", (event, zone) => {
    event.preventDefault();
    zone.classList.remove("drop-zone--over");
    if (event.dataTransfer.files.length) give(zone, event.dataTransfer.files);
  });
  on("change", "[data-drop-zone] input[type=file]", (_, input) => showNames(input.closest("[data-drop-zone]")));
  document.addEventListener("paste", (event) => {
    const zone = document.querySelector("[data-drop-zone]");
    if (zone && event.clipboardData.files.length) give(zone, event.clipboardData.files);
  });

  // --- choosing rows: shift-click for a stretch, the head's box for all
  let lastBox = null;
  on("click", "[data-select] tbody input[type=checkbox]", (event, box) => {
    const boxes = [...box.closest("[data-select]").querySelectorAll("tbody input[type=checkbox]")];
    if (event.shiftKey && lastBox && boxes.includes(lastBox)) {
      const [from, to] = [boxes.indexOf(lastBox), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const one of boxes.slice(from, to + 1)) one.checked = box.checked;
    }
    lastBox = box;
    tell(box);
  });
  on("change", "[data-select] [data-select-all]", (_, all) => {
    for (const box of all.closest("[data-select]").querySelectorAll("tbody input[type=checkbox]")) box.checked = all.checked;
    tell(all);
  });
  const tell = (box) => {
    const table = box.closest("[data-select]");
    const boxes = [...table.querySelectorAll("tbody input[type=checkbox]")];
    const count = boxes.filter((one) => one.checked).length;
    const all = table.querySelector("[data-select-all]");
    if (all) {
      all.checked = count > 0 && count === boxes.length;
      all.indeterminate = count > 0 && count < boxes.length;
    }
    const place = table.closest("form")?.querySelector("[data-selected-count]");
    if (place) place.textContent = count + " " + words("Chosen");
  };

  // --- figures from a sheet: paste a block into a grid, move with Enter and arrows
  const gridOf = (table) =>
    [...table.querySelectorAll("tbody tr")]
      .map((row) => [...row.querySelectorAll("input:not([type=hidden]):not([type=checkbox])")])
      .filter((row) => row.length);
  const placeIn = (grid, input) => {
    const row = grid.findIndex((cells) => cells.includes(input));
    return [row, grid[row]?.indexOf(input) ?? -1];
  };
  on("paste", "[data-paste] input", (event, input) => {
    const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    const table = input.closest("[data-paste]");
    const grid = gridOf(table);
    const [top, left] = placeIn(grid, input);
    let filled = 0;
    let outside = 0;
    text.split("\n").forEach((line, down) =>
      line.split("\t").forEach((value, across) => {
        const cell = grid[top + down]?.[left + across];
        if (!cell || cell.readOnly || cell.disabled) {
          if (value.trim()) outside += 1;
          return;
        }
        cell.value = value.trim();
        cell.dispatchEvent(new Event("input", { bubbles: true }));
        cell.dispatchEvent(new Event("change", { bubbles: true }));
        filled += 1;
      }),
    );
    table.dispatchEvent(new CustomEvent("kientoan:pasted", { bubbles: true, detail: { filled, outside } }));
  });
  on("keydown", "[data-paste] input", (event, input) => {
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing) return;
    const grid = gridOf(input.closest("[data-paste]"));
    const [row, column] = placeIn(grid, input);
    const next = grid[row + step]?.[column];
    event.preventDefault();
    if (next) {
      next.focus();
      next.select();
    }
  });

  // --- work not yet saved: <form data-guard>
  const dirty = new Set();
  on("input", "form[data-guard]", (_, form) => dirty.add(form));
  document.addEventListener("submit", (event) => dirty.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
  });

  // --- htmx: show what the server says also when it refuses
  document.addEventListener("htmx:beforeSwap", (event) => {
    const status = event.detail.xhr.status;
    if (status === 422 || event.detail.xhr.getResponseHeader("HX-Retarget")) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  const complain = () => {
    const place = document.getElementById("notices");
    if (!place) return;
    const notice = document.createElement("div");
    notice.className = "notice notice--error";
    notice.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = words("Error");
    notice.append(text);
    place.replaceChildren(notice);
    place.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("htmx:responseError", complain);
  document.addEventListener("htmx:sendError", complain);
  document.addEventListener("htmx:afterSettle", focusSummary);
  focusSummary();
})();
