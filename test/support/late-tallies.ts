/** Tallies as the main process makes them, for tests of who reads them. */
export { LateTallies } from '../../src-main/domain/advisor/tally'
export type { Excursion } from '../../src-main/domain/advisor/excursions'
