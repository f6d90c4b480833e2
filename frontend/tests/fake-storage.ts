/** As browsers keep it: entries show up among the object's own keys. `room`: characters that one entry may have. */
export function fakeStorage(room = Number.POSITIVE_INFINITY): Storage {
  const storage = Object.create({
    getItem: (key: string) => (storage as Record<string, string>)[key] ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError')
      ;(storage as Record<string, string>)[key] = value
    },
    removeItem: (key: string) => {
      delete (storage as Record<string, string>)[key]
    },
  }) as Storage
  return storage
}
