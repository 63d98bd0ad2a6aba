import assert from "node:assert/strict";
import fc from "fast-check";
import * as decimal from "../../../src/vatReturn/decimal.ts";
import type { Decimal } from "../../../src/vatReturn/decimal.ts";

/** Reads what the property tests write, the slow and obvious way. */
function read(text: string): Decimal {
  const parsed = decimal.parseDecimal(text);
  assert.ok(parsed, text);
  return parsed;
}

/** Millionths, as whole numbers: exact for up to six decimals. */
function millionths(text: string): bigint {
  const negative = text.startsWith("-");
  const [whole = "0", fraction = ""] = text.replace(/^[+-]/, "").split(".");
  const size = BigInt((whole === "" ? "0" : whole) + fraction.padEnd(6, "0"));
  return negative ? -size : size;
}

const amounts = fc
  .tuple(fc.constantFrom("", "-", "+"), fc.bigInt(0n, 10n ** 20n), fc.option(fc.stringMatching(/^[0-9]{0,6}$/)))
  .map(([sign, whole, fraction]) => sign + String(whole) + (fraction === null ? "" : `.${fraction}`));

describe("decimal", () => {
  const readable: readonly (readonly [text: string, shown: string])[] = [
    ["0", "0"],
    ["-0", "0"],
    ["+5", "5"],
    ["007", "7"],
    [" 12\n", "12"],
    ["\t-3535.250\r\n", "-3535.25"],
    ["1.", "1"],
    [".5", "0.5"],
    ["-.50", "-0.5"],
    ["1.00", "1"],
    ["999999999999999", "999999999999999"],
    ["-9999999999999999", "-9999999999999999"],
    ["0.0000000000000000001", "0.0000000000000000001"],
    ["9".repeat(400), "9".repeat(400)],
  ];
  for (const [text, shown] of readable) {
    it(`reads ${JSON.stringify(text.slice(0, 30))}`, () => assert.equal(decimal.formatDecimal(read(text)), shown));
  }

  const unreadable = [
    "",
    " ",
    "-",
    "+",
    ".",
    "-.",
    "1,5",
    "1e3",
    "1 000",
    "--1",
    "+-1",
    "1.2.3",
    "NaN",
    "INF",
    "0x1",
    "١",
    "1\u00a0",
    "½",
    "9".repeat(401),
  ];
  for (const text of unreadable) {
    it(`does not read ${JSON.stringify(text.slice(0, 30))}`, () => assert.equal(decimal.parseDecimal(text), null));
  }

  const truncations: readonly (readonly [text: string, whole: string, fraction: boolean])[] = [
    ["3535.25", "3535", true],
    ["-3535.25", "-3535", true],
    ["-0.9", "0", true],
    ["7.000", "7", false],
    ["7", "7", false],
  ];
  for (const [text, whole, fraction] of truncations) {
    it(`cuts ${text} to ${whole}`, () => {
      assert.equal(decimal.formatDecimal(decimal.truncate(read(text))), whole);
      assert.equal(decimal.hasFraction(read(text)), fraction);
    });
  }

  it("turns 11.11 % of 20000 into exactly 2222", () => {
    const product = decimal.multiply(read("20000"), decimal.hundredth(read("11.11")));
    assert.equal(decimal.compare(product, decimal.fromInteger(2222)), 0);
    assert.equal(decimal.formatDecimal(product), "2222");
  });

  it("agrees with whole-number arithmetic on millionths", () => {
    fc.assert(
      fc.property(amounts, amounts, (left, right) => {
        const [a, b] = [read(left), read(right)];
        const [x, y] = [millionths(left), millionths(right)];
        const same = (value: Decimal, expected: bigint, scale: number) =>
          assert.equal(decimal.compare(value, { coefficient: expected, scale }), 0);
        same(a, x, 6);
        same(decimal.add(a, b), x + y, 6);
        same(decimal.subtract(a, b), x - y, 6);
        same(decimal.multiply(a, b), x * y, 12);
        same(decimal.negate(a), -x, 6);
        same(decimal.absolute(a), x < 0n ? -x : x, 6);
        same(decimal.truncate(a), x / 1_000_000n, 0);
        same(decimal.hundredth(a), x, 8);
        assert.equal(decimal.compare(a, b), x < y ? -1 : x > y ? 1 : 0);
        assert.equal(decimal.sign(a), x < 0n ? -1 : x > 0n ? 1 : 0);
        assert.equal(decimal.hasFraction(a), x % 1_000_000n !== 0n);
        assert.deepEqual(millionths(decimal.formatDecimal(a)), x);
      }),
      { numRuns: 500 },
    );
  });
});
