/** What is told outside the window: notifications and webhooks (telling/). */
import { phrases } from '../table'

export const TELLING = phrases({
  'telling.begins': {
    args: { environment: 'text', cluster: 'text', what: 'phrase' },
    en: '{environment} {cluster}: {what}',
    'zh-CN': '{environment} {cluster}：{what}',
  },
  'telling.worse': {
    args: { environment: 'text', cluster: 'text', what: 'phrase' },
    en: '{environment} {cluster}, worse: {what}',
    'zh-CN': '{environment} {cluster} 恶化：{what}',
  },
  'telling.over': {
    args: { environment: 'text', cluster: 'text', id: 'number' },
    en: '{environment} {cluster}: incident {id} is over',
    'zh-CN': '{environment} {cluster}：故障 {id} 已结束',
  },
  'telling.seen-again': {
    args: { environment: 'text', cluster: 'text' },
    en: '{environment} {cluster}: reachable again',
    'zh-CN': '{environment} {cluster}：已重新连上',
  },
  'telling.test': {
    args: { environment: 'text', cluster: 'text' },
    en: '{environment} {cluster}: test message from Highwater, not an incident',
    'zh-CN': '{environment} {cluster}：Highwater 测试消息，并非故障',
  },
  'telling.what.short': {
    args: { n: 'count' },
    en: { by: 'n', one: '{n} partition misses a replica', other: '{n} partitions miss a replica' },
    'zh-CN': '{n} 个分区缺少副本',
  },
  'telling.what.away': {
    args: { n: 'count', brokers: 'text' },
    en: { by: 'n', one: 'broker {brokers} is silent or gone', other: '{n} brokers are silent or gone: {brokers}' },
    'zh-CN': '{n} 个 Broker 无响应或已离开：{brokers}',
  },
  'telling.what.oneAway': {
    args: { n: 'count' },
    en: {
      by: 'n',
      one: '{n} partition is one replica away from refusing acks=all writes',
      other: '{n} partitions are one replica away from refusing acks=all writes',
    },
    'zh-CN': '{n} 个分区再少一个副本就会拒绝 acks=all 写入',
  },
  'telling.what.blind': {
    args: {},
    en: 'no broker answers, its state is unknown',
    'zh-CN': '所有 Broker 均无响应，状态未知',
  },
  'telling.what.refuses': {
    args: { n: 'count' },
    en: { by: 'n', one: '{n} partition refuses acks=all writes', other: '{n} partitions refuse acks=all writes' },
    'zh-CN': '{n} 个分区拒绝 acks=all 写入',
  },
  'telling.what.offline': {
    args: { n: 'count' },
    en: { by: 'n', one: '{n} partition is offline', other: '{n} partitions are offline' },
    'zh-CN': '{n} 个分区离线',
  },
  'telling.what.lost': {
    args: { n: 'records' },
    en: {
      by: 'n',
      one: 'at least {n} acknowledged record is lost',
      other: 'at least {n} acknowledged records are lost',
    },
    'zh-CN': '至少丢失 {n} 条已确认的记录',
  },
  'telling.since': {
    args: { at: 'text' },
    en: 'Since {at}.',
    'zh-CN': '自 {at} 起。',
  },
  'telling.since.earlier': {
    args: { at: 'text' },
    en: 'Seen since {at}; it began earlier, before Highwater was watching.',
    'zh-CN': '自 {at} 起看到；它在 Highwater 开始监视之前就已存在。',
  },
  'telling.topics': {
    args: { topics: 'text' },
    en: 'Topics: {topics}.',
    'zh-CN': '主题：{topics}。',
  },
  'telling.topics.more': {
    args: { topics: 'text', n: 'count' },
    en: 'Topics: {topics} and {n} more.',
    'zh-CN': '主题：{topics}，以及另外 {n} 个。',
  },
  'telling.incident': {
    args: { id: 'number', at: 'text' },
    en: 'Incident {id}, began at {at}.',
    'zh-CN': '故障 {id}，开始于 {at}。',
  },
  'telling.incident.earlier': {
    args: { id: 'number', at: 'text' },
    en: 'Incident {id}, seen since {at}; it began earlier, before Highwater was watching.',
    'zh-CN': '故障 {id}，自 {at} 起看到；它在 Highwater 开始监视之前就已存在。',
  },
  'telling.planned': {
    args: { by: 'text', broker: 'number' },
    en: 'Planned: {by} announced a restart of broker {broker}.',
    'zh-CN': '计划内：{by} 已预告 Broker {broker} 的重启。',
  },
  'telling.lasted': {
    args: { lasted: 'ms', at: 'text' },
    en: 'It lasted {lasted}, until {at}.',
    'zh-CN': '持续 {lasted}，至 {at} 结束。',
  },
  'telling.lasted.least': {
    args: { lasted: 'ms', at: 'text' },
    en: 'It lasted at least {lasted}, until {at}.',
    'zh-CN': '至少持续 {lasted}，至 {at} 结束。',
  },
  'telling.lasted.gap': {
    args: { at: 'text' },
    en: 'It ended at {at}. Part of it was not watched.',
    'zh-CN': '于 {at} 结束。其间有一段时间未监视。',
  },
  'telling.ended-unseen': {
    args: { at: 'text' },
    en: 'It ended while the cluster was not watched, no later than {at}.',
    'zh-CN': '它在未监视期间结束，不晚于 {at}。',
  },
  'telling.loss-seen': {
    args: { n: 'records' },
    en: {
      by: 'n',
      one: 'At least {n} acknowledged record was lost.',
      other: 'At least {n} acknowledged records were lost.',
    },
    'zh-CN': '至少丢失了 {n} 条已确认的记录。',
  },
  'telling.no-loss-seen': {
    args: {},
    en: 'No lost records were seen.',
    'zh-CN': '未见记录丢失。',
  },
  'telling.late': {
    args: { late: 'ms' },
    en: 'This message is {late} late: it could not be delivered earlier.',
    'zh-CN': '此消息晚了 {late}：之前无法送达。',
  },
  'tray.row': {
    args: { environment: 'text', cluster: 'text', how: 'phrase' },
    en: '{environment} {cluster}: {how}',
    'zh-CN': '{environment} {cluster}：{how}',
  },
  'tray.how.well': {
    args: {},
    en: 'no trouble seen',
    'zh-CN': '未见异常',
  },
  'tray.how.unknown': {
    args: {},
    en: 'not enough data',
    'zh-CN': '数据不足',
  },
  'tray.how.connecting': {
    args: {},
    en: 'connecting',
    'zh-CN': '正在连接',
  },
  'tray.how.paused': {
    args: {},
    en: 'paused',
    'zh-CN': '已暂停',
  },
  'tray.how.password': {
    args: {},
    en: 'not watched, password needed',
    'zh-CN': '未监视：需要输入密码',
  },
  'tray.how.failed': {
    args: {},
    en: 'not watched, could not be opened',
    'zh-CN': '未监视：无法打开',
  },
  'tray.how.full': {
    args: {},
    en: 'not watched, limit reached',
    'zh-CN': '未监视：监视的集群已达上限',
  },
  'tray.how.short': {
    args: {},
    en: 'replicas are missing',
    'zh-CN': '缺少副本',
  },
  'tray.how.away': {
    args: {},
    en: 'a broker is silent or gone',
    'zh-CN': '有 Broker 无响应或已离开',
  },
  'tray.how.oneAway': {
    args: {},
    en: 'one replica away from refusing writes',
    'zh-CN': '再少一个副本就会拒绝写入',
  },
  'tray.how.blind': {
    args: {},
    en: 'no broker answers',
    'zh-CN': '所有 Broker 均无响应',
  },
  'tray.how.refuses': {
    args: {},
    en: 'writes are refused',
    'zh-CN': '写入被拒绝',
  },
  'tray.how.offline': {
    args: {},
    en: 'partitions are offline',
    'zh-CN': '有分区离线',
  },
  'tray.how.lost': {
    args: {},
    en: 'records are lost',
    'zh-CN': '有记录丢失',
  },
  'tray.tip': {
    args: { how: 'phrase' },
    en: 'Highwater: {how}',
    'zh-CN': 'Highwater：{how}',
  },
  'tray.tip.paused': {
    args: { how: 'phrase' },
    en: 'Highwater, notifications paused: {how}',
    'zh-CN': 'Highwater（通知已暂停）：{how}',
  },
  'tray.open': {
    args: {},
    en: 'Open Highwater',
    'zh-CN': '打开 Highwater',
  },
  'tray.pause': {
    args: {},
    en: 'Pause notifications for 1 h',
    'zh-CN': '暂停通知 1 小时',
  },
  'tray.resume': {
    args: {},
    en: 'Resume notifications',
    'zh-CN': '恢复通知',
  },
  'tray.nothing': {
    args: {},
    en: 'No cluster is watched',
    'zh-CN': '没有监视任何集群',
  },
  'tray.quit': {
    args: {},
    en: 'Quit Highwater',
    'zh-CN': '退出 Highwater',
  },
  'closing.message': {
    args: { n: 'count' },
    en: { by: 'n', one: 'Keep watching {n} cluster?', other: 'Keep watching {n} clusters?' },
    'zh-CN': '继续监视 {n} 个集群吗？',
  },
  'closing.tray': {
    args: {},
    en: 'Highwater keeps running in the tray and notifies you of trouble. You can change this in Settings.',
    'zh-CN': 'Highwater 会留在系统托盘中继续运行，并在出现问题时通知。可在“设置”中更改。',
  },
  'closing.taskbar': {
    args: {},
    en: 'This system has no tray, so the window is minimised to the taskbar, and Highwater notifies you of trouble. You can change this in Settings.',
    'zh-CN': '此系统没有托盘，因此窗口会最小化并留在任务栏中，Highwater 会在出现问题时通知。可在“设置”中更改。',
  },
  'closing.watch': {
    args: {},
    en: 'Keep watching',
    'zh-CN': '继续监视',
  },
  'closing.quit': {
    args: {},
    en: 'Quit',
    'zh-CN': '退出',
  },
  'closing.cancel': {
    args: {},
    en: 'Cancel',
    'zh-CN': '取消',
  },
})
