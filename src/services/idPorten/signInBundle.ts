/** Everything that talks to ID-porten, in one bundle of its own (openid-client included), loaded on first use. */
export { signIn, superseded } from "./signIn.ts";
export type { PasteRequest, SignInOptions } from "./signIn.ts";
export type { SignedIn } from "./attempt.ts";
export { signInTestPerson } from "./testPerson.ts";
export { refreshSession } from "./refresh.ts";
export { signOutRemotely } from "./signOut.ts";
export type { SignOutResult } from "./signOut.ts";
export { checkLive } from "./liveCheck.ts";
export type { LiveCheckOptions, LiveStep } from "./liveCheck.ts";
