import type { Text } from "../../vatReturn/text.ts";

/** What the sandbox's pages say. */
export const words = {
  sandbox: { en: "Sandbox", nb: "Sandkasse" },
  notIdPorten: {
    en: "This is not ID-porten. Everybody here is invented, and nothing leaves this machine.",
    nb: "Dette er ikke ID-porten. Alle her er oppdiktet, og ingenting forlater denne maskinen.",
  },
  chooseTitle: { en: "Who signs in?", nb: "Hvem logger inn?" },
  wantsToSignIn: { en: "asks you to sign in.", nb: "ber deg logge inn." },
  search: { en: "Search by name, number, organisation or role", nb: "Søk på navn, nummer, organisasjon eller rolle" },
  searchButton: { en: "Search", nb: "Søk" },
  noHits: { en: "Nobody fits. Try fewer letters.", nb: "Ingen treff. Prøv med færre bokstaver." },
  level: { en: "Security level", nb: "Sikkerhetsnivå" },
  high: { en: "High", nb: "Høyt" },
  substantial: { en: "Substantial", nb: "Betydelig" },
  noOrganisation: { en: "No organisations", nb: "Ingen organisasjoner" },
  scopes: { en: "What the application asks for", nb: "Dette ber applikasjonen om" },
  scopesHelp: {
    en: "Clear a box to decline it. ID-porten then leaves the scope out of the token without saying so.",
    nb: "Fjern haken for å avslå. Da utelater ID-porten scopet fra tokenet uten å si fra.",
  },
  faults: { en: "Let something go wrong", nb: "La noe gå galt" },
  faultsHelp: {
    en: "Choose a fault, then a person. It strikes once, for this application.",
    nb: "Velg en feil, og så en person. Den inntreffer én gang, for denne applikasjonen.",
  },
  noFault: { en: "Nothing goes wrong", nb: "Ingenting går galt" },
  cancel: { en: "Cancel", nb: "Avbryt" },
  back: { en: "Back to", nb: "Tilbake til" },
  backHelp: {
    en: "As at ID-porten, Back leads to the client’s own page, and the waiting application hears nothing.",
    nb: "Som i ID-porten fører Tilbake til klientens egen side, og applikasjonen som venter, får ikke beskjed.",
  },
  otherLanguage: { en: "Norsk bokmål", nb: "English" },
  consentTitle: { en: "Do you agree?", nb: "Samtykker du?" },
  continue: { en: "Continue", nb: "Fortsett" },
  keys: { en: "Arrow keys choose, Enter signs in.", nb: "Piltastene velger, Enter logger inn." },
  wrongTitle: { en: "Something went wrong", nb: "Noe gikk galt" },
  expired: {
    en: "The sign-in is no longer valid. Start it again from the application.",
    nb: "Innloggingen er ikke lenger gyldig. Start den på nytt fra applikasjonen.",
  },
  notBookmarked: {
    en: "A sign-in page cannot be opened from a bookmark or a saved link.",
    nb: "En innloggingsside kan ikke åpnes fra et bokmerke eller en lagret lenke.",
  },
  unknownClient: {
    en: "The application’s client id is not known in this environment.",
    nb: "Applikasjonens klient-ID er ikke kjent i dette miljøet.",
  },
  redirectNotRegistered: {
    en: "The address to return to is not among those registered for the client. It must be equal in every character.",
    nb: "Adressen det skal returneres til, er ikke registrert på klienten. Den må være lik tegn for tegn.",
  },
  otherError: {
    en: "The request from the application could not be used.",
    nb: "Forespørselen fra applikasjonen kunne ikke brukes.",
  },
  signedOutTitle: { en: "You are signed out", nb: "Du er logget ut" },
  signedOut: { en: "You can close this page.", nb: "Du kan lukke denne siden." },
  nobodySignedIn: {
    en: "Nobody is signed in in this browser, so there is nobody to sign out.",
    nb: "Ingen er logget inn i denne nettleseren, så det er ingen å logge ut.",
  },
  leftTitle: { en: "You left the sign-in", nb: "Du forlot innloggingen" },
  left: {
    en: "This is the page the client registered for Back. The application was not told: go back to it and cancel there.",
    nb: "Dette er siden klienten har registrert for Tilbake. Applikasjonen fikk ikke beskjed: gå tilbake til den og avbryt der.",
  },
} as const satisfies Readonly<Record<string, Text>>;
