import { readFile, writeFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import { version } from "../../package.json";
import { checkRegistration } from "../integration/checkRegistration.ts";
import { checkText, pathText, toFinding, type IntegrationFinding } from "../integration/checkText.ts";
import { applicationOf, applicationSending, compare } from "../integration/compare.ts";
import { registrationForOf } from "../integration/fileName.ts";
import { createIntegration, integrationText, usualAnswers, type CreatedIntegration } from "../integration/kinds.ts";
import { liveFinding } from "../integration/live.ts";
import { orderableScopes } from "../integration/orderable.ts";
import { portalRows, portalText } from "../integration/portalTable.ts";
import { createMemoryDiscoveryCache } from "../services/idPorten/context.ts";
import { scopeOrders } from "../services/idPorten/orderScopes.ts";
import { readJsonTree } from "../validation/jsonTree.ts";
import type { DocumentResult } from "../validation/result.ts";
import { dateInOslo } from "../vatReturn/calendar.ts";
import { LineIndex } from "../vatReturn/lineIndex.ts";
import { isOrganisationNumber } from "../vatReturn/organisationNumber.ts";
import type { Language } from "../vatReturn/text.ts";
import { failureText } from "./failureText.ts";
import type {
  CheckIntegrationCommand,
  CreateIntegrationCommand,
  IntegrationCommand,
  OrderScopesCommand,
} from "./integrationCommands.ts";
import { coloursWanted } from "./language.ts";
import type { TerminalContext } from "./login.ts";
import { complain, write } from "./output.ts";
import { printable } from "./report/excerpt.ts";
import { createJsonReport } from "./report/jsonReport.ts";
import type { Report } from "./report/report.ts";
import { createSarifReport } from "./report/sarifReport.ts";
import { createTextReport } from "./report/textReport.ts";
import { wrap } from "./report/wrap.ts";
import { findEnvironment } from "./terminalEnvironment.ts";
import { UsageError } from "./usageError.ts";

/** Where no terminal says how wide it is. */
const defaultWidth = 120;

/** `mva integration`. @returns the exit code @throws UsageError */
export async function integration(command: IntegrationCommand, terminal: TerminalContext): Promise<number> {
  switch (command.action) {
    case "check":
      return check(command, terminal);
    case "create":
      return create(command, terminal.language);
    case "order":
      return order(command, terminal.language);
  }
}

async function check(command: CheckIntegrationCommand, terminal: TerminalContext): Promise<number> {
  const text = await read(command.file);
  const registrationFor = command.registrationFor ?? registrationForOf(command.file);
  const { findings: own, given } = checkText(text, {
    today: dateInOslo(new Date(terminal.now())),
    registrationFor,
  });
  const { root } = readJsonTree(text);
  const found = command.environment === null ? null : await findEnvironment(command.environment, command.clientId);
  const applications = [
    ...(found === null ? [] : [applicationOf(found.environment)]),
    ...(command.redirectUris.length === 0 ? [] : [applicationSending(command.redirectUris)]),
  ];
  const compared =
    root === null
      ? []
      : applications
          .flatMap((application) => compare(given, application, registrationFor))
          .map((problem) => toFinding(problem, text, root));
  const live = command.live && found !== null ? await tryLive(found.environment, terminal) : [];
  const findings = [...own, ...compared].sort((one, other) => one.range.start - other.range.start).concat(live);
  const severities = new Set(findings.map(({ severity }) => severity));
  const exitCode = severities.has("error") || (command.strict && severities.has("warning")) ? 1 : 0;
  await report(command, text, findings, exitCode, terminal.language);
  return exitCode;
}

async function tryLive(
  environment: Parameters<typeof applicationOf>[0],
  { language, fetch, now, signal }: TerminalContext,
): Promise<readonly IntegrationFinding[]> {
  const { checkLive } = await import("../services/idPorten/signInBundle.ts");
  const context = { environment, fetch, now, discoveryCache: createMemoryDiscoveryCache(), signal };
  const { scopes, redirectUris } = applicationOf(environment);
  return (await checkLive(context, { scopes, redirectUris, language })).map(liveFinding);
}

async function report(
  { file, format }: CheckIntegrationCommand,
  text: string,
  findings: readonly IntegrationFinding[],
  exitCode: number,
  language: Language,
): Promise<void> {
  const isRefused = findings.some(({ severity }) => severity === "error");
  const result: DocumentResult = {
    documentType: null,
    verdict: isRefused ? "invalid" : "valid",
    findings,
    notEvaluated: [],
    notEvaluatedBecause: {},
    assumptions: [],
    summary: null,
  };
  const made = createReport(format, findings, language);
  await write(made.begin());
  await write(made.document({ file, text, lines: new LineIndex(text), result }));
  await write(made.end({ exitCode, leftOut: 0, interrupted: false }));
}

function createReport(
  format: CheckIntegrationCommand["format"],
  findings: readonly IntegrationFinding[],
  language: Language,
): Report {
  switch (format) {
    case "text":
      return createTextReport({
        language,
        colours: coloursWanted(process.env, process.stdout.isTTY),
        width: process.stdout.isTTY ? process.stdout.columns : defaultWidth,
      });
    case "json":
      return createJsonReport(language);
    case "sarif": {
      const byCode = new Map(findings.map((finding) => [finding.code, finding]));
      const rules = [...byCode.values()].map(({ code, message, severity }) => ({
        id: code,
        name: code,
        summary: message,
        severity,
        helpUri: "https://docs.digdir.no/docs/idporten/oidc/oidc_func_clientreg",
      }));
      return createSarifReport({
        language,
        version,
        rules,
        workingFolder: process.cwd(),
        commandLine: ["mva", ...process.argv.slice(2)],
        mimeType: "application/json",
      });
    }
  }
}

async function create(command: CreateIntegrationCommand, language: Language): Promise<number> {
  const made = make(command);
  const exitCode = tellProblems(made, command, language);
  if (command.format === "table") {
    const rows = portalRows(made.registration, made.reasons);
    await write(portalText(rows, language, (sentence) => wrap(sentence, defaultWidth - 4)));
    return exitCode;
  }
  if (command.out === null) {
    await write(integrationText(made));
    return exitCode;
  }
  try {
    await writeFile(command.out, integrationText(made), { flag: "wx" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      throw new UsageError({
        en: `${command.out} is there already; it is not written over.`,
        nb: `${command.out} finnes allerede; den skrives ikke over.`,
      });
    }
    throw unreadable(command.out, error);
  }
  return exitCode;
}

/** What the given addresses make wrong is told at once. @returns the exit code */
function tellProblems(
  { registration }: CreatedIntegration,
  { registrationFor }: CreateIntegrationCommand,
  language: Language,
): number {
  const { problems } = checkRegistration(registration, { today: dateInOslo(new Date()), registrationFor });
  for (const { path, message } of problems) complain(`${pathText(path)}: ${printable(message[language])}`);
  return problems.some(({ severity }) => severity === "error") ? 1 : 0;
}

function make(command: CreateIntegrationCommand): CreatedIntegration {
  const { kind, clientName, organisationNumber, redirectUris, postLogoutUri, backUri } = command;
  if (organisationNumber !== null && !isOrganisationNumber(organisationNumber)) {
    throw new UsageError({
      en: `--organisation takes nine digits with a right last one, not ${organisationNumber}.`,
      nb: `--organisation tar ni sifre der det siste stemmer, ikke ${organisationNumber}.`,
    });
  }
  for (const [option, uri] of [
    ...redirectUris.map((each) => ["redirect-uri", each] as const),
    ["post-logout-uri", postLogoutUri] as const,
    ["back-uri", backUri] as const,
  ]) {
    if (uri === null || /^https?:\/\/./.test(uri)) continue;
    throw new UsageError({
      en: `--${option} takes a whole address that begins with https:// or http://, not ${uri}.`,
      nb: `--${option} tar en hel adresse som begynner med https:// eller http://, ikke ${uri}.`,
    });
  }
  try {
    return createIntegration(kind, { ...usualAnswers, ...command, name: clientName });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError({
      en: `--kind ${kind} needs --redirect-uri here: the address at which your own installation takes the answer.`,
      nb: `--kind ${kind} trenger --redirect-uri her: adressen der din egen installasjon tar imot svaret.`,
    });
  }
}

async function order(command: OrderScopesCommand, language: Language): Promise<number> {
  const registrationFor = command.registrationFor ?? registrationForOf(command.file);
  const { given, findings } = checkText(await read(command.file), {
    today: dateInOslo(new Date()),
    registrationFor,
  });
  const orderable = orderableScopes(given, findings);
  if (!orderable.ok) {
    const { en, nb } = orderable.why;
    throw new UsageError({ en: `${command.file} ${printable(en)}`, nb: `${command.file} ${printable(nb)}` });
  }
  const orders = scopeOrders(orderable.scopes.map(printable), {
    clientId: given.client_id === undefined ? null : printable(given.client_id),
    environment: registrationFor === "production" && language === "nb" ? "produksjon" : registrationFor,
    organisationNumber: command.organisationNumber ?? given.client_orgno ?? null,
    forCustomers: command.ownership === "shared",
  });
  const texts = orders.map(({ to, address, letter }) => {
    const heading = `${language === "nb" ? "Til" : "To"} ${to[language]}${address === null ? "" : ` (${address})`}:`;
    return `${heading}\n\n${letter[language]}\n`;
  });
  await write(texts.join("\n----\n\n"));
  return 0;
}

async function read(file: string): Promise<string> {
  try {
    return file === "-" ? await textOf(process.stdin) : await readFile(file, "utf8");
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): UsageError {
  const reason = failureText(error);
  return new UsageError({ en: `${file}: ${reason.en}`, nb: `${file}: ${reason.nb}` });
}
