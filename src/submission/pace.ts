import { standardTimeouts } from "../services/http.ts";

/** How long a submission waits for what. Milliseconds; tests use their own. */
export interface Pace {
  /** The longest that one changing call lasts: after a crash nobody knows when within it the process ended. */
  readonly longestCall: number;
  /**
   * After a changing call has been given up on: how long it may still take effect. The app gives up on its own storage
   * after 100 s.
   */
  readonly settle: number;
  /** Between two looks while something settles. */
  readonly settlePause: number;
  /** How long a new instance may be invisible (404) after it was created. */
  readonly freshInstance: number;
  /** Pauses between looks for the verdict; the last one repeats. */
  readonly verdictPauses: readonly number[];
  /** How long to wait for the verdict before leaving it for later. */
  readonly verdictLimit: number;
  /** How long to wait for the receipt once the verdict is there. */
  readonly receiptLimit: number;
  /** How far the clocks of both ends may differ. */
  readonly clockSkew: number;
}

export const standardPace: Pace = {
  longestCall: standardTimeouts.storing,
  settle: 110_000,
  settlePause: 5_000,
  freshInstance: 150_000,
  verdictPauses: [2_000, 3_000, 5_000, 8_000, 10_000, 15_000, 20_000, 30_000, 60_000],
  verdictLimit: 600_000,
  receiptLimit: 120_000,
  clockSkew: 120_000,
};
