import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext } from "playwright-core";
import { onInterrupt } from "./processes.ts";

export type Browser = { readonly context: BrowserContext; close(): Promise<void> };

/** Starts a browser without a window, with a profile of its own that `close` removes. */
export async function startBrowser(executablePath: string, language = "en-US"): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), "mva-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    locale: language,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    viewport: { width: 1400, height: 900 },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const close = async (): Promise<void> => {
    forget();
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const forget = onInterrupt(close);
  return { context, close };
}
