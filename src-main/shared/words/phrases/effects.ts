/**
 * What a change does, by the rule that found it (change/plan/guards/). The four counts of COMMON are given to every one of them.
 */
import { effects } from '../table'

/** The same of every rule by which records become deletable. */
const LOSSES = {
  unread: {
    args: { unreadRecords: 'records', groupCount: 'count', groupsText: 'text' },
    en: 'Up to {unreadRecords} records that become deletable are unread by {groupCount} consumer groups ({groupsText}). Once deleted, those groups will never read them.',
    'zh-CN':
      '{groupCount} 个消费者组（{groupsText}）尚未读取的记录中，最多有 {unreadRecords} 条变为可删除。删除后，这些消费者组将读不到它们。',
  },
  deletes: {
    args: { deletableRecords: 'records', freedBytes: 'bytes' },
    en: 'On {partitionShare} up to {deletableRecords} records become deletable, about {freedBytes} over all replicas. Kafka deletes whole segments at its next check (log.retention.check.interval.ms, five minutes by default). This cannot be undone.',
    'zh-CN':
      '{partitionShare}共最多 {deletableRecords} 条记录变为可删除，所有副本合计约 {freedBytes}。整个日志段会在 Kafka 下次检查时删除（log.retention.check.interval.ms，默认五分钟），无法恢复。',
  },
  'nothing-now': {
    args: {},
    en: 'On {topicShare} no stored record was deletable by the new setting, as last read. From then on the setting holds: what becomes older or larger than it allows is deleted, read or not.',
    'zh-CN':
      '{topicShare}按最近一次读取，没有已存储的记录因新设置变为可删除。此后按新设置执行：超出其时间或大小的记录会被删除，无论是否已被读取。',
  },
  unknown: {
    args: {},
    en: 'Which records become deletable, and whether a group has read them, is unknown on {topicShare}.',
    'zh-CN': '{topicShare}无法确定哪些记录会变为可删除，以及是否有消费者组尚未读取。',
  },
} as const

export const EFFECTS = effects({
  'min-isr-raise': {
    'refuses-now': {
      args: { minText: 'text', alreadyCount: 'count' },
      en: 'On {partitionShare} the ISR is smaller than the new minimum ({minText}): acks=all writes are refused at once, and from Kafka 3.7 consumers stop at the high watermark. Already refused there: {alreadyCount}.',
      'zh-CN':
        '{partitionShare}的 ISR 小于新的最小值（{minText}）：acks=all 写入会立即被拒绝，从 Kafka 3.7 起消费者还会停在高水位。其中现在就已拒绝的：{alreadyCount} 个。',
    },
    'one-loss-away': {
      args: { minText: 'text' },
      en: 'On {partitionShare} the ISR has exactly the required number of replicas ({minText}): with one fewer, acks=all writes are refused.',
      'zh-CN': '{partitionShare}的 ISR 恰好等于所需数量（{minText}）：再少一个副本就会拒绝 acks=all 写入。',
    },
    'any-restart': {
      args: { minText: 'text' },
      en: 'On {partitionShare} every replica is needed ({minText}): restarting any broker that holds one blocks acks=all writes.',
      'zh-CN': '{partitionShare}需要全部副本（{minText}）：任何一个持有副本的 Broker 重启都会中断 acks=all 写入。',
    },
    'above-rf': {
      args: { minText: 'text' },
      en: 'On {partitionShare} {minText} is more than the number of replicas. Before Kafka 3.7 every acks=all write is then refused.',
      'zh-CN': '{partitionShare}的副本数少于 {minText}。在 Kafka 3.7 之前，所有 acks=all 写入都会被拒绝。',
    },
    'acts-as-rf': {
      args: { minText: 'text' },
      en: 'On {partitionShare} {minText} is more than the number of replicas. Kafka silently caps it at that number: any restart blocks acks=all writes.',
      'zh-CN':
        '{partitionShare}的副本数少于 {minText}。Kafka 会按副本数生效且不提示：任何一次重启都会中断 acks=all 写入。',
    },
    'survives-any-one': {
      args: {},
      en: 'A leader alone can no longer acknowledge acks=all writes: on {partitionShare} a record acknowledged from then on is on at least two replicas.',
      'zh-CN': 'Leader 不再能独自确认 acks=all 写入：{partitionShare}此后确认的记录至少存在于两个副本上。',
    },
    'silent-in-isr': {
      args: { minText: 'text', brokersText: 'text' },
      en: 'On {partitionShare} an ISR member does not answer (broker {brokersText}). Once it is fenced, fewer than {minText} remain and acks=all writes are refused.',
      'zh-CN':
        '{partitionShare}的 ISR 成员无响应（Broker {brokersText}）。一旦它被隔离，剩余副本少于 {minText}，acks=all 写入会被拒绝。',
    },
    unknown: {
      args: {},
      en: 'The effect of the new minimum is unknown on {topicShare}.',
      'zh-CN': '{topicShare}无法确定新的最小值会有什么影响。',
    },
  },
  'min-isr-lower': {
    'accepts-again': {
      args: { minText: 'text' },
      en: 'On {partitionShare} acks=all writes are refused now and would be accepted again with {minText}.',
      'zh-CN': '{partitionShare}现在拒绝 acks=all 写入，改为 {minText} 后重新接受。',
    },
    'readable-with-next-write': {
      args: {},
      en: 'On {partitionShare} records above the high watermark become readable with the next write. Until then an idle partition does not change; that is not a failure.',
      'zh-CN': '{partitionShare}在下一次写入时，高水位之后的记录才变为可读。在此之前空闲分区保持原样，这不是故障。',
    },
    'fewer-copies': {
      args: { minText: 'text' },
      en: 'On {topicShare} an acknowledged record is guaranteed to be on only {minText} replicas, fewer than before.',
      'zh-CN': '{topicShare}只保证已确认的记录存在于 {minText} 个副本上，少于之前。',
    },
    unknown: {
      args: {},
      en: 'The effect of the lower minimum is unknown on {topicShare}.',
      'zh-CN': '{topicShare}无法确定更低的最小值会有什么影响。',
    },
  },
  'min-isr-one': {
    'leader-alone': {
      args: {},
      en: 'On {partitionShare} a leader that is alone in the ISR then acknowledges acks=all writes. If its broker is lost, those records are lost.',
      'zh-CN':
        '{partitionShare}的 Leader 在 ISR 中只剩自己时也会独自确认写入。其 Broker 一旦丢失，已确认的记录随之丢失。',
    },
    'alone-now': {
      args: {},
      en: 'On {partitionShare} the leader is alone in the ISR now: once this is applied, it acknowledges records that no other replica has.',
      'zh-CN': '{partitionShare}的 ISR 现在只剩 Leader：应用后它会立即确认只有它自己持有的记录。',
    },
  },
  'min-isr-elr': {
    leaderless: {
      args: {},
      en: 'On {partitionShare} there is no leader. Any write to this setting makes Kafka forget which replicas can lead without loss: the partitions stay offline even when all their brokers are back, until an unclean election. Bring the brokers back first.',
      'zh-CN':
        '{partitionShare}没有 Leader。写入此设置（无论何值）会使 Kafka 忘记谁可以无损地领导它们：即使其 Broker 全部恢复，它们仍会离线，直到非同步选举（unclean）。请先恢复其 Broker。',
    },
    clears: {
      args: {},
      en: 'On {partitionShare} the list of eligible leader replicas (ELR) is cleared, whatever the value. If the leader is lost before the ISR has grown, the partition stays offline or loses records.',
      'zh-CN':
        '{partitionShare}的合格 Leader 副本（ELR）列表会被清空。若在 ISR 恢复之前失去 Leader，分区会离线或丢失记录。',
    },
    unknown: {
      args: {},
      en: 'Whether a list of eligible leader replicas (ELR) is cleared is unknown on {topicShare}.',
      'zh-CN': '{topicShare}无法确定是否有合格 Leader 副本（ELR）列表会被清空。',
    },
  },
  acks: {
    'not-told': {
      args: {},
      en: 'Brokers do not report which producers use acks=all. Below min.insync.replicas only their writes are refused; from Kafka 3.7 consumers then stop at the high watermark, whichever acks the producer used.',
      'zh-CN':
        '无法从 Broker 得知哪些生产者使用 acks=all。低于 min.insync.replicas 时只拒绝它们的写入；从 Kafka 3.7 起，无论生产者使用何种 acks，消费者此时都停在高水位。',
    },
  },
  'unclean-enable': {
    leaderless: {
      args: { brokersText: 'text' },
      en: 'On {partitionShare} there is no leader. With this setting Kafka may elect a replica that lacks acknowledged records, even while a broker that has them is returning. Bring broker {brokersText} back instead.',
      'zh-CN':
        '{partitionShare}没有 Leader。启用此设置后，即使持有这些记录的 Broker 正在恢复，Kafka 也可能选出缺少已确认记录的副本。请改为恢复 Broker {brokersText}。',
    },
    'may-lose': {
      args: {},
      en: 'On {partitionShare} a replica outside the ISR may become leader when no other is available. Acknowledged records can then be lost permanently.',
      'zh-CN': '{partitionShare}在没有其他副本可用时，可能由 ISR 之外的副本成为 Leader，已确认的记录可能永久丢失。',
    },
    'old-kraft': {
      args: {},
      en: 'Up to Kafka 3.8 a KRaft cluster ignores this setting; a ZooKeeper cluster applies it, and so does a KRaft cluster after an upgrade to 3.9.',
      'zh-CN':
        '在 Kafka 3.8 及更早版本中，KRaft 集群会忽略此设置；使用 ZooKeeper 的集群会生效，KRaft 集群升级到 3.9 后也会生效。',
    },
    unknown: {
      args: {},
      en: 'Which broker would bring a partition without a leader back is unknown on {topicShare}.',
      'zh-CN': '{topicShare}无法确定哪个 Broker 能恢复没有 Leader 的分区。',
    },
    safer: {
      args: {},
      en: 'On {partitionShare} only a replica that has every acknowledged record can become leader, unless all of them lost power. With no such replica the partition stays offline.',
      'zh-CN':
        '{partitionShare}此后只有持有全部已确认记录的副本才能成为 Leader，除非它们全部断电。没有这样的副本时分区会等待。',
    },
  },
  'retention-ms': {
    ...LOSSES,
    'in-steps': {
      args: { stepCount: 'count', firstMs: 'ms' },
      en: 'It can be done in {stepCount} steps, halving the value each time down to the planned one. The first is {firstMs}; let consumers catch up between steps.',
      'zh-CN': '可以分 {stepCount} 步进行，每步减半，最后一步到计划值。第一步为 {firstMs}；每步之间等待消费者追上。',
    },
    'disk-grows': {
      args: {},
      en: 'On {topicShare} records are kept longer, so every replica uses more disk.',
      'zh-CN': '{topicShare}的记录会保留更久，每个副本占用的磁盘随之增加。',
    },
    unlimited: {
      args: {},
      en: 'On {topicShare} the log is no longer limited by time or size: it grows until the disk is full.',
      'zh-CN': '{topicShare}的日志不再受时间或大小限制：磁盘会一直增长直到写满。',
    },
    'compact-only': {
      args: {},
      en: 'On {topicShare} the cleanup policy does not include delete, so this setting has no effect.',
      'zh-CN': '{topicShare}的清理策略不包含 delete，此设置对其不起作用。',
    },
  },
  'retention-bytes': {
    ...LOSSES,
    'per-partition': {
      args: { upToBytes: 'bytes' },
      en: 'The limit applies to each replica of each partition, not to the topic: up to {upToBytes} in total.',
      'zh-CN': '该限制针对每个分区的每个副本，而不是整个主题：合计最多 {upToBytes}。',
    },
    'below-segment': {
      args: {},
      en: 'On {topicShare} the limit is smaller than one segment (segment.bytes). Only whole segments are deleted, so more than the limit is kept.',
      'zh-CN': '{topicShare}的限制小于一个日志段（segment.bytes）。只会整段删除，实际保留的数据会超过限制。',
    },
    unlimited: {
      args: {},
      en: 'On {topicShare} the log is no longer limited by size, at most by time.',
      'zh-CN': '{topicShare}的日志不再受大小限制，只可能受时间限制。',
    },
    'compact-only': {
      args: {},
      en: 'On {topicShare} the cleanup policy does not include delete, so this setting has no effect.',
      'zh-CN': '{topicShare}的清理策略不包含 delete，此设置对其不起作用。',
    },
  },
  'compact-unkeyed': {
    'without-key': {
      args: { withoutKeyRecords: 'records', sampledRecords: 'records', shareText: 'text' },
      en: '{withoutKeyRecords} of {sampledRecords} sampled records have no key ({shareText}). Compaction drops them, and new records without a key are refused.',
      'zh-CN':
        '抽样的 {sampledRecords} 条记录中有 {withoutKeyRecords} 条没有键（{shareText}）。压实会丢弃它们，新的无键记录会被拒绝。',
    },
    keyed: {
      args: { sampledRecords: 'records' },
      en: 'All {sampledRecords} sampled records have a key, but a sample proves nothing about the rest. Compaction keeps only the newest record of each key, and records without a key are refused.',
      'zh-CN': '抽样的 {sampledRecords} 条记录都有键，但抽样并非证明。压实只保留每个键的最新记录，无键记录会被拒绝。',
    },
    'nothing-stored': {
      args: {},
      en: 'On {topicShare} nothing was stored when last read. Records without a key will be refused.',
      'zh-CN': '{topicShare}在最近一次读取时没有存储记录。此后无键记录会被拒绝。',
    },
    internal: {
      args: {},
      en: 'On {topicShare} Kafka stores its own state. A different cleanup policy can make groups or transactions unusable.',
      'zh-CN': '{topicShare}存放 Kafka 自身的状态。更改清理策略可能使消费者组或事务无法使用。',
    },
    remote: {
      args: {},
      en: 'On {topicShare} remote storage is on. It cannot be combined with compaction: brokers refuse it.',
      'zh-CN': '{topicShare}启用了远程存储。它不能与压实同时使用，Broker 会拒绝。',
    },
    'disk-grows': {
      args: {},
      en: 'On {topicShare} records are no longer deleted by age or size, so the disk used grows with the number of keys.',
      'zh-CN': '{topicShare}的记录不再按时间或大小删除，磁盘占用随键的数量增长。',
    },
    unknown: {
      args: {},
      en: 'Whether stored records have keys is unknown on {topicShare}.',
      'zh-CN': '{topicShare}无法确定已存储的记录是否有键。',
    },
  },
  'compact-to-delete': {
    ...LOSSES,
    'state-topic': {
      args: {},
      en: 'On {topicShare} an application or Kafka itself stores its state. Keys not rewritten within the retention time are lost.',
      'zh-CN': '{topicShare}存放应用程序或 Kafka 自身的状态。在保留期内未再次写入的键会丢失。',
    },
    'old-keys-go': {
      args: {},
      en: 'On {topicShare} records will also be deleted by age and size: keys not rewritten are gone after the retention time.',
      'zh-CN': '{topicShare}的记录此后也会按时间和大小删除：未再次写入的键在保留期过后消失。',
    },
  },
  'cleanup-empty': {
    'nothing-cleaned': {
      args: {},
      en: 'On {topicShare} the cleanup policy becomes empty: nothing is deleted or compacted any more, and the log grows without limit.',
      'zh-CN': '{topicShare}的清理策略变为空：不再删除或压实任何数据，磁盘会逐渐写满。',
    },
    'remote-grows': {
      args: {},
      en: 'On {topicShare} the cleanup policy becomes empty: brokers still drop local segments that were copied, and remote storage grows without limit.',
      'zh-CN': '{topicShare}的清理策略变为空：Broker 仍会丢弃已复制的数据，远程存储会无限增长。',
    },
  },
  tombstones: {
    'gone-sooner': {
      args: { lowestMs: 'ms' },
      en: 'On {topicShare} compaction drops tombstones earlier, as soon as {lowestMs} after it first processes them. A consumer that takes longer to read from the first record to the end may miss one and keep a deleted key.',
      'zh-CN':
        '{topicShare}会更早丢弃墓碑记录（表示删除某个键的记录）：压实首次处理后最短 {lowestMs} 就会丢弃。从第一条记录读到末尾所需时间更长的消费者可能错过墓碑，从而保留已删除的键。',
    },
    unknown: {
      args: {},
      en: 'Whether tombstones are dropped earlier is unknown on {topicShare}.',
      'zh-CN': '{topicShare}无法确定墓碑记录是否会更早被丢弃。',
    },
  },
  'max-message-lower': {
    'larger-seen': {
      args: { limitText: 'text', largestBytes: 'bytes' },
      en: 'Batches of up to {largestBytes} are stored, more than the new limit of {limitText} bytes. Producers that send such batches fail.',
      'zh-CN': '已存储的批次最大为 {largestBytes}，超过新的限制 {limitText} 字节。发送这种批次的生产者会失败。',
    },
    'below-default': {
      args: { limitText: 'text' },
      en: 'On {topicShare} the limit ({limitText} bytes) is below the default of 1048588 bytes, which producers assume.',
      'zh-CN': '{topicShare}的限制（{limitText} 字节）低于生产者所依据的默认值 1048588 字节。',
    },
    fits: {
      args: { limitText: 'text', largestBytes: 'bytes' },
      en: 'The largest sampled batch is {largestBytes} and fits within {limitText} bytes. Larger ones may exist.',
      'zh-CN': '抽样中最大的批次为 {largestBytes}，在 {limitText} 字节以内。可能存在更大的批次。',
    },
    'none-seen': {
      args: { limitText: 'text' },
      en: 'No batch was found to compare with the new limit of {limitText} bytes.',
      'zh-CN': '没有找到可与新的限制 {limitText} 字节相比较的批次。',
    },
    unknown: {
      args: {},
      en: 'The size of stored batches is unknown on {topicShare}.',
      'zh-CN': '{topicShare}无法确定已存储批次的大小。',
    },
  },
  'max-message-raise': {
    large: {
      args: { limitBytes: 'bytes' },
      en: 'On {topicShare} batches of up to {limitBytes} are allowed. Brokers, followers and consumers hold each one in memory, and some consumers reject them.',
      'zh-CN':
        '{topicShare}允许最大 {limitBytes} 的批次。Broker、Follower 和消费者需要把它们完整放入内存，有些消费者会拒绝。',
    },
  },
  compression: {
    recompress: {
      args: { typeText: 'text' },
      en: 'On {topicShare} brokers recompress every batch that does not arrive as {typeText}. This costs CPU on every leader.',
      'zh-CN': '{topicShare}，Broker 会重新压缩所有不是 {typeText} 的批次，每个 Leader 都要为此消耗 CPU。',
    },
    zstd: {
      args: {},
      en: 'On {topicShare} clients before Kafka 2.1 cannot read new records (zstd).',
      'zh-CN': '{topicShare}的新记录无法被 Kafka 2.1 之前的客户端读取（zstd）。',
    },
    grows: {
      args: {},
      en: 'On {topicShare} batches are stored uncompressed: disk and network use grows, and a batch that is then larger than max.message.bytes is refused.',
      'zh-CN': '{topicShare}的批次将不压缩保存：磁盘和网络负担增加，解压后超过 max.message.bytes 的批次会被拒绝。',
    },
    harder: {
      args: {},
      en: 'On {topicShare} brokers compress at a higher level. This costs CPU on every leader.',
      'zh-CN': '{topicShare}的 Broker 会以更高级别压缩，每个 Leader 都要为此消耗 CPU。',
    },
  },
  'segment-small': {
    'no-index': {
      args: {},
      en: 'On {topicShare} the index is too small to hold an entry. Below 12 bytes partitions refuse writes once their next segment starts; below 24 every batch gets its own segment.',
      'zh-CN':
        '{topicShare}的索引小到放不下一个条目。小于 12 字节时，分区在下一个日志段开始后不再接受写入；小于 24 字节时，每个批次都会单独成为一个日志段。',
    },
    'too-many': {
      args: { mostCount: 'count' },
      en: 'On {partitionShare} the current data would be split into up to {mostCount} segments each. Brokers can run out of file handles and memory maps, and stop.',
      'zh-CN':
        '{partitionShare}以现有数据量会被切成最多 {mostCount} 个日志段。文件句柄和内存映射可能耗尽，导致 Broker 停止。',
    },
    'refused-by-broker': {
      args: {},
      en: 'On {topicShare} the segment is below 1 MiB. Brokers refuse that from Kafka 4.1.',
      'zh-CN': '{topicShare}的日志段小于 1 MiB。Kafka 4.1 起 Broker 会拒绝。',
    },
    'too-often': {
      args: { mostCount: 'count' },
      en: 'On {topicShare} a partition collects up to {mostCount} segments within its retention time. Brokers can run out of file handles and memory maps, and stop.',
      'zh-CN':
        '{topicShare}，每个分区在保留期内会累积最多 {mostCount} 个日志段。文件句柄和内存映射可能耗尽，导致 Broker 停止。',
    },
    'for-ever': {
      args: {},
      en: 'On {topicShare} segments are rolled at least every ten minutes and never deleted by age, so their number grows without limit.',
      'zh-CN': '{topicShare}，日志段的生成间隔短于十分钟，且从不按时间删除，数量会无限增长。',
    },
    unknown: {
      args: {},
      en: 'The number of segments is unknown on {topicShare}.',
      'zh-CN': '{topicShare}无法确定会有多少个日志段。',
    },
  },
  'timestamp-type': {
    'log-append': {
      args: {},
      en: 'On {topicShare} new records get the broker’s time. Retention and lookup by time change for them; stored records keep their timestamps.',
      'zh-CN': '{topicShare}的新记录会使用 Broker 的时间。它们的保留期和按时间查找随之改变；已存储的记录保持原有时间。',
    },
    create: {
      args: {},
      en: 'On {topicShare} new records keep the producer’s timestamp. If that clock is wrong, they are deleted too early or kept too long.',
      'zh-CN': '{topicShare}的新记录会保留生产者给出的时间。若其时钟有误，记录会过早删除或保留过久。',
    },
  },
  flush: {
    messages: {
      args: { lowestCount: 'count' },
      en: 'On {topicShare} the broker flushes to disk after as few as {lowestCount} records. Throughput drops; durability comes from replication, not from flushing.',
      'zh-CN': '{topicShare}，Broker 每 {lowestCount} 条记录就写盘一次。吞吐量会下降；持久性靠复制而非刷盘。',
    },
    ms: {
      args: { lowestMs: 'ms' },
      en: 'On {topicShare} the broker flushes to disk as often as every {lowestMs}. Throughput drops; durability comes from replication, not from flushing.',
      'zh-CN': '{topicShare}，Broker 每 {lowestMs} 就写盘一次。吞吐量会下降；持久性靠复制而非刷盘。',
    },
  },
  'remote-storage-off': {
    'may-delete': {
      args: {},
      en: 'On {topicShare} records that are only in remote storage can no longer be read, and may be deleted there. From Kafka 3.9 brokers refuse it without remote.log.delete.on.disable; remote.log.copy.disable keeps them readable.',
      'zh-CN':
        '{topicShare}中仅存在于远程存储的记录将无法读取，并可能在那里被删除。Kafka 3.9 起，未设置 remote.log.delete.on.disable 时 Broker 会拒绝；改用 remote.log.copy.disable 可保持可读。',
    },
    ignored: {
      args: {},
      en: 'On {topicShare} brokers of this version do not stop tiered storage: the setting changes and they keep using it. Kafka 3.9 and later stop it.',
      'zh-CN': '{topicShare}：此版本的 Broker 不会停止分层存储，配置虽已更改，实际仍继续。Kafka 3.9 起才支持。',
    },
    deletes: {
      args: {},
      en: 'On {topicShare} the data in remote storage is deleted (remote.log.delete.on.disable is true). This cannot be undone.',
      'zh-CN': '{topicShare}在远程存储中的数据会被删除（remote.log.delete.on.disable 为 true），无法恢复。',
    },
  },
  'throttle-left': {
    'no-reassignment': {
      args: {},
      en: 'On {topicShare} replicas are throttled although no reassignment is running. If left in place, this slows the next recovery.',
      'zh-CN': '{topicShare}在没有副本重分配时仍限流副本。若遗留下来，会拖慢下一次恢复。',
    },
    'still-moving': {
      args: {},
      en: 'On {topicShare} a reassignment is still running: without the throttle it uses all available bandwidth.',
      'zh-CN': '{topicShare}仍有副本重分配在进行：取消限流后，它会占用所有可用带宽。',
    },
    removed: {
      args: {},
      en: 'On {topicShare} replicas are no longer throttled: lagging followers catch up at full speed, in competition with clients.',
      'zh-CN': '{topicShare}的副本不再被限流：落后的 Follower 会全速追赶。',
    },
    'no-rate': {
      args: {},
      en: 'No broker that was read has a throttle rate, so the list has no effect until one is set.',
      'zh-CN': '已读取的 Broker 都没有设置限流速率，在设置之前该列表不起作用。',
    },
    'too-slow': {
      args: { lowestBytes: 'bytes' },
      en: 'On {topicShare} producers write faster than the throttle allows (as low as {lowestBytes} per second): at this rate followers do not catch up.',
      'zh-CN': '{topicShare}的写入量超过限流允许的速率（最低每秒 {lowestBytes}）：照此速率，Follower 无法追上。',
    },
    unknown: {
      args: {},
      en: 'Whether the throttle suits the reassignment and the produce rate is unknown on {topicShare}.',
      'zh-CN': '{topicShare}无法确定限流是否与副本重分配和写入量相符。',
    },
  },
  'internal-topic': {
    internal: {
      args: {},
      en: 'On {topicShare} Kafka stores its own state. A wrong setting here can stop groups or transactions across the whole cluster.',
      'zh-CN': '{topicShare}存放 Kafka 自身的状态。错误的设置可能使整个集群的消费者组或事务中断。',
    },
  },
  'busy-cluster': {
    offline: {
      args: {},
      en: 'Partitions without a leader in this cluster now: {partitionCount}. The effect of this change is hard to tell apart from that trouble.',
      'zh-CN': '此集群现在没有 Leader 的分区：{partitionCount} 个。届时难以区分是此变更还是该故障的影响。',
    },
    reassigning: {
      args: {},
      en: 'Partitions being reassigned in this cluster now: {partitionCount}. The effect of this change is hard to tell apart from that load.',
      'zh-CN': '此集群现在正在重分配的分区：{partitionCount} 个。届时难以区分是此变更还是该负载的影响。',
    },
    'reassignments-unknown': {
      args: {},
      en: 'Whether a reassignment is running is unknown.',
      'zh-CN': '无法确定是否有副本重分配正在进行。',
    },
  },
  value: {
    'not-told': {
      args: { keyText: 'text' },
      en: 'On {topicShare} the brokers do not report the value that applies afterwards ({keyText}), so its effects are unknown.',
      'zh-CN': '{topicShare}无法从 Broker 得知变更后的生效值（{keyText}），因此其影响未知。',
    },
    'too-long': {
      args: { keyText: 'text' },
      en: 'On {topicShare} a new value is longer than 32,767 bytes ({keyText}). Kafka refuses that from 4.4 on.',
      'zh-CN': '{topicShare}的新值超过 32,767 字节（{keyText}）。Kafka 4.4 起会拒绝。',
    },
    'not-a-number': {
      args: { keyText: 'text' },
      en: 'On {topicShare} a new value is not a whole number ({keyText}), so its effects are unknown. Brokers refuse it.',
      'zh-CN': '{topicShare}的新值不是整数（{keyText}），因此其影响未知。Broker 会拒绝它。',
    },
  },
  'local-retention': {
    'remote-sooner': {
      args: {},
      en: 'On {topicShare} segments leave broker disks sooner. Consumers that read older records read from remote storage, which is slower.',
      'zh-CN': '{topicShare}的日志段会更早离开 Broker 的磁盘。读取较早记录的消费者要从远程存储读取，速度更慢。',
    },
    'copy-off': {
      args: {},
      en: 'On {topicShare} nothing is copied to remote storage any more, and local.retention differs from retention. Brokers refuse that.',
      'zh-CN': '{topicShare}不再复制到远程存储，而 local.retention 与 retention 不同。Broker 会拒绝。',
    },
    'above-whole': {
      args: {},
      en: 'On {topicShare} brokers would keep more than the whole log locally (local.retention above retention). Brokers refuse that.',
      'zh-CN': '{topicShare}的 Broker 本地保留会超过整个日志（local.retention 大于 retention）。Broker 会拒绝。',
    },
    unknown: {
      args: {},
      en: 'How long segments stay on broker disks is unknown on {topicShare}.',
      'zh-CN': '{topicShare}无法确定日志段在 Broker 磁盘上保留多久。',
    },
  },
  'compaction-pace': {
    sooner: {
      args: {},
      en: 'On {topicShare} compaction may remove records sooner. A consumer that relies on seeing every record for as long as before may miss some.',
      'zh-CN': '{topicShare}的记录可能更早被压实。依赖在原有时间内看到每条记录的消费者可能错过一些。',
    },
    'kept-longer': {
      args: {},
      en: 'On {topicShare} compaction waits longer: logs grow, and loading state from them takes longer.',
      'zh-CN': '{topicShare}的压实要等更久：日志会变大，从中加载状态需要更长时间。',
    },
    later: {
      args: {},
      en: 'On {topicShare} a record may wait longer for compaction: data that must be removed by a deadline may still be there.',
      'zh-CN': '{topicShare}的记录可能等待压实更久：应在某个时间前消失的内容可能仍然存在。',
    },
    rarer: {
      args: {},
      en: 'On {topicShare} compaction needs a larger share of new data before it runs: logs grow, and loading state from them takes longer.',
      'zh-CN': '{topicShare}需要更多新内容才会压实：日志会变大，从中加载状态需要更长时间。',
    },
    'more-often': {
      args: {},
      en: 'On {topicShare} compaction runs more often and reads and writes more.',
      'zh-CN': '{topicShare}的压实更频繁，读写更多。',
    },
  },
  decompressed: {
    lower: {
      args: {},
      en: 'On {topicShare} larger records will be refused. Where larger ones are stored, compaction and lookup by time fail until this is raised again; the size of stored records was not checked.',
      'zh-CN':
        '{topicShare}此后会拒绝更大的记录。若已存储更大的记录，压实和按时间查找会失败，直到再次调高；已存储记录的大小没有检查。',
    },
  },
  downconversion: {
    'old-consumers': {
      args: {},
      en: 'On {topicShare} consumers that need an older format than the stored one fail. From Kafka 4.0 this has no effect.',
      'zh-CN': '{topicShare}的消费者若需要比存储格式更旧的格式，会失败。Kafka 4.0 起无作用。',
    },
  },
  preallocate: {
    'at-once': {
      args: { atOnceBytes: 'bytes' },
      en: 'On {partitionShare} every new segment takes its full size on disk at once: up to {atOnceBytes} across all replicas.',
      'zh-CN': '{partitionShare}的每个新日志段会立即占用全部大小：所有副本合计最多 {atOnceBytes}。',
    },
    'no-room': {
      args: { neededBytes: 'bytes', freeBytes: 'bytes', brokersText: 'text' },
      en: 'On {topicShare} disks do not have enough free space (broker {brokersText}): the worst has {freeBytes} free, and the next segments take {neededBytes}. A broker whose disk is full loses that disk or stops.',
      'zh-CN':
        '{topicShare}的磁盘空间不足（Broker {brokersText}）：最差的一块剩余 {freeBytes}，而接下来的日志段需要 {neededBytes}。磁盘写满的 Broker 会失去该磁盘或停止。',
    },
    unknown: {
      args: {},
      en: 'Whether disks have enough free space is unknown on {topicShare}.',
      'zh-CN': '{topicShare}无法确定磁盘是否有空间。',
    },
  },
  'file-delete-delay': {
    'disk-stays-used': {
      args: { longestMs: 'ms' },
      en: 'On {topicShare} deleted files stay on disk for up to {longestMs}. Space freed by retention is available only then.',
      'zh-CN': '{topicShare}的文件在删除后仍留在磁盘上，最长 {longestMs}。保留策略释放的空间到那时才真正释放。',
    },
  },
  timestamps: {
    underway: {
      args: { lowestMs: 'ms' },
      en: 'On {topicShare} records created more than {lowestMs} before they arrive are refused. Batching, retries and queues can take that long: producers fail.',
      'zh-CN': '{topicShare}会拒绝产生后超过 {lowestMs} 才到达的记录。攒批、重试和排队就可能需要这么久：生产者会失败。',
    },
    'no-effect': {
      args: {},
      en: 'On {topicShare} the broker sets the timestamp, so this setting has no effect.',
      'zh-CN': '{topicShare}由 Broker 给出时间，此设置对其不起作用。',
    },
    unknown: {
      args: {},
      en: 'Records with a timestamp further off will be refused. Whether any producer sends such records is unknown on {topicShare}.',
      'zh-CN': '此后时间偏差更大的记录会被拒绝。{topicShare}无法确定是否有生产者发送这种记录。',
    },
  },
  'remote-storage-on': {
    'no-way-back': {
      args: {},
      en: 'On {topicShare} segments move to remote storage. Turning it off again means deleting them there: brokers refuse to switch it off otherwise, and this change cannot be undone.',
      'zh-CN': '{topicShare}的日志段会移到远程存储。若不删除远程数据就无法恢复：Broker 拒绝关闭，此变更无法撤销。',
    },
  },
  'remote-log': {
    'stays-local': {
      args: {},
      en: 'On {topicShare} nothing more is copied to remote storage. New records stay on broker disks until retention deletes them.',
      'zh-CN': '{topicShare}不再复制到远程存储。此后写入的内容会留在 Broker 磁盘上，直到被保留策略删除。',
    },
    'arms-deletion': {
      args: {},
      en: 'On {topicShare} switching remote storage off then deletes all data in it.',
      'zh-CN': '{topicShare}此后关闭远程存储时会删除那里的全部数据。',
    },
    'other-lag': {
      args: {},
      en: 'On {topicShare} segments are copied to remote storage sooner or later than before. Until then only the brokers have them.',
      'zh-CN': '{topicShare}的日志段复制到远程存储的时间会提前或推后。在此之前只有 Broker 持有它们。',
    },
  },
  'dead-letters': {
    refused: {
      args: {},
      en: 'On {topicShare} share groups may no longer write undeliverable records to it. Those records are dropped.',
      'zh-CN': '{topicShare}不再允许共享组写入无法投递的记录，这些记录会被丢弃。',
    },
    written: {
      args: {},
      en: 'On {topicShare} share groups may write undeliverable records to it: consumers will see records of other topics.',
      'zh-CN': '{topicShare}允许共享组写入无法投递的记录：消费者会读到其他主题的记录。',
    },
  },
  inherited: {
    'by-file': {
      args: { keyText: 'text', brokersText: 'text' },
      en: 'On {topicShare} the value afterwards is the one of broker {brokersText} ({keyText}). Other brokers may have a different value, and the controller uses its own config file. A cluster default or a topic override applies to all of them.',
      'zh-CN':
        '{topicShare}变更后的值以 Broker {brokersText} 的设置为准（{keyText}）。其他 Broker 可能不同，控制器以自己的配置文件为准。集群默认值或主题的覆盖值对所有节点相同。',
    },
    differs: {
      args: { valuesText: 'text' },
      en: 'On {topicShare} the inherited value differs between brokers: {valuesText}. The controller uses its own config file, which brokers do not report. A cluster default or a topic override applies to all of them.',
      'zh-CN':
        '{topicShare}继承的值在各 Broker 上不同：{valuesText}。控制器以自己的配置文件为准，没有 Broker 会告知。集群默认值或主题的覆盖值对所有节点相同。',
    },
  },
  'no-rule': {
    'not-judged': {
      args: { keyText: 'text' },
      en: 'On {topicShare} no rule covers a setting that changes ({keyText}). Its effect is unknown.',
      'zh-CN': '{topicShare}更改了这里没有规则的设置（{keyText}），其影响未知。',
    },
  },
  'preferred-election': {
    moves: {
      args: { askedCount: 'count' },
      en: 'Leaders that move to the preferred replica: {partitionCount} of {askedCount}. Clients look up the new leader once. Only replicas in the ISR are elected, so records acknowledged with acks=all are kept.',
      'zh-CN':
        '{askedCount} 个分区中有 {partitionCount} 个的 Leader 会移到首选副本。其客户端会重新查找一次 Leader。只会选举 ISR 中的副本，因此 acks=all 已确认的记录会保留。',
    },
    balance: {
      args: {
        brokerCount: 'count',
        mostBeforeCount: 'count',
        mostAfterCount: 'count',
        leastBeforeCount: 'count',
        leastAfterCount: 'count',
      },
      en: 'Leaders per broker, of the partitions seen on {brokerCount} brokers: most {mostBeforeCount} → {mostAfterCount}, fewest {leastBeforeCount} → {leastAfterCount}.',
      'zh-CN':
        '{brokerCount} 个 Broker 上所见分区的 Leader 数：最多 {mostBeforeCount} → {mostAfterCount}，最少 {leastBeforeCount} → {leastAfterCount}。',
    },
    'nothing-moves': {
      args: { askedCount: 'count' },
      en: 'No leader would move (partitions checked: {askedCount}).',
      'zh-CN': '{askedCount} 个分区的 Leader 都不会移动，无需处理。',
    },
    'by-itself': {
      args: {},
      en: 'Kafka does this by itself: it moves leaders back to their preferred replicas about every five minutes (auto.leader.rebalance.enable is true on the brokers; the controller uses its own config file).',
      'zh-CN':
        'Kafka 会自行完成：大约每五分钟把 Leader 移回首选副本（各 Broker 的 auto.leader.rebalance.enable 为 true；控制器以自己的配置文件为准）。',
    },
    'not-by-itself': {
      args: {},
      en: 'Without this the leaders stay where they are: auto.leader.rebalance.enable is false on the brokers. The controller uses its own config file.',
      'zh-CN':
        '若不执行，Leader 会留在原处：各 Broker 的 auto.leader.rebalance.enable 为 false。控制器以自己的配置文件为准。',
    },
    'by-itself-unknown': {
      args: {},
      en: 'Whether Kafka moves leaders back by itself (auto.leader.rebalance.enable, on by default, about every five minutes) is unknown.',
      'zh-CN': '无法确定 Kafka 是否会自行移回 Leader（auto.leader.rebalance.enable，默认开启，大约每五分钟一次）。',
    },
    'in-batches': {
      args: { batchCount: 'count', batchSizeCount: 'count' },
      en: 'It runs in {batchCount} batches of at most {batchSizeCount} partitions, and waits until they are healthy in between.',
      'zh-CN': '分 {batchCount} 批进行，每批最多 {batchSizeCount} 个分区，批次之间等待恢复健康。',
    },
    already: {
      args: { askedCount: 'count' },
      en: 'Already led by the preferred replica: {partitionCount} of {askedCount}.',
      'zh-CN': '{askedCount} 个分区中有 {partitionCount} 个已由首选副本领导。',
    },
    'not-in-sync': {
      args: { askedCount: 'count' },
      en: 'Not moved, as the preferred replica is not in the ISR: {partitionCount} of {askedCount}. Wait until it has caught up.',
      'zh-CN': '{askedCount} 个分区中有 {partitionCount} 个保持不变：首选副本不在 ISR 中。请等待它追上。',
    },
    'preferred-silent': {
      args: { askedCount: 'count' },
      en: 'Not moved, as the broker of the preferred replica does not answer: {partitionCount} of {askedCount}.',
      'zh-CN': '{askedCount} 个分区中有 {partitionCount} 个保持不变：首选副本所在的 Broker 无响应。',
    },
    offline: {
      args: { askedCount: 'count' },
      en: 'Without a leader: {partitionCount} of {askedCount}. This election does not bring them back; bring their brokers back first.',
      'zh-CN': '{askedCount} 个分区中有 {partitionCount} 个没有 Leader。此选举无法恢复它们；请先恢复其 Broker。',
    },
    gone: {
      args: { askedCount: 'count' },
      en: 'Not seen (they do not exist, or are hidden from this login): {partitionCount} of {askedCount}.',
      'zh-CN': '{askedCount} 个分区中未见 {partitionCount} 个：不存在，或对此登录不可见。',
    },
  },
})
