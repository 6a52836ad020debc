import { FRAME_PORT_MESSAGE } from '@contract/ipc'
import type { HighwaterBridge } from '@contract/ipc'
import type { PushAck, PushMessage } from '@contract/frame'
import type { Bridge } from './bridge'

declare global {
  interface Window {
    readonly highwater: HighwaterBridge
    readonly highwaterFiles: { readonly pathOf: (file: File) => string }
  }
}

/** Back-pressure: the main process sends a cluster's next picture once this one is dealt with. Small news needs no answer. */
function acknowledgement(message: PushMessage): PushAck | null {
  if (message.type !== 'frame' && message.type !== 'delta') return null
  const { cluster, seq } = message.type === 'frame' ? message.frame : message.delta
  return { type: 'ack', cluster, seq }
}

/**
 * The bridge over what the preload put on the window. The port arrives by window message from this very window; a later one (the main
 * process made a new one) replaces it. Messages that come before anybody listens are not kept: the store listens first, then fetches.
 */
export function windowBridge(page: Window): Bridge {
  const listeners = new Set<(message: PushMessage) => void>()
  let port: MessagePort | null = null
  page.addEventListener('message', (event: MessageEvent) => {
    const received = event.ports[0]
    if (event.source !== page || event.data !== FRAME_PORT_MESSAGE || received === undefined) return
    port?.close()
    port = received
    port.onmessage = (push: MessageEvent<PushMessage>) => {
      for (const listener of listeners) listener(push.data)
      const ack = acknowledgement(push.data)
      if (ack !== null) received.postMessage(ack)
    }
  })
  return {
    calls: page.highwater,
    pathOf: (file) => page.highwaterFiles.pathOf(file),
    onPush(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
