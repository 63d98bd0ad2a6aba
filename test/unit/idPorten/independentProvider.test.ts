import assert from "node:assert/strict";
import { OAuth2Server } from "oauth2-mock-server";
import { readOwnEnvironment } from "../../../src/services/environmentSchema.ts";
import { scopesFor } from "../../../src/services/environments.ts";
import { signIn } from "../../../src/services/idPorten/signIn.ts";
import { signOutRemotely } from "../../../src/services/idPorten/signOut.ts";
import { browse, contextFor, problemOf } from "./support.ts";

/** An identity provider that nobody here wrote: what works with it works by the standard. */
describe("an independent provider, through an environment of the user's own", () => {
  const provider = new OAuth2Server();

  before(async () => {
    await provider.issuer.keys.generate("RS256");
    await provider.start(0, "127.0.0.1");
  });
  after(() => provider.stop());
  afterEach(() => provider.service.removeAllListeners());

  const own = (): ReturnType<typeof contextFor> => {
    const { port } = provider.address();
    provider.issuer.url = `http://127.0.0.1:${port}`;
    const reading = readOwnEnvironment({
      name: "independent",
      issuer: provider.issuer.url,
      clientId: "some-client",
      redirectUris: ["http://127.0.0.1:0/callback"],
      // The one scope that this provider grants to everybody.
      scopes: { validation: ["openid", "dummy"] },
    });
    assert.ok(reading.ok);
    return contextFor(reading.environment);
  };

  const withClaims = (claims: Readonly<Record<string, unknown>>): void => {
    provider.service.on("beforeTokenSigning", (token: { readonly payload: Record<string, unknown> }) =>
      Object.assign(token.payload, claims),
    );
  };

  const start = (context: ReturnType<typeof contextFor>): ReturnType<typeof signIn> =>
    signIn(context, {
      scopes: scopesFor(context.environment, ["validation"]),
      language: "nb",
      lingerMilliseconds: 0,
      openBrowser: (url) => {
        void browse(url);
        return Promise.resolve(true);
      },
    });

  it("signs in", async () => {
    const context = own();
    withClaims({ acr: "idporten-loa-high" });
    const { session } = await start(context);
    assert.equal(session.environment, "independent");
    assert.equal(session.acr, "idporten-loa-high");
    assert.ok(session.tokens.access.length > 0);
    assert.match(session.account.label, /^Person [0-9A-Z]{6}$/);
  });

  it("is refused where it says nothing of the security level", async () => {
    assert.equal((await problemOf(start(own()), "acrTooLow")).got, null);
  });

  it("is refused with a nonce of its own", async () => {
    const context = own();
    withClaims({ acr: "idporten-loa-high", nonce: "of its own" });
    assert.equal((await problemOf(start(context), "idTokenRefused")).fault, "nonce");
  });

  it("signs out", async () => {
    const context = own();
    withClaims({ acr: "idporten-loa-high" });
    const { session } = await start(context);
    const result = await signOutRemotely(context, session);
    assert.deepEqual(result.problems, []);
    assert.ok(result.logoutUrl !== null && result.logoutUrl.startsWith(context.environment.issuer));
    assert.ok(!result.logoutUrl.includes(session.tokens.access));
  });
});
