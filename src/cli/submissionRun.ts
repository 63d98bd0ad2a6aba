import { AltinnRefusal } from "../services/altinn/refusalError.ts";
import type { Environment } from "../services/environments.ts";
import { sandboxEnvironment } from "../services/environments.ts";
import { isSignInError } from "../services/idPorten/problem.ts";
import { ServiceError } from "../services/serviceError.ts";
import type { IdPortenTokenSource } from "../submission/altinnTokens.ts";
import { failureText } from "../submission/failure.ts";
import type { Journal } from "../submission/journal.ts";
import { standardPace } from "../submission/pace.ts";
import { paymentOf } from "../submission/payment.ts";
import { createSubmissionStore } from "../submission/store.ts";
import type { SubmissionStore } from "../submission/store.ts";
import { createSubmissions } from "../submission/submissions.ts";
import type { Submissions } from "../submission/submissions.ts";
import { SubmissionError } from "../submission/submissionError.ts";
import { summarise } from "../submission/summary.ts";
import { statusWords, stepLine } from "../submission/words.ts";
import type { Text } from "../vatReturn/text.ts";
import type { TerminalContext } from "./login.ts";
import { complain, write } from "./output.ts";
import { refusalLines } from "./refusalReport.ts";
import { findEnvironment } from "./terminalEnvironment.ts";
import type { TerminalEnvironment } from "./terminalEnvironment.ts";
import { UsageError } from "./usageError.ts";

/** Exit codes of `submit`, `resume`, `abandon` and `adopt`. */
export const submissionExitCodes = {
  accepted: 0,
  refused: 1,
  wrongUse: 2,
  signIn: 3,
  waiting: 4,
  interrupted: 5,
} as const;

export type SubmissionFormat = "text" | "json";

export function openStore(terminal: TerminalContext): SubmissionStore {
  return createSubmissionStore(terminal.stateFolder);
}

/** @throws UsageError where the environment can't be submitted to */
export function altinnAddressesOf(environment: Environment): {
  readonly name: string;
  readonly platformUrl: string;
  readonly appUrl: string;
} {
  const { name, altinnPlatformUrl: platformUrl, altinnAppUrl: appUrl } = environment;
  if (platformUrl === null || appUrl === null) {
    throw new UsageError({
      en: `The environment ${name} has no Altinn addresses (altinnPlatformUrl, altinnAppUrl).`,
      nb: `Miljøet ${name} har ingen Altinn-adresser (altinnPlatformUrl, altinnAppUrl).`,
    });
  }
  return { name, platformUrl, appUrl };
}

/**
 * @param wait whether to wait for the verdict, or only look whether it is there
 */
export function terminalSubmissions(
  environment: Environment,
  token: IdPortenTokenSource,
  terminal: TerminalContext,
  wait: boolean,
): Submissions {
  return createSubmissions({
    environment: altinnAddressesOf(environment),
    store: openStore(terminal),
    idPortenToken: token,
    fetch: terminal.fetch,
    log: complain,
    now: () => new Date(terminal.now()),
    pace: wait ? standardPace : { ...standardPace, verdictLimit: 0, receiptLimit: 0 },
  });
}

/** A submission by its id, or by the beginning of it. @throws UsageError */
export async function findJournal(id: string, terminal: TerminalContext): Promise<Journal> {
  const { journals, unreadable } = await openStore(terminal).list();
  const found = journals.filter((journal) => journal.id.startsWith(id));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const broken = unreadable.map(({ message }) => `\n${message}`).join("");
  throw found.length > 1
    ? new UsageError({ en: `Several submissions begin with ${id}.`, nb: `Flere innsendinger begynner med ${id}.` })
    : new UsageError({
        en: `There is no submission ${id}. mva submissions lists them.${broken}`,
        nb: `Innsendingen ${id} finnes ikke. mva submissions lister dem.${broken}`,
      });
}

/** The environment that a submission belongs to, unless one was named. @throws UsageError */
export async function environmentOfJournal(
  journal: Journal,
  named: string | null,
  clientId: string | null,
): Promise<TerminalEnvironment> {
  if (named !== null) return findEnvironment(named, clientId);
  const { name, appUrl, platformUrl } = journal.environment;
  if (name !== "sandbox") {
    return findEnvironment(name, clientId).catch((error: unknown) => {
      if (!(error instanceof UsageError) || name === "test") throw error;
      throw new UsageError({
        en: `This submission belongs to your environment ${name}: name its file with --environment FILE.`,
        nb: `Denne innsendingen hører til ditt eget miljø ${name}: oppgi filen med --environment FIL.`,
      });
    });
  }
  const environment: Environment = {
    ...sandboxEnvironment,
    // A sandbox may listen on another port than usual; all of it is on the same one.
    issuer: new URL(appUrl).origin,
    altinnAppUrl: appUrl,
    altinnPlatformUrl: platformUrl,
  };
  return { environment: clientId === null ? environment : { ...environment, clientId }, clientSecret: null };
}

/** Tells each step once it is over, on standard error. */
export function progressTeller(terminal: TerminalContext): (journal: Journal) => void {
  let told: number | null = null;
  return (journal) => {
    // What an earlier run has done is not news.
    told ??= journal.steps.filter((step) => step.endedAt !== null).length;
    for (const step of journal.steps.slice(told)) {
      if (step.endedAt === null) break;
      process.stderr.write(`  ${stepLine(step)[terminal.language]}\n`);
      told++;
    }
  };
}

/**
 * Carries something out on a submission and reports what came of it.
 * @returns the exit code
 */
export async function reportRun(
  id: string,
  format: SubmissionFormat,
  terminal: TerminalContext,
  work: () => Promise<Journal>,
): Promise<number> {
  const { language } = terminal;
  let exitCode: number;
  try {
    exitCode = exitCodeOf(await work());
  } catch (error) {
    exitCode = exitCodeOfFailure(error);
    complain(failureText(error)[language]);
    if (error instanceof AltinnRefusal) {
      const store = openStore(terminal);
      const lines = await refusalLines(error, await store.load(id), store, language);
      for (const line of lines) process.stderr.write(`  ${line}\n`);
    }
  }
  const journal = await openStore(terminal).load(id);
  await write(
    format === "json" ? `${JSON.stringify(summarise(journal, language))}\n` : await describe(journal, terminal),
  );
  return exitCode;
}

function exitCodeOf(journal: Journal): number {
  switch (journal.verdict) {
    case "accepted":
    case "acceptedWithDeviations":
      return submissionExitCodes.accepted;
    case "incomplete":
    case "refused":
      return submissionExitCodes.refused;
    case null:
      return journal.state === "abandoned" ? 0 : submissionExitCodes.waiting;
  }
}

/** What the user has to change is wrong use; everything else can be gone on with. */
const wrongUse: ReadonlySet<SubmissionError["kind"]> = new Set([
  "otherEnvironment",
  "alreadySubmitted",
  "adoptedAlready",
  "nothingToAdopt",
]);

export function exitCodeOfFailure(error: unknown): number {
  if (isSignInError(error)) return submissionExitCodes.signIn;
  if (error instanceof SubmissionError && wrongUse.has(error.kind)) return submissionExitCodes.wrongUse;
  if (error instanceof AltinnRefusal && error.refusal.shape === "validationResult") return submissionExitCodes.refused;
  const noRight = error instanceof ServiceError && (error.kind === "unauthorised" || error.kind === "forbidden");
  return noRight ? submissionExitCodes.signIn : submissionExitCodes.interrupted;
}

/** A submission as text. */
export async function describe(journal: Journal, terminal: TerminalContext): Promise<string> {
  const { language } = terminal;
  const payment = await paymentOf(journal);
  const rows: readonly (readonly [Text, string])[] = [
    [{ en: "Submission", nb: "Innsending" }, journal.id],
    [{ en: "Instance", nb: "Instans" }, journal.instanceId ?? "-"],
    [{ en: "Return", nb: "Melding" }, `${journal.organisationNumber}, ${journal.period}, ${journal.category}`],
    [{ en: "Status", nb: "Status" }, statusWords(journal)[language]],
    ...(payment === null
      ? []
      : ([
          [{ en: "Amount", nb: "Beløp" }, payment.amount],
          [{ en: "Account", nb: "Konto" }, payment.account],
          [{ en: "KID", nb: "KID" }, payment.kid],
          [{ en: "Due", nb: "Forfall" }, payment.dueDate],
        ] as const)),
    ...journal.files.map(({ dataType, path }) => [{ en: dataType, nb: dataType }, path] as const),
  ];
  const width = Math.max(...rows.map(([label]) => label[language].length)) + 1;
  const lines = rows.map(([label, value]) => `${label[language].padEnd(width)} ${value}\n`);
  const hint =
    journal.files.length === 0
      ? ""
      : {
          en: "Keep these files out of version control.\n",
          nb: "Hold disse filene utenfor versjonskontrollen.\n",
        }[language];
  return lines.join("") + hint;
}
