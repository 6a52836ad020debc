import type { DoctorReport, DoctorStep } from '../../contract/profiles'
import { parseBootstrap } from '../client/bootstrap'
import { addressText } from '../../shared/bootstrap'
import type { ClientOptions } from '../client/options'
import { examine } from './examine'
import { asStep, Failure, failed, fine } from './findings'
import { Recorder } from './recorder'

const STEP_TIMEOUT_MS = 5000

/** `bootstrap` as the person typed it. */
export interface DiagnoseOptions extends Pick<ClientOptions, 'tls' | 'sasl' | 'clientId' | 'clusterId'> {
  readonly bootstrap: readonly string[]
  /** Limit of each single step, default 5 s. */
  readonly timeoutMs?: number
}

export interface DiagnoseHooks {
  readonly signal?: AbortSignal
  /** Called as each step ends; again for the same step when another address is tried or a later step shows that it was to blame. The report has the last word. */
  readonly onStep?: (step: DoctorStep) => void
}

/**
 * Finds the step at which a connection fails, and what to do about it. Tries the addresses in turn until one passes; the report is about
 * that one, or about the one that got farthest. Changes nothing, keeps nothing open.
 * Rejects with KafkajsMismatch only.
 */
export async function diagnose(options: DiagnoseOptions, hooks: DiagnoseHooks = {}): Promise<DoctorReport> {
  const now = (): number => performance.now()
  const { signal = new AbortController().signal, onStep = () => undefined } = hooks
  const parsed = parseBootstrap(options.bootstrap)
  const subject = options.bootstrap.join(', ')
  if (!parsed.ok) {
    const recorder = new Recorder(onStep, now)
    recorder.tell(asStep('address', subject, 0, failed(parsed.error.message, 'address-spelling')))
    return { steps: recorder.report(), reachable: false }
  }
  const context = { options, signal, timeoutMs: options.timeoutMs ?? STEP_TIMEOUT_MS }
  const recorders: Recorder[] = []
  for (const address of parsed.value) {
    const recorder = new Recorder(onStep, now)
    recorders.push(recorder)
    const name = addressText(address)
    recorder.tell(asStep('address', name, 0, fine(parsed.value.length === 1 ? `Read as ${name}` : `Trying ${name}`)))
    try {
      await examine(address, context, recorder)
      break
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      // Past Metadata the address itself has done its part: another one would lead to the same cluster.
      if (signal.aborted || recorder.failedStep?.step === 'brokers' || recorder.failedStep?.step === 'rights') break
    }
  }
  return conclude(recorders)
}

function conclude(recorders: readonly Recorder[]): DoctorReport {
  const best = recorders.reduce((a, b) => (b.passed > a.passed ? b : a))
  const complaints = recorders.flatMap((recorder) =>
    recorder !== best && recorder.failedStep !== undefined ? [recorder.failedStep] : [],
  )
  const steps = best.report()
  const first = steps[0]
  const brokers = steps.find(({ step }) => step === 'brokers')?.outcome
  const reachable = brokers === 'ok' || brokers === 'warning'
  if (complaints.length > 0 && first !== undefined) {
    const evidence = `Other addresses failed: ${complaints.map(({ evidence: why }) => why).join('; ')}`
    // The advice says that the cluster can be opened, so it is for that case only.
    const advice = reachable ? ({ advice: 'other-address-failed' } as const) : {}
    steps[0] = asStep('address', first.subject, 0, { outcome: 'warning', evidence, ...advice })
  }
  return { steps, reachable }
}
