/** What is summed per broker slot; the meaning of each is in BrokerTrouble, BrokerSummary and SilentBroker. */
export class BrokerSums {
  readonly replicas: Float64Array
  readonly inSync: Float64Array
  readonly adding: Float64Array
  readonly leaders: Float64Array
  readonly troubled: Float64Array
  readonly behind: Float64Array
  readonly lagRecords: Float64Array
  readonly lateMs: Float64Array
  readonly recovering: Float64Array
  readonly rated: Float64Array
  readonly leadsTroubled: Float64Array
  readonly followersTroubled: Float64Array
  readonly thenRefuses: Float64Array
  readonly thenOffline: Float64Array

  constructor(slots: number) {
    const zeros = (): Float64Array => new Float64Array(slots)
    this.replicas = zeros()
    this.inSync = zeros()
    this.adding = zeros()
    this.leaders = zeros()
    this.troubled = zeros()
    this.behind = zeros()
    this.lagRecords = zeros()
    this.lateMs = zeros()
    this.recovering = zeros()
    this.rated = zeros()
    this.leadsTroubled = zeros()
    this.followersTroubled = zeros()
    this.thenRefuses = zeros()
    this.thenOffline = zeros()
  }
}
