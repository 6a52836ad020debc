import type { Socket } from 'node:net'
import type { Advice, DoctorOutcome, DoctorStep, DoctorStepName } from '../../contract/profiles'

/** What a step found; the recorder adds its name, subject and duration. */
export interface Finding {
  readonly outcome: Exclude<DoctorOutcome, 'skipped'>
  readonly evidence: string
  readonly advice?: Advice
}

export const fine = (evidence: string): Finding => ({ outcome: 'ok', evidence })
export const notUsed = (evidence: string): Finding => ({ outcome: 'not-used', evidence })
/** By the person, so there is nothing to advise. */
export const cancelled: Finding = { outcome: 'failed', evidence: 'Cancelled' }
export const failed = (evidence: string, advice: Advice): Finding => ({ outcome: 'failed', evidence, advice })
export const warning = (evidence: string, advice: Advice): Finding => ({ outcome: 'warning', evidence, advice })

export const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** A finding that ends the examination. Thrown by steps deep inside; `step` where another step than the running one is to blame. */
export class Failure extends Error {
  constructor(
    readonly finding: Finding,
    readonly step?: DoctorStepName,
  ) {
    super(finding.evidence)
  }
}

/** Destroys the socket with this failure when the examination is cancelled. */
export function endOnAbort(socket: Socket, signal: AbortSignal): void {
  const stop = (): void => void socket.destroy(new Failure(cancelled))
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  socket.once('close', () => signal.removeEventListener('abort', stop))
}

export const asStep = (step: DoctorStepName, subject: string, ms: number, finding: Finding): DoctorStep => ({
  step,
  subject,
  ms: Math.round(ms),
  outcome: finding.outcome,
  evidence: finding.evidence,
  advice: finding.advice ?? '',
})
