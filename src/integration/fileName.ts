import type { RegistrationFor } from "./problem.ts";

const ending = ".idporten.json";

/** Whether a path is that of an integration file. */
export function isIntegrationFile(path: string): boolean {
  return path.toLowerCase().endsWith(ending);
}

/** Which environment a file's name says that its client is for: `NAME.production.idporten.json`; test otherwise. */
export function registrationForOf(path: string): RegistrationFor {
  return /[.-](?:production|produksjon|prod)\.idporten\.json$/i.test(path) ? "production" : "test";
}

/** The usual name of a file. */
export function integrationFileName(kind: string, registrationFor: RegistrationFor): string {
  return `${kind}.${registrationFor}${ending}`;
}
