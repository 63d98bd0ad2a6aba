import type { Field } from "./field.ts";

/** Keys and secrets, and what the self-service writes itself. */
export const secretFields: readonly Field[] = [
  {
    name: "jwks",
    portal: null,
    label: { en: "Public keys", nb: "Offentlige nøkler" },
    meaning: {
      en: "The public halves of the keys of a client with private_key_jwt: RSA, RS256, five at most, a year at most.",
      nb: "De offentlige halvdelene av nøklene til en klient med private_key_jwt: RSA, RS256, høyst fem, høyst ett år.",
    },
    type: "keys",
  },
  {
    name: "client_secret_expires_at",
    portal: null,
    label: { en: "End of the secret", nb: "Hemmelighetens slutt" },
    meaning: {
      en: "When the secret runs out, in seconds since 1970. Note it here to be warned in time; the secret itself belongs elsewhere.",
      nb: "Når hemmeligheten utløper, i sekunder siden 1970. Noter det her for å bli varslet i tide; hemmeligheten selv hører hjemme et annet sted.",
    },
    type: "seconds",
  },
  {
    name: "client_secret",
    portal: null,
    label: { en: "Secret", nb: "Hemmelighet" },
    meaning: {
      en: "Shown once by the self-service. It does not belong in a file.",
      nb: "Vises én gang av selvbetjeningen. Den hører ikke hjemme i en fil.",
    },
    type: "text",
  },
  {
    name: "created",
    portal: null,
    label: { en: "Created", nb: "Opprettet" },
    meaning: { en: "Set by the self-service.", nb: "Settes av selvbetjeningen." },
    type: "text",
  },
  {
    name: "last_updated",
    portal: null,
    label: { en: "Last changed", nb: "Sist endret" },
    meaning: { en: "Set by the self-service.", nb: "Settes av selvbetjeningen." },
    type: "text",
  },
];
