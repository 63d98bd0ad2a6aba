import { listenToConsole } from "./runtime.ts";
import { ArgumentsError, parseArguments, usage, type SandboxArguments } from "./arguments.ts";
import { claimState, StateInUseError, writeDiscoveryFile } from "./discoveryFile.ts";
import { createLog } from "./log.ts";
import { readRegistration, RegistrationError } from "./registration.ts";
import { PortTakenError, startSandbox } from "./server.ts";
import { openStore } from "./store.ts";
import { FactsFileError, readFactsFiles } from "./validation/factsFile.ts";

/** Wrong use: arguments, a file, a port that is not free. */
const exitWrongUse = 2;

function isWrongUse(error: unknown): error is Error {
  return [ArgumentsError, RegistrationError, PortTakenError, StateInUseError, FactsFileError].some(
    (type) => error instanceof type,
  );
}

function signalled(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve(signal));
  });
}

async function run(options: SandboxArguments): Promise<void> {
  const log = createLog(options.logLevel, (line) => process.stderr.write(line));
  listenToConsole(log.debug);
  // Whoever started the sandbox may be gone before it: that nobody reads any more is no reason to fall.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  const signal = signalled();
  const clients = await Promise.all(options.clientFiles.map(readRegistration));
  const facts = await readFactsFiles(options.factsFiles);
  const store = await openStore(options.stateFolder, log);
  const release = store.folder === null ? () => Promise.resolve() : await claimState(store.folder);
  try {
    const { port, endsWithLastLease, settings } = options;
    const now = (): number => Date.now();
    const sandbox = await startSandbox({ port, store, log, clients, endsWithLastLease, facts, settings, now });
    const { issuer, controlUrl } = sandbox.description;
    if (store.folder !== null) {
      await writeDiscoveryFile(store.folder, { pid: process.pid, port: sandbox.port, issuer, controlUrl });
    }
    process.stdout.write(`${JSON.stringify(sandbox.description)}\n`);
    log.info(`listening on ${issuer}`);
    const reason = await Promise.race([signal, sandbox.stopped]);
    log.info(`stopping: ${reason}`);
    await sandbox.close();
  } finally {
    await release();
  }
}

async function main(words: readonly string[]): Promise<number> {
  if (words.includes("--help")) {
    process.stderr.write(usage);
    return 0;
  }
  try {
    await run(parseArguments(words));
    return 0;
  } catch (error) {
    if (!isWrongUse(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    if (error instanceof ArgumentsError) process.stderr.write(`\n${usage}`);
    return exitWrongUse;
  }
}

process.exitCode = await main(process.argv.slice(2));
