import { summarise } from "../submission/summary.ts";
import { statusWords } from "../submission/words.ts";
import type { TerminalContext } from "./login.ts";
import { complain, write } from "./output.ts";
import type { SubmissionsCommand } from "./submissionCommands.ts";
import { openStore } from "./submissionRun.ts";

/** `mva submissions`: every submission of the state folder, newest first. @returns the exit code */
export async function listSubmissions(command: SubmissionsCommand, terminal: TerminalContext): Promise<number> {
  const { language } = terminal;
  const { journals, unreadable } = await openStore(terminal).list();
  for (const { message } of unreadable) complain(message);
  if (command.format === "json") {
    await write(`${JSON.stringify(journals.map((journal) => summarise(journal, language)))}\n`);
  } else if (journals.length === 0) {
    await write({ en: "No submissions yet.\n", nb: "Ingen innsendinger ennå.\n" }[language]);
  } else {
    for (const journal of journals) {
      const { id, environment, organisationNumber, period, error } = journal;
      await write(`${id}  ${environment.name}  ${organisationNumber}  ${period}  ${statusWords(journal)[language]}\n`);
      if (error !== null) await write(`  ${error[language]}\n`);
    }
  }
  return 0;
}
