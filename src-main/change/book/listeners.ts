export interface Listeners<T> {
  readonly add: (listener: (news: T) => void) => () => void
  readonly tell: (news: T) => void
}

/** A listener's own error goes to `onError`: it must not stop a change. */
export function listeners<T>(onError: (cause: unknown) => void): Listeners<T> {
  const all = new Set<(news: T) => void>()
  return {
    add(listener) {
      all.add(listener)
      return () => all.delete(listener)
    },
    tell(news) {
      for (const listener of [...all]) {
        try {
          listener(news)
        } catch (cause) {
          onError(cause)
        }
      }
    },
  }
}
