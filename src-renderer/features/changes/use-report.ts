import { JOURNAL_FORMATS } from '@contract/journal'
import { useBridge } from '../../bridge/bridge'
import type { ReportOffer } from '../../stores/screen'

/** As many changes as one report may hold. */
export const MOST_IN_REPORT = 500

/** A report of these changes for the page's export (X), written by the main process. */
export function useJournalReport(name: string, changes: () => readonly string[]): ReportOffer {
  const { calls } = useBridge()
  return {
    kind: 'journal',
    name,
    ready: () => changes().length > 0,
    makes: JOURNAL_FORMATS.map((format) => ({
      format,
      make: () => calls['journal:export']({ changes: changes().slice(0, MOST_IN_REPORT), format }),
    })),
  }
}
