import type { AltinnAddresses } from "../services/altinn/client.ts";
import { isLoopbackHost } from "../services/environments.ts";
import type { Journal } from "./journal.ts";
import { SubmissionError } from "./submissionError.ts";

/** An environment as far as submissions know it. */
export type SubmissionEnvironment = AltinnAddresses & { readonly name: string };

/**
 * Sees to it that a submission is gone on with where it belongs: a token of one environment goes to no other, and an
 * instance is looked for where it was made. A sandbox on this machine may have come up on another port with the
 * instances that it had: there they can be looked for, since an instance's id is like no other. Where it is not known
 * whether there is an instance, only the old port can tell.
 * @returns the changes by which the journal follows it, once its instance has been seen there; null where nothing has
 * changed
 * @throws SubmissionError `otherEnvironment`
 */
export function moveHome(journal: Journal, environment: SubmissionEnvironment): Partial<Journal> | null {
  const { name, appUrl, platformUrl } = journal.environment;
  if (appUrl === environment.appUrl && platformUrl === environment.platformUrl) return null;
  if (name !== environment.name) {
    throw new SubmissionError("otherEnvironment", {
      en: `This submission belongs to the environment ${name} at ${appUrl}, and the active one is ${environment.name} at ${environment.appUrl}. Switch to its own environment first.`,
      nb: `Denne innsendingen hører til miljøet ${name} på ${appUrl}, og det aktive er ${environment.name} på ${environment.appUrl}. Bytt til miljøet den hører til, først.`,
    });
  }
  const isCertain = journal.instanceId !== null || journal.intent === null;
  const differInPort = isOtherPort(appUrl, environment.appUrl) && isOtherPort(platformUrl, environment.platformUrl);
  if (isCertain && differInPort) {
    return { environment: { name, platformUrl: environment.platformUrl, appUrl: environment.appUrl } };
  }
  throw elsewhere(journal, environment);
}

/** The environment has the submission's name and not its instance. */
export function elsewhere(journal: Journal, environment: SubmissionEnvironment): SubmissionError {
  const { name, appUrl } = journal.environment;
  return new SubmissionError("otherEnvironment", {
    en: `This submission belongs to ${name} at ${appUrl}, and ${name} is at ${environment.appUrl} now. It can only be gone on with at its own address: a sandbox has to listen on the same port again.`,
    nb: `Denne innsendingen hører til ${name} på ${appUrl}, og ${name} er nå på ${environment.appUrl}. Den kan bare fortsette på sin egen adresse: en sandkasse må lytte på samme port igjen.`,
  });
}

/** Whether two addresses are both on this machine and differ in nothing but the port. */
function isOtherPort(before: string, now: string): boolean {
  const [one, other] = [new URL(before), new URL(now)];
  one.port = other.port;
  return isLoopbackHost(one.hostname) && one.href === other.href;
}
