/** Settings as a broker tells them, for tests of the pages about them. */
import type { BrokerConfigView, ConfigValue, TopicAudit, TopicConfigView } from '@contract/config'
import { CONFIG_TYPES } from '@contract/config'

export const typeCode = (name: (typeof CONFIG_TYPES)[number]): number => CONFIG_TYPES.indexOf(name)

/** Kafka's default unless `source` says otherwise; an override inherits `inherited` from the cluster default. */
export function configValue(
  name: string,
  value: string | null,
  more: Partial<ConfigValue> & { readonly was?: string } = {},
): ConfigValue {
  const { was, ...rest } = more
  const source = rest.source ?? (was === undefined ? 5 : 1)
  return {
    name,
    value,
    source,
    type: typeCode('long'),
    sensitive: false,
    readOnly: false,
    inherited: was === undefined ? { value, source } : { value: was, source: 3 },
    ...rest,
  }
}

export const TOPIC_VALUES: readonly ConfigValue[] = [
  configValue('retention.ms', '259200000', { was: '604800000' }),
  configValue('segment.bytes', '1073741824', { type: typeCode('int') }),
  configValue('min.insync.replicas', '1', { was: '2', type: typeCode('int') }),
  configValue('unclean.leader.election.enable', 'false', { type: typeCode('boolean') }),
  configValue('cleanup.policy', 'delete', { type: typeCode('list') }),
  configValue('vendor.secret', null, { sensitive: true, type: typeCode('password'), source: 4 }),
]

export const AUDIT: TopicAudit = {
  findings: ['leader-alone'],
  notTold: [],
  partitions: 12,
  replicationFactor: 3,
  minInSyncReplicas: 1,
  alone: 3,
  onlyOnLeaderRecords: 1240,
  fix: [{ key: 'min.insync.replicas', op: 'set', value: '2' }],
  readAt: 1_000,
}

export const topicConfig = (more: Partial<TopicConfigView> = {}): TopicConfigView => ({
  topic: 'orders',
  internal: false,
  mayAlter: true,
  audit: null,
  error: 0,
  message: '',
  values: TOPIC_VALUES,
  readAt: 1_000,
  broker: 2,
  ...more,
})

export const brokerConfig = (
  id: number,
  values: readonly ConfigValue[],
  more: Partial<BrokerConfigView> = {},
): BrokerConfigView => ({
  id,
  error: 0,
  message: '',
  values,
  readAt: 1_000,
  broker: id,
  ...more,
})
