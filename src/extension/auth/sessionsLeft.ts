interface Held {
  readonly id: string;
  readonly account: { readonly id: string };
}

/**
 * The sessions that an account keeps when one of its sessions goes, and that are not reported anyway. VS Code strikes an
 * account off the Accounts menu with any of its sessions, and puts it back for those that are reported as changed.
 *
 * @param held all sessions as they are after the change, by id
 */
export function sessionsLeft<Session extends Held>(
  change: {
    readonly added: readonly Session[];
    readonly removed: readonly Session[];
    readonly changed: readonly Session[];
  },
  held: ReadonlyMap<string, Session>,
): readonly Session[] {
  const accounts = new Set(change.removed.map(({ account }) => account.id));
  const reported = new Set([...change.added, ...change.changed].map(({ id }) => id));
  return [...held.values()].filter(({ id, account }) => accounts.has(account.id) && !reported.has(id));
}
