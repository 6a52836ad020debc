import { useBridge } from '../../bridge/bridge'
import type { ReportOffer } from '../../stores/screen'

/** As many changes as one report may hold. */
export const MOST_IN_REPORT = 500

/** A report of these changes for the page's export (X), written by the main process. */
export function useJournalReport(name: string, changes: () => readonly string[]): ReportOffer {
  const { calls } = useBridge()
  return {
    name,
    explain: 'journal.export.explain',
    ready: () => changes().length > 0,
    make: (format) => calls['journal:export']({ changes: changes().slice(0, MOST_IN_REPORT), format }),
  }
}
