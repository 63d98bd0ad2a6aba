import { isMissing, problem, setTo, type Check, type Problem, type Subject } from "../problem.ts";
import { defaultLifetimes, type GivenFields } from "../registration.ts";
import { productOf } from "../microsoft.ts";
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

export const checkLifetimes: Check = (subject) => [
  ...accessToken(subject),
  ...order(subject),
  ...authorization(subject),
];

function accessToken(subject: Subject): readonly Problem[] {
  const { access_token_lifetime: given, scopes = [] } = subject.given;
  if (given === undefined && !isMissing(subject, "access_token_lifetime")) return [];
  const path = ["access_token_lifetime"] as const;
  const lifetime = given ?? defaultLifetimes.accessToken;
  const limited = scopes.some((scope) => scope.startsWith("skatteetaten:mvamelding"));
  if (lifetime > longestOfScope && limited) {
    const message = {
      en: `${lifetime} seconds is ${inWords(lifetime).en}, and Skatteetaten's scopes let an access token live for 8 hours at most (28800 seconds). The shortest limit wins without a word, so the application would count on time that it does not have.`,
      nb: `${lifetime} sekunder er ${inWords(lifetime).nb}, og Skatteetatens scope lar et access token leve i høyst 8 timer (28800 sekunder). Den korteste grensen vinner uten et ord, så applikasjonen ville regnet med tid den ikke har.`,
    };
    return [problem("access-token-too-long", "warning", path, message, { remedies: [setTo(path, longestOfScope)] })];
  }
  if (lifetime >= longEnough || (subject.refreshes && lifetime >= defaultLifetimes.accessToken)) return [];
  const remedies = [setTo(path, usual)];
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

/** Digdir's rule: the access token is the shortest, the authorization is never exceeded. */
function order(subject: Subject): readonly Problem[] {
  const { broken, given, refreshes } = subject;
  const names = ["authorization_lifetime", "access_token_lifetime", "refresh_token_lifetime"];
  if (names.some((name) => broken.has(name))) return [];
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
        remedies: [setTo(path, Math.max(access, defaultLifetimes.authorization))],
      }),
    );
  }
  // Zero sets no limit of its own: Microsoft's guides register it.
  if (!refreshes || refresh === 0) return problems;
  const path = ["refresh_token_lifetime"] as const;
  if (refresh <= access) {
    const message = {
      en: `The refresh token lives for ${refresh} seconds${missing(subject).en} and the access token for ${access}: it is dead before it is needed. It has to live longer than the access token.`,
      nb: `Refresh token lever i ${refresh} sekunder${missing(subject).nb} og access token i ${access}: det er dødt før det trengs. Det må leve lenger enn access token.`,
    };
    const longer = Math.min(Math.max(authorization, access + 1), Math.max(2 * access, usual));
    problems.push(problem("refresh-token-too-short", "error", path, message, { remedies: [setTo(path, longer)] }));
  } else if (refresh > authorization) {
    const message = {
      en: `The refresh token lives for ${refresh} seconds, but the authorization ends after ${authorization}. What is beyond it never counts: make it at most as long.`,
      nb: `Refresh token lever i ${refresh} sekunder, men autorisasjonen slutter etter ${authorization}. Det som går ut over den, teller aldri: gjør det høyst like langt.`,
    };
    problems.push(
      problem("refresh-token-too-long", "error", path, message, { remedies: [setTo(path, authorization)] }),
    );
  }
  return problems;
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
  const remedies = isRefreshWithin ? [setTo(path, longestOfAltinn)] : [];
  return [problem("authorization-too-long", "information", path, message, { remedies })];
}
