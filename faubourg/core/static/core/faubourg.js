"use strict";
(() => {
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text });
const token = () => $("[name=csrfmiddlewaretoken]")?.value ?? "";
const hour = () => new Intl.DateTimeFormat("fr-FR", { hour: "numeric", minute: "2-digit", timeZone: "Europe/Paris" })
.format(new Date()).replace(":", "\u202fh\u202f");
const cents = (text) => {
const bare = text.replace(/[\s\u00a0\u202f'€]/g, "").replace(",", ".");
return bare === "" ? 0 : /^\d+(\.\d{1,2})?$/.test(bare) ? Math.round(Number(bare) * 100) : null;
};
const euros = (value) => {
const whole = String(Math.trunc(Math.abs(value) / 100)).replace(/\B(?=(\d{3})+$)/g, "\u202f");
const rest = Math.abs(value) % 100;
return `${value < 0 ? "−" : ""}${whole}${rest ? "," + String(rest).padStart(2, "0") : ""}\u202f€`;
};
for (const form of $$("form[data-autosave]")) {
const said = $("[data-saved]", form) ?? $("[data-saved]");
const store = `unsent:${form.dataset.autosave}`;
const seen = new Map();
const line = [];
let busy = false, wait = 0;
const keep = () => { try { return JSON.parse(localStorage.getItem(store) ?? "{}"); } catch { return {}; } };
const write = (kept) => { try { Object.keys(kept).length ? localStorage.setItem(store, JSON.stringify(kept)) : localStorage.removeItem(store); } catch { /* private window */ } };
const fields = () => $$("input[name], select[name], textarea[name]", form)
.filter((f) => !["hidden", "file", "submit", "password"].includes(f.type) && !f.readOnly && !f.disabled && f.dataset.autosave !== "off");
const value = (name) => {
const all = fields().filter((f) => f.name === name);
return all.some((f) => f.type === "checkbox" || f.type === "radio")
? all.filter((f) => f.checked).map((f) => f.value).join("\n") : all[0]?.value ?? "";
};
const box = (name) => field(name)?.closest(".field, .line");
const hint = (name, text, kind = "hint") => {
const place = box(name);
if (!place) return null;
$(":scope > [data-hint]", place)?.remove();
place.classList.toggle("unsent", Boolean(text) && kind === "hint");
if (!text) return null;
const words = make("div", kind, text);
words.dataset.hint = "";
place.append(words);
return words;
};
const say = (text, late) => { if (said) { said.classList.toggle("late", Boolean(late)); said.textContent = text; } };
const tell = () => {
const left = Object.keys(keep()).length, many = left > 1 ? "s" : "";
if (left) say(`${left} champ${many} pas encore enregistré${many}, gardé${many} dans ce navigateur`, true);
else say(`✓ Enregistré à ${hour()}`);
};
const fault = (name, problem, meant) => {
const place = box(name), old = place && $(`:scope > [data-problem="${name}"]`, place);
old?.remove();
const input = field(name);
if (problem) input?.setAttribute("aria-invalid", "true"); else input?.removeAttribute("aria-invalid");
if (!place) return;
$$(`:scope > [id="${name}_error"]`, place).forEach((shown) => { shown.hidden = true; });
if (!problem) {
const group = place.closest(".acc");
if (group) $$(":scope > .err", group).forEach((shown) => { shown.hidden = true; });
place.classList.toggle("bad", Boolean($(":scope > .err:not([hidden])", place)));
return;
}
place.classList.add("bad");
const words = make("p", "err", problem);
words.dataset.problem = name;
words.setAttribute("role", "alert");
if (meant) {
const yes = make("button", "link", "Oui, corriger");
Object.assign(yes, { type: "button", name: "correct", value: name });
yes.dataset.meant = meant;
words.append(" ", yes);
}
place.append(words);
};
const field = (name) => fields().find((f) => f.name === name);
const forget = (name) => { const kept = keep(); delete kept[name]; write(kept); };
const clash = (name, answer) => {
const words = hint(name, `${answer.by ?? "Une autre fenêtre"} a écrit ${answer.said ?? `« ${answer.theirs} »`} entre-temps. Rien n’a été écrasé.`);
say("Un champ a changé ailleurs : choisissez.", true);
for (const [label, mine] of words ? [["Garder ma version", true], ["Prendre l’autre", false]] : []) {
const choice = make("button", "link", label);
choice.type = "button";
choice.addEventListener("click", () => {
forget(name);
seen.set(name, answer.theirs);
hint(name, "");
if (mine) return push(name);
for (const f of fields().filter((g) => g.name === name)) {
if (["checkbox", "radio"].includes(f.type)) f.checked = answer.theirs.split("\n").includes(f.value);
else f.value = answer.theirs;
}
field(name).dispatchEvent(new Event("input", { bubbles: true }));
field(name).focus();
tell();
});
words.append(choice);
}
};
const send = async (name) => {
const text = value(name), body = new FormData();
body.set("name", name);
body.set("value", text);
body.set("seen", seen.get(name) ?? "");
body.set("version", form.dataset.version ?? "");
write({ ...keep(), [name]: [text, seen.get(name)] });
const answer = await fetch(form.dataset.autosave, { method: "POST", body, headers: { "X-CSRFToken": token(), Accept: "application/json" }, redirect: "manual" });
const told = await answer.json().catch(() => ({}));
if (answer.status === 409 && "theirs" in told) return clash(name, told);
if (!answer.ok && (!told.problem || answer.status === 401)) throw new Error(String(answer.status));
fault(name, told.problem, told.meant);
if (!answer.ok) return say("Le dernier champ n’est pas enregistré : lisez ce qui est écrit à côté.", true);
if (told.version !== undefined) { form.dataset.version = told.version; $$("[name=version]", form).forEach((f) => { f.value = told.version; }); }
seen.set(name, text);
if (keep()[name]?.[0] === text) forget(name);
hint(name, "");
tell();
};
const drain = async () => {
if (busy) return;
busy = true;
while (line.length) {
try { await send(line[0]); wait = 0; line.shift(); } catch (trouble) {
hint(line[0], /^(0|401|403)$/.test(trouble.message) ? "Gardé dans ce navigateur : votre session a expiré, entrez de nouveau dans un autre onglet." : "Gardé dans ce navigateur, le réseau est coupé. Nouvel essai bientôt.");
tell();
wait = Math.min(Math.max(wait * 2, 4000), 60000);
setTimeout(drain, wait);
break;
}
}
busy = false;
};
const push = (name) => { if (!line.slice(busy ? 1 : 0).includes(name)) line.push(name); drain(); };
fields().forEach((f) => seen.set(f.name, value(f.name)));
form.addEventListener("change", (event) => {
const name = event.target.name;
if (seen.has(name) && value(name) !== seen.get(name)) push(name);
});
form.addEventListener("click", (event) => {
const yes = event.target.closest("[data-meant]"), input = yes && field(yes.value);
if (!input) return;
event.preventDefault();
input.value = yes.dataset.meant;
for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
input.focus();
});
addEventListener("online", drain);
for (const [name, [text, was]] of Object.entries(keep())) {
const f = field(name), now = f?.value;
if (!f || now === text || ["checkbox", "radio"].includes(f.type)) { forget(name); continue; }
f.value = text;
if (now !== was) { clash(name, { theirs: now }); continue; }
hint(name, "Repris de ce navigateur : ce n’était pas encore enregistré.");
push(name);
}
}
for (const form of $$("[data-budget]")) {
const show = (key, value) => $$(`[data-total="${key}"]`, form).forEach((place) => { place.textContent = euros(value); });
const count = () => {
const sums = new Map();
const add = (key, value) => key && sums.set(key, (sums.get(key) ?? 0) + value);
const amounts = $$("[data-parent]", form);
const detailed = new Set(amounts.filter((one) => "value" in one && !("lump" in one.dataset) && one.value.trim()).map((one) => one.dataset.parent));
for (const input of amounts) {
if ("lump" in input.dataset && detailed.has(input.dataset.parent)) continue;
const value = "value" in input ? cents(input.value) ?? 0 : Number(input.dataset.cents);
add(input.dataset.side, value);
add(`${input.dataset.side}-${input.dataset.parent}`, value);
add(input.dataset.parent, value);
}
for (const place of $$("[data-total]", form)) show(place.dataset.total, sums.get(place.dataset.total) ?? 0);
const gap = (sums.get("charges") ?? 0) - (sums.get("produits") ?? 0);
const top = Math.max(sums.get("charges") ?? 0, sums.get("produits") ?? 0, 1);
for (const side of ["charges", "produits"]) $$(`[data-bar="${side}"]`, form).forEach((r) => r.setAttribute("width", `${((sums.get(side) ?? 0) / top) * 100}%`));
for (const place of $$("[data-gap]", form)) {
place.textContent = gap === 0 ? "Le budget est équilibré" : `Il manque ${euros(Math.abs(gap))} de ${gap > 0 ? "produits" : "charges"}`;
place.classList.toggle("bad", gap !== 0);
place.classList.toggle("ok", gap === 0);
}
};
form.addEventListener("input", (event) => { if (event.target.dataset.parent) count(); });
form.addEventListener("change", (event) => {
const value = event.target.dataset.parent && event.target.value.trim() ? cents(event.target.value) : null;
if (value !== null) event.target.value = euros(value).slice(0, -2);
});
}
for (const table of $$("table[data-grid]")) {
const olds = new WeakMap();
const move = (from, rows, columns) => {
const cell = from.closest("td, th"), row = cell.parentElement;
let near = rows ? row : cell;
while (near) {
near = (rows || columns) > 0 ? near.nextElementSibling : near.previousElementSibling;
const target = near && $("input, select", rows ? near.children[cell.cellIndex] ?? near : near);
if (target && !target.disabled) { target.focus(); target.select?.(); return true; }
}
return false;
};
table.addEventListener("focusin", (event) => { if (event.target.matches("input")) olds.set(event.target, event.target.value); });
table.addEventListener("keydown", (event) => {
const input = event.target;
if (!input.matches("input") || event.altKey || event.ctrlKey || event.metaKey) return;
const all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [event.shiftKey ? -1 : 1, 0] };
if (all || input.value === "") Object.assign(steps, { ArrowLeft: [0, -1], ArrowRight: [0, 1] });
if (event.key === "Escape") { input.value = olds.get(input) ?? input.value; input.select(); return; }
const step = steps[event.key];
if (!step) return;
if (event.key === "Enter" && input.form && table.dataset.grid === "submit") return;
if (move(input, ...step)) event.preventDefault();
});
}
$("[data-focus]")?.focus();
for (const menu of $$("details.menu")) {
menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { menu.open = false; $("summary", menu).focus(); } });
menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false; });
}
for (const place of $$("time[data-until]")) {
const tick = () => {
const left = new Date(place.dataset.until) - Date.now();
if (left <= 0) { place.textContent = "c’est clos"; return; }
const hours = Math.floor(left / 3600000), minutes = Math.floor((left % 3600000) / 60000);
if (hours < 48) { place.textContent = hours ? `encore ${hours} h ${String(minutes).padStart(2, "0")}` : `encore ${minutes || "moins d’une"} min`; setTimeout(tick, 30000); }
};
tick();
}
document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = token(); });
})();
