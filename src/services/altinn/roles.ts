import type { Text } from "../../vatReturn/text.ts";

/** The steps of a submission that the app's policy tells apart. */
export type PolicyStep = "read" | "fillIn" | "submit" | "feedback";

export interface PolicyRole {
  readonly code: string;
  readonly name: Text;
  readonly steps: ReadonlySet<PolicyStep>;
}

const filling: ReadonlySet<PolicyStep> = new Set(["read", "fillIn"]);
const signing: ReadonlySet<PolicyStep> = new Set(["read", "fillIn", "submit"]);

/**
 * Who may do what with a VAT return, by the app's policy as it was published in 2023. Access packages replace these
 * roles during 2026; the live policy is at `{app}/api/v1/meta/authorizationpolicy`.
 */
export const policyRoles: readonly PolicyRole[] = [
  { code: "REGNA", name: { en: "accounting employee", nb: "regnskapsmedarbeider" }, steps: filling },
  { code: "A0237", name: { en: "auditor in charge", nb: "ansvarlig revisor" }, steps: filling },
  { code: "A0238", name: { en: "assistant auditor", nb: "revisormedarbeider" }, steps: filling },
  {
    code: "A0240",
    name: { en: "accountant without signing rights", nb: "regnskapsfører uten signeringsrett" },
    steps: filling,
  },
  {
    code: "A0239",
    name: { en: "accountant with signing rights", nb: "regnskapsfører med signeringsrett" },
    steps: signing,
  },
  { code: "SISKD", name: { en: "limited signing rights", nb: "begrenset signeringsrett" }, steps: signing },
  {
    code: "KNUF",
    name: { en: "contact person of a Norwegian-registered foreign enterprise", nb: "kontaktperson NUF" },
    steps: signing,
  },
];

/** Lists the roles that the policy lets take a step, for the explanation of a 403. */
export function rolesFor(step: PolicyStep): Text {
  const roles = policyRoles.filter((role) => role.steps.has(step));
  return {
    en: roles.map((role) => `${role.code} (${role.name.en})`).join(", "),
    nb: roles.map((role) => `${role.code} (${role.name.nb})`).join(", "),
  };
}
