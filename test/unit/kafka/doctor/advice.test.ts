import { describe, expect, it } from 'vitest'
import { ADVICE } from '@contract/profiles'
import { PortError } from '../../../../src-main/ports/cluster-port'
import { adviceForPort, adviceForSocket, adviceForTls } from '../../../../src-main/kafka/doctor/advice'
import english from '../../../../src-renderer/locales/en.json'
import chinese from '../../../../src-renderer/locales/zh-CN.json'

describe('the advice of the doctor', () => {
  it.each([
    ['English', english],
    ['Chinese', chinese],
  ])('has a text in %s for every key, and none without a key', (_name, { doctor }) => {
    expect(Object.keys(doctor.advice).sort()).toEqual([...ADVICE].sort())
    // Braces, @ and | mean something to vue-i18n.
    for (const text of Object.values(doctor.advice)) expect(text).toMatch(/^[^{}@|]{8,}$/)
  })

  it.each([
    ['ENOTFOUND', 'unknown-host'],
    ['EAI_AGAIN', 'name-server'],
    ['ECONNREFUSED', 'nothing-listens'],
    ['ENETUNREACH', 'no-route'],
    ['ECONNRESET', 'hangs-up'],
    ['', 'silent-connect'],
  ])('socket error %s: %s', (code, advice) => {
    expect(adviceForSocket(code)).toBe(advice)
  })

  it.each([
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-unknown-ca'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-unknown-ca'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-unknown-ca'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-wrong-name'],
    ['CERT_HAS_EXPIRED', 'tls-expired'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'tls-client-certificate'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls-client-certificate'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', null],
    ['ECONNRESET', null],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tls-handshake'],
  ])('TLS error %s: %s', (code, advice) => {
    expect(adviceForTls(code)).toBe(advice)
  })

  it.each([
    ['auth', 58, 'wrong-password'],
    ['auth', 33, 'sasl-mechanism'],
    ['auth', 34, 'sasl-not-wanted'],
    ['auth', 0, 'sasl-missing'],
    ['timeout', 0, 'silent-port'],
    ['closed', 0, 'hangs-up'],
    ['protocol', 0, 'not-kafka'],
  ] as const)('port error %s %i: %s', (kind, kafkaError, advice) => {
    expect(adviceForPort(new PortError('internal', kind, 'x', kafkaError))).toBe(advice)
  })
})
