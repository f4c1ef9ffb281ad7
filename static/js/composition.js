// Tells the composition panel of the changes that the browser keeps to itself: choices made with select2, which speaks
// jQuery's events only, dates picked from the calendar, and lines that are removed.
"use strict";
(() => {
  const panel = document.getElementById("composition-rules");
  const form = panel && panel.closest("form");
  if (!form) return;

  const changed = () => form.dispatchEvent(new Event("change"));
  window.django.jQuery(form).on("select2:select select2:unselect select2:clear", changed);
  document.addEventListener("formset:removed", changed);
  document.addEventListener("click", (event) => {
    if (event.target.closest(".calendarbox, .datetimeshortcuts")) changed();
  });

  // A session that has ended leads to the sign-in page: that is no answer to show here.
  panel.addEventListener("htmx:beforeSwap", (event) => {
    const answered = new URL(event.detail.xhr.responseURL).pathname;
    if (!answered.endsWith("/composition/")) event.detail.shouldSwap = false;
  });
})();
