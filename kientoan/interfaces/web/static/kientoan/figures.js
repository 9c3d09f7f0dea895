/* The reporting grid: says how many cells a pasted block filled. Everything else works without scripts. */
(() => {
  "use strict";
  document.addEventListener("kientoan:pasted", (event) => {
    const place = document.querySelector("[data-pasted]");
    if (!place) return;
    const { filled, outside } = event.detail;
    place.textContent = `${place.dataset.textFilled} ${filled}.` + (outside ? ` ${place.dataset.textOutside} ${outside}.` : "");
  });
})();
