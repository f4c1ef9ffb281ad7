// Says to a screen reader what each autocomplete is for: select2 puts a box of its own in the place of the labelled
// field, and names it by its content alone, which is nothing while it is empty.
"use strict";
(() => {
  const $ = window.django && window.django.jQuery;
  if (!$) return;

  const labelOf = (select) => document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  // In a table of rows the field says its own name, and has no label.
  const wordsFor = (select) => labelOf(select)?.textContent.trim() || select.getAttribute("aria-label");

  const name = (select) => {
    const box = select.nextElementSibling;
    if (!box || !box.matches(".select2")) return;
    const combobox = box.querySelector("[role=combobox]");
    const content = box.querySelector(".select2-selection__rendered");
    let named = labelOf(select);
    if (!named && select.hasAttribute("aria-label")) {
      combobox.setAttribute("aria-label", select.getAttribute("aria-label"));
      named = combobox;
    }
    if (!named) return;
    // Where several are chosen, one types beside them.
    const within = box.querySelector(".select2-search__field");
    if (within) within.setAttribute("aria-label", wordsFor(select));
    named.id = named.id || `${select.id}_label`;
    combobox.setAttribute("aria-labelledby", `${named.id} ${content.id}`);
    content.setAttribute("aria-labelledby", named.id);
  };
  const nameAll = (within) => within.querySelectorAll("select.admin-autocomplete").forEach(name);

  // Registered after the panel's own script has registered what makes the boxes.
  $(() => nameAll(document));
  document.addEventListener("formset:added", (event) => nameAll(event.target));
  $(document).on("select2:open", (event) => {
    const said = wordsFor(event.target);
    const words = document.querySelector(".select2-container--open .select2-search__field");
    if (said && words) words.setAttribute("aria-label", said);
  });
})();
