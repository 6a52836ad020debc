import type { Incident } from '@contract/history'
import type { Say } from '../common/say'
import { counted } from '../common/say'
import { incidentTitle } from './incident-words'
import { isOpen } from './span-words'

/** The page's first line: what is open now, else how many there were. `more`: others are not read yet. */
export function historyLine(say: Say, incidents: readonly Incident[], more: boolean): string {
  const [newest] = incidents
  if (newest === undefined) return say.t('history.calm')
  if (isOpen(newest)) return say.t('history.nowOpen', { title: incidentTitle(say, newest) })
  return counted(say, 'history.count', { atLeast: incidents.length, complete: !more })
}
