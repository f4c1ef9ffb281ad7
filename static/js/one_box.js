// The key that a search field names takes one to it, from wherever one is not writing. Without scripts, Tab does.
// A checkbox on the search's own page turns the key off in this browser, and on again.
"use strict";
(() => {
  const field = document.querySelector("input[data-key]");
  if (!field) return;
  const OFF = "search-key-off";
  const isOn = () => localStorage.getItem(OFF) === null;
  const say = () => (isOn() ? field.setAttribute("aria-keyshortcuts", field.dataset.key) : field.removeAttribute("aria-keyshortcuts"));
  say();

  document.addEventListener("keydown", (event) => {
    const isWriting = event.target.closest("input, textarea, select, [contenteditable], .select2-container");
    if (event.key !== field.dataset.key || event.ctrlKey || event.metaKey || event.altKey || isWriting || !isOn()) return;
    event.preventDefault();
    field.focus();
    field.select();
  });

  const box = document.getElementById("one-box-key");
  if (!box) return;
  box.parentElement.hidden = false;
  box.checked = isOn();
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
    say();
  });
})();
