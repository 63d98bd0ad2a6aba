import * as vscode from "vscode";

/**
 * What a click on a finding's code opens: the rule's page as it is shipped with the extension, which is there without
 * network and wherever the extension runs. An address that is no rule's page stands as it is.
 */
export function rulePage(documentation: string): vscode.Uri {
  const page = /\/(docs\/rules\/\w+\.md)$/.exec(documentation)?.[1];
  const folder = vscode.extensions.getExtension("mva-melding.mva-melding")?.extensionUri;
  return page === undefined || folder === undefined
    ? vscode.Uri.parse(documentation)
    : vscode.Uri.joinPath(folder, page);
}
