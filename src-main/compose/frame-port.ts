/** One frame port per page load: made when the page has loaded, dropped when it goes away. */
import { MessageChannelMain } from 'electron'
import type { BrowserWindow } from 'electron'
import type { PushMessage } from '../contract/frame'
import { FRAME_PORT_MESSAGE } from '../contract/ipc'
import { pushAckSchema } from '../contract/schemas'
import { createPush } from '../ipc/push'
import type { Push } from '../ipc/push'
import type { ClusterSession } from '../monitor/session'
import type { Log } from '../shell/log'
import { mayNavigate } from '../shell/navigation'
import { watchVisibility } from '../shell/window'

export interface FramePort {
  readonly push: () => Push | null
  /** Pushes that showed a complete reading and were acknowledged, over all loads. */
  readonly painted: () => number
}

export function keepFramePort(
  window: BrowserWindow,
  origin: string,
  {
    sessions,
    dropped,
    log,
  }: {
    readonly sessions: () => readonly ClusterSession[]
    /** The page load of this port has gone away. */
    readonly dropped: (push: Push) => void
    readonly log: Log
  },
): FramePort {
  let push: Push | null = null
  let visible = false
  let painted = 0
  const complete = new Set<number>()

  const drop = (): void => {
    if (push !== null) {
      push.close()
      dropped(push)
    }
    push = null
    complete.clear()
  }

  const note = (message: PushMessage): void => {
    if (message.type !== 'frame' && message.type !== 'delta') return
    const { seq, summary } = message.type === 'frame' ? message.frame : message.delta
    if (summary.headline.level === 'unread') return
    // A page that never acknowledges must not make this grow.
    if (complete.size >= 100) complete.clear()
    complete.add(seq)
  }

  const connect = (): void => {
    drop()
    // Whoever holds the port reads the cluster, so it is for our own page only.
    if (!mayNavigate(window.webContents.getURL(), origin)) return
    const { port1, port2 } = new MessageChannelMain()
    const made = createPush({
      post: (message) => {
        note(message)
        port1.postMessage(message)
      },
      timers: {
        set: (callback, ms) => setTimeout(callback, ms),
        clear: (timer) => clearTimeout(timer as NodeJS.Timeout),
      },
      visible,
      onError: (cause) => log.error('push', cause),
    })
    port1.on('message', (event) => {
      const ack = pushAckSchema.safeParse(event.data)
      if (!ack.success) return
      if (complete.delete(ack.data.seq)) painted += 1
      made.acknowledged(ack.data)
    })
    port1.start()
    push = made
    window.webContents.postMessage(FRAME_PORT_MESSAGE, null, [port2])
    for (const session of sessions()) made.attach(session)
  }

  watchVisibility(window, (nowVisible) => {
    visible = nowVisible
    push?.shown(nowVisible)
  })
  // Another document has taken the page's place; its own port comes when it has loaded.
  window.webContents.on('did-navigate', drop)
  window.webContents.on('did-finish-load', connect)
  window.webContents.on('render-process-gone', drop)
  window.on('closed', drop)
  return { push: () => push, painted: () => painted }
}
