import { randomUUID } from "node:crypto";

/** Milliseconds after which a window that gave no sign of life no longer counts. */
export const leaseLifetime = 30_000;

/** Who uses this sandbox. A window joins, gives signs of life, and leaves; a crashed one is found by its silence. */
export class Leases {
  readonly #lastSeen = new Map<string, number>();
  readonly #now: () => number;
  #everUsed = false;
  readonly #start: number;

  /** @param now milliseconds */
  constructor(now: () => number) {
    this.#now = now;
    this.#start = now();
  }

  join(): string {
    const lease = randomUUID();
    this.#everUsed = true;
    this.#lastSeen.set(lease, this.#now());
    return lease;
  }

  /** Whether the lease is known; one that ran out is not, and has to join again. */
  heartbeat(lease: string): boolean {
    if (!this.#lastSeen.has(lease)) return false;
    this.#lastSeen.set(lease, this.#now());
    return true;
  }

  leave(lease: string): boolean {
    return this.#lastSeen.delete(lease);
  }

  get count(): number {
    return this.#lastSeen.size;
  }

  /** Forgets the silent ones. Whether nobody is left, or nobody came within a minute of the start. */
  sweep(): boolean {
    const now = this.#now();
    for (const [lease, seen] of this.#lastSeen) if (now - seen > leaseLifetime) this.#lastSeen.delete(lease);
    if (this.#lastSeen.size > 0) return false;
    return this.#everUsed || now - this.#start > 2 * leaseLifetime;
  }
}
