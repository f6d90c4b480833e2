/** Locks as browsers give them, without waiting for one that is taken. */
export function fakeLocks(): LockManager {
  const held = new Set<string>()
  const request = async (name: string, work: () => Promise<void>): Promise<void> => {
    held.add(name)
    await work()
    held.delete(name)
  }
  const query = async () => ({ held: [...held].map(name => ({ name })), pending: [] })
  return { request, query } as unknown as LockManager
}
