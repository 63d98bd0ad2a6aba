import { dataTypes } from "../services/altinn/wire.ts";
import type { Text } from "../vatReturn/text.ts";
import type { Journal } from "./journal.ts";

/** Whether the authority's receipt has been fetched. It may come after the verdict, and decides nothing. */
export function hasReceipt({ files }: Pick<Journal, "files">): boolean {
  return files.some(({ dataType }) => dataType === dataTypes.receipt);
}

/** What stands where, and what that means for going on: for a submission that was cancelled or broke off. */
export function standingOf(journal: Journal): Text {
  const { intent, instanceId, state } = journal;
  const id = instanceId ?? "";
  if (state === "finished") {
    return hasReceipt(journal)
      ? { en: "The verdict is there.", nb: "Dommen foreligger." }
      : {
          en: "The verdict is there, the receipt is not yet. Check again later to fetch it.",
          nb: "Dommen foreligger, men ikke kvitteringen ennå. Sjekk igjen senere for å hente den.",
        };
  }
  if (state === "abandoned") return { en: "It has been abandoned.", nb: "Den er forkastet." };
  if (state === "waiting") {
    return {
      en: `The return is submitted (instance ${id}); the verdict is not there yet. Check again later.`,
      nb: `Meldingen er sendt inn (instans ${id}); dommen foreligger ikke ennå. Sjekk igjen senere.`,
    };
  }
  if (intent?.step === "createInstance" && instanceId === null) {
    return {
      en: "Whether an instance was created at Altinn is not known yet. Resume finds out before it does anything; nothing is submitted.",
      nb: "Om det ble opprettet en instans i Altinn, er ikke kjent ennå. Gjenoppta finner det ut før noe annet gjøres; ingenting er sendt inn.",
    };
  }
  if (instanceId === null) return { en: "Nothing has been sent.", nb: "Ingenting er sendt." };
  if (intent?.step === "submit") {
    return {
      en: `Whether the return was submitted is not known yet (instance ${id}). Resume finds out before it does anything.`,
      nb: `Om meldingen ble sendt inn, er ikke kjent ennå (instans ${id}). Gjenoppta finner det ut før noe annet gjøres.`,
    };
  }
  if (state === "readyToSign") {
    return {
      en: `The return is filled in at Altinn, but not submitted (instance ${id}). Somebody with the right to sign can resume it.`,
      nb: `Meldingen er fylt ut i Altinn, men ikke sendt inn (instans ${id}). En som har signeringsrett, kan gjenoppta den.`,
    };
  }
  const files = [journal.vatReturn, ...journal.attachments];
  const stored = files.filter((file) => file.dataId !== null).length;
  return {
    en: `Altinn holds a draft (instance ${id}) with ${stored} of ${files.length} files; nothing is submitted. Resume goes on from there, Abandon deletes it.`,
    nb: `Altinn har et utkast (instans ${id}) med ${stored} av ${files.length} filer; ingenting er sendt inn. Gjenoppta fortsetter derfra, Forkast sletter det.`,
  };
}
