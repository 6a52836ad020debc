import type { WatchedCluster } from '../contract/telling'
import { signOf, worstSign } from '../domain/telling/worst'
import { printable } from '../shared/printable'
import type { Language } from '../shared/words/language'
import type { Phrase } from '../shared/words/phrase'
import { say } from '../shared/words/say'
import type { TrayState } from '../shell/tray'

type Shown = Omit<WatchedCluster, 'hook'>

const HOW = {
  short: { id: 'tray.how.short', args: {} },
  away: { id: 'tray.how.away', args: {} },
  oneAway: { id: 'tray.how.oneAway', args: {} },
  blind: { id: 'tray.how.blind', args: {} },
  refuses: { id: 'tray.how.refuses', args: {} },
  offline: { id: 'tray.how.offline', args: {} },
  lost: { id: 'tray.how.lost', args: {} },
  well: { id: 'tray.how.well', args: {} },
  unknown: { id: 'tray.how.unknown', args: {} },
  connecting: { id: 'tray.how.connecting', args: {} },
  paused: { id: 'tray.how.paused', args: {} },
  password: { id: 'tray.how.password', args: {} },
  failed: { id: 'tray.how.failed', args: {} },
  full: { id: 'tray.how.full', args: {} },
} as const satisfies Readonly<Record<string, Phrase>>

function howOf({ state, worst, known }: Shown): Phrase {
  if (state !== 'watching' && state !== 'blind' && state !== 'off') return HOW[state]
  if (worst !== null) return HOW[worst]
  return known && state === 'watching' ? HOW.well : HOW.unknown
}

/** Of what is open or to be watched; the worst of it is the sign. */
export function trayState(clusters: readonly Shown[], paused: boolean, language: Language): TrayState {
  const words = (phrase: Phrase): string => say(language, phrase, printable)
  const watched = clusters.filter(({ state }) => state !== 'off')
  const signs = watched.map(({ state, worst, known }) => signOf(worst, known && state === 'watching'))
  const sign = worstSign(signs)
  const first = watched[signs.indexOf(sign)]
  const how: Phrase =
    first === undefined
      ? { id: 'tray.nothing', args: {} }
      : {
          id: 'tray.row',
          args: { environment: first.environment.toUpperCase(), cluster: first.name, how: howOf(first) },
        }
  return {
    sign,
    paused,
    rows: watched.map((one) => ({
      cluster: one.cluster,
      incident: one.incident,
      label: words({
        id: 'tray.row',
        args: { environment: one.environment.toUpperCase(), cluster: one.name, how: howOf(one) },
      }),
    })),
    words: {
      tip: words(paused ? { id: 'tray.tip.paused', args: { how } } : { id: 'tray.tip', args: { how } }),
      open: words({ id: 'tray.open', args: {} }),
      pause: words({ id: 'tray.pause', args: {} }),
      resume: words({ id: 'tray.resume', args: {} }),
      nothing: words({ id: 'tray.nothing', args: {} }),
      quit: words({ id: 'tray.quit', args: {} }),
    },
  }
}
