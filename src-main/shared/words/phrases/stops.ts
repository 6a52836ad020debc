/** Why a change that had begun was stopped. */
import { phrases } from '../table'

export const STOPS = phrases({
  'stop.by-hand': {
    args: {},
    en: 'stopped by hand',
    'zh-CN': '手动停止',
  },
  'stop.not-wanted': {
    args: {},
    en: 'no longer needed',
    'zh-CN': '不再需要',
  },
  'stop.read-only': {
    args: {},
    en: 'the cluster is read-only again',
    'zh-CN': '集群已恢复只读',
  },
  'stop.cluster-closed': {
    args: {},
    en: 'the cluster was closed',
    'zh-CN': '集群已关闭',
  },
  'stop.ended': {
    args: {},
    en: 'Highwater was closed',
    'zh-CN': 'Highwater 已关闭',
  },
  'stop.not-fresh': {
    args: { within: 'ms' },
    en: 'the cluster could not be read again within {within}',
    'zh-CN': '{within}内未能重新读取集群',
  },
  'stop.unreadable': {
    args: { topic: 'text', error: 'number', text: 'said' },
    en: '{topic} cannot be read (error {error}): {text}',
    'zh-CN': '无法读取 {topic}（错误 {error}）：{text}',
  },
  'stop.write-silent': {
    args: {},
    en: 'a write had no answer',
    'zh-CN': '有写入没有得到响应',
  },
  'stop.election-silent': {
    args: {},
    en: 'an election had no answer',
    'zh-CN': '有选举没有得到响应',
  },
  'stop.broker': {
    args: { broker: 'number', why: 'phrase' },
    en: 'broker {broker}: {why}',
    'zh-CN': 'Broker {broker}：{why}',
  },
  'stop.leaders': {
    args: { count: 'count', within: 'ms' },
    en: {
      by: 'count',
      one: '{count} leader has not moved within {within}',
      other: '{count} leaders have not moved within {within}',
    },
    'zh-CN': '{within}内仍有 {count} 个 Leader 未移动',
  },
  'stop.offline': {
    args: { topic: 'text', partition: 'number' },
    en: '{topic}-{partition} has had no leader since the change started',
    'zh-CN': '变更开始后 {topic}-{partition} 没有 Leader',
  },
  'stop.under-min-isr': {
    args: { topic: 'text', partition: 'number' },
    en: '{topic}-{partition} has been under min ISR since the change started',
    'zh-CN': '变更开始后 {topic}-{partition} 低于最小 ISR',
  },
  'stop.changed': {
    args: { what: 'phrase' },
    en: 'the cluster has changed since the plan: {what}',
    'zh-CN': '集群已与计划时不同：{what}',
  },
  'stop.changed-more': {
    args: { what: 'phrase', more: 'count' },
    en: 'the cluster has changed since the plan: {what}, and {more} more',
    'zh-CN': '集群已与计划时不同：{what}，另有 {more} 项',
  },
  'changed.cluster': {
    args: { cluster: 'text' },
    en: 'its address leads to cluster {cluster}',
    'zh-CN': '该地址现在指向集群 {cluster}',
  },
  'changed.gone': {
    args: { topic: 'text' },
    en: '{topic} was deleted, or is no longer visible to this login',
    'zh-CN': '{topic} 已被删除，或此登录不再能看到它',
  },
  'changed.anew': {
    args: { topic: 'text' },
    en: '{topic} was deleted and recreated: another topic now has its name',
    'zh-CN': '{topic} 已被删除并重建：现在是同名的另一个主题',
  },
  'changed.setting': {
    args: { key: 'text', topic: 'text', before: 'phrase', now: 'phrase' },
    en: '{key} of {topic} was {before} and is {now}',
    'zh-CN': '{topic} 的 {key} 原为 {before}，现为 {now}',
  },
  'changed.replication': {
    args: { topic: 'text', partition: 'number', before: 'text', now: 'text' },
    en: '{topic}-{partition} was {before} and is {now} (leader>in sync>replicas)',
    'zh-CN': '{topic}-{partition} 原为 {before}，现为 {now}（Leader>同步>副本）',
  },
  'value.not-set': {
    args: {},
    en: 'not set',
    'zh-CN': '未设置',
  },
  'value.empty': {
    args: {},
    en: 'empty',
    'zh-CN': '空',
  },
})
