import { createHash } from "node:crypto";
import { findPerson, organisations, personName, persons, type Person } from "../persons.ts";

/** A person as Altinn knows one: by numbers of its own. */
export interface AltinnUser {
  readonly userId: number;
  readonly partyId: number;
  readonly userName: string;
  readonly person: Person;
}

export interface AltinnOrganisation {
  readonly partyId: number;
  readonly organisationNumber: string;
  readonly name: string;
}

const firstUserId = 20_001;
const firstPersonPartyId = 51_000_001;
const organisationPartyBase = 50_000_000;

const users: readonly AltinnUser[] = persons.map((person, index) => ({
  userId: firstUserId + index,
  partyId: firstPersonPartyId + index,
  userName: `sandbox${String(firstUserId + index)}`,
  person,
}));

const known: readonly AltinnOrganisation[] = Object.values(organisations).map(({ organisationNumber, name }) => ({
  // From the number itself, so that it stays the same when organisations are added.
  partyId: organisationPartyBase + (Number(organisationNumber) % 1_000_000),
  organisationNumber,
  name,
}));

export function userOfPerson(nationalIdentityNumber: string): AltinnUser | null {
  const person = findPerson(nationalIdentityNumber);
  return users.find((user) => user.person === person) ?? null;
}

export function userById(userId: number): AltinnUser | null {
  return users.find((user) => user.userId === userId) ?? null;
}

export function organisationByNumber(organisationNumber: string): AltinnOrganisation | null {
  return known.find((organisation) => organisation.organisationNumber === organisationNumber) ?? null;
}

export function organisationByParty(partyId: number): AltinnOrganisation | null {
  return known.find((organisation) => organisation.partyId === partyId) ?? null;
}

/** The codes of the roles that a person holds for an organisation. */
export function rolesOf(user: AltinnUser, organisationNumber: string): readonly string[] {
  return (
    user.person.organisations.find((organisation) => organisation.organisationNumber === organisationNumber)?.roles ??
    []
  );
}

export function userDisplayName(userId: number): string {
  const user = userById(userId);
  return user === null ? "" : personName(user.person);
}

/** A UUID that is always the same for the same party. */
export function partyUuid(partyId: number): string {
  const hex = createHash("sha256")
    .update(`party ${String(partyId)}`)
    .digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
