import { once } from "node:events";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import type { ChildProcess } from "node:child_process";
import { startBrowser, type Browser } from "../workbench/browser.ts";
import { ensureChromium } from "../workbench/chromium.ts";
import { hostFolder, newestHost } from "../workbench/hostVersions.ts";
import { ensureHost } from "../workbench/install.ts";
import { endTree, startTree } from "../workbench/processes.ts";
import { projectRoot } from "../workbench/project.ts";
import { say } from "../workbench/say.ts";
import { chooseMenuItem, insist } from "./harness/workbench.ts";

describe("npm start in the browser", function () {
  this.timeout(300_000);
  let cache: string;
  let browser: Browser;
  let running: ChildProcess;

  before(async () => {
    await ensureHost(newestHost, say);
    // The same VS Code with data of its own, so that what a person has open meanwhile is left alone.
    cache = await mkdtemp(join(tmpdir(), "mva-start-"));
    await symlink(hostFolder(newestHost), join(cache, basename(hostFolder(newestHost))), "junction");
    browser = await startBrowser(await ensureChromium(say));
  });
  after(async () => {
    await browser.close();
    await endTree(running, 10_000);
    await rm(cache, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  it("opens the samples, and one can sign in", async () => {
    running = startTree(process.execPath, ["--import", "tsx", "test/workbench/start.ts", "--browser"], {
      cwd: projectRoot,
      // With CI no browser is opened for a person.
      env: { ...process.env, CI: "1", MVA_VSCODE_HOST_CACHE: cache },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const url = await addressSaidBy(running);
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    page.setDefaultTimeout(60_000);
    await page.goto(url);
    await page.locator('.tab[data-resource-name="many-mistakes.xml"]').waitFor();

    const item = (name: RegExp): ReturnType<typeof page.getByRole> => page.getByRole("menuitem", { name });
    const openAccounts = async (): Promise<void> => {
      await page.keyboard.press("Escape");
      await page.locator('.activitybar li.action-item[aria-label^="Accounts"]').click();
    };
    const entry = item(/Sign in with ID-porten \(sandbox\)/);
    await insist(() => entry.waitFor({ timeout: 2000 }), openAccounts);
    const opened = browser.context.waitForEvent("page");
    await insist(
      () => entry.waitFor({ state: "hidden", timeout: 2000 }),
      () => chooseMenuItem(entry),
    );
    const login = await opened;
    await login.getByRole("button", { name: "Modig Furustamme" }).click();
    await login.getByText("You can close this page").waitFor();
    await login.close();
    await insist(() => item(/^Modig Furustamme · [0-9A-Z]{6} /).waitFor({ timeout: 2000 }), openAccounts);
    await page.screenshot({ path: join(projectRoot, "out", "screenshots", "start-signed-in.png") });
  });
});

/** The address that it prints once VS Code is ready. */
async function addressSaidBy(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("It has no output.");
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, "exit").then(() => {
    throw new Error("It ended before it gave an address.");
  });
  const address = new Promise<string>((resolve) => {
    lines.on("line", (line) => {
      const url = /^\s*(http:\/\/127\.0\.0\.1:[0-9]+\/\S*)/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  return Promise.race([address, ended]);
}
