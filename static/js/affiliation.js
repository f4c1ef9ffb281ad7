// Fills in the affiliation of a person who is chosen for a chair: who employed them in their latest one. What somebody
// chose stays.
"use strict";
(() => {
  const $ = window.django && window.django.jQuery;
  if (!$) return;

  $(document).on("select2:select", 'select[name^="appointments-"][name$="-person"]', (event) => {
    const usual = event.params.data.affiliation;
    const field = document.getElementById(event.target.id.replace(/-person$/, "-affiliation"));
    if (!usual || !field || field.value) return;
    field.append(new Option(usual.text, usual.id, true, true));
    $(field).trigger("change");
    field.form.dispatchEvent(new Event("change"));
  });
})();
