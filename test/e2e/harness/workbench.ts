import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { startBrowser } from "../../workbench/browser.ts";
import { ensureChromium } from "../../workbench/chromium.ts";
import { newestHost, type HostVersion } from "../../workbench/hostVersions.ts";
import { ensureHost } from "../../workbench/install.ts";
import { projectRoot } from "../../workbench/project.ts";
import { say } from "../../workbench/say.ts";
import { startServer, type WorkbenchServer } from "../../workbench/server.ts";

export type WorkbenchOptions = {
  /** Left out: the project's folder with its `dist/`. Or another folder, or a .vsix file, installed as a user would. */
  readonly extension?: { readonly folder: string } | { readonly vsix: string };
  readonly version?: HostVersion;
  /** Settings of the machine. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of the user, for those that only the user may give. */
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** Workspace Trust: left out, it is off and everything trusted; with true the folder opens in Restricted Mode. */
  readonly workspaceTrust?: boolean;
  /** Files for the opened folder by relative path; left out, a copy of `samples/`. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** The one of `files` that names several folders: it is opened instead of the folder it stands in. */
  readonly workspaceFile?: string;
  /** The display language, "en" or "nb". */
  readonly language?: "en" | "nb";
  /** False leaves VS Code's test driver out: for an installed .vsix. With it, older versions show no dialogs. */
  readonly driven?: boolean;
  /** How much is logged; left out: as usual. */
  readonly logLevel?: "trace";
  /** More environment variables for the extension host. */
  readonly environment?: Readonly<Record<string, string>>;
};

/** How long to wait for something the workbench shows; a first start on a busy machine takes its time. */
const patience = 60_000;

/**
 * A real VS Code in a browser without a window, with the extension and a temporary folder open, driven as a user does.
 * Open one a test file (in `before`, 10 to 20 s), close it in `after`. Every wait is for something that shows.
 */
export class Workbench {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly server: WorkbenchServer;
  /** The opened folder, absolute; the tests may write there. */
  readonly folder: string;
  readonly #addressWith: (file?: string) => string;
  readonly #close: () => Promise<void>;

  private constructor(
    page: Page,
    server: WorkbenchServer,
    folder: string,
    addressWith: (file?: string) => string,
    close: () => Promise<void>,
  ) {
    this.page = page;
    this.context = page.context();
    this.server = server;
    this.folder = folder;
    this.#addressWith = addressWith;
    this.#close = close;
  }

  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const { extension = { folder: projectRoot }, version = newestHost, language = "en" } = options;
    const [host, chromium] = await Promise.all([ensureHost(version, say), ensureChromium(say)]);
    const folder = await fillFolder(options.files);
    // What it remembers of submissions is not this machine's.
    const home = await mkdtemp(join(tmpdir(), "mva-home-"));
    const server = await startServer({
      host,
      language,
      ...(options.settings === undefined ? {} : { settings: options.settings }),
      ...(options.userSettings === undefined ? {} : { userSettings: options.userSettings }),
      ...(options.workspaceTrust === undefined ? {} : { workspaceTrust: options.workspaceTrust }),
      environment: { MVA_HOME: home, ...options.environment },
      ...(options.driven === undefined ? {} : { driven: options.driven }),
      ...("vsix" in extension ? { vsix: extension.vsix } : {}),
    });
    const browser = await startBrowser(chromium);
    const close = async (): Promise<void> => {
      await browser.close();
      await server.stop();
      for (const one of [folder, home]) {
        await rm(one, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
      }
    };
    const addressWith = (file?: string): string =>
      server.pageUrl({
        ...(options.workspaceFile === undefined ? { folder } : { workspace: join(folder, options.workspaceFile) }),
        ...("folder" in extension ? { extension: extension.folder } : {}),
        ...(options.logLevel === undefined ? {} : { logLevel: options.logLevel }),
        ...(file === undefined ? {} : { file: join(folder, file) }),
      });
    try {
      const page = browser.context.pages()[0] ?? (await browser.context.newPage());
      page.setDefaultTimeout(patience);
      await page.goto(addressWith());
      await page.locator(".monaco-workbench .part.statusbar").waitFor();
      return new Workbench(page, server, folder, addressWith, close);
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** Ends the browser and the server and removes the folder. */
  async close(): Promise<void> {
    await this.#close();
  }

  /**
   * Loads the window anew, as the command "Reload Window" does.
   * @param file one to open with it, since VS Code may not have written down which editors were open
   */
  async reload(file?: string): Promise<void> {
    await this.page.goto(this.#addressWith(file));
    await this.page.locator(".monaco-workbench .part.statusbar").waitFor();
  }

  /** Saves what the window shows as out/screenshots/NAME.png and returns the file. */
  async screenshot(name: string): Promise<string> {
    const file = join(projectRoot, "out", "screenshots", `${name.replaceAll(/[^\w.-]+/g, "-")}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  // Commands and quick input

  /** Runs the command with this exact title ("MVA: Validate VAT return") from the command palette. */
  async run(title: string): Promise<void> {
    const row = this.quickInputRow(title).first();
    await insist(
      () => row.waitFor({ timeout: 5000 }),
      async () => {
        // A window that has just been loaded may miss the key, and lists only the commands it knows by then.
        await this.#openQuickInput("F1");
        await this.quickInputBox.fill(`>${title}`);
      },
    );
    await row.click();
  }

  /** Opens a file of the folder by its relative path and waits until the editor shows it. */
  async openFile(path: string): Promise<void> {
    await this.#openQuickInput("ControlOrMeta+p");
    await this.quickInputBox.fill(path);
    const name = path.split("/").at(-1) ?? path;
    // What was opened lately is listed before the search has begun; Enter takes the row in focus.
    await this.quickInput.locator(".monaco-list-row.focused").filter({ hasText: name }).waitFor();
    await this.page.keyboard.press("Enter");
    await this.page.locator(`.tabs-container .tab.active[data-resource-name="${name}"]`).waitFor();
    await this.editor.locator(".view-lines").first().waitFor();
  }

  async #openQuickInput(key: string): Promise<void> {
    await insist(
      () => this.quickInputBox.waitFor({ timeout: 3000 }),
      async () => {
        await this.page.keyboard.press("Escape");
        await this.page.keyboard.press(key);
      },
    );
  }

  /** The palette, a quick pick or an input box. */
  get quickInput(): Locator {
    return this.page.locator(".quick-input-widget:visible");
  }

  /** Where one types in it; a list of check boxes has other inputs too. */
  get quickInputBox(): Locator {
    return this.quickInput.locator("input.input");
  }

  /** The rows of the quick pick that contain `text`. */
  quickInputRow(text: string): Locator {
    return this.quickInput.locator(".monaco-list-row").filter({ hasText: text });
  }

  // Editor

  get editor(): Locator {
    return this.page.locator(".part.editor .editor-instance");
  }

  /** The squiggles of one severity in the visible part of the editor. */
  squiggles(severity: "error" | "warning" | "info"): Locator {
    return this.editor.locator(`.squiggly-${severity}`);
  }

  // Problems, status bar, notifications

  /** Shows the Problems panel. */
  async openProblems(): Promise<void> {
    if (!(await this.page.locator(".markers-panel").isVisible())) await this.run("Problems: Focus on Problems View");
    await this.page.locator(".markers-panel").waitFor();
  }

  /** The rows of the Problems panel that are in view, files among them; filter them with `hasText`. */
  problemRows(hasText?: string | RegExp): Locator {
    const rows = this.page.locator(".markers-panel .monaco-list-row");
    return hasText === undefined ? rows : rows.filter({ hasText });
  }

  /** The items of the status bar whose text or accessible name contains `text`. */
  statusItem(text: string | RegExp): Locator {
    return this.page.locator(".statusbar-item").filter({ hasText: text });
  }

  /** Opens the language status (the braces in the status bar) and returns what it lists. */
  async languageStatus(): Promise<Locator> {
    await this.page.locator(String.raw`#status\.languageStatus`).click();
    const list = this.page.locator(".hover-language-status");
    await list.first().waitFor();
    return list;
  }

  /**
   * Waits for a notification with this text and returns its entry in the notification centre. (Under the test driver VS
   * Code shows no toasts; whatever would pop up is in the centre.)
   */
  async notification(text: string | RegExp): Promise<Locator> {
    const centre = this.page.locator(".notifications-center.visible");
    const entry = centre.locator(".notification-list-item").filter({ hasText: text }).first();
    await insist(
      () => entry.waitFor({ timeout: 2000 }),
      async () => {
        // The centre may close by itself while something else takes the focus.
        if (await centre.isVisible()) return;
        await this.page.locator(String.raw`#status\.notifications`).click();
        // The hint of the bell covers the buttons of the lowest entry while the mouse is on the bell.
        await this.page.mouse.move(0, 0);
      },
    );
    return entry;
  }

  /** Waits for a notification and presses one of its buttons. */
  async answerNotification(text: string | RegExp, button: string): Promise<void> {
    const entry = await this.notification(text);
    const target = entry.getByRole("button", { name: button });
    // A collapsed entry hides its buttons.
    if (!(await target.isVisible())) {
      await entry.hover();
      await entry.getByRole("button", { name: /^Expand Notification/ }).click();
    }
    await target.click();
  }

  /** Presses a button of the modal dialog that shows. */
  async answerDialog(button: string): Promise<void> {
    await this.page.locator(".monaco-dialog-box").getByRole("button", { name: button, exact: true }).click();
  }

  // Accounts

  /** The Accounts entry of the activity bar; its name is "Accounts - Sign in requested" while a request waits. */
  get accountsEntry(): Locator {
    return this.page.locator('.activitybar li.action-item[aria-label^="Accounts"]');
  }

  /** Waits for the extension's passive request to show on the Accounts entry. */
  async waitForSignInRequest(): Promise<void> {
    await this.page.locator('.activitybar li.action-item[aria-label="Accounts - Sign in requested"]').waitFor();
  }

  /**
   * Opens the Accounts menu, again while the item with this name is not in it yet, and returns the item.
   * @param without an item that must not be in it beside it
   */
  async accountsItem(name: string | RegExp, without?: string | RegExp): Promise<Locator> {
    const item = this.page.getByRole("menuitem", { name });
    await insist(
      async () => {
        await item.waitFor({ timeout: 2000 });
        if (without === undefined) return;
        assert.equal(await this.page.getByRole("menuitem", { name: without }).count(), 0, `${String(without)} is left`);
      },
      async () => {
        // An open menu does not change: what it lists was decided when it opened.
        await this.page.keyboard.press("Escape");
        await this.accountsEntry.click();
      },
    );
    return item;
  }

  /** Chooses the sign-in entry in the Accounts menu and returns the page that the browser opens for it. */
  async signInFromAccounts(name: string | RegExp): Promise<Page> {
    const opened = this.context.waitForEvent("page", { timeout: patience });
    const chosen = insist(
      () => this.page.getByRole("menuitem", { name }).waitFor({ state: "hidden", timeout: 2000 }),
      async () => chooseMenuItem(await this.accountsItem(name)),
    );
    const [page] = await Promise.all([opened, chosen]);
    return page;
  }

  /** Signs out the account `label (provider)` by its menu. */
  async signOut(name: string | RegExp): Promise<void> {
    await this.askToSignOut(name);
    await this.answerDialog("Sign Out");
  }

  /** Chooses to sign out in the account's menu; the dialog that asks for confirmation is left open. */
  async askToSignOut(name: string | RegExp): Promise<void> {
    await insist(
      () => this.page.locator(".monaco-dialog-box").waitFor({ timeout: 2000 }),
      async () => {
        // A menu left from before is closed, the inner one first, and opened anew.
        await this.page.keyboard.press("Escape");
        const item = await this.accountsItem(name);
        await item.hover();
        await chooseMenuItem(this.page.getByRole("menuitem", { name: "Sign Out" }));
      },
    );
  }
}

/**
 * Clicks an entry of a menu. VS Code's menus hear of no released button in their first 100 ms, so that the click which
 * opens a menu chooses nothing in it: the button is held longer than that.
 */
export async function chooseMenuItem(item: Locator): Promise<void> {
  await item.click({ delay: 300 });
}

async function fillFolder(files: WorkbenchOptions["files"]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mva-folder-"));
  if (files === undefined) {
    const samples = join(projectRoot, "samples");
    if (!existsSync(samples)) throw new Error("There is no samples folder.");
    await cp(samples, folder, { recursive: true });
  }
  for (const [path, content] of Object.entries(files ?? {})) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return folder;
}

/** Waits until so many are there: what has gone may still be drawn for a moment. */
export async function untilCount(locator: Locator, count: number): Promise<void> {
  const deadline = Date.now() + patience;
  while ((await locator.count()) !== count && Date.now() < deadline) await setTimeout(100);
  assert.equal(await locator.count(), count);
}

/** Prepares and looks, again and again, until what is looked for shows or patience ends. */
export async function insist(look: () => Promise<void>, prepare: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + patience;
  for (;;) {
    await prepare();
    try {
      await look();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
