import type { Notification } from 'electron'
import type { Notifier } from '../ports/notifier'

/** Kept until it is clicked or closed: one that is collected as garbage hears no click. The oldest of very many are let go. */
const MOST_SHOWN = 50

/** The system's own notifications. What the system refuses is told to `onProblem`, and nobody waits for it. */
export function createNotifier(electron: typeof Notification, onProblem: (cause: unknown) => void): Notifier {
  const shown = new Set<Notification>()
  return {
    supported: electron.isSupported(),
    show({ title, body }, clicked) {
      try {
        const notice = new electron({ title, body })
        const done = (): void => void shown.delete(notice)
        notice.on('click', () => {
          done()
          clicked()
        })
        notice.on('close', done)
        notice.on('failed', (_event, error) => {
          done()
          onProblem(error)
        })
        shown.add(notice)
        for (const oldest of shown) {
          if (shown.size <= MOST_SHOWN) break
          shown.delete(oldest)
        }
        notice.show()
      } catch (cause) {
        onProblem(cause)
      }
    },
  }
}
