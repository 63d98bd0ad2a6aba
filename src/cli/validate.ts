import { setImmediate } from "node:timers/promises";
import { version } from "../../package.json";
import type { Verdict } from "../validation/result.ts";
import { LineIndex } from "../vatReturn/lineIndex.ts";
import type { Language, Text } from "../vatReturn/text.ts";
import type { ValidateCommand } from "./commandLine.ts";
import { readInput } from "./document.ts";
import { endsTheRun, failureText } from "./failureText.ts";
import { readFacts } from "./facts.ts";
import { findInputs, type Input, type InputFailure } from "./inputs.ts";
import { interruption } from "./interrupt.ts";
import { signInExitCode } from "./signInExitCode.ts";
import { createJudge, type Judge } from "./judge.ts";
import { coloursWanted } from "./language.ts";
import { complain, write } from "./output.ts";
import { createJsonReport } from "./report/jsonReport.ts";
import type { JudgedDocument, Report } from "./report/report.ts";
import { askSkatteetaten, RemoteFailure } from "./remote.ts";
import type { RemoteCheck } from "./remote.ts";
import { createSarifReport } from "./report/sarifReport.ts";
import { createTextReport } from "./report/textReport.ts";
import { sarifRules } from "./sarifRules.ts";
import { validationOptions } from "./validationOptions.ts";

/** Where no terminal says how wide it is. */
const defaultWidth = 120;
/** Milliseconds. */
const longestHold = 20;
const interruptedExitCode = 130;

/**
 * `mva validate`: judges each document and reports it at once.
 * @returns the exit code
 * @throws UsageError where the command makes no sense
 */
export async function validate(command: ValidateCommand, language: Language): Promise<number> {
  const facts = await readFacts(command.factsFiles, (text) => complain(text[language]));
  const options = validationOptions(command, facts, new Date());
  const judge = await createJudge(command.engine, options);
  const remote = command.remote === null ? null : await askSkatteetaten(command.remote, language);
  const report = createReport(command, language);
  const { inputs, failures } = await findInputs(command.inputs);
  const signal = interruption();
  const verdicts = new Set<Verdict>();
  const tally = { failed: false, noAccess: false, leftOut: 0 };
  const fail = async (failure: InputFailure): Promise<void> => {
    tally.failed = true;
    complain(`${failure.file}: ${failure.message[language]}`);
    await write(report.failure(failure));
  };

  const breathe = breathing();
  await write(report.begin());
  for (const failure of failures) await fail(failure);
  for (const input of inputs) {
    try {
      const judged = await judgeInput(input, judge, remote, signal);
      if (judged === null) tally.leftOut++;
      else {
        verdicts.add(judged.result.verdict);
        await write(report.document(judged));
      }
    } catch (error) {
      if (signal.aborted) break;
      if (error instanceof RemoteFailure && error.noAccess) {
        complain(error.text[language]);
        tally.noAccess = true;
        break;
      }
      if (endsTheRun(error)) {
        tally.failed = true;
        complain(failureText(error)[language]);
        break;
      }
      await fail({ file: input.file, message: failureText(error) });
    }
    await breathe();
    if (signal.aborted) break;
  }
  const exitCode = signal.aborted
    ? interruptedExitCode
    : tally.noAccess
      ? signInExitCode
      : exitCodeFor(verdicts, tally.failed, command.strict);
  if (verdicts.size === 0 && !tally.failed && !tally.noAccess && !signal.aborted) complain(nothingFound[language]);
  await write(report.end({ exitCode, leftOut: tally.leftOut, interrupted: signal.aborted }));
  return exitCode;
}

const nothingFound: Text = {
  en: "none of the documents that are judged here was found.",
  nb: "fant ingen av dokumentene som vurderes her.",
};

/** Lets signals and streams have their turn now and then; files are read and judged without ever waiting. */
function breathing(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < longestHold) return;
    await setImmediate();
    last = performance.now();
  };
}

/** @returns null where the file was found rather than named, and is none of the documents judged here */
async function judgeInput(
  input: Input,
  judge: Judge,
  remote: RemoteCheck | null,
  signal: AbortSignal,
): Promise<JudgedDocument | null> {
  const bytes = await readInput(input, signal);
  if (bytes === null) return null;
  const { text, result: local } = await judge(bytes, signal);
  const result = remote === null ? local : await remote(input.file, bytes, text, local, signal);
  if (result.verdict === "notARecognisedDocument" && !input.explicit) return null;
  let lines: LineIndex | undefined;
  return {
    file: input.file,
    text,
    result,
    get lines() {
      return (lines ??= new LineIndex(text));
    },
  };
}

function exitCodeFor(verdicts: ReadonlySet<Verdict>, failed: boolean, strict: boolean): number {
  if (failed || verdicts.has("notARecognisedDocument")) return 2;
  if (verdicts.has("invalid") || verdicts.has("malformed") || (strict && verdicts.has("deviating"))) return 1;
  return 0;
}

function createReport({ format }: ValidateCommand, language: Language): Report {
  switch (format) {
    case "text": {
      const colours = coloursWanted(process.env, process.stdout.isTTY);
      return createTextReport({
        language,
        colours,
        width: process.stdout.isTTY ? process.stdout.columns : defaultWidth,
      });
    }
    case "json":
      return createJsonReport(language);
    case "sarif":
      return createSarifReport({
        language,
        version,
        rules: sarifRules(),
        workingFolder: process.cwd(),
        commandLine: ["mva", ...process.argv.slice(2)],
      });
  }
}
