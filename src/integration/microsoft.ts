import type { GivenFields } from "./registration.ts";

/**
 * What Microsoft's pages on the VAT return ask for, the same for Dynamics 365 Finance and Business Central. Source:
 * “Register an integration point in the ID-porten web portal” (Finance) and “Norwegian VAT reporting” (Business Central).
 */
export const microsoftSettings = {
  application_type: "web",
  token_endpoint_auth_method: "client_secret_post",
  grant_types: ["authorization_code", "refresh_token"],
  authorization_lifetime: 31_536_000,
  access_token_lifetime: 7200,
  refresh_token_lifetime: 0,
  refresh_token_usage: "ONETIME",
} as const;

/** Where the Business Central that Microsoft runs takes the answer. */
export const businessCentralRedirect = "https://www.businesscentral.dynamics.com/OAuthLanding.htm";

/** Which product of Microsoft's a client is for, by where its answers go and by its name; null for others. */
export function productOf({ redirect_uris: uris = [], client_name: name = "" }: GivenFields): string | null {
  const hosts = uris.map((uri) => (URL.canParse(uri) ? new URL(uri).hostname : ""));
  const landsAt = (pattern: RegExp): boolean => hosts.some((host) => pattern.test(host));
  const isBusinessCentral =
    landsAt(/(?:^|\.)businesscentral\.dynamics\.com$/) || uris.some((uri) => /\/OAuthLanding\.htm$/i.test(uri));
  if (isBusinessCentral || /business central/i.test(name)) return "Dynamics 365 Business Central";
  return landsAt(/\.dynamics\.com$/) || /dynamics 365/i.test(name) ? "Dynamics 365 Finance" : null;
}
