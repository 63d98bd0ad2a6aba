/** Instants as the platform writes them: up to seven digits of a second, zeros at the end left out, always UTC. */
export class Clock {
  readonly #now: () => number;
  #ticks = 0;

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  get milliseconds(): number {
    return this.#now();
  }

  /** Milliseconds, and four more digits that tell calls within the same millisecond apart. */
  stamp(at: number = this.#now()): string {
    this.#ticks = (this.#ticks + 7) % 10_000;
    const fraction = `${String(Math.floor(at) % 1000).padStart(3, "0")}${String(this.#ticks).padStart(4, "0")}`;
    const seconds = new Date(at).toISOString().slice(0, 19);
    const digits = fraction.replace(/0+$/, "");
    return digits === "" ? `${seconds}Z` : `${seconds}.${digits}Z`;
  }
}
