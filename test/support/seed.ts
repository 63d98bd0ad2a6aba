import fc from "fast-check";

/**
 * Loaded by mocha before the tests. Properties draw from the same seed each time, so that a failure tells of a change
 * and not of luck; `MVA_TEST_SEED=random npm test` draws anew and looks further, any number draws from that.
 */
const { MVA_TEST_SEED: wanted = "20261122" } = process.env;
if (wanted !== "random") fc.configureGlobal({ seed: Number(wanted) });
