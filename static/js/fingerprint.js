// Computes the SHA-256 of a chosen file and fills it in. The file is not sent: its field has no name.
// Browsers offer this on encrypted pages only; elsewhere the chooser is hidden and the fingerprint is typed. The style sheet
// shows it where scripts run: a chooser that appears afterwards would move the rest of the page.
"use strict";
(() => {
  const form = document.querySelector("[data-fingerprint]");
  const chooser = form && form.querySelector("[data-fingerprint-chooser]");
  if (!chooser) return;
  if (!window.crypto || !window.crypto.subtle) {
    chooser.hidden = true;
    return;
  }

  const state = chooser.querySelector("[data-fingerprint-state]");
  const field = form.elements.sha256;

  chooser.querySelector("input").addEventListener("change", async (event) => {
    const file = event.target.files[0];
    state.textContent = "";
    if (!file) return;
    try {
      const digest = await window.crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      field.value = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      state.textContent = state.dataset.done;
    } catch {
      field.value = "";
      state.textContent = state.dataset.failed;
    }
  });
})();
