import type { Text } from "../../vatReturn/text.ts";
import {
  isMissing,
  problem,
  remedy,
  setTo,
  type Check,
  type JsonPath,
  type Problem,
  type Remedy,
  type Subject,
} from "../problem.ts";
import { defaultLifetimes, type GivenFields } from "../registration.ts";
import { microsoftSettings, productOf } from "../microsoft.ts";
import { inWords } from "./durations.ts";

/** Skatteetaten's scopes for the VAT return let no access token live longer, whatever is registered. */
const longestOfScope = 8 * 3600;
/** Filling in, submitting and waiting for the verdict: Skatteetaten's own example asks for it for six minutes. */
const longEnough = 600;
/** Beyond this somebody counted on renewing. */
const plausibleAuthorization = 86_400;
/** Altinn's scopes let no authorization last longer: 90 days. */
const longestOfAltinn = 90 * 86_400;
/** What Skatteetaten's own public test client gets. */
const usual = 3600;
/** The longest that any public guide registers: Microsoft's authorization. */
const longestDocumented = 365 * 86_400;
/** An access token of this length is beyond every purpose, whatever its scopes allow. */
const implausibleAccess = 86_400;

type LifetimeName = "authorization_lifetime" | "access_token_lifetime" | "refresh_token_lifetime";

export const checkLifetimes: Check = (subject) => {
  const alone = [...zero(subject), ...accessTooLong(subject), ...implausible(subject)];
  // A lifetime that is wrong by itself is no measure for the others.
  const unfit = new Set(alone.map(({ path }) => path[0]));
  const others = [...accessTooShort(subject), ...order(subject, unfit), ...authorization(subject)];
  return [...alone, ...others.filter(({ path }) => !unfit.has(path[0]))];
};

/** The access token that a client of this kind usually has, in seconds. */
function usualAccess(given: GivenFields): number {
  return productOf(given) === null ? usual : microsoftSettings.access_token_lifetime;
}

/** The authorization that a client of this kind usually has, in seconds. */
function usualAuthorization(given: GivenFields): number {
  return productOf(given) === null ? defaultLifetimes.authorization : microsoftSettings.authorization_lifetime;
}

/** Zero means something for refresh tokens alone, and what is documented for Microsoft's products only. */
function zero({ given }: Subject): readonly Problem[] {
  const names = ["authorization_lifetime", "access_token_lifetime"] as const;
  return names.flatMap((name) => {
    if (given[name] !== 0) return [];
    const isAccess = name === "access_token_lifetime";
    const message = isAccess
      ? {
          en: "With access_token_lifetime 0 the access token would run out as it is issued, and nothing could be done with it. Leaving the field out gives ID-porten's 120 seconds. 0 stands in Microsoft's guides for refresh_token_lifetime alone.",
          nb: "Med access_token_lifetime 0 ville access token løpe ut idet det utstedes, og ikke kunne brukes til noe. Utelates feltet, gjelder ID-portens 120 sekunder. 0 står i Microsofts veiledninger bare for refresh_token_lifetime.",
        }
      : {
          en: "With authorization_lifetime 0 everything that follows from a sign-in would end at once: it is the outer limit of all tokens. Leaving the field out gives ID-porten's 7200 seconds. 0 stands in Microsoft's guides for refresh_token_lifetime alone.",
          nb: "Med authorization_lifetime 0 ville alt som følger av en innlogging, slutte med en gang: den er den ytre grensen for alle token. Utelates feltet, gjelder ID-portens 7200 sekunder. 0 står i Microsofts veiledninger bare for refresh_token_lifetime.",
        };
    const fix = setTo([name], isAccess ? usualAccess(given) : usualAuthorization(given));
    return [problem("lifetime-zero", "error", [name], message, { remedies: [fix] })];
  });
}

function isCutBySkatteetaten({ scopes = [] }: GivenFields): boolean {
  return scopes.some((scope) => scope.startsWith("skatteetaten:mvamelding"));
}

function accessTooLong({ given, refreshes }: Subject): readonly Problem[] {
  const {
    access_token_lifetime: lifetime = 0,
    authorization_lifetime: authorization = defaultLifetimes.authorization,
  } = given;
  const { refresh_token_lifetime: refresh = defaultLifetimes.refreshToken } = given;
  if (lifetime <= longestOfScope || !isCutBySkatteetaten(given)) return [];
  const path = ["access_token_lifetime"] as const;
  const milliseconds = inMilliseconds(lifetime);
  const message = {
    en: `${lifetime} seconds is ${inWords(lifetime).en}, and Skatteetaten's scopes let an access token live for 8 hours at most (28800 seconds). The shortest limit wins without a word, so the application would count on time that it does not have.${milliseconds.en}`,
    nb: `${lifetime} sekunder er ${inWords(lifetime).nb}, og Skatteetatens scope lar et access token leve i høyst 8 timer (28800 sekunder). Den korteste grensen vinner uten et ord, så applikasjonen ville regnet med tid den ikke har.${milliseconds.nb}`,
  };
  const isMicrosoft = productOf(given) !== null;
  const fits = authorization >= longestOfScope && (!refreshes || refresh === 0 || refresh > longestOfScope);
  const longest = fits && !isMicrosoft ? longestOfScope : usualAccess(given);
  const remedies = [setTo(path, milliseconds.en === "" || isMicrosoft ? longest : lifetime / 1000)];
  return [problem("access-token-too-long", "warning", path, message, { remedies })];
}

/** A sentence to add where the number makes sense in milliseconds; empty otherwise. */
function inMilliseconds(lifetime: number): Text {
  const meant = lifetime / 1000;
  if (!Number.isInteger(meant) || meant < longEnough || meant > longestOfScope) return { en: "", nb: "" };
  return {
    en: ` As milliseconds it would be ${inWords(meant).en}: the field counts seconds.`,
    nb: ` Som millisekunder ville det vært ${inWords(meant).nb}: feltet teller sekunder.`,
  };
}

/** Lifetimes that nobody registers on purpose, where no limit with a name of its own says so. */
function implausible(subject: Subject): readonly Problem[] {
  const { given, refreshes } = subject;
  const isMicrosoft = productOf(given) !== null;
  const { access_token_lifetime: access = 0, refresh_token_lifetime: refresh = 0 } = given;
  const { authorization_lifetime: authorization = defaultLifetimes.authorization } = given;
  const problems: Problem[] = [];
  const tell = (name: LifetimeName, lifetime: number, message: Text, remedies: readonly Remedy[]): void => {
    const milliseconds = inMilliseconds(lifetime);
    const whole = { en: message.en + milliseconds.en, nb: message.nb + milliseconds.nb };
    problems.push(problem("lifetime-implausible", "warning", [name], whole, { remedies }));
  };
  if (access > implausibleAccess && !isCutBySkatteetaten(given)) {
    const message = {
      en: `${access} seconds is ${inWords(access).en}. Whoever gets hold of an access token is the user until it ends, and signing out does not end it. An hour is usual.`,
      nb: `${access} sekunder er ${inWords(access).nb}. Den som får tak i et access token, er brukeren til det løper ut, og utlogging avslutter det ikke. Én time er vanlig.`,
    };
    tell("access_token_lifetime", access, message, [setTo(["access_token_lifetime"], usualAccess(given))]);
  }
  // Microsoft's own check says what an authorization there has to be.
  if (authorization > longestDocumented && !isMicrosoft) {
    const mended = refreshes ? longestOfAltinn : defaultLifetimes.authorization;
    tell(
      "authorization_lifetime",
      authorization,
      {
        en: `${authorization} seconds is ${inWords(authorization).en}. No documented client's authorization lasts longer than a year, and Altinn's scopes end it after 90 days.`,
        nb: `${authorization} sekunder er ${inWords(authorization).nb}. Ingen dokumentert klients autorisasjon varer lenger enn ett år, og Altinns scope avslutter den etter 90 dager.`,
      },
      [setTo(["authorization_lifetime"], mended)],
    );
  }
  if (refresh > longestDocumented && (!refreshes || refresh <= authorization)) {
    tell(
      "refresh_token_lifetime",
      refresh,
      {
        en: `${refresh} seconds is ${inWords(refresh).en}: so long no refresh token lies unused. It ends with the authorization, which in no documented client lasts longer than a year.`,
        nb: `${refresh} sekunder er ${inWords(refresh).nb}: så lenge ligger ikke noe refresh token ubrukt. Det slutter med autorisasjonen, som ikke i noen dokumentert klient varer lenger enn ett år.`,
      },
      [setTo(["refresh_token_lifetime"], isMicrosoft ? 0 : 2 * usual)],
    );
  }
  return problems;
}

function accessTooShort(subject: Subject): readonly Problem[] {
  const { access_token_lifetime: given } = subject.given;
  if (given === undefined && !isMissing(subject, "access_token_lifetime")) return [];
  const path = ["access_token_lifetime"] as const;
  const lifetime = given ?? defaultLifetimes.accessToken;
  if (lifetime >= longEnough || (subject.refreshes && lifetime >= defaultLifetimes.accessToken)) return [];
  const remedies = [setTo(path, usualAccess(subject.given))];
  if (given === undefined) {
    const message = {
      en: `access_token_lifetime is missing, and ID-porten then gives ${lifetime} seconds. Altinn's token ends with it, so a submission breaks off before the verdict is there. ${usual} is what Skatteetaten's own test client has.`,
      nb: `access_token_lifetime mangler, og da gir ID-porten ${lifetime} sekunder. Altinns token slutter samtidig, så en innsending brytes av før dommen foreligger. Skatteetatens egen testklient har ${usual}.`,
    };
    return [problem("access-token-too-short", "warning", path, message, { remedies })];
  }
  const message = {
    en: `${lifetime} seconds is too short to finish a submission: Altinn's token ends with the access token, and the verdict alone may take minutes. At least ${longEnough}; ${usual} is what Skatteetaten's own test client has.`,
    nb: `${lifetime} sekunder er for kort til å fullføre en innsending: Altinns token slutter sammen med access token, og dommen alene kan ta minutter. Minst ${longEnough}; Skatteetatens egen testklient har ${usual}.`,
  };
  return [problem("access-token-too-short", "warning", path, message, { remedies })];
}

/**
 * Digdir's rule: the access token is the shortest, the authorization is never exceeded.
 * @param unfit fields that are compared with nothing
 */
function order(subject: Subject, unfit: ReadonlySet<unknown>): readonly Problem[] {
  const { broken, given, refreshes } = subject;
  const names = ["authorization_lifetime", "access_token_lifetime", "refresh_token_lifetime"];
  if (names.some((name) => broken.has(name)) || unfit.has("access_token_lifetime")) return [];
  const access = given.access_token_lifetime ?? defaultLifetimes.accessToken;
  const authorization = given.authorization_lifetime ?? defaultLifetimes.authorization;
  const refresh = given.refresh_token_lifetime ?? defaultLifetimes.refreshToken;
  const problems: Problem[] = [];
  if (access > authorization) {
    const path = ["authorization_lifetime"] as const;
    const message = {
      en: `The authorization ends after ${authorization} seconds, before the access token that lives for ${access}. It is the outer limit of everything, so it has to be at least as long.`,
      nb: `Autorisasjonen slutter etter ${authorization} sekunder, før access token, som lever i ${access}. Den er den ytre grensen for alt, så den må være minst like lang.`,
    };
    problems.push(
      problem("authorization-too-short", "error", path, message, {
        remedies: [setTo(path, Math.max(access, usualAuthorization(given)))],
      }),
    );
  }
  if (!refreshes) return problems;
  const path = ["refresh_token_lifetime"] as const;
  if (refresh === 0) {
    // Microsoft's guides register it.
    if (productOf(given) !== null) return problems;
    const message = {
      en: "What a refresh token lifetime of 0 means is not documented by Digdir: Microsoft's guides register it, and Altinn's own broker says that it has to be more than 0 for a refresh token to come at all. Write how long a session may lie idle.",
      nb: "Digdir dokumenterer ikke hva en levetid på 0 betyr for refresh token: Microsofts veiledninger registrerer det, og Altinns egen meldingsformidler sier at den må være over 0 for at det skal komme noe refresh token. Skriv hvor lenge en økt kan ligge ubrukt.",
    };
    const remedies = between(given, access, authorization, Math.min(authorization, 2 * Math.max(access, usual)));
    return [...problems, problem("refresh-token-zero", "information", path, message, { remedies })];
  }
  if (refresh <= access) {
    const message = {
      en: `The refresh token lives for ${refresh} seconds${missing(subject).en} and the access token for ${access}: it is dead before it is needed. It has to live longer than the access token.`,
      nb: `Refresh token lever i ${refresh} sekunder${missing(subject).nb} og access token i ${access}: det er dødt før det trengs. Det må leve lenger enn access token.`,
    };
    const remedies = between(given, access, authorization, Math.min(authorization, Math.max(2 * access, usual)));
    problems.push(problem("refresh-token-too-short", "error", path, message, { remedies }));
  } else if (refresh > authorization && !unfit.has("authorization_lifetime")) {
    const message = {
      en: `The refresh token lives for ${refresh} seconds, but the authorization ends after ${authorization}. What is beyond it never counts: make it at most as long.`,
      nb: `Refresh token lever i ${refresh} sekunder, men autorisasjonen slutter etter ${authorization}. Det som går ut over den, teller aldri: gjør det høyst like langt.`,
    };
    const remedies = between(given, access, authorization, authorization);
    problems.push(problem("refresh-token-too-long", "error", path, message, { remedies }));
  }
  return problems;
}

/**
 * Ways to put a refresh token's lifetime right, between access token and authorization: for Microsoft's products the 0 of
 * their guides before any other, and where there is no room between the two a longer authorization as well.
 */
function between(given: GivenFields, access: number, authorization: number, lifetime: number): readonly Remedy[] {
  const isMicrosoft = productOf(given) !== null;
  const [path, outer] = [["refresh_token_lifetime"], ["authorization_lifetime"]] as const;
  const fitting =
    authorization > access
      ? setTo(path, lifetime, !isMicrosoft)
      : setBothTo(path, outer, Math.max(2 * access, usual), !isMicrosoft);
  return isMicrosoft ? [setTo(path, microsoftSettings.refresh_token_lifetime), fitting] : [fitting];
}

function setBothTo(one: JsonPath, other: JsonPath, value: number, preferred: boolean): Remedy {
  const names = [one, other].map(([name]) => name);
  return remedy(
    { en: `Set ${names.join(" and ")} to ${value}`, nb: `Sett ${names.join(" og ")} til ${value}` },
    [one, other].map((path) => ({ kind: "set", path, value })),
    preferred,
  );
}

function missing(subject: Subject): { readonly en: string; readonly nb: string } {
  return isMissing(subject, "refresh_token_lifetime")
    ? { en: " (ID-porten's default, as none is given)", nb: " (ID-portens standard, siden ingen er oppgitt)" }
    : { en: "", nb: "" };
}

function authorization({ given, refreshes }: Subject): readonly Problem[] {
  const { authorization_lifetime: lifetime } = given;
  if (lifetime === undefined || productOf(given) !== null) return [];
  if (refreshes) return beyondAltinn(lifetime, given);
  if (lifetime <= plausibleAuthorization) return [];
  const path = ["authorization_lifetime"] as const;
  const message = {
    en: `The authorization lasts ${inWords(lifetime).en}, but this client has no refresh tokens to use it with: the access token's lifetime decides, 8 hours at most with Skatteetaten's scopes.`,
    nb: `Autorisasjonen varer i ${inWords(lifetime).nb}, men denne klienten har ingen refresh token å bruke den med: levetiden til access token avgjør, høyst 8 timer med Skatteetatens scope.`,
  };
  return [
    problem("authorization-without-refresh", "information", path, message, {
      remedies: [setTo(path, defaultLifetimes.authorization)],
    }),
  ];
}

function beyondAltinn(
  lifetime: number,
  { scopes = [], refresh_token_lifetime: refresh }: GivenFields,
): readonly Problem[] {
  if (lifetime <= longestOfAltinn || !scopes.some((scope) => scope.startsWith("altinn:instances."))) return [];
  const path = ["authorization_lifetime"] as const;
  const message = {
    en: `The authorization lasts ${inWords(lifetime).en}, and Altinn's scopes let none last longer than 90 days (${longestOfAltinn} seconds). The shortest limit wins without a word: whoever signed in has to do it again by then.`,
    nb: `Autorisasjonen varer i ${inWords(lifetime).nb}, og Altinns scope lar ingen vare lenger enn 90 dager (${longestOfAltinn} sekunder). Den korteste grensen vinner uten et ord: den som logget inn, må gjøre det igjen innen da.`,
  };
  const isRefreshWithin = refresh === undefined || refresh <= longestOfAltinn;
  const fix = isRefreshWithin
    ? setTo(path, longestOfAltinn)
    : setBothTo(path, ["refresh_token_lifetime"], longestOfAltinn, true);
  return [problem("authorization-too-long", "information", path, message, { remedies: [fix] })];
}
