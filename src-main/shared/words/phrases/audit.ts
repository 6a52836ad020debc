/** Figures of what the audit found on a cluster (domain/audit/), and why it could not look. What a finding means is words/audit-texts.ts. */
import { phrases } from '../table'

const COUNTS = { partitionCount: 'count', topicCount: 'count' } as const

export const AUDIT = phrases({
  'audit.single-replica': {
    args: COUNTS,
    en: 'Partitions without a copy: {partitionCount}, in {topicCount} of the topics.',
    'zh-CN': '没有副本备份的分区：{partitionCount} 个，涉及 {topicCount} 个主题。',
  },
  'audit.min-isr-one.alone-now': {
    args: COUNTS,
    en: 'Partitions whose leader is alone in the ISR now: {partitionCount}, in {topicCount} of the topics.',
    'zh-CN': '现在 ISR 中只有 Leader 的分区：{partitionCount} 个，涉及 {topicCount} 个主题。',
  },
  'audit.only-on-leader': {
    args: { records: 'records' },
    en: 'Records that no follower had when last read: {records}.',
    'zh-CN': '上次读取时没有任何 Follower 拥有的记录：{records} 条。',
  },
  'audit.min-isr-one.may': {
    args: COUNTS,
    en: 'Partitions with followers that none has to have a record: {partitionCount}, in {topicCount} of the topics. None of their leaders is alone now.',
    'zh-CN':
      '有 Follower 但不要求任何 Follower 拥有记录的分区：{partitionCount} 个，涉及 {topicCount} 个主题。目前没有 Leader 单独在 ISR 中。',
  },
  'audit.min-isr-all': {
    args: COUNTS,
    en: 'Partitions that need every one of their replicas: {partitionCount}, in {topicCount} of the topics.',
    'zh-CN': '需要全部副本的分区：{partitionCount} 个，涉及 {topicCount} 个主题。',
  },
  'audit.min-isr-above.refuses': {
    args: COUNTS,
    en: 'Partitions that refuse every acks=all write: {partitionCount}, in {topicCount} of the topics. The brokers are older than 3.7.',
    'zh-CN': '拒绝所有 acks=all 写入的分区：{partitionCount} 个，涉及 {topicCount} 个主题。Broker 早于 3.7。',
  },
  'audit.min-isr-above.acts-as-rf': {
    args: COUNTS,
    en: 'Partitions that need every replica because the setting asks for more than there are: {partitionCount}, in {topicCount} of the topics.',
    'zh-CN': '因设置要求的副本多于现有副本而需要全部副本的分区：{partitionCount} 个，涉及 {topicCount} 个主题。',
  },
  'audit.min-isr-above.version-unknown': {
    args: COUNTS,
    en: 'Partitions with fewer replicas than the setting asks for: {partitionCount}, in {topicCount} of the topics. Which release the brokers run is not known.',
    'zh-CN': '副本少于设置要求的分区：{partitionCount} 个，涉及 {topicCount} 个主题。Broker 的版本未知。',
  },
  'audit.unclean.on': {
    args: COUNTS,
    en: 'Partitions on which it may happen: {partitionCount}, in {topicCount} of the topics.',
    'zh-CN': '可能发生的分区：{partitionCount} 个，涉及 {topicCount} 个主题。',
  },
  'audit.unclean.not-read': {
    args: COUNTS,
    en: 'Partitions for which it is set: {partitionCount}, in {topicCount} of the topics. These controllers do not read it; they will after an upgrade to 3.9.',
    'zh-CN':
      '设置了该项的分区：{partitionCount} 个，涉及 {topicCount} 个主题。当前控制器不读取它；升级到 3.9 后会读取。',
  },
  'audit.unclean.by-file': {
    args: COUNTS,
    en: 'Partitions for which a broker’s own file says no: {partitionCount}, in {topicCount} of the topics. What the controllers’ files say is not told.',
    'zh-CN':
      '由某个 Broker 自己的文件设为关闭的分区：{partitionCount} 个，涉及 {topicCount} 个主题。控制器文件中的值无法得知。',
  },
  'audit.internal-topics.single': {
    args: COUNTS,
    en: 'Partitions of Kafka’s own topics without a copy: {partitionCount}, in {topicCount} of these topics.',
    'zh-CN': 'Kafka 内部主题中没有副本备份的分区：{partitionCount} 个，涉及 {topicCount} 个内部主题。',
  },
  'audit.internal-topics.few': {
    args: COUNTS,
    en: 'Partitions of Kafka’s own topics: {partitionCount}, in {topicCount} of these topics, though there are brokers for three replicas.',
    'zh-CN': 'Kafka 内部主题的分区：{partitionCount} 个，涉及 {topicCount} 个内部主题，而 Broker 足够放三个副本。',
  },
  'audit.internal-topics.alone': {
    args: COUNTS,
    en: 'Partitions of Kafka’s own topics: {partitionCount}, in {topicCount} of these topics.',
    'zh-CN': 'Kafka 内部主题的分区：{partitionCount} 个，涉及 {topicCount} 个内部主题。',
  },
  'audit.internal-topics.all': {
    args: COUNTS,
    en: 'Partitions of Kafka’s own topics that need every replica: {partitionCount}, in {topicCount} of these topics.',
    'zh-CN': 'Kafka 内部主题中需要全部副本的分区：{partitionCount} 个，涉及 {topicCount} 个内部主题。',
  },
  'audit.one-rack.partitions': {
    args: { ...COUNTS, allPartitionCount: 'count' },
    en: 'Partitions with all replicas in one rack: {partitionCount} of {allPartitionCount}, in {topicCount} of the topics.',
    'zh-CN': '全部副本在同一机架的分区：{allPartitionCount} 个中的 {partitionCount} 个，涉及 {topicCount} 个主题。',
  },
  'audit.one-rack.cluster': {
    args: { rack: 'text' },
    en: 'Every broker names the same rack: {rack}.',
    'zh-CN': '所有 Broker 的机架相同：{rack}。',
  },
  'audit.leaders-skewed': {
    args: { partitionCount: 'count', brokerCount: 'count' },
    en: 'Partitions led elsewhere although their preferred replica is in the ISR: {partitionCount}. Brokers with more than a tenth of theirs away: {brokerCount}.',
    'zh-CN':
      '首选副本在 ISR 中却由其他副本领导的分区：{partitionCount} 个。超过十分之一首选分区不在自己手中的 Broker：{brokerCount} 个。',
  },
  'audit.throttle-left.lists': {
    args: { topicCount: 'count' },
    en: 'Topics with lists of throttled replicas and no reassignment under way: {topicCount}.',
    'zh-CN': '带有限流副本列表且没有进行中的重分配的主题：{topicCount} 个。',
  },
  'audit.throttle-left.rates': {
    args: { brokerCount: 'count' },
    en: 'Brokers with a replication throttle rate while nothing is being reassigned: {brokerCount}.',
    'zh-CN': '没有重分配却设有复制限流的 Broker：{brokerCount} 个。',
  },
  'audit.brokers-differ': {
    args: { key: 'text', brokerCount: 'count' },
    en: 'Of the brokers that told {key} ({brokerCount}), not all have the same.',
    'zh-CN': '告知了 {key} 的 {brokerCount} 个 Broker 的值不完全相同。',
  },
  'audit.elr.off': {
    args: {},
    en: 'The cluster’s metadata.version offers eligible leader replicas, and the feature is at level 0.',
    'zh-CN': '集群的 metadata.version 支持合格 Leader 副本（ELR），而该特性的级别为 0。',
  },
  'audit.elr.useless': {
    args: COUNTS,
    en: 'Partitions for which none is ever kept: {partitionCount}, in {topicCount} of the topics.',
    'zh-CN': '永远不会维护 ELR 的分区：{partitionCount} 个，涉及 {topicCount} 个主题。',
  },
  'audit.retention-unlimited': {
    args: COUNTS,
    en: 'Partitions that only ever grow: {partitionCount}, in {topicCount} of the topics.',
    'zh-CN': '只增不减的分区：{partitionCount} 个，涉及 {topicCount} 个主题。',
  },
  'audit.producers': {
    args: { records: 'records', topicCount: 'count', partitionCount: 'count', within: 'ms' },
    en: 'Records without a producer id that came in within {within}: at least {records}, in {topicCount} of the topics. Partitions looked at: {partitionCount}.',
    'zh-CN':
      '{within} 内写入的没有生产者 ID 的记录：至少 {records} 条，涉及 {topicCount} 个主题。观察的分区：{partitionCount} 个。',
  },
  'audit.quorum.one': {
    args: { voter: 'number' },
    en: 'Controller {voter} is the only one that votes.',
    'zh-CN': '控制器 {voter} 是唯一的投票者。',
  },
  'audit.quorum.even': {
    args: { count: 'count', fail: 'count' },
    en: 'Controllers that vote: {count}. As many may fail as of one less: {fail}.',
    'zh-CN': '投票的控制器：{count} 个。允许故障的数量与少一个时相同：{fail} 个。',
  },
  'audit.metadata-version': {
    args: { level: 'number', has: 'text', software: 'text' },
    en: 'The software of every broker is at least {software}; metadata.version is at level {level} ({has}).',
    'zh-CN': '每个 Broker 的软件至少为 {software}；metadata.version 处于级别 {level}（{has}）。',
  },
  'audit.note.min-of': {
    args: { min: 'count', replicas: 'count' },
    en: '{min} of {replicas}',
    'zh-CN': '{replicas} 中的 {min}',
  },
  'audit.note.prefers': {
    args: { count: 'count' },
    en: 'of {count} that prefer it',
    'zh-CN': '共 {count} 个以其为首选',
  },
  'audit.note.rate': {
    args: { rate: 'bytes' },
    en: '{rate} a second',
    'zh-CN': '每秒 {rate}',
  },
  'audit.note.without-id': {
    args: { records: 'records' },
    en: 'at least {records}',
    'zh-CN': '至少 {records} 条',
  },
  'audit.set-by.topic': {
    args: {},
    en: 'set on the topic',
    'zh-CN': '在主题上设置',
  },
  'audit.set-by.cluster': {
    args: {},
    en: 'set for the whole cluster',
    'zh-CN': '为整个集群设置',
  },
  'audit.set-by.broker': {
    args: { broker: 'number' },
    en: 'set on broker {broker} or in its file',
    'zh-CN': '在 Broker {broker} 上或其文件中设置',
  },
  'audit.set-by.default': {
    args: {},
    en: 'the default of this release',
    'zh-CN': '该版本的默认值',
  },
  'audit.unseen.topics': {
    args: { count: 'count', first: 'text', why: 'phrase' },
    en: { by: 'count', one: 'topic {first}: {why}', other: '{count} topics, {first} the first: {why}' },
    'zh-CN': '{count} 个主题（第一个为 {first}）：{why}',
  },
  'audit.unseen.new-topic': {
    args: {},
    en: 'it came while the audit ran',
    'zh-CN': '它在巡检期间出现',
  },
  'audit.unseen.not-asked': {
    args: {},
    en: 'it was not asked for, as the cluster had stopped answering',
    'zh-CN': '集群停止响应，因此没有询问',
  },
  'audit.unseen.writers': {
    args: { partitionCount: 'count' },
    en: 'partitions in which transactions ended, or whose producers began anew, so that records cannot be told apart: {partitionCount}',
    'zh-CN': '有事务或生产者重新开始、因而无法区分记录的分区：{partitionCount} 个',
  },
  'audit.unseen.racks': {
    args: { partitionCount: 'count' },
    en: 'partitions on a broker that is away or names no rack: {partitionCount}',
    'zh-CN': '位于离线或未声明机架的 Broker 上的分区：{partitionCount} 个',
  },
  'audit.unseen.features': {
    args: {},
    en: 'no broker told its feature levels',
    'zh-CN': '没有 Broker 告知其特性级别',
  },
  'audit.unseen.metadata-version': {
    args: {},
    en: 'the brokers tell no metadata.version',
    'zh-CN': 'Broker 没有告知 metadata.version',
  },
  'audit.unseen.software': {
    args: { broker: 'number' },
    en: 'which release broker {broker} runs is not known',
    'zh-CN': 'Broker {broker} 的版本未知',
  },
  'audit.idle.no-own-topics': {
    args: {},
    en: 'none of Kafka’s own topics is seen; they are made when they are first used',
    'zh-CN': '没有看到 Kafka 的内部主题；它们在首次使用时创建',
  },
  'audit.idle.nothing-written': {
    args: {},
    en: 'nothing was written while it looked',
    'zh-CN': '观察期间没有任何写入',
  },
  'audit.idle.no-racks': {
    args: {},
    en: 'no broker names a rack',
    'zh-CN': '没有 Broker 声明机架',
  },
  'audit.idle.one-broker': {
    args: {},
    en: 'there is one broker',
    'zh-CN': '只有一个 Broker',
  },
  'audit.idle.zookeeper': {
    args: {},
    en: 'the cluster runs with ZooKeeper',
    'zh-CN': '集群使用 ZooKeeper',
  },
  'audit.idle.elr-not-offered': {
    args: {},
    en: 'the cluster’s metadata.version does not offer eligible leader replicas',
    'zh-CN': '集群的 metadata.version 不支持合格 Leader 副本（ELR）',
  },
})
