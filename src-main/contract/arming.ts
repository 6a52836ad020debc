/** Whether changes can be sent to a cluster now. `armedUntil`: ms since 1970; NaN = not armed; Infinity = the cluster is not read-only. */
export interface ArmState {
  readonly cluster: string
  readonly armedUntil: number
}
export const ARM_MS = 15 * 60_000
