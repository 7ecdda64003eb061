// Keeps what is written in this tab until the service has confirmed it, and brings it back after a
// reload, a lost network or an expired sign-in. Without this file the buttons save.
(() => {
  const { sentence, signedOut } = document.currentScript.dataset;
  const done = document.querySelector("[data-drafts-done]");
  if (done) {
    const prefix = `draft/${done.dataset.draftsDone}/`;
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(prefix)) sessionStorage.removeItem(key);
    }
    return;
  }
  const page = document.querySelector("[data-drafts]");
  if (!page) return;
  const keyOf = (form) => `draft/${page.dataset.drafts}/${form.getAttribute("action")}`;
  const contentOf = (form) => {
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    return JSON.stringify(fields);
  };
  const stateOf = (form) => form.querySelector(".state");

  const restore = (form) => {
    const kept = sessionStorage.getItem(keyOf(form));
    if (kept === null) return;
    if (kept === contentOf(form)) {
      sessionStorage.removeItem(keyOf(form));
      return;
    }
    const entries = JSON.parse(kept);
    for (const field of form.elements) {
      if (!field.name || field.name === "csrfmiddlewaretoken") continue;
      const values = entries.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    }
    form.requestSubmit();
  };

  const forms = [...page.querySelectorAll("form[hx-post]")];
  for (const form of forms) {
    form.addEventListener("input", () => sessionStorage.setItem(keyOf(form), contentOf(form)));
    form.addEventListener("htmx:beforeRequest", () => {
      form.dataset.sent = contentOf(form);
    });
    // An expired sign-in answers with the page to sign in on: nothing was saved then.
    const isSignedOut = (event) => (event.detail.xhr?.responseURL ?? "").includes("/sign-in/");
    form.addEventListener("htmx:beforeSwap", (event) => {
      if (!isSignedOut(event)) return;
      event.detail.shouldSwap = false;
      stateOf(form).textContent = signedOut;
    });
    form.addEventListener("htmx:afterRequest", (event) => {
      if (isSignedOut(event)) return;
      if (event.detail.successful && form.dataset.sent === contentOf(form)) {
        sessionStorage.removeItem(keyOf(form));
      }
    });
    for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
      form.addEventListener(failure, () => {
        stateOf(form).textContent = sentence;
        setTimeout(() => form.requestSubmit(), 5000);
      });
    }
  }
  document.addEventListener("htmx:load", () => forms.forEach(restore), { once: true });
  document.addEventListener("submit", (event) => {
    if (!event.target.getAttribute("action")?.includes("sign-out")) return;
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("draft/")) sessionStorage.removeItem(key);
    }
  });
})();
