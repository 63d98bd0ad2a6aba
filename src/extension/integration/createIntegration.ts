import * as vscode from "vscode";
import { checkRegistration } from "../../integration/checkRegistration.ts";
import { integrationFileName } from "../../integration/fileName.ts";
import {
  createIntegration,
  integrationText,
  kindNames,
  kindTexts,
  usualAnswers,
  usualRedirects,
  type KindAnswers,
  type KindName,
} from "../../integration/kinds.ts";
import { portalPage } from "../../integration/portalPage.ts";
import type { RegistrationFor } from "../../integration/problem.ts";
import { dateInOslo } from "../../vatReturn/calendar.ts";
import type { CommandHandler } from "../commands/commandTable.ts";
import { t } from "../l10n.ts";
import { messageLanguage } from "../settings.ts";
import { wrongOrganisationNumber } from "./orderScopes.ts";
import type { Pages } from "./pages.ts";

/**
 * MVA: Create integration settings. A few questions, each with its usual answer, end in a file as the self-service API
 * takes it and in a table with the portal's fields beside it.
 */
export function createCreateIntegration(pages: Pages): CommandHandler {
  return async () => {
    const asked = await new Questions().ask();
    if (asked === null) return;
    const { kind, answers } = asked;
    const created = createIntegration(kind, answers);
    await open(integrationText(created), kind, answers.registrationFor);
    const page = portalPage(created.registration, [], answers.registrationFor, messageLanguage(), created.reasons);
    await pages.show(t("Portal fields"), page, false);
  };
}

interface Asked {
  readonly kind: KindName;
  readonly answers: KindAnswers;
}

interface Choice<Value> extends vscode.QuickPickItem {
  readonly value: Value;
}

/** The questions in their order. Escape at any of them gives up. */
class Questions {
  #step = 0;
  #steps = 6;

  async ask(): Promise<Asked | null> {
    const kind = await this.#pick(t("What kind of system is it?"), kindChoices());
    if (kind === undefined) return null;
    if (kind === "desktop") this.#steps = 5;
    if (kind === "web") this.#steps = 7;
    const registrationFor = await this.#pick(t("Which of ID-porten's environments is it for?"), environmentChoices());
    if (registrationFor === undefined) return null;
    const ownership = await this.#pick(t("Whose client is it?"), ownershipChoices(kind));
    if (ownership === undefined) return null;
    const refreshTokens =
      kind === "web" ? await this.#pick(t("Is the session to be renewed without the user?"), refreshChoices()) : true;
    if (refreshTokens === undefined) return null;
    const redirectUris = await this.#redirects(kind, registrationFor);
    if (redirectUris === undefined) return null;
    const organisationNumber = await this.#input({
      prompt: t("The owner's organisation number. Empty: the portal fills it in."),
      validateInput: wrongOrganisationNumber,
    });
    if (organisationNumber === undefined) return null;
    const known: KindAnswers = {
      ...usualAnswers,
      registrationFor,
      ownership,
      refreshTokens,
      redirectUris,
      organisationNumber: organisationNumber === "" ? null : organisationNumber.replaceAll(" ", ""),
    };
    const backUri = await this.#input({
      prompt: t("The page that the back button of the login page leads to. The application hears nothing of it."),
      value: createIntegration(kind, known).registration.client_uri ?? "",
      validateInput: (typed) =>
        /^https?:\/\/[^\s/]/.test(typed.trim()) && URL.canParse(typed.trim())
          ? undefined
          : t("A whole address, beginning with https://"),
    });
    return backUri === undefined ? null : { kind, answers: { ...known, backUri } };
  }

  /** Those that a desktop program sends are always the same. */
  async #redirects(kind: KindName, registrationFor: RegistrationFor): Promise<readonly string[] | undefined> {
    const usual = usualRedirects(kind, registrationFor);
    if (kind === "desktop") return usual;
    const prompt =
      kind === "dynamics365"
        ? t(
            "The address of the page Tax > Setup > Electronic messages > Web applications in your own Finance, copied from the browser",
          )
        : t("The redirect URIs, exactly as the application sends them, with spaces between");
    const typed = await this.#input({
      prompt,
      value: usual.join(" "),
      validateInput: (text) => wrongRedirects(split(text), kind, registrationFor),
    });
    return typed === undefined ? undefined : split(typed);
  }

  async #pick<Value>(placeHolder: string, items: readonly Choice<Value>[]): Promise<Value | undefined> {
    const chosen = await vscode.window.showQuickPick(items, {
      title: this.#title(),
      placeHolder,
      ignoreFocusOut: true,
    });
    return chosen?.value;
  }

  async #input(options: vscode.InputBoxOptions): Promise<string | undefined> {
    const typed = await vscode.window.showInputBox({ title: this.#title(), ignoreFocusOut: true, ...options });
    return typed?.trim();
  }

  #title(): string {
    return t("Create integration settings ({0} of {1})", ++this.#step, this.#steps);
  }
}

function kindChoices(): readonly Choice<KindName>[] {
  const language = messageLanguage();
  return kindNames.map((kind) => {
    const { name, about } = kindTexts[kind];
    return { label: name[language], detail: about[language], value: kind };
  });
}

function environmentChoices(): readonly Choice<RegistrationFor>[] {
  return [
    { label: t("Test"), detail: t("First: with synthetic persons from Tenor. localhost is allowed."), value: "test" },
    {
      label: t("Production"),
      detail: t("A client of its own; nothing is carried over from test."),
      value: "production",
    },
  ];
}

function ownershipChoices(kind: KindName): readonly Choice<KindAnswers["ownership"]>[] {
  const own: Choice<KindAnswers["ownership"]> = {
    label: t("Our own"),
    detail: t("The organisation that uses the system owns the client, and the scopes are granted to it."),
    value: "own",
  };
  const shared: Choice<KindAnswers["ownership"]> = {
    label: t("One for all our customers"),
    detail: t("A supplier owns one client for all installations; the scopes are granted to the supplier once."),
    value: "shared",
  };
  // A desktop system's installations usually have one client between them; Microsoft's have one each.
  return kind === "desktop" ? [shared, own] : [own, shared];
}

function refreshChoices(): readonly Choice<boolean>[] {
  return [
    {
      label: t("Yes, with refresh tokens"),
      detail: t("One-time: a new one with every renewal, for a working day at most."),
      value: true,
    },
    {
      label: t("No"),
      detail: t("The user signs in again after an hour; single sign-on makes it quick."),
      value: false,
    },
  ];
}

function split(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((part) => part !== "");
}

/** The worst that is to be said of what was typed, by the checks that the file will meet: only errors are in the way. */
function wrongRedirects(
  uris: readonly string[],
  kind: KindName,
  registrationFor: RegistrationFor,
): string | vscode.InputBoxValidationMessage | undefined {
  if (uris.length === 0) return t("At least one address is needed.");
  const unreadable = uris.find((uri) => !/^https?:\/\/./.test(uri) || !URL.canParse(uri));
  if (unreadable !== undefined) return t("{0} is not a whole address, beginning with https://", unreadable);
  const { registration } = createIntegration(kind, { ...usualAnswers, registrationFor, redirectUris: uris });
  const { problems } = checkRegistration(registration, { today: dateInOslo(new Date()), registrationFor });
  const told = problems.filter(({ path }) => path[0] === "redirect_uris");
  const error = told.find(({ severity }) => severity === "error");
  if (error !== undefined) return error.message[messageLanguage()];
  const [remark] = told;
  if (remark === undefined) return undefined;
  return { message: remark.message[messageLanguage()], severity: vscode.InputBoxValidationSeverity.Warning };
}

/** A file in the workspace under a name that is free; without a workspace a document that is yet to be saved. */
async function open(text: string, kind: KindName, registrationFor: RegistrationFor): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (folder === undefined || vscode.workspace.fs.isWritableFileSystem(folder.scheme) === false) {
    // Under its own name, so that it is checked before it is saved anywhere.
    const unsaved = vscode.Uri.from({ scheme: "untitled", path: integrationFileName(kind, registrationFor) });
    const editor = await vscode.window.showTextDocument(unsaved, { preview: false });
    const whole = new vscode.Range(0, 0, editor.document.lineCount, 0);
    await editor.edit((edit) => edit.replace(whole, text));
    return;
  }
  const uri = await freeName(folder, kind, registrationFor);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(uri, { preview: false });
}

async function freeName(folder: vscode.Uri, kind: KindName, registrationFor: RegistrationFor): Promise<vscode.Uri> {
  for (let number = 1; ; number++) {
    const name = integrationFileName(number === 1 ? kind : `${kind}-${number}`, registrationFor);
    const uri = vscode.Uri.joinPath(folder, name);
    try {
      await vscode.workspace.fs.stat(uri);
    } catch {
      return uri;
    }
  }
}
