/** What the runner inside the extension host tells the one outside, one JSON object a line. */
export type HostEvent =
  | { readonly kind: "suite"; readonly title: string; readonly depth: number }
  | { readonly kind: "passed"; readonly title: string; readonly depth: number; readonly milliseconds: number }
  | { readonly kind: "skipped"; readonly title: string; readonly depth: number }
  | {
      readonly kind: "failed";
      readonly title: string;
      readonly depth: number;
      readonly fullTitle: string;
      readonly error: string;
    }
  | { readonly kind: "end"; readonly passed: number; readonly failed: number; readonly skipped: number }
  | { readonly kind: "crashed"; readonly error: string };

/** How the runner inside the extension host is to run; stands in `run.json` beside its bundle. */
export type HostRunConfig = {
  /** The loopback port that takes the events. */
  readonly port: number;
  /** The project's folder, absolute. */
  readonly projectRoot: string;
  readonly grep: string | null;
  readonly timeoutMilliseconds: number;
};
