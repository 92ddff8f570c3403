"use strict";
/* The committee's table by keyboard: one tab stop; arrows move, Enter saves and goes down, Tab saves and goes
   right, Esc gives the old value back. Without this file every cell is a form like any other. */
(() => {
  const table = document.querySelector("table[data-committee]");
  if (!table || !window.htmx) return;
  const FIELD = "input[name=amount]";
  const inputs = () => [...table.querySelectorAll(FIELD)];
  let next = null; // where the focus goes once the server has answered

  const stops = (chosen) => {
    const all = inputs();
    const stop = chosen ?? all.find((input) => input.tabIndex === 0) ?? all[0];
    for (const input of all) input.tabIndex = input === stop ? 0 : -1;
    for (const button of table.querySelectorAll(".cell .ok, .by-hand")) button.tabIndex = -1;
  };

  const beside = (from, rows, columns) => {
    const cell = from.closest("td"), place = cell.cellIndex;
    let near = rows ? cell.parentElement : cell;
    for (;;) {
      const step = rows + columns > 0 ? "nextElementSibling" : "previousElementSibling";
      near = near[step];
      if (!near) return null;
      const found = (rows ? near.children[place] : near)?.querySelector(FIELD);
      if (found) return found;
    }
  };

  const go = (input) => { if (!input) return false; input.focus(); input.select(); return true; };
  const old = (input) => input.dataset.old ?? "";
  // what the server refused is not sent again by walking past it; Enter asks once more
  const fresh = (input) => input.value.trim() !== input.defaultValue.trim() && input.value.trim() !== old(input);
  const save = (input, then, again = false) => {
    const send = fresh(input) || (again && input.value.trim() !== old(input));
    if (!send) { go(then); return; }
    next = { from: input.id, to: then?.id };
    input.form.requestSubmit();
  };
  const giveBack = (input) => {
    input.value = input.defaultValue = old(input);
    input.removeAttribute("aria-invalid");
    input.closest(".cell").classList.remove("bad");
    const says = input.closest("tr").nextElementSibling?.querySelector(".says");
    says?.replaceChildren();
    input.select();
  };

  table.addEventListener("focusin", (event) => {
    if (event.target.matches(FIELD)) stops(event.target);
  });
  table.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!input.matches(FIELD) || event.altKey || event.ctrlKey || event.metaKey) return;
    const whole = input.selectionEnd - input.selectionStart === input.value.length;
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    if (whole) Object.assign(moves, { ArrowLeft: [0, -1], ArrowRight: [0, 1] });
    if (event.key === "Escape") { giveBack(input); return; }
    if (event.key === "Enter") { event.preventDefault(); save(input, beside(input, event.shiftKey ? -1 : 1, 0) ?? input, true); return; }
    if (event.key === "Tab") {
      const then = beside(input, 0, event.shiftKey ? -1 : 1);
      if (then) { event.preventDefault(); save(input, then); }
      return;
    }
    const move = moves[event.key];
    if (move && go(beside(input, ...move))) event.preventDefault();
  });

  // leaving a cell by mouse or arrow saves it too: nothing typed is lost
  table.addEventListener("change", (event) => {
    const input = event.target;
    if (input.matches(FIELD) && !next && fresh(input)) input.form.requestSubmit();
  });
  const say = (words) => { document.getElementById("parole").textContent = `${words} Rien n’a été écrit, votre saisie est gardée.`; };
  // a refusal is an answer like any other: its words stand under the cell; the door's page is none
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, pathInfo } = event.detail;
    if (new URL(xhr.responseURL, location.href).pathname !== pathInfo.requestPath) {
      event.detail.shouldSwap = false;
      next = null;
      say("Votre session a expiré : entrez de nouveau dans un autre onglet, puis recommencez ici.");
    } else if ([409, 422].includes(xhr.status)) Object.assign(event.detail, { shouldSwap: true, isError: false });
    else if (xhr.status >= 400) { next = null; say("Le serveur n’a pas pu répondre."); }
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    stops();
    if (!next || !event.detail.xhr) return;
    const { from, to } = next;
    next = null;
    go(document.getElementById(event.detail.xhr.status === 200 && to ? to : from));
  });
  document.addEventListener("htmx:sendError", () => { next = null; say("Le serveur ne répond pas."); });
  stops();
})();
