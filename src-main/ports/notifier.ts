/** Tells the person at this machine, outside the window. The shell does it with the system's own notifications; tests write down what they were given. */
export interface Notifier {
  /** False: this system takes none, and whoever relies on them has to be told so. */
  readonly supported: boolean
  /** `clicked`: the person wants to see it. Never throws. */
  show(notice: { readonly title: string; readonly body: string }, clicked: () => void): void
}
