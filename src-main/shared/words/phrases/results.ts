/** What became of the items of a change (change/send/, change/settle/). */
import { phrases } from '../table'

export const RESULTS = phrases({
  'result.as-planned': {
    args: {},
    en: 'found carried out by reading',
    'zh-CN': '读取后发现已执行',
  },
  'result.as-before': {
    args: {},
    en: 'was not carried out',
    'zh-CN': '未执行',
  },
  'result.topic-gone': {
    args: {},
    en: 'the topic is gone',
    'zh-CN': '该主题已不存在',
  },
  'result.topic-anew': {
    args: {},
    en: 'the topic was deleted and made anew: what is there now tells nothing of this write',
    'zh-CN': '该主题已被删除并重建：现在的内容说明不了这次写入',
  },
  'result.unread': {
    args: {},
    en: 'could not be read',
    'zh-CN': '无法读取',
  },
  'result.overwritten': {
    args: { keys: 'phrases' },
    en: 'another hand changed it since, so it cannot be told: {keys}',
    'zh-CN': '此后已被他人更改，因此无法判断：{keys}',
  },
  'result.differs': {
    args: { key: 'text', now: 'phrase', planned: 'phrase' },
    en: '{key} is {now}, planned {planned}',
    'zh-CN': '{key} 为 {now}，计划为 {planned}',
  },
  'result.hidden': {
    args: { keys: 'text' },
    en: 'whether the new value of {keys} is there cannot be seen: Kafka never tells it, and there was one before',
    'zh-CN': '无法看出 {keys} 的新值是否已在：Kafka 从不告知该值，且之前已有一个',
  },
  'commands.hidden': {
    args: { key: 'text' },
    en: 'No command line: the value of {key} is hidden here.',
    'zh-CN': '没有命令行：{key} 的值在此隐藏。',
  },
  'commands.brackets': {
    args: { key: 'text' },
    en: 'No command line: kafka-configs.sh takes square brackets and line breaks out of a value, and the one of {key} has some.',
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
    en: 'broker {broker} took the write and does not answer: it may still carry it out',
    'zh-CN': 'Broker {broker} 收到了写入但无响应：仍可能执行',
  },
  'result.may-come-somewhere': {
    args: {},
    en: 'the broker that took the write is not known: it may still carry it out',
    'zh-CN': '不知道哪个 Broker 收到了写入：仍可能执行',
  },
  'result.leads': {
    args: {},
    en: 'found led by its preferred replica',
    'zh-CN': '读取后发现由首选副本领导',
  },
  'result.leads-already': {
    args: {},
    en: 'it is led by its preferred replica already',
    'zh-CN': '已由首选副本领导',
  },
  'result.topic-unnamed': {
    args: {},
    en: 'the broker did not name this topic in its answer',
    'zh-CN': 'Broker 的应答中没有该主题',
  },
  'result.partition-unnamed': {
    args: {},
    en: 'the broker did not name this partition in its answer',
    'zh-CN': 'Broker 的应答中没有该分区',
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
    en: 'the broker that was asked is not the controller any more',
    'zh-CN': '所询问的 Broker 已不是控制器',
  },
  'result.preferred-away': {
    args: {},
    en: 'the preferred replica is not available',
    'zh-CN': '首选副本不可用',
  },
  'result.no-live': {
    args: {},
    en: 'no live replica may lead',
    'zh-CN': '没有存活的副本可以领导',
  },
})
