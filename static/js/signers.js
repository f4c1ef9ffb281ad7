// Shows the contacts of the partner that is chosen, to be ticked as those who signed: the same page knows them.
"use strict";
(() => {
  const $ = window.django && window.django.jQuery;
  if (!$) return;

  $(document).on("select2:select", "#id_partner", async (event) => {
    const asked = event.target.value;
    const answer = await fetch(`?${new URLSearchParams({ partner: asked })}`);
    // Meanwhile another may be chosen, or the session have ended: that is another page.
    if (!answer.ok || answer.redirected || event.target.value !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = document.querySelector(".field-added_signers");
    const found = page.querySelector(".field-added_signers");
    if (there && found) there.replaceWith(found);
  });
})();
