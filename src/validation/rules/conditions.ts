import type { OpenReason } from "../result.ts";
import type { Assumption, Outcome, Violation } from "./rule.ts";

/** Whether something holds that a rule asks for: known, taken for granted, or open. */
export type Condition = boolean | Assumed | OpenReason;

/** Neither document nor taxpayer facts tell; an option does. */
export interface Assumed {
  readonly holds: boolean;
  readonly assumption: Assumption;
}

/**
 * What becomes of a rule that is broken where all conditions hold. One that is known not to hold clears it, whatever
 * else is open; the first open one is the reason for leaving it open.
 */
export function outcomeWhere(conditions: readonly Condition[], violation: () => Violation | OpenReason): Outcome {
  if (conditions.includes(false)) return "passes";
  const assumed = conditions.filter((condition) => typeof condition === "object");
  const clears = assumed.find(({ holds }) => !holds);
  if (clears !== undefined) return { passesOn: clears.assumption };
  const open = conditions.find((condition) => typeof condition === "string");
  if (open !== undefined) return open;
  const found = violation();
  if (typeof found === "string" || assumed.length === 0) return found;
  return { ...found, assumes: assumed.map(({ assumption }) => assumption) };
}

/** Whether the opposite holds. */
export function not(condition: Condition): Condition {
  if (typeof condition === "boolean") return !condition;
  return typeof condition === "string" ? condition : { ...condition, holds: !condition.holds };
}

/** What the document would tell, were it readable. */
export function whereReadable<Value>(value: Value | null, holds: (value: Value) => boolean): Condition {
  return value === null ? "unreadable" : holds(value);
}
