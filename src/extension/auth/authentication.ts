import * as vscode from "vscode";
import type { OwnClientStart } from "../../integration/ownClient.ts";
import type { CommandHandler } from "../commands/commandTable.ts";
import type { SandboxManager } from "../sandbox/sandboxManager.ts";
import {
  createCopyAccessToken,
  createShowSession,
  createSignIn,
  createSignOut,
  setClientSecret,
} from "./authCommands.ts";
import { Environments } from "./environments.ts";
import { EnvironmentStatus } from "./environmentStatus.ts";
import { IdPorten } from "./idPorten.ts";
import { askForOwnClient } from "./ownClient.ts";
import { PassiveRequest, type SignInEntry } from "./passiveRequest.ts";
import { IdPortenProvider, type ProviderServices } from "./provider.ts";
import { Sessions } from "./sessions.ts";
import { pasteCommand, SignInFlow } from "./signInFlow.ts";
import { SignInService } from "./signInService.ts";
import { chooseEnvironment } from "./switchEnvironment.ts";
import { t } from "../l10n.ts";

export interface Authentication {
  readonly environments: Environments;
  readonly sessions: Sessions;
  readonly service: SignInService;
  readonly idPorten: IdPorten;
  readonly commands: Readonly<Record<string, CommandHandler>>;
  readonly disposables: readonly { dispose(): unknown }[];
  /** A return was opened or a view shown: the sign-in entry and the status item appear. */
  readonly inUse: () => void;
  /** Asks for a client of the user's own, beginning with what is known of it, and then for its secret if it has one. */
  readonly useClient: (start: OwnClientStart) => Promise<void>;
}

/** Wires providers, sessions, environments and the commands around them. */
export function createAuthentication(
  context: vscode.ExtensionContext,
  sandbox: SandboxManager,
  log: vscode.LogOutputChannel,
): Authentication {
  const { globalState, secrets, extensionPath } = context;
  const environments = new Environments(sandbox, globalState);
  const idPorten = new IdPorten(extensionPath, globalState, secrets, log);
  const sessions = new Sessions(environments, idPorten, secrets, globalState, log);
  const flow = new SignInFlow(idPorten);
  const versions = versionsOf(context);
  const service = new SignInService({ environments, idPorten, sessions, flow, sandbox, log, versions });
  const signOut = async (id: string): Promise<void> => {
    await service.signOut(id);
    // Whoever was signed in may want to be so again, whether or not a return is open.
    inUse();
  };
  const services: ProviderServices = {
    environments,
    sessions,
    signIn: (environment, wishes) => service.signIn(environment, wishes),
    signOut,
  };
  const providers = [
    new IdPortenProvider("mvaMelding.idporten.sandbox", t("ID-porten (sandbox)"), services),
    new IdPortenProvider("mvaMelding.idporten.test", t("ID-porten (test)"), services),
    new IdPortenProvider("mvaMelding.idporten.own", t("ID-porten (own)"), services),
  ];
  const status = new EnvironmentStatus(environments, sessions);
  const withdraw = async ({ providerId, scopes }: SignInEntry): Promise<void> => {
    await providers.find(({ id }) => id === providerId)?.withdrawEntry(scopes);
  };
  const passive = new PassiveRequest(environments, sessions, withdraw, log);
  const inUse = (): void => {
    status.show();
    passive.want();
  };

  const useOwnClient = (): Promise<boolean> => askForOwnClient(environments);
  const enterSecret = (): Promise<boolean> => setClientSecret({ environments, idPorten });
  const useClient = async (start: OwnClientStart): Promise<void> => {
    if (!(await askForOwnClient(environments, start))) return;
    const { active } = environments;
    const hasSecret = active !== null && (await idPorten.clientSecret(active)) !== undefined;
    if (active?.authenticationMethod === "client_secret_post" && !hasSecret) await enterSecret();
    await offerSignIn(environments.activeName, service);
  };
  const switchEnvironment = async (): Promise<boolean> => {
    const chosen = await chooseEnvironment(environments, useOwnClient);
    if (chosen !== null) await service.ready(chosen);
    return chosen !== null;
  };
  service.detours = { useOwnClient, enterSecret, switchEnvironment };
  void takeUpSandbox(environments, sessions, sandbox, log);

  const endRunning = (): void => flow.endRunning();
  const parts = { environments, sessions, service, idPorten, signOut, endRunning };
  return {
    environments,
    sessions,
    service,
    idPorten,
    commands: {
      "mvaMelding.signIn": createSignIn(parts),
      "mvaMelding.signInAgain": () => service.signInAgain(),
      "mvaMelding.signOut": createSignOut(parts),
      "mvaMelding.showSession": createShowSession(parts),
      "mvaMelding.copyAccessToken": createCopyAccessToken(parts),
      "mvaMelding.copyDiagnosis": () => service.copyDiagnosis(),
      "mvaMelding.switchEnvironment": () => switchEnvironment(),
      "mvaMelding.useOwnClient": async () => {
        if (await useOwnClient()) await offerSignIn(environments.activeName, service);
      },
      "mvaMelding.setClientSecret": () => enterSecret(),
      [pasteCommand]: () => flow.askForAddress(),
    },
    disposables: [passive, status, ...providers, sessions, environments],
    inUse,
    useClient,
  };
}

/** Joins the sandbox that another window runs; starts it where somebody is signed in to it from before. */
async function takeUpSandbox(
  environments: Environments,
  sessions: Sessions,
  sandbox: SandboxManager,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const { active } = environments;
  if (active?.name !== "sandbox") return;
  try {
    if ((await sandbox.joinRunning()) === null && (await sessions.list(active)).length > 0) await sandbox.start();
  } catch (error) {
    log.warn(`The sandbox could not be started: ${error instanceof Error ? error.message : "unknown"}`);
  }
}

async function offerSignIn(name: string, service: SignInService): Promise<void> {
  const signIn = t("Sign in");
  const text = t("The environment “{0}” with your client is active.", name);
  if ((await vscode.window.showInformationMessage(text, signIn)) === signIn) await service.signInAgain();
}

function versionsOf({ extension }: vscode.ExtensionContext): readonly string[] {
  const { version } = extension.packageJSON as { readonly version?: unknown };
  return [
    `mva-melding ${typeof version === "string" ? version : "?"}`,
    `${vscode.env.appName} ${vscode.version}`,
    `Node ${process.versions.node}`,
    `${process.platform} ${process.arch}`,
  ];
}
