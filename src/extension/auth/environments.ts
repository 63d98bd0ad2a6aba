import * as vscode from "vscode";
import {
  allowsTestPersons,
  olderSubmissionScopes,
  sandboxEnvironment,
  testEnvironment,
  type Environment,
} from "../../services/environments.ts";
import { readOwnEnvironment, type EnvironmentProblem } from "../../services/environmentSchema.ts";
import { environmentOfSandbox } from "../../services/sandboxLine.ts";
import type { SandboxManager } from "../sandbox/sandboxManager.ts";
import { messageLanguage, settingsSection } from "../settings.ts";
import { t } from "../l10n.ts";

const activeSetting = "environment";
const ownSetting = "environments";
/** Environments that ship and are to be asked for the older submission scope, by name. */
const olderScopesKey = "mvaMelding.olderSubmissionScope";

/** An entry of the setting that can't be used. */
export interface BrokenEnvironment {
  readonly name: string;
  readonly problems: readonly EnvironmentProblem[];
}

/** Thrown where an environment is needed and the active one can't be used. */
export class NoEnvironmentError extends Error {
  override readonly name = "NoEnvironmentError";
}

/**
 * The environments of the editor: the two that ship, and the user's own from the settings. One is active. Only the
 * user's settings count: both settings have application scope, so no workspace can name an issuer, a client, a redirect
 * or an address.
 */
export class Environments implements vscode.Disposable {
  readonly #sandbox: SandboxManager;
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #registrations: vscode.Disposable;
  /** Fires when the active environment, or anything in one, has become another. */
  readonly onDidChange = this.#changed.event;

  constructor(sandbox: SandboxManager, memory: vscode.Memento) {
    this.#sandbox = sandbox;
    this.#memory = memory;
    this.#registrations = vscode.Disposable.from(
      this.#changed,
      sandbox.onDidChange(() => this.#changed.fire()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        const names = [activeSetting, ownSetting].map((name) => `${settingsSection}.${name}`);
        if (names.some((name) => change.affectsConfiguration(name))) this.#changed.fire();
      }),
    );
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  /** The name that the setting gives, whether or not there is such an environment. */
  get activeName(): string {
    const value = readUserSetting(activeSetting);
    return typeof value === "string" && value !== "" ? value : sandboxEnvironment.name;
  }

  /** The active environment; null where the setting names none that can be used. */
  get active(): Environment | null {
    return this.find(this.activeName);
  }

  /** @throws NoEnvironmentError, in the user's language */
  require(): Environment {
    const { active, activeName } = this;
    if (active !== null) return active;
    const broken = this.read().broken.find(({ name }) => name === activeName);
    const reason = broken?.problems.map(({ path, text }) => `${path}: ${text[messageLanguage()]}`).join(" ");
    throw new NoEnvironmentError(
      reason === undefined
        ? t("There is no environment “{0}” in the settings.", activeName)
        : t("The environment “{0}” in the settings can't be used. {1}", activeName, reason),
    );
  }

  find(name: string): Environment | null {
    return this.read().usable.find((environment) => environment.name === name) ?? null;
  }

  /** All environments, the shipped ones first; and the user's own entries that can't be used. */
  read(): { readonly usable: readonly Environment[]; readonly broken: readonly BrokenEnvironment[] } {
    const usable = [this.#sandboxNow(), testEnvironment];
    const broken: BrokenEnvironment[] = [];
    for (const value of readOwnEntries()) {
      const reading = readOwnEnvironment(value);
      const name = nameOf(value);
      if (!reading.ok) {
        broken.push({ name, problems: reading.problems });
      } else if (usable.some((other) => other.name === reading.environment.name)) {
        const text = { en: "Two environments have this name.", nb: "To miljøer har dette navnet." };
        broken.push({ name, problems: [{ path: "name", text }] });
      } else {
        usable.push(reading.environment);
      }
    }
    return { usable: usable.map((environment) => this.#withOlderScopes(environment)), broken };
  }

  /** Makes an environment the active one, in the user's settings. */
  async activate(name: string): Promise<void> {
    const isDefault = name === sandboxEnvironment.name;
    await writeUserSetting(activeSetting, isDefault ? undefined : name);
  }

  /** Writes one of the user's own environments into the settings, in place of one with the same name. */
  async saveOwn(environment: Environment): Promise<void> {
    const others = readOwnEntries().filter((value) => nameOf(value) !== environment.name);
    await writeUserSetting(ownSetting, [...others, environment]);
  }

  /**
   * Makes the older submission scope the one that an environment is asked for: in the settings where it is the user's
   * own, so that it can be seen and changed there; remembered for one that ships.
   */
  async useOlderSubmissionScope(environment: Environment): Promise<void> {
    if (isShipped(environment.name)) {
      await this.#rememberOlderScopes([...new Set([...this.#olderScopes(), environment.name])]);
    } else {
      const scopes = { ...environment.scopes, submission: olderSubmissionScopes };
      await this.saveOwn({ ...environment, scopes });
    }
  }

  /** Goes back to today's submission scopes where an environment that ships was asked for the older one. */
  async forgetOlderSubmissionScope(name: string): Promise<void> {
    const names = this.#olderScopes();
    if (names.includes(name)) await this.#rememberOlderScopes(names.filter((other) => other !== name));
  }

  async #rememberOlderScopes(names: readonly string[]): Promise<void> {
    await this.#memory.update(olderScopesKey, names);
    this.#changed.fire();
  }

  #olderScopes(): readonly string[] {
    const value = this.#memory.get<unknown>(olderScopesKey);
    return Array.isArray(value)
      ? value.filter((name): name is string => typeof name === "string" && isShipped(name))
      : [];
  }

  #withOlderScopes(environment: Environment): Environment {
    if (!this.#olderScopes().includes(environment.name)) return environment;
    return { ...environment, scopes: { ...environment.scopes, submission: olderSubmissionScopes } };
  }

  /** The sandbox as it runs; while it does not, as it was last. */
  #sandboxNow(): Environment {
    const { line, lastPort } = this.#sandbox;
    if (line !== null) {
      const reading = environmentOfSandbox(line);
      if (reading.ok) return reading.environment;
    }
    return lastPort === null ? sandboxEnvironment : { ...sandboxEnvironment, issuer: `http://127.0.0.1:${lastPort}` };
  }
}

/** The VS Code provider that stands for an environment. */
export function providerIdOf({ name }: Pick<Environment, "name">): string {
  return `mvaMelding.idporten.${isShipped(name) ? name : "own"}`;
}

function isShipped(name: string): boolean {
  return name === sandboxEnvironment.name || name === testEnvironment.name;
}

/** The sandbox and ID-porten's test environment: where tokens open nothing that is real. */
export function isForTesting(environment: Environment): boolean {
  return allowsTestPersons(environment);
}

function readOwnEntries(): readonly unknown[] {
  const value = readUserSetting(ownSetting);
  return Array.isArray(value) ? value : [];
}

function nameOf(value: unknown): string {
  const named = typeof value === "object" && value !== null && "name" in value ? value.name : undefined;
  return typeof named === "string" ? named : "?";
}

/** The user's own value or the default: the values of workspaces are not even looked at. */
function readUserSetting(name: string): unknown {
  const setting = vscode.workspace.getConfiguration(settingsSection).inspect<unknown>(name);
  return setting?.globalValue ?? setting?.defaultValue;
}

async function writeUserSetting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration(settingsSection).update(name, value, vscode.ConfigurationTarget.Global);
}
