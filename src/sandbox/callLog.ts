import type { CallFaultKind, CallName } from "./callFaults.ts";

/** One call as the sandbox saw it; holds no token, no body and no national identity number. */
export interface SeenCall {
  readonly call: CallName;
  readonly method: string;
  readonly path: string;
  readonly dataType: string | null;
  readonly fileName: string | null;
  readonly fault: CallFaultKind | null;
  /** What was answered; null where nothing was. */
  readonly status: number | null;
}

const longest = 2000;

/** What was called since the log was last cleared, for tests that count. */
export class CallLog {
  readonly #calls: SeenCall[] = [];

  add(call: SeenCall): void {
    this.#calls.push(call);
    if (this.#calls.length > longest) this.#calls.shift();
  }

  clear(): void {
    this.#calls.length = 0;
  }

  list(): readonly SeenCall[] {
    return [...this.#calls];
  }

  counts(): Readonly<Partial<Record<CallName, number>>> {
    const counts: Partial<Record<CallName, number>> = {};
    for (const { call } of this.#calls) counts[call] = (counts[call] ?? 0) + 1;
    return counts;
  }
}
