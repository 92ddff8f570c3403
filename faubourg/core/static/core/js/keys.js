// Passkeys: the browser speaks with the key, the form carries its answer. Without script the page offers a code.
(() => {
  "use strict";
  const said = {
    NotAllowedError: "La clé n’a pas répondu, ou vous avez renoncé. Rien n’a changé : recommencez, ou prenez un code.",
    InvalidStateError: "Cette clé est déjà ajoutée à votre compte.",
    SecurityError: "À cette adresse du site, une clé ne peut pas servir : il faut un nom, en https. Prenez un code, ou un lien.",
  };

  async function asked(form) {
    const data = document.getElementById("key-data");
    if (data) return JSON.parse(data.textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) throw new Error("no options");
    return answer.json();
  }

  async function created(options, form) {
    const passwordless = form.elements.passwordless;
    const wish = options.publicKey.authenticatorSelection;
    wish.residentKey = passwordless && passwordless.checked ? "required" : "discouraged";
    wish.requireResidentKey = wish.residentKey === "required";
    if (wish.requireResidentKey) wish.userVerification = "required";
    return window.webauthnJSON.create(options);
  }

  for (const form of document.querySelectorAll("form[data-key]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const problem = form.querySelector("[data-key-problem]");
      problem.hidden = true;
      try {
        const data = await asked(form);
        const answer = form.dataset.key === "create"
          ? await created(data.creation_options, form)
          : await window.webauthnJSON.get(data.request_options);
        form.elements.credential.value = JSON.stringify(answer);
        form.submit();
      } catch (fault) {
        problem.textContent = said[fault.name] || "La clé ne peut pas servir ici. Rien n’a changé : prenez un code, ou un lien.";
        problem.hidden = false;
      }
    });
  }
})();
