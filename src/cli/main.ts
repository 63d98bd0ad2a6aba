import { version } from "../../package.json";
import type { Language } from "../vatReturn/text.ts";
import { languageAskedFor, parseCommandLine, type Command } from "./commandLine.ts";
import { helpText } from "./helpText.ts";
import { languageOfEnvironment } from "./language.ts";
import { terminal } from "./terminal.ts";
import { complain, endWithReader, write } from "./output.ts";
import { UsageError } from "./usageError.ts";

const usageExitCode = 2;

endWithReader();
process.exitCode = await run(process.argv.slice(2));

/** @returns the exit code */
async function run(commandArguments: readonly string[]): Promise<number> {
  const language = languageAskedFor(commandArguments) ?? languageOfEnvironment(process.env);
  try {
    return await carryOut(parseCommandLine(commandArguments), language);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(`${error.text[language]}\n${language === "nb" ? "Se mva --help." : "See mva --help."}`);
    return usageExitCode;
  }
}

/** The parts that judge are loaded only for the commands that need them: help and version answer at once. */
async function carryOut(command: Command, language: Language): Promise<number> {
  switch (command.name) {
    case "help":
      await write(helpText(command.of, language));
      return 0;
    case "version":
      await write(`${version}\n`);
      return 0;
    case "validate":
      return (await import("./validate.ts")).validate(command, language);
    case "rules":
      return (await import("./rules.ts")).listRules(command.format, language);
    case "explain":
      return (await import("./explain.ts")).explain(command.rule, language);
    case "integration":
      return (await import("./integration.ts")).integration(command, terminal(language));
    case "sandbox":
      return (await import("./sandbox.ts")).runSandbox(command.words);
    case "submit":
      return (await import("./submit.ts")).submit(command, terminal(language));
    case "resume":
      return (await import("./submit.ts")).resume(command, terminal(language));
    case "abandon":
      return (await import("./submit.ts")).abandon(command, terminal(language));
    case "adopt":
      return (await import("./adopt.ts")).adopt(command, terminal(language));
    case "submissions":
      return (await import("./submissions.ts")).listSubmissions(command, terminal(language));
    case "login":
      return (await import("./login.ts")).login(command, terminal(language));
    case "session":
      return (await import("./login.ts")).showSessions(command, terminal(language));
    case "logout":
      return (await import("./login.ts")).logout(command, terminal(language));
  }
}
