// The key that a search field names takes one to it, from wherever one is not writing. Without scripts, Tab does.
"use strict";
(() => {
  const field = document.querySelector("input[data-key]");
  if (!field) return;
  document.addEventListener("keydown", (event) => {
    const isWriting = event.target.closest("input, textarea, select, [contenteditable], .select2-container");
    if (event.key !== field.dataset.key || event.ctrlKey || event.metaKey || event.altKey || isWriting) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
