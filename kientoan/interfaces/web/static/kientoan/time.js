// The picture of a lineage is wider than the page: show its middle first, the unit itself.
"use strict";
for (const frame of document.querySelectorAll("[data-middle]")) {
  frame.scrollLeft = Number(frame.dataset.middle) - (frame.clientWidth - 184) / 2;
}
