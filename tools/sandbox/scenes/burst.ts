import { roles } from '../topics'
import type { Scene } from './scene'

const recordsPerSecond = 4000
const lastsMs = 30_000

export const burst: Scene = {
  name: 'burst',
  summary: 'traffic surges to about 4 MB/s for half a minute',
  needs: 'any',
  play: ({ flow, say, healed }) => {
    const surge = flow({ topic: roles.busy, recordsPerSecond, recordBytes: 1000, acks: 1, keys: 5000 })
    const timer = setTimeout(() => surge.stop(), lastsMs)
    healed.addEventListener('abort', () => clearTimeout(timer))
    say(`${roles.busy} gets ${recordsPerSecond} records a second for ${lastsMs / 1000} s.`)
    return Promise.resolve()
  },
}
