/** What was opened is ended newest first, and only what came to be before something failed. */
export interface Endings {
  readonly add: (end: () => unknown) => void
  readonly all: () => Promise<void>
}

export function endings(): Endings {
  const ends: (() => unknown)[] = []
  return {
    add: (end) => void ends.push(end),
    all: async () => {
      for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end()
    },
  }
}
