import * as vscode from "vscode";
import type { Environment } from "../../services/environments.ts";
import { SignInError } from "../../services/idPorten/problem.ts";
import type { PasteRequest, SignedIn } from "../../services/idPorten/signInBundle.ts";
import { messageLanguage } from "../settings.ts";
import type { IdPorten } from "./idPorten.ts";
import { showPasteBox } from "./pasteBox.ts";
import { t } from "../l10n.ts";

/** Takes the user to the box that a running sign-in accepts the browser's address in. */
export const pasteCommand = "mvaMelding.pasteSignInAddress";
const runningContext = "mvaMelding.signingIn";

export interface SignInWishes {
  readonly scopes: readonly string[];
  /** Left out: as the environment says. `login` lets another person sign in than the one ID-porten remembers. */
  readonly prompt?: "login";
  /** False where pasting is the only way. */
  readonly listen?: boolean;
}

/** One sign-in in the browser at a time, with progress that can be cancelled and a box to paste the address into. */
export class SignInFlow {
  readonly #idPorten: IdPorten;
  #running: AbortController | null = null;
  #askForAddress: (() => void) | null = null;

  constructor(idPorten: IdPorten) {
    this.#idPorten = idPorten;
  }

  /** Signs in; a sign-in that was running is ended. @throws SignInError */
  async run(environment: Environment, wishes: SignInWishes): Promise<SignedIn> {
    this.endRunning();
    const running = new AbortController();
    this.#running = running;
    await setRunningContext(true);
    try {
      return await this.#withProgress(environment, wishes, running);
    } finally {
      if (this.#running === running) {
        this.#running = null;
        await setRunningContext(false);
      }
    }
  }

  /** Ends a sign-in that is on its way, because another one is to begin. */
  endRunning(): void {
    this.#running?.abort(new SignInError({ code: "superseded" }));
  }

  /** Opens the box for the address, if a sign-in is running that can take one. */
  askForAddress(): void {
    if (this.#askForAddress === null) {
      void vscode.window.showInformationMessage(t("No sign-in is waiting for an address."));
    } else {
      this.#askForAddress();
    }
  }

  #withProgress(environment: Environment, wishes: SignInWishes, running: AbortController): Thenable<SignedIn> {
    const title =
      wishes.listen === false
        ? t("Signing in to “{0}” in the browser", environment.name)
        : t(
            "Signing in to “{0}” in the browser. [Paste the address]({1}) if the browser can't find its way back.",
            environment.name,
            `command:${pasteCommand}`,
          );
    const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title };
    return vscode.window.withProgress(options, async (_progress, cancelled) => {
      const registration = cancelled.onCancellationRequested(() => running.abort());
      try {
        return await this.#idPorten.bundle.signIn(this.#idPorten.context(environment, running.signal), {
          scopes: wishes.scopes,
          language: messageLanguage(),
          openBrowser,
          paste: (request) => this.#paste(request, wishes.listen === false),
          ...(wishes.prompt === undefined ? {} : { prompt: wishes.prompt }),
          ...(wishes.listen === undefined ? {} : { listen: wishes.listen }),
        });
      } finally {
        registration.dispose();
      }
    });
  }

  /** Closing the box ends a sign-in that nothing else can finish; otherwise it can be opened again. */
  async #paste(request: PasteRequest, onlyWay: boolean): Promise<string | undefined> {
    for (let uncalledFor = onlyWay || request.wrong !== null; ; uncalledFor = onlyWay) {
      if (!uncalledFor) await this.#asked(request.over);
      if (request.over.aborted) return undefined;
      const pasted = await showPasteBox(request, openBrowser);
      if (pasted !== undefined || onlyWay) return pasted;
    }
  }

  /** Resolves when the user asks for the box, or when it is not needed any more. */
  #asked(over: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        over.removeEventListener("abort", end);
        if (this.#askForAddress === end) this.#askForAddress = null;
        resolve();
      };
      over.addEventListener("abort", end, { once: true });
      this.#askForAddress = end;
    });
  }
}

/** False where VS Code could not open it. The parameter values hold neither `&` nor `?`, which VS Code would decode. */
export async function openBrowser(url: string): Promise<boolean> {
  return vscode.env.openExternal(vscode.Uri.parse(url, true));
}

async function setRunningContext(running: boolean): Promise<void> {
  await vscode.commands.executeCommand("setContext", runningContext, running);
}
