import { once } from "node:events";

/** What a shell expects of a command that wrote to a pipe nobody reads any more (128 + SIGPIPE). */
const brokenPipeExitCode = 141;

/** Lets `mva … | head` end quietly: once the reader is gone, nothing is left to do. */
export function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(brokenPipeExitCode);
      throw error;
    });
}

/** Writes to standard output, at the reader's pace. */
export async function write(text: string): Promise<void> {
  if (text !== "" && !process.stdout.write(text)) await once(process.stdout, "drain");
}

/** Says something about the run itself, apart from its report. */
export function complain(text: string): void {
  process.stderr.write(`mva: ${text}\n`);
}
