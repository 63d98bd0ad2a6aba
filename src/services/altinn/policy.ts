import { childNamed, childrenNamed } from "../../vatReturn/navigate.ts";
import { parseXml } from "../../vatReturn/scanner.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";
import { policyRoles } from "./roles.ts";
import type { PolicyStep } from "./roles.ts";

/** Whom the app's access policy lets take a step, as it stands at the moment. */
export interface PolicyHolders {
  /** Role codes of Altinn, such as `REGNA`. */
  readonly roles: readonly string[];
  /** Access packages, which replace the roles during 2026. */
  readonly packages: readonly string[];
}

/** The action that a step needs, and the task it happens in; null: wherever the instance stands. */
const needs: Readonly<Record<PolicyStep, { readonly action: string; readonly task: string | null }>> = {
  read: { action: "read", task: null },
  fillIn: { action: "write", task: "Task_1" },
  submit: { action: "confirm", task: "Task_2" },
  feedback: { action: "write", task: "Task_3" },
};

const attribute = {
  role: /^urn:altinn:rolecode$/i,
  accessPackage: /^urn:altinn:access-?package$/i,
  action: /:action:action-id$/i,
  task: /^urn:altinn:(?:task|end-event)$/i,
} as const;

/**
 * Reads from the app's policy (XACML 3.0) who may take a step: the roles and access packages of every rule that
 * permits the step's action in its task. Source: `{app}/api/v1/meta/authorizationpolicy`.
 * @returns null where nothing readable is said of the step.
 */
export function readPolicy(xml: string, step: PolicyStep): PolicyHolders | null {
  const { root } = parseXml(xml.replace(/^\uFEFF/, ""));
  if (root?.localName !== "Policy") return null;
  const roles = new Set<string>();
  const packages = new Set<string>();
  for (const rule of childrenNamed(root, "Rule")) {
    const target = childNamed(rule, "Target");
    if (target === null || !permits(rule, target, step)) continue;
    for (const role of valuesOf(target, attribute.role)) roles.add(role.toUpperCase());
    for (const name of valuesOf(target, attribute.accessPackage)) packages.add(name.split(":").at(-1) ?? name);
  }
  return roles.size + packages.size === 0 ? null : { roles: [...roles].sort(), packages: [...packages].sort() };
}

function permits(rule: XmlElement, target: XmlElement, step: PolicyStep): boolean {
  const { action, task } = needs[step];
  const isPermit = rule.attributes.some(({ name, value }) => name === "Effect" && value === "Permit");
  const tasks = valuesOf(target, attribute.task);
  const isInPlace = tasks.length === 0 || (task !== null && tasks.includes(task));
  return isPermit && isInPlace && valuesOf(target, attribute.action).includes(action);
}

/** The values that a rule compares with an attribute, whatever stands between. */
function valuesOf(target: XmlElement, wanted: RegExp): readonly string[] {
  return childrenNamed(target, "AnyOf")
    .flatMap((any) => childrenNamed(any, "AllOf"))
    .flatMap((all) => childrenNamed(all, "Match"))
    .filter((match) => wanted.test(attributeOf(match)))
    .map((match) => childNamed(match, "AttributeValue")?.text.trim() ?? "");
}

function attributeOf(match: XmlElement): string {
  const designator = childNamed(match, "AttributeDesignator");
  return designator?.attributes.find(({ name }) => name === "AttributeId")?.value ?? "";
}

/** Who that is, for people: roles by code and name, packages by name. */
export function holdersText({ roles, packages }: PolicyHolders): Text {
  const say = (language: "en" | "nb"): string => {
    const names = roles.map((code) => {
      const name = policyRoles.find((role) => role.code === code)?.name[language];
      return name === undefined ? code : `${code} (${name})`;
    });
    const word = { en: "access package", nb: "tilgangspakken" }[language];
    return [...names, ...packages.map((name) => `${word} ${name}`)].join(", ");
  };
  return { en: say("en"), nb: say("nb") };
}
