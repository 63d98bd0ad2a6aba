import { kindNames, type KindName } from "../integration/kinds.ts";
import type { RegistrationFor } from "../integration/problem.ts";
import { UsageError } from "./usageError.ts";

export interface CheckIntegrationCommand {
  readonly name: "integration";
  readonly action: "check";
  /** `-` for standard input. */
  readonly file: string;
  readonly format: "text" | "json" | "sarif";
  /** null: as the file's name says. */
  readonly registrationFor: RegistrationFor | null;
  /** What the application sends. */
  readonly redirectUris: readonly string[];
  /** What it is compared with, and where it is tried; null: nothing. */
  readonly environment: string | null;
  readonly clientId: string | null;
  readonly live: boolean;
  /** Whether warnings fail the run too. */
  readonly strict: boolean;
}

export interface CreateIntegrationCommand {
  readonly name: "integration";
  readonly action: "create";
  readonly kind: KindName;
  readonly registrationFor: RegistrationFor;
  readonly ownership: "own" | "shared";
  readonly refreshTokens: boolean;
  readonly organisationNumber: string | null;
  readonly clientName: string | null;
  readonly redirectUris: readonly string[];
  readonly postLogoutUri: string | null;
  readonly backUri: string | null;
  readonly format: "json" | "table";
  /** null: standard output. */
  readonly out: string | null;
}

export interface OrderScopesCommand {
  readonly name: "integration";
  readonly action: "order";
  readonly file: string;
  readonly registrationFor: RegistrationFor | null;
  readonly organisationNumber: string | null;
  readonly ownership: "own" | "shared";
}

export type IntegrationCommand = CheckIntegrationCommand | CreateIntegrationCommand | OrderScopesCommand;

const choiceOf = {
  for: ["test", "production"],
  ownership: ["own", "shared"],
} as const;

/** The options of all three, as `commandLine.ts` reads them; which goes with which is told here. */
export const integrationOptions = {
  format: { type: "string", choices: ["text", "json", "sarif", "table"] },
  for: { type: "string", choices: choiceOf.for },
  "redirect-uri": { type: "string", multiple: true },
  environment: { type: "string" },
  client: { type: "string" },
  live: { type: "boolean" },
  strict: { type: "boolean" },
  kind: { type: "string", choices: kindNames },
  ownership: { type: "string", choices: choiceOf.ownership },
  "refresh-tokens": { type: "boolean", negatable: true },
  organisation: { type: "string" },
  name: { type: "string" },
  "post-logout-uri": { type: "string" },
  "back-uri": { type: "string" },
  out: { type: "string" },
} as const;

type OptionName = keyof typeof integrationOptions;
const optionsOf: Readonly<Record<IntegrationCommand["action"], readonly OptionName[]>> = {
  check: ["format", "for", "redirect-uri", "environment", "client", "live", "strict"],
  create: [
    "kind",
    "for",
    "ownership",
    "refresh-tokens",
    "organisation",
    "name",
    "redirect-uri",
    "post-logout-uri",
    "back-uri",
    "format",
    "out",
  ],
  order: ["for", "organisation", "ownership"],
};
const formatsOf: Readonly<Partial<Record<IntegrationCommand["action"], readonly string[]>>> = {
  check: ["text", "json", "sarif"],
  create: ["json", "table"],
};

type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** @throws UsageError where something is missing or too much */
export function integrationCommandOf(values: Values, words: readonly string[]): IntegrationCommand {
  const [action, ...rest] = words;
  if (action !== "check" && action !== "create" && action !== "order") throw unknownAction(action);
  refuseForeign(action, values);
  const text = (option: OptionName): string | null => {
    const value = values[option];
    return typeof value === "string" ? value : null;
  };
  const redirects = values["redirect-uri"];
  const redirectUris = typeof redirects === "object" ? redirects : [];
  const given = choiceOf.for.find((choice) => choice === text("for")) ?? null;
  const ownership = text("ownership") === "shared" ? "shared" : "own";
  const organisationNumber = text("organisation");
  switch (action) {
    case "check": {
      const environment = text("environment");
      const live = values["live"] === true;
      if (live && environment === null) throw liveNeedsEnvironment();
      const format = text("format");
      return {
        name: "integration",
        action,
        file: onlyFile(action, rest),
        format: format === "json" || format === "sarif" ? format : "text",
        registrationFor: given,
        redirectUris,
        environment,
        clientId: text("client"),
        live,
        strict: values["strict"] === true,
      };
    }
    case "create": {
      const kind = kindNames.find((known) => known === text("kind"));
      if (kind === undefined) throw kindMissing();
      if (rest[0] !== undefined) throw tooMany(action, rest[0]);
      if (values["refresh-tokens"] !== undefined && kind !== "web") throw noChoiceOfRefreshTokens(kind);
      return {
        name: "integration",
        action,
        kind,
        registrationFor: given ?? "test",
        ownership,
        refreshTokens: values["refresh-tokens"] !== false,
        organisationNumber,
        clientName: text("name"),
        redirectUris,
        postLogoutUri: text("post-logout-uri"),
        backUri: text("back-uri"),
        format: text("format") === "table" ? "table" : "json",
        out: text("out"),
      };
    }
    case "order":
      return {
        name: "integration",
        action,
        file: onlyFile(action, rest),
        registrationFor: given,
        organisationNumber,
        ownership,
      };
  }
}

function refuseForeign(action: IntegrationCommand["action"], values: Values): void {
  const foreign = Object.keys(integrationOptions).find(
    (option) => values[option] !== undefined && !optionsOf[action].some((own) => own === option),
  );
  if (foreign !== undefined) {
    throw new UsageError({
      en: `--${foreign} does not go with mva integration ${action}.`,
      nb: `--${foreign} hører ikke til mva integration ${action}.`,
    });
  }
  const formats = formatsOf[action];
  const format = values["format"];
  if (typeof format !== "string" || formats === undefined || formats.includes(format)) return;
  throw new UsageError({
    en: `mva integration ${action} writes ${formats.join(" or ")}, not ${format}.`,
    nb: `mva integration ${action} skriver ${formats.join(" eller ")}, ikke ${format}.`,
  });
}

function onlyFile(action: string, [file, extra]: readonly string[]): string {
  if (file === undefined) {
    throw new UsageError({
      en: `Say which file: mva integration ${action} NAME.idporten.json`,
      nb: `Oppgi filen: mva integration ${action} NAVN.idporten.json`,
    });
  }
  if (extra !== undefined) throw tooMany(action, extra);
  return file;
}

function unknownAction(action: string | undefined): UsageError {
  const given = action === undefined ? "" : `“${action}”: `;
  const givenNb = action === undefined ? "" : `«${action}»: `;
  return new UsageError({
    en: `${given}say what to do with an integration: check FILE, create --kind KIND, or order FILE.`,
    nb: `${givenNb}oppgi hva som skal gjøres med en integrasjon: check FIL, create --kind SLAG, eller order FIL.`,
  });
}

function kindMissing(): UsageError {
  return new UsageError({
    en: `Say which kind: --kind ${kindNames.join("|")}.`,
    nb: `Oppgi hvilket slag: --kind ${kindNames.join("|")}.`,
  });
}

function liveNeedsEnvironment(): UsageError {
  return new UsageError({
    en: "--live asks ID-porten itself: say which with --environment sandbox, test or a file.",
    nb: "--live spør ID-porten selv: oppgi hvilken med --environment sandbox, test eller en fil.",
  });
}

function tooMany(action: string, extra: string): UsageError {
  return new UsageError({
    en: `mva integration ${action} does not take the argument “${extra}”.`,
    nb: `mva integration ${action} tar ikke imot argumentet «${extra}».`,
  });
}

function noChoiceOfRefreshTokens(kind: KindName): UsageError {
  return kind === "desktop" || kind === "spa"
    ? new UsageError({
        en: `--refresh-tokens is a choice for --kind web only: ID-porten gives none to a public client, such as ${kind}.`,
        nb: `--refresh-tokens er et valg bare for --kind web: ID-porten gir ikke offentlige klienter, som ${kind}, noen.`,
      })
    : new UsageError({
        en: `--refresh-tokens is a choice for --kind web only: ${kind} always has them, as Microsoft's documentation asks.`,
        nb: `--refresh-tokens er et valg bare for --kind web: ${kind} har dem alltid, slik Microsofts dokumentasjon ber om.`,
      });
}
