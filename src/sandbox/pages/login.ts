import { faultDefinitions, type FaultName } from "../faults.ts";
import { personName, type Person } from "../persons.ts";
import type { Language } from "../../vatReturn/text.ts";
import { levels, type Level } from "../idPorten/acr.ts";
import { escapeHtml, page, type Page } from "./html.ts";
import { words } from "./words.ts";

export interface LoginPageContent {
  readonly language: Language;
  readonly clientName: string;
  /** Where the form goes. */
  readonly action: string;
  readonly persons: readonly Person[];
  /** What was searched for, where the browser runs no scripts. */
  readonly search: string;
  readonly minimumLevel: Level | null;
  /** Scopes asked for that the user may decline. */
  readonly declinableScopes: readonly string[];
  /** The client's registered page for Back, if it has one. */
  readonly backUri: string | undefined;
  /** Origins the form may lead to in the end. */
  readonly formTargets: readonly string[];
}

/** Faults that can be chosen by the one who signs in; the others strike before the page or after the login. */
export const faultsOnThePage = Object.entries(faultDefinitions)
  .filter(([, { place }]) => place === "authorize" || place === "login" || place === "token")
  .map(([name]) => name as FaultName);

/** Everything about a person that a search may hit, in lower case. */
function searchable(person: Person): string {
  const organisations = person.organisations.flatMap(({ organisationNumber, name, roles }) => [
    organisationNumber,
    name,
    ...roles,
  ]);
  return [personName(person), person.nationalIdentityNumber, person.about.en, person.about.nb, ...organisations]
    .join(" ")
    .toLowerCase();
}

function matches(person: Person, search: string): boolean {
  const text = searchable(person);
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function personItem(person: Person, language: Language): string {
  const number = `${person.nationalIdentityNumber.slice(0, 6)} ${person.nationalIdentityNumber.slice(6)}`;
  const organisations = person.organisations.map(
    ({ organisationNumber, name, roles }) =>
      `<span><b>${escapeHtml(name)}</b> ${organisationNumber} <i>${escapeHtml(roles.join(", "))}</i></span>`,
  );
  const none = `<span class="none">${words.noOrganisation[language]}</span>`;
  return `<li data-search="${escapeHtml(searchable(person))}">
<button class="person" name="person" value="${person.nationalIdentityNumber}">
<span class="name">${escapeHtml(personName(person))} <span class="number">${number}</span></span>
<span class="about">${escapeHtml(person.about[language])}</span>
<span class="organisations">${organisations.join("") || none}</span>
</button></li>`;
}

function levelChoice(language: Language, minimum: Level | null): string {
  const offered = [
    { level: "idporten-loa-substantial", name: words.substantial[language] },
    { level: "idporten-loa-high", name: words.high[language] },
  ] as const;
  const lowest = minimum === null ? 0 : levels.indexOf(minimum);
  const choices = offered
    .filter(({ level }) => levels.indexOf(level) >= lowest)
    .map(({ level, name }) => {
      const checked = level === "idporten-loa-high" ? " checked" : "";
      return `<label><input type="radio" name="level" value="${level}"${checked}> ${name}</label>`;
    });
  return `<fieldset><legend>${words.level[language]}</legend>${choices.join("")}</fieldset>`;
}

/** Tells a cleared box from a form that had none. */
const scopesShown = '<input type="hidden" name="scopesShown" value="yes">';

function scopeChoice(language: Language, scopes: readonly string[]): string {
  if (scopes.length === 0) return "";
  const boxes = scopes.map((scope) => {
    const name = escapeHtml(scope);
    return `<label><input type="checkbox" name="granted" value="${name}" checked> <code>${name}</code></label>`;
  });
  return `<details><summary>${words.scopes[language]}</summary><p class="help">${words.scopesHelp[language]}</p>${scopesShown}${boxes.join("")}</details>`;
}

function faultChoice(language: Language): string {
  const options = faultsOnThePage.map(
    (name) => `<option value="${name}">${escapeHtml(faultDefinitions[name].about[language])}</option>`,
  );
  return `<details><summary>${words.faults[language]}</summary><p class="help">${words.faultsHelp[language]}</p>
<select name="fault" aria-label="${words.faults[language]}"><option value="">${words.noFault[language]}</option>${options.join("")}</select></details>`;
}

function languageButton(language: Language): string {
  return `<button class="language" name="language" value="${language === "en" ? "nb" : "en"}" formnovalidate>${words.otherLanguage[language]}</button>`;
}

function leaving(language: Language, backUri: string | undefined): string {
  const cancel = `<button class="plain" name="cancel" value="yes">${words.cancel[language]}</button>`;
  if (backUri === undefined) return `<div class="actions">${cancel}</div>`;
  const host = escapeHtml(new URL(backUri).host);
  return `<div class="actions">${cancel}<button class="plain" name="back" value="yes">${words.back[language]} ${host}</button></div>
<p class="small">${words.backHelp[language]}</p>`;
}

/** Filters as one types, moves with the arrow keys, signs in with Enter. Without it, the server filters. */
const script = `
(() => {
  const search = document.querySelector("input[type=search]");
  const items = [...document.querySelectorAll("ul.persons > li")];
  const none = document.getElementById("none");
  document.getElementById("search-button").hidden = true;
  document.getElementById("keys").hidden = false;
  const shown = () => items.filter((item) => !item.hidden).map((item) => item.querySelector("button"));
  const filter = () => {
    const words = search.value.toLowerCase().split(/\\s+/);
    for (const item of items) item.hidden = !words.every((word) => item.dataset.search.includes(word));
    none.hidden = shown().length > 0;
  };
  search.addEventListener("input", filter);
  search.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [first] = shown();
    if (search.value.trim() !== "" && first) first.click();
  });
  document.addEventListener("keydown", (event) => {
    const down = event.key === "ArrowDown";
    if ((!down && event.key !== "ArrowUp") || event.altKey || event.ctrlKey || event.metaKey) return;
    const buttons = shown();
    const at = buttons.indexOf(document.activeElement);
    if (at < 0 && document.activeElement !== search && document.activeElement !== document.body) return;
    event.preventDefault();
    const next = at + (down ? 1 : -1);
    (next < 0 ? search : buttons[Math.min(next, buttons.length - 1)] ?? search).focus();
  });
  filter();
})();
`;

/** The page where one chooses who signs in. */
export function loginPage(content: LoginPageContent): Page {
  const { language, search } = content;
  const shown = content.persons.filter((person) => matches(person, search));
  const body = `<form id="search" method="get" action="${escapeHtml(content.action)}"></form>
<form method="post" action="${escapeHtml(content.action)}">
<h1>${words.chooseTitle[language]}</h1>
<p class="lead"><strong>${escapeHtml(content.clientName)}</strong> ${words.wantsToSignIn[language]}</p>
<div class="search"><input form="search" type="search" name="search" value="${escapeHtml(search)}" placeholder="${words.search[language]}" aria-label="${words.search[language]}" autocomplete="off" spellcheck="false" autofocus>
<button form="search" id="search-button" class="plain">${words.searchButton[language]}</button></div>
<p class="help" id="keys" hidden>${words.keys[language]}</p>
${levelChoice(language, content.minimumLevel)}
<ul class="persons">${shown.map((person) => personItem(person, language)).join("\n")}</ul>
<p id="none"${shown.length > 0 ? " hidden" : ""} role="status">${words.noHits[language]}</p>
${scopeChoice(language, content.declinableScopes)}
${faultChoice(language)}
${leaving(language, content.backUri)}
<p>${languageButton(language)}</p>
</form>`;
  return page(language, words.chooseTitle[language], body, { script, formTargets: content.formTargets });
}

/** The page that `prompt=consent` asks for: who is signed in stays so, only the scopes are to be agreed to. */
export function consentPage(
  content: Pick<LoginPageContent, "language" | "clientName" | "action" | "declinableScopes" | "formTargets">,
): Page {
  const { language } = content;
  const boxes = content.declinableScopes.map((scope) => {
    const name = escapeHtml(scope);
    return `<label><input type="checkbox" name="granted" value="${name}" checked> <code>${name}</code></label>`;
  });
  const body = `<form method="post" action="${escapeHtml(content.action)}">
<h1>${words.consentTitle[language]}</h1>
<p class="lead"><strong>${escapeHtml(content.clientName)}</strong></p>
<p class="help">${words.scopesHelp[language]}</p>
${scopesShown}
${boxes.map((box) => `<p>${box}</p>`).join("")}
<div class="actions"><button class="primary" name="consent" value="yes">${words.continue[language]}</button>
<button class="plain" name="cancel" value="yes">${words.cancel[language]}</button></div>
</form>`;
  return page(language, words.consentTitle[language], body, { formTargets: content.formTargets });
}
