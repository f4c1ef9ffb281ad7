// Suggestions under a search field: asked for from three letters on, reached with the down arrow or Tab, closed by Escape
// or by leaving. They are plain links in the page; the form works without them.
"use strict";

const SHORTEST = 3;

for (const box of document.querySelectorAll("[data-suggest]")) {
  const field = box.querySelector("input");
  const list = box.querySelector(".suggestions");
  const count = box.querySelector("[role=status]");

  const close = () => {
    list.replaceChildren();
    count.textContent = "";
  };

  field.addEventListener("htmx:beforeRequest", (event) => {
    if (field.value.trim().length < SHORTEST) {
      event.preventDefault();
      close();
    }
  });

  // An answer that comes after the visitor has gone on, or has typed something else, is not shown.
  field.addEventListener("htmx:beforeOnLoad", (event) => {
    if (!box.contains(document.activeElement) || field.value.trim().length < SHORTEST) {
      event.preventDefault();
      close();
    }
  });

  box.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const here = links.indexOf(document.activeElement);
    if (event.key === "Escape" && links.length) {
      event.preventDefault();
      field.focus();
      close();
    } else if (event.key === "ArrowDown" && links.length) {
      event.preventDefault();
      links[Math.min(here + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && here >= 0) {
      event.preventDefault();
      (links[here - 1] ?? field).focus();
    }
  });

  box.addEventListener("focusout", (event) => {
    if (!box.contains(event.relatedTarget)) {
      close();
    }
  });
}
