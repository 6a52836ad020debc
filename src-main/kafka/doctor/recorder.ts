import { DOCTOR_STEPS } from '../../contract/profiles'
import type { DoctorStep, DoctorStepName } from '../../contract/profiles'
import { PortError } from '../../ports/cluster-port'
import { ADVICE_FOR } from './advice'
import { asStep, cancelled, Failure, failed } from './findings'
import type { Finding } from './findings'

/** Keeps the steps of one address and tells them as they happen. A step may be told twice when a later one shows that it was to blame. */
export class Recorder {
  private readonly steps = new Map<DoctorStepName, DoctorStep>()

  constructor(
    private readonly onStep: (step: DoctorStep) => void,
    private readonly now: () => number,
  ) {}

  /** Runs one step. A step that cannot be passed throws Failure, after it was told. */
  async run<T>(
    step: DoctorStepName,
    subject: string,
    work: () => Promise<{ readonly finding: Finding; readonly value: T }>,
  ): Promise<T> {
    const began = this.now()
    try {
      const { finding, value } = await work()
      this.tell(asStep(step, subject, this.now() - began, finding))
      if (finding.outcome === 'failed') throw new Failure(finding)
      return value
    } catch (error) {
      const failure = asFailure(error)
      if (!this.steps.has(step) || failure.step !== undefined) {
        this.tell(asStep(failure.step ?? step, subject, this.now() - began, failure.finding))
      }
      throw failure
    }
  }

  /** All steps in their order, those that were not reached as 'skipped'. */
  report(): DoctorStep[] {
    const nothing: DoctorStep = { step: 'address', outcome: 'skipped', ms: 0, subject: '', evidence: '', advice: '' }
    return DOCTOR_STEPS.map((step) => this.steps.get(step) ?? { ...nothing, step })
  }

  /** How far it got: number of steps passed. */
  get passed(): number {
    return [...this.steps.values()].filter(({ outcome }) => outcome !== 'failed').length
  }

  get failedStep(): DoctorStep | undefined {
    return [...this.steps.values()].find(({ outcome }) => outcome === 'failed')
  }

  tell(step: DoctorStep): void {
    this.steps.set(step.step, step)
    this.onStep(step)
  }
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (error instanceof PortError && error.kind === 'closed-by-us') return new Failure(cancelled)
  if (error instanceof PortError) return new Failure(failed(error.message, ADVICE_FOR[error.reason]))
  return new Failure(failed(error instanceof Error ? error.message : String(error), 'not-kafka'))
}
