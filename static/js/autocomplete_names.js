// Says to a screen reader what each autocomplete is for: select2 puts a box of its own in the place of the labelled
// field, and names it by its content alone, which is nothing while it is empty.
"use strict";
(() => {
  const $ = window.django && window.django.jQuery;
  if (!$) return;

  const name = (select) => {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const box = select.nextElementSibling;
    if (!label || !box || !box.matches(".select2")) return;
    label.id = label.id || `${select.id}_label`;
    const content = box.querySelector(".select2-selection__rendered");
    box.querySelector("[role=combobox]").setAttribute("aria-labelledby", `${label.id} ${content.id}`);
    content.setAttribute("aria-labelledby", label.id);
  };
  const nameAll = (within) => within.querySelectorAll("select.admin-autocomplete").forEach(name);

  // Registered after the panel's own script has registered what makes the boxes.
  $(() => nameAll(document));
  document.addEventListener("formset:added", (event) => nameAll(event.target));
  $(document).on("select2:open", (event) => {
    const label = document.querySelector(`label[for="${CSS.escape(event.target.id)}"]`);
    const words = document.querySelector(".select2-container--open .select2-search__field");
    if (label && words) words.setAttribute("aria-label", label.textContent.trim());
  });
})();
