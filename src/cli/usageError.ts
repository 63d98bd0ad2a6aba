import type { Text } from "../vatReturn/text.ts";

/** Something that the person at the terminal has to change; the message says what. Ends the command with exit code 2. */
export class UsageError extends Error {
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.name = "UsageError";
    this.text = text;
  }
}
