import { setTimeout as pause } from "node:timers/promises";
import type { SandboxLine } from "../../services/sandboxLine.ts";
import { findControlUrl, joinSandbox, type Membership } from "./sandboxControl.ts";
import { startSandboxProcess, type StartOutcome } from "./sandboxProcess.ts";

/** Thrown where the sandbox can't be had; the message is its own words, in English, for the log. */
export class SandboxFailedError extends Error {
  override readonly name = "SandboxFailedError";
}

export interface SandboxManagerOptions {
  readonly script: string;
  /** Where the sandbox keeps what outlives it; the same for every window of the user. */
  readonly stateFolder: string;
  readonly log: (message: string) => void;
  /** The port that the last sandbox had, so that sessions from then go on being good. */
  readonly lastPort: { get(): number | null; set(port: number): void };
  /** Milliseconds until a started sandbox must listen. */
  readonly startLimit?: number;
}

/** How often, and with which pauses in milliseconds, a sandbox that is just coming up or going down is tried anew. */
const attempts = 20;
const betweenAttempts = 500;

/** This window's share in the one sandbox of the user: joins the one that runs, starts it if none does. */
export class SandboxManager {
  readonly #options: SandboxManagerOptions;
  readonly #listeners = new Set<() => void>();
  #membership: Membership | null = null;
  #heart: NodeJS.Timeout | undefined;
  #coming: Promise<SandboxLine> | null = null;
  #disposed = false;

  constructor(options: SandboxManagerOptions) {
    this.#options = options;
  }

  /** The sandbox that this window is joined to; null if none. */
  get line(): SandboxLine | null {
    return this.#membership?.line ?? null;
  }

  get lastPort(): number | null {
    return this.#options.lastPort.get();
  }

  /** Fires when {@link line} has become another. */
  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  /** Joins the sandbox if one runs. Never starts one. */
  async joinRunning(): Promise<SandboxLine | null> {
    if (this.line !== null) return this.line;
    const controlUrl = await findControlUrl(this.#options.stateFolder);
    const membership = controlUrl === null ? null : await joinSandbox(controlUrl);
    if (membership !== null) await this.#adopt(membership);
    return this.line;
  }

  /** Joins the sandbox, starting it first if none runs. @throws SandboxFailedError */
  async start(): Promise<SandboxLine> {
    if (this.#membership !== null && (await this.#membership.beat())) return this.#membership.line;
    this.#coming ??= this.#start().finally(() => (this.#coming = null));
    return this.#coming;
  }

  /** Ends the sandbox, for every window. */
  async stop(): Promise<void> {
    const membership = this.#membership;
    this.#forget();
    await membership?.stop();
  }

  /** Leaves the sandbox; it ends if this was the last window. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const membership = this.#membership;
    this.#forget();
    this.#listeners.clear();
    await membership?.leave();
  }

  async #start(): Promise<SandboxLine> {
    this.#forget();
    let reason = "";
    // The port of last time first; where it is taken, any.
    let port = this.lastPort;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const running = await this.joinRunning();
      if (running !== null) return running;
      const outcome = await this.#startProcess(port);
      if (outcome.kind === "failed") throw new SandboxFailedError(outcome.reason);
      if (outcome.kind === "refused") {
        reason = outcome.reason;
        // A sandbox that is still going down, as at a reload, lets go of the port before it lets go of the folder.
        if (outcome.portTaken) port = null;
        // Another window's sandbox may be coming up or going down on the same folder.
        if (attempt > 0) await pause(betweenAttempts);
      }
    }
    throw new SandboxFailedError(reason === "" ? "it came up but did not answer" : reason);
  }

  #startProcess(port: number | null): Promise<StartOutcome> {
    const { script, stateFolder, log, startLimit = 30_000 } = this.#options;
    log(`Starting the sandbox${port === null ? "" : ` on port ${port}`}.`);
    return startSandboxProcess({
      script,
      stateFolder,
      port,
      limit: startLimit,
      log: (line) => {
        log(`Sandbox: ${line}`);
      },
    });
  }

  async #adopt(membership: Membership): Promise<void> {
    if (this.#disposed) {
      await membership.leave();
      return;
    }
    this.#membership = membership;
    this.#options.lastPort.set(Number(new URL(membership.line.issuer).port));
    this.#options.log(`Joined the sandbox at ${membership.line.issuer}.`);
    this.#heart = setInterval(() => {
      void this.#beat(membership);
    }, membership.heartbeatMilliseconds);
    this.#announce();
  }

  /** A machine that slept loses its place: then the sandbox is joined anew, if it is still there. */
  async #beat(membership: Membership): Promise<void> {
    if (await membership.beat()) return;
    if (this.#membership !== membership) return;
    this.#forget();
    if ((await this.joinRunning()) === null) this.#options.log("The sandbox has ended.");
  }

  #forget(): void {
    clearInterval(this.#heart);
    if (this.#membership === null) return;
    this.#membership = null;
    this.#announce();
  }

  #announce(): void {
    for (const listener of this.#listeners) listener();
  }
}
