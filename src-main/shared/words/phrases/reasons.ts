/** Why something could not be found out (change/plan/facts/, and rules whose facts are not there). They follow "Could not be computed:". */
import { phrases } from '../table'

export const REASONS = phrases({
  'why.silent': {
    args: { broker: 'number' },
    en: 'broker {broker} does not answer',
    'zh-CN': 'Broker {broker} 无响应',
  },
  'why.too-old': {
    args: { broker: 'number' },
    en: 'broker {broker} is too old to report it',
    'zh-CN': 'Broker {broker} 版本过旧，无法告知',
  },
  'why.lacks': {
    args: { right: 'phrase' },
    en: 'this login lacks {right}',
    'zh-CN': '此登录缺少{right}权限',
  },
  'why.may-lack': {
    args: { broker: 'number', right: 'phrase' },
    en: 'broker {broker} did not report it; this login may lack {right}',
    'zh-CN': 'Broker {broker} 没有告知；此登录可能缺少{right}权限',
  },
  // Operations are named as Kafka's tools name them, so that a right can be granted as read.
  'right.cluster': {
    args: { operation: 'text' },
    en: '{operation} on the cluster',
    'zh-CN': '集群的 {operation} ',
  },
  'right.topic': {
    args: { operation: 'text' },
    en: '{operation} on the topic',
    'zh-CN': '主题的 {operation} ',
  },
  'right.group': {
    args: { operation: 'text' },
    en: '{operation} on the group',
    'zh-CN': '消费者组的 {operation} ',
  },
  'why.brokers-differ': {
    args: { key: 'text' },
    en: 'brokers report different values of {key}',
    'zh-CN': '各 Broker 的 {key} 不同',
  },
  'why.timestamps-unread': {
    args: { key: 'text' },
    en: 'record timestamps are not checked ({key})',
    'zh-CN': '没有检查记录的时间（{key}）',
  },
  'why.partition-gone': {
    args: {},
    en: 'the partition no longer exists',
    'zh-CN': '该分区已不存在',
  },
  'why.leader-moved': {
    args: {},
    en: 'the leader has moved',
    'zh-CN': 'Leader 已变更',
  },
  'why.leader-new': {
    args: {},
    en: 'the new leader has not reported it yet',
    'zh-CN': '新的 Leader 尚未告知',
  },
  'why.elr-untold': {
    args: {},
    en: 'no broker has reported yet whether the cluster keeps eligible leader replicas (ELR)',
    'zh-CN': '尚无 Broker 告知集群是否维护合格 Leader 副本（ELR）',
  },
  'why.error': {
    args: { error: 'number' },
    en: 'Kafka refused with error {error}',
    'zh-CN': 'Kafka 以错误 {error} 拒绝',
  },
  'why.list-lacks': {
    args: { right: 'phrase' },
    en: 'this login lacks {right}, so groups may be missing from the list',
    'zh-CN': '此登录缺少{right}权限，列表中可能缺少消费者组',
  },
  'why.list-untold': {
    args: {},
    en: 'the brokers do not report whether groups are missing from the list',
    'zh-CN': 'Broker 不告知列表中是否缺少消费者组',
  },
  'why.list-failed': {
    args: { text: 'said' },
    en: 'whether groups are missing from the list: {text}',
    'zh-CN': '列表中是否缺少消费者组：{text}',
  },
  'why.many-groups': {
    args: { most: 'count' },
    en: 'there are more than {most} groups',
    'zh-CN': '消费者组超过 {most} 个',
  },
  'why.groups-late': {
    args: { within: 'ms' },
    en: 'not all groups could be queried within {within}',
    'zh-CN': '{within}内未能询问所有消费者组',
  },
  'why.of-group': {
    args: { group: 'text', why: 'phrase' },
    en: 'group {group}: {why}',
    'zh-CN': '消费者组 {group}：{why}',
  },
  'why.deletable-unread': {
    args: {},
    en: 'the deletable records were not read',
    'zh-CN': '未读取哪些记录会变为可删除',
  },
  'why.leaderless': {
    args: { partition: 'number' },
    en: 'partition {partition} has no leader',
    'zh-CN': '分区 {partition} 没有 Leader',
  },
  'why.all-leaderless': {
    args: {},
    en: 'no partition has a leader',
    'zh-CN': '没有分区有 Leader',
  },
  'why.samples-late': {
    args: { within: 'ms' },
    en: 'not all topics could be sampled within {within}',
    'zh-CN': '{within}内未能查看所有主题',
  },
  'why.not-asked': {
    args: {},
    en: 'it was not requested',
    'zh-CN': '没有询问',
  },
  'why.limit-untold': {
    args: { key: 'text' },
    en: 'the resulting {key} is not reported',
    'zh-CN': '未告知 {key} 届时的值',
  },
  'why.tiered': {
    args: {},
    en: 'the share of the log in remote storage is not reported',
    'zh-CN': '未告知日志有多少在远程存储中',
  },
  'why.setting-untold': {
    args: { key: 'text' },
    en: '{key} is not reported',
    'zh-CN': '未告知 {key}',
  },
  'why.policy-untold': {
    args: {},
    en: 'the current cleanup policy is not reported',
    'zh-CN': '未告知现在的清理策略',
  },
  'why.version-unknown': {
    args: {},
    en: 'the Kafka version of the brokers is not known',
    'zh-CN': 'Broker 的 Kafka 版本未知',
  },
  'why.nothing-read': {
    args: {},
    en: 'no record could be read',
    'zh-CN': '没有能读取的记录',
  },
  'why.compressed': {
    args: { codec: 'text' },
    en: 'records are compressed with {codec}',
    'zh-CN': '记录以 {codec} 压缩',
  },
  'why.more': {
    args: { count: 'count' },
    en: 'and {count} more',
    'zh-CN': '另有 {count} 项',
  },
})
