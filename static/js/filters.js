// The filters of a list act at once: htmx brings the list of each tick into the page (templates/_acts_at_once.html). Here
// is what it leaves to do: where the reader stood stays, the number found is read out, the address has no empty parts.
// Where a request fails, the form is sent as it would be without scripts, or its button comes back.
"use strict";

const form = document.getElementById("find");
const root = document.documentElement;
const ACTS = "acts-at-once";

const boxes = () => [...document.querySelectorAll("#filter-boxes fieldset")];
const nameOf = (fieldset) => fieldset.querySelector("input")?.name;

if (form && window.htmx) {
  let unfolded = [];
  let focused = null;

  root.classList.add(ACTS);

  form.addEventListener("submit", () => {
    const sheet = document.getElementById("filters");
    if (sheet?.matches(":popover-open")) {
      sheet.hidePopover();
    }
  });

  form.addEventListener("htmx:configRequest", ({ detail }) => {
    for (const [name, value] of [...detail.formData.entries()]) {
      if (value === "") {
        detail.formData.delete(name);
      }
    }
  });

  // htmx says the following of what it replaces, not of the form.
  const listen = (name, act) =>
    document.addEventListener(name, ({ detail }) => {
      if (detail.requestConfig?.elt === form) {
        act();
      }
    });

  listen("htmx:beforeSwap", () => {
    unfolded = boxes().filter((fieldset) => fieldset.querySelector("details[open]")).map(nameOf);
    const box = document.activeElement;
    focused = box?.closest("#filter-boxes") ? [box.name, box.value] : null;
  });

  listen("htmx:afterSwap", () => {
    for (const fieldset of boxes()) {
      const more = fieldset.querySelector("details");
      if (more && unfolded.includes(nameOf(fieldset))) {
        more.open = true;
      }
    }
    if (focused) {
      const [name, value] = focused;
      const box = [...document.querySelectorAll("#filter-boxes input")].find(
        (input) => input.name === name && input.value === value,
      );
      box?.closest("details")?.setAttribute("open", "");
      box?.focus({ preventScroll: true });
    }
    document.getElementById("count-said").textContent = document.querySelector("#found h2")?.textContent ?? "";
  });

  listen("htmx:responseError", () => form.submit());
  listen("htmx:sendError", () => root.classList.remove(ACTS));
}
