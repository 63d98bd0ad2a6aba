import assert from "node:assert/strict";
import { sessionsLeft } from "../../../src/extension/auth/sessionsLeft.ts";

describe("what VS Code is told when one of an account's sessions goes", () => {
  const session = (
    id: string,
    account: string,
  ): { readonly id: string; readonly account: { readonly id: string } } => ({
    id,
    account: { id: account },
  });
  const [whole, validation, others] = [session("whole", "a"), session("validation", "a"), session("others", "b")];
  const held = (...sessions: readonly (typeof whole)[]): ReadonlyMap<string, typeof whole> =>
    new Map(sessions.map((one) => [one.id, one]));
  const none = { added: [], removed: [], changed: [] };

  it("names the account's other session, so that the account stays in the menu", () => {
    assert.deepEqual(sessionsLeft({ ...none, removed: [whole] }, held(validation, others)), [validation]);
  });

  it("names none where the account has none left, or nothing goes", () => {
    assert.deepEqual(sessionsLeft({ ...none, removed: [whole] }, held(others)), []);
    assert.deepEqual(sessionsLeft({ ...none, added: [whole] }, held(whole, validation)), []);
  });

  it("names none twice", () => {
    const replaced = { added: [whole], removed: [validation], changed: [] };
    assert.deepEqual(sessionsLeft(replaced, held(whole)), []);
  });
});
