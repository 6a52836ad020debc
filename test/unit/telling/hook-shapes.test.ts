import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fingerprintOf, hookUrl, meaningOf, outgoing } from '../../../src-main/telling/hook-shapes'
import { answerOf } from '../../../src-main/telling/hook-queue'
import type { Message } from '../../../src-main/telling/message'
import type { HookKind } from '../../../src-main/shared/hook-kinds'

const AT = Date.UTC(2026, 10, 29, 3, 12, 7)
const message: Message = {
  kind: 'begins',
  id: 12,
  key: 'p1/incident/12/1',
  condition: 'offline',
  planned: false,
  cluster: 'p1',
  name: 'orders-eu <!channel>',
  environment: 'prod',
  at: AT,
  startsAt: AT - 1_000,
  endsAt: null,
  title: {
    id: 'telling.begins',
    args: {
      environment: 'PROD',
      cluster: 'orders-eu <!channel>',
      what: { id: 'telling.what.offline', args: { n: { unit: 'count', value: 3 } } },
    },
  },
  lines: [{ id: 'telling.topics', args: { topics: 'payments' } }],
}
const secrets = { url: 'https://hooks.example/x?a=1', signing: 'SECcanary' }
const sent = (kind: HookKind, own: Partial<Message> = {}, signing = '', now = AT) => {
  const { url, body } = outgoing(kind, { ...secrets, signing }, { ...message, ...own }, { language: 'en', now })
  return { url, body: JSON.parse(body) as Record<string, unknown> }
}

describe('what is posted', () => {
  it('is Alertmanager’s version 4, one alert by one key, and nothing in its labels that changes', () => {
    const { body } = sent('alertmanager')
    expect(body).toMatchObject({
      version: '4',
      groupKey: message.key,
      status: 'firing',
      receiver: 'highwater',
      truncatedAlerts: 0,
      externalURL: '',
      commonAnnotations: { summary: 'PROD orders-eu <!channel>: 3 partitions are offline', condition: 'offline' },
      alerts: [
        {
          status: 'firing',
          labels: { alertname: 'HighwaterIncident', environment: 'prod', incident: fingerprintOf(message.key) },
          annotations: { incident: '12' },
          startsAt: '2026-11-29T03:12:06.000Z',
          endsAt: '0001-01-01T00:00:00Z',
          fingerprint: fingerprintOf(message.key),
        },
      ],
    })
    const worse = sent('alertmanager', { kind: 'worse', condition: 'lost' }).body
    const over = sent('alertmanager', { kind: 'over', endsAt: AT }).body
    expect([worse['commonLabels'], over['commonLabels']]).toEqual([body['commonLabels'], body['commonLabels']])
    expect(over).toMatchObject({
      status: 'resolved',
      alerts: [{ status: 'resolved', endsAt: '2026-11-29T03:12:07.000Z' }],
    })
  })

  it('calls nobody by the name of a stranger', () => {
    expect(sent('slack').body).toEqual({
      text: 'PROD orders-eu &lt;!channel&gt;: 3 partitions are offline\nTopics: payments.',
    })
    expect(sent('feishu').body).toEqual({
      msg_type: 'text',
      content: { text: 'PROD orders-eu ‹!channel›: 3 partitions are offline\nTopics: payments.' },
    })
  })

  it('names what is not seen, and cannot break out of a line', () => {
    const title = {
      ...message.title,
      args: { ...message.title.args, cluster: 'a\u202Eb\nc' },
    } as unknown as Message['title']
    expect((sent('dingtalk', { title }).body['text'] as { content: string }).content.split('\n')[0]).toBe(
      'PROD a⟨U+202E⟩b⟨U+000A⟩c: 3 partitions are offline',
    )
  })

  it('is signed for Feishu and DingTalk where a secret is given', () => {
    const feishu = sent('feishu', {}, 'SECcanary').body
    const seconds = String(AT / 1_000)
    expect(feishu).toMatchObject({
      timestamp: seconds,
      sign: createHmac('sha256', `${seconds}\nSECcanary`).update('').digest('base64'),
    })
    const { url } = sent('dingtalk', {}, 'SECcanary')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      a: '1',
      timestamp: String(AT),
      sign: createHmac('sha256', 'SECcanary').update(`${AT}\nSECcanary`).digest('base64'),
    })
    expect(sent('dingtalk').url.href).toBe(secrets.url)
  })

  it('says when it is late', () => {
    const late = sent('slack', {}, '', AT + 600_000).body['text']
    expect(late).toContain('This message is 10 min late')
  })
})

it.each([
  ['https://a.example/x', true],
  ['http://127.0.0.1:9/', true],
  ['ftp://a.example', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['a.example', false],
  ['', false],
])('%s is an address: %s', (text, is) => expect(hookUrl(text) !== null).toBe(is))

describe('what an answer means', () => {
  it.each<[HookKind, number, string, string]>([
    ['alertmanager', 200, '', 'delivered'],
    ['alertmanager', 204, 'anything', 'delivered'],
    ['alertmanager', 302, '', 'refused'],
    ['alertmanager', 400, 'bad', 'refused'],
    ['alertmanager', 404, '', 'refused'],
    ['alertmanager', 408, '', 'late'],
    ['alertmanager', 429, '', 'late'],
    ['alertmanager', 500, '', 'late'],
    ['alertmanager', 503, '', 'late'],
    ['slack', 200, 'ok', 'delivered'],
    ['slack', 200, '<html>please log in', 'unclear'],
    ['slack', 403, 'invalid_token', 'refused'],
    ['feishu', 200, '{"code":0,"msg":"success"}', 'delivered'],
    ['feishu', 200, '{"StatusCode":0}', 'delivered'],
    ['feishu', 200, '{"code":19021,"msg":"sign match fail"}', 'refused'],
    ['feishu', 200, '{"code":11232,"msg":"frequency limited"}', 'late'],
    ['feishu', 200, '\u0000garbage', 'unclear'],
    ['dingtalk', 200, '{"errcode":0,"errmsg":"ok"}', 'delivered'],
    ['dingtalk', 200, '{"errcode":310000,"errmsg":"sign not match"}', 'refused'],
    ['dingtalk', 200, '{"errcode":130101}', 'late'],
    ['dingtalk', 200, '[]', 'unclear'],
    ['dingtalk', 200, 'null', 'unclear'],
  ])('%s %i %s: %s', (kind, status, body, meaning) => expect(meaningOf(kind, status, body)).toBe(meaning))
})

it('an answer is shown without what is secret, in one short line', () => {
  const url = 'https://hooks.example/services/T000/canary-in-path?access_token=canary-in-query'
  const text = `no ${url}\ncanary-in-path canary-in-query SECcanary-signing ${'x'.repeat(500)}`
  const shown = answerOf(text, { url, signing: 'SECcanary-signing' })
  expect(shown).not.toContain('canary')
  expect([shown.length, shown.includes('\n')]).toEqual([300, false])
  expect(answerOf('fine', {})).toBe('fine')
})
