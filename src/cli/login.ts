import { createInterface } from "node:readline/promises";
import type { Language, Text } from "../vatReturn/text.ts";
import { scopesFor } from "../services/environments.ts";
import type { Environment, Purpose } from "../services/environments.ts";
import { createMemoryDiscoveryCache } from "../services/idPorten/context.ts";
import type { IdPortenContext } from "../services/idPorten/context.ts";
import { isSignInError } from "../services/idPorten/problem.ts";
import { problemActions } from "../services/idPorten/problemActions.ts";
import { problemText } from "../services/idPorten/problemText.ts";
import { publicTestClientAdvice } from "../services/idPorten/publicTestClient.ts";
import { summarise, timeLeft } from "../services/idPorten/session.ts";
import type { Session } from "../services/idPorten/session.ts";
import type { PasteRequest } from "../services/idPorten/signIn.ts";
import { openBrowser } from "./openBrowser.ts";
import { complain, write } from "./output.ts";
import { signInExitCode } from "./signInExitCode.ts";
import { findEnvironment } from "./terminalEnvironment.ts";
import type { TerminalEnvironment } from "./terminalEnvironment.ts";
import { openSessions } from "./terminalSessions.ts";

export interface LoginCommand {
  readonly name: "login";
  /** `sandbox`, `test` or a file. */
  readonly environment: string;
  readonly clientId: string | null;
  /** Synthetic national identity number to sign in without a browser; null for the browser. */
  readonly testPerson: string | null;
  readonly purposes: readonly Purpose[];
  /** Keep the session in the state folder's file. */
  readonly store: boolean;
  readonly format: "text" | "json";
}

export interface SessionCommand {
  readonly name: "session";
  readonly format: "text" | "json";
}

export interface LogoutCommand {
  readonly name: "logout";
  readonly environment: string;
  readonly clientId: string | null;
}

/** What the commands need from outside. */
export interface TerminalContext {
  readonly language: Language;
  readonly stateFolder: string;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The client secret if the client has one: the command takes it from the environment variable MVA_CLIENT_SECRET. */
  readonly clientSecret: string | null;
  readonly signal?: AbortSignal;
}

/** `mva login`: signs in and says as whom. @returns the exit code */
export async function login(command: LoginCommand, terminal: TerminalContext): Promise<number> {
  const { language } = terminal;
  const found = await findEnvironment(command.environment, command.clientId);
  try {
    const { session, declinedScopes } = await signInTo(found, command, terminal);
    await write(command.format === "json" ? `${JSON.stringify(summarise(session))}\n` : describe(session, terminal));
    if (declinedScopes.length > 0) complain(problemText({ code: "scopeDeclined", declined: declinedScopes })[language]);
    return 0;
  } catch (error) {
    return failed(error, language, found.environment);
  }
}

/** Signs in as `mva login` does, for other commands that need a session. @throws SignInError */
export async function signInTo(
  found: TerminalEnvironment,
  command: Pick<LoginCommand, "testPerson" | "purposes" | "store">,
  terminal: TerminalContext,
): Promise<{ readonly session: Session; readonly declinedScopes: readonly string[] }> {
  const context = contextAt(found, terminal);
  const sessions = openSessions({ storedIn: command.store ? terminal.stateFolder : null });
  try {
    // Where the session can't be kept safely, that is said before anyone signs in.
    await sessions.list();
    const options = { scopes: scopesFor(context.environment, command.purposes), language: terminal.language };
    const idPorten = await import("../services/idPorten/signInBundle.ts");
    const { session, declinedScopes } =
      command.testPerson === null
        ? await idPorten.signIn(context, {
            ...options,
            openBrowser: (url) => open(url, terminal.language),
            paste: (request) => askForAddress(request, terminal.language),
          })
        : await idPorten.signInTestPerson(context, command.testPerson, options);
    return { session: await sessions.put(session), declinedScopes };
  } finally {
    sessions.dispose();
  }
}

/** `mva session`: the stored sessions, without their tokens. */
export async function showSessions(command: SessionCommand, terminal: TerminalContext): Promise<number> {
  const sessions = openSessions({ storedIn: terminal.stateFolder });
  try {
    const all = await sessions.list();
    if (command.format === "json") await write(`${JSON.stringify(all.map(summarise))}\n`);
    else if (all.length === 0)
      await write(say({ en: "No session is stored.\n", nb: "Ingen økt er lagret.\n" }, terminal));
    else await write(all.map((session) => describe(session, terminal)).join("\n"));
    return 0;
  } catch (error) {
    return failed(error, terminal.language);
  } finally {
    sessions.dispose();
  }
}

/** `mva logout`: forgets the stored sessions of an environment, then tells ID-porten, as far as that goes. */
export async function logout(command: LogoutCommand, terminal: TerminalContext): Promise<number> {
  const sessions = openSessions({ storedIn: terminal.stateFolder });
  try {
    const context = await contextOf(command, terminal);
    const { name, issuer } = context.environment;
    const mine = (await sessions.list()).filter((session) => session.environment === name && session.issuer === issuer);
    const idPorten = mine.length === 0 ? null : await import("../services/idPorten/signInBundle.ts");
    for (const { id } of mine) {
      const removed = await sessions.remove(id);
      if (removed === undefined || idPorten === null) continue;
      const environment = { ...context.environment, clientId: removed.clientId };
      const { problems } = await idPorten.signOutRemotely({ ...context, environment }, removed);
      for (const problem of problems) complain(problemText(problem)[terminal.language]);
    }
    const count = String(mine.length);
    await write(
      say(
        { en: `Signed out: ${count} session(s) in ${name}.\n`, nb: `Logget ut: ${count} økt(er) i ${name}.\n` },
        terminal,
      ),
    );
    return 0;
  } catch (error) {
    return failed(error, terminal.language);
  } finally {
    sessions.dispose();
  }
}

async function contextOf(
  command: { readonly environment: string; readonly clientId: string | null },
  terminal: TerminalContext,
): Promise<IdPortenContext> {
  return contextAt(await findEnvironment(command.environment, command.clientId), terminal);
}

function contextAt({ environment, clientSecret }: TerminalEnvironment, terminal: TerminalContext): IdPortenContext {
  return {
    environment,
    fetch: terminal.fetch,
    now: terminal.now,
    discoveryCache: createMemoryDiscoveryCache(),
    clientSecret: () => Promise.resolve(terminal.clientSecret ?? clientSecret ?? undefined),
    signal: terminal.signal,
  };
}

async function open(url: string, language: Language): Promise<boolean> {
  const words: Text = {
    en: "Opening the browser. If it does not open, go to this address:",
    nb: "Åpner nettleseren. Åpner den seg ikke, gå til denne adressen:",
  };
  process.stderr.write(`${words[language]}\n${url}\n`);
  await openBrowser(url);
  // The address stands there to be opened by hand, so the sign-in goes on either way.
  return true;
}

/** Takes the address from the keyboard while the browser may still answer by itself. */
async function askForAddress(request: PasteRequest, language: Language): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  if (request.wrong !== null) process.stderr.write(`${request.wrong[language]}\n`);
  const question: Text = {
    en: "Waiting for the browser. If it can't reach this machine, paste the address it ended on here: ",
    nb: "Venter på nettleseren. Når den ikke fram til denne maskinen, lim inn adressen den endte på her: ",
  };
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question[language], { signal: request.over });
  } catch {
    return undefined;
  } finally {
    lines.close();
  }
}

function describe(session: Session, terminal: TerminalContext): string {
  const seconds = Math.max(0, Math.round(timeLeft(session, terminal.now()) / 1000));
  const rows: readonly (readonly [Text, string])[] = [
    [{ en: "Environment", nb: "Miljø" }, session.environment],
    [{ en: "Account", nb: "Konto" }, session.account.label],
    [{ en: "Scopes", nb: "Scope" }, session.scopes.join(" ")],
    [{ en: "Level", nb: "Nivå" }, session.acr ?? "-"],
    [{ en: "Client", nb: "Klient" }, session.clientId],
    [{ en: "Runs out", nb: "Utløper" }, `${session.expiresAt} (${seconds} s)`],
    [
      { en: "Renewable", nb: "Kan fornyes" },
      say(session.tokens.refresh === null ? { en: "no", nb: "nei" } : { en: "yes", nb: "ja" }, terminal),
    ],
  ];
  return rows.map(([label, value]) => `${say(label, terminal).padEnd(12)} ${value}\n`).join("");
}

function say(text: Text, terminal: TerminalContext): string {
  return text[terminal.language];
}

/** @param environment where somebody was to sign in */
function failed(error: unknown, language: Language, environment?: Environment): number {
  if (!isSignInError(error)) throw error;
  const advice = environment === undefined ? null : publicTestClientAdvice(error.problem, environment);
  complain(problemText(error.problem)[language]);
  if (advice !== null) complain(advice.hint[language]);
  for (const action of advice?.actions ?? problemActions(error.problem)) {
    if (action.kind !== "orderScope") continue;
    const receiver = action.address === null ? action.to[language] : `${action.to[language]} (${action.address})`;
    process.stderr.write(`\n${receiver}:\n${action.letter[language]}\n`);
  }
  return signInExitCode;
}
