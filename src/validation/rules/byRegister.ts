import type { Text } from "../../vatReturn/text.ts";

export const byRegister = { needs: "register", evaluated: "withFacts", quickFix: null } as const;

export const registration: Text = {
  en: "The register decides, not the document.",
  nb: "Registeret avgjør, ikke dokumentet.",
};
