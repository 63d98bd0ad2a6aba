import { createInterface } from "node:readline/promises";
import type { Text } from "../vatReturn/text.ts";
import type { TerminalContext } from "./login.ts";
import { complain } from "./output.ts";

/** Without anybody at the keyboard the answer is no, and what would be a yes is said. */
export async function agreed(question: Text, { language, signal }: TerminalContext): Promise<boolean> {
  if (!process.stdin.isTTY) {
    const hint: Text = { en: "Say --yes where nobody can be asked.", nb: "Bruk --yes der ingen kan spørres." };
    complain(`${question[language]} ${hint[language]}`);
    return false;
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const choices = language === "nb" ? "[j/N]" : "[y/N]";
    const options = signal === undefined ? {} : { signal };
    const answer = await lines.question(`${question[language]} ${choices} `, options);
    return /^[yj]/i.test(answer.trim());
  } catch {
    return false;
  } finally {
    lines.close();
  }
}
