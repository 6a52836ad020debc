/**
 * What a change does, by the rule that found it (change/plan/guards/). The four counts of COMMON are given to every one of them.
 */
import { effects } from '../table'

/** The same of every rule by which records become deletable. */
const LOSSES = {
  unread: {
    args: { unreadRecords: 'records', groupCount: 'count', groupsText: 'text' },
    en: 'Up to {unreadRecords} records that become deletable are not read yet by consumer groups ({groupCount}: {groupsText}). They never get them.',
    'zh-CN':
      '{groupCount} 个消费者组（{groupsText}）尚未读取的记录中，最多有 {unreadRecords} 条变为可删除。它们将再也读不到这些记录。',
  },
  deletes: {
    args: { deletableRecords: 'records', freedBytes: 'bytes' },
    en: 'On {partitionCount} of {allPartitionCount} partitions up to {deletableRecords} records become deletable, about {freedBytes} over all replicas. Whole segments go when Kafka next looks (log.retention.check.interval.ms, five minutes by default), and there is no way back.',
    'zh-CN':
      '{allPartitionCount} 个分区中有 {partitionCount} 个共最多 {deletableRecords} 条记录变为可删除，所有副本合计约 {freedBytes}。整个日志段会在 Kafka 下次检查时删除（log.retention.check.interval.ms，默认五分钟），无法恢复。',
  },
  'nothing-now': {
    args: {},
    en: 'On {topicCount} of {allTopicCount} topics no stored record becomes deletable now.',
    'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个现在没有任何已存储的记录变为可删除。',
  },
  unknown: {
    args: {},
    en: 'Which records become deletable, and whether a group has not read them, is not known on {topicCount} of {allTopicCount} topics.',
    'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个无法得知哪些记录会变为可删除，以及是否有消费者组尚未读取。',
  },
} as const

export const EFFECTS = effects({
  'min-isr-raise': {
    'refuses-now': {
      args: { minText: 'text', alreadyCount: 'count' },
      en: 'On {partitionCount} of {allPartitionCount} partitions the ISR is smaller than the new minimum ({minText}): acks=all writes are refused at once, and from Kafka 3.7 consumers stop at the high watermark. Refused there already: {alreadyCount}.',
      'zh-CN':
        '{allPartitionCount} 个分区中有 {partitionCount} 个的 ISR 小于新的最小值（{minText}）：acks=all 写入会立即被拒绝，从 Kafka 3.7 起消费者还会停在高水位。其中现在就已拒绝的：{alreadyCount} 个。',
    },
    'one-loss-away': {
      args: { minText: 'text' },
      en: 'On {partitionCount} of {allPartitionCount} partitions exactly as many replicas are in the ISR as are needed ({minText}): one more loss refuses acks=all writes.',
      'zh-CN':
        '{allPartitionCount} 个分区中有 {partitionCount} 个的 ISR 恰好等于所需数量（{minText}）：再失去一个副本就会拒绝 acks=all 写入。',
    },
    'any-restart': {
      args: { minText: 'text' },
      en: 'On {partitionCount} of {allPartitionCount} partitions every replica is needed ({minText}): any restart of a broker that holds one stops acks=all writes.',
      'zh-CN':
        '{allPartitionCount} 个分区中有 {partitionCount} 个需要全部副本（{minText}）：任何一个持有副本的 Broker 重启都会中断 acks=all 写入。',
    },
    'above-rf': {
      args: { minText: 'text' },
      en: 'On {partitionCount} of {allPartitionCount} partitions {minText} is more than there are replicas. Before Kafka 3.7 every acks=all write is then refused.',
      'zh-CN':
        '{allPartitionCount} 个分区中有 {partitionCount} 个的副本数少于 {minText}。在 Kafka 3.7 之前，所有 acks=all 写入都会被拒绝。',
    },
    'acts-as-rf': {
      args: { minText: 'text' },
      en: 'On {partitionCount} of {allPartitionCount} partitions {minText} is more than there are replicas. It acts as their number without saying so: any restart stops acks=all writes.',
      'zh-CN':
        '{allPartitionCount} 个分区中有 {partitionCount} 个的副本数少于 {minText}。它会悄然按副本数生效：任何一次重启都会中断 acks=all 写入。',
    },
    'survives-any-one': {
      args: {},
      en: 'A leader alone can no longer acknowledge: {partitionCount} of {allPartitionCount} partitions survive the loss of any one broker without losing acknowledged records.',
      'zh-CN':
        '领导者不再能独自确认写入：{allPartitionCount} 个分区中有 {partitionCount} 个可承受任意一个 Broker 的丢失而不丢失已确认的记录。',
    },
    'silent-in-isr': {
      args: { minText: 'text', brokersText: 'text' },
      en: 'On {partitionCount} of {allPartitionCount} partitions a member of the ISR does not answer (broker {brokersText}). Once it is fenced, fewer than {minText} are left and acks=all writes are refused.',
      'zh-CN':
        '{allPartitionCount} 个分区中有 {partitionCount} 个的 ISR 成员无响应（Broker {brokersText}）。一旦它被隔离，剩余副本少于 {minText}，acks=all 写入会被拒绝。',
    },
    unknown: {
      args: {},
      en: 'What the new minimum does is not known on {topicCount} of {allTopicCount} topics.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个无法得知新的最小值会有什么影响。',
    },
  },
  'min-isr-lower': {
    'accepts-again': {
      args: { minText: 'text' },
      en: 'On {partitionCount} of {allPartitionCount} partitions acks=all writes are refused now and accepted again with {minText}.',
      'zh-CN': '{allPartitionCount} 个分区中有 {partitionCount} 个现在拒绝 acks=all 写入，改为 {minText} 后重新接受。',
    },
    'readable-with-next-write': {
      args: {},
      en: 'On {partitionCount} of {allPartitionCount} partitions records beyond the high watermark become readable with the next write. Until then an idle partition stays as it is; that is no failure.',
      'zh-CN':
        '{allPartitionCount} 个分区中有 {partitionCount} 个在下一次写入时，高水位之后的记录才变为可读。在此之前空闲分区保持原样，这不是故障。',
    },
    'fewer-copies': {
      args: { minText: 'text' },
      en: 'On {topicCount} of {allTopicCount} topics an acknowledged record is certain to be on {minText} replicas only, fewer than before.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个只保证已确认的记录存在于 {minText} 个副本上，比之前少。',
    },
    unknown: {
      args: {},
      en: 'What the lower minimum does is not known on {topicCount} of {allTopicCount} topics.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个无法得知更低的最小值会有什么影响。',
    },
  },
  'min-isr-one': {
    'leader-alone': {
      args: {},
      en: 'On {partitionCount} of {allPartitionCount} partitions a leader that is alone in the ISR then acknowledges by itself. If its broker is lost, acknowledged records are lost.',
      'zh-CN':
        '{allPartitionCount} 个分区中有 {partitionCount} 个的领导者在 ISR 中只剩自己时也会独自确认写入。其 Broker 一旦丢失，已确认的记录随之丢失。',
    },
    'alone-now': {
      args: {},
      en: 'On {partitionCount} of {allPartitionCount} partitions the leader is alone in the ISR now: it acknowledges records that nobody else has as soon as this is applied.',
      'zh-CN':
        '{allPartitionCount} 个分区中有 {partitionCount} 个的 ISR 现在只剩领导者：应用后它会立即确认只有它自己持有的记录。',
    },
  },
  'min-isr-elr': {
    leaderless: {
      args: {},
      en: 'On {partitionCount} of {allPartitionCount} partitions there is no leader. Any write of this setting makes Kafka forget who may lead them without loss: they stay offline even when all their brokers are back, until an unclean election. Bring their brokers back first.',
      'zh-CN':
        '{allPartitionCount} 个分区中有 {partitionCount} 个没有领导者。写入此设置（无论何值）会使 Kafka 忘记谁可以无损地领导它们：即使其 Broker 全部恢复，它们仍会离线，直到非同步选举（unclean）。请先恢复其 Broker。',
    },
    clears: {
      args: {},
      en: 'On {partitionCount} of {allPartitionCount} partitions the list of eligible leader replicas (ELR) is emptied, whatever the value. If the leader is lost before the ISR has grown, the partition stays offline or loses records.',
      'zh-CN':
        '{allPartitionCount} 个分区中有 {partitionCount} 个的合格领导者副本（ELR）列表会被清空。若在 ISR 恢复之前失去领导者，分区会离线或丢失记录。',
    },
    unknown: {
      args: {},
      en: 'Whether a list of eligible leader replicas (ELR) is emptied is not known on {topicCount} of {allTopicCount} topics.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个无法得知是否有合格领导者副本（ELR）列表会被清空。',
    },
  },
  acks: {
    'not-told': {
      args: {},
      en: 'Which producers use acks=all cannot be read from a broker. Below min.insync.replicas only their writes are refused; from Kafka 3.7 consumers wait then, whoever wrote.',
      'zh-CN':
        '无法从 Broker 得知哪些生产者使用 acks=all。低于 min.insync.replicas 时只拒绝它们的写入；从 Kafka 3.7 起，无论由谁写入，消费者此时都要等待。',
    },
  },
  'unclean-enable': {
    leaderless: {
      args: { brokersText: 'text' },
      en: 'On {partitionCount} of {allPartitionCount} partitions there is no leader. With this setting Kafka may elect a replica that lacks acknowledged records, even while the good broker returns. Bring broker {brokersText} back instead.',
      'zh-CN':
        '{allPartitionCount} 个分区中有 {partitionCount} 个没有领导者。启用此设置后，即使完好的 Broker 正在恢复，Kafka 也可能选出缺少已确认记录的副本。请改为恢复 Broker {brokersText}。',
    },
    'may-lose': {
      args: {},
      en: 'On {partitionCount} of {allPartitionCount} partitions a replica outside the ISR may become leader when no other is left. Acknowledged records are then lost for good.',
      'zh-CN':
        '{allPartitionCount} 个分区中有 {partitionCount} 个在没有其他副本可用时，可能由 ISR 之外的副本成为领导者。已确认的记录会永久丢失。',
    },
    'old-kraft': {
      args: {},
      en: 'Up to Kafka 3.8 a KRaft cluster does not act on this setting; one with ZooKeeper does, and so does a KRaft cluster after an upgrade to 3.9.',
      'zh-CN':
        '在 Kafka 3.8 及更早版本中，KRaft 集群不会执行此设置；使用 ZooKeeper 的集群会执行，KRaft 集群升级到 3.9 后也会执行。',
    },
    unknown: {
      args: {},
      en: 'Which broker brings a partition without a leader back is not known on {topicCount} of {allTopicCount} topics.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个无法得知哪个 Broker 能恢复没有领导者的分区。',
    },
    safer: {
      args: {},
      en: 'On {partitionCount} of {allPartitionCount} partitions only a replica that has every acknowledged record can become leader, unless power was lost on all of them. Without one the partition waits.',
      'zh-CN':
        '{allPartitionCount} 个分区中有 {partitionCount} 个此后只有持有全部已确认记录的副本才能成为领导者，除非它们全部断电。没有这样的副本时分区会等待。',
    },
  },
  'retention-ms': {
    ...LOSSES,
    'in-steps': {
      args: { stepCount: 'count', firstMs: 'ms' },
      en: 'It can be done in {stepCount} steps, each half of the one before and the last to the planned value. The first is {firstMs}; wait for readers to catch up in between.',
      'zh-CN': '可以分 {stepCount} 步进行，每步减半，最后一步到计划值。第一步为 {firstMs}；每步之间等待消费者赶上。',
    },
    'disk-grows': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics records are kept longer, so more disk is used on every replica.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个的记录会保留更久，每个副本占用的磁盘随之增加。',
    },
    unlimited: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics neither time nor size limits the log any more: disks fill until they are full.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个的日志不再受时间或大小限制：磁盘会一直增长直到写满。',
    },
    'compact-only': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics the cleanup policy does not delete, so this setting has no effect there.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个的清理策略不包含 delete，此设置对其不起作用。',
    },
  },
  'retention-bytes': {
    ...LOSSES,
    'per-partition': {
      args: { upToBytes: 'bytes' },
      en: 'The limit holds for each partition and each replica, not for the topic: up to {upToBytes} in all.',
      'zh-CN': '该限制针对每个分区的每个副本，而不是整个主题：合计最多 {upToBytes}。',
    },
    'below-segment': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics the limit is smaller than one segment (segment.bytes). Only whole segments are deleted, so more than the limit stays.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的限制小于一个日志段（segment.bytes）。只会整段删除，实际保留的数据会超过限制。',
    },
    unlimited: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics size no longer limits the log; only time may.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个的日志不再受大小限制，只可能受时间限制。',
    },
    'compact-only': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics the cleanup policy does not delete, so this setting has no effect there.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个的清理策略不包含 delete，此设置对其不起作用。',
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
      en: 'All {sampledRecords} sampled records have a key; a sample is no proof. Compaction keeps only the newest record of each key, and records without a key are refused.',
      'zh-CN': '抽样的 {sampledRecords} 条记录都有键，但抽样并非证明。压实只保留每个键的最新记录，无键记录会被拒绝。',
    },
    'nothing-stored': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics nothing is stored yet. Records without a key are refused from then on.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个尚未存储任何记录。此后无键记录会被拒绝。',
    },
    internal: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics Kafka keeps its own state. Another cleanup policy can make groups or transactions unusable.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个存放 Kafka 自身的状态。更改清理策略可能使消费者组或事务无法使用。',
    },
    remote: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics remote storage is on. It does not go together with compaction, and brokers refuse it.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个启用了远程存储。它不能与压实同时使用，Broker 会拒绝。',
    },
    'disk-grows': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics records are no longer deleted by age or size, so the disk used grows with the number of keys.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个的记录不再按时间或大小删除，磁盘占用随键的数量增长。',
    },
    unknown: {
      args: {},
      en: 'Whether stored records have keys is not known on {topicCount} of {allTopicCount} topics.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个无法得知已存储的记录是否有键。',
    },
  },
  'compact-to-delete': {
    ...LOSSES,
    'state-topic': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics an application or Kafka itself keeps its state. Keys that are not written again within the retention are lost.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个存放应用程序或 Kafka 自身的状态。在保留期内未再次写入的键会丢失。',
    },
    'old-keys-go': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics records are now deleted by age and size too: keys that are not written again are gone after the retention.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的记录现在也会按时间和大小删除：未再次写入的键在保留期过后消失。',
    },
  },
  'cleanup-empty': {
    'nothing-cleaned': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics the cleanup policy becomes empty: nothing is deleted or compacted any more, and disks fill.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个的清理策略变为空：不再删除或压实任何数据，磁盘会逐渐写满。',
    },
    'remote-grows': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics the cleanup policy becomes empty: brokers still drop what they copied, and remote storage grows without end.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的清理策略变为空：Broker 仍会丢弃已复制的数据，远程存储会无限增长。',
    },
  },
  tombstones: {
    'gone-sooner': {
      args: { lowestMs: 'ms' },
      en: 'On {topicCount} of {allTopicCount} topics compaction drops tombstones earlier, as soon as {lowestMs} after it first passes them. A reader that takes longer from the first record to the end may miss one, and keeps a key that was deleted.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个会更早丢弃墓碑记录（表示删除某个键的记录）：压实首次处理后最短 {lowestMs} 就会丢弃。从第一条记录读到末尾所需时间更长的读取者可能错过墓碑，从而保留已删除的键。',
    },
    unknown: {
      args: {},
      en: 'Whether tombstones go earlier is not known on {topicCount} of {allTopicCount} topics.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个无法得知墓碑记录是否会更早被丢弃。',
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
      en: 'On {topicCount} of {allTopicCount} topics the limit ({limitText} bytes) is below the default of 1048588 bytes, which producers reckon with.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的限制（{limitText} 字节）低于生产者所依据的默认值 1048588 字节。',
    },
    fits: {
      args: { limitText: 'text', largestBytes: 'bytes' },
      en: 'The largest batch in the sample has {largestBytes} and fits into {limitText} bytes. Larger ones may exist.',
      'zh-CN': '抽样中最大的批次为 {largestBytes}，在 {limitText} 字节以内。可能存在更大的批次。',
    },
    'none-seen': {
      args: { limitText: 'text' },
      en: 'No batch was found to compare with the new limit of {limitText} bytes.',
      'zh-CN': '没有找到可与新的限制 {limitText} 字节相比较的批次。',
    },
    unknown: {
      args: {},
      en: 'How large the stored batches are is not known on {topicCount} of {allTopicCount} topics.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个无法得知已存储批次的大小。',
    },
  },
  'max-message-raise': {
    large: {
      args: { limitBytes: 'bytes' },
      en: 'On {topicCount} of {allTopicCount} topics batches of up to {limitBytes} are allowed. Brokers, followers and consumers hold them whole in memory, and some consumers refuse them.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个允许最大 {limitBytes} 的批次。Broker、跟随者和消费者需要把它们完整放入内存，有些消费者会拒绝。',
    },
  },
  compression: {
    recompress: {
      args: { typeText: 'text' },
      en: 'On {topicCount} of {allTopicCount} topics brokers compress every batch anew that does not come as {typeText}. That costs processor time on every leader.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个，Broker 会重新压缩所有不是 {typeText} 的批次，每个领导者都要为此消耗处理器时间。',
    },
    zstd: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics clients before Kafka 2.1 cannot read new records (zstd).',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个的新记录无法被 Kafka 2.1 之前的客户端读取（zstd）。',
    },
    grows: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics batches are kept uncompressed: disks and network carry more, and a batch that is then larger than max.message.bytes is refused.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的批次将不压缩保存：磁盘和网络负担增加，解压后超过 max.message.bytes 的批次会被拒绝。',
    },
    harder: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics brokers compress at a higher level. That costs processor time on every leader.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的 Broker 会以更高级别压缩，每个领导者都要为此消耗处理器时间。',
    },
  },
  'segment-small': {
    'no-index': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics the index is too small to hold an entry. Below 12 bytes partitions take no more writes after their next segment begins; below 24 every batch gets a segment of its own.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的索引小到放不下一个条目。小于 12 字节时，分区在下一个日志段开始后不再接受写入；小于 24 字节时，每个批次都会单独成为一个日志段。',
    },
    'too-many': {
      args: { mostCount: 'count' },
      en: 'On {partitionCount} of {allPartitionCount} partitions the data of now would be cut into up to {mostCount} segments each. Files and memory maps run out, and brokers stop.',
      'zh-CN':
        '{allPartitionCount} 个分区中有 {partitionCount} 个以现有数据量会被切成最多 {mostCount} 个日志段。文件句柄和内存映射会耗尽，Broker 会停止。',
    },
    'refused-by-broker': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics the segment is below 1 MiB. Brokers refuse that from Kafka 4.1.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个的日志段小于 1 MiB。Kafka 4.1 起 Broker 会拒绝。',
    },
    'too-often': {
      args: { mostCount: 'count' },
      en: 'On {topicCount} of {allTopicCount} topics a partition collects up to {mostCount} segments within its retention. Files and memory maps run out, and brokers stop.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个，每个分区在保留期内会累积最多 {mostCount} 个日志段。文件句柄和内存映射会耗尽，Broker 会停止。',
    },
    'for-ever': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics segments are made at least every ten minutes and never deleted by age, so their number grows without end.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个，日志段的生成间隔短于十分钟，且从不按时间删除，数量会无限增长。',
    },
    unknown: {
      args: {},
      en: 'How many segments there would be is not known on {topicCount} of {allTopicCount} topics.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个无法得知会有多少个日志段。',
    },
  },
  'timestamp-type': {
    'log-append': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics new records get the time of the broker. Retention and look-ups by time change for them; stored records keep their times.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的新记录会使用 Broker 的时间。它们的保留期和按时间查找随之改变；已存储的记录保持原有时间。',
    },
    create: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics new records keep the time their producer gives. A wrong clock there makes them go too early or stay too long.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的新记录会保留生产者给出的时间。若其时钟有误，记录会过早删除或保留过久。',
    },
  },
  flush: {
    messages: {
      args: { lowestCount: 'count' },
      en: 'On {topicCount} of {allTopicCount} topics the broker writes to disk after as few as {lowestCount} records. Throughput falls; replication already keeps records safe.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个，Broker 每 {lowestCount} 条记录就写盘一次。吞吐量会下降；记录的安全已由复制保证。',
    },
    ms: {
      args: { lowestMs: 'ms' },
      en: 'On {topicCount} of {allTopicCount} topics the broker writes to disk as often as every {lowestMs}. Throughput falls; replication already keeps records safe.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个，Broker 每 {lowestMs} 就写盘一次。吞吐量会下降；记录的安全已由复制保证。',
    },
  },
  'remote-storage-off': {
    'may-delete': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics records that are only in remote storage can no longer be read, and may be deleted there. From Kafka 3.9 brokers refuse it without remote.log.delete.on.disable; remote.log.copy.disable keeps them readable.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个中仅存在于远程存储的记录将无法读取，并可能在那里被删除。Kafka 3.9 起，未设置 remote.log.delete.on.disable 时 Broker 会拒绝；改用 remote.log.copy.disable 可保持可读。',
    },
    ignored: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics brokers of this version do not stop tiered storage: the setting says so and they go on. That comes with Kafka 3.9.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个：此版本的 Broker 不会停止分层存储，配置虽已更改，实际仍继续。Kafka 3.9 起才支持。',
    },
    deletes: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics the data in remote storage is deleted (remote.log.delete.on.disable is true). There is no way back.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个在远程存储中的数据会被删除（remote.log.delete.on.disable 为 true），无法恢复。',
    },
  },
  'throttle-left': {
    'no-reassignment': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics replicas are throttled although no reassignment runs. Left behind, this slows the next recovery.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个在没有副本重分配时仍限流副本。若遗留下来，会拖慢下一次恢复。',
    },
    'still-moving': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics a reassignment still runs: without the throttle it takes all the bandwidth it gets.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个仍有副本重分配在进行：取消限流后，它会占用所有可用带宽。',
    },
    removed: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics replicas are no longer throttled: followers that are behind catch up at full speed.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个的副本不再被限流：落后的跟随者会全速追赶。',
    },
    'no-rate': {
      args: {},
      en: 'No broker has a throttle rate, so the list does nothing until one gets a rate.',
      'zh-CN': '没有 Broker 设置了限流速率，在设置之前该列表不起作用。',
    },
    'too-slow': {
      args: { lowestBytes: 'bytes' },
      en: 'On {topicCount} of {allTopicCount} topics more is produced than the throttle lets through (from {lowestBytes} a second): followers never catch up.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的写入量超过限流允许的速率（最低每秒 {lowestBytes}）：跟随者永远无法赶上。',
    },
    unknown: {
      args: {},
      en: 'Whether the throttle fits a reassignment and what is produced is not known on {topicCount} of {allTopicCount} topics.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个无法得知限流是否与副本重分配和写入量相符。',
    },
  },
  'internal-topic': {
    internal: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics Kafka keeps its own state. A wrong setting there stops groups or transactions of the whole cluster.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个存放 Kafka 自身的状态。错误的设置会使整个集群的消费者组或事务中断。',
    },
  },
  'busy-cluster': {
    offline: {
      args: {},
      en: 'Partitions without a leader in this cluster now: {partitionCount}. What this change does is then hard to tell from that trouble.',
      'zh-CN': '此集群现在没有领导者的分区：{partitionCount} 个。届时难以区分是此变更还是该故障的影响。',
    },
    reassigning: {
      args: {},
      en: 'Partitions being reassigned in this cluster now: {partitionCount}. What this change does is then hard to tell from that load.',
      'zh-CN': '此集群现在正在重分配的分区：{partitionCount} 个。届时难以区分是此变更还是该负载的影响。',
    },
    'reassignments-unknown': {
      args: {},
      en: 'Whether a reassignment runs is not known.',
      'zh-CN': '无法得知是否有副本重分配正在进行。',
    },
  },
  value: {
    'not-told': {
      args: { keyText: 'text' },
      en: 'On {topicCount} of {allTopicCount} topics the brokers do not tell what value holds afterwards ({keyText}), so its effects are not known.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个无法从 Broker 得知变更后的生效值（{keyText}），因此其影响未知。',
    },
    'too-long': {
      args: { keyText: 'text' },
      en: 'On {topicCount} of {allTopicCount} topics a new value is longer than 32,767 bytes ({keyText}). Kafka refuses that from 4.4 on.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个的新值超过 32,767 字节（{keyText}）。Kafka 4.4 起会拒绝。',
    },
    'not-a-number': {
      args: { keyText: 'text' },
      en: 'On {topicCount} of {allTopicCount} topics a new value is not a whole number ({keyText}), so its effects are not known. Brokers refuse it.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的新值不是整数（{keyText}），因此其影响未知。Broker 会拒绝它。',
    },
  },
  'local-retention': {
    'remote-sooner': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics segments leave the disks of the brokers sooner. Consumers that read further back read from remote storage, which is slower.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的日志段会更早离开 Broker 的磁盘。读取较早记录的消费者要从远程存储读取，速度更慢。',
    },
    'copy-off': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics nothing is copied to remote storage any more, and local.retention is not the same as retention. Brokers refuse that.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个不再复制到远程存储，而 local.retention 与 retention 不同。Broker 会拒绝。',
    },
    'above-whole': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics the brokers would keep more than the whole log (local.retention above retention). Brokers refuse that.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的 Broker 本地保留会超过整个日志（local.retention 大于 retention）。Broker 会拒绝。',
    },
    unknown: {
      args: {},
      en: 'How long segments stay on the disks of the brokers is not known on {topicCount} of {allTopicCount} topics.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个无法得知日志段在 Broker 磁盘上保留多久。',
    },
  },
  'compaction-pace': {
    sooner: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics compaction may take records sooner. A reader that counts on seeing every record for as long as before no longer does.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的记录可能更早被压实。依赖在原有时间内看到每条记录的读取者将不再能看到。',
    },
    'kept-longer': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics compaction waits longer: logs grow, and loading state from them takes longer.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个的压实要等更久：日志会变大，从中加载状态需要更长时间。',
    },
    later: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics a record may wait longer for compaction: what has to be gone by a certain time may still be there.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的记录可能等待压实更久：应在某个时间前消失的内容可能仍然存在。',
    },
    rarer: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics more has to be new before compaction runs: logs grow, and loading state from them takes longer.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个需要更多新内容才会压实：日志会变大，从中加载状态需要更长时间。',
    },
    'more-often': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics compaction runs more often and reads and writes more.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个的压实更频繁，读写更多。',
    },
  },
  decompressed: {
    lower: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics larger records are refused from then on. Where larger ones are stored, compaction and look-ups by time fail until this is raised again; how large stored records are is not looked at.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个此后会拒绝更大的记录。若已存储更大的记录，压实和按时间查找会失败，直到再次调高；已存储记录的大小没有检查。',
    },
  },
  downconversion: {
    'old-consumers': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics consumers that read an older format than the stored one fail. From Kafka 4.0 this does nothing.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个中，读取比存储格式更旧格式的消费者会失败。Kafka 4.0 起无作用。',
    },
  },
  preallocate: {
    'at-once': {
      args: { atOnceBytes: 'bytes' },
      en: 'On {partitionCount} of {allPartitionCount} partitions every new segment takes its whole size on disk at once: up to {atOnceBytes} over all replicas.',
      'zh-CN':
        '{allPartitionCount} 个分区中有 {partitionCount} 个的每个新日志段会立即占用全部大小：所有副本合计最多 {atOnceBytes}。',
    },
    'no-room': {
      args: { neededBytes: 'bytes', freeBytes: 'bytes', brokersText: 'text' },
      en: 'On {topicCount} of {allTopicCount} topics disks lack the room (broker {brokersText}): the worst has {freeBytes} free, and the next segments take {neededBytes}. A broker whose disk is full loses that disk or stops.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的磁盘空间不足（Broker {brokersText}）：最差的一块剩余 {freeBytes}，而接下来的日志段需要 {neededBytes}。磁盘写满的 Broker 会失去该磁盘或停止。',
    },
    unknown: {
      args: {},
      en: 'Whether disks have the room is not known on {topicCount} of {allTopicCount} topics.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个无法得知磁盘是否有空间。',
    },
  },
  'file-delete-delay': {
    'disk-stays-used': {
      args: { longestMs: 'ms' },
      en: 'On {topicCount} of {allTopicCount} topics files stay on disk after they were deleted, for up to {longestMs}. What retention frees is free only then.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的文件在删除后仍留在磁盘上，最长 {longestMs}。保留策略释放的空间到那时才真正释放。',
    },
  },
  timestamps: {
    underway: {
      args: { lowestMs: 'ms' },
      en: 'On {topicCount} of {allTopicCount} topics records that were made more than {lowestMs} before they arrive are refused. Batching, retries and queues take as long: producers fail.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个会拒绝产生后超过 {lowestMs} 才到达的记录。攒批、重试和排队就需要这么久：生产者会失败。',
    },
    'no-effect': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics the broker gives the time, so this setting has no effect there.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个由 Broker 给出时间，此设置对其不起作用。',
    },
    unknown: {
      args: {},
      en: 'Records whose time is further off are refused from then on. Whether any producer sends such is not known on {topicCount} of {allTopicCount} topics.',
      'zh-CN':
        '此后时间偏差更大的记录会被拒绝。{allTopicCount} 个主题中有 {topicCount} 个无法得知是否有生产者发送这种记录。',
    },
  },
  'remote-storage-on': {
    'no-way-back': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics segments move to remote storage. There is no way back without deleting them there: brokers refuse to switch it off, and this change cannot be undone.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的日志段会移到远程存储。若不删除远程数据就无法恢复：Broker 拒绝关闭，此变更无法撤销。',
    },
  },
  'remote-log': {
    'stays-local': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics nothing more is copied to remote storage. What is written from then on stays on the disks of the brokers until retention deletes it.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个不再复制到远程存储。此后写入的内容会留在 Broker 磁盘上，直到被保留策略删除。',
    },
    'arms-deletion': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics switching remote storage off then deletes all that is there.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个此后关闭远程存储时会删除那里的全部数据。',
    },
    'other-lag': {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics segments are copied to remote storage sooner or later than before. Until then the brokers alone have them.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个的日志段复制到远程存储的时间会提前或推后。在此之前只有 Broker 持有它们。',
    },
  },
  'dead-letters': {
    refused: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics share groups may no longer write what they could not deliver. Those records are dropped.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个不再允许共享组写入无法投递的记录，这些记录会被丢弃。',
    },
    written: {
      args: {},
      en: 'On {topicCount} of {allTopicCount} topics share groups may write what they could not deliver: consumers meet records of other topics.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个允许共享组写入无法投递的记录：消费者会读到其他主题的记录。',
    },
  },
  inherited: {
    'by-file': {
      args: { keyText: 'text', brokersText: 'text' },
      en: 'On {topicCount} of {allTopicCount} topics what holds afterwards is as broker {brokersText} is set ({keyText}). Other brokers may have another value, and the controller decides by its own file. A cluster default, or an override of the topic, is the same for all.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个变更后的值以 Broker {brokersText} 的设置为准（{keyText}）。其他 Broker 可能不同，控制器以自己的配置文件为准。集群默认值或主题的覆盖值对所有节点相同。',
    },
    differs: {
      args: { valuesText: 'text' },
      en: 'On {topicCount} of {allTopicCount} topics what is inherited is not the same on every broker: {valuesText}. The controller decides by its own file, which no broker tells. A cluster default, or an override of the topic, is the same for all.',
      'zh-CN':
        '{allTopicCount} 个主题中有 {topicCount} 个继承的值在各 Broker 上不同：{valuesText}。控制器以自己的配置文件为准，没有 Broker 会告知。集群默认值或主题的覆盖值对所有节点相同。',
    },
  },
  'no-rule': {
    'not-judged': {
      args: { keyText: 'text' },
      en: 'On {topicCount} of {allTopicCount} topics a setting changes that no rule here knows ({keyText}). What that does is not known.',
      'zh-CN': '{allTopicCount} 个主题中有 {topicCount} 个更改了这里没有规则的设置（{keyText}），其影响未知。',
    },
  },
  'preferred-election': {
    moves: {
      args: { askedCount: 'count' },
      en: 'Leaders that move to the preferred replica: {partitionCount} of {askedCount} partitions. Their clients look up the new leader once; no records are lost.',
      'zh-CN':
        '{askedCount} 个分区中有 {partitionCount} 个的领导者会移到首选副本。其客户端会重新查找一次领导者；不会丢失记录。',
    },
    balance: {
      args: {
        brokerCount: 'count',
        mostBeforeCount: 'count',
        mostAfterCount: 'count',
        leastBeforeCount: 'count',
        leastAfterCount: 'count',
      },
      en: 'Of the partitions seen, the most led by one of {brokerCount} brokers go from {mostBeforeCount} to {mostAfterCount}, the fewest from {leastBeforeCount} to {leastAfterCount}.',
      'zh-CN':
        '在 {brokerCount} 个 Broker 中，单个 Broker 领导的（所见）分区最多由 {mostBeforeCount} 个变为 {mostAfterCount} 个，最少由 {leastBeforeCount} 个变为 {leastAfterCount} 个。',
    },
    'nothing-moves': {
      args: { askedCount: 'count' },
      en: 'None of the {askedCount} partitions moves: there is nothing to do.',
      'zh-CN': '{askedCount} 个分区都不会移动：无事可做。',
    },
    'by-itself': {
      args: {},
      en: 'Kafka does this by itself: it moves leaders back to their preferred replicas about every five minutes (auto.leader.rebalance.enable is true on the brokers; the controller goes by its own file).',
      'zh-CN':
        'Kafka 会自行完成：大约每五分钟把领导者移回首选副本（各 Broker 的 auto.leader.rebalance.enable 为 true；控制器以自己的配置文件为准）。',
    },
    'not-by-itself': {
      args: {},
      en: 'Without this the leaders stay where they are: auto.leader.rebalance.enable is false on the brokers. The controller goes by its own file.',
      'zh-CN':
        '若不执行，领导者会留在原处：各 Broker 的 auto.leader.rebalance.enable 为 false。控制器以自己的配置文件为准。',
    },
    'by-itself-unknown': {
      args: {},
      en: 'Whether Kafka moves leaders back by itself (auto.leader.rebalance.enable, on by default, about every five minutes) is not known.',
      'zh-CN': '无法得知 Kafka 是否会自行移回领导者（auto.leader.rebalance.enable，默认开启，大约每五分钟一次）。',
    },
    'in-batches': {
      args: { batchCount: 'count', batchSizeCount: 'count' },
      en: 'It is done in {batchCount} batches of at most {batchSizeCount} partitions, and waits for health in between.',
      'zh-CN': '分 {batchCount} 批进行，每批最多 {batchSizeCount} 个分区，批次之间等待恢复健康。',
    },
    already: {
      args: { askedCount: 'count' },
      en: 'Led by the preferred replica already: {partitionCount} of {askedCount} partitions.',
      'zh-CN': '{askedCount} 个分区中有 {partitionCount} 个已由首选副本领导。',
    },
    'not-in-sync': {
      args: { askedCount: 'count' },
      en: '{partitionCount} of {askedCount} partitions stay as they are: the preferred replica is not in the ISR. Wait until it has caught up.',
      'zh-CN': '{askedCount} 个分区中有 {partitionCount} 个保持不变：首选副本不在 ISR 中。请等待它赶上。',
    },
    'preferred-silent': {
      args: { askedCount: 'count' },
      en: '{partitionCount} of {askedCount} partitions stay as they are: the broker of the preferred replica does not answer.',
      'zh-CN': '{askedCount} 个分区中有 {partitionCount} 个保持不变：首选副本所在的 Broker 无响应。',
    },
    offline: {
      args: { askedCount: 'count' },
      en: '{partitionCount} of {askedCount} partitions have no leader. This election does not bring them back; bring back their brokers first.',
      'zh-CN': '{askedCount} 个分区中有 {partitionCount} 个没有领导者。此选举无法恢复它们；请先恢复其 Broker。',
    },
    gone: {
      args: { askedCount: 'count' },
      en: '{partitionCount} of {askedCount} partitions are not seen: they are not there, or hidden from this login.',
      'zh-CN': '{askedCount} 个分区中未见 {partitionCount} 个：不存在，或对此登录不可见。',
    },
  },
})
