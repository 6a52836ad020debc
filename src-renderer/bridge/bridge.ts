import type { PushMessage } from '@contract/frame'
import type { HighwaterBridge } from '@contract/ipc'
import type { InjectionKey } from 'vue'
import { inject } from 'vue'

/** All the page knows of the main process: one function per channel, and what is pushed over the frame port. */
export interface Bridge {
  readonly calls: HighwaterBridge
  /** Where a file that was dropped on the window lies; '' = nowhere. */
  readonly pathOf: (file: File) => string
  /** Every push from now on; answers how to stop. A listener that is done has the message acknowledged (the next push may come). */
  readonly onPush: (listener: (message: PushMessage) => void) => () => void
}

export const BRIDGE: InjectionKey<Bridge> = Symbol('bridge')

export function useBridge(): Bridge {
  const bridge = inject(BRIDGE)
  if (bridge === undefined) throw new Error('No bridge is provided')
  return bridge
}
