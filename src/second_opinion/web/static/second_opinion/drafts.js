// Keeps what is written in this tab until the service has confirmed it, and brings it back after a
// reload, a lost network or an expired sign-in. Without this file the buttons save.
(() => {
  const words = document.currentScript.dataset;
  const SENT = "draft-sent";

  const forget = (prefix) => {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(prefix)) sessionStorage.removeItem(key);
    }
  };
  const contentOf = (form) => {
    const fields = [...new FormData(form)].filter(
      ([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string",
    );
    return JSON.stringify(fields);
  };
  const fill = (form, kept) => {
    const entries = JSON.parse(kept);
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "file") continue;
      const values = entries.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else if (values.length && field.type !== "submit") field.value = values[0];
    }
  };

  document.addEventListener("submit", (event) => {
    const action = event.target.getAttribute("action") ?? "";
    if (action.includes("sign-out") || action.includes("candidate/leave")) forget("draft");
  });
  const done = document.querySelector("[data-drafts-done]");
  if (done) {
    forget(`draft/${done.dataset.draftsDone}/`);
    return;
  }

  // Forms that a button sends: confirmed by the next page, which says that it was done.
  if (document.querySelector(".notes .success")) sessionStorage.removeItem(sessionStorage.getItem(SENT));
  sessionStorage.removeItem(SENT);
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = `draft/${location.pathname}/${form.dataset.draft}`;
    const state = document.createElement("p");
    state.className = "label state";
    state.setAttribute("role", "status");
    form.append(state);
    const kept = sessionStorage.getItem(key);
    if (kept === contentOf(form)) sessionStorage.removeItem(key);
    else if (kept !== null) {
      fill(form, kept);
      state.textContent = words.restored;
    }
    form.addEventListener("input", () => sessionStorage.setItem(key, contentOf(form)));
    form.addEventListener("submit", (event) => {
      if (navigator.onLine) sessionStorage.setItem(SENT, key);
      else {
        event.preventDefault();
        state.textContent = words.offline;
      }
    });
  }

  // Forms that save themselves.
  const page = document.querySelector("[data-drafts]");
  if (!page) return;
  const keyOf = (form) => `draft/${page.dataset.drafts}/${form.getAttribute("action")}`;
  const stateOf = (form) => form.querySelector(".state");
  const restore = (form) => {
    const kept = sessionStorage.getItem(keyOf(form));
    if (kept === null) return;
    if (kept === contentOf(form)) {
      sessionStorage.removeItem(keyOf(form));
      return;
    }
    fill(form, kept);
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
      stateOf(form).textContent = words.signedOut;
    });
    form.addEventListener("htmx:afterRequest", (event) => {
      if (isSignedOut(event)) return;
      if (event.detail.successful && form.dataset.sent === contentOf(form)) {
        sessionStorage.removeItem(keyOf(form));
      }
    });
    // What is refused for good is not sent again; what found nobody, or a tired service, is.
    const isForGood = (event) => [403, 404, 405, 409, 410].includes(event.detail.xhr?.status);
    for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
      form.addEventListener(failure, (event) => {
        stateOf(form).textContent = isForGood(event) ? words.refused : words.sentence;
        if (!isForGood(event)) setTimeout(() => form.requestSubmit(), 5000);
      });
    }
  }
  document.addEventListener("htmx:load", () => forms.forEach(restore), { once: true });
})();
