/** What each finding of the audit means, and what helps; and of each rule what no client can know of it. Figures are phrases (phrases/audit.ts). */
import type { AuditFindingId, AuditRisk, AuditRule } from '../audit-rules'
import type { Language } from './language'

export interface RuleText {
  /** As something that is so: `Every partition has a copy`. */
  readonly clear: string
  /** What a client cannot know, '' = nothing is hidden from it. */
  readonly limit: string
}

export interface FindingText {
  readonly title: string
  readonly why: string
  readonly fix: string
}

interface Texts {
  readonly risks: Readonly<Record<AuditRisk, string>>
  readonly rules: Readonly<Record<AuditRule, RuleText>>
  readonly findings: Readonly<Record<AuditFindingId, FindingText>>
}

const MORE_REPLICAS =
  'More replicas come with kafka-reassign-partitions.sh; the lines are a proposal to read first, and moving data takes time and network.'
const RISKS_EN = { loses: 'may lose records', stops: 'may stop everything', weak: 'weak', untidy: 'untidy' } as const

const EN: Texts = {
  risks: RISKS_EN,
  rules: {
    'single-replica': {
      clear: 'every partition has more than one replica (Kafka’s own topics have a rule of their own)',
      limit: '',
    },
    'min-isr-one': {
      clear: 'no replicated topic lets a leader acknowledge alone (Kafka’s own topics have a rule of their own)',
      limit: 'Brokers do not report whether producers use acks=all. Without it, no topic setting protects a record.',
    },
    'min-isr-all': {
      clear:
        'no replicated topic has a min ISR equal to its number of replicas (Kafka’s own topics have a rule of their own)',
      limit: '',
    },
    'min-isr-above': {
      clear:
        'no replicated topic has a min ISR above its number of replicas (Kafka’s own topics have a rule of their own)',
      limit: '',
    },
    unclean: {
      clear: 'unclean election is off, as the brokers report it',
      limit:
        'The controllers decide. Where neither the topic nor a cluster default sets it, they go by their own files, which no client can read. A cluster default is the same for all of them.',
    },
    'internal-topics': { clear: 'no weakness was found in Kafka’s internal topics', limit: '' },
    'one-rack': {
      clear: 'no replicated partition is known to have all its replicas in one rack',
      limit: 'Racks are what the brokers are configured with (broker.rack), which need not be where the machines are.',
    },
    'leaders-skewed': {
      clear:
        'no broker that could lead them now is missing more than 10 % of its leaders, or they move back automatically',
      limit:
        'Whether leaders move back is set in the controllers’ files, which can be read only where controllers are also brokers.',
    },
    'throttle-left': { clear: 'no leftover throttle was found', limit: '' },
    'brokers-differ': {
      clear: 'the brokers that answered agree on lag window, min ISR, unclean election and session timeout',
      limit: 'The files of controllers that are not brokers cannot be read by any client.',
    },
    elr: { clear: 'eligible leader replicas are on where the cluster supports them', limit: '' },
    'retention-unlimited': {
      clear: 'every topic that deletes and does not compact has a limit of age or size (Kafka’s own are left out)',
      limit:
        'Brokers do not report whether their log cleaner still runs. Where it has died, a compacted topic grows without limit.',
    },
    producers: {
      clear: 'every record seen arriving had a producer ID',
      limit:
        'Brokers report only producers that have an ID. About a second of up to 500 partitions, spread over the topics, is looked at: producers that write elsewhere, or rarely, are not seen.',
    },
    quorum: { clear: 'an odd number of controllers, three or more', limit: '' },
    'metadata-version': {
      clear: 'metadata.version is not behind the oldest release the brokers can be running',
      limit: 'Brokers do not report their release. Their APIs only prove the oldest it can be.',
    },
  },
  findings: {
    'single-replica.one': {
      title: 'A single replica',
      why: 'The records of these partitions are on one broker only. While it is down they cannot be written or read, and if its disk is lost, so are they.',
      fix: MORE_REPLICAS,
    },
    'min-isr-one.alone-now': {
      title: 'A leader acknowledges alone',
      why: 'min.insync.replicas is 1, and on these partitions the leader is now the only replica in the ISR: it acknowledges acks=all writes that no other broker has. If it is lost now, so are they.',
      fix: 'With three replicas, ask for two. Writes with acks=all then wait, or are refused, while the leader is alone. With two replicas a minimum of two would refuse writes at every restart: add a third first.',
    },
    'min-isr-one.may': {
      title: 'min ISR 1 with followers',
      why: 'min.insync.replicas is 1: as soon as the followers lag or are down, the leader acknowledges acks=all writes alone, unnoticed until it is lost too.',
      fix: 'With three replicas, ask for two. It has no effect on writes while all are in sync. With two replicas a minimum of two would refuse writes at every restart: add a third first.',
    },
    'min-isr-all.any-restart': {
      title: 'No replica to spare',
      why: 'min.insync.replicas is as large as the number of replicas: the restart of any broker that holds one stops acks=all writes, and from 3.7 consumers too.',
      fix: 'Ask for one less than there are replicas, where that is still two. With two replicas no setting helps: a third replica does.',
    },
    'min-isr-above.refuses': {
      title: 'min ISR is above the replicas',
      why: 'It asks for more in-sync replicas than there are. Before 3.7 the leader refuses every acks=all write.',
      fix: 'Lower it to the number of replicas, or one less where that is still two.',
    },
    'min-isr-above.acts-as-rf': {
      title: 'min ISR is above the replicas',
      why: 'It asks for more in-sync replicas than there are. From 3.7 it silently acts as their number: the restart of any broker that holds one stops acks=all writes.',
      fix: 'Ask for one less than there are replicas, where that is still two; or add replicas.',
    },
    'min-isr-above.version-unknown': {
      title: 'min ISR is above the replicas',
      why: 'It asks for more in-sync replicas than there are. Before 3.7 every acks=all write is refused; from 3.7 it acts as their number, so any restart stops them.',
      fix: 'Lower it to the number of replicas, or one less where that is still two.',
    },
    'unclean.on': {
      title: 'Unclean election is on',
      why: 'When every in-sync replica of a partition is down, Kafka makes any live replica the leader. Records it does not have are lost, including those acknowledged with acks=all.',
      fix: 'Turn it off. A partition then waits, offline, for a replica that has everything. No effect on writes now.',
    },
    'unclean.not-read': {
      title: 'Unclean election is set, and not in effect yet',
      why: 'It is on for these topics. The controllers of this release do not read it; those of 3.9 and later do, and records may be lost from then on.',
      fix: 'Turn it off before the next upgrade. No effect now.',
    },
    'unclean.by-file': {
      title: 'Unclean election is off by one broker’s file',
      why: 'The controller goes by its own file, which may say something else and cannot be read.',
      fix: 'Give the topics a value of their own, or set a default for the whole cluster (kafka-configs.sh --entity-type brokers --entity-default), which all nodes share.',
    },
    'internal-topics.single': {
      title: 'Kafka’s internal topics have a single replica',
      why: 'Committed offsets and the state of transactions are on one broker only. While it is down, groups cannot commit and transactions cannot end; if its disk is lost, so are the offsets.',
      fix: MORE_REPLICAS,
    },
    'internal-topics.few': {
      title: 'Kafka’s internal topics have two replicas',
      why: 'With two replicas there is none to spare: either the restart of one stops commits, or the other alone has them.',
      fix: MORE_REPLICAS,
    },
    'internal-topics.alone': {
      title: 'Commits may be on a single broker',
      why: 'min.insync.replicas of these topics is 1: while its followers are down, a leader acknowledges commits and transactions alone, and they are lost with it.',
      fix: 'With three replicas, ask for two.',
    },
    'internal-topics.all': {
      title: 'Any restart stops commits',
      why: 'min.insync.replicas of these topics is as large as the number of replicas: the restart of any broker that holds one stops commits, transactions or acknowledgements of every client there.',
      fix: 'Ask for one less than there are replicas, where that is still two; with two replicas, add a third.',
    },
    'one-rack.partitions': {
      title: 'All replicas in one rack',
      why: 'The brokers of these partitions are in the same rack: whatever takes it down takes every replica.',
      fix: 'One replica has to go to another rack. The lines are a proposal to read first; moving data takes time and network.',
    },
    'one-rack.cluster': {
      title: 'All brokers in one rack',
      why: 'Every broker has the same rack, so Kafka cannot spread replicas by it.',
      fix: 'Set broker.rack in the file of each broker to where it really is, and restart them one by one.',
    },
    'leaders-skewed.stay': {
      title: 'Leaders moved and will not move back',
      why: 'auto.leader.rebalance.enable is off, so leaders do not move back after a restart. Some brokers lead more than their share.',
      fix: 'Run a preferred leader election for these partitions. Each has no leader for a moment.',
    },
    'throttle-left.lists': {
      title: 'Leftover throttle',
      why: 'These topics still name throttled replicas, and nothing of them is being moved. With a rate on the brokers the next recovery is as slow as that.',
      fix: 'Remove both lists. No effect on what is in sync.',
    },
    'throttle-left.rates': {
      title: 'Leftover throttle rate',
      why: 'These brokers have a replication throttle rate, and nothing is being reassigned. It slows every replica that is listed as throttled when it has to recover.',
      fix: 'Remove the rates from the brokers.',
    },
    'brokers-differ.window': {
      title: 'Brokers’ eviction windows differ',
      why: 'replica.lag.time.max.ms is not the same on all brokers. Each leader uses its own: when leadership moves, followers leave the ISR sooner or later than before.',
      fix: 'Set the same value in the file of each broker and restart them one by one. The lines show what each has.',
    },
    'brokers-differ.min-isr': {
      title: 'Brokers’ min ISR differs',
      why: 'Topics without a value of their own take that of their leader’s broker: when leaders move, the same topic needs more or fewer replicas.',
      fix: 'Set one default for the whole cluster: it goes before the files of all brokers, and after what is set for one broker alone, which the lines remove.',
    },
    'brokers-differ.unclean': {
      title: 'Brokers disagree on unclean election',
      why: 'Topics without a value of their own may lose records, or not, by whose file counts.',
      fix: 'Set one default for the whole cluster: it goes before the files of all nodes, and after what is set for one broker alone, which the lines remove.',
    },
    'brokers-differ.session': {
      title: 'Brokers’ session timeouts differ',
      why: 'broker.session.timeout.ms is not the same everywhere. The controllers go by their own value, so that what brokers’ files say of it misleads.',
      fix: 'Set the same value in the file of each node and restart them one by one. The lines show what each has.',
    },
    'elr.off': {
      title: 'Eligible leader replicas are off',
      why: 'Without them, a partition whose ISR is empty waits for its last leader, even where another replica has every acknowledged record.',
      fix: 'Switch the feature on. min.insync.replicas of the brokers’ files becomes a default of the cluster then.',
    },
    'elr.useless': {
      title: 'Eligible leader replicas do nothing here',
      why: 'They are kept only while fewer than min.insync.replicas are in sync. With a minimum of 1 that is never.',
      fix: 'With three replicas, ask for two.',
    },
    'retention-unlimited.both': {
      title: 'Nothing is ever deleted',
      why: 'These topics delete by age and by size, and both are without limit: they grow until a disk is full, and a broker with a full disk stops.',
      fix: 'Choose retention.ms or retention.bytes for each topic in its settings; what a right value is, only its owners know.',
    },
    'producers.not-idempotent': {
      title: 'Some producers write without idempotence',
      why: 'These records had no producer ID: after a retry they may be there twice or out of order, and whether they were sent with acks=all is unknown. min.insync.replicas protects only those that were.',
      fix: 'Set enable.idempotence=true and acks=all in the producers of these topics; clients from 3.0 have both by default. The commands list the producers that have an ID: others wrote, too.',
    },
    'quorum.one': {
      title: 'A single controller',
      why: 'While it is down there are no elections, fencing or ISR changes, and no setting can be changed; if its disk is lost, so is the metadata of the cluster.',
      fix: 'Run three. How controllers are added depends on how the quorum was made (kraft.version); the line shows it.',
    },
    'quorum.even': {
      title: 'An even number of controllers',
      why: 'A majority must run, so the even one adds no tolerance, only one more machine that can fail.',
      fix: 'Add one, or remove one. The command shows the quorum.',
    },
    'metadata-version.behind': {
      title: 'metadata.version is behind the software',
      why: 'The cluster runs by the rules of an older release: what newer ones do against lost records and lagging replicas is missing, and the next upgrade may refuse to start.',
      fix: 'Raise it once no downgrade is planned: in general it cannot be lowered again.',
    },
  },
}

const ZH_MORE = '更多副本由 kafka-reassign-partitions.sh 添加；命令只是建议，请先阅读，移动数据需要时间和网络。'

const ZH: Texts = {
  risks: { loses: '可能丢失记录', stops: '可能全部中断', weak: '薄弱', untidy: '待整理' },
  rules: {
    'single-replica': { clear: '每个分区都有多个副本（Kafka 内部主题另有规则）', limit: '' },
    'min-isr-one': {
      clear: '有多个副本的主题，没有 Leader 可单独确认（Kafka 内部主题另有规则）',
      limit: 'Broker 不告知生产者是否使用 acks=all：若不使用，主题的任何设置都不能保护记录。',
    },
    'min-isr-all': { clear: '有多个副本的主题，最小 ISR 都不等于副本数（Kafka 内部主题另有规则）', limit: '' },
    'min-isr-above': { clear: '有多个副本的主题，最小 ISR 都不高于副本数（Kafka 内部主题另有规则）', limit: '' },
    unclean: {
      clear: '据 Broker 所述，非同步选举已关闭',
      limit:
        '由控制器决定；主题没有自己的值且集群没有默认值时，按控制器自己的文件，而客户端无从得知。集群级默认值对所有节点相同。',
    },
    'internal-topics': { clear: '未发现 Kafka 内部主题的弱点', limit: '' },
    'one-rack': {
      clear: '未发现有多个副本的分区全部在同一机架',
      limit: '机架是 Broker 自己声明的（broker.rack），并非实际位置。',
    },
    'leaders-skewed': {
      clear: '现在可接回 Leader 的 Broker 都不缺少超过 10 % 应有的 Leader，或 Leader 会自动回去',
      limit: 'Leader 是否自动回去由控制器的文件决定；只有控制器同时是 Broker 时才能得知。',
    },
    'throttle-left': { clear: '没有遗留的限流', limit: '' },
    'brokers-differ': {
      clear: '已响应的 Broker 的滞后窗口、最小 ISR、非同步选举与会话超时一致',
      limit: '不是 Broker 的控制器的文件无人告知。',
    },
    elr: { clear: '在集群支持时，合格 Leader 副本（ELR）已启用', limit: '' },
    'retention-unlimited': {
      clear: '每个只删除而不压实的主题，至少设有时间或大小上限（不含 Kafka 内部主题）',
      limit: 'Broker 不告知其日志清理线程是否仍在运行：压实主题可能因此无限增长。',
    },
    producers: {
      clear: '观察到的每条写入记录都带有生产者 ID',
      limit:
        'Broker 只告知带有 ID 的生产者。只观察分布在各主题上的最多 500 个分区约一秒：写入其他分区或很少写入的生产者不会被看到。',
    },
    quorum: { clear: '控制器为三个或更多的奇数', limit: '' },
    'metadata-version': {
      clear: 'metadata.version 不低于 Broker 可能运行的最低版本',
      limit: 'Broker 不告知其版本；其 API 所证明的只是下限。',
    },
  },
  findings: {
    'single-replica.one': {
      title: '只有一个副本',
      why: '这些分区的记录只在一个 Broker 上。它离线时无人能读写；其磁盘丢失则记录丢失。',
      fix: ZH_MORE,
    },
    'min-isr-one.alone-now': {
      title: 'Leader 单独确认',
      why: 'min.insync.replicas 为 1，且这些分区现在 ISR 中只有 Leader：它确认的 acks=all 写入别处没有。若现在失去它，这些记录就丢失。',
      fix: '有三个副本时要求两个。Leader 单独时，acks=all 写入会等待或被拒绝。只有两个副本时最小值为 2 会在每次重启时拒绝写入：请先增加第三个。',
    },
    'min-isr-one.may': {
      title: '有 Follower 而最小 ISR 为 1',
      why: 'min.insync.replicas 为 1：一旦 Follower 滞后或离线，Leader 就单独确认 acks=all 写入，直到它也丢失才有人发现。',
      fix: '有三个副本时要求两个。全部同步时对写入没有影响。只有两个副本时最小值为 2 会在每次重启时拒绝写入：请先增加第三个。',
    },
    'min-isr-all.any-restart': {
      title: '没有富余副本',
      why: 'min.insync.replicas 等于副本数：任何持有副本的 Broker 重启都会中断 acks=all 写入，从 3.7 起还会中断消费者。',
      fix: '要求比副本数少一个，只要仍为两个。只有两个副本时设置无济于事：需要第三个副本。',
    },
    'min-isr-above.refuses': {
      title: '最小 ISR 高于副本数',
      why: '要求同步的副本多于现有副本。在 3.7 之前，Leader 拒绝所有 acks=all 写入。',
      fix: '降到现有数量；若仍为两个，则再少一个。',
    },
    'min-isr-above.acts-as-rf': {
      title: '最小 ISR 高于副本数',
      why: '要求同步的副本多于现有副本。从 3.7 起它悄悄按副本数生效：任何持有副本的 Broker 重启都会中断 acks=all 写入。',
      fix: '要求比副本数少一个，只要仍为两个；或增加副本。',
    },
    'min-isr-above.version-unknown': {
      title: '最小 ISR 高于副本数',
      why: '要求同步的副本多于现有副本。3.7 之前所有 acks=all 写入被拒绝；从 3.7 起按副本数生效，任何重启都会中断写入。',
      fix: '降到现有数量；若仍为两个，则再少一个。',
    },
    'unclean.on': {
      title: '非同步选举已开启',
      why: '当分区的所有同步副本都离线时，Kafka 让任一存活副本成为 Leader。它没有的记录会丢失，包括 acks=all 已确认的。',
      fix: '将其关闭。分区届时会离线等待拥有全部记录的副本。现在对写入没有影响。',
    },
    'unclean.not-read': {
      title: '非同步选举已设置，但尚未被读取',
      why: '这些主题开启了它。该版本的控制器不读取；3.9 及以后会读取，届时可能丢失记录。',
      fix: '在下次升级前将其关闭。现在没有影响。',
    },
    'unclean.by-file': {
      title: '非同步选举由某个 Broker 的文件关闭',
      why: '控制器按自己的文件决定，其值可能不同，且无人告知。',
      fix: '为主题设置自己的值，或为整个集群设置默认值（kafka-configs.sh --entity-type brokers --entity-default），所有节点共用。',
    },
    'internal-topics.single': {
      title: 'Kafka 内部主题没有副本备份',
      why: '消费者与事务的位置只在一个 Broker 上。它离线时，消费者组无法提交，事务无法结束；其磁盘丢失则消费者组从头开始。',
      fix: ZH_MORE,
    },
    'internal-topics.few': {
      title: 'Kafka 内部主题只有两个副本',
      why: '两个副本没有富余：要么一个重启就中断提交，要么另一个单独拥有它们。',
      fix: ZH_MORE,
    },
    'internal-topics.alone': {
      title: '提交可能只在一个 Broker 上',
      why: '这些主题的 min.insync.replicas 为 1：Follower 离线时，提交和事务由 Leader 单独确认，并随它丢失。',
      fix: '有三个副本时要求两个。',
    },
    'internal-topics.all': {
      title: '任何重启都会中断提交',
      why: '这些主题的 min.insync.replicas 等于副本数：任何持有副本的 Broker 重启都会中断那里所有客户端的提交、事务或确认。',
      fix: '要求比副本数少一个，只要仍为两个；只有两个副本时增加第三个。',
    },
    'one-rack.partitions': {
      title: '全部副本在同一机架',
      why: '这些分区的 Broker 声明了同一机架：失去该机架即失去所有副本。',
      fix: '需有一个副本移到其他机架。命令只是建议，请先阅读；移动数据需要时间和网络。',
    },
    'one-rack.cluster': {
      title: '所有 Broker 同一机架',
      why: '机架已设置但全部相同：Kafka 无从得知副本在哪里是分开的。',
      fix: '在每个 Broker 的文件中将 broker.rack 设为其真实位置，并逐个重启。',
    },
    'leaders-skewed.stay': {
      title: 'Leader 已迁移且不会回去',
      why: 'auto.leader.rebalance.enable 已关闭，重启后 Leader 不会回去。有些 Broker 领导的分区过多。',
      fix: '对这些分区执行首选 Leader 选举。客户端会在每个分区上感到片刻没有 Leader。',
    },
    'throttle-left.lists': {
      title: '遗留的限流',
      why: '这些主题仍列有限流副本，而没有任何分区在移动。若 Broker 设有限流，下次恢复就会这么慢。',
      fix: '删除两个列表。对同步中的副本没有影响。',
    },
    'throttle-left.rates': {
      title: '遗留的限流速率',
      why: '这些 Broker 设有复制限流，而没有任何重分配。它会拖慢每个列为限流的副本的恢复。',
      fix: '从 Broker 上删除这些速率。',
    },
    'brokers-differ.window': {
      title: '各 Broker 的移出时限不同',
      why: 'replica.lag.time.max.ms 并非处处相同。Leader 按自己的值：Leader 迁移后，Follower 移出 ISR 的时间会变早或变晚。',
      fix: '在每个 Broker 的文件中设为相同的值并逐个重启。命令显示各自的值。',
    },
    'brokers-differ.min-isr': {
      title: '各 Broker 的最小 ISR 不同',
      why: '没有自己值的主题取其 Leader 所在 Broker 的值：Leader 迁移后，同一主题需要的副本数会改变。',
      fix: '为整个集群设置一个默认值：它优先于所有 Broker 的文件，但低于单独为某个 Broker 设置的值，后者由命令删除。',
    },
    'brokers-differ.unclean': {
      title: '各 Broker 对非同步选举的设置不一致',
      why: '没有自己值的主题是否会丢失记录，取决于以谁的文件为准。',
      fix: '为整个集群设置一个默认值：它优先于所有节点的文件，但低于单独为某个 Broker 设置的值，后者由命令删除。',
    },
    'brokers-differ.session': {
      title: '各 Broker 的会话超时不同',
      why: 'broker.session.timeout.ms 并非处处相同。控制器按自己的值，因此 Broker 文件中的值会误导。',
      fix: '在每个节点的文件中设为相同的值并逐个重启。命令显示各自的值。',
    },
    'elr.off': {
      title: '合格 Leader 副本（ELR）已关闭',
      why: '没有它，ISR 全部离线的分区只能等待最后的 Leader，即使另一个副本拥有所有已确认的记录。',
      fix: '开启该特性。届时 Broker 文件中的 min.insync.replicas 会成为集群默认值。',
    },
    'elr.useless': {
      title: '合格 Leader 副本（ELR）在此不起作用',
      why: '只有同步副本少于 min.insync.replicas 时才会维护。最小值为 1 时永远不会。',
      fix: '有三个副本时要求两个。',
    },
    'retention-unlimited.both': {
      title: '从不删除任何内容',
      why: '这些主题按时间和大小删除，而两者都没有上限：它们会一直增长到磁盘写满，磁盘写满的 Broker 会停止。',
      fix: '在每个主题的设置中选择 retention.ms 或 retention.bytes；合适的值只有其负责人知道。',
    },
    'producers.not-idempotent': {
      title: '部分生产者未启用幂等写入',
      why: '这些记录没有生产者 ID：重试后可能重复或乱序，是否要求 acks=all 无从得知。要求更低的写入不受 min.insync.replicas 保护。',
      fix: '在写入这些主题的地方设置 enable.idempotence=true 和 acks=all；3.0 及以后的客户端默认如此，除非被其他设置取消。命令显示带有 ID 的生产者：另有他人也在写入。',
    },
    'quorum.one': {
      title: '只有一个控制器',
      why: '它离线时，无法选举、隔离或移出 ISR，也无法更改任何设置；其磁盘丢失则集群的元数据丢失。',
      fix: '运行三个。如何增加控制器取决于仲裁的建立方式（kraft.version）；命令可显示。',
    },
    'quorum.even': {
      title: '控制器数量为偶数',
      why: '需要多数存在，因此有一个控制器毫无作用，却同样可能故障。',
      fix: '增加一个或减少一个。命令显示仲裁。',
    },
    'metadata-version.behind': {
      title: 'metadata.version 落后于软件',
      why: '集群按旧版本的规则运行：新版本针对记录丢失和滞后副本的改进尚不存在，下次升级也可能无法开始。',
      fix: '确定不再回退到旧软件后再提升：通常无法再降低。',
    },
  },
}

const TEXTS: Readonly<Record<Language, Texts>> = { en: EN, 'zh-CN': ZH }

export const riskWords = (language: Language, risk: AuditRisk): string => TEXTS[language].risks[risk]
export const ruleText = (language: Language, rule: AuditRule): RuleText => TEXTS[language].rules[rule]
export const findingText = (language: Language, id: AuditFindingId): FindingText => TEXTS[language].findings[id]
