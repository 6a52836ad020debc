import { expect, it } from 'vitest'
import { DOCTOR_STEPS } from '@contract/profiles'
import type { DoctorStep, DoctorStepName } from '@contract/profiles'
import { stepNow, withStep } from '../../../../../src-renderer/features/connect/doctor-progress'

const step = (name: DoctorStepName, evidence = ''): DoctorStep => ({
  step: name,
  outcome: 'ok',
  ms: 1,
  subject: 'b1:9092',
  evidence,
  advice: '',
})

it.each<[string, readonly DoctorStep[], string]>([
  ['in their order', [step('address'), step('tcp'), step('dns')], 'address dns tcp'],
  ['each once, as it was told last', [step('address'), step('tls'), step('tls', 'blamed')], 'address tls:blamed'],
  ['anew with every address', [step('address'), step('dns'), step('address', 'second')], 'address:second'],
])('steps stand %s', (_how, told, expected) => {
  const shown = told.reduce<readonly DoctorStep[]>((steps, next) => withStep(steps, next), [])
  expect(shown.map((one) => one.step + (one.evidence === '' ? '' : `:${one.evidence}`)).join(' ')).toBe(expected)
})

it.each<[readonly DoctorStepName[], DoctorStepName | null]>([
  [[], 'address'],
  [['address', 'dns'], 'tcp'],
  [['address', 'dns', 'tcp', 'tls'], 'api-versions'],
  [['address', 'dns', 'tcp', 'tls', 'api-versions'], 'sasl'],
  [DOCTOR_STEPS, null],
])('after %j comes %s', (told, next) => expect(stepNow(told.map((name) => step(name)))).toBe(next))
