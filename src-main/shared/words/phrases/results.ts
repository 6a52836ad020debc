/** What became of the items of a change (change/send/, change/settle/). */
import { phrases } from '../table'

export const RESULTS = phrases({
  'result.as-planned': {
    args: {},
    en: 'read back as applied',
    'zh-CN': '读取确认已应用',
  },
  'result.as-before': {
    args: {},
    en: 'was not applied',
    'zh-CN': '未应用',
  },
  'result.topic-gone': {
    args: {},
    en: 'the topic is gone',
    'zh-CN': '该主题已不存在',
  },
  'result.topic-anew': {
    args: {},
    en: 'the topic was deleted and recreated: its current settings say nothing about this write',
    'zh-CN': '该主题已被删除并重建：现有配置无法说明这次写入的结果',
  },
  'result.unread': {
    args: {},
    en: 'could not be read',
    'zh-CN': '无法读取',
  },
  'result.overwritten': {
    args: { keys: 'phrases' },
    en: 'someone else has changed it since, so the result cannot be determined: {keys}',
    'zh-CN': '此后已被他人更改，因此无法判断：{keys}',
  },
  'result.differs': {
    args: { key: 'text', now: 'phrase', planned: 'phrase' },
    en: '{key} is {now}, planned {planned}',
    'zh-CN': '{key} 为 {now}，计划为 {planned}',
  },
  'result.hidden': {
    args: { keys: 'text' },
    en: 'whether {keys} has its new value cannot be seen: Kafka does not return it, and there was a value before',
    'zh-CN': '无法确认 {keys} 是否已是新值：Kafka 不返回该值，且之前已有一个值',
  },
  'commands.hidden': {
    args: { key: 'text' },
    en: 'No command line: the value of {key} is hidden here.',
    'zh-CN': '没有命令行：{key} 的值在此隐藏。',
  },
  'commands.brackets': {
    args: { key: 'text' },
    en: 'No command line: kafka-configs.sh strips square brackets and line breaks from a value, and the value of {key} contains some.',
    'zh-CN': '没有命令行：kafka-configs.sh 会去掉值中的方括号和换行，而 {key} 的值含有它们。',
  },
  'value.set': {
    args: { value: 'text' },
    en: '{value}',
    'zh-CN': '{value}',
  },
  'value.no-override': {
    args: {},
    en: 'no override',
    'zh-CN': '无覆盖',
  },
  'result.may-come': {
    args: { broker: 'number' },
    en: 'broker {broker} received the write and does not answer: it may still apply it',
    'zh-CN': 'Broker {broker} 收到了写入但无响应：仍可能应用',
  },
  'result.may-come-somewhere': {
    args: {},
    en: 'which broker received the write is unknown: it may still apply it',
    'zh-CN': '收到写入的 Broker 未知：它仍可能应用',
  },
  'result.leads': {
    args: {},
    en: 'read back as led by its preferred replica',
    'zh-CN': '读取后发现由首选副本领导',
  },
  'result.leads-already': {
    args: {},
    en: 'already led by its preferred replica',
    'zh-CN': '已由首选副本领导',
  },
  'result.topic-unnamed': {
    args: {},
    en: 'this topic is missing from the broker’s answer',
    'zh-CN': 'Broker 的响应中没有该主题',
  },
  'result.partition-unnamed': {
    args: {},
    en: 'this partition is missing from the broker’s answer',
    'zh-CN': 'Broker 的响应中没有该分区',
  },
  'result.no-partition': {
    args: {},
    en: 'there is no such partition',
    'zh-CN': '没有该分区',
  },
  'result.no-right': {
    args: { right: 'phrase' },
    en: 'not allowed: an election needs the right {right}',
    'zh-CN': '不允许：选举需要{right}权限',
  },
  'result.not-controller': {
    args: {},
    en: 'the broker asked is no longer the controller',
    'zh-CN': '所询问的 Broker 已不是控制器',
  },
  'result.preferred-away': {
    args: {},
    en: 'the preferred replica is not available',
    'zh-CN': '首选副本不可用',
  },
  'result.no-live': {
    args: {},
    en: 'no live replica is eligible to lead',
    'zh-CN': '没有可成为 Leader 的存活副本',
  },
})
