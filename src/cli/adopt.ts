import { resolve } from "node:path";
import { failureText } from "../submission/failure.ts";
import { stateWords } from "../submission/words.ts";
import { summarise } from "../submission/summary.ts";
import type { UnknownInstance } from "../submission/unknownInstances.ts";
import type { Language, Text } from "../vatReturn/text.ts";
import { agreed } from "./agreed.ts";
import type { TerminalContext } from "./login.ts";
import { complain, write } from "./output.ts";
import type { AdoptCommand } from "./submissionCommands.ts";
import {
  describe,
  environmentOfJournal,
  exitCodeOfFailure,
  findJournal,
  submissionExitCodes,
  terminalSubmissions,
} from "./submissionRun.ts";
import { findEnvironment } from "./terminalEnvironment.ts";
import { terminalTokens } from "./terminalTokens.ts";

/**
 * `mva adopt`: finds what was begun elsewhere, and makes it into a submission of this machine.
 * @returns the exit code
 * @throws UsageError
 */
export async function adopt(command: AdoptCommand, terminal: TerminalContext): Promise<number> {
  const { wish } = command;
  const journal = wish.kind === "draft" ? await findJournal(wish.submission, terminal) : null;
  const found =
    journal === null
      ? await findEnvironment(command.environment ?? "sandbox", command.clientId)
      : await environmentOfJournal(journal, command.environment, command.clientId);
  const tokens = terminalTokens(command.testPerson, found, ["submission"], terminal);
  const submissions = terminalSubmissions(found.environment, tokens.token, terminal, false);
  const { language, signal } = terminal;
  try {
    switch (wish.kind) {
      case "list": {
        const unknown = await submissions.findUnknown([wish.organisationNumber], signal);
        await write(command.format === "json" ? `${JSON.stringify(unknown)}\n` : listText(unknown, language));
        return 0;
      }
      case "instance": {
        const outFolder = wish.out === null ? "" : resolve(wish.out);
        const adopted = await submissions.adopt(wish.instanceId, { goal: "submit", outFolder }, signal);
        const summary = `${JSON.stringify(summarise(adopted, language))}\n`;
        await write(command.format === "json" ? summary : await describe(adopted, terminal));
        return 0;
      }
      case "draft": {
        const adopted = await submissions.adoptDraft(journal?.id ?? "", wish.instanceId);
        const summary = `${JSON.stringify(summarise(adopted, language))}\n`;
        await write(command.format === "json" ? summary : await describe(adopted, terminal));
        return 0;
      }
      case "delete": {
        const question: Text = {
          en: `Delete the draft ${wish.instanceId} at Altinn for good?`,
          nb: `Slette utkastet ${wish.instanceId} i Altinn for godt?`,
        };
        if (!wish.yes && !(await agreed(question, terminal))) return submissionExitCodes.wrongUse;
        await submissions.deleteUnknown(wish.instanceId, signal);
        return 0;
      }
    }
  } catch (error) {
    complain(failureText(error)[language]);
    return exitCodeOfFailure(error);
  }
}

function listText(unknown: readonly UnknownInstance[], language: Language): string {
  if (unknown.length === 0) {
    return {
      en: "There is no draft that is not known here.\n",
      nb: "Det finnes ingen utkast som ikke er kjent her.\n",
    }[language];
  }
  const words = {
    noPeriod: { en: "no period", nb: "ingen periode" },
    unknownState: { en: "in an unknown state", nb: "i en ukjent tilstand" },
    noReturn: { en: "holds no return", nb: "inneholder ingen melding" },
  } as const;
  return unknown
    .map(({ id, period, category, state, created, holdsReturn }) => {
      const what = [period ?? words.noPeriod[language], ...(category === null ? [] : [category])].join(", ");
      const standing = state === null ? words.unknownState[language] : stateWords[state][language];
      const rest = [standing, ...(holdsReturn ? [] : [words.noReturn[language]]), created?.slice(0, 16) ?? ""];
      return `${id}  ${what}  ${rest.filter((part) => part !== "").join("  ")}\n`;
    })
    .join("");
}
