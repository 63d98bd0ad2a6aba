import assert from "node:assert/strict";
import { defaultClientIds } from "../../../src/sandbox/clients.ts";
import {
  authorizeRequest,
  Browser,
  claims,
  fullScope,
  location,
  manager,
  redeem,
  signIn,
  start,
  testLogin,
  type RunningSandbox,
} from "./support.ts";

describe("sandbox: a login", () => {
  let sandbox: RunningSandbox;
  let issuer: string;

  before(async () => {
    sandbox = await start();
    ({ issuer } = sandbox);
  });
  after(() => sandbox.close());

  it("goes from the page to the tokens as in a browser", async () => {
    const browser = new Browser();
    const request = authorizeRequest(issuer, { ui_locales: "en" });
    const page = await browser.request(request.url);
    const pageUrl = new URL(location(page).pathname, issuer).href;
    const shown = await browser.request(pageUrl);
    assert.equal(shown.status, 200);
    const html = await shown.text();
    assert.match(html, /This is not ID-porten/);
    assert.match(html, /Modig Furustamme/);

    const done = await browser.follow(pageUrl, issuer, {
      person: manager,
      level: "idporten-loa-high",
    });
    const back = location(done);
    assert.equal(done.status, 302);
    assert.equal(`${back.origin}${back.pathname}`, "http://127.0.0.1:40001/callback");
    assert.equal(back.searchParams.get("iss"), issuer);
    assert.equal(back.searchParams.get("state"), "the-state");

    const { status, body } = await redeem(issuer, request, back.searchParams.get("code") ?? "");
    assert.equal(status, 200);
    assert.equal(body["token_type"], "Bearer");
    assert.deepEqual(String(body["scope"]).split(" ").sort(), fullScope.split(" ").sort());
    const idToken = claims(body["id_token"]);
    assert.deepEqual(
      { ...idToken, sub: "", iat: 0, exp: 0, auth_time: 0, jti: "" },
      {
        sub: "",
        amr: ["TestID"],
        acr: "idporten-loa-high",
        iss: issuer,
        aud: defaultClientIds.desktop,
        pid: manager,
        locale: "nb",
        nonce: "the-nonce",
        name: "Modig Furustamme",
        given_name: "Modig",
        family_name: "Furustamme",
        auth_time: 0,
        iat: 0,
        exp: 0,
        jti: "",
      },
    );
    assert.equal(Number(idToken["exp"]) - Number(idToken["iat"]), 120);
    const access = claims(body["access_token"]);
    assert.deepEqual(
      { ...access, iat: 0, exp: 0, jti: "", scope: "" },
      {
        sub: manager,
        pid: manager,
        acr: "idporten-loa-high",
        scope: "",
        iss: issuer,
        client_amr: "none",
        token_type: "Bearer",
        client_id: defaultClientIds.desktop,
        client_orgno: "319055274",
        consumer: { authority: "iso6523-actorid-upis", ID: "0192:319055274" },
        iat: 0,
        exp: 0,
        jti: "",
      },
    );
    assert.equal(sandbox.idPorten.verifyAccessToken(String(body["access_token"]))?.["pid"], manager);
  });

  it("with login_hint is one redirect, and no page", async () => {
    const response = await new Browser().request(authorizeRequest(issuer, testLogin).url);
    assert.equal(response.status, 302);
    assert.ok(location(response).searchParams.get("code"));
  });

  it("gives a public client no refresh token, and the default lifetime where none is registered", async () => {
    const { body } = await signIn(issuer, { client_id: defaultClientIds.desktopShort });
    assert.equal(body["refresh_token"], undefined);
    assert.equal(body["expires_in"], 120);
  });
});
