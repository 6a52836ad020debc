import type { Settings } from './raw-admin'

/** Takes the rates of a replication throttle away from a broker. */
export const noThrottleRates: Settings = {
  'leader.replication.throttled.rate': null,
  'follower.replication.throttled.rate': null,
}

/** Takes the lists of throttled replicas away from a topic. */
export const noThrottledReplicas: Settings = {
  'leader.replication.throttled.replicas': null,
  'follower.replication.throttled.replicas': null,
}
