// Lets one search in a long list as one types. Without scripts the list is the browser's own.
"use strict";
(() => {
  const $ = window.django && window.django.jQuery;
  if (!$) return;

  $(() => {
    document.querySelectorAll("select[data-search-in]").forEach((select) => {
      $(select).select2({ theme: "admin-autocomplete", width: "100%" });
      const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
      const box = select.nextElementSibling;
      if (!label || !box) return;
      label.id = label.id || `${select.id}_label`;
      box.querySelector("[role=combobox]").setAttribute("aria-labelledby", label.id);
      const words = box.querySelector(".select2-search__field");
      if (words) words.setAttribute("aria-label", label.textContent.trim());
    });
  });
})();
