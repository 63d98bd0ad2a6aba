/** Prints one line for the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs a script's work, which gives the exit code; a failure is printed as its message (`MVA_DEBUG`: its stack). */
export async function endWith(work: () => Promise<number>): Promise<void> {
  let code = 1;
  try {
    code = await work();
  } catch (error) {
    const stack = error instanceof Error ? error.stack : undefined;
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`\n${process.env["MVA_DEBUG"] === undefined ? message : (stack ?? message)}\n`);
  }
  // Where output is asynchronous (a pipe on Windows), what was printed before has to get out first.
  process.stdout.write("", () => process.exit(code));
}
