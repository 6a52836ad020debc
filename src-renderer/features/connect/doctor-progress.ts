/** The steps of a test that is under way, as they come. Pure. */
import type { DoctorStep, DoctorStepName } from '@contract/profiles'
import { DOCTOR_STEPS } from '@contract/profiles'

const place = ({ step }: DoctorStep): number => DOCTOR_STEPS.indexOf(step)

/** In their order, each once, as it was told last. 'address' is the first step of every address, so it begins anew. */
export const withStep = (steps: readonly DoctorStep[], next: DoctorStep): readonly DoctorStep[] =>
  next.step === 'address'
    ? [next]
    : [...steps.filter(({ step }) => step !== next.step), next].sort((a, b) => place(a) - place(b))

/** As they are tried: a broker tells what it knows before anybody logs in, and is shown after the login. */
const TRIED = [
  'address',
  'dns',
  'tcp',
  'tls',
  'api-versions',
  'sasl',
  'metadata',
  'brokers',
  'rights',
] as const satisfies readonly DoctorStepName[]

/** What is tried now: the first step that was not told; null after the last of all. */
export const stepNow = (steps: readonly DoctorStep[]): DoctorStepName | null =>
  TRIED.find((name) => !steps.some(({ step }) => step === name)) ?? null
