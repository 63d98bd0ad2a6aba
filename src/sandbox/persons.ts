/** One organisation a synthetic person may act for, with the role codes held there. */
export interface PersonOrganisation {
  readonly organisationNumber: string;
  readonly name: string;
  /** Codes of the Altinn policy (REGNA, A0239, …) and of the business register (DAGL, INNH, …). */
  readonly roles: readonly string[];
}

/** A person who exists only in the sandbox. */
export interface Person {
  readonly nationalIdentityNumber: string;
  readonly givenName: string;
  readonly familyName: string;
  /** What this person is good for in a test, shown on the login page. */
  readonly about: { readonly en: string; readonly nb: string };
  readonly organisations: readonly PersonOrganisation[];
}

/** The organisations of the sandbox: made-up names, numbers of the synthetic series. */
export const organisations = {
  trading: { organisationNumber: "314527828", name: "Furumo Handel AS" },
  bridge: { organisationNumber: "312608472", name: "Bekk og Bru AS" },
  farm: { organisationNumber: "315930278", name: "Solsvingen Gård" },
  housing: { organisationNumber: "317482159", name: "Lyngheim Eierseksjonssameie" },
  foreign: { organisationNumber: "310864935", name: "Nordvind Trading NUF" },
  /** The one that the samples are written for. */
  sample: { organisationNumber: "314552105", name: "Eksempelbutikken AS" },
  accountant: { organisationNumber: "319055274", name: "Tallfast Regnskap AS" },
} as const;

/**
 * The persons who may sign in. Between them they hold every role of the app's policy: roles that may sign (SISKD,
 * A0239, KNUF), roles that may only fill in (REGNA, A0237, A0238, A0240), and none at all.
 */
export const persons: readonly Person[] = [
  {
    nationalIdentityNumber: "12837420162",
    givenName: "Modig",
    familyName: "Furustamme",
    about: { en: "General manager: fills in and submits", nb: "Daglig leder: fyller ut og sender inn" },
    organisations: [
      { ...organisations.trading, roles: ["DAGL", "REGNA", "SISKD"] },
      { ...organisations.bridge, roles: ["LEDE", "REGNA", "SISKD"] },
      { ...organisations.sample, roles: ["DAGL", "REGNA", "SISKD"] },
    ],
  },
  {
    nationalIdentityNumber: "05918131150",
    givenName: "Nøyaktig",
    familyName: "Kulerammen",
    about: {
      en: "Accountant with signing right for several clients",
      nb: "Regnskapsfører med signeringsrett for flere kunder",
    },
    organisations: [
      { ...organisations.accountant, roles: ["DAGL", "REGNA", "SISKD"] },
      { ...organisations.trading, roles: ["REGN", "A0239"] },
      { ...organisations.farm, roles: ["REGN", "A0239"] },
      { ...organisations.housing, roles: ["REGN", "A0239"] },
      { ...organisations.sample, roles: ["REGN", "A0239"] },
    ],
  },
  {
    nationalIdentityNumber: "21869040263",
    givenName: "Flittig",
    familyName: "Blyantspiss",
    about: {
      en: "Accountant without signing right: fills in, cannot submit",
      nb: "Regnskapsfører uten signeringsrett: fyller ut, kan ikke sende inn",
    },
    organisations: [
      { ...organisations.trading, roles: ["A0240"] },
      { ...organisations.housing, roles: ["A0240"] },
      { ...organisations.sample, roles: ["A0240"] },
    ],
  },
  {
    nationalIdentityNumber: "17899612205",
    givenName: "Våken",
    familyName: "Morgenkaffe",
    about: {
      en: "Bookkeeper in the company: fills in, cannot submit",
      nb: "Regnskapsmedarbeider i selskapet: fyller ut, kan ikke sende inn",
    },
    organisations: [{ ...organisations.trading, roles: ["REGNA"] }],
  },
  {
    nationalIdentityNumber: "29816825553",
    givenName: "Streng",
    familyName: "Linjal",
    about: { en: "Auditor: fills in, cannot submit", nb: "Ansvarlig revisor: fyller ut, kan ikke sende inn" },
    organisations: [{ ...organisations.bridge, roles: ["REVI", "A0237"] }],
  },
  {
    nationalIdentityNumber: "24840160102",
    givenName: "Lærenem",
    familyName: "Viskelær",
    about: {
      en: "Auditor’s assistant: fills in, cannot submit",
      nb: "Revisormedarbeider: fyller ut, kan ikke sende inn",
    },
    organisations: [{ ...organisations.bridge, roles: ["A0238"] }],
  },
  {
    nationalIdentityNumber: "08885914587",
    givenName: "Jordnær",
    familyName: "Potetåker",
    about: {
      en: "Farmer with a sole proprietorship: primary industry return",
      nb: "Gårdbruker med enkeltpersonforetak: mva-melding for primærnæring",
    },
    organisations: [{ ...organisations.farm, roles: ["INNH", "REGNA", "SISKD"] }],
  },
  {
    nationalIdentityNumber: "03928737887",
    givenName: "Vidfaren",
    familyName: "Koffert",
    about: { en: "Contact person of a foreign company (NUF)", nb: "Kontaktperson for utenlandsk foretak (NUF)" },
    organisations: [{ ...organisations.foreign, roles: ["KNUF"] }],
  },
  {
    nationalIdentityNumber: "14877928986",
    givenName: "Tomhendt",
    familyName: "Vandrer",
    about: { en: "No organisation, no rights", nb: "Ingen organisasjoner, ingen rettigheter" },
    organisations: [],
  },
];

export function personName(person: Person): string {
  return `${person.givenName} ${person.familyName}`;
}

export function findPerson(nationalIdentityNumber: string): Person | undefined {
  return persons.find((person) => person.nationalIdentityNumber === nationalIdentityNumber);
}
