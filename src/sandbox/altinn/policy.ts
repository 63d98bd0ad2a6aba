import { authority, type TaskId } from "./state.ts";

export type PolicyAction = "instantiate" | "read" | "write" | "delete" | "confirm" | "complete";
/** Where a rule holds: in a task, at the end, or anywhere. */
type PolicyPlace = TaskId | "EndEvent_1" | "anywhere";

interface PolicyRule {
  readonly about: string;
  readonly roles: readonly string[];
  readonly authority: boolean;
  readonly places: readonly PolicyPlace[];
  readonly actions: readonly PolicyAction[];
}

const signing = ["A0239", "SISKD", "KNUF"] as const;
const all = ["REGNA", "A0237", "A0238", "A0240", ...signing] as const;

/** The lowest authentication level that the policy takes. */
export const minimumLevel = 2;

/** Who may do what, where: the facts of the app's policy as published in 2023. */
const rules: readonly PolicyRule[] = [
  {
    about: "Everybody with one of the roles begins and reads VAT returns; so does the authority.",
    roles: all,
    authority: true,
    places: ["anywhere"],
    actions: ["instantiate", "read"],
  },
  {
    about: "Everybody with one of the roles fills in, and deletes what is not sent or has come to its end.",
    roles: all,
    authority: false,
    places: ["Task_1", "EndEvent_1"],
    actions: ["write", "delete"],
  },
  {
    about: "Only who may sign submits.",
    roles: signing,
    authority: false,
    places: ["Task_2"],
    actions: ["write", "confirm", "delete"],
  },
  {
    about: "The authority writes, confirms and deletes everywhere.",
    roles: [],
    authority: true,
    places: ["anywhere"],
    actions: ["delete", "write", "confirm"],
  },
  {
    about: "The authority completes what has come to its end.",
    roles: [],
    authority: true,
    places: ["EndEvent_1"],
    actions: ["complete"],
  },
];

/** Whether somebody with these roles may do this. @param place the task; `EndEvent_1` after the end, null before any. */
export function mayDo(roles: readonly string[], action: PolicyAction, place: TaskId | "EndEvent_1" | null): boolean {
  return rules.some(
    (rule) =>
      rule.actions.includes(action) &&
      rule.places.some((own) => own === "anywhere" || own === place) &&
      rule.roles.some((role) => roles.includes(role)),
  );
}

const xacmlFunction = "urn:oasis:names:tc:xacml";
const text = "http://www.w3.org/2001/XMLSchema#string";

interface Match {
  readonly value: string;
  readonly attribute: string;
  readonly category: string;
}

const role = (value: string): Match => ({
  value,
  attribute: "urn:altinn:rolecode",
  category: `${xacmlFunction}:1.0:subject-category:access-subject`,
});
const owner: Match = {
  value: authority.org,
  attribute: "urn:altinn:org",
  category: `${xacmlFunction}:1.0:subject-category:access-subject`,
};
const resource = (attribute: string, value: string): Match => ({
  value,
  attribute,
  category: `${xacmlFunction}:3.0:attribute-category:resource`,
});
const action = (value: PolicyAction): Match => ({
  value,
  attribute: `${xacmlFunction}:1.0:action:action-id`,
  category: `${xacmlFunction}:3.0:attribute-category:action`,
});

function placeMatches(app: string, place: PolicyPlace): readonly Match[] {
  const base = [resource("urn:altinn:org", authority.org), resource("urn:altinn:app", app)];
  if (place === "anywhere") return base;
  return [...base, resource(place === "EndEvent_1" ? "urn:altinn:end-event" : "urn:altinn:task", place)];
}

function anyOf(alternatives: readonly (readonly Match[])[]): string {
  const match = ({ value, attribute, category }: Match): string =>
    `<xacml:Match MatchId="${xacmlFunction}:3.0:function:string-equal-ignore-case">` +
    `<xacml:AttributeValue DataType="${text}">${value}</xacml:AttributeValue>` +
    `<xacml:AttributeDesignator AttributeId="${attribute}" Category="${category}" DataType="${text}" MustBePresent="false"/>` +
    `</xacml:Match>`;
  return `<xacml:AnyOf>${alternatives
    .map((matches) => `<xacml:AllOf>${matches.map(match).join("")}</xacml:AllOf>`)
    .join("")}</xacml:AnyOf>`;
}

function ruleXml(rule: PolicyRule, index: number, app: string): string {
  const subjects = [...rule.roles.map((code) => [role(code)]), ...(rule.authority ? [[owner]] : [])];
  return [
    `  <xacml:Rule RuleId="urn:mva-melding:sandbox:rule:${String(index + 1)}" Effect="Permit">`,
    `    <xacml:Description>${rule.about}</xacml:Description>`,
    `    <xacml:Target>`,
    `      ${anyOf(subjects)}`,
    `      ${anyOf(rule.places.map((place) => placeMatches(app, place)))}`,
    `      ${anyOf(rule.actions.map((name) => [action(name)]))}`,
    `    </xacml:Target>`,
    `  </xacml:Rule>`,
  ].join("\n");
}

/** The same rules as XACML, as the app publishes its policy. */
export function policyXml(app: string): string {
  return [
    `<?xml version="1.0" encoding="utf-8"?>`,
    `<xacml:Policy xmlns:xacml="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="urn:mva-melding:sandbox:policy" Version="1.0" RuleCombiningAlgId="${xacmlFunction}:3.0:rule-combining-algorithm:deny-overrides">`,
    `  <xacml:Target/>`,
    ...rules.map((rule, index) => ruleXml(rule, index, app)),
    `  <xacml:ObligationExpressions>`,
    `    <xacml:ObligationExpression ObligationId="urn:altinn:obligation:authenticationLevel1" FulfillOn="Permit">`,
    `      <xacml:AttributeAssignmentExpression AttributeId="urn:altinn:obligation1-assignment1" Category="urn:altinn:minimum-authenticationlevel">`,
    `        <xacml:AttributeValue DataType="http://www.w3.org/2001/XMLSchema#integer">${String(minimumLevel)}</xacml:AttributeValue>`,
    `      </xacml:AttributeAssignmentExpression>`,
    `    </xacml:ObligationExpression>`,
    `  </xacml:ObligationExpressions>`,
    `</xacml:Policy>`,
    ``,
  ].join("\n");
}
