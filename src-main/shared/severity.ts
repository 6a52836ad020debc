import { AT_MIN_ISR, HEALTHY, LAGGING, MARK_LEADER_SILENT, OFFLINE, UNDER_MIN_ISR, UNDER_REPLICATED } from './states'

/**
 * How bad a row is, for sorting "worst first": higher is worse, 0 = healthy. A partition whose leader does not answer
 * can neither be read nor written although Metadata calls it fine, so it stands just below offline whatever its state.
 * Not read is worse than healthy and better than anything known to be wrong.
 */
export function severity(state: number, marks: number): number {
  if (state === OFFLINE) return 7
  if ((marks & MARK_LEADER_SILENT) !== 0) return 6
  switch (state) {
    case UNDER_MIN_ISR:
      return 5
    case AT_MIN_ISR:
      return 4
    case UNDER_REPLICATED:
      return 3
    case LAGGING:
      return 2
    case HEALTHY:
      return 0
    default:
      return 1
  }
}
