import * as vscode from "vscode";
import type { PasteRequest } from "../../services/idPorten/signIn.ts";
import { messageLanguage } from "../settings.ts";
import { t } from "../l10n.ts";

/** Asks for the address that the browser ended on. @returns undefined where the box was closed, or is not needed any more */
export async function showPasteBox(
  request: PasteRequest,
  openBrowser: (url: string) => Promise<boolean>,
): Promise<string | undefined> {
  const language = messageLanguage();
  const copy: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon("copy"),
    tooltip: t("Copy the sign-in address"),
  };
  const open: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon("link-external"),
    tooltip: t("Open the sign-in page again"),
  };
  const box = vscode.window.createInputBox();
  box.title = t("Paste the address from the browser");
  box.prompt = t("The whole address that the browser ended on. It begins with {0}", request.redirectUri);
  box.placeholder = `${request.redirectUri}?code=…`;
  box.ignoreFocusOut = true;
  box.buttons = [copy, open];
  if (request.wrong !== null) box.validationMessage = request.wrong[language];
  const registrations: { dispose(): unknown }[] = [box];
  try {
    return await new Promise((resolve) => {
      const close = (): void => resolve(undefined);
      request.over.addEventListener("abort", close, { once: true });
      registrations.push(
        new vscode.Disposable(() => request.over.removeEventListener("abort", close)),
        box.onDidHide(close),
        box.onDidChangeValue((value) => {
          box.validationMessage = value === "" ? undefined : request.check(value)?.[language];
        }),
        box.onDidAccept(() => {
          const wrong = request.check(box.value);
          if (wrong === null) resolve(box.value);
          else box.validationMessage = wrong[language];
        }),
        box.onDidTriggerButton((button) => {
          if (button === copy) void vscode.env.clipboard.writeText(request.authorizationUrl);
          else void openBrowser(request.authorizationUrl);
        }),
      );
      if (request.over.aborted) close();
      else box.show();
    });
  } finally {
    vscode.Disposable.from(...registrations).dispose();
  }
}
