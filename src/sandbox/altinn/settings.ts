import * as v from "valibot";

/** What becomes of a submitted return. */
export const scenarios = {
  accepted: {
    en: "What the rules say of the return: accepted, with or without deviations",
    nb: "Det reglene sier om meldingen: mottatt, med eller uten avvik",
  },
  deviating: { en: "Accepted, but deviating", nb: "Mottatt, men avvikende" },
  incomplete: { en: "Incomplete: never counted as accepted", nb: "Mangelfull: regnes aldri som mottatt" },
  refused: {
    en: "Refused after submission; the process ends and a receipt comes all the same",
    nb: "Avvist etter innsending; prosessen avsluttes og kvitteringen kommer likevel",
  },
  neverAnswered: { en: "No verdict ever comes", nb: "Det kommer aldri noe svar" },
  verdictAfterReceipt: {
    en: "The receipt comes first, the verdict some time later",
    nb: "Kvitteringen kommer først, valideringsresultatet en stund senere",
  },
} as const;
export type ScenarioName = keyof typeof scenarios;

export function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(scenarios, name);
}

/** What the validation API can be told to answer in place of what the rules say. */
export const validationOutcomes = ["rules", "accepted", "deviating", "incomplete", "refused"] as const;
export type ValidationOutcome = (typeof validationOutcomes)[number];

const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3_600_000));
const scenarioNames = Object.keys(scenarios) as ScenarioName[];

const entries = {
  scenario: v.picklist(scenarioNames),
  validationOutcome: v.picklist(validationOutcomes),
  /** From "submit" to the verdict. */
  verdictDelay: milliseconds,
  /** From the verdict to the receipt and the end of the process (or the other way round). */
  receiptDelay: milliseconds,
  /** How long a new instance answers 404. */
  freshWindow: milliseconds,
  /** Which generation of the app's library is played: where they differ, see the documentation of the sandbox. */
  library: v.picklist(["v7", "v8"]),
  /** What `feedback` does before there is any; `missing`: both feedback calls answer 404. */
  feedback: v.picklist(["conflict", "blocking", "missing"]),
  /** What storing the envelope answers: 201, or as if the app had changed it (200, and 303 in older versions). */
  envelopeStatus: v.picklist([200, 201, 303]),
  /** How a return that the authority refuses is answered when the filling in is completed. */
  invalidReturn: v.picklist(["validationResult", "sentence"]),
  /** Whether the envelope must say `instansstatus`, as older texts have it. */
  statusRequired: v.boolean(),
  /** Whether the token must carry the submission scopes. */
  scopesChecked: v.boolean(),
  /** 403 instead of 404 for instances that do not exist. */
  unknownIsForbidden: v.boolean(),
  /** The app that `selfLinks` name, where it differs from the one that is called; null: the same. */
  selfLinksApp: v.nullable(v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/))),
  /** Apps that answer 418. */
  decommissioned: v.array(v.string()),
  /** Life of a token from `refresh`, in seconds. */
  refreshLifetime: v.pipe(v.number(), v.integer(), v.minValue(1)),
} as const;

export const settingsSchema = v.strictObject(entries);
/** Any of the settings, to change some of them. */
export const settingsChangeSchema = v.strictObject(v.entriesFromObjects([v.partial(v.object(entries))]));

/** How the validation API and Altinn behave at the moment. Times are milliseconds unless they say otherwise. */
export type Settings = v.InferOutput<typeof settingsSchema>;
export type SettingsChange = v.InferOutput<typeof settingsChangeSchema>;

export const defaultSettings: Settings = {
  scenario: "accepted",
  validationOutcome: "rules",
  verdictDelay: 3000,
  receiptDelay: 1000,
  freshWindow: 0,
  library: "v8",
  feedback: "conflict",
  envelopeStatus: 201,
  invalidReturn: "validationResult",
  statusRequired: false,
  scopesChecked: true,
  unknownIsForbidden: false,
  selfLinksApp: null,
  decommissioned: ["mva-melding-innsending-etm2"],
  refreshLifetime: 1800,
};

/** The settings in force, changed from outside while the sandbox runs. */
export class CurrentSettings {
  #settings: Settings;

  constructor(initial: Settings) {
    this.#settings = initial;
  }

  get now(): Settings {
    return this.#settings;
  }

  change(change: SettingsChange): Settings {
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    this.#settings = v.parse(settingsSchema, { ...this.#settings, ...Object.fromEntries(given) });
    return this.#settings;
  }
}
