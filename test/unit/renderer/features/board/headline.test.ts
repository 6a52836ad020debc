import { describe, expect, it } from 'vitest'
import type { OpenIncident } from '@contract/history'
import type { ClusterSummary, Culprit, Headline, SilentBroker } from '@contract/summary'
import { headlineView } from '../../../../../src-renderer/features/board/headline'
import { buildFrame } from '../../../../support/frames'
import { sayIn } from '../../../../support/say'
import { buildBroker, buildHeadline, buildIncident, NOW } from '../../../../support/summaries'
import type { Plain } from '../../../../support/summaries'
import { tally } from '@shared/tally'

const LIVE = { phase: 'live', takenAt: NOW } as const
const en = sayIn('en')
const zh = sayIn('zh-CN')

function summary(headline: Partial<Plain<Headline>>, more: Partial<ClusterSummary> = {}): ClusterSummary {
  return buildFrame({ summary: { headline: buildHeadline(headline), ...more } }).summary
}
const culprit = (more: Partial<Culprit>): Culprit => ({
  kind: 'follower-broker',
  broker: 2,
  rack: 'rack-b',
  brokers: [],
  behind: 214,
  of: 240,
  cause: 'slow',
  ...more,
})
const silent = (more: Partial<SilentBroker> = {}): SilentBroker => ({
  broker: 2,
  rack: 'rack-b',
  since: NOW - 4000,
  silence: 'timeout',
  returning: false,
  heard: false,
  leadsTo: '',
  fencedFrom: NOW + 3000,
  fencedTo: NOW + 7000,
  leads: 43,
  thenRefuses: 12,
  thenOffline: 1,
  thenLoses: 0,
  ...more,
})
const since = NOW - 260_000

/** Sentence, detail, and what to do next ('' = nothing). */
type Lines = readonly [sentence: string, detail: string, next: string]
interface Case {
  readonly name: string
  readonly facts: ClusterSummary
  readonly en: Lines
  readonly zh: Lines
}
const CASES: readonly Case[] = [
  {
    name: 'well, with the nearest to eviction',
    facts: summary({}, { nearest: { topic: 'clickstream.raw', partition: 212, broker: 4, lateMs: 2100 } }),
    en: [
      'All 1,122 partitions of the 13 topics seen are fully replicated, with enough replicas in the ISR for acks=all writes.',
      'Since Nov 22, 2026 17:14:01 (10 h 3 min). Of the ISR members that stayed, the one seen closest to eviction in the last hour: 2.1 s of lag out of 30 s, clickstream.raw 212 on broker 4. Any single broker can stop without a partition of the 13 topics seen refusing writes or going offline, as last read.',
      '',
    ],
    zh: [
      '所见 13 个主题的全部 1,122 个分区副本齐全，ISR 足以接受 acks=all 写入。',
      '自 2026年11月22日 17:14:01 起（10 小时 3 分）。过去一小时内所见、未移出 ISR 的成员中最接近移出的：滞后 2.1 秒（上限 30 秒），clickstream.raw 212，在 Broker 4 上。按最近一次读取，任意停止一个 Broker，所见 13 个主题的分区都不会拒绝写入或离线。',
      '',
    ],
  },
  {
    name: 'well for less than the hour that is remembered, but two brokers may not stop',
    facts: summary({ since }, { brokers: [1, 2, 3].map((id) => buildBroker(id, { stopOffline: id === 2 ? 0 : 3 })) }),
    en: [
      'All 1,122 partitions of the 13 topics seen are fully replicated, with enough replicas in the ISR for acks=all writes.',
      'Since 03:12:41 (4 min 20 s). No ISR member was seen lagging in that time. Not safe to stop: brokers 1 and 3.',
      '',
    ],
    zh: [
      '所见 13 个主题的全部 1,122 个分区副本齐全，ISR 足以接受 acks=all 写入。',
      '自 03:12:41 起（4 分 20 秒）。其间未见 ISR 成员滞后。不可停止：Broker 1、3。',
      '',
    ],
  },
  {
    name: 'watch',
    facts: summary({ level: 'watch', since, lagging: 3, leaving: { replicas: 1, by: NOW + 18_000 } }),
    en: [
      '3 partitions have a lagging follower; all replicas are in the ISR.',
      'Since 03:12:41 (4 min 20 s). 1 replica leaves the ISR within 18 s.',
      '',
    ],
    zh: [
      '3 个分区有 Follower 滞后；所有副本仍在 ISR 中。',
      '自 03:12:41 起（4 分 20 秒）。1 个副本将在 18 秒内移出 ISR。',
      '',
    ],
  },
  {
    name: 'slow follower with refused writes',
    facts: summary({
      level: 'danger',
      since,
      culprit: culprit({}),
      writesRefused: 12,
      underReplicated: 109,
      leaving: { replicas: 31, by: NOW + 18_000 },
    }),
    en: [
      'Broker 2 (rack-b) is behind on 214 of 240 replicas. 12 partitions refuse acks=all writes.',
      'Since 03:12:41 (4 min 20 s). It answers, but fetches more slowly than the leaders write. Possible causes: its disk, network or load. 31 more replicas leave the ISR within 18 s.',
      'Check disk, network, load and throttles of broker 2. Don’t stop any other broker until then.',
    ],
    zh: [
      'Broker 2 (rack-b) 落后：240 个副本中有 214 个。12 个分区拒绝 acks=all 写入。',
      '自 03:12:41 起（4 分 20 秒）。它有响应，但拉取慢于写入。可能的原因：磁盘、网络或负载。还有 31 个副本将在 18 秒内移出 ISR。',
      '检查 Broker 2 的磁盘、网络、负载和限流。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'throttled follower, nothing refused yet',
    facts: summary({
      level: 'trouble',
      since,
      culprit: culprit({ behind: 4, cause: 'throttled' }),
      oneLossAway: 4,
      underReplicated: 4,
    }),
    en: [
      'Broker 2 (rack-b) is behind on 4 of 240 replicas. No partition of the 13 topics seen refuses acks=all writes; 4 are one loss away from that.',
      'Since 03:12:41 (4 min 20 s). It fetches under a replication throttle.',
      'If no reassignment is running, this throttle is left over: remove follower.replication.throttled.rate from broker 2. Don’t stop any other broker until then.',
    ],
    zh: [
      'Broker 2 (rack-b) 落后：240 个副本中有 4 个。所见 13 个主题的分区都没有拒绝 acks=all 写入；4 个再失去一个副本就会拒绝。',
      '自 03:12:41 起（4 分 20 秒）。它的复制正受限流约束。',
      '若没有正在进行的重分配，说明限流是遗留的：请从 Broker 2 移除 follower.replication.throttled.rate。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'late follower, all in the ISR',
    facts: summary({
      level: 'watch',
      since,
      culprit: culprit({ behind: 6 }),
      lagging: 6,
      leaving: { replicas: 6, by: NOW + 11_000 },
    }),
    en: [
      'Broker 2 (rack-b) is behind on 6 of 240 replicas. No partition of the 13 topics seen refuses acks=all writes; on 6 partitions they wait for a lagging replica.',
      'Since 03:12:41 (4 min 20 s). It answers, but fetches more slowly than the leaders write. Possible causes: its disk, network or load. 6 replicas leave the ISR within 11 s.',
      'Check disk, network, load and throttles of broker 2.',
    ],
    zh: [
      'Broker 2 (rack-b) 落后：240 个副本中有 6 个。所见 13 个主题的分区都不拒绝 acks=all 写入；6 个分区的写入在等待滞后的副本。',
      '自 03:12:41 起（4 分 20 秒）。它有响应，但拉取慢于写入。可能的原因：磁盘、网络或负载。6 个副本将在 11 秒内移出 ISR。',
      '检查 Broker 2 的磁盘、网络、负载和限流。',
    ],
  },
  {
    name: 'silent broker that leads, and follows in other ISRs',
    facts: summary(
      { level: 'danger', since: NOW - 4000, silent: [silent()] },
      { brokers: [1, 2, 3].map((id) => buildBroker(id, { inSync: 103, leaders: 43 })) },
    ),
    en: [
      'Broker 2 (rack-b) does not answer. 43 partitions cannot be read or written.',
      'Since 03:16:57 (4 s). Broker 2 keeps its connections open but does not answer: frozen, or cut off. 60 partitions with it in the ISR hold up acks=all writes. ' +
        'It will be fenced in about 3–7 s; then 1 partition goes offline and 12 partitions refuse acks=all writes.',
      'Check the process, disk and network of broker 2. Don’t stop any other broker until then.',
    ],
    zh: [
      'Broker 2 (rack-b) 无响应。43 个分区不可读写。',
      '自 03:16:57 起（4 秒）。Broker 2 连接仍在但无响应：进程卡死或网络被隔断。另有 60 个分区的 ISR 含有它，acks=all 写入在等待它。大约 3–7 秒后会被隔离；之后 1 个分区离线、12 个分区拒绝 acks=all 写入。',
      '检查 Broker 2 的进程、磁盘和网络。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'silent broker that costs nothing',
    facts: summary(
      { level: 'trouble', since, silent: [silent({ leads: 0, thenOffline: 0, thenRefuses: 0, silence: 'refused' })] },
      { brokers: [] },
    ),
    en: [
      'Broker 2 (rack-b) does not answer.',
      'Since 03:12:41 (4 min 20 s). Broker 2 refuses connections: its process is gone, or has not opened its port yet. It will be fenced in about 3–7 s; after that no partition of the 13 topics seen is expected to refuse acks=all writes or go offline.',
      'Start broker 2 unless it is already starting; its log says why it stopped. Don’t stop any other broker until then.',
    ],
    zh: [
      'Broker 2 (rack-b) 无响应。',
      '自 03:12:41 起（4 分 20 秒）。Broker 2 拒绝连接：进程已不在，或尚未打开端口。大约 3–7 秒后会被隔离；之后预计所见 13 个主题的分区都不拒绝 acks=all 写入，也不离线。',
      '若 Broker 2 不在启动中，请重新启动它；其日志会说明停止原因。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'broker that only we do not reach',
    facts: summary({ level: 'unknown', since, silent: [silent({ silence: 'auth' })] }),
    en: [
      'Broker 2 (rack-b) cannot be reached from this machine.',
      'Since 03:12:41 (4 min 20 s). Broker 2 rejects our login. Whether clients can reach it is unknown.',
      'Test the connection to broker 2: the broker itself may be healthy. Don’t stop any other broker until then.',
    ],
    zh: [
      '从本机无法访问 Broker 2 (rack-b)。',
      '自 03:12:41 起（4 分 20 秒）。Broker 2 拒绝我们的登录。客户端能否访问它未知。',
      '测试与 Broker 2 的连接：Broker 本身可能正常。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'broker whose name this machine does not know',
    facts: summary({ level: 'unknown', since, silent: [silent({ silence: 'unknown-host' })] }),
    en: [
      'Broker 2 (rack-b) cannot be reached from this machine.',
      'Since 03:12:41 (4 min 20 s). The address of broker 2 cannot be resolved. Whether clients can reach it is unknown.',
      'Make the name of broker 2 resolvable on this machine: VPN, DNS, or a line in its hosts file (the connection test shows it). The broker itself may be healthy. Don’t stop any other broker until then.',
    ],
    zh: [
      '从本机无法访问 Broker 2 (rack-b)。',
      '自 03:12:41 起（4 分 20 秒）。Broker 2 的地址无法解析。客户端能否访问它未知。',
      '请让本机能解析 Broker 2 的名称：通过 VPN、DNS 服务器，或在 hosts 文件中添加一行（连接测试会列出）。Broker 本身可能正常。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'broker whose address leads to another cluster',
    facts: summary({
      level: 'unknown',
      since,
      silent: [silent({ silence: 'other-cluster', leadsTo: 'nYc5ZyyJSGqxoiA' })],
    }),
    en: [
      'The address of broker 2 (rack-b) leads to a different Kafka cluster.',
      'Since 03:12:41 (4 min 20 s). The address of broker 2 leads to a different Kafka cluster (nYc5ZyyJSGqxoiA). Its data is not shown, and nothing is written to it. Whether clients can reach it is unknown.',
      'Test the connection to broker 2: the broker itself may be healthy. Don’t stop any other broker until then.',
    ],
    zh: [
      'Broker 2 (rack-b) 的地址指向另一个 Kafka 集群。',
      '自 03:12:41 起（4 分 20 秒）。Broker 2 的地址指向另一个 Kafka 集群（nYc5ZyyJSGqxoiA）；不会显示其内容，也不会向其写入。客户端能否访问它未知。',
      '测试与 Broker 2 的连接：Broker 本身可能正常。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'silent to us alone: the controllers hear it',
    facts: summary({
      level: 'danger',
      since,
      silent: [silent({ heard: true, fencedFrom: Number.NaN, fencedTo: Number.NaN, thenOffline: 0, thenRefuses: 0 })],
    }),
    en: [
      'Broker 2 (rack-b) does not answer.',
      'Since 03:12:41 (4 min 20 s). Broker 2 keeps its connections open but does not answer: frozen, or cut off. The controllers still receive its requests, so it is not fenced as long as they do. Whether clients can reach it is unknown.',
      'Test the connection to broker 2: the broker itself may be healthy. Don’t stop any other broker until then.',
    ],
    zh: [
      'Broker 2 (rack-b) 无响应。',
      '自 03:12:41 起（4 分 20 秒）。Broker 2 连接仍在但无响应：进程卡死或网络被隔断。控制器仍能收到它的请求，在此期间不会隔离它。客户端能否访问它未知。',
      '测试与 Broker 2 的连接：Broker 本身可能正常。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'two silent brokers, harmless together, the second long overdue',
    facts: summary(
      {
        level: 'trouble',
        since,
        silent: [
          silent({
            leads: 0,
            thenOffline: 0,
            thenRefuses: 0,
            fencedFrom: Number.NaN,
            fencedTo: Number.NaN,
            silence: 'refused',
          }),
          silent({
            broker: 5,
            rack: null,
            leads: 0,
            thenOffline: 0,
            thenRefuses: 0,
            fencedTo: NOW - 1,
            silence: 'reset',
          }),
        ],
      },
      { brokers: [] },
    ),
    en: [
      'Brokers 2 (rack-b) and 5 do not answer.',
      'Since 03:12:41 (4 min 20 s). Broker 2 refuses connections: its process is gone, or has not opened its port yet. When it will be fenced is unknown; after that no partition of the 13 topics seen is expected to refuse acks=all writes or go offline. ' +
        'Broker 5 closes connections: stopping, or restarting. It should have been fenced by now.',
      'Start broker 2 unless it is already starting; its log says why it stopped. Don’t stop any other broker until then.',
    ],
    zh: [
      'Broker 2 (rack-b)、5 无响应。',
      '自 03:12:41 起（4 分 20 秒）。Broker 2 拒绝连接：进程已不在，或尚未打开端口。何时被隔离未知；之后预计所见 13 个主题的分区都不拒绝 acks=all 写入，也不离线。Broker 5 关闭连接：正在停止或重启。已超过预计的隔离时间。',
      '若 Broker 2 不在启动中，请重新启动它；其日志会说明停止原因。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'gone, since it fell silent',
    facts: summary(
      { level: 'trouble', since: NOW - 4000, culprit: culprit({ behind: 240, cause: 'gone' }), underReplicated: 240 },
      { brokers: [buildBroker(2, { listed: false, answers: 'no', answersSince: NOW - 14_000 })] },
    ),
    en: [
      'Broker 2 (rack-b) is gone with all 240 of its replicas seen. No partition of the 13 topics seen refuses acks=all writes.',
      'Since 03:16:47 (14 s). The cluster no longer lists it: stopped, crashed or fenced.',
      'Restart broker 2, or fix its host or network.',
    ],
    zh: [
      'Broker 2 (rack-b) 已不在集群中，它的 240 个可见副本都不在 ISR 中。所见 13 个主题的分区都不拒绝 acks=all 写入。',
      '自 03:16:47 起（14 秒）。集群已不再列出它：已停止、崩溃或被隔离。',
      '重启 Broker 2，或修复其主机、网络。',
    ],
  },
  {
    name: 'two gone in different racks, and first the one that may lead most (K8.3)',
    facts: summary({
      level: 'danger',
      since,
      culprit: culprit({
        kind: 'brokers-away',
        broker: 3,
        rack: null,
        brokers: [
          { broker: 2, rack: 'rack-b', cause: 'gone' },
          { broker: 3, rack: 'rack-c', cause: 'gone' },
        ],
        behind: 400,
        of: 480,
        cause: 'gone',
      }),
      writesRefused: 12,
    }),
    en: [
      'Brokers 2 (rack-b) and 3 (rack-c) are gone; 400 of their 480 replicas are missing. 12 partitions refuse acks=all writes.',
      'Since 03:12:41 (4 min 20 s). The cluster no longer lists them: stopped, crashed or fenced.',
      'Bring brokers 2 and 3 back, broker 3 first: it is in the ISR or ELR of most partitions in trouble, or was their last leader. Don’t stop any other broker until then.',
    ],
    zh: [
      'Broker 2 (rack-b)、3 (rack-c) 已不在集群中，共缺失其 480 个副本中的 400 个。12 个分区拒绝 acks=all 写入。',
      '自 03:12:41 起（4 分 20 秒）。集群已不再列出它们：已停止、崩溃或被隔离。',
      '恢复 Broker 2、3，先恢复 Broker 3：有问题的分区中，它所在的 ISR 或 ELR 最多，或者是它们的上一任 Leader。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'a whole rack away, one of it gone and one still listed (K8.3)',
    facts: summary(
      {
        level: 'danger',
        since,
        silent: [silent({ broker: 5, thenOffline: 0, thenRefuses: 0 })],
        culprit: culprit({
          kind: 'brokers-away',
          broker: -1,
          brokers: [
            { broker: 2, rack: 'rack-b', cause: 'gone' },
            { broker: 5, rack: 'rack-b', cause: 'silent' },
          ],
          behind: 480,
          of: 480,
          cause: 'silent',
        }),
      },
      { brokers: [] },
    ),
    en: [
      'Broker 5 (rack-b) does not answer. Broker 2 (rack-b) is gone. 43 partitions cannot be read or written.',
      'Since 03:12:41 (4 min 20 s). Broker 5 keeps its connections open but does not answer: frozen, or cut off. It will be fenced in about 3–7 s; after that no partition of the 13 topics seen is expected to refuse acks=all writes or go offline.',
      'Check power and network of rack-b. Restart brokers 2 and 5, or fix their hosts or network. Don’t stop any other broker until then.',
    ],
    zh: [
      'Broker 5 (rack-b) 无响应。Broker 2 (rack-b) 已不在集群中。43 个分区不可读写。',
      '自 03:12:41 起（4 分 20 秒）。Broker 5 连接仍在但无响应：进程卡死或网络被隔断。大约 3–7 秒后会被隔离；之后预计所见 13 个主题的分区都不拒绝 acks=all 写入，也不离线。',
      '检查 rack-b 的供电和网络。重启 Broker 2、5，或修复其主机、网络。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'no controller, nothing else wrong (K8.8)',
    facts: summary({ level: 'trouble', since }, { quorum: 'silent', controller: -1, voters: null }),
    en: [
      'No controller answers: no leader elections, no fencing. No partition of the 13 topics seen refuses acks=all writes.',
      'Since 03:12:41 (4 min 20 s). Until one answers, ISRs do not change either, and the partitions of a stopped broker stay without a leader.',
      'Bring the controllers back: a majority of the voters must run and reach each other. Don’t stop any other broker until then.',
    ],
    zh: [
      '控制器均无响应：无法选举 Leader，也无法隔离 Broker。所见 13 个主题的分区都不拒绝 acks=all 写入。',
      '自 03:12:41 起（4 分 20 秒）。在控制器恢复响应之前，ISR 也不会变化，停止的 Broker 所领导的分区将没有 Leader。',
      '恢复控制器：半数以上的投票者必须运行并能互相访问。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'a silent broker and no controller: no countdown, and no all-clear (K8.8)',
    facts: summary(
      {
        level: 'danger',
        since,
        silent: [silent({ thenOffline: 0, thenRefuses: 0, fencedFrom: Number.NaN, fencedTo: Number.NaN })],
      },
      { quorum: 'silent', brokers: [] },
    ),
    en: [
      'No controller answers: no leader elections, no fencing. Broker 2 (rack-b) does not answer. 43 partitions cannot be read or written.',
      'Since 03:12:41 (4 min 20 s). Until one answers, ISRs do not change either, and the partitions of a stopped broker stay without a leader. Broker 2 keeps its connections open but does not answer: frozen, or cut off.',
      'Bring the controllers back: a majority of the voters must run and reach each other. Don’t stop any other broker until then.',
    ],
    zh: [
      '控制器均无响应：无法选举 Leader，也无法隔离 Broker。Broker 2 (rack-b) 无响应。43 个分区不可读写。',
      '自 03:12:41 起（4 分 20 秒）。在控制器恢复响应之前，ISR 也不会变化，停止的 Broker 所领导的分区将没有 Leader。Broker 2 连接仍在但无响应：进程卡死或网络被隔断。',
      '恢复控制器：半数以上的投票者必须运行并能互相访问。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'well, but the controllers need each of two brokers (K8.8)',
    facts: summary(
      {},
      { brokers: [buildBroker(1, { stopQuorum: 'loses' }), buildBroker(2), buildBroker(3, { stopQuorum: 'loses' })] },
    ),
    en: [
      'All 1,122 partitions of the 13 topics seen are fully replicated, with enough replicas in the ISR for acks=all writes.',
      'Since Nov 22, 2026 17:14:01 (10 h 3 min). No ISR member was seen lagging in the last hour. Not safe to stop: brokers 1 and 3. Without any one of brokers 1 and 3 the controllers have no majority: no more leader elections or fencing.',
      '',
    ],
    zh: [
      '所见 13 个主题的全部 1,122 个分区副本齐全，ISR 足以接受 acks=all 写入。',
      '自 2026年11月22日 17:14:01 起（10 小时 3 分）。过去一小时未见 ISR 成员滞后。不可停止：Broker 1、3。Broker 1、3 中任缺其一，控制器就失去多数，不再有选举和隔离。',
      '',
    ],
  },
  {
    name: 'well, and the controllers are not known (K8.8)',
    facts: summary({}, { quorum: 'unknown', brokers: [1, 2].map((id) => buildBroker(id, { stopQuorum: 'unknown' })) }),
    en: [
      'All 1,122 partitions of the 13 topics seen are fully replicated, with enough replicas in the ISR for acks=all writes.',
      'Since Nov 22, 2026 17:14:01 (10 h 3 min). No ISR member was seen lagging in the last hour. Any single broker can stop without a partition of the 13 topics seen refusing writes or going offline, as last read. Whether the controllers would keep their majority is unknown.',
      '',
    ],
    zh: [
      '所见 13 个主题的全部 1,122 个分区副本齐全，ISR 足以接受 acks=all 写入。',
      '自 2026年11月22日 17:14:01 起（10 小时 3 分）。过去一小时未见 ISR 成员滞后。按最近一次读取，任意停止一个 Broker，所见 13 个主题的分区都不会拒绝写入或离线。控制器能否保持多数未知。',
      '',
    ],
  },
  {
    name: 'Kafka’s own topics refuse (K8.8)',
    facts: summary({
      level: 'danger',
      since,
      writesRefused: 9,
      halted: [
        { what: 'groups', partitions: tally(1) },
        { what: 'transactions', partitions: tally(2, false) },
        { what: 'share-groups', partitions: tally(3) },
      ],
    }),
    en: [
      '9 partitions refuse acks=all writes. Consumer groups on 1 partition of __consumer_offsets cannot commit. Transactions on ≥ 2 partitions of __transaction_state stop. Share groups on 3 partitions of __share_group_state stop.',
      'Since 03:12:41 (4 min 20 s).',
      'Open a partition that refuses writes to see which replicas are missing. Don’t stop any other broker until then.',
    ],
    zh: [
      '9 个分区拒绝 acks=all 写入。__consumer_offsets 的 1 个分区上的消费者组无法提交。__transaction_state 的 ≥ 2 个分区上的事务停止。__share_group_state 的 3 个分区上的共享组停止。',
      '自 03:12:41 起（4 分 20 秒）。',
      '打开一个拒绝写入的分区，查看缺少哪些副本。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'a broker without the listener we came in by (K5.4)',
    facts: {
      ...summary({
        level: 'watch',
        since,
        noListener: { brokers: [{ broker: 1001, rack: null }], partitions: 4 },
        offline: tally(0, false),
      }),
      counts: [4, 1118, 0, 0, 0, 0, 0],
    },
    en: [
      'Broker 1001 lacks the listener you connected through; 4 partitions it leads cannot be reached from here. No trouble is seen on the partitions of the 13 topics seen that could be read.',
      'Since 03:12:41 (4 min 20 s). 4 of 1,122 partitions could not be read, or not yet.',
      'Connect through a listener that every broker has, or give broker 1001 one with that name (listeners, advertised.listeners).',
    ],
    zh: [
      'Broker 1001 没有你接入所用的监听器；从这里无法访问它领导的 4 个分区。所见 13 个主题的可读分区中未见问题。',
      '自 03:12:41 起（4 分 20 秒）。1,122 个分区中有 4 个无法读取或尚未读取。',
      '请改用每个 Broker 都有的监听器接入，或为 Broker 1001 配置同名监听器（listeners、advertised.listeners）。',
    ],
  },
  {
    name: 'one without that listener leads nothing',
    facts: {
      ...summary({
        level: 'watch',
        since,
        noListener: { brokers: [{ broker: 1001, rack: null }], partitions: 0 },
        offline: tally(0, false),
      }),
      counts: [4, 1118, 0, 0, 0, 0, 0],
    },
    en: [
      'Broker 1001 lacks the listener you connected through. No trouble is seen on the partitions of the 13 topics seen that could be read.',
      'Since 03:12:41 (4 min 20 s). 4 of 1,122 partitions could not be read, or not yet.',
      'Connect through a listener that every broker has, or give broker 1001 one with that name (listeners, advertised.listeners).',
    ],
    zh: [
      'Broker 1001 没有你接入所用的监听器。所见 13 个主题的可读分区中未见问题。',
      '自 03:12:41 起（4 分 20 秒）。1,122 个分区中有 4 个无法读取或尚未读取。',
      '请改用每个 Broker 都有的监听器接入，或为 Broker 1001 配置同名监听器（listeners、advertised.listeners）。',
    ],
  },
  {
    name: 'coming back: listed again, its port not open yet (K8.4)',
    facts: summary({
      level: 'trouble',
      since,
      silent: [
        silent({
          silence: 'refused',
          returning: true,
          leads: 4,
          fencedFrom: Number.NaN,
          fencedTo: Number.NaN,
          thenOffline: 0,
          thenRefuses: 0,
        }),
      ],
      culprit: culprit({ cause: 'returning' }),
    }),
    en: [
      'Broker 2 (rack-b) is coming back.',
      'Since 03:12:41 (4 min 20 s). The cluster lists broker 2 again, but its port is not open yet. 4 partitions it leads are waiting for it.',
      'Wait for broker 2. If it does not answer within a few seconds, check its log. Don’t stop any other broker until then.',
    ],
    zh: [
      'Broker 2 (rack-b) 正在恢复。',
      '自 03:12:41 起（4 分 20 秒）。集群已重新列出 Broker 2；其端口尚未打开。它领导的 4 个分区在等待。',
      '等待 Broker 2：若数秒内无响应，请查看其日志。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'a controlled shutdown (K8.4)',
    facts: summary({ level: 'trouble', since, culprit: culprit({ behind: 240, cause: 'leaving' }), oneLossAway: 240 }),
    en: [
      'Broker 2 (rack-b) is shutting down, leaders are moving away. No partition of the 13 topics seen refuses acks=all writes; 240 are one loss away from that.',
      'Since 03:12:41 (4 min 20 s). It still answers and is listed, but has handed over its leaders and left those ISRs: a controlled shutdown.',
      'If broker 2 is being stopped on purpose, wait until it is back. Don’t stop any other broker until then.',
    ],
    zh: [
      'Broker 2 (rack-b) 正在停止，Leader 正在迁走。所见 13 个主题的分区都没有拒绝 acks=all 写入；240 个再失去一个副本就会拒绝。',
      '自 03:12:41 起（4 分 20 秒）。它仍有响应且在列，但其分区已由其他 Broker 领导，它也不在这些 ISR 中：这是受控停止。',
      '若有意停止 Broker 2，请等待它恢复。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'one gone, one leaving (K8.4)',
    facts: summary({
      level: 'trouble',
      since,
      culprit: culprit({
        kind: 'brokers-away',
        broker: -1,
        rack: null,
        brokers: [
          { broker: 2, rack: null, cause: 'gone' },
          { broker: 4, rack: null, cause: 'leaving' },
        ],
        cause: 'silent',
      }),
    }),
    en: [
      'Broker 2 is gone. Broker 4 is shutting down, leaders are moving away. No partition of the 13 topics seen refuses acks=all writes.',
      'Since 03:12:41 (4 min 20 s).',
      'Restart broker 2, or fix its host or network.',
    ],
    zh: [
      'Broker 2 已不在集群中。Broker 4 正在停止，Leader 正在迁走。所见 13 个主题的分区都不拒绝 acks=all 写入。',
      '自 03:12:41 起（4 分 20 秒）。',
      '重启 Broker 2，或修复其主机、网络。',
    ],
  },
  {
    name: 'gone while Highwater was paused (K8.1)',
    facts: summary(
      {
        level: 'trouble',
        since,
        began: 'unseen',
        sinceAfter: since - 600_000,
        culprit: culprit({ behind: 240, cause: 'gone' }),
        underReplicated: 240,
      },
      { brokers: [buildBroker(2, { listed: false, answers: 'no', answersSince: since - 1000 })] },
    ),
    en: [
      'Broker 2 (rack-b) is gone with all 240 of its replicas seen. No partition of the 13 topics seen refuses acks=all writes.',
      'It began between 03:02:41 and 03:12:41, while Highwater could not see the cluster. The cluster no longer lists it: stopped, crashed or fenced.',
      'Restart broker 2, or fix its host or network.',
    ],
    zh: [
      'Broker 2 (rack-b) 已不在集群中，它的 240 个可见副本都不在 ISR 中。所见 13 个主题的分区都不拒绝 acks=all 写入。',
      '开始于 03:02:41 与 03:12:41 之间：其间 Highwater 看不到集群。集群已不再列出它：已停止、崩溃或被隔离。',
      '重启 Broker 2，或修复其主机、网络。',
    ],
  },
  {
    name: 'already gone when Highwater opened, whenever we first asked it (K8.1)',
    facts: summary(
      {
        level: 'trouble',
        since,
        began: 'opening',
        culprit: culprit({ behind: 240, cause: 'gone' }),
        underReplicated: 240,
      },
      { brokers: [buildBroker(2, { listed: false, answers: 'no', answersSince: since - 1000 })] },
    ),
    en: [
      'Broker 2 (rack-b) is gone with all 240 of its replicas seen. No partition of the 13 topics seen refuses acks=all writes.',
      'Already so when Highwater opened at 03:12:41 (4 min 20 s ago); began earlier. The cluster no longer lists it: stopped, crashed or fenced.',
      'Restart broker 2, or fix its host or network.',
    ],
    zh: [
      'Broker 2 (rack-b) 已不在集群中，它的 240 个可见副本都不在 ISR 中。所见 13 个主题的分区都不拒绝 acks=all 写入。',
      'Highwater 打开时（03:12:41，4 分 20 秒前）已如此，实际开始更早。集群已不再列出它：已停止、崩溃或被隔离。',
      '重启 Broker 2，或修复其主机、网络。',
    ],
  },
  {
    name: 'recovering with an estimate, on a cluster whose min ISR may not be read',
    facts: summary(
      {
        level: 'trouble',
        since,
        culprit: culprit({ behind: 31, cause: 'recovering' }),
        healedAt: NOW + 64_000,
        writesRefused: tally(0, false),
        oneLossAway: tally(0, false),
      },
      { minIsrUnknown: 3, limits: [{ what: 'min-insync-replicas', reason: 'not-authorized' }] },
    ),
    en: [
      'Broker 2 (rack-b) is catching up: still behind on 31 of 240 replicas.',
      'Since 03:12:41 (4 min 20 s). At this rate all replicas seen behind catch up in about 1 min 4 s. min ISR of 3 partitions is unknown, and so is whether they refuse acks=all writes: this login lacks DescribeConfigs on some topics.',
      'Wait until it has caught up. Don’t stop any other broker until then.',
    ],
    zh: [
      'Broker 2 (rack-b) 正在追赶，仍落后：240 个副本中有 31 个。',
      '自 03:12:41 起（4 分 20 秒）。按目前速度，所见落后的副本大约 1 分 4 秒后全部追上。3 个分区的最小 ISR 未知，因此是否拒绝 acks=all 写入也未知：此登录缺少部分主题的 DescribeConfigs 权限。',
      '等待它追上。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'leader broker',
    facts: summary({
      level: 'trouble',
      since,
      culprit: culprit({ kind: 'leader-broker', broker: 3, rack: 'rack-c', behind: 40, of: 80, cause: 'unknown' }),
    }),
    en: [
      'The followers of broker 3 (rack-c) are behind on 40 of 80 partitions. No partition of the 13 topics seen refuses acks=all writes.',
      'Since 03:12:41 (4 min 20 s). Followers on several brokers lag behind this one leader. Possible causes: network or load of broker 3.',
      'Check network and load of broker 3.',
    ],
    zh: [
      'Broker 3 (rack-c) 的 Follower 落后：80 个分区中有 40 个。所见 13 个主题的分区都不拒绝 acks=all 写入。',
      '自 03:12:41 起（4 分 20 秒）。多个 Broker 上的 Follower 都落后于这一个 Leader。可能的原因：Broker 3 的网络或负载。',
      '检查 Broker 3 的网络和负载。',
    ],
  },
  {
    name: 'rack',
    facts: summary(
      { level: 'trouble', since, culprit: culprit({ kind: 'rack', broker: -1, behind: 214, of: 480 }) },
      { disputed: 1 },
    ),
    en: [
      'Rack rack-b is behind on 214 of 480 replicas. No partition of the 13 topics seen refuses acks=all writes.',
      'Since 03:12:41 (4 min 20 s). Several brokers in rack-b lag at the same time. Possible cause: the network of that rack. Brokers disagree on the leader or the ISR of 1 partition.',
      'Check the network of rack-b.',
    ],
    zh: [
      '机架 rack-b 落后：480 个副本中有 214 个。所见 13 个主题的分区都不拒绝 acks=all 写入。',
      '自 03:12:41 起（4 分 20 秒）。rack-b 上的多个 Broker 同时落后。可能的原因：该机架的网络。各 Broker 对 1 个分区的 Leader 或 ISR 说法不一。',
      '检查 rack-b 的网络。',
    ],
  },
  {
    name: 'offline and refused without a culprit',
    facts: summary({ level: 'danger', since, offline: 1, writesRefused: 2 }),
    en: [
      '1 partition is offline. 2 partitions refuse acks=all writes.',
      'Since 03:12:41 (4 min 20 s).',
      'Open an offline partition to see which broker it waits for. Don’t stop any other broker until then.',
    ],
    zh: [
      '1 个分区离线。2 个分区拒绝 acks=all 写入。',
      '自 03:12:41 起（4 分 20 秒）。',
      '打开一个离线分区，查看它在等待哪个 Broker。在此之前不要停止其他 Broker。',
    ],
  },
  {
    name: 'one loss away without a culprit',
    facts: summary({ level: 'trouble', since, oneLossAway: 1, underReplicated: 5 }),
    en: [
      '1 partition is one loss away from refusing writes.',
      'Since 03:12:41 (4 min 20 s).',
      'Don’t stop any other broker until then.',
    ],
    zh: ['1 个分区再失去一个副本就会拒绝写入。', '自 03:12:41 起（4 分 20 秒）。', '在此之前不要停止其他 Broker。'],
  },
  {
    name: 'unread',
    facts: summary({ level: 'unread' }),
    en: ['Reading the cluster for the first time.', 'The board appears with the first complete reading.', ''],
    zh: ['正在首次读取集群。', '首次完整读取后总览即会显示。', ''],
  },
]

describe('headline', () => {
  it.each(CASES)('$name', ({ facts, en: [sentence, detail, next], zh: [satz, mehr, schritt] }) => {
    expect(headlineView(en, facts, LIVE, NOW)).toMatchObject({ sentence, detail, next })
    expect(headlineView(zh, facts, LIVE, NOW)).toMatchObject({ sentence: satz, detail: mehr, next: schritt })
  })

  it('says nothing of the brokers when none answers: it may be this machine that is cut off', () => {
    const facts = summary(
      { level: 'danger', since, silent: [silent(), silent({ broker: 1, rack: null })] },
      { brokers: [buildBroker(1), buildBroker(2)] },
    )
    const lines = {
      sentence: 'No broker answers.',
      detail: 'Since 03:12:41 (4 min 20 s). Either all brokers are down, or this machine cannot reach them.',
      next: 'Check the network or VPN of this machine, then the brokers.',
    }
    expect(headlineView(en, facts, LIVE, NOW)).toMatchObject(lines)
    expect(headlineView(en, facts, { phase: 'lost', takenAt: NOW - 9000 }, NOW)).toMatchObject({
      ...lines,
      sentence: 'Last seen 9 s ago: No broker answers.',
    })
    const ours = summary(
      { level: 'unknown', since, silent: [silent({ silence: 'auth' })] },
      { brokers: [buildBroker(2)] },
    )
    expect(headlineView(en, ours, LIVE, NOW).sentence).toBe('Broker 2 (rack-b) cannot be reached from this machine.')
  })

  it('counts what is not seen from here among nothing that is broken, and asks first for whoever does not answer (K8.7)', () => {
    const unseen = silent({ broker: 1, rack: null, silence: 'tls', leads: 7 })
    const view = headlineView(en, summary({ level: 'danger', since, silent: [unseen, silent()] }), LIVE, NOW)
    expect(view.sentence).toMatch(
      /^Broker 2 \(rack-b\) does not answer\. Broker 1 cannot be reached from this machine\./,
    )
    expect(view.figures[0]).toMatchObject({ id: 'unreachable', value: tally(silent().leads) })
    expect(view.next).toMatch(/broker 2/i)
    const alone = headlineView(en, summary({ level: 'unknown', since, silent: [unseen] }), LIVE, NOW)
    expect(alone.figures.map(({ id }) => id)).not.toContain('unreachable')
    expect(alone.next).toMatch(/^Test the connection to broker 1/)
  })

  it('counts who left and is back, as everything looks well in between (K8.5)', () => {
    const departures = [
      { broker: 2, times: 3 },
      { broker: 3, times: 1 },
    ]
    const well = summary({ since }, { departures })
    expect(headlineView(en, well, LIVE, NOW).detail).toContain(
      'In the last hour broker 2 left the cluster 3 times and broker 3 left the cluster once.',
    )
    expect(headlineView(zh, well, LIVE, NOW).detail).toContain(
      '过去一小时：Broker 2 离开过 3 次、Broker 3 离开过 1 次。',
    )
    // Who is away now is said; that it is not the first time is news.
    const again = summary({ level: 'danger', since, silent: [silent()] }, { departures })
    expect(headlineView(en, again, LIVE, NOW).detail).toContain('In the last hour broker 2 left the cluster 3 times.')
    const once = summary({ level: 'danger', since, silent: [silent()] }, { departures: departures.slice(1) })
    expect(headlineView(en, once, LIVE, NOW).detail).not.toContain('In the last hour')
    const many = Array.from({ length: 5 }, (_, at) => ({ broker: at + 1, times: 2 }))
    expect(headlineView(en, summary({ since }, { departures: many }), LIVE, NOW).detail).toContain(
      'In the last hour 5 brokers left, 10 times in total.',
    )
  })

  it('promises no eviction by a leader that is silent', () => {
    const leaving = { replicas: 9, by: NOW + 6000 }
    const detail = (one: SilentBroker): string =>
      headlineView(en, summary({ level: 'danger', since, silent: [one], leaving }), LIVE, NOW).detail
    expect(detail(silent())).not.toContain('leave the ISR')
    expect(detail(silent({ leads: 0 }))).toContain('9 replicas leave the ISR within 6 s.')
  })

  it('names a log directory that failed, and not its broker (K11.2)', () => {
    const brokers = [
      buildBroker(1),
      buildBroker(2, { offlineReplicas: 6, inSync: 234, failedFolders: ['/data/b', '/data/c'] }),
      buildBroker(3),
    ]
    const facts = summary({ level: 'trouble', since, underReplicated: 6 }, { brokers })
    const view = headlineView(en, facts, LIVE, NOW)
    expect(view.sentence).toMatch(
      /^A log directory of broker 2 \(rack-b\) failed: 6 replicas on it are offline\. The broker itself is running\. /,
    )
    expect(view.detail).toContain('Failed on broker 2: /data/b and /data/c.')
    expect(view.next).toMatch(/^Repair or replace the disk on broker 2 \(its log shows the error\), then restart/)
    expect(headlineView(zh, facts, LIVE, NOW).sentence).toContain('Broker 2 (rack-b) 的一个日志目录发生故障')
    // Whoever is gone comes first; the disk is said all the same.
    const gone = culprit({ broker: 3, cause: 'gone' })
    const both = headlineView(en, summary({ level: 'trouble', since, culprit: gone }, { brokers }), LIVE, NOW)
    expect(both.sentence).toMatch(/^Broker 3|^Broker rack|is gone/)
    expect(both.detail).toContain('A log directory of broker 2 (rack-b) failed: 6 replicas')
    expect(both.next).toMatch(/^Restart broker 3/)
  })

  it('gives no all-clear for what follows while something is broken or min ISR is unknown', () => {
    const harmless = silent({ leads: 0, thenOffline: 0, thenRefuses: 0 })
    const said = (headline: Partial<Plain<Headline>>, more: Partial<ClusterSummary> = {}): string =>
      headlineView(
        en,
        summary({ level: 'danger', since, silent: [harmless], ...headline }, { brokers: [], ...more }),
        LIVE,
        NOW,
      ).detail
    expect(said({ silent: [harmless, silent({ broker: 5, leads: 0, thenOffline: 0 })] })).toMatch(
      /3–7 s\. Broker 5 .*; then 12 partitions refuse acks=all writes\.$/,
    )
    expect(said({ offline: 3 })).toContain(
      '3–7 s; no further partition of the 13 topics seen is expected to refuse writes or go offline.',
    )
    expect(said({ writesRefused: tally(0, false) })).toMatch(/3–7 s\.$/)
  })

  it('says that a lost cluster shows its last picture, and how old it is', () => {
    const view = headlineView(
      en,
      summary({ level: 'danger', since, offline: 1 }),
      { phase: 'lost', takenAt: NOW - 12_000 },
      NOW,
    )
    expect(view.sentence).toBe('Last seen 12 s ago: 1 partition is offline.')
    expect(view.next).toBe('')
    expect(headlineView(en, summary({ level: 'unread' }), { phase: 'lost', takenAt: Number.NaN }, NOW).sentence).toBe(
      'No broker answers, and none has answered so far.',
    )
  })

  it('never shows a zero for what was not read', () => {
    const unread = headlineView(en, summary({ level: 'unread' }), LIVE, NOW)
    expect(unread.figures.map((figure) => figure.text)).toEqual(['?', '?', '?', '?'])
    expect(unread.inSyncShare).toBeNaN()
  })

  it('says that no topic is seen, and claims nothing of the brokers (K4.1)', () => {
    const unseen = tally(0, false)
    const nothing = buildFrame({
      topics: [],
      summary: {
        headline: buildHeadline({
          level: 'unknown',
          offline: unseen,
          writesRefused: unseen,
          oneLossAway: unseen,
          underReplicated: unseen,
          lagging: unseen,
        }),
        brokers: [buildBroker(1, { replicas: NaN, inSync: NaN, stopRefuses: unseen, stopOffline: unseen })],
      },
    }).summary
    const view = headlineView(en, nothing, LIVE, NOW)
    expect(view.sentence).toBe('No topic is seen: the cluster has none, or none is visible to this login.')
    expect(headlineView(zh, nothing, LIVE, NOW).sentence).toBe('未见任何主题：集群中没有，或此登录无权查看。')
    expect(view.figures.map(({ text }) => text)).toEqual(['?', '?', '?', '?'])
    expect([view.next, view.inSyncShare, view.gaugeText]).toEqual(['', Number.NaN, view.sentence])
    expect(view.detail).not.toMatch(/stop|late/)
  })

  it('claims no accepted write where min ISR is not known, and says what is missing (K4.3)', () => {
    const facts = summary(
      { level: 'unknown', since, writesRefused: tally(0, false), oneLossAway: tally(0, false) },
      {
        minIsrUnknown: 40,
        limits: [{ what: 'min-insync-replicas', reason: 'not-authorized' }],
        brokers: [buildBroker(1, { stopRefuses: tally(0, false) })],
      },
    )
    const view = headlineView(en, facts, LIVE, NOW)
    expect(view.sentence).toBe(
      'All 1,122 partitions of the 13 topics seen have every replica in the ISR; whether they all accept acks=all writes is unknown.',
    )
    expect(view.detail).toBe(
      'Since 03:12:41 (4 min 20 s). min ISR of 40 partitions is unknown, and so is whether they refuse acks=all writes: this login lacks DescribeConfigs on some topics.',
    )
    expect(view.figures.map(({ text }) => text)).toEqual(['?', '?', '0', '0'])
    expect(headlineView(en, { ...facts, limits: [] }, LIVE, NOW).detail).toMatch(
      /whether they refuse acks=all writes\.$/,
    )
  })

  it('keeps what is seen apart from what is not', () => {
    const facts = summary({ level: 'danger', since, writesRefused: tally(3, false), offline: tally(0, false) })
    const view = headlineView(en, { ...facts, counts: [5, 1114, 0, 0, 0, 3, 0] }, LIVE, NOW)
    expect(view.sentence).toBe('≥ 3 partitions refuse acks=all writes.')
    expect(view.detail).toContain('5 of 1,122 partitions could not be read, or not yet.')
    expect(view.figures.map(({ id, text }) => `${id} ${text}`)).toEqual([
      'refused ≥ 3',
      'oneLoss 0',
      'underReplicated 0',
      'offline ?',
    ])
    const calm = summary({ level: 'unknown', lagging: tally(0, false) })
    expect(headlineView(en, { ...calm, counts: [5, 1117, 0, 0, 0, 0, 0] }, LIVE, NOW).sentence).toBe(
      'No trouble is seen on the partitions of the 13 topics seen that could be read.',
    )
  })

  it.each([
    ['all', 'of this cluster'],
    ['visible', 'of the 13 topics visible to this login'],
    ['unknown', 'of the 13 topics seen'],
  ] as const)('carries its reach: %s (K4.2)', (reach, words) => {
    const { sentence, detail } = headlineView(en, summary({}, { reach }), LIVE, NOW)
    expect(sentence).toContain(`partitions ${words} are`)
    expect(detail).toContain(`a partition ${words} refusing`)
  })

  it('counts what silent brokers lead as a figure of its own, and only then', () => {
    const ids = (facts: ClusterSummary): string[] =>
      headlineView(en, facts, LIVE, NOW).figures.map((figure) => figure.id)
    expect(ids(summary({}))).toEqual(['refused', 'oneLoss', 'underReplicated', 'offline'])
    const view = headlineView(en, summary({ level: 'danger', silent: [silent()] }), LIVE, NOW)
    expect(view.figures[0]).toMatchObject({ id: 'unreachable', value: tally(43), state: 'silent' })
  })

  it('raises the water with the share of replicas in sync', () => {
    const brokers = [buildBroker(1, { replicas: 60, inSync: 60 }), buildBroker(2, { replicas: 40, inSync: 15 })]
    const view = headlineView(en, summary({}, { brokers, replicas: 100 }), LIVE, NOW)
    expect(view.inSyncShare).toBe(0.75)
    expect(view.gaugeText).toBe('75 of 100 replicas seen are in sync')
  })
})

describe('in an incident', () => {
  const detail = (say: typeof en, incident: Partial<OpenIncident>, level: Headline['level'] = 'trouble'): string => {
    const facts = summary({ level, since, underReplicated: 3 }, { incident: buildIncident(incident) })
    return headlineView(say, facts, LIVE, NOW).detail
  }

  it.each<[string, Partial<OpenIncident>, string, string]>([
    ['seen', {}, 'Incident 214. Since 03:12:41 (4 min 20 s).', '故障 214。自 03:12:41 起（4 分 20 秒）。'],
    [
      'opened late',
      { began: { from: NaN, to: NOW - 60_000 } },
      'Incident 214. It began before 03:16:01, when Highwater opened (1 min ago).',
      '故障 214。它在 03:16:01（1 分前）Highwater 打开之前就已开始。',
    ],
    [
      'opened late, and left alone for a while',
      {
        began: { from: NaN, to: NOW - 60_000 },
        phases: [{ kind: 'unwatched', from: NOW - 40_000, to: NOW - 10_000, brokers: [], amount: NaN }],
      },
      'Incident 214. It began before 03:16:01, when Highwater opened (1 min ago). Not watched from 03:16:21 to 03:16:51: this may have started in that time.',
      '故障 214。它在 03:16:01（1 分前）Highwater 打开之前就已开始。03:16:21 至 03:16:51 未监视：现在的情况可能始于那段时间。',
    ],
    [
      'over a gap',
      { began: { from: NOW - 3_600_000, to: NOW - 60_000 } },
      'Incident 214. It began between 02:17:01 and 03:16:01, while Highwater could not see the cluster.',
      '故障 214。开始于 02:17:01 与 03:16:01 之间：其间 Highwater 看不到集群。',
    ],
    [
      'again, and announced',
      { reopened: 2, planned: { by: 'ada', broker: 2, until: NOW + 600_000 } },
      'It has restarted 2 times, each within ten minutes of its end. Announced by ada: a restart of broker 2, until 03:27:01.',
      '结束后十分钟内又开始了 2 次。ada 已预告：重启 Broker 2，至 03:27:01。',
    ],
  ])('tells its one start: %s', (_, incident, english, chinese) => {
    expect(detail(en, incident)).toContain(english)
    expect(detail(zh, incident)).toContain(chinese)
  })

  it('does not speak of an unwatched time before what is so now was seen to begin', () => {
    const gap = (to: number) =>
      detail(en, { phases: [{ kind: 'unwatched', from: since - 90_000, to, brokers: [], amount: NaN }] })
    expect(gap(since - 30_000)).not.toContain('Not watched')
    expect(gap(since + 30_000)).toContain('Not watched')
  })

  it('is not named while all is well again, and it is not over yet', () => {
    expect(detail(en, {}, 'well')).not.toContain('Incident')
  })
})
