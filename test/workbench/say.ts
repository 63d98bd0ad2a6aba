/** Prints one line for the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs a script's work, which gives the exit code; a failure is printed as its message (with `MVA_DEBUG` as its stack) and ends with code 1. */
export async function endWith(work: () => Promise<number>): Promise<never> {
  try {
    process.exit(await work());
  } catch (error) {
    const stack = error instanceof Error ? error.stack : undefined;
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`\n${process.env["MVA_DEBUG"] === undefined ? message : (stack ?? message)}\n`);
    process.exit(1);
  }
}
